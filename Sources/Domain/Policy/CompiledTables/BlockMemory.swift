// SPDX-License-Identifier: Apache-2.0

// What a block of rows has of a model: the classes of each source, and of each table what was
// found. Taken once, used for each block.

internal import RuleTables
internal import VigieLimits

/// The memory of a block.
final class BlockMemory {
    /// Of each source, the class of each row.
    let classes: [UnsafeMutablePointer<UInt16>]
    /// Of each table, what each row's answer is; see `RowAnswer`.
    let answers: [UnsafeMutablePointer<Int32>]
    /// The second rules of a table.
    let second: UnsafeMutablePointer<Int32>
    /// Of each table that adds numbers, what each row's come to; of all others one column, which
    /// nobody looks at.
    let sums: [UnsafeMutablePointer<Int64>]
    /// Of each row, 1 if something of it could not be computed.
    let faults: UnsafeMutablePointer<UInt8>
    /// Nothing for each rule, of which the sums are made.
    let zeros: UnsafeMutablePointer<Int64>
    /// Of each table, the columns of its inputs.
    let inputs: [UnsafeMutablePointer<UnsafePointer<UInt16>?>]

    private let first: UnsafeMutablePointer<UInt16>
    private let others: UnsafeMutablePointer<Int64>

    init(_ model: CompiledModel) {
        let rows = CompiledTableLimits.blockRows
        func column<Element: FixedWidthInteger>(
            _ type: Element.Type,
            _ count: Int
        ) -> UnsafeMutablePointer<Element> {
            let memory = UnsafeMutablePointer<Element>.allocate(capacity: count)
            memory.initialize(repeating: 0, count: count)
            return memory
        }
        classes = model.sources.map { _ in column(UInt16.self, rows) }
        answers = model.tables.map { _ in column(Int32.self, rows) }
        second = column(Int32.self, rows)
        faults = column(UInt8.self, rows)
        let others = column(Int64.self, rows)
        sums = model.tables.map { table in
            if case .sum = table.choice { return column(Int64.self, rows) }
            return others
        }
        self.others = others
        zeros = column(Int64.self, model.tables.map(\.rules.ruleCount).max() ?? 1)
        // A table without inputs has one of one class.
        first = column(UInt16.self, rows)
        inputs = model.tables.map { [classes, first] table in
            let places = UnsafeMutablePointer<UnsafePointer<UInt16>?>.allocate(
                capacity: max(table.sources.count, 1)
            )
            places.initialize(to: UnsafePointer(first))
            for (number, source) in table.sources.enumerated() {
                (places + number).initialize(to: UnsafePointer(classes[source]))
            }
            return places
        }
    }

    deinit {
        for each in classes { each.deallocate() }
        for each in answers { each.deallocate() }
        for each in inputs { each.deallocate() }
        second.deallocate()
        faults.deallocate()
        for each in sums where each != others { each.deallocate() }
        others.deallocate()
        zeros.deallocate()
        first.deallocate()
    }
}

/// What a table answers of a row, in one number.
package enum RowAnswer {
    /// No rule matches, and nothing is told for that.
    package static let none: Int32 = -1
    /// No rule matches, and the default is given.
    package static let standard: Int32 = -2
    /// More rules match than the hit policy lets, or they say different things.
    package static let violation: Int32 = -3
    /// Less an input's place: its value is none that there may be. Any number from 0 on is the
    /// place of the rule that matched, or of the first one of those that did.
    package static let invalidInput: Int32 = -4
}
