// SPDX-License-Identifier: Apache-2.0

// What separates the cells of a table whose dialect nobody tells.

internal import VigieLimits

extension InputBuffer {
    /// The comma, semicolon, tab or bar that the first line has most of; the comma for none. It
    /// takes a whole line to tell, however few bytes come at a time.
    package func headerDelimiter() throws(InputError) -> UInt8 {
        while unread.count < InputLimits.sampleBytes,
            !unread.contains(where: { $0 == 0x0A || $0 == 0x0D }),
            try refill(line: 1)
        {}
        let line = unread.prefix { $0 != 0x0A && $0 != 0x0D }
        var best: (mark: UInt8, count: Int) = (UInt8(ascii: ","), 0)
        for mark in [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")] {
            let count = line.count { $0 == mark }
            if count > best.count { best = (mark, count) }
        }
        return best.mark
    }
}
