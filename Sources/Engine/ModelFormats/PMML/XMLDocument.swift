// SPDX-License-Identifier: Apache-2.0

// An XML document in memory: elements and attributes as records over one text.

internal import ExactTexts

/// The elements of a document, in the order in which they start; 0 is the root.
///
/// Takes a few times the size of the file: a record for each element and attribute, their texts,
/// and each name once.
final class XMLDocument {
    /// A start tag and what it holds.
    struct Element {
        /// Place of its name among the names.
        var name: Int32
        /// Line of its start tag, counted from 1.
        var line: Int32
        /// Whether it is in a namespace that is not PMML's.
        var isForeign: Bool
        var firstChild: Int32 = -1
        var nextSibling: Int32 = -1
        var firstAttribute: Int32
        var attributeCount: Int32 = 0
        /// The text before its first child.
        var textStart: Int32
        var textEnd: Int32
    }

    /// A name and a part of the text.
    struct Attribute {
        var name: Int32
        var start: Int32
        var end: Int32
    }

    /// The elements.
    var elements: [Element] = []
    /// The attributes of all elements.
    var attributes: [Attribute] = []
    /// Names of elements and attributes, without prefix.
    private(set) var names: [String] = []
    /// The namespaces of PMML that were seen.
    var namespaces: Set<String> = []
    /// Values of attributes and texts, one after the other.
    var bytes: [UInt8] = []
    private var numbers: [ExactText: Int32] = [:]

    /// The number of a name.
    func number(of name: String) -> Int32 {
        if let number = numbers[name] { return number }
        let number = Int32(names.count)
        names.append(name)
        numbers[name] = number
        return number
    }

    /// The root element; nil in a document that has none.
    var root: XMLElement? { elements.isEmpty ? nil : XMLElement(document: self, index: 0) }
}

/// An element of a document.
struct XMLElement {
    let document: XMLDocument
    let index: Int

    private var record: XMLDocument.Element { document.elements[index] }

    /// Its name, without prefix.
    var name: String { document.names[Int(record.name)] }
    /// Line of its start tag.
    var line: Int { Int(record.line) }
    /// Whether it is in a namespace that is not PMML's.
    var isForeign: Bool { record.isForeign }

    /// The text before its first child, without blanks around it.
    var text: String {
        String(
            decoding: trimmed(Int(record.textStart)..<Int(record.textEnd)),
            as: UTF8.self
        )
    }

    /// The number that is its text; nil if it is none.
    var number: Double? { trimmed(Int(record.textStart)..<Int(record.textEnd)).double }

    /// Its children, in order.
    var children: some Sequence<XMLElement> {
        sequence(state: record.firstChild) { [document] next -> XMLElement? in
            guard next >= 0 else { return nil }
            defer { next = document.elements[Int(next)].nextSibling }
            return XMLElement(document: document, index: Int(next))
        }
    }

    /// The children of that name.
    func children(_ name: String) -> [XMLElement] {
        children.filter { $0.name == name && !$0.isForeign }
    }

    /// The first child of that name.
    func child(_ name: String) -> XMLElement? {
        children.first { $0.name == name && !$0.isForeign }
    }

    /// The value of an attribute.
    subscript(name: String) -> String? {
        bytes(name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The names of its attributes.
    var attributeNames: [String] {
        let first = Int(record.firstAttribute)
        return document.attributes[first..<first + Int(record.attributeCount)].map {
            document.names[Int($0.name)]
        }
    }

    /// The bytes of an attribute.
    func bytes(_ name: String) -> ArraySlice<UInt8>? {
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

extension ArraySlice<UInt8> {
    /// Without blanks at both ends.
    var trimmed: ArraySlice<UInt8> {
        var slice = self
        while let last = slice.last, last <= UInt8(ascii: " ") { slice.removeLast() }
        return slice.drop { $0 <= UInt8(ascii: " ") }
    }
}

// What is wrong with an element, and values that it must have.
extension XMLElement {
    /// An element that breaks the format.
    func malformed(_ message: String) -> ModelFormatError {
        ModelFormatError(code: .malformed, line: line, section: name, message: message)
    }

    /// A sound element that is not supported.
    func unsupported(_ message: String) -> ModelFormatError {
        ModelFormatError(code: .unsupported, line: line, section: name, message: message)
    }

    /// An attribute that must be there.
    func required(_ attribute: String) throws(ModelFormatError) -> String {
        guard let value = self[attribute] else {
            throw malformed("attribute \"\(attribute)\" is missing")
        }
        return value
    }

    /// The finite number of an attribute; nil when it is not there.
    func number(_ attribute: String) throws(ModelFormatError) -> Double? {
        guard let bytes = bytes(attribute) else { return nil }
        guard let value = bytes.trimmed.double, value.isFinite else {
            let shown = String(decoding: bytes.prefix(40), as: UTF8.self)
            throw malformed("\(attribute)=\"\(shown)\" is not a finite number")
        }
        return value
    }

    /// The finite number of an attribute that must be there.
    func requiredNumber(_ attribute: String) throws(ModelFormatError) -> Double {
        guard let value = try number(attribute) else {
            throw malformed("attribute \"\(attribute)\" is missing")
        }
        return value
    }

    /// The first child of that name, which must be there.
    func requiredChild(_ name: String) throws(ModelFormatError) -> XMLElement {
        guard let child = child(name) else { throw malformed("<\(name)> is missing") }
        return child
    }

    /// Throws unless each child has one of the names, so that nothing that could change a score is
    /// passed over.
    func allowChildren(_ names: Set<String>) throws(ModelFormatError) {
        for child in children where child.isForeign || !names.contains(child.name) {
            throw child.unsupported("<\(child.name)> in <\(name)> is not supported")
        }
    }

    /// An attribute that is one of the names of an enumeration; its default when it is not there.
    func choice<Choice: RawRepresentable<String>>(
        _ attribute: String,
        _ standard: Choice
    ) throws(ModelFormatError) -> Choice {
        guard let value = self[attribute] else { return standard }
        guard let choice = Choice(rawValue: value) else {
            throw unsupported("\(attribute)=\"\(value.prefix(40))\" is not supported")
        }
        return choice
    }
}
