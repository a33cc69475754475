// SPDX-License-Identifier: Apache-2.0

// What a universe knows of its companies, as columns of blocks: whether a company is there, and its
// inputs, four bytes each. Numbers stand as the bits of a float32; texts as their place in the
// column's list, from 1, and 0 for none; a mark as a hash of its text, since nobody asks for more
// than whether it is another one.
//
// Columns are only ever added: a block that was written before one was added has fewer.

package import ScoreHistory

/// A column of inputs.
package struct UniverseColumn: Sendable, Equatable {
    /// What stands in it. The words stand in stores.
    package enum Kind: String, Sendable, CaseIterable {
        /// Numbers.
        case number
        /// Texts of categories.
        case text
        /// What changes when data of a company arrive.
        case mark
    }

    /// Its name; that of a model's input unless it is a mark.
    package var name: String
    /// What stands in it.
    package var kind: Kind

    /// Makes one.
    package init(_ name: String, _ kind: Kind) { (self.name, self.kind) = (name, kind) }
}

/// Where columns stand in blocks.
package enum InputLayout {
    /// Whether a company is there.
    package static let presence = 0

    /// The columns of a block; nil for more inputs than a block has columns.
    package static func layout(inputCount: Int) -> ColumnLayout? {
        ColumnLayout(widths: [1] + [UInt8](repeating: 4, count: max(inputCount, 0)))
    }

    /// The column of an input.
    package static func column(ofInput input: Int) -> Int { input + 1 }

    /// Exposures in cents, of which one has no more than 8 bytes: the lower half, the upper one.
    package static let exposures = ColumnLayout(widths: [4, 4])

    /// The numbers of slots: 0 for one that is nobody's any more.
    package static let keys = ColumnLayout(widths: [4])

    /// The bits of a number. All that are none are one.
    package static func bits(_ number: Float) -> UInt32 {
        number.isNaN ? missing : number.bitPattern
    }

    /// The bits of a number that is missing.
    package static let missing: UInt32 = 0x7FC0_0000

    /// What a mark is kept as: its text by FNV-1a, and 0 for none.
    package static func mark(_ text: UnsafeRawBufferPointer) -> UInt32 {
        guard !text.isEmpty else { return 0 }
        let hash = text.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        return hash == 0 ? 1 : hash
    }
}

extension ColumnBlock {
    /// The same with columns that are missing behind those it has, each filled with a number.
    package func widened(to layout: ColumnLayout, filling fills: [UInt32]) -> ColumnBlock {
        guard layout != self.layout else { return self }
        var block = ColumnBlock(layout, slotCount: slotCount)
        let present = self
        block.withMutableColumns { target in
            present.withColumns { columns in
                for column in layout.widths.indices {
                    if column < present.layout.widths.count {
                        target[column].copyMemory(from: columns[column])
                    } else if column < fills.count, fills[column] != 0 {
                        let numbers = target[column].assumingMemoryBound(to: UInt32.self)
                        for slot in 0..<slotCount where columns[InputLayout.presence][slot] != 0 {
                            numbers[slot] = fills[column]
                        }
                    }
                }
            }
        }
        return block
    }
}
