// SPDX-License-Identifier: Apache-2.0

// The texts of a universe's columns and their codes, those that a load adds behind the others.

internal import ServiceErrors
internal import UniverseBlocks
internal import VigieLimits

/// Texts of the columns of a universe.
struct KnownTexts {
    /// The texts of each column in the order of their codes.
    private(set) var texts: [[[UInt8]]]
    /// How many of each the store has.
    let storedCounts: [Int]
    private var codes: [[[UInt8]: UInt32]]
    private var byteCount: Int

    init(_ stored: [[[UInt8]]], columnCount: Int) {
        var texts = stored
        while texts.count < columnCount { texts.append([]) }
        self.texts = texts
        storedCounts = texts.map(\.count)
        byteCount = texts.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
        codes = texts.map { column in
            Dictionary(
                column.enumerated().map { ($1, UInt32(truncatingIfNeeded: $0 + 1)) }
            ) { first, _ in first }
        }
    }

    /// The code of a text, which is kept when it was not known.
    mutating func code(
        of text: UnsafeRawBufferPointer,
        inColumn place: Int,
        named name: String
    ) throws(ServiceError) -> UInt32 {
        let bytes = Array(text)
        if let code = codes[place][bytes] { return code }
        guard bytes.count <= UniverseLimits.textBytes else {
            throw Self.tooMany(name, "textBytes", bytes.count, UniverseLimits.textBytes)
        }
        byteCount += bytes.count
        guard byteCount <= UniverseLimits.allTextsBytes else {
            throw Self.tooMany(name, "allTextsBytes", byteCount, UniverseLimits.allTextsBytes)
        }
        guard texts[place].count < UniverseLimits.texts else {
            throw Self.tooMany(name, "texts", texts[place].count + 1, UniverseLimits.texts)
        }
        texts[place].append(bytes)
        let code = UInt32(truncatingIfNeeded: texts[place].count)
        codes[place][bytes] = code
        return code
    }

    private static func tooMany(
        _ name: String,
        _ limit: String,
        _ value: Int,
        _ maximum: Int
    ) -> ServiceError {
        .overLimit(
            "rows.text_columns",
            limit,
            "The texts of column \"\(name.shownInMessages)\" are too many or too long; a text is a "
                + "category, and what tells that data arrived is a mark.",
            value: value,
            maximum: maximum,
            code: .resourceExhausted
        )
    }
}
