// SPDX-License-Identifier: Apache-2.0

// Rules found by sets of bits, against looking at one rule after the other.

import RuleTables
import TestRandomness
import Testing
import VigieLimits

@Suite struct RuleTableTests {
    static let paths = RulePath.allCases.filter(\.runsHere)

    /// A table with its cells, and rows of classes for it.
    struct Sample {
        let cells: [[[Range<Int>]?]]
        let classCounts: [Int]
        let columns: [[UInt16]]
        let rowCount: Int

        init(ruleCount: Int, inputCount: Int, rowCount: Int, by random: inout SeededGenerator) {
            let counts = (0..<inputCount).map { _ in Int.random(in: 1...40, using: &random) }
            classCounts = counts
            cells = (0..<ruleCount).map { _ in
                counts.map { count in
                    guard Int.random(in: 0..<4, using: &random) > 0 else { return nil }
                    return (0..<Int.random(in: 0...2, using: &random)).map { _ in
                        let start = Int.random(in: 0..<count, using: &random)
                        return start..<Int.random(in: start...count, using: &random)
                    }
                }
            }
            columns = counts.map { count in
                (0..<rowCount).map { _ in UInt16(Int.random(in: 0..<count, using: &random)) }
            }
            self.rowCount = rowCount
        }

        func lets(_ rule: Int, _ input: Int, _ row: Int) -> Bool {
            guard let ranges = cells[rule][input] else { return true }
            return ranges.contains { $0.contains(Int(columns[input][row])) }
        }

        /// How many inputs do not let a row through to a rule.
        func failures(_ rule: Int, _ row: Int) -> Int {
            classCounts.indices.count { !lets(rule, $0, row) }
        }

        func rules(_ row: Int) -> [Int] { cells.indices.filter { failures($0, row) == 0 } }

        var table: RuleTable? {
            RuleTable(ruleCount: cells.count, classCounts: classCounts) { cells[$0][$1] }
        }

        /// Runs a body with the columns.
        func withClasses<Result>(_ body: (RuleTable.Classes) -> Result) -> Result {
            let memory = columns.map { column in
                let copy = UnsafeMutablePointer<UInt16>.allocate(capacity: max(column.count, 1))
                copy.initialize(from: column, count: column.count)
                return copy
            }
            defer { for each in memory { each.deallocate() } }
            let places = memory.map { UnsafePointer<UInt16>?($0) } + [nil]
            return places.withUnsafeBufferPointer { places in
                places.baseAddress.map(body) ?? body(UnsafePointer(bitPattern: 8)!)
            }
        }
    }

    static let ruleCounts = [0, 1, 2, 63, 64, 65, 128, 255, 256, 257, 300, 513]

    @Test(arguments: ruleCounts, [1, 2, 5, 8, 9])
    func findsWhatLookingFinds(ruleCount: Int, inputCount: Int) throws {
        var dice = SeededGenerator(seed: ruleCount * 31 + inputCount)
        let sample = Sample(
            ruleCount: ruleCount,
            inputCount: inputCount,
            rowCount: 12,
            by: &dice
        )
        let table = try #require(sample.table)
        let numbers = (0..<max(ruleCount, 1)).map { _ in
            Int64.random(in: -1_000_000...1_000_000, using: &dice)
        }
        sample.withClasses { classes in
            for path in Self.paths {
                check(sample, table, classes, path)
                checkSums(sample, table, classes, numbers, path)
                for slots in [0, 1, 3, 600] { checkNear(sample, table, classes, slots, path) }
            }
            for row in 0..<sample.rowCount {
                #expect(table.rules(classes, row: row) == sample.rules(row))
            }
        }
    }

    private func check(
        _ sample: Sample,
        _ table: RuleTable,
        _ classes: RuleTable.Classes,
        _ path: RulePath
    ) {
        var first = [Int32](repeating: 77, count: sample.rowCount)
        var second = first
        table.findFirst(classes, rowCount: sample.rowCount, into: &first, by: path)
        let alone = first
        table.findFirst(
            classes,
            rowCount: sample.rowCount,
            into: &first,
            second: &second,
            by: path
        )
        #expect(alone == first)
        let rules = (0..<sample.rowCount).map(sample.rules)
        #expect(first.map(Int.init) == rules.map { $0.first ?? -1 })
        #expect(second.map(Int.init) == rules.map { $0.dropFirst().first ?? -1 })
    }

    private func checkSums(
        _ sample: Sample,
        _ table: RuleTable,
        _ classes: RuleTable.Classes,
        _ numbers: [Int64],
        _ path: RulePath
    ) {
        var sums = [Int64](repeating: 77, count: sample.rowCount)
        var counts = [Int32](repeating: 77, count: sample.rowCount)
        table.sum(
            classes,
            rowCount: sample.rowCount,
            of: numbers,
            into: &sums,
            counts: &counts,
            by: path
        )
        let rules = (0..<sample.rowCount).map(sample.rules)
        #expect(counts.map(Int.init) == rules.map(\.count))
        #expect(sums == rules.map { $0.reduce(0) { $0 + numbers[$1] } })
    }

    private func checkNear(
        _ sample: Sample,
        _ table: RuleTable,
        _ classes: RuleTable.Classes,
        _ slots: Int,
        _ path: RulePath
    ) {
        var near = [Int32](repeating: 77_777, count: sample.rowCount * slots + 1)
        table.findNear(
            classes,
            rowCount: sample.rowCount,
            slots: slots,
            into: &near,
            by: path
        )
        for row in 0..<sample.rowCount {
            let wanted = sample.cells.indices.filter { sample.failures($0, row) == 1 }
            let rest = [Int](repeating: -1, count: max(0, slots - wanted.count))
            let found = near[row * slots..<row * slots + slots].map(Int.init)
            #expect(found == wanted.prefix(slots) + rest)
        }
        #expect(near.last == 77_777)
    }

    @Test func aTableWithoutInputsLetsAllThrough() throws {
        let table = try #require(RuleTable(ruleCount: 3, classCounts: []) { _, _ in [] })
        var first: Int32 = 77
        var second: Int32 = 77
        let column: [UInt16] = [0]
        column.withUnsafeBufferPointer { column in
            let places = [column.baseAddress]
            table.findFirst(places, rowCount: 1, into: &first, second: &second)
            #expect(table.rules(places, row: 0) == [0, 1, 2])
        }
        #expect((first, second) == (0, 1))
    }

    @Test func whatIsTooMuchIsNoTable() {
        let (rules, classes) = (RuleTableLimits.rules, RuleTableLimits.classes)
        #expect(RuleTable(ruleCount: rules + 1, classCounts: []) { _, _ in nil } == nil)
        #expect(RuleTable(ruleCount: 1, classCounts: [classes + 1]) { _, _ in nil } == nil)
        #expect(RuleTable(ruleCount: 1, classCounts: [0]) { _, _ in nil } == nil)
        let perClass = rules / 8
        let wide = [Int](
            repeating: classes,
            count: RuleTableLimits.setBytes / perClass / classes + 1
        )
        #expect(RuleTable(ruleCount: rules, classCounts: wide) { _, _ in nil } == nil)
    }

    @Test func tellsOfOneCell() throws {
        let table = try #require(
            RuleTable(ruleCount: 70, classCounts: [4]) { rule, _ in [rule % 4..<4] }
        )
        for rule in 0..<70 {
            for number in 0..<4 {
                #expect(table.lets(rule: rule, through: number, of: 0) == (number >= rule % 4))
            }
        }
    }
}
