// SPDX-License-Identifier: Apache-2.0

// What is said of a paper beside it: for people, and for programs that drop papers.

internal import CompanyPapers
internal import CreditFacts
internal import Documents
internal import PortfolioStore
internal import Portfolios
internal import Quantities
internal import VigieLimits

/// What became of a paper.
struct InboxReport {
    /// Words for that.
    enum Outcome: String {
        case read
        case known
        case refused
    }

    var outcome = Outcome.refused
    var portfolio = ""
    var digest: String?
    var byteCount: Int?
    var why: String?
    var advice: String?
    var knownSince: Int?
    var paper: PaperOfInbox?
    var changes = FactSummary()
    var companyCount = 0
    var leftOut: [CompanyIdentity] = []

    /// A paper that is not read, and why.
    static func refused(_ why: String, _ advice: String? = nil) -> InboxReport {
        var report = InboxReport()
        (report.why, report.advice) = (why, advice)
        return report
    }

    /// The report as JSON, of a file of a name.
    func text(of name: String) -> String {
        var members: [String: JSONValue] = [
            "format": .string("vigie-inbox-report/1"), "file": .string(name),
            "outcome": .string(outcome.rawValue), "portfolio": .string(portfolio),
        ]
        members["sha256"] = digest.map { .string($0) }
        members["byte_count"] = byteCount.map { .digits("\($0)") }
        members["why"] = why.map { .string($0) }
        members["advice"] = advice.map { .string($0) }
        members["known_since_microseconds"] = knownSince.map { .digits("\($0)") }
        if let paper { add(paper, to: &members) }
        if outcome == .read {
            members["facts_added"] = .digits("\(changes.added)")
            members["facts_unchanged"] = .digits("\(changes.unchanged)")
            members["companies_kept"] = .digits("\(companyCount)")
            members["companies_left_out"] = .digits("\(leftOut.count)")
            members["left_out"] = .array(
                leftOut.prefix(InboxLimits.companiesTold).map { .string($0.description) }
            )
        }
        return JSONValue.object(members).text + "\n"
    }

    private func add(_ read: PaperOfInbox, to members: inout [String: JSONValue]) {
        members["companies_without_number"] = .digits("\(read.withoutNumberCount)")
        members["companies_refused"] = .digits("\(read.senselessCount)")
        members["company_refused_why"] = read.senseless.map { .string($0) }
        guard let paper = read.paper else { return }
        members["kind"] = paper.kind.map { .string($0.name) }
        members["records_read"] = .digits("\(paper.counts.read)")
        members["records_kept"] = .digits("\(paper.counts.kept)")
        members["records_set_aside"] = .digits("\(paper.counts.setAside)")
        members["records_left_out"] = .digits("\(paper.counts.leftOut)")
        members["findings"] = .array(
            paper.findings.kept.prefix(InboxLimits.findingsTold).map { finding in
                .object([
                    "code": .string(finding.code.rawValue),
                    "line": .digits("\(finding.source.line)"),
                    "text": .string(finding.text(inFrench: false)),
                ])
            }
        )
    }
}
