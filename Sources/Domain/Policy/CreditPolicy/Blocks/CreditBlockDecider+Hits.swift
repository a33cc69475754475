// SPDX-License-Identifier: Apache-2.0

// How often each rule decided.

internal import CompiledTables
internal import Decisions
internal import Policies

/// How often the rules of a table decided, and how often none did.
package struct RuleHits: Sendable {
    /// The place of the table in the model.
    package let table: Int
    /// Of each rule, how often it gave the answer, alone or with others.
    package internal(set) var rules: [Int]
    /// How often no rule matched, and there was no default.
    package internal(set) var none = 0
    /// How often no rule matched, and the default was given.
    package internal(set) var standard = 0
    /// How often more rules matched than the hit policy lets.
    package internal(set) var violations = 0
    /// How often an input had a value that it may not have.
    package internal(set) var invalid = 0
}

extension CreditBlockDecider {
    /// Counters of all tables, in the order of `tables`.
    package var noHits: [RuleHits] {
        let model = plan.policy.model
        return tables.map { table in
            RuleHits(
                table: table,
                rules: Array(repeating: 0, count: model.tables[table].rules.count)
            )
        }
    }

    /// Counts what the tables answered in the block at hand. Cost: a load and an addition for each
    /// table and row, 10 ns a row of seven tables.
    package func count(into hits: inout [RuleHits]) {
        for (place, rules) in slowRules where hits.indices.contains(place) {
            for rule in rules { hits[place].rules[rule] += 1 }
        }
        for place in hits.indices {
            let answers = block.answers[place]
            let isSet = takesRulesTogether(place)
            for row in 0..<block.rowCount {
                let answer = answers[row]
                if answer >= 0 {
                    if !isSet, !block.facts[row].contains(.isSlow) {
                        hits[place].rules[Int(answer)] += 1
                    }
                    continue
                }
                switch answer {
                case CreditBlock.notAsked: break
                case RowAnswer.none: hits[place].none += 1
                case RowAnswer.standard: hits[place].standard += 1
                case RowAnswer.violation: hits[place].violations += 1
                default: hits[place].invalid += 1
                }
            }
            if isSet { countSets(place, &hits[place]) }
        }
    }

    private func takesRulesTogether(_ place: Int) -> Bool {
        let table = plan.policy.model.tables[tables[place]]
        switch table.hitPolicy {
        case .unique, .any, .first, .priority: return false
        case .collect, .ruleOrder, .outputOrder: return true
        }
    }

    /// Counts the rules of a table that takes several: by the numbers of their sets.
    private func countSets(_ place: Int, _ hits: inout RuleHits) {
        let node = tableNodes[place]
        let answers = block.answers[place]
        let values = evaluation.numberedValues(of: node)
        var counts = [Int](repeating: 0, count: values?.values.count ?? 0)
        for row in 0..<block.rowCount
        where answers[row] >= 0 && !block.facts[row].contains(.isSlow) {
            let number = values.map { Int($0.numbers[row]) } ?? -1
            if let values, number >= 0, !values.rules[number].isEmpty {
                counts[number] += 1
            } else {
                for rule in evaluation.rules(of: node, row: row) ?? [] { hits.rules[rule] += 1 }
            }
        }
        for (number, count) in counts.enumerated() where count > 0 {
            for rule in values?.rules[number] ?? [] { hits.rules[rule] += count }
        }
    }
}
