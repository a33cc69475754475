// SPDX-License-Identifier: Apache-2.0

// Numbers of a document, kept as the bytes of the file until somebody says of which type they are
// wanted: a float32 is then the nearest to the digits, not to a float64 between.

/// One number or a list of numbers.
package struct NumberList: Sendable {
    /// How the bytes hold the numbers.
    package enum Encoding: UInt8, Sendable {
        /// Decimal texts, with commas and blanks between. Their form was checked.
        case text
        // The others are big-endian.
        case int8, uint8, int16, int32, int64, float32, float64

        /// Bytes of a number; nil for texts.
        var byteCount: Int? {
            switch self {
            case .text: nil
            case .int8, .uint8: 1
            case .int16: 2
            case .int32, .float32: 4
            case .int64, .float64: 8
            }
        }
    }

    /// How many there are.
    package let count: Int
    /// The bytes of the file that hold them.
    package let bytes: ArraySlice<UInt8>
    /// How they hold them.
    package let encoding: Encoding

    /// Each as the nearest float64.
    package var doubles: [Double] {
        switch encoding {
        case .text: texts.map { $0.double ?? .nan }
        case .float32: words.map { Double(Float(bitPattern: UInt32(truncatingIfNeeded: $0))) }
        case .float64: words.map { Double(bitPattern: UInt64(bitPattern: $0)) }
        default: words.map(Double.init)
        }
    }

    /// Each as the nearest float32.
    package var floats: [Float] {
        switch encoding {
        case .text: texts.map { $0.float ?? .nan }
        case .float32: words.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }
        case .float64: words.map { Float(Double(bitPattern: UInt64(bitPattern: $0))) }
        default: words.map { Float($0) }
        }
    }

    /// Each as an integer; nil if one is not a whole number that fits.
    package var integers: [Int]? {
        switch encoding {
        case .text:
            var integers: [Int] = []
            for text in texts {
                guard let integer = text.integer ?? text.double.flatMap({ Int(exactly: $0) })
                else { return nil }
                integers.append(integer)
            }
            return integers
        case .float32, .float64:
            let integers = doubles.compactMap { Int(exactly: $0) }
            return integers.count == count ? integers : nil
        default:
            return words.map { Int($0) }
        }
    }

    /// Each number by itself.
    package var separate: [NumberList] {
        guard let width = encoding.byteCount else {
            return texts.map { NumberList(count: 1, bytes: $0, encoding: .text) }
        }
        return stride(from: bytes.startIndex, to: bytes.endIndex, by: width).map {
            NumberList(count: 1, bytes: bytes[$0..<$0 + width], encoding: encoding)
        }
    }

    /// What lies between commas and blanks, one after the other.
    private var texts: [ArraySlice<UInt8>] {
        var texts: [ArraySlice<UInt8>] = []
        texts.reserveCapacity(count)
        var start = bytes.startIndex
        for place in bytes.indices where bytes[place] <= 0x20 || bytes[place] == 0x2C {
            if start < place { texts.append(bytes[start..<place]) }
            start = place + 1
        }
        if start < bytes.endIndex { texts.append(bytes[start...]) }
        return texts
    }

    /// The bits of each number, those of integers sign-extended. Only for encodings of a width.
    private var words: some Sequence<Int64> {
        let width = encoding.byteCount ?? 1
        let isSigned = encoding != .uint8
        return stride(from: bytes.startIndex, to: bytes.endIndex, by: width).lazy.map { start in
            let first = bytes[start]
            var word = isSigned ? Int64(Int8(bitPattern: first)) : Int64(first)
            for byte in bytes[start + 1..<start + width] { word = word << 8 | Int64(byte) }
            return word
        }
    }
}
