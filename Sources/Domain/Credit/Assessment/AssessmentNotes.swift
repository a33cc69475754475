// SPDX-License-Identifier: Apache-2.0

// What an assessment tells beside its figures: papers of which nothing followed, and what in law
// needs a word.

internal import CreditFacts
internal import LegalHistory
internal import Quantities

/// Findings about a company's facts.
enum AssessmentNotes {
    /// Whether a finding about statements lowers the confidence. That accounts are old is in the
    /// degree itself.
    static func lowersConfidence(_ finding: Finding) -> Bool {
        finding.severity >= .warning && finding.code != .accountsStale
    }

    /// What is to be told.
    static func findings(
        _ facts: CompanyFacts,
        _ series: StatementSeries,
        _ status: LegalStatus,
        asOf: CalendarDate
    ) -> [Finding] {
        var findings: [Finding] = []
        if series.statements.isEmpty, let group = series.group.first {
            findings.append(
                Finding(.onlyGroupAccounts, at: group.source, [group.closing.description])
            )
        }
        for statement in facts.statements {
            let known = max(statement.published ?? statement.closing, statement.closing)
            guard known > asOf else { continue }
            let values = [statement.closing.description, known.description]
            findings.append(Finding(.accountsKnownLater, at: statement.source, values))
        }
        for event in facts.events where event.published <= asOf && event.kind == .businessSold {
            let values = [event.notice, event.published.description]
            findings.append(Finding(.businessSold, at: event.source, values))
        }
        if status.state == .reviewAfterAppeal, let opening = status.events.last {
            let appeal = facts.events.filter {
                $0.kind == .appealReversed && $0.published <= asOf
            }.max { $0.published < $1.published }
            if let appeal {
                let values = [
                    opening.effective.description, appeal.notice, appeal.published.description,
                ]
                findings.append(Finding(.proceedingsQuashed, at: appeal.source, values))
            }
        }
        return findings
    }
}
