// SPDX-License-Identifier: Apache-2.0

// A block of rows through the tables of a model, one table after the other.

internal import Decisions
package import FEEL
package import RuleTables
internal import VigieLimits

/// What of a table's answers is wanted.
package enum AnswerInterest: Sendable {
    /// The answers.
    case answers
    /// Whether anything is wrong with what a table that is harmless looks at.
    case faults
    /// Nothing.
    case nothing
}

/// Evaluates blocks of rows, one after the other, on one thread. What a block answers is there
/// until the next one.
package final class BlockEvaluation {
    /// The compiled model.
    package let compiled: CompiledModel
    let path: RulePath
    let memory: BlockMemory
    let interpreter: DecisionEvaluation
    var given: [GivenValues] = []
    /// What is kept of inputs of tables that are evaluated: their classes by texts.
    var kept: [Int: KeptClasses] = [:]
    /// The values of decisions by number, by their places in the model.
    var numbered: [Int: NumberedValues] = [:]
    /// Values that are the same in all rows, as the model takes them, by their columns.
    var takenValues: [Int: (fixed: FixedValue, value: FEELValue)] = [:]
    /// What is wanted of each table.
    private var interests: [AnswerInterest]
    /// How many rows the block has.
    package private(set) var rowCount = 0

    /// Takes a model, the time, and how rules are found.
    package init(
        _ compiled: CompiledModel,
        now: FEELDateTime? = nil,
        by path: RulePath = .best
    ) {
        (self.compiled, self.path) = (compiled, path)
        memory = BlockMemory(compiled)
        interests = Array(repeating: .answers, count: compiled.tables.count)
        interpreter = DecisionEvaluation(compiled.model, now: now)
    }

    /// Says what of the table of a decision is wanted; all is, where nothing is said. A decision of
    /// which another one makes something, or whose value is asked for, has to have its answers.
    package func want(_ interest: AnswerInterest, of node: Int) {
        if let place = compiled.tablePlaces[node] { interests[place] = interest }
    }

    /// Whether the answers of a decision are found, or there is no table of it.
    package func finds(_ node: Int) -> Bool {
        compiled.tablePlaces[node].map { isFound($0) } ?? true
    }

    private func isFound(_ place: Int) -> Bool { interests[place] == .answers }

    /// Whether a decision has a table with whose answers nothing can be wrong but with what it
    /// looks at: a list of constants.
    package func isHarmless(_ node: Int) -> Bool {
        compiled.tablePlaces[node].map { compiled.tables[$0].isHarmless } ?? false
    }

    /// Evaluates a block, of a model that is decided in two steps the first of them.
    ///
    /// - Parameters:
    ///   - given: The columns that the model wants, in its order, each with that many rows.
    ///   - rowCount: At most `CompiledTableLimits.blockRows`.
    /// - Returns: Whether the block is one: columns as wanted and not too many rows.
    package func decide(_ given: [GivenValues], rowCount: Int) -> Bool {
        guard rowCount >= 0, rowCount <= CompiledTableLimits.blockRows,
            given.count == compiled.columns.count,
            zip(given, compiled.columns).allSatisfy({ $0.fits($1.kind, rowCount) })
        else { return false }
        (self.given, self.rowCount) = (given, rowCount)
        memory.faults.update(repeating: 0, count: rowCount)
        takeFixedValues()
        decide(columns: 0..<compiled.first.columns, tables: 0..<compiled.first.tables)
        return true
    }

    /// Evaluates what the block is decided on last: whoever decides in two steps has filled the
    /// columns that are needed for it by now.
    package func decideLast() {
        decide(
            columns: compiled.first.columns..<compiled.columns.count,
            tables: compiled.first.tables..<compiled.tables.count
        )
    }

    private func decide(columns: Range<Int>, tables: Range<Int>) {
        for (place, source) in compiled.sources.enumerated() {
            switch source.origin {
            case .column(let column) where columns.contains(column):
                classify(column, source, place)
            case .order(let left, let right) where columns.contains(max(left, right)):
                order(left, right, place)
            default: break
            }
        }
        for place in tables where interests[place] != .nothing {
            computeInputs(of: place)
            if isFound(place) { decide(place) }
        }
    }

    /// Whether something of a row could not be computed by the interpreter, and is null by mistake
    /// and not by choice: not 0 then. What tables answered tells of the other mistakes.
    package var faults: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: memory.faults, count: rowCount)
    }

    /// Notes what could not be computed while the interpreter looked at a row.
    func noteFaults(_ row: Int) {
        if !interpreter.faults.isEmpty { memory.faults[row] = 1 }
    }

    /// What the table of a decision answers of each row, as in `RowAnswer`; nil where it is left to
    /// the interpreter, or not wanted.
    package func answers(of node: Int) -> UnsafeBufferPointer<Int32>? {
        guard let place = compiled.tablePlaces[node], isFound(place) else { return nil }
        return UnsafeBufferPointer(start: memory.answers[place], count: rowCount)
    }

    /// The values that a decision can have, and for each row the number of one, or how many there
    /// are for none; nil where the values cannot be told.
    package func codes(
        of node: Int
    ) -> (values: [FEELValue], codes: UnsafeBufferPointer<UInt16>)? {
        guard let place = compiled.valuePlaces[node],
            case .values(let values) = compiled.sources[place].classes
        else { return nil }
        let codes = UnsafeBufferPointer(
            start: UnsafePointer(memory.classes[place]),
            count: rowCount
        )
        return (values, codes)
    }

    /// What the numbers of a decision that adds them come to in each row, and their decimals; nil
    /// where they are not added as whole numbers. Where no rule matches there is no sum, but null.
    package func sums(
        of node: Int
    ) -> (sums: UnsafeBufferPointer<Int64>, decimals: Int)? {
        guard let place = compiled.tablePlaces[node],
            case .sum(_, let decimals) = compiled.tables[place].choice
        else { return nil }
        let sums = UnsafePointer(memory.sums[place])
        return (UnsafeBufferPointer(start: sums, count: rowCount), decimals)
    }

    // MARK: - Columns

    /// The classes of a column. Cost: see ValueClasses; a text takes a load, some half nanosecond.
    private func classify(_ column: Int, _ source: ValueSource, _ place: Int) {
        let classes = memory.classes[place]
        switch (given[column], source.classes) {
        case (.numbers(let values), .scale(let scale)):
            scale.numbers.find(
                UnsafeBufferPointer(start: values, count: rowCount),
                into: classes,
                by: path
            )
        case (.texts(let codes, let bound), .scale(let scale)):
            bound.classes.withUnsafeBufferPointer { known in
                translate(codes, known, UInt16(scale.nullClass), into: classes)
            }
        case (.fixed(let fixed), _):
            let found = source.classNumber(of: fixed.value) ?? source.nullClass
            classes.update(repeating: UInt16(found), count: rowCount)
        case (.booleans(let values), .values):
            for row in 0..<rowCount { classes[row] = UInt16(min(values[row], 2)) }
        default: break
        }
    }

    /// The classes of two numbers' order, which is that of their doubles: a greater double is read
    /// as a greater decimal number. Cost: two loads and three comparisons, a nanosecond.
    private func order(_ left: Int, _ right: Int, _ place: Int) {
        guard case .numbers(let first) = given[left], case .numbers(let second) = given[right]
        else { return }
        let classes = memory.classes[place]
        for row in 0..<rowCount {
            let (one, other) = (first[row], second[row])
            let found: UInt16 = one < other ? 0 : one == other ? 1 : 2
            classes[row] = (one - one) + (other - other) == 0 ? found : 3
        }
    }

    private func translate(
        _ codes: UnsafePointer<Int32>,
        _ known: UnsafeBufferPointer<UInt16>,
        _ null: UInt16,
        into classes: UnsafeMutablePointer<UInt16>
    ) {
        let count = UInt32(clamping: known.count)
        for row in 0..<rowCount {
            let code = UInt32(bitPattern: codes[row])
            classes[row] = code < count ? known[Int(code)] : null
        }
    }
}

extension GivenValues {
    /// Whether they are given as a column wants.
    func fits(_ kind: GivenColumn.Kind, _ rowCount: Int) -> Bool {
        switch (self, kind) {
        case (.numbers, .number), (.numbers, .day), (.texts, .text), (.booleans, .boolean): true
        case (.fixed, .value): true
        case (.fixed(let fixed), .text): fixed.value.isNull || fixed.value.typeName == "string"
        case (.fixed(let fixed), .boolean): fixed.value.isNull || fixed.value.boolean != nil
        case (.values(let values), .value): values.count >= rowCount
        default: false
        }
    }
}
