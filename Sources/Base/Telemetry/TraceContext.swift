// SPDX-License-Identifier: Apache-2.0

// Where a call stands in a trace, as its caller wrote it (W3C Trace Context, level 1): read to the
// letter, and taken for nothing when a letter is wrong, as the standard asks.

/// The trace that a call is a part of.
package struct TraceContext: Sendable, Equatable {
    /// 32 hexadecimal digits.
    package let traceID: String
    /// The span of the caller, 16 hexadecimal digits.
    package let parentID: String
    /// Whether the caller keeps his span.
    package let isSampled: Bool
    /// What the tracers of others want to be handed on; empty for nothing.
    package let state: String

    private static let traceDigits = 32
    private static let spanDigits = 16

    /// Reads the headers `traceparent` and `tracestate`; nil when the first is not what the
    /// standard says.
    package init?(parent: String, state: String? = nil) {
        // By bytes: to a String a dash and an accent behind it are one character.
        let dash = UInt8(ascii: "-")
        let parts = parent.utf8.split(separator: dash, omittingEmptySubsequences: false)
        guard parts.count >= 4, let version = Self.bytes(parts[0], digits: 2), version != "ff",
            // Of later versions more may follow.
            version != "00" || parts.count == 4,
            let traceID = Self.identifier(parts[1], digits: Self.traceDigits),
            let parentID = Self.identifier(parts[2], digits: Self.spanDigits),
            let flags = Self.bytes(parts[3], digits: 2), let bits = UInt8(flags, radix: 16)
        else { return nil }
        self.traceID = traceID
        self.parentID = parentID
        isSampled = bits & 1 == 1
        // As long as the standard asks everybody to hand on.
        self.state = state.flatMap { $0.utf8.count <= 512 ? $0 : nil } ?? ""
    }

    /// An identifier for a span of one's own.
    package static func newSpanID() -> String {
        // All zeros is the one that means none.
        hexadecimal(UInt64.random(in: 1...UInt64.max))
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: spanDigits - digits.utf8.count) + digits
    }

    private static func identifier(_ text: Substring.UTF8View, digits: Int) -> String? {
        bytes(text, digits: digits).flatMap { $0.allSatisfy { $0 == "0" } ? nil : $0 }
    }

    private static func bytes(_ text: Substring.UTF8View, digits: Int) -> String? {
        guard text.count == digits,
            text.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        return String(Substring(text))
    }
}
