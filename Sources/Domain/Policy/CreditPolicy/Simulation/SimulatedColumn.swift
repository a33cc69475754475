// SPDX-License-Identifier: Apache-2.0

// A column of a portfolio as policies take it. Texts get numbers that hold for the whole portfolio,
// so that what a policy makes of a text is found once; days, truth values and lists are read once
// for each text of a block.

internal import Documents
internal import ExactTexts
internal import FEEL
internal import Policies
internal import VigieLimits

/// A column of texts of some rows: each text once, and for each row the place of its text from 1, 0
/// where nothing is known.
package struct SimulatedWords {
    package let texts: [String]
    package let codes: ArraySlice<UInt32>

    /// Takes both; blanks around texts are nothing, as for `vigie decide`. No code is above the
    /// number of texts.
    package init(_ texts: [String], _ codes: ArraySlice<UInt32>) {
        (self.texts, self.codes) = (texts.map { trimmedBlanks($0) }, codes)
    }

    /// The first row that has a text, by the place of the text from 0.
    func row(of place: Int) -> Int {
        codes.firstIndex { Int($0) == place + 1 }.map { $0 - codes.startIndex } ?? 0
    }
}

/// A column of a portfolio, block after block.
final class SimulatedColumn {
    /// The column.
    let column: CreditColumn
    private let type: FEELType
    private let numbers: UnsafeMutablePointer<Double>
    private let codes: UnsafeMutablePointer<Int32>
    private let flags: UnsafeMutablePointer<UInt8>
    private var texts: [String] = []
    private var places: [ExactText: Int32] = [:]
    private var bound: SimulatedTexts?

    /// - Parameter type: What cells are read as.
    init(_ column: CreditColumn, _ type: FEELType) {
        (self.column, self.type) = (column, type)
        func memory<Element>(_ value: Element, _ kinds: CreditColumn.Kind...)
            -> UnsafeMutablePointer<Element>
        {
            let count = kinds.contains(column.kind) ? CompiledTableLimits.blockRows : 0
            let memory = UnsafeMutablePointer<Element>.allocate(capacity: count)
            memory.initialize(repeating: value, count: count)
            return memory
        }
        (numbers, codes) = (memory(.nan, .number, .day), memory(-1, .text))
        flags = memory(2, .boolean)
    }

    deinit {
        numbers.deallocate()
        codes.deallocate()
        flags.deallocate()
    }

    /// The values of a column of numbers, the first at a place, each so far behind the one before.
    ///
    /// Cost: a load and a store a row.
    func take(_ values: [Double], from place: Int, stride: Int, rowCount: Int)
        -> PolicySimulation.Values
    {
        values.withUnsafeBufferPointer { values in
            var next = place
            for row in 0..<rowCount {
                numbers[row] = values[next]
                next += stride
            }
        }
        return .plain(.numbers(UnsafePointer(numbers)))
    }

    /// The values of a column of texts.
    ///
    /// Cost: two loads and a store a row, and what a text takes for each that the block has.
    ///
    /// - Throws: A text that is none of the column's values.
    func take(
        _ words: SimulatedWords,
        _ bind: ([String]) throws(SimulationRefusal) -> SimulatedTexts,
        _ fail: (_ place: Int, _ text: String) -> SimulationRefusal
    ) throws(SimulationRefusal) -> PolicySimulation.Values {
        switch column.kind {
        case .text:
            let known = number(words.texts)
            let bound: SimulatedTexts
            if let kept = self.bound, !known.isNew {
                bound = kept
            } else {
                bound = try bind(texts)
                self.bound = bound
            }
            spread(words, known.codes, -1, into: codes)
            return .texts(UnsafePointer(codes), bound)
        case .boolean:
            let found = try values(words.texts, fail).map { value -> UInt8 in
                value.boolean.map { $0 ? 1 : 0 } ?? 2
            }
            spread(words, found, 2, into: flags)
            return .plain(.booleans(UnsafePointer(flags)))
        case .day, .number:
            let found = try values(words.texts, fail).map { value -> Double in
                if case .date(let date) = value { return Double(date.dayNumber) }
                return .nan
            }
            spread(words, found, .nan, into: numbers)
            return .plain(.numbers(UnsafePointer(numbers)))
        case .value:
            let found = try values(words.texts, fail)
            return .plain(
                .values(words.codes.map { $0 == 0 ? .null : found[Int($0) - 1] })
            )
        }
    }

    private func values(
        _ texts: [String],
        _ fail: (_ place: Int, _ text: String) -> SimulationRefusal
    ) throws(SimulationRefusal) -> [FEELValue] {
        var values: [FEELValue] = []
        for (place, text) in texts.enumerated() {
            guard let value = PolicyValue.cell(text, type) else { throw fail(place, text) }
            values.append(value)
        }
        return values
    }

    /// Numbers for texts; an empty one says nothing. A portfolio of too many different texts begins
    /// with new numbers.
    private func number(_ words: [String]) -> (codes: [Int32], isNew: Bool) {
        let before = texts.count
        if before + words.count > CompiledTableLimits.keptCombinations {
            texts.removeAll()
            places.removeAll()
        }
        let codes = words.map { word -> Int32 in
            guard !word.isEmpty else { return -1 }
            if let place = places[ExactText(word)] { return place }
            let place = Int32(clamping: texts.count)
            places[ExactText(word)] = place
            texts.append(word)
            return place
        }
        return (codes, texts.count != before)
    }

    private func spread<Element>(
        _ words: SimulatedWords,
        _ found: [Element],
        _ nothing: Element,
        into column: UnsafeMutablePointer<Element>
    ) {
        for (row, code) in words.codes.enumerated() {
            column[row] = code == 0 ? nothing : found[Int(code) - 1]
        }
    }
}
