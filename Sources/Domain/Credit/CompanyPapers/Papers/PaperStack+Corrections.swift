// SPDX-License-Identifier: Apache-2.0

// Notices that take back others, once all papers were read. A notice names the one that it takes
// back by issue and number. Issues that were published again bear other numbers: there the company
// and the judgment tell, if they leave no doubt.

internal import CreditFacts
internal import Quantities
internal import VigieLimits

extension PaperStack {
    /// Finds the notices that others take back and that no paper has under the number named; tells
    /// of those that are not to be found.
    mutating func resolveCorrections() {
        guard !corrections.isEmpty else { return }
        var known: Set<String> = []
        var byCompany: [SIREN: [LegalEvent]] = [:]
        for event in events {
            known.insert(event.notice)
            byCompany[event.siren, default: []].append(event)
        }
        for place in corrections.indices where !known.contains(corrections[place].corrected) {
            let correction = corrections[place]
            guard let source = correction.source else { continue }
            let candidates = correction.companies.flatMap { byCompany[$0] ?? [] }
            let notices = Set(candidates.filter { correction.mayMean($0) }.map(\.notice))
            var values = [correction.by, correction.corrected]
            if notices.count == 1, let notice = notices.first {
                values.append(notice)
                corrections[place].corrected = notice
                note(Finding(.annulmentByJudgment, at: source, values))
            } else {
                note(Finding(.annulmentWithoutNotice, at: source, values))
            }
        }
    }

    private mutating func note(_ finding: Finding) {
        let place = Int(finding.source.paper)
        if papers.indices.contains(place) { papers[place].findings.add(finding) }
    }
}

extension NoticeCorrection {
    /// Whether an event may be of the notice that is taken back: of an annulment that names the
    /// judgment the same judgment, else the same number in another issue.
    fileprivate func mayMean(_ event: LegalEvent) -> Bool {
        guard event.notice != by, event.published <= published else { return false }
        if let kind, let decided { return event.kind == kind && event.decided == decided }
        return Self.number(event.notice) == Self.number(corrected)
    }

    /// The number of a notice within its issue: behind a letter and the eight digits of the issue.
    private static func number(_ notice: String) -> Substring? {
        let number = notice.dropFirst(9)
        return number.isEmpty ? nil : number
    }
}
