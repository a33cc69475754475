// SPDX-License-Identifier: Apache-2.0

// Formulas over lines, compiled for the machine that bundles' features run on: each line has a
// place in a row, so that no name is looked up when a statement is evaluated.
//
internal import CreditFacts
internal import Scoring

/// Lines that a row has: those of this year and of the one before, and whatever else is given.
typealias LineSet = SIMD8<UInt64>

/// Values over the lines of a statement and of that of the year before, compiled.
package final class StatementProgram: Sendable {
    /// Values that no statement has, in the order of their places.
    static let givenNames = ["price_index", "market_value"]
    /// Rows of a block: few enough that all registers stay in the second-level cache.
    static let blockRows = 64  // tidy: limit: the size of our own batches, not of what comes in
    /// Lines at most; a set has 512 places.
    static let linesMax = 250  // tidy: limit: lines of our own table

    /// The lines, in the order of their places.
    let lines: [StatementLine]
    let isFlow: [Bool]
    /// The values, for one row or for blocks of them.
    let values: ExpressionValues
    /// The place of a line by its number; 255 for none.
    private let places: [UInt8]

    /// Compiles values.
    ///
    /// - Parameters:
    ///   - definitions: Formulas by name, each after those that it uses. One that does not compile
    ///     has no value; tests hold our tables against that.
    ///   - wanted: Names of the values.
    ///   - more: Lines that need places although no formula names them.
    init(
        definitions: [(name: String, expression: Expression)],
        wanted: [String],
        more: [StatementLine],
        form: StatementForm
    ) {
        var names: Set<String> = []
        for definition in definitions { definition.expression.collectNames(into: &names) }
        var all = Set(more)
        var texts: [StatementLine: String] = [:]
        for name in names {
            guard let line = StatementLine(inFormulas: name) else { continue }
            all.insert(line)
            texts[line] = name
        }
        lines = Array(all.sorted().prefix(Self.linesMax))
        isFlow = lines.map { $0.isFlow(form) }
        var places = [UInt8](repeating: 255, count: StatementLine.numberCount)
        for (place, line) in lines.enumerated() {
            if let number = line.number { places[number] = UInt8(place) }
        }
        self.places = places
        let count = lines.count
        var compiler = ExpressionCompiler(
            columnCount: 2 * (count + Self.givenNames.count),
            yearsMaximum: 2
        )
        for (place, line) in lines.enumerated() {
            guard let name = texts[line] else { continue }
            try? compiler.addInput(name, columns: [place, count + place])
        }
        for (place, name) in Self.givenNames.enumerated() {
            try? compiler.addInput(name, columns: [2 * (count + place), 2 * (count + place) + 1])
        }
        for (name, expression) in definitions { try? compiler.define(name, expression) }
        values = compiler.values(of: wanted, blockRows: Self.blockRows)
    }

    /// The place of a line; nil where no formula uses it.
    @inline(__always)
    func place(_ line: StatementLine) -> Int? {
        guard let number = line.number, places[number] != 255 else { return nil }
        return Int(places[number])
    }

    /// The set of what fulfils a need.
    func set(_ need: StatementFormula.Need) -> LineSet {
        var set = LineSet()
        let add = { (place: Int) in set[place >> 6] |= 1 << UInt64(place & 63) }
        switch need {
        case .lines(let lines, let yearsEarlier):
            for line in lines {
                if let place = place(line) { add(yearsEarlier * self.lines.count + place) }
            }
        case .given(let name):
            if let place = Self.givenNames.firstIndex(of: name) { add(2 * lines.count + place) }
        case .yearBefore: add(511)
        }
        return set
    }
}

extension StatementLine {
    /// How many numbers lines have: 43 signs twice, and a thousand.
    static let numberCount = 43 * 43 + 1_000

    /// A small number for each line of two signs or three digits; nil for others.
    @inline(__always)
    var number: Int? {
        let (first, second, third) = (packed >> 16, packed >> 8 & 0xFF, packed & 0xFF)
        if first == 0 { return Int((second &- 0x30) &* 43 &+ (third &- 0x30)) }
        guard first < 0x3A, second < 0x3A, third < 0x3A else { return nil }
        let digits = (first &- 0x30) &* 100 &+ (second &- 0x30) &* 10 &+ (third &- 0x30)
        return Int(43 * 43 &+ digits)
    }
}
