// SPDX-License-Identifier: Apache-2.0

// Which slots a delta changes: for each the slots that are passed before it, as bytes. 255 passes
// as many and goes on to the next byte.
//
// At 2 % changed these take 1,244 bytes of a block of 65,536 slots, packed, and a bit for each slot
// 1,929; from a sixth on bits would be shorter, but such days are rare.

/// Slots as the gaps between them.
enum SlotGaps {
    /// Writes ascending slots.
    static func write(_ slots: [UInt16], into gaps: inout [UInt8]) {
        gaps.removeAll(keepingCapacity: true)
        var next = 0
        for slot in slots {
            var gap = Int(slot) - next
            while gap >= 255 {
                gaps.append(255)
                gap -= 255
            }
            gaps.append(UInt8(truncatingIfNeeded: gap))
            next = Int(slot) + 1
        }
    }

    /// Reads slots.
    ///
    /// - Parameter slots: Room for as many as there are.
    static func read(
        _ gaps: UnsafeBufferPointer<UInt8>,
        slotCount: Int,
        into slots: UnsafeMutableBufferPointer<UInt16>
    ) throws(FrameProblem) {
        var (slot, count) = (0, 0)
        for gap in gaps {
            slot += Int(gap)
            if gap == 255 { continue }
            guard slot < slotCount, count < slots.count else { throw unfit }
            slots[count] = UInt16(truncatingIfNeeded: slot)
            count += 1
            slot += 1
        }
        guard count == slots.count else { throw unfit }
    }

    /// Looks for a slot.
    ///
    /// - Returns: Which of the changes is its; nil if none.
    static func place(of wanted: Int, in gaps: UnsafeBufferPointer<UInt8>) -> Int? {
        var (slot, count) = (0, 0)
        for gap in gaps {
            slot += Int(gap)
            if gap == 255 { continue }
            if slot >= wanted { return slot == wanted ? count : nil }
            count += 1
            slot += 1
        }
        return nil
    }

    private static var unfit: FrameProblem {
        FrameProblem(.damaged, "the frame changes slots that it does not have")
    }
}
