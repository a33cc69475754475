// SPDX-License-Identifier: Apache-2.0

// Texts of others, compared by their bytes. Swift's texts are equal when they are canonically
// equivalent: to it "café" is one text whether the accent is composed or not, while the libraries
// that train models, and the files that people keep, have two.

/// A text that equals another only if its bytes in UTF-8 do.
package struct ExactText: Hashable, Sendable, Comparable {
    /// The text.
    package let text: String

    /// Takes a text.
    package init(_ text: String) {
        self.text = text
    }

    /// Whether the bytes are the same.
    package static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// The order of the bytes.
    package static func < (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// Hashes the bytes.
    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }
}

extension Dictionary where Key == ExactText {
    /// The value of a text.
    package subscript(text: String) -> Value? {
        get { self[ExactText(text)] }
        set { self[ExactText(text)] = newValue }
    }

    /// Sets the value of a text; gives the one before.
    @discardableResult
    package mutating func updateValue(_ value: Value, forKey text: String) -> Value? {
        updateValue(value, forKey: ExactText(text))
    }
}

extension Set<ExactText> {
    /// Whether a text is in the set.
    package func contains(_ text: String) -> Bool { contains(ExactText(text)) }

    /// Takes a text out; whether it was there.
    @discardableResult
    package mutating func remove(_ text: String) -> Bool { remove(ExactText(text)) != nil }

    /// Adds a text; whether it is new.
    @discardableResult
    package mutating func insert(_ text: String) -> Bool { insert(ExactText(text)).inserted }
}

extension Sequence<String> {
    /// The texts as a set.
    package var exactTexts: Set<ExactText> { Set(lazy.map(ExactText.init)) }

    /// Whether no two texts have the same bytes.
    package var areExactlyDistinct: Bool {
        var seen: Set<ExactText> = []
        return allSatisfy { seen.insert($0) }
    }
}
