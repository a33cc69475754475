// SPDX-License-Identifier: Apache-2.0

// What a paper is, told by its content: by the columns of its header, the members of its objects or
// the name of its first element; never by the name of the file. Which mark means what is a table.

internal import CCreditData
internal import CreditFacts
internal import VigieLimits

/// A kind of paper.
package struct PaperKind: Sendable, Hashable {
    /// How a paper is written.
    package enum Form: String, Sendable {
        /// Delimited text.
        case table
        /// JSON.
        case json
        /// XML.
        case xml
        /// Lines that begin with a tag between colons.
        case tagged
    }

    /// What readers and the documented form call it.
    package let name: String
    /// How it is written.
    package let form: Form
    /// What it is called in French.
    package let french: String
    /// What it is called in English.
    package let english: String
    private let marks: [String]

    /// All kinds that are read.
    package static let known: [PaperKind] = FactTable.rows(vigie_paper_kinds).compactMap { row in
        guard row.count == 5, let form = Form(rawValue: row[1]) else { return nil }
        let marks = row[2].split(separator: " ").map(String.init)
        return PaperKind(name: row[0], form: form, french: row[3], english: row[4], marks: marks)
    }

    /// Whether a paper that begins so is JSON or XML, and no table.
    static func isMarkedUp(_ start: [UInt8]) -> Bool {
        let first = start.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
        return first.map { "{[<".utf8.contains($0) } ?? false
    }

    /// The kind of a paper that begins so; nil for none that is known. The beginning is text in
    /// UTF-8 or in a Western encoding of one byte a character.
    package static func of(_ start: [UInt8]) -> PaperKind? {
        let bytes = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start[...]
        let text = bytes.drop { $0 <= 0x20 }
        let form: Form
        let found: Set<String>
        switch text.first {
        case UInt8(ascii: "<"): (form, found) = (.xml, firstElement(text))
        case UInt8(ascii: "{"), UInt8(ascii: "["): (form, found) = (.json, memberNames(text))
        case UInt8(ascii: ":"):
            let tag = text.dropFirst().prefix { $0 != UInt8(ascii: ":") }
            (form, found) = (.tagged, [folded(tag.prefix(3))])
        default: (form, found) = (.table, columnNames(text))
        }
        return known.first { kind in
            kind.form == form && kind.marks.allSatisfy(found.contains)
        }
    }

    /// The local name of the first element, behind declarations and comments.
    private static func firstElement(_ text: ArraySlice<UInt8>) -> Set<String> {
        var place = text.startIndex
        while let begin = text[place...].firstIndex(of: UInt8(ascii: "<")),
            begin + 1 < text.endIndex
        {
            place = begin + 1
            if text[place] == UInt8(ascii: "?") || text[place] == UInt8(ascii: "!") { continue }
            let name = text[place...].prefix { byte in
                byte > 0x20 && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/")
            }
            let local = name.split(separator: UInt8(ascii: ":")).last ?? name
            return [folded(local)]
        }
        return []
    }

    /// The names of all members that the beginning shows. A filing has the same few some hundred
    /// times, so that they are told apart by their bytes first.
    private static func memberNames(_ text: ArraySlice<UInt8>) -> Set<String> {
        var names: Set<String> = []
        var seen = ByteTable()
        text.withUnsafeBytes { bytes in
            var place = 0
            while names.count < PaperLimits.marksMaximum,
                let begin = quote(in: bytes, from: place),
                let end = quote(in: bytes, from: begin + 1)
            {
                place = end + 1
                var behind = place
                while behind < bytes.count, bytes[behind] <= 0x20 { behind += 1 }
                guard behind < bytes.count, bytes[behind] == UInt8(ascii: ":") else { continue }
                let name = UnsafeRawBufferPointer(rebasing: bytes[(begin + 1)..<end])
                let known = seen.count
                if Int(seen.number(of: name)) == known {
                    names.insert(FrenchText.folded(WesternText.decoded(name)))
                }
            }
        }
        return names
    }

    /// The next quotation mark from a place on; nil for none.
    private static func quote(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var place = start
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "\"") { return place }
            place += 1
        }
        return nil
    }

    /// The cells of the first line, by whichever separator it has most of.
    private static func columnNames(_ text: ArraySlice<UInt8>) -> Set<String> {
        let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
        let separators = Array("\t|;,".utf8)
        let counts = separators.map { mark in line.count { $0 == mark } }
        guard let most = counts.max(), most > 0, let place = counts.firstIndex(of: most) else {
            return []
        }
        var names: Set<String> = []
        for cell in line.split(separator: separators[place]).prefix(PaperLimits.marksMaximum) {
            names.insert(folded(cell.filter { $0 != UInt8(ascii: "\"") }[...]))
        }
        return names
    }

    private static func folded(_ bytes: ArraySlice<UInt8>) -> String {
        FrenchText.folded(WesternText.decoded(bytes))
    }
}
