// SPDX-License-Identifier: Apache-2.0

// Finds the elements of XML papers that the table of elements names, by their local names, whatever
// their prefix, version or wrapping, and passes over all others.

internal import CCreditData
internal import CreditFacts
internal import Documents

/// Takes what is found in a paper, in its order.
protocol PaperElementTarget: AnyObject {
    /// A record begins.
    func begin(_ record: String, line: Int32) throws(DocumentError)
    /// A field and its text, which is not empty, with the attribute that says how to read it.
    func field(_ name: String, _ text: String, attribute: String, line: Int32)
    /// A field whose text is longer than any that is meant, and left out.
    func tooLong(_ name: String, line: Int32)
    /// A record ends.
    func end(_ record: String)
}

/// The elements of a kind of paper: a tree by their names.
struct ElementTree: Sendable {
    struct Node: Sendable {
        var children: [String: Int] = [:]
        var field = ""
        var isRecord = false
    }

    private(set) var nodes = [Node()]

    static let invoices = ElementTree(paper: "invoice")
    static let bank = ElementTree(paper: "bank")

    private init(paper: String) {
        for row in FactTable.rows(vigie_xml_elements) where row.count >= 3 && row[0] == paper {
            // "A|B/C" is A/C and B/C.
            var ends = [0]
            for part in row[1].split(separator: "/") {
                let names = part.split(separator: "|").map(String.init)
                ends = ends.flatMap { end in names.map { child(of: end, $0) } }
            }
            for end in ends {
                nodes[end].isRecord = row[2].hasPrefix("+")
                nodes[end].field = String(row[2].drop { $0 == "+" })
            }
        }
    }

    private mutating func child(of parent: Int, _ name: String) -> Int {
        if let child = nodes[parent].children[name] { return child }
        nodes.append(Node())
        nodes[parent].children[name] = nodes.count - 1
        return nodes.count - 1
    }
}

/// Finds elements in a stream of XML.
final class PaperElements: XMLHandler {
    /// Bytes of the text of one field.
    // tidy: limit: remittance and terms have some hundred, and nothing that is read has more
    static let textBytesMax = 4_096
    /// Attributes that say how a text is to be read: the scheme of a number, the currency.
    private static let attributes = ["schemeID", "currencyID", "Ccy"]

    /// The first element of the document.
    private(set) var root = ""
    private let tree: ElementTree
    private unowned let target: any PaperElementTarget
    /// Nodes of the open elements: 0 outside of any record, -1 for what nothing names.
    private var open: [Int] = []
    private var text: [UInt8] = []
    private var isTooLong = false
    private var attribute = ""
    private var line: Int32 = 0

    init(_ tree: ElementTree, to target: any PaperElementTarget) {
        self.tree = tree
        self.target = target
    }

    func start(_ tag: XMLTag) throws(DocumentError) {
        if open.isEmpty { root = tag.name.local }
        let parent = open.last ?? 0
        let child = parent < 0 ? nil : tree.nodes[parent].children[tag.name.local]
        open.append(child ?? (parent == 0 ? 0 : -1))
        text.removeAll(keepingCapacity: true)
        isTooLong = false
        guard let child, !tree.nodes[child].field.isEmpty else { return }
        line = Int32(clamping: tag.line)
        if tree.nodes[child].isRecord {
            try target.begin(tree.nodes[child].field, line: line)
            return
        }
        attribute = ""
        for found in tag.attributes where Self.attributes.contains(found.name.local) {
            attribute = String(decoding: found.value.prefix(16), as: UTF8.self)
        }
    }

    func text(_ bytes: UnsafeRawBufferPointer, line: Int) {
        guard let node = open.last, node > 0, !tree.nodes[node].isRecord,
            !tree.nodes[node].field.isEmpty
        else { return }
        if text.count + bytes.count > Self.textBytesMax {
            isTooLong = true
        } else {
            text.append(contentsOf: bytes)
        }
    }

    func end() {
        guard let node = open.popLast(), node > 0 else { return }
        let field = tree.nodes[node].field
        if tree.nodes[node].isRecord {
            target.end(field)
        } else if !field.isEmpty {
            let bytes = text.withUnsafeBytes { String(decoding: $0.trimmed, as: UTF8.self) }
            if isTooLong {
                target.tooLong(field, line: line)
            } else if !bytes.isEmpty {
                target.field(field, bytes, attribute: attribute, line: line)
            }
        }
        text.removeAll(keepingCapacity: true)
        isTooLong = false
    }
}
