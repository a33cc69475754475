// SPDX-License-Identifier: Apache-2.0

// A column of a portfolio's file as a policy takes it. Texts get numbers that hold for the whole
// file, so that what a policy makes of a text is found once; days, truth values and lists are read
// once for each text of a block.

internal import CreditPolicy
internal import Documents
internal import ExactTexts
internal import FEEL
internal import Policies
internal import Quantities
internal import VigieClient
internal import VigieLimits

/// A column of a file, block after block.
final class PortfolioColumn {
    /// The column.
    let column: CreditColumn
    private let type: FEELType
    private let numbers: UnsafeMutablePointer<Double>
    private let codes: UnsafeMutablePointer<Int32>
    private let flags: UnsafeMutablePointer<UInt8>
    private var texts: [String] = []
    private var places: [ExactText: Int32] = [:]
    private var bound: SimulatedTexts?

    /// - Parameter type: What the cells are read as.
    init(_ column: CreditColumn, _ type: FEELType) {
        (self.column, self.type) = (column, type)
        func memory<Element>(_ value: Element) -> UnsafeMutablePointer<Element> {
            let memory = UnsafeMutablePointer<Element>.allocate(
                capacity: CompiledTableLimits.blockRows
            )
            memory.initialize(repeating: value, count: CompiledTableLimits.blockRows)
            return memory
        }
        (numbers, codes, flags) = (memory(.nan), memory(-1), memory(2))
    }

    deinit {
        numbers.deallocate()
        codes.deallocate()
        flags.deallocate()
    }

    /// The values of a column of numbers, of rows that stand one after the other.
    ///
    /// Cost: a load and a store a row.
    func take(_ values: [Double], _ place: Int, width: Int, rowCount: Int)
        -> PolicySimulation.Values
    {
        values.withUnsafeBufferPointer { values in
            var next = place
            for row in 0..<rowCount {
                numbers[row] = values[next]
                next += width
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
        _ cells: TextColumnBuffer,
        _ bind: ([String]) throws -> SimulatedTexts,
        _ fail: (_ code: Int, _ text: String) -> InputError
    ) throws -> PolicySimulation.Values {
        // As `vigie decide` reads them.
        let words = (0..<cells.textCount).map {
            String(decoding: cells[$0], as: UTF8.self).trimmedBlanks
        }
        switch column.kind {
        case .text:
            let known = number(words)
            if bound == nil || known.isNew { bound = try bind(texts) }
            spread(cells, known.codes, -1, into: codes)
            guard let bound else { return .plain(.numbers(UnsafePointer(numbers))) }
            return .texts(UnsafePointer(codes), bound)
        case .boolean:
            let found = try values(words, fail).map { value -> UInt8 in
                value.boolean.map { $0 ? 1 : 0 } ?? 2
            }
            spread(cells, found, 2, into: flags)
            return .plain(.booleans(UnsafePointer(flags)))
        case .day, .number:
            let found = try values(words, fail).map { value -> Double in
                if case .date(let date) = value { return Double(date.dayNumber) }
                return .nan
            }
            spread(cells, found, .nan, into: numbers)
            return .plain(.numbers(UnsafePointer(numbers)))
        case .value:
            let found = try values(words, fail)
            return .plain(
                .values(cells.codes.map { $0 == 0 ? .null : found[Int($0) - 1] })
            )
        }
    }

    private func values(
        _ words: [String],
        _ fail: (_ code: Int, _ text: String) -> InputError
    ) throws -> [FEELValue] {
        try words.enumerated().map { place, text in
            guard let value = PolicyValue.cell(text, type) else { throw fail(place + 1, text) }
            return value
        }
    }

    /// Numbers for texts; an empty one says nothing. A file of too many different texts begins with
    /// new numbers.
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
        _ cells: TextColumnBuffer,
        _ found: [Element],
        _ nothing: Element,
        into column: UnsafeMutablePointer<Element>
    ) {
        let codes = cells.codes
        for row in codes.indices {
            let code = Int(codes[row])
            column[row] = code == 0 ? nothing : found[code - 1]
        }
    }
}
