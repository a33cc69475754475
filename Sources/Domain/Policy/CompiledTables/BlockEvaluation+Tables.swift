// SPDX-License-Identifier: Apache-2.0

// The rules of a table in a block: found at once, and looked at again only in the rows in which
// that does not decide.

internal import Decisions
internal import RuleTables

extension BlockEvaluation {
    /// Evaluates what a table looks at and nobody has told.
    func computeInputs(of place: Int) {
        for source in compiled.tables[place].sources {
            if case .computed(place, let input) = compiled.sources[source].origin {
                compute(source, place, input)
            }
        }
    }

    /// Evaluates a table.
    func decide(_ place: Int) {
        let table = compiled.tables[place]
        let answers = memory.answers[place]
        let codes = codeColumn(of: table)
        guard table.checkedInputs.isEmpty else {
            for row in 0..<rowCount { look(place, row, answers, codes) }
            return
        }
        switch table.choice {
        case .count:
            guard !table.isSlow else {
                for row in 0..<rowCount { look(place, row, answers, codes) }
                return
            }
            count(place, answers, codes, memory.zeros)
        case .sum(let numbers, _):
            guard !table.isSlow else {
                for row in 0..<rowCount { look(place, row, answers, codes) }
                return
            }
            numbers.withUnsafeBufferPointer {
                count(place, answers, codes, $0.baseAddress ?? UnsafePointer(memory.zeros))
            }
        case .first, .together:
            find(place, answers, second: nil)
            finish(place, answers, codes, isOnly: false)
        case .unsure:
            for row in 0..<rowCount { look(place, row, answers, codes) }
        case .only, .same:
            find(place, answers, second: memory.second)
            finish(place, answers, codes, isOnly: true)
        }
    }

    /// The first rules of each row that fail in one input only, as far as sets of rules tell.
    ///
    /// - Parameters:
    ///   - slots: How many are told of a row.
    ///   - near: Room for `slots` of each row; the places of rules, and -1 where there are no more.
    /// - Returns: Whether the decision's table is compiled.
    package func findNear(
        of node: Int,
        slots: Int,
        into near: UnsafeMutablePointer<Int32>
    ) -> Bool {
        guard slots >= 0, let place = compiled.tablePlaces[node] else { return false }
        let table = compiled.tables[place]
        table.rules.findNear(
            memory.inputs[place],
            rowCount: rowCount,
            slots: slots,
            into: near,
            by: path
        )
        guard !table.isInOrder else { return true }
        for place in 0..<rowCount * slots where near[place] >= 0 {
            near[place] = Int32(truncatingIfNeeded: table.order[Int(near[place])])
        }
        return true
    }

    private func find(
        _ place: Int,
        _ answers: UnsafeMutablePointer<Int32>,
        second: UnsafeMutablePointer<Int32>?
    ) {
        compiled.tables[place].rules.findFirst(
            memory.inputs[place],
            rowCount: rowCount,
            into: answers,
            second: second,
            by: path
        )
    }

    /// Makes answers of the rules that were found. Cost: two loads and two stores a row.
    private func finish(
        _ place: Int,
        _ answers: UnsafeMutablePointer<Int32>,
        _ codes: UnsafeMutablePointer<UInt16>?,
        isOnly: Bool
    ) {
        let table = compiled.tables[place]
        let (second, isSlow) = (memory.second, table.isSlow)
        let (empty, hasInvalid) = (table.emptyAnswer, table.hasInvalid)
        let (none, null) = (table.codes.dropLast().last ?? 0, table.codes.last ?? 0)
        table.order.withUnsafeBufferPointer { order in
            table.codes.withUnsafeBufferPointer { known in
                for row in 0..<rowCount {
                    let found = Int(answers[row])
                    if found < 0 {
                        let invalid = hasInvalid ? invalidInput(place, row) : nil
                        answers[row] =
                            invalid.map { RowAnswer.invalidInput - Int32(truncatingIfNeeded: $0) }
                            ?? empty
                        codes?[row] = invalid == nil ? none : null
                    } else if isOnly && second[row] >= 0
                        || isSlow && !table.slowCells[order[found]].isEmpty
                    {
                        look(place, row, answers, codes)
                    } else {
                        answers[row] = Int32(truncatingIfNeeded: order[found])
                        codes?[row] = known[order[found]]
                    }
                }
            }
        }
    }

    private func count(
        _ place: Int,
        _ answers: UnsafeMutablePointer<Int32>,
        _ codes: UnsafeMutablePointer<UInt16>?,
        _ numbers: UnsafePointer<Int64>
    ) {
        let table = compiled.tables[place]
        find(place, answers, second: nil)
        table.rules.sum(
            memory.inputs[place],
            rowCount: rowCount,
            of: numbers,
            into: memory.sums[place],
            counts: memory.second,
            by: path
        )
        for row in 0..<rowCount {
            if answers[row] < 0 {
                look(place, row, answers, codes)
            } else if let codes {
                codes[row] = UInt16(truncatingIfNeeded: memory.second[row])
            }
        }
    }

    /// The column of the values of a table's decision.
    private func codeColumn(of table: CompiledTable) -> UnsafeMutablePointer<UInt16>? {
        compiled.valuePlaces[table.node].map { memory.classes[$0] }
    }

    /// Answers of a row for itself.
    private func look(
        _ place: Int,
        _ row: Int,
        _ answers: UnsafeMutablePointer<Int32>,
        _ codes: UnsafeMutablePointer<UInt16>?
    ) {
        let table = compiled.tables[place]
        let found = matches(place, row)
        answers[row] = found.answer
        if case .sum(let numbers, _) = table.choice {
            memory.sums[place][row] = found.rules.reduce(0) { $0 + numbers[$1] }
        }
        guard let codes else { return }
        switch found.answer {
        case RowAnswer.none where isCount(table): codes[row] = 0
        case RowAnswer.none, RowAnswer.standard: codes[row] = table.codes[table.order.count]
        case 0...:
            codes[row] =
                isCount(table)
                ? UInt16(truncatingIfNeeded: found.rules.count)
                : table.codes[Int(found.answer)]
        default: codes[row] = UInt16(truncatingIfNeeded: table.values?.count ?? 0)
        }
    }

    private func isCount(_ table: CompiledTable) -> Bool {
        if case .count = table.choice { return true }
        return false
    }
}
