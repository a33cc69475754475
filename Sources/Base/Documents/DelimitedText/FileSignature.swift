// SPDX-License-Identifier: Apache-2.0

// What a file is by its first bytes, whatever its name says.

/// A kind of file that is no table of text.
package struct FileSignature: Equatable, Sendable {
    /// Where its mark stands.
    let offset: Int
    /// The mark.
    let mark: [UInt8]
    /// What it is, with its article.
    package let name: String
    /// What to do with it.
    package let advice: String

    private init(_ mark: String, _ name: String, _ advice: String = saveAsCSV, at offset: Int = 0) {
        self.init(
            Array(mark.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }),
            name,
            advice,
            at: offset
        )
    }

    private init(_ mark: [UInt8], _ name: String, _ advice: String, at offset: Int = 0) {
        self.offset = offset
        self.mark = mark
        self.name = name
        self.advice = advice
    }

    private static let saveAsCSV = "save it as CSV (UTF-8) first"
    private static let decompress = "decompress it first"
    private static let export = "export the table as CSV first"
    private static let noTable = "give the table it was made of, as CSV"

    /// Marks of bytes that no text begins with.
    private static let binary: [FileSignature] = [
        .init("PK\u{3}\u{4}", "a zip archive or a spreadsheet (xlsx, ods)"),
        .init("PK\u{5}\u{6}", "an empty zip archive", decompress),
        .init("\u{D0}\u{CF}\u{11}\u{E0}", "an old spreadsheet or document of Office (xls)"),
        .init("\u{1F}\u{8B}", "compressed with gzip", "decompress it first: zcat FILE"),
        .init("BZh", "compressed with bzip2", "decompress it first: bzcat FILE"),
        .init("\u{FD}7zXZ", "compressed with xz", "decompress it first: xzcat FILE"),
        .init(
            "\u{28}\u{B5}\u{2F}\u{FD}",
            "compressed with zstd",
            "decompress it first: zstdcat FILE"
        ),
        .init("\u{4}\u{22}\u{4D}\u{18}", "compressed with lz4", decompress),
        .init("7z\u{BC}\u{AF}", "a 7z archive", decompress),
        .init("Rar!", "a rar archive", decompress),
        .init("ustar", "a tar archive", "unpack it first: tar xf FILE", at: 257),
        .init("PAR1", "a Parquet file", export),
        .init("ARROW1", "an Arrow file", export),
        .init("FEA1", "a Feather file", export),
        .init("ORC", "an ORC file", export),
        .init("Obj\u{1}", "an Avro file", export),
        .init("SQLite format 3", "an SQLite database", export),
        .init("\u{89}HDF", "an HDF5 file", export),
        .init("$FL2", "an SPSS file", export),
        .init("\u{93}NUMPY", "a NumPy array", export),
        .init("\u{80}\u{4}\u{95}", "a Python pickle", export),
        .init("\u{89}PNG", "an image (PNG)", noTable),
        .init("\u{FF}\u{D8}\u{FF}", "an image (JPEG)", noTable),
        .init("GIF8", "an image (GIF)", noTable),
        .init("II*\u{0}", "an image (TIFF)", noTable),
        .init("MM\u{0}*", "an image (TIFF)", noTable),
        .init("RIFF", "an image or a recording (RIFF)", noTable),
        .init("\u{7F}ELF", "a program", noTable),
        .init("\u{FF}\u{FE}\u{0}\u{0}", "in UTF-32", "convert it: iconv -f UTF-32 -t UTF-8"),
        .init("\u{0}\u{0}\u{FE}\u{FF}", "in UTF-32", "convert it: iconv -f UTF-32 -t UTF-8"),
    ]

    /// Beginnings of text that is no table, in small letters.
    private static let text: [FileSignature] = [
        .init("<!doctype html", "a web page (HTML)", page),
        .init("<html", "a web page (HTML)", page),
        .init("<head", "a web page (HTML)", page),
        .init("<body", "a web page (HTML)", page),
        .init("<table", "a web page (HTML)", page),
        .init("<?xml", "an XML document", export),
        .init("<!--", "an XML or HTML document", export),
        .init("-----begin ", "a certificate or a key (PEM)", noTable),
        .init("version https://git-lfs", "a pointer of Git LFS", "fetch the file: git lfs pull"),
        .init("http/1.", "an answer of a web server with its header", "keep only its body"),
        .init("http/2", "an answer of a web server with its header", "keep only its body"),
        .init("tree\nversion=", "a model of LightGBM", noTable),
        .init("<stata_dta>", "a Stata file", export),
        .init("%pdf", "a PDF document", noTable),
        .init("%!ps", "a PostScript document", noTable),
        .init("{\\rtf", "a document in rich text", noTable),
        .init("%yaml", "a YAML document", export),
    ]
    private static let page = "was it saved in place of the file? log in and fetch the file again"

    /// The kind of a file that begins with `start`; nil when it may be a table of text.
    package static func of(_ start: [UInt8]) -> FileSignature? {
        if let known = ofBytes(start) { return known }
        let text = firstText(start).prefix(64).map {
            $0 >= 0x41 && $0 <= 0x5A ? $0 + 0x20 : $0
        }
        if let known = Self.text.first(where: { text.starts(with: $0.mark) }) { return known }
        // An element of any other name: "<rows>".
        if text.first == UInt8(ascii: "<"), text.count > 1, text[1] >= 0x61, text[1] <= 0x7A {
            return .init("<", "an XML or HTML document", export)
        }
        return nil
    }

    /// The kind of a file that is no text.
    static func ofBytes(_ start: [UInt8]) -> FileSignature? {
        // A column may well be called "ORC": only bytes that text has not make it more than that.
        guard start.contains(where: { $0 < 0x09 || $0 >= 0x80 }) else { return nil }
        return binary.first { start.dropFirst($0.offset).starts(with: $0.mark) }
    }

    /// Whether the text is a JSON array.
    package static func isJSONArray(_ start: [UInt8]) -> Bool {
        let text = firstText(start)
        guard text.first == UInt8(ascii: "[") else { return false }
        guard let next = text.dropFirst().first(where: { $0 > 0x20 }) else { return true }
        return next == UInt8(ascii: "]") || "{[\"-0123456789".utf8.contains(next)
    }

    /// Whether the text begins with a JSON object.
    package static func isJSONObject(_ start: [UInt8]) -> Bool {
        let text = firstText(start)
        guard text.first == UInt8(ascii: "{") else { return false }
        guard let next = text.dropFirst().first(where: { $0 > 0x20 }) else { return true }
        return next == UInt8(ascii: "\"") || next == UInt8(ascii: "}")
    }

    private static func firstText(_ start: [UInt8]) -> ArraySlice<UInt8> {
        let text = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start[...]
        return text.drop { $0 <= 0x20 && $0 != 0 }
    }
}
