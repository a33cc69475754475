// SPDX-License-Identifier: Apache-2.0

// How companies went from class to class between two days. Those that came and those that went have
// a row and a column of their own, so that all sums are those of the days.

/// How many companies went from each class to each.
package struct MigrationMatrix: Sendable, Equatable {
    /// The row of companies that did not exist, the column of those that do not any more.
    package static let noCompany = 256
    static let side = 257

    /// A row for each class of the first day, one after the other.
    var counts = [Int](repeating: 0, count: side * side)

    /// A matrix of no companies.
    package init() {}

    /// Companies that were in one class and are in another: 0 to 255, or `noCompany`.
    package func companies(from: Int, to: Int) -> Int {
        guard (0..<Self.side).contains(from), (0..<Self.side).contains(to),
            from != Self.noCompany || to != Self.noCompany
        else { return 0 }
        return counts[from * Self.side + to]
    }

    /// Companies that were in a class on the first day.
    package func before(_ riskClass: Int) -> Int {
        (0..<Self.side).reduce(0) { $0 + companies(from: riskClass, to: $1) }
    }

    /// Companies that are in a class on the second day.
    package func after(_ riskClass: Int) -> Int {
        (0..<Self.side).reduce(0) { $0 + companies(from: $1, to: riskClass) }
    }

    /// Adds the companies of another part of the universe.
    package mutating func merge(_ other: MigrationMatrix) {
        for cell in counts.indices { counts[cell] += other.counts[cell] }
    }

    /// Adds the companies of a block. Slots without one on both days are counted in a cell that
    /// nobody sees.
    mutating func add(_ before: ScoreColumns, _ after: ScoreColumns) {
        counts.withUnsafeMutableBufferPointer { counts in
            for slot in 0..<min(before.slotCount, after.slotCount) {
                counts[before.row(slot) &* Self.side &+ after.row(slot)] &+= 1
            }
        }
    }
}

extension ScoreColumns {
    /// The row of a slot's class.
    @inline(__always)
    func row(_ slot: Int) -> Int {
        outcomes[slot] == SlotScore.noCompany ? MigrationMatrix.noCompany : Int(classes[slot])
    }
}
