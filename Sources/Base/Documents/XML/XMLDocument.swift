// SPDX-License-Identifier: Apache-2.0

// An XML document in memory: elements and attributes as records over one text.

internal import ExactTexts

/// The elements of a document, in the order in which they start; 0 is the root.
///
/// Takes a few times the size of the file: a record for each element and attribute, their texts,
/// and each name once.
package final class XMLDocument {
    /// A start tag and what it holds.
    struct Element {
        /// Place of its name among the names.
        var name: Int32
        /// Line of its start tag, counted from 1.
        var line: Int32
        /// Whether it is in a namespace that is not the document's own.
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
    /// The document's own namespaces that were seen, as it spells them.
    package internal(set) var namespaces: Set<String> = []
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

    /// All elements, in the order in which they start.
    package var all: some Sequence<XMLElement> {
        elements.indices.lazy.map { XMLElement(document: self, index: $0) }
    }

    /// The root element; nil in a document that has none.
    package var root: XMLElement? { elements.isEmpty ? nil : XMLElement(document: self, index: 0) }
}
