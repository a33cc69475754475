// SPDX-License-Identifier: Apache-2.0

// Numbers in the text of documents: exact, locale-free, and never trapping.

extension ArraySlice<UInt8> {
    /// A decimal integer with an optional minus; nil if it is anything else or does not fit.
    package var integer: Int? {
        let isNegative = first == UInt8(ascii: "-")
        let digits = isNegative ? dropFirst() : self
        guard !digits.isEmpty else { return nil }
        var value = 0
        for byte in digits {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            let digit = Int(byte - UInt8(ascii: "0"))
            let (tens, overflows) = value.multipliedReportingOverflow(by: 10)
            // Downward, where the range reaches one further.
            let (next, overflowsNext) = tens.subtractingReportingOverflow(digit)
            guard !overflows, !overflowsNext else { return nil }
            value = next
        }
        guard isNegative || value != .min else { return nil }
        return isNegative ? value : -value
    }

    /// The float64 nearest to a decimal number, as C's `strtod` reads it, or `inf` or `nan` with an
    /// optional sign; nil if it is anything else. Hexadecimal and blanks are refused.
    package var double: Double? {
        isDecimal ? Double(String(decoding: self, as: UTF8.self)) : nil
    }

    /// As ``double``, but the nearest float32.
    package var float: Float? {
        isDecimal ? Float(String(decoding: self, as: UTF8.self)) : nil
    }

    private var isDecimal: Bool {
        count <= 400 && !contains { $0 | 0x20 == UInt8(ascii: "x") }
    }
}

extension ArraySlice<UInt8> {
    /// Without blanks at both ends.
    package var trimmed: ArraySlice<UInt8> {
        var slice = self
        while let last = slice.last, last <= UInt8(ascii: " ") { slice.removeLast() }
        return slice.drop { $0 <= UInt8(ascii: " ") }
    }
}
