// SPDX-License-Identifier: Apache-2.0

// Numbers with marks: thousands, signs, currencies, percent. What is not wholly
// understood is no number; the plain parser does the rest.

internal import VigieLimits

/// Takes the marks of a number away.
struct MarkedNumber {
    private let style: NumberStyle
    private var text: Substring.UTF8View
    private var isNegative = false
    private var hasSign = false
    private var hasCurrency = false
    private var hasPercent = false

    /// The number without marks, as the plain parser reads it with a decimal point; nil when the
    /// text is no number of the style.
    static func plain(_ bytes: UnsafeRawBufferPointer, _ style: NumberStyle) -> String? {
        guard bytes.count <= InputLimits.markedNumberBytesMaximum else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        var number = MarkedNumber(style: style, text: text[...].utf8)
        guard number.strip() else { return nil }
        return number.digits()
    }

    private init(style: NumberStyle, text: Substring.UTF8View) {
        self.style = style
        self.text = text
    }

    /// Takes what stands around the digits away. Returns false when it makes no sense.
    private mutating func strip() -> Bool {
        if style.negatives.contains(.brackets), text.first == UInt8(ascii: "("),
            text.last == UInt8(ascii: ")")
        {
            text = text.dropFirst().dropLast()
            isNegative = true
            hasSign = true
        }
        var length = 0
        repeat {
            length = text.count
            trim()
            stripCurrency()
            guard stripSign() else { return false }
            stripPercent()
        } while text.count < length
        return !text.isEmpty
    }

    private mutating func trim() {
        while let count = blankCount(atStart: text) { text = text.dropFirst(count) }
        while let count = blankCount(atEnd: text) { text = text.dropLast(count) }
    }

    private mutating func stripCurrency() {
        guard !hasCurrency else { return }
        let isBetweenDigits = isDigit(text.first) && isDigit(text.last)
        for currency in style.currencies {
            // Most numbers have none, and need not be looked through for each.
            if isBetweenDigits, !isDigit(currency.utf8.first), !isDigit(currency.utf8.last) {
                continue
            }
            let mark = currency.lowercased()
            let whole = String(Substring(text)).lowercased()
            // Small letters may have another length, which no currency that is used has.
            guard whole.utf8.count == text.count, !mark.isEmpty else { continue }
            if whole.utf8.starts(with: mark.utf8) {
                text = text.dropFirst(mark.utf8.count)
            } else if whole.utf8.reversed().starts(with: mark.utf8.reversed()) {
                text = text.dropLast(mark.utf8.count)
            } else {
                continue
            }
            hasCurrency = true
            return
        }
    }

    private func isDigit(_ byte: UInt8?) -> Bool {
        byte.map { (0x30...0x39).contains($0) } ?? false
    }

    private mutating func stripSign() -> Bool {
        let signs = [("-", true), ("+", false), ("\u{2212}", true), ("\u{2013}", true)]
        for (sign, negates) in signs {
            let isPlain = sign.utf8.count == 1
            let isLeading =
                text.starts(with: sign.utf8) && (isPlain || style.negatives.contains(.dashes))
            let isTrailing =
                style.negatives.contains(.trailing)
                && text.reversed().starts(
                    with: sign.utf8.reversed()
                )
            guard isLeading || isTrailing else { continue }
            guard !hasSign else { return false }
            hasSign = true
            isNegative = negates
            text = isLeading ? text.dropFirst(sign.utf8.count) : text.dropLast(sign.utf8.count)
            // "- 3714" may be a list's dash: only who says so gets a number.
            if isLeading, isPlain, blankCount(atStart: text) != nil {
                return style.negatives.contains(.dashes)
            }
            return true
        }
        return true
    }

    private mutating func stripPercent() {
        guard style.percent != nil, !hasPercent, text.last == UInt8(ascii: "%") else { return }
        text = text.dropLast()
        hasPercent = true
    }

    /// The digits without marks of thousands: groups of three behind one of one to three.
    private func digits() -> String? {
        var result = isNegative ? "-" : ""
        var rest = text
        var group = takeDigits(&rest)
        var mark: String.UTF8View.SubSequence?
        let first = group
        while let count = thousandsCount(rest), !rest.isEmpty {
            let next = rest.prefix(count)
            guard mark.map({ $0.elementsEqual(next) }) ?? true else { return nil }
            guard first.count <= 3, first.first != UInt8(ascii: "0"), !first.isEmpty else {
                return nil
            }
            mark = next
            result += String(Substring(group))
            rest = rest.dropFirst(count)
            group = takeDigits(&rest)
            guard group.count == 3 else { return nil }
        }
        result += String(Substring(group))
        if rest.first == style.decimal {
            rest = rest.dropFirst()
            result += "." + String(Substring(takeDigits(&rest)))
        }
        // What is left may only be an exponent: anything else would be read by other rules.
        if let next = rest.first {
            guard next | 0x20 == UInt8(ascii: "e"), mark == nil, !hasPercent else { return nil }
            result += String(Substring(rest))
        }
        if hasPercent, style.percent == .fraction { result += "e-2" }
        return result
    }

    private func takeDigits(_ text: inout Substring.UTF8View) -> Substring.UTF8View {
        let digits = text.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        text = text.dropFirst(digits.count)
        return digits
    }

    /// The bytes of the mark of thousands that a text begins with; nil when it begins with none.
    private func thousandsCount(_ text: Substring.UTF8View) -> Int? {
        let thousands = style.thousands
        if thousands.contains(.space), let count = blankCount(atStart: text) { return count }
        if thousands.contains(.point), text.first == UInt8(ascii: ".") { return 1 }
        if thousands.contains(.comma), text.first == UInt8(ascii: ",") { return 1 }
        if thousands.contains(.apostrophe) {
            if text.first == UInt8(ascii: "'") { return 1 }
            if text.starts(with: "\u{2019}".utf8) { return 3 }
        }
        return nil
    }
}
