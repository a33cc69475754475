// SPDX-License-Identifier: Apache-2.0

// The values of decisions by number. Of a table whose outputs are told they are those of its rules;
// where outputs take something from elsewhere, as from a table of reference by a text, there is a
// number for each rule with each combination of texts; of a table that takes rules together, for
// each set of rules.

internal import Decisions
internal import FEEL
internal import RuleTables
internal import VigieLimits

extension BlockEvaluation {
    /// The values of a decision by number: to be asked for after the decision was evaluated.
    ///
    /// Cost: a few loads a row; a set of rules 3 ns more than its inputs' sets.
    ///
    /// - Returns: nil where each row's value has to be computed: `value(of:row:)`.
    package func numberedValues(of node: Int) -> NumberedValues? {
        let values = numbered[node] ?? made(node)
        numbered[node] = values
        if let (known, codes) = codes(of: node) {
            values.take(known + [.null])
            for row in 0..<rowCount { values.numbers[row] = Int32(codes[row]) }
            return values
        }
        guard let (keys, owners, count) = keys(values.columns) else { return nil }
        values.take(owners)
        guard let place = compiled.tablePlaces[node] else {
            for row in 0..<rowCount {
                values.numbers[row] = number(values, node, row, at: keys.key(of: row))
            }
            return values
        }
        switch compiled.tables[place].choice {
        case .count, .sum: return nil
        case .together: numberSets(values, node, place, keys, count)
        case .first, .only, .same, .unsure:
            for row in 0..<rowCount {
                let answer = Int(answer(place, row))
                values.numbers[row] =
                    number(values, node, row, at: answer * count + keys.key(of: row))
            }
        }
        return values
    }

    private func made(_ node: Int) -> NumberedValues {
        var setWords: Int?
        if let place = compiled.tablePlaces[node], case .together = compiled.tables[place].choice {
            setWords = compiled.tables[place].rules.setWords
        }
        return NumberedValues(columns: compiled.columns(ofResults: node), setWords: setWords)
    }

    /// A rule, or what a table answers without one, as a number from 0 on.
    private func answer(_ place: Int, _ row: Int) -> Int32 {
        let answer = memory.answers[place][row]
        return answer >= 0 ? answer + 4 : min(-answer, 4) - 1
    }

    private func number(
        _ values: NumberedValues,
        _ node: Int,
        _ row: Int,
        at place: Int
    ) -> Int32 {
        let known = values.number(at: place)
        if known >= 0 { return known }
        let value = value(of: node, row: row)
        let rules = values.sets == nil ? [] : outcome(of: node, row: row)?.decisive ?? []
        return values.add(value, rules, at: place)
    }

    private func numberSets(
        _ values: NumberedValues,
        _ node: Int,
        _ place: Int,
        _ keys: [KeyColumn],
        _ count: Int
    ) {
        let table = compiled.tables[place]
        let answers = memory.answers[place]
        guard let sets = values.sets else { return }
        for row in 0..<rowCount {
            var number: Int?
            if answers[row] < 0 {
                // What is given without a rule has the numbers before the first set.
                number = Int(min(-answers[row], 4) - 1)
            } else {
                findRules(table, place, row, into: sets.found)
                number = sets.number().map { $0 + 4 }
            }
            values.numbers[row] =
                number.map {
                    self.number(values, node, row, at: $0 * count + keys.key(of: row))
                } ?? -1
        }
    }

    private func findRules(
        _ table: CompiledTable,
        _ place: Int,
        _ row: Int,
        into set: UnsafeMutablePointer<UInt64>
    ) {
        guard table.isSlow else {
            table.rules.find(memory.inputs[place], row: row, into: set)
            return
        }
        for word in 0..<table.rules.setWords { set[word] = 0 }
        for rule in matches(place, row).rules { set[rule / 64] |= 1 << UInt64(rule % 64) }
    }
}
