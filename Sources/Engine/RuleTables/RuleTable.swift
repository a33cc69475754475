// SPDX-License-Identifier: Apache-2.0

// The rules of a decision table, found for many rows at once.
//
// For each input and each class that its value may have there is a set of the rules that let the
// value through, a bit for each. The rules of a row are those that are in the sets of all its
// classes: ANDs of 256 rules at a time, from the first rule on, until some are left. No value is
// compared with a rule. That there is no value is one more class.
//
// Cost of the first rule, expected for five inputs: a class 1 to 3 ns (a search of a few cuts), a
// row 2 ns for its sets' places, and 5 loads, at most one a half cycle, for each 256 rules before
// the one that is found: 1 ns of 4 GHz. So 12 ns for 10 rules and up to 30 for 3,700.
// Measured by policy-bench on an AMD EPYC of family 25, model 17 (AVX2), with three columns of
// doubles, two of texts, and the value of the rule looked up: 5 ns for 10 rules, 12 for 100, 23 for
// 1,000, 37 for 3,700; portable 8, 17, 34, 51.

internal import CRuleTables
internal import VigieLimits

/// The rules of a table.
package final class RuleTable: Sendable {
    /// How many rules there are.
    package let ruleCount: Int
    /// How many classes each input has.
    package let classCounts: [Int]
    private nonisolated(unsafe) let words: UnsafeMutablePointer<UInt64>
    private nonisolated(unsafe) let sets: UnsafeMutablePointer<UnsafePointer<UInt64>?>
    private let wordCount: Int
    private let inputCount: Int

    /// Compiles rules.
    ///
    /// - Parameters:
    ///   - ruleCount: How many there are.
    ///   - classCounts: How many classes the values of each input have.
    ///   - cell: The classes that a rule's cell lets through, as ranges of them; nil for all.
    /// - Returns: nil where there is more than a table may have.
    package init?(
        ruleCount: Int,
        classCounts: [Int],
        cell: (_ rule: Int, _ input: Int) -> [Range<Int>]?
    ) {
        // One word, or vectors of four.
        let wordCount = ruleCount <= 64 ? 1 : (ruleCount + 255) / 256 * 4
        // Where nothing is asked there is an input of one class.
        let counts = classCounts.isEmpty ? [1] : classCounts
        let total = counts.reduce(0, +)
        guard ruleCount <= RuleTableLimits.rules,
            counts.allSatisfy({ $0 > 0 && $0 <= RuleTableLimits.classes }),
            total <= RuleTableLimits.setBytes / 8 / wordCount
        else { return nil }
        (self.ruleCount, self.classCounts, self.wordCount) = (ruleCount, classCounts, wordCount)
        inputCount = counts.count
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: total * wordCount * 8,
            alignment: 64
        )
        words = memory.initializeMemory(
            as: UInt64.self,
            repeating: 0,
            count: total * wordCount
        )
        sets = .allocate(capacity: counts.count)
        var start = words
        for (input, count) in counts.enumerated() {
            sets[input] = UnsafePointer(start)
            fill(start, count) { classCounts.isEmpty ? nil : cell($0, input) }
            start += count * wordCount
        }
    }

    deinit {
        words.deallocate()
        sets.deallocate()
    }

    /// Makes the sets of an input.
    private func fill(
        _ start: UnsafeMutablePointer<UInt64>,
        _ classCount: Int,
        _ cell: (_ rule: Int) -> [Range<Int>]?
    ) {
        for rule in 0..<ruleCount {
            let (word, bit) = (rule / 64, UInt64(1) << UInt64(rule % 64))
            guard let ranges = cell(rule) else {
                for number in 0..<classCount { start[number * wordCount + word] |= bit }
                continue
            }
            for range in ranges {
                for number in range.clamped(to: 0..<classCount) {
                    start[number * wordCount + word] |= bit
                }
            }
        }
    }

    private var table: vigie_rule_table {
        vigie_rule_table(sets: sets, input_count: inputCount, word_count: wordCount)
    }
}

extension RuleTable {
    /// Columns of classes, one for each input; each class must be less than the input's number of
    /// them.
    package typealias Classes = UnsafePointer<UnsafePointer<UInt16>?>

    /// Finds the first rule of each row, and the one after it where `second` is given; -1 where
    /// there is none.
    package func findFirst(
        _ classes: Classes,
        rowCount: Int,
        into first: UnsafeMutablePointer<Int32>,
        second: UnsafeMutablePointer<Int32>? = nil,
        by path: RulePath = .best
    ) {
        var table = table
        vigie_rules_first(path.way, &table, classes, rowCount, first, second)
    }

    /// Finds for each row the sum of a number for each of its rules, and how many these are.
    ///
    /// - Parameter numbers: One for each rule; no sum of some of them may leave the range.
    package func sum(
        _ classes: Classes,
        rowCount: Int,
        of numbers: UnsafePointer<Int64>,
        into sums: UnsafeMutablePointer<Int64>,
        counts: UnsafeMutablePointer<Int32>,
        by path: RulePath = .best
    ) {
        var table = table
        vigie_rules_sum(path.way, &table, classes, rowCount, numbers, sums, counts)
    }

    /// The rules of a row, ascending.
    package func rules(_ classes: Classes, row: Int) -> [Int] {
        var table = table
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wordCount) { found in
            guard let start = found.baseAddress else { return [] }
            vigie_rules_all(&table, classes, row, start)
            var result: [Int] = []
            for word in 0..<wordCount {
                var bits = start[word]
                while bits != 0 {
                    result.append(word * 64 + bits.trailingZeroBitCount)
                    bits &= bits - 1
                }
            }
            return result
        }
    }

    /// How many words a set of rules has.
    package var setWords: Int { wordCount }

    /// Finds the rules of a row as a set: a bit for each, in `setWords` words.
    package func find(
        _ classes: Classes,
        row: Int,
        into set: UnsafeMutablePointer<UInt64>
    ) {
        var table = table
        vigie_rules_all(&table, classes, row, set)
    }

    /// Finds for each row the first rules that all inputs but one let through.
    ///
    /// Cost: for each set three steps more than those of the first rule, until there are enough;
    /// and a jump for each rule that is found.
    ///
    /// - Parameters:
    ///   - slots: How many are told of a row.
    ///   - near: Room for `slots` of each row; ascending, and -1 where there are no more.
    package func findNear(
        _ classes: Classes,
        rowCount: Int,
        slots: Int,
        into near: UnsafeMutablePointer<Int32>,
        by path: RulePath = .best
    ) {
        var table = table
        vigie_rules_near(path.way, &table, classes, rowCount, ruleCount, slots, near)
    }

    /// Takes the rules out of a set that do not let a class of an input through; the set has a bit
    /// for each rule.
    package func intersect(_ rules: inout [UInt64], withClass number: Int, of input: Int) {
        guard let set = sets[input] else { return }
        for word in 0..<min(rules.count, wordCount) {
            rules[word] &= set[number * wordCount + word]
        }
    }

    /// Whether a rule lets a class of an input through.
    package func lets(rule: Int, through number: Int, of input: Int) -> Bool {
        guard let set = sets[input] else { return false }
        return set[number * wordCount + rule / 64] >> UInt64(rule % 64) & 1 == 1
    }
}
