// SPDX-License-Identifier: Apache-2.0

// XML as it streams by: however it is cut into parts, the same is found.

import Documents
import Testing
import VigieLimits

/// Writes down what a stream finds.
private final class Notes: XMLHandler {
    var notes: [String] = []
    var text = ""
    var refuses: String?

    func start(_ tag: XMLTag) throws(DocumentError) {
        close()
        if tag.name.local == refuses {
            throw DocumentError(code: .unsupported, line: tag.line, section: "test", message: "no")
        }
        let attributes = tag.attributes.map {
            "\($0.name.namespace)|\($0.name.local)=" + String(decoding: $0.value, as: UTF8.self)
        }
        notes.append("\(tag.line) <\(tag.name.namespace)|\(tag.name.local)> \(attributes)")
    }

    func text(_ bytes: UnsafeRawBufferPointer, line: Int) {
        text += String(decoding: bytes, as: UTF8.self)
    }

    func end() {
        close()
        notes.append("end")
    }

    private func close() {
        if !text.isEmpty { notes.append(text) }
        text = ""
    }
}

@Suite("XML streams")
struct XMLStreamTests {
    private func notes(
        _ text: String,
        part: Int? = nil,
        refusing refused: String? = nil
    ) throws -> [String] {
        let handler = Notes()
        handler.refuses = refused
        let stream = try XMLStream(to: handler)
        let bytes = Array(text.utf8)
        let size = part ?? max(bytes.count, 1)
        for start in stride(from: 0, to: max(bytes.count, 1), by: size) {
            let part = Array(bytes[start..<min(start + size, bytes.count)])
            let isLast = start + size >= bytes.count
            let failure = part.withUnsafeBytes { part -> DocumentError? in
                do throws(DocumentError) { try stream.read(part, isLast: isLast) } catch {
                    return error
                }
                return nil
            }
            if let failure { throw failure }
        }
        return handler.notes
    }

    @Test("what is found, with lines and namespaces")
    func found() throws {
        let text = """
            <?xml version="1.0"?>
            <a xmlns="urn:x" xmlns:y="urn:y" b="1&lt;" y:c="é">t&amp;
            <y:d/></a>
            """
        #expect(
            try notes(text) == [
                "2 <urn:x|a> [\"|b=1<\", \"urn:y|c=é\"]", "t&\n", "3 <urn:y|d> []", "end", "end",
            ]
        )
        for part in 1...text.utf8.count { #expect(try notes(text, part: part) == notes(text)) }
    }

    @Test(
        "encodings of one byte each",
        arguments: [
            ("ISO-8859-1", [0xE9], "é"), ("ISO-8859-15", [0xA4, 0xE9], "€é"),
            ("windows-1252", [0x80, 0x92], "€’"), ("cp1252", [0x9C], "œ"),
        ] as [(String, [UInt8], String)]
    )
    func encodings(name: String, bytes: [UInt8], text: String) throws {
        let document =
            Array("<?xml version='1.0' encoding='\(name)'?><a>".utf8) + bytes
            + Array("</a>".utf8)
        let handler = Notes()
        let stream = try XMLStream(to: handler)
        try document.withUnsafeBytes { try stream.read($0, isLast: true) }
        #expect(handler.notes == ["1 <|a> []", text, "end"])
        // A byte that is no character ends the reading.
        let broken = Array("<?xml version='1.0' encoding='windows-1252'?><a>\u{7F}".utf8)
        let other = try XMLStream(to: Notes())
        #expect(throws: DocumentError.self) {
            try (broken.dropLast() + [0x81]).withUnsafeBytes { try other.read($0, isLast: false) }
        }
    }

    @Test(
        "what is broken or beyond a reader is told with its line",
        arguments: [
            ("<a>\n<b></a>", "line 2 (XML): not well-formed XML: mismatched tag"),
            ("<a>", "not well-formed XML: no element found"), ("", "no element found"),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "line 1 (XML): document types"),
            ("<?xml version='1.0' encoding='EBCDIC'?><a/>", "save it as UTF-8"),
            (String(repeating: "<a>", count: 600), "nested deeper than 512"),
            (
                "<a " + (0..<300).map { "b\($0)=''" }.joined(separator: " ") + "/>",
                "more than 256 attributes"
            ),
        ]
    )
    func broken(text: String, message: String) {
        for part in [1, 7, nil] {
            let error = #expect(throws: DocumentError.self) { try notes(text, part: part) }
            #expect(error?.description.contains(message) == true, "\(String(describing: error))")
        }
    }

    @Test("what a handler throws ends the stream")
    func refused() {
        let text = "<a>\n<b/><c>x</c></a>"
        for part in [1, 4, nil] {
            let error = #expect(throws: DocumentError.self) {
                try notes(text, part: part, refusing: "b")
            }
            #expect(error?.description == "line 2 (test): no")
        }
    }

    @Test("elements of a document are found by name")
    func tree() throws {
        let text = """
            <r xmlns="urn:own"><x>left out<y/></x><y a="1"> t </y><z xmlns="urn:own2"/>
            <y xmlns="urn:other"/><y a="2" b="3"/></r>
            """
        let root = try Array(text.utf8).withUnsafeBytes {
            try XMLDocument.read($0, namespace: "urn:own", leavingOut: ["x"]).root
        }
        #expect(root?.children.map(\.name) == ["y", "z", "y", "y"])
        #expect(root?.children.map(\.isForeign) == [false, false, true, false])
        #expect(root?.children("y").map { $0["a"] } == ["1", "2"])
        #expect(root?.child("y")?.text == "t" && root?.child("y")?["b"] == nil)
        #expect(root?.child("z")?.children.isEmpty == true)
        #expect(root?.child("r") == nil && root?.child("none") == nil && root?.line == 1)
        #expect(root?.children.last?.attributeNames == ["a", "b"])
    }
}
