// SPDX-License-Identifier: Apache-2.0

// An element of a document in memory, and what it has.

/// An element of a document.
package struct XMLElement {
    /// The document.
    package let document: XMLDocument
    /// Its place among the elements, in the order in which they start.
    package let index: Int

    private var record: XMLDocument.Element { document.elements[index] }

    /// Its name, without prefix.
    package var name: String { document.names[Int(record.name)] }
    /// Line of its start tag.
    package var line: Int { Int(record.line) }
    /// Whether it is in a namespace that is not the document's own.
    package var isForeign: Bool { record.isForeign }

    /// The text before its first child, without blanks around it.
    package var text: String {
        String(
            decoding: trimmed(Int(record.textStart)..<Int(record.textEnd)),
            as: UTF8.self
        )
    }

    /// The text before its first child, with the blanks around it.
    package var wholeText: String {
        String(
            decoding: document.bytes[Int(record.textStart)..<Int(record.textEnd)],
            as: UTF8.self
        )
    }

    /// The line on which its text begins, if its start tag is on one line.
    package var textLine: Int {
        let blanks = document.bytes[Int(record.textStart)..<Int(record.textEnd)].prefix {
            $0 <= 0x20
        }
        return line + blanks.count { $0 == 0x0A }
    }

    /// The number that is its text; nil if it is none.
    package var number: Double? { trimmed(Int(record.textStart)..<Int(record.textEnd)).double }

    /// Its children, in order.
    package var children: [XMLElement] {
        var children: [XMLElement] = []
        var next = record.firstChild
        while next >= 0 {
            children.append(XMLElement(document: document, index: Int(next)))
            next = document.elements[Int(next)].nextSibling
        }
        return children
    }

    /// The children of that name.
    package func children(_ name: String) -> [XMLElement] {
        var children: [XMLElement] = []
        var next = firstChild(name, from: record.firstChild)
        while let child = next {
            children.append(child)
            next = firstChild(name, from: child.record.nextSibling)
        }
        return children
    }

    /// The first child of that name.
    package func child(_ name: String) -> XMLElement? {
        firstChild(name, from: record.firstChild)
    }

    /// The first of that name among an element and those that follow it.
    private func firstChild(_ name: String, from first: Int32) -> XMLElement? {
        var next = first
        while next >= 0 {
            let element = document.elements[Int(next)]
            if document.names[Int(element.name)] == name, !element.isForeign {
                return XMLElement(document: document, index: Int(next))
            }
            next = element.nextSibling
        }
        return nil
    }

    /// The value of an attribute.
    package subscript(name: String) -> String? {
        bytes(name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The value of an attribute of another namespace, if such ones were kept.
    package subscript(namespace: String, name: String) -> String? {
        self[Self.key(namespace, name)]
    }

    /// What an attribute is kept under.
    static func key(_ namespace: String, _ name: String) -> String {
        namespace.isEmpty ? name : namespace + " " + name
    }

    /// The names of its attributes.
    package var attributeNames: [String] {
        let first = Int(record.firstAttribute)
        return document.attributes[first..<first + Int(record.attributeCount)].map {
            document.names[Int($0.name)]
        }
    }

    /// The bytes of an attribute.
    package func bytes(_ name: String) -> ArraySlice<UInt8>? {
        let first = Int(record.firstAttribute)
        for attribute in document.attributes[first..<first + Int(record.attributeCount)]
        where document.names[Int(attribute.name)] == name {
            return document.bytes[Int(attribute.start)..<Int(attribute.end)]
        }
        return nil
    }

    private func trimmed(_ range: Range<Int>) -> ArraySlice<UInt8> {
        document.bytes[range].trimmed
    }
}
