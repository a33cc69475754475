// SPDX-License-Identifier: Apache-2.0

// The same line twice in one export: a page that was copied twice, two exports one behind the
// other. Terms of several parts have one number and several due dates, which are no doubles; and
// what bears no number may well be there twice.

internal import CreditFacts
internal import Quantities
internal import VigieLimits

/// Looks for lines that stand twice.
struct LedgerDoubles {
    private struct Slot {
        var hash: UInt64 = 0
        /// 0 for none.
        var line: Int32 = 0
    }

    /// The line of each hash of what a line says; a power of two of them, at most half of it taken.
    private var slots = [Slot](repeating: Slot(), count: 1 << 10)
    private var count = 0
    /// Whether more lines came than are compared.
    private(set) var isFull = false

    /// A finding for a line that came before; nil for a new one.
    mutating func finding(_ row: LedgerRow) -> Finding? {
        if isFull || row.reference.isEmpty { return nil }
        let hash = Self.hash(row)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot].line != 0 {
            if slots[slot].hash == hash {
                let values = [row.reference, "\(slots[slot].line)"]
                return Finding(.ledgerLineTwice, at: row.source, field: "document", values)
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard count < PaperLimits.comparedLinesMaximum else {
            isFull = true
            slots = []
            return nil
        }
        slots[slot] = Slot(hash: hash, line: row.source.line)
        count += 1
        if count * 2 > slots.count { grow() }
        return nil
    }

    private mutating func grow() {
        let held = slots.filter { $0.line != 0 }
        slots = [Slot](repeating: Slot(), count: slots.count * 2)
        for entry in held {
            var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
            while slots[slot].line != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = entry
        }
    }

    private static func hash(_ row: LedgerRow) -> UInt64 {
        var hash: UInt64 = UInt64(UInt32(bitPattern: row.party))
        for text in [row.reference, row.document, row.matching, row.matchedTo] {
            hash = TextHash.mixed(hash ^ textHash(text))
        }
        for date in [row.issued, row.booked, row.due, row.paidOn] {
            let day = date.map { UInt64(UInt32(bitPattern: $0.dayNumber)) } ?? .max
            hash = TextHash.mixed(hash ^ day)
        }
        hash = TextHash.mixed(hash ^ UInt64(bitPattern: row.cents))
        hash = TextHash.mixed(hash ^ (row.open.map { UInt64(bitPattern: $0) } ?? .max))
        return TextHash.mixed(hash ^ textHash(row.currency?.code ?? ""))
    }

    private static func textHash(_ text: String) -> UInt64 {
        if text.isEmpty { return 0 }
        var text = text
        return text.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            return UInt64(TextHash.of(bytes, 0, TextHash.head(bytes)))
        }
    }
}
