// SPDX-License-Identifier: Apache-2.0

// What the first line of a document says of its encoding, held against its bytes: an editor that
// saves in another one than the line says makes two other characters of each accent, and nothing
// would be wrong with the XML.

extension XMLDocument {
    /// Refuses a document that says it has a byte for each character, and is in UTF-8: texts with
    /// accents are hardly ever both.
    static func checkEncoding(_ bytes: UnsafeRawBufferPointer) throws(DocumentError) {
        guard let name = declaredEncoding(bytes), !name.lowercased().hasPrefix("utf"),
            bytes.contains(where: { $0 >= 0x80 }),
            String(validating: bytes, as: UTF8.self) != nil
        else { return }
        throw DocumentError(
            .malformed,
            line: 1,
            "says that it is in \(name), and is written in UTF-8: write encoding=\"UTF-8\" there"
        )
    }

    /// The encoding that the first line names; nil without one.
    private static func declaredEncoding(_ bytes: UnsafeRawBufferPointer) -> String? {
        let start = bytes.prefix(declarationBytes).prefix { $0 != UInt8(ascii: ">") }
        let line = String(decoding: start, as: UTF8.self)
        guard line.hasPrefix("<?xml"), let place = line.firstRange(of: "encoding") else {
            return nil
        }
        let parts = line[place.upperBound...].split(
            maxSplits: 2,
            omittingEmptySubsequences: false
        ) { $0 == "\"" || $0 == "'" }
        return parts.count == 3 ? String(parts[1]) : nil
    }

    /// Declarations are longer than this in no file that anybody has made.
    private static let declarationBytes = 256
}
