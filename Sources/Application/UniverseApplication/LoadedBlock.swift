// SPDX-License-Identifier: Apache-2.0

// A block of inputs as a load leaves it: what came of its companies, on nothing where the load is
// whole, and else on what was known of them.

internal import ScoreHistory
internal import UniverseBlocks
internal import UniverseStore

/// Columns of a load, and where they stand in blocks.
struct LoadColumns {
    /// The columns of blocks.
    let layout: ColumnLayout
    /// For each column of a row the column of the block.
    let sent: [Int]
    /// What a company has in a column that the load does not send: no number.
    let fills: [UInt32]
    let hasExposures: Bool

    init(_ columns: [UniverseColumn], sent: [Int], hasExposures: Bool, layout: ColumnLayout) {
        (self.layout, self.sent, self.hasExposures) = (layout, sent, hasExposures)
        fills = [0] + columns.map { $0.kind == .number ? InputLayout.missing : 0 }
    }

    /// The columns that the load does not send.
    var others: [Int] {
        let sent = Set(sent)
        return (1..<layout.widths.count).filter { !sent.contains($0) && fills[$0] != 0 }
    }
}

/// Makes a block of inputs.
struct LoadedBlock {
    private(set) var inputs: ColumnBlock
    private(set) var exposures: ColumnBlock?
    private let columns: LoadColumns

    /// Begins with what was known, or with nothing.
    ///
    /// - Parameter slotCount: How many slots the block has by now.
    init(
        _ columns: LoadColumns,
        slotCount: Int,
        on base: ColumnBlock?,
        exposures: ColumnBlock?
    ) {
        self.columns = columns
        inputs =
            base?.widened(to: columns.layout, filling: columns.fills).grown(to: slotCount)
            ?? ColumnBlock(columns.layout, slotCount: slotCount)
        self.exposures = exposures?.grown(to: slotCount)
        if columns.hasExposures, self.exposures == nil, let layout = InputLayout.exposures {
            self.exposures = ColumnBlock(layout, slotCount: slotCount)
        }
    }

    /// Takes the rows of a part.
    mutating func take(_ bytes: [UInt8], rowCount: Int) {
        let columns = columns
        bytes.withUnsafeBytes { bytes in
            func slot(_ row: Int) -> Int {
                Int(
                    UInt16(
                        littleEndian: bytes.loadUnaligned(
                            fromByteOffset: 2 * row,
                            as: UInt16.self
                        )
                    )
                )
            }
            inputs.withMutableColumns { target in
                let others = columns.others
                let slotCount = target.slotCount
                for row in 0..<rowCount where slot(row) < slotCount {
                    if target[InputLayout.presence][slot(row)] != 0 { continue }
                    target[InputLayout.presence][slot(row)] = 1
                    for other in others {
                        target[other].assumingMemoryBound(to: UInt32.self)[slot(row)] =
                            columns.fills[other]
                    }
                }
                for (place, column) in columns.sent.enumerated() {
                    let words = UnsafeRawBufferPointer(
                        rebasing: bytes[(rowCount * (2 + 4 * place))...]
                    )
                    let numbers = target[column].assumingMemoryBound(to: UInt32.self)
                    for row in 0..<rowCount where slot(row) < slotCount {
                        numbers[slot(row)] = words.word(row)
                    }
                }
            }
            guard columns.hasExposures else { return }
            let cents = UnsafeRawBufferPointer(
                rebasing: bytes[(rowCount * (2 + 4 * columns.sent.count))...]
            )
            exposures?.withMutableColumns { target in
                let (low, high) = (
                    target[0].assumingMemoryBound(to: UInt32.self),
                    target[1].assumingMemoryBound(to: UInt32.self)
                )
                for row in 0..<rowCount where slot(row) < target.slotCount {
                    low[slot(row)] = cents.word(2 * row)
                    high[slot(row)] = cents.word(2 * row + 1)
                }
            }
        }
    }

    /// Leaves out what was known of places that are nobody's by now.
    ///
    /// - Parameter keys: Whose places are.
    mutating func leaveOut(_ keys: ArraySlice<UInt32>) {
        let nobodys = keys.indices.filter { keys[$0] == 0 }.map { $0 - keys.startIndex }
        guard !nobodys.isEmpty else { return }
        let widths = columns.layout.widths
        inputs.withMutableColumns { target in
            for slot in nobodys where slot < target.slotCount {
                for (column, width) in widths.enumerated() {
                    let start = slot * Int(width)
                    for place in start..<start + Int(width) { target[column][place] = 0 }
                }
            }
        }
    }

    /// Adds what differs from what was known to the counts.
    func count(against base: ColumnBlock?, into counts: inout LoadCounts) -> Int {
        let before =
            base?.widened(to: columns.layout, filling: columns.fills)
            ?? ColumnBlock(columns.layout, slotCount: 0)
        let changed = ChangedSlots(from: before, to: inputs).count
        counts.changed += changed
        let old = before.grown(to: inputs.slotCount)
        old.withColumns { old in
            inputs.withColumns { new in
                let (old, new) = (old[InputLayout.presence], new[InputLayout.presence])
                for slot in new.indices {
                    counts.companies += Int(new[slot])
                    if new[slot] > old[slot] { counts.added += 1 }
                    if new[slot] < old[slot] { counts.left += 1 }
                }
            }
        }
        return changed
    }
}
