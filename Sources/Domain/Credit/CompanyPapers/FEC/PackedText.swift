// SPDX-License-Identifier: Apache-2.0

// Short texts in place, such as numbers of pieces. One that is longer lies in a store
// and is given back when what it belongs to is settled, so that memory goes by what is open.

/// A text of up to 23 bytes, or the place of a longer one.
struct PackedText {
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    /// The last byte is the count, or 255 for a longer text whose place is `first`.
    private var third: UInt64 = 0

    /// No text.
    init() {}

    /// The longest that lies in place.
    // tidy: limit: of the layout: a longer one lies elsewhere
    static let bytesMax = 23

    /// A text of at most `bytesMax`.
    init(inPlace text: UnsafeRawBufferPointer) {
        withUnsafeMutableBytes(of: &self) { bytes in
            bytes.copyMemory(from: text)
            bytes[Self.bytesMax] = UInt8(truncatingIfNeeded: text.count)
        }
    }

    /// A text that lies elsewhere.
    init(number: Int32) {
        first = UInt64(UInt32(bitPattern: number))
        third = 255 << 56
    }

    private var count: Int { Int(third >> 56) }

    /// Where a longer text lies; nil for one that lies here.
    var number: Int32? {
        count == 255 ? Int32(truncatingIfNeeded: first) : nil
    }

    /// What lies in place, as text of unknown encoding.
    var textInPlace: String {
        withUnsafeBytes(of: self) { bytes in
            WesternText.decoded(
                UnsafeRawBufferPointer(rebasing: bytes[..<min(count, Self.bytesMax)])
            )
        }
    }
}

/// Texts that are too long to lie in place.
struct TextStore {
    private var texts: [[UInt8]] = []
    private var free: [Int32] = []

    /// Packs a text.
    mutating func pack(_ text: UnsafeRawBufferPointer) -> PackedText {
        if text.count <= PackedText.bytesMax { return PackedText(inPlace: text) }
        guard let place = free.popLast() else {
            texts.append(Array(text))
            return PackedText(number: Int32(truncatingIfNeeded: texts.count - 1))
        }
        texts[Int(place)] = Array(text)
        return PackedText(number: place)
    }

    /// Gives a text back.
    mutating func release(_ text: PackedText) {
        guard let place = text.number else { return }
        texts[Int(place)] = []
        free.append(place)
    }

    /// The text as one of unknown encoding.
    func text(_ packed: PackedText) -> String {
        packed.number.map { WesternText.decoded(texts[Int($0)]) } ?? packed.textInPlace
    }
}
