// SPDX-License-Identifier: Apache-2.0

// Numbers as planes: the lowest bytes of all, then the next ones. zstd sees bytes, and those of one
// plane are alike: scores of 0 to 1,000 take 1.30 bytes so, and 1.45 one number after the other.
//
// A change is told as the difference of the numbers, wrapped, with its sign in the lowest bit:
// small ones have a high plane of zeros, which takes nothing. Exclusive ors took a sixth more.

/// A number of a column.
protocol ColumnNumber: FixedWidthInteger, UnsignedInteger {}

extension UInt8: ColumnNumber {}
extension UInt16: ColumnNumber {}
extension UInt32: ColumnNumber {}

/// Planes of the numbers of columns. Widths are those of a layout.
enum Planes {
    /// Writes the planes of numbers one after the other.
    static func split(
        _ column: UnsafeRawBufferPointer,
        width: Int,
        into planes: UnsafeMutableBufferPointer<UInt8>
    ) {
        switch width {
        case 1: split(column.assumingMemoryBound(to: UInt8.self), planes)
        case 2: split(column.assumingMemoryBound(to: UInt16.self), planes)
        default: split(column.assumingMemoryBound(to: UInt32.self), planes)
        }
    }

    /// Puts numbers together again.
    static func join(
        _ planes: UnsafeBufferPointer<UInt8>,
        width: Int,
        into column: UnsafeMutableRawBufferPointer
    ) {
        switch width {
        case 1: join(planes, column.assumingMemoryBound(to: UInt8.self))
        case 2: join(planes, column.assumingMemoryBound(to: UInt16.self))
        default: join(planes, column.assumingMemoryBound(to: UInt32.self))
        }
    }

    /// Writes the planes of the differences of some slots.
    static func splitChanges(
        _ slots: UnsafeBufferPointer<UInt16>,
        from old: UnsafeRawBufferPointer,
        to new: UnsafeRawBufferPointer,
        width: Int,
        into planes: UnsafeMutableBufferPointer<UInt8>
    ) {
        switch width {
        case 1: splitChanges(slots, old.bound(UInt8.self), new.bound(), planes)
        case 2: splitChanges(slots, old.bound(UInt16.self), new.bound(), planes)
        default: splitChanges(slots, old.bound(UInt32.self), new.bound(), planes)
        }
    }

    /// Adds differences to the numbers of some slots, all of which the column must have.
    static func joinChanges(
        _ slots: UnsafeBufferPointer<UInt16>,
        _ planes: UnsafeBufferPointer<UInt8>,
        width: Int,
        into column: UnsafeMutableRawBufferPointer
    ) {
        switch width {
        case 1: joinChanges(slots, planes, column.assumingMemoryBound(to: UInt8.self))
        case 2: joinChanges(slots, planes, column.assumingMemoryBound(to: UInt16.self))
        default: joinChanges(slots, planes, column.assumingMemoryBound(to: UInt32.self))
        }
    }

    /// The number at a place of planes, or the number before it with the difference there added.
    static func number(
        _ planes: UnsafeBufferPointer<UInt8>,
        count: Int,
        place: Int,
        width: Int,
        changing before: UInt32?
    ) -> UInt32 {
        var word: UInt32 = 0
        for plane in (0..<width).reversed() {
            word = word << 8 | UInt32(planes[plane * count + place])
        }
        guard let before else { return word }
        return (before &+ difference(word)) & (UInt32.max >> UInt32(32 - 8 * width))
    }
}

extension Planes {
    private static func split<Number: ColumnNumber>(
        _ column: UnsafeBufferPointer<Number>,
        _ planes: UnsafeMutableBufferPointer<UInt8>
    ) {
        for plane in 0..<MemoryLayout<Number>.size {
            let target = UnsafeMutableBufferPointer(rebasing: planes[(plane * column.count)...])
            let shift = Number(truncatingIfNeeded: 8 * plane)
            for slot in column.indices {
                target[slot] = UInt8(truncatingIfNeeded: column[slot] &>> shift)
            }
        }
    }

    private static func join<Number: ColumnNumber>(
        _ planes: UnsafeBufferPointer<UInt8>,
        _ column: UnsafeMutableBufferPointer<Number>
    ) {
        for slot in column.indices { column[slot] = Number(planes[slot]) }
        for plane in 1..<max(MemoryLayout<Number>.size, 1) {
            let source = UnsafeBufferPointer(rebasing: planes[(plane * column.count)...])
            let shift = Number(truncatingIfNeeded: 8 * plane)
            for slot in column.indices {
                column[slot] |= Number(truncatingIfNeeded: source[slot]) &<< shift
            }
        }
    }

    private static func splitChanges<Number: ColumnNumber>(
        _ slots: UnsafeBufferPointer<UInt16>,
        _ old: UnsafeBufferPointer<Number>,
        _ new: UnsafeBufferPointer<Number>,
        _ planes: UnsafeMutableBufferPointer<UInt8>
    ) {
        for place in slots.indices {
            let slot = Int(slots[place])
            let change = new[slot] &- old[slot]
            let isNegative = change.leadingZeroBitCount == 0
            let word = change &<< 1 ^ (isNegative ? .max : 0)
            for plane in 0..<MemoryLayout<Number>.size {
                let shift = Number(truncatingIfNeeded: 8 * plane)
                planes[plane * slots.count + place] = UInt8(truncatingIfNeeded: word &>> shift)
            }
        }
    }

    private static func joinChanges<Number: ColumnNumber>(
        _ slots: UnsafeBufferPointer<UInt16>,
        _ planes: UnsafeBufferPointer<UInt8>,
        _ column: UnsafeMutableBufferPointer<Number>
    ) {
        for place in slots.indices {
            var word: Number = 0
            for plane in 0..<MemoryLayout<Number>.size {
                let shift = Number(truncatingIfNeeded: 8 * plane)
                word |= Number(truncatingIfNeeded: planes[plane * slots.count + place]) &<< shift
            }
            column[Int(slots[place])] &+= difference(word)
        }
    }

    /// A difference out of the form that has its sign in the lowest bit.
    private static func difference<Number: ColumnNumber>(_ word: Number) -> Number {
        word &>> 1 ^ (0 &- (word & 1))
    }
}

extension UnsafeRawBufferPointer {
    /// A column as the numbers that it has.
    fileprivate func bound<Number: ColumnNumber>(
        _ type: Number.Type = Number.self
    ) -> UnsafeBufferPointer<Number> {
        assumingMemoryBound(to: type)
    }
}
