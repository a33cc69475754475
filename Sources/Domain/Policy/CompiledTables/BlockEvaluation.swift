// SPDX-License-Identifier: Apache-2.0

// A block of rows through the tables of a model, one table after the other.

internal import Decisions
package import FEEL
package import RuleTables
internal import VigieLimits

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
    /// Values that are the same in all rows, as the model takes them, by their columns.
    var takenValues: [Int: (fixed: FixedValue, value: FEELValue)] = [:]
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
        interpreter = DecisionEvaluation(compiled.model, now: now)
    }

    /// Evaluates a block.
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
        takeFixedValues()
        for (place, source) in compiled.sources.enumerated() {
            if case .column(let column) = source.origin { classify(column, source, place) }
        }
        for place in compiled.tables.indices { decide(place) }
        return true
    }

    /// What the table of a decision answers of each row, as in `RowAnswer`; nil where it is left to
    /// the interpreter.
    package func answers(of node: Int) -> UnsafeBufferPointer<Int32>? {
        guard let place = compiled.tablePlaces[node] else { return nil }
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
