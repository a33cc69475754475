// SPDX-License-Identifier: Apache-2.0

// Cuts the text of an expression into tokens.

internal import Documents
internal import VigieLimits

/// One token and where it begins.
struct Token: Equatable {
    enum Kind: Equatable {
        /// A literal, and whether it is written with digits only.
        case number(Double, isWhole: Bool)
        case name(String)
        case symbol(String)
        case end
    }

    let kind: Kind
    /// Byte of the text, from 0.
    let offset: Int

    /// The token as it is shown in messages.
    var shown: String {
        switch kind {
        case .number(let value, _): "\"\(value)\""
        case .name(let name): quoted(name)
        case .symbol(let symbol): "\"\(symbol)\""
        case .end: "the end"
        }
    }

    /// Cuts a text into tokens; the last is `end`.
    static func tokens(of text: String) throws(ExpressionError) -> [Token] {
        let bytes = Array(text.utf8)
        guard bytes.count <= ScoringLimits.expressionBytes else {
            throw ExpressionError(
                message: "has \(bytes.count) bytes; the limit is \(ScoringLimits.expressionBytes).",
                offset: nil
            )
        }
        var tokens: [Token] = []
        var start = 0
        while start < bytes.count {
            let byte = bytes[start]
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                start += 1
                continue
            }
            let end: Int
            let kind: Kind
            if byte.isDigit {
                end = numberEnd(bytes, from: start)
                kind = try number(bytes[start..<end], offset: start)
            } else if byte.isLetter || byte == 0x5F {
                end =
                    bytes[start...].firstIndex { !$0.isLetterOrDigit && $0 != 0x5F } ?? bytes.count
                kind = .name(String(decoding: bytes[start..<end], as: UTF8.self))
            } else {
                end = try symbolEnd(bytes, from: start)
                kind = .symbol(String(decoding: bytes[start..<end], as: UTF8.self))
            }
            tokens.append(Token(kind: kind, offset: start))
            start = end
        }
        tokens.append(Token(kind: .end, offset: bytes.count))
        return tokens
    }

    /// Digits, then maybe a point and digits, then maybe an exponent.
    private static func numberEnd(_ bytes: [UInt8], from start: Int) -> Int {
        func digitsEnd(_ from: Int) -> Int {
            bytes[from...].firstIndex { !$0.isDigit } ?? bytes.count
        }
        var end = digitsEnd(start)
        if end + 1 < bytes.count, bytes[end] == 0x2E, bytes[end + 1].isDigit {
            end = digitsEnd(end + 1)
        }
        if end < bytes.count, bytes[end] | 0x20 == 0x65 {
            var digits = end + 1
            if digits < bytes.count, bytes[digits] == 0x2B || bytes[digits] == 0x2D { digits += 1 }
            if digits < bytes.count, bytes[digits].isDigit { end = digitsEnd(digits) }
        }
        return end
    }

    private static func number(
        _ bytes: ArraySlice<UInt8>,
        offset: Int
    ) throws(ExpressionError) -> Kind {
        guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
            throw ExpressionError(message: "the number is too large.", offset: offset)
        }
        return .number(value, isWhole: bytes.allSatisfy(\.isDigit))
    }

    private static func symbolEnd(_ bytes: [UInt8], from start: Int) throws(ExpressionError) -> Int
    {
        let byte = bytes[start]
        if start + 1 < bytes.count, bytes[start + 1] == 0x3D, "<>=!".utf8.contains(byte) {
            return start + 2
        }
        guard "+-*/()<>,@".utf8.contains(byte) else {
            throw ExpressionError(
                message: "this character has no meaning in an expression; BundleFormat.md "
                    + "describes the language.",
                offset: start
            )
        }
        return start + 1
    }
}
