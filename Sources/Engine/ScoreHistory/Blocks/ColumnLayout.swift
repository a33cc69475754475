// SPDX-License-Identifier: Apache-2.0

// What a slot has: numbers of one, two or four bytes, one in each column.

internal import VigieLimits

/// The widths of a block's columns.
package struct ColumnLayout: Sendable, Equatable {
    /// Bytes of a number of each column.
    package let widths: [UInt8]
    /// Bytes of all numbers of a slot: a block has so many planes of bytes.
    package let slotBytes: Int

    /// A layout; nil where it has no columns or more than `HistoryLimits.columns`, or one of them
    /// is not one, two or four bytes wide.
    package init?(widths: [UInt8]) {
        guard (1...HistoryLimits.columns).contains(widths.count),
            widths.allSatisfy({ $0 == 1 || $0 == 2 || $0 == 4 })
        else { return nil }
        self.init(checked: widths)
    }

    private init(checked widths: [UInt8]) {
        self.widths = widths
        slotBytes = widths.reduce(0) { $0 + Int($1) }
    }

    /// The result of a run for each slot: score, class, outcome.
    package static let scores = ColumnLayout(checked: [2, 1, 1])

    /// The same, and what moved each score last.
    package static let movedScores = ColumnLayout(checked: [2, 1, 1, 1])

    /// Whether the first columns are those of results.
    var hasScores: Bool { self == .scores || self == .movedScores }

    /// Features with 32 bits each, which is what models are given.
    package static func features(_ count: Int) -> ColumnLayout? {
        ColumnLayout(widths: [UInt8](repeating: 4, count: max(count, 0)))
    }
}
