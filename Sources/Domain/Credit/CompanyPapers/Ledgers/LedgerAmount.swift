// SPDX-License-Identifier: Apache-2.0

// Amounts as packages write them: 1.234,56- and (1,234.56) and $1,200.00 and "12 000,00 EUR". The
// mark of decimals is told by the amount itself where it can be only one: 1.234 alone is two
// different amounts, and the other amounts of the file have to tell.

internal import Quantities

/// An amount.
struct LedgerNumber: Equatable {
    /// In hundredths.
    var cents: Int64
    /// Whether it has more decimals than that.
    var isRounded = false
    /// The currency that stands with it.
    var currency: Currency?
    /// The decimal mark that the amount by itself tells of; 0 if it tells nothing.
    var decimal: UInt8 = 0
}

/// What a cell of an amount holds.
enum LedgerAmount: Equatable {
    /// Nothing.
    case none
    /// An amount.
    case number(LedgerNumber)
    /// One mark before three digits: the mark.
    case unclear(UInt8)
    /// Something else.
    case bad

    // tidy: limit: digits before the mark that an amount can have, of the arithmetic
    static let wholeDigitsMax = 13

    /// The cents of digits, a mark and two digits, which are the same whatever the file's mark is;
    /// nil for anything else. Behind the cell eight bytes can be read.
    @inline(__always)
    static func plain(_ cell: UnsafeRawBufferPointer) -> Int64? {
        cell.count <= wholeDigitsMax + 3 ? PlainAmount.cents(cell) : nil
    }

    /// Reads a cell.
    ///
    /// - Parameter decimal: The decimal mark for amounts that do not tell; nil if nothing does.
    static func read(_ cell: UnsafeRawBufferPointer, decimal: UInt8?) -> LedgerAmount {
        var text = cell[...]
        var isNegative = false
        var currency: Currency?
        guard strip(&text, &isNegative, &currency) else { return .bad }
        if text.isEmpty { return .none }
        return digits(text, decimal, isNegative, currency)
    }

    /// Takes away what stands around the digits. Returns false when it makes no sense.
    private static func strip(
        _ text: inout Slice<UnsafeRawBufferPointer>,
        _ isNegative: inout Bool,
        _ currency: inout Currency?
    ) -> Bool {
        var hasSign = false
        while true {
            let count = text.count
            trim(&text)
            if text.first == UInt8(ascii: "("), text.last == UInt8(ascii: ")"), text.count > 1 {
                guard !hasSign else { return false }
                (hasSign, isNegative) = (true, true)
                text = text.dropFirst().dropLast()
            } else if let (negates, rest) = signed(text) {
                guard !hasSign else { return false }
                (hasSign, isNegative, text) = (true, negates, rest)
            } else if let (mark, rest) = marked(text) {
                guard currency == nil else { return false }
                (currency, text) = (Currency(mark), rest)
            }
            if text.count == count { return true }
        }
    }

    private static func trim(_ text: inout Slice<UnsafeRawBufferPointer>) {
        while let first = text.first, first <= 0x20 || first == 0xA0 { text = text.dropFirst() }
        while let last = text.last {
            if last == 0xA0, text.dropLast().last == 0xC2 {
                text = text.dropLast(2)
            } else if last == 0xAF, text.count >= 3, text.suffix(3).first == 0xE2 {
                text = text.dropLast(3)
            } else if last <= 0x20 || last == 0xA0 {
                text = text.dropLast()
            } else {
                return
            }
        }
    }

    private static func signed(
        _ text: Slice<UnsafeRawBufferPointer>
    ) -> (Bool, Slice<UnsafeRawBufferPointer>)? {
        guard let first = text.first, let last = text.last else { return nil }
        if first == UInt8(ascii: "-") { return (true, text.dropFirst()) }
        if first == UInt8(ascii: "+") { return (false, text.dropFirst()) }
        if last == UInt8(ascii: "-") { return (true, text.dropLast()) }
        if last == UInt8(ascii: "+") { return (false, text.dropLast()) }
        // U+2212, and the dash that stands for it.
        if text.starts(with: [0xE2, 0x88, 0x92]) || text.starts(with: [0xE2, 0x80, 0x93]) {
            return (true, text.dropFirst(3))
        }
        if text.count > 2, last | 0x20 == UInt8(ascii: "r") {
            switch text.dropLast().last.map({ $0 | 0x20 }) {
            case UInt8(ascii: "c"): return (true, text.dropLast(2))
            case UInt8(ascii: "d"): return (false, text.dropLast(2))
            default: break
            }
        }
        return nil
    }

    /// A sign or a code of a currency at either end.
    private static func marked(
        _ text: Slice<UnsafeRawBufferPointer>
    ) -> (String, Slice<UnsafeRawBufferPointer>)? {
        let signs: [(String, [UInt8])] = [
            ("", [0x24]), ("EUR", [0xE2, 0x82, 0xAC]), ("GBP", [0xC2, 0xA3]), ("EUR", [0x80]),
            ("EUR", [0xA4]),
        ]
        for (code, sign) in signs {
            if text.starts(with: sign) { return (code, text.dropFirst(sign.count)) }
            if text.count > sign.count, text.suffix(sign.count).elementsEqual(sign) {
                return (code, text.dropLast(sign.count))
            }
        }
        let isCapital = { (byte: UInt8) in (0x41...0x5A).contains(byte) }
        guard text.count > 3 else { return nil }
        for code in [text.prefix(3), text.suffix(3)] where code.allSatisfy(isCapital) {
            let name = String(decoding: code, as: UTF8.self)
            guard Currency(name) != nil else { continue }
            return (name, code.startIndex == text.startIndex ? text.dropFirst(3) : text.dropLast(3))
        }
        return nil
    }
}
