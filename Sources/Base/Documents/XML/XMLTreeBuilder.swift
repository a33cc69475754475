// SPDX-License-Identifier: Apache-2.0

// Keeps what a stream of XML finds as a document in memory.

extension XMLDocument {
    /// Reads a whole file.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - namespace: How the namespaces begin that are the document's own, beside none.
    ///   - name: The elements that are left out with everything inside.
    package static func read(
        _ bytes: UnsafeRawBufferPointer,
        namespace: String,
        leavingOut name: String
    ) throws(DocumentError) -> XMLDocument {
        // Places in the document's text are numbers of 32 bits.
        guard bytes.count < Int(Int32.max) / 2 else {
            throw DocumentError(
                .unsupported,
                line: 1,
                "the file has \(bytes.count) bytes, over 1 GiB"
            )
        }
        let builder = XMLTreeBuilder(namespace: namespace, leavingOut: name)
        let stream = try XMLStream(to: builder)
        try stream.read(bytes, isLast: true)
        return builder.document
    }
}

/// Takes the parts of a document.
private final class XMLTreeBuilder: XMLHandler {
    let document = XMLDocument()
    private let namespace: String
    private let nameLeftOut: String
    /// The open elements, and the last child of each.
    private var open: [(element: Int32, lastChild: Int32)] = []
    /// Open elements of which the outermost is left out.
    private var openLeftOut = 0

    init(namespace: String, leavingOut nameLeftOut: String) {
        self.namespace = namespace
        self.nameLeftOut = nameLeftOut
    }

    func start(_ tag: XMLTag) {
        let isForeign = !(tag.name.namespace.isEmpty || tag.name.namespace.hasPrefix(namespace))
        let isLeftOut = tag.name.local == nameLeftOut && !isForeign && !open.isEmpty
        if openLeftOut > 0 || isLeftOut {
            openLeftOut += 1
            return
        }
        if !isForeign { document.namespaces.insert(String(tag.name.namespace)) }
        let number = Int32(document.elements.count)
        var element = XMLDocument.Element(
            name: document.number(of: tag.name.local),
            line: Int32(clamping: tag.line),
            isForeign: isForeign,
            firstAttribute: Int32(document.attributes.count),
            textStart: 0,
            textEnd: 0
        )
        // Attributes of other namespaces, such as of XML Schema, say nothing about the document.
        for attribute in tag.attributes where attribute.name.namespace.isEmpty {
            let start = Int32(document.bytes.count)
            document.bytes += attribute.value
            document.attributes.append(
                .init(
                    name: document.number(of: attribute.name.local),
                    start: start,
                    end: Int32(document.bytes.count)
                )
            )
            element.attributeCount += 1
        }
        element.textStart = Int32(document.bytes.count)
        element.textEnd = element.textStart
        document.elements.append(element)
        link(number)
        open.append((number, -1))
    }

    private func link(_ number: Int32) {
        guard let parent = open.last else { return }
        if parent.lastChild >= 0 {
            document.elements[Int(parent.lastChild)].nextSibling = number
        } else {
            document.elements[Int(parent.element)].firstChild = number
        }
        open[open.count - 1].lastChild = number
    }

    func end() {
        if openLeftOut > 0 { openLeftOut -= 1 } else { open.removeLast() }
    }

    func text(_ bytes: UnsafeRawBufferPointer, line: Int) throws(DocumentError) {
        guard openLeftOut == 0, let (element, lastChild) = open.last else { return }
        guard lastChild < 0 else {
            // Between children there are only blanks, in a file that we can read.
            if bytes.contains(where: { $0 > 0x20 }) {
                throw DocumentError(.unsupported, line: line, "text between elements")
            }
            return
        }
        document.bytes += bytes
        document.elements[Int(element)].textEnd = Int32(document.bytes.count)
    }
}
