// SPDX-License-Identifier: Apache-2.0

// Dates as YYYY-MM-DD, the extended form of ISO 8601, and no other form.

extension CalendarDate {
    /// Reads YYYY-MM-DD; nil for anything else.
    package init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads YYYY-MM-DD; nil for anything else.
    package init?(_ text: String) {
        var text = text
        let date = text.withUTF8 { CalendarDate(bytes: UnsafeRawBufferPointer($0)) }
        guard let date else { return nil }
        self = date
    }

    /// The value of at most four decimal digits; nil for anything else.
    private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> Int? {
        var value = 0
        for digit in digits {
            guard digit >= 0x30, digit <= 0x39 else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return value
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
