// SPDX-License-Identifier: Apache-2.0

// What another version of a policy comes to over all companies, for people and as JSON.

internal import CommandTables
internal import CreditPolicy
internal import DecimalNumbers

/// Writes the totals of a comparison.
enum PolicyDiffTotals {
    private static func sums(
        _ totals: PolicyTotals
    ) -> [(name: String, label: String, amount: DecimalNumber?)] {
        [
            ("limits", "limits", totals.limits), ("own_risk", "at own risk", totals.ownRisk),
            ("exposure_above", "owed above limits", totals.exposureAbove),
            ("expected_loss", "expected loss", totals.expectedLoss),
        ]
    }

    /// A line for each sum, kind of outcome, role and change of class that is not the same.
    static func lines(_ difference: PolicyDifference) -> [String] {
        let (before, after) = difference.totals
        var lines: [String] = []
        for (old, new) in zip(sums(before), sums(after)) where old.amount != new.amount {
            lines.append("\(old.label): \(amount(old.amount)) → \(amount(new.amount))")
        }
        for outcome in CreditDecision.Outcome.allCases
        where before.outcomes[outcome] != after.outcomes[outcome] {
            let old = before.outcomes[outcome] ?? 0
            lines.append("\(outcome.rawValue): \(old) → \(after.outcomes[outcome] ?? 0)")
        }
        for role in Set(before.routed.keys).union(after.routed.keys).sorted()
        where before.routed[role] != after.routed[role] {
            let old = before.routed[role] ?? 0
            lines.append("to be granted by \(role.orNothing): \(old) → \(after.routed[role] ?? 0)")
        }
        for (classes, count) in transitions(difference) where classes[0] != classes[1] {
            lines.append("class \(classes[0].orNothing) → \(classes[1].orNothing): \(count)")
        }
        return lines
    }

    /// Writes all of them.
    static func write(_ difference: PolicyDifference, _ json: JSONWriter) {
        for (name, totals) in [
            ("totals_before", difference.totals.before), ("totals_after", difference.totals.after),
        ] {
            json.object(name) {
                for sum in sums(totals) { json.digits(sum.name, sum.amount?.plain) }
                json.object("outcomes") {
                    for outcome in CreditDecision.Outcome.allCases {
                        json.integer(outcome.rawValue, totals.outcomes[outcome] ?? 0)
                    }
                }
                json.object("routed") {
                    for (role, count) in totals.routed.sorted(by: { $0.key < $1.key }) {
                        json.integer(role, count)
                    }
                }
            }
        }
        json.list("classes") {
            for (classes, count) in transitions(difference) {
                json.object {
                    json.text("before", classes[0])
                    json.text("after", classes[1])
                    json.integer("companies", count)
                }
            }
        }
    }

    private static func transitions(
        _ difference: PolicyDifference
    ) -> [(classes: [String], count: Int)] {
        difference.transitions.map { (classes: $0.key, count: $0.value) }.sorted {
            $0.classes.lexicographicallyPrecedes($1.classes)
        }
    }

    private static func amount(_ number: DecimalNumber?) -> String { number?.plain ?? "?" }
}

extension String {
    /// The text, or the word for none.
    var orNothing: String { isEmpty ? "nothing" : self }
}
