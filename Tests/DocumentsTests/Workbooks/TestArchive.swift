// SPDX-License-Identifier: Apache-2.0

// Zip archives as tests need them, sound or not.

/// Makes archives.
enum TestArchive {
    /// A workbook with one sheet.
    static func workbook(
        _ sheet: String,
        texts: String = "",
        styles: String = "",
        book: String = "",
        sheets: String = "<sheet name=\"S\" r:id=\"r1\"/>",
        isPacked: Bool = false,
        claims: Int? = nil
    ) -> [UInt8] {
        let office = "xmlns:r=\"urn:r\" xmlns=\"urn:m\""
        let parts = [
            (
                "_rels/.rels",
                "<Relationships><Relationship Type=\"x/officeDocument\" Target=\"/xl/w.xml\"/>"
                    + "</Relationships>"
            ),
            ("xl/w.xml", "<workbook \(office)>\(book)<sheets>\(sheets)</sheets></workbook>"),
            (
                "xl/_rels/w.xml.rels",
                "<Relationships>"
                    + "<Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"./s/../s.xml\"/>"
                    + "<Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"t.xml\"/>"
                    + "<Relationship Id=\"r3\" Type=\"x/styles\" Target=\"f.xml\"/></Relationships>"
            ),
            ("xl/s.xml", "<worksheet><sheetData>\(sheet)</sheetData></worksheet>"),
            ("xl/t.xml", "<sst>\(texts)</sst>"), ("xl/f.xml", "<styleSheet>\(styles)</styleSheet>"),
        ]
        let files = parts.map { name, text in
            let content = Array(text.utf8)
            return (name: name, content: content, packed: isPacked ? packed(content) : nil)
        }
        return bytes(files, claims: claims)
    }

    /// An archive; `claims` is the size that each part is said to have in place of its own.
    static func bytes(
        _ parts: [(name: String, content: [UInt8], packed: [UInt8]?)],
        claims: Int? = nil
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let stored = part.packed ?? part.content
            let header = numbers([
                (20, 2), (0, 2), (part.packed == nil ? 0 : 8, 2), (0, 4),
                (Int(sum(part.content)), 4), (stored.count, 4),
                (claims ?? part.content.count, 4), (part.name.utf8.count, 2), (0, 2),
            ])
            directory += numbers([(0x0201_4B50, 4), (20, 2)])
            directory += header
            directory += numbers([(0, 10), (bytes.count, 4)])
            directory += Array(part.name.utf8)
            bytes += numbers([(0x0403_4B50, 4)])
            bytes += header
            bytes += Array(part.name.utf8)
            bytes += stored
        }
        let end = numbers([
            (0x0605_4B50, 4), (0, 4), (parts.count, 2), (parts.count, 2), (directory.count, 4),
            (bytes.count, 4), (0, 2),
        ])
        return bytes + directory + end
    }

    /// Deflated bytes: one block that is stored.
    private static func packed(_ content: [UInt8]) -> [UInt8] {
        numbers([(1, 1), (content.count, 2), (~content.count, 2)]) + content
    }

    private static func numbers(_ values: [(value: Int, bytes: Int)]) -> [UInt8] {
        var result: [UInt8] = []
        for (value, count) in values {
            for place in 0..<count {
                result.append(place < 8 ? UInt8(truncatingIfNeeded: value >> (8 * place)) : 0)
            }
        }
        return result
    }

    /// CRC-32, bit by bit.
    private static func sum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = .max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB8_8320 }
        }
        return ~sum
    }
}
