// SPDX-License-Identifier: Apache-2.0

// What stands at the beginning of a frame. The page on the history's format has the layout.

internal import Quantities
internal import VigieLimits

/// The header of a frame.
package struct FrameHeader: Sendable, Equatable {
    /// What a frame holds. The numbers stand in files.
    package enum Kind: UInt8, Sendable {
        /// All of a block.
        case key = 1
        /// What is not as in another frame of the block.
        case delta = 2
    }

    /// What it holds.
    package var kind: Kind
    /// The run that it belongs to.
    package var run: HistoryRun
    /// The number of the block.
    package var block: UInt32
    /// Slots of the block.
    package var slotCount: Int
    /// Its columns.
    package var layout: ColumnLayout
    /// The number of the run whose frame it stands on; that of its own run if on none.
    package var baseNumber: UInt32
    /// Slots that a delta changes.
    package var changeCount = 0
    /// Bytes of their places.
    package var gapBytes = 0
    /// The checksum of the block.
    package var checksum: UInt64
    /// The checksum of the block that it stands on; 0 if on none.
    package var baseChecksum: UInt64

    /// Where numbers stand that are needed before the header is read, or written after it.
    enum Place {
        static let version = 4
        static let frameBytes = 8
        static let fixedBytes = 64
        static let checksumBytes = 8
    }

    static let magic: [UInt8] = Array("VGSH".utf8)
    static let version: UInt8 = 1

    /// Where the directory of streams begins.
    var directoryStart: Int {
        Place.fixedBytes + layout.widths.count + run.model.utf8.count
    }

    /// How many streams there are: the places of changes, and a plane for each byte of a slot.
    var streamCount: Int { layout.slotBytes + (kind == .delta ? 1 : 0) }

    /// Bytes of a plane.
    var planeBytes: Int { kind == .delta ? changeCount : slotCount }

    /// The header as bytes; the length of the frame is written when it is known.
    var bytes: [UInt8] {
        var bytes = Self.magic
        let model = Array(run.model.utf8)
        bytes += [
            Self.version, kind.rawValue, run.kind.rawValue, UInt8(truncatingIfNeeded: model.count),
        ]
        for number in [
            0, block, UInt32(truncatingIfNeeded: slotCount),
            UInt32(bitPattern: run.day.dayNumber), run.number, baseNumber,
            UInt32(truncatingIfNeeded: changeCount), UInt32(truncatingIfNeeded: gapBytes),
            UInt32(truncatingIfNeeded: layout.widths.count), 0,
        ] {
            bytes.append(number: number)
        }
        for sum in [checksum, baseChecksum] {
            bytes.append(number: UInt32(truncatingIfNeeded: sum))
            bytes.append(number: UInt32(truncatingIfNeeded: sum >> 32))
        }
        return bytes + layout.widths + model
    }
}

extension [UInt8] {
    /// Adds a number, its lowest byte first.
    mutating func append(number: UInt32) {
        for shift in [0, 8, 16, 24] as [UInt32] {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// Writes a number where room was left for it.
    mutating func set(_ number: UInt32, at place: Int) {
        for byte in 0..<4 {
            self[place + byte] = UInt8(truncatingIfNeeded: number >> UInt32(8 * byte))
        }
    }
}
