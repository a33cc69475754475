// SPDX-License-Identifier: Apache-2.0

// Inputs of tables that are evaluated: an expression, or a decision that is no table. Where only
// texts and booleans tell rows apart, as where a sector is looked up in a table of reference, each
// of their combinations is evaluated once, and its class kept.

internal import Decisions
internal import FEEL
internal import VigieLimits

/// The classes of an input of a table that were found.
struct KeptClasses {
    /// What they were found with: dictionaries and values that are the same in all rows.
    let basis: [ObjectIdentifier]
    /// Keeps what `basis` is of.
    let owners: [AnyObject]
    /// By combination; `unknown` where it was not met yet.
    var classes: [UInt16]

    static let unknown = UInt16.max
}

extension BlockEvaluation {
    /// Finds the classes of an input of a table.
    ///
    /// Cost: a load for each text where combinations are kept; else what the interpreter takes,
    /// some microseconds a row.
    func compute(_ source: Int, _ place: Int, _ input: Int) {
        let classes = memory.classes[source]
        guard let keys = keys(place, source) else {
            for row in 0..<rowCount { classes[row] = computed(source, place, input, row) }
            return
        }
        guard var kept = kept.removeValue(forKey: source) else { return }
        for row in 0..<rowCount {
            let key = keys.key(of: row)
            if kept.classes[key] == KeptClasses.unknown {
                kept.classes[key] = computed(source, place, input, row)
            }
            classes[row] = kept.classes[key]
        }
        self.kept[source] = kept
    }

    /// The class of an input in a row.
    private func computed(_ source: Int, _ place: Int, _ input: Int, _ row: Int) -> UInt16 {
        let table = compiled.tables[place]
        let frame = loaded(place, row)
        let told = compiled.model.tables[table.table]
        let value = interpreter.input(input, of: told, frame).value
        let source = compiled.sources[source]
        return UInt16(truncatingIfNeeded: source.classNumber(of: value) ?? source.nullClass)
    }

    /// A column whose values are few.
    enum KeyColumn {
        case texts(UnsafePointer<Int32>, count: Int)
        case booleans(UnsafePointer<UInt8>)

        var count: Int {
            switch self {
            case .texts(_, let count): count
            case .booleans: 3
            }
        }

        /// The number of a row's value; the last is that of no value.
        func number(of row: Int) -> Int {
            switch self {
            case .texts(let codes, let count):
                Int(min(UInt32(bitPattern: codes[row]), UInt32(truncatingIfNeeded: count - 1)))
            case .booleans(let values): Int(min(values[row], 2))
            }
        }
    }

    /// The columns that tell rows apart, with room for what is kept of their combinations; nil
    /// where one has too many values.
    private func keys(_ place: Int, _ source: Int) -> [KeyColumn]? {
        guard case .computed(_, let input) = compiled.sources[source].origin,
            let found = keys(compiled.columns(ofInput: input, place))
        else { return nil }
        let basis = found.owners.map { ObjectIdentifier($0) }
        if kept[source]?.basis != basis {
            let classes = [UInt16](repeating: KeptClasses.unknown, count: found.count)
            kept[source] = KeptClasses(basis: basis, owners: found.owners, classes: classes)
        }
        return found.keys
    }

    /// How rows are told apart by columns: those that are not the same in all rows, what the keys
    /// hold for, and how many there are; nil where one has too many values.
    func keys(
        _ columns: [Int]
    ) -> (keys: [KeyColumn], owners: [AnyObject], count: Int)? {
        var (keys, owners, count) = ([KeyColumn](), [AnyObject](), 1)
        for column in columns {
            switch given[column] {
            case .fixed(let fixed): owners.append(fixed)
            case .texts(let codes, let bound):
                owners.append(bound)
                keys.append(.texts(codes, count: bound.texts.count + 1))
                count *= bound.texts.count + 1
            case .booleans(let values):
                keys.append(.booleans(values))
                count *= 3
            default: return nil
            }
            guard count <= CompiledTableLimits.keptCombinations else { return nil }
        }
        return (keys, owners, count)
    }
}

extension [BlockEvaluation.KeyColumn] {
    /// The number of the combination that a row has.
    func key(of row: Int) -> Int {
        var key = 0
        for column in self { key = key * column.count + column.number(of: row) }
        return key
    }
}
