// SPDX-License-Identifier: Apache-2.0

// The `grpc-timeout` header: at most eight digits and a unit.

/// Reads and writes `grpc-timeout`.
package enum CallTimeout {
    /// Nanoseconds of a header value such as `250m`, cut to `secondsMax`.
    /// `nil` when the value is malformed.
    package static func nanoseconds(
        _ value: UnsafeRawBufferPointer,
        secondsMax: Int
    ) -> Int64? {
        guard value.count >= 2, value.count <= 9, let unit = value.last else { return nil }
        var count: Int64 = 0
        for byte in value.dropLast() {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            count = count * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        let scale: Int64
        switch unit {
        case UInt8(ascii: "H"): scale = 3_600_000_000_000
        case UInt8(ascii: "M"): scale = 60_000_000_000
        case UInt8(ascii: "S"): scale = 1_000_000_000
        case UInt8(ascii: "m"): scale = 1_000_000
        case UInt8(ascii: "u"): scale = 1_000
        case UInt8(ascii: "n"): scale = 1
        default: return nil
        }
        let (product, overflow) = count.multipliedReportingOverflow(by: scale)
        let greatest = Int64(secondsMax) * 1_000_000_000
        return overflow ? greatest : min(product, greatest)
    }

    /// The header value for a number of nanoseconds, in the finest unit that
    /// eight digits can hold, rounded up so that no caller is cut short.
    package static func text(nanoseconds: Int64) -> String {
        var value = max(nanoseconds, 1)
        for (unit, scale) in [("n", 1_000), ("u", 1_000), ("m", 1_000), ("S", 60), ("M", 60)]
            as [(String, Int64)]
        {
            if value <= 99_999_999 { return "\(value)\(unit)" }
            value = (value - 1) / scale + 1
        }
        return "\(min(value, 99_999_999))H"
    }
}
