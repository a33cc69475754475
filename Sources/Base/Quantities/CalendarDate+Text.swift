// SPDX-License-Identifier: Apache-2.0

// Dates as YYYY-MM-DD, the extended form of ISO 8601, and no other form.

extension CalendarDate {
    /// Reads YYYY-MM-DD; nil for anything else.
    package init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let century = Self.number(bytes[0], bytes[1]),
            let year = Self.number(bytes[2], bytes[3]),
            let month = Self.number(bytes[5], bytes[6]), let day = Self.number(bytes[8], bytes[9])
        else { return nil }
        self.init(year: century * 100 + year, month: month, day: day)
    }

    /// Reads YYYY-MM-DD; nil for anything else.
    package init?(_ text: String) {
        var text = text
        let date = text.withUTF8 { CalendarDate(bytes: UnsafeRawBufferPointer($0)) }
        guard let date else { return nil }
        self = date
    }

    /// The value of two decimal digits; nil for anything else.
    private static func number(_ tens: UInt8, _ ones: UInt8) -> Int? {
        let (tens, ones) = (tens &- 0x30, ones &- 0x30)
        return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : nil
    }
}

extension CalendarDate: CustomStringConvertible {
    /// The date as YYYY-MM-DD.
    package var description: String {
        let (year, month, day) = components
        return String(unsafeUninitializedCapacity: 10) { bytes in
            Self.write(year, to: bytes, at: 0..<4)
            bytes[4] = UInt8(ascii: "-")
            Self.write(month, to: bytes, at: 5..<7)
            bytes[7] = UInt8(ascii: "-")
            Self.write(day, to: bytes, at: 8..<10)
            return 10
        }
    }

    private static func write(
        _ number: Int,
        to bytes: UnsafeMutableBufferPointer<UInt8>,
        at places: Range<Int>
    ) {
        var rest = number
        for place in places.reversed() {
            bytes[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }
}
