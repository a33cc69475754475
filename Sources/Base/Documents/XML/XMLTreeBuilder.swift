// SPDX-License-Identifier: Apache-2.0

// Keeps what a stream of XML finds as a document in memory.

extension XMLDocument {
    /// Reads a whole file.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - namespace: How the namespaces begin that are the document's own, beside none.
    ///   - names: The elements that are left out with everything inside.
    ///   - elementsMax: How many elements there may be.
    ///   - keepsForeignAttributes: Whether attributes of other namespaces are kept, too.
    package static func read(
        _ bytes: UnsafeRawBufferPointer,
        namespace: String,
        leavingOut names: Set<String>,
        elementsMax: Int = .max,
        keepsForeignAttributes: Bool = false
    ) throws(DocumentError) -> XMLDocument {
        // Places in the document's text are numbers of 32 bits.
        guard bytes.count < Int(Int32.max) / 2 else {
            throw DocumentError(
                .unsupported,
                line: 1,
                "the file has \(bytes.count) bytes, over 1 GiB"
            )
        }
        try checkEncoding(bytes)
        let builder = XMLTreeBuilder(
            namespace: namespace,
            leavingOut: names,
            elementsMax: elementsMax,
            keepsForeignAttributes: keepsForeignAttributes
        )
        let stream = try XMLStream(to: builder)
        try stream.read(bytes, isLast: true)
        return builder.document
    }
}

/// Takes the parts of a document.
private final class XMLTreeBuilder: XMLHandler {
    let document = XMLDocument()
    private let namespace: String
    private let namesLeftOut: Set<String>
    private let elementsMax: Int
    private let keepsForeignAttributes: Bool
    /// The open elements, and the last child of each.
    private var open: [(element: Int32, lastChild: Int32)] = []
    /// Open elements of which the outermost is left out.
    private var openLeftOut = 0

    init(
        namespace: String,
        leavingOut namesLeftOut: Set<String>,
        elementsMax: Int,
        keepsForeignAttributes: Bool
    ) {
        self.namespace = namespace
        self.namesLeftOut = namesLeftOut
        self.elementsMax = elementsMax
        self.keepsForeignAttributes = keepsForeignAttributes
    }

    func start(_ tag: XMLTag) throws(DocumentError) {
        let isForeign = !(tag.name.namespace.isEmpty || tag.name.namespace.hasPrefix(namespace))
        let isLeftOut = !isForeign && !open.isEmpty && namesLeftOut.contains(tag.name.local)
        if openLeftOut > 0 || isLeftOut {
            openLeftOut += 1
            return
        }
        guard document.elements.count < elementsMax else {
            throw DocumentError(
                .unsupported,
                line: tag.line,
                "there are more than \(elementsMax) elements"
            )
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
        // Attributes of other namespaces mostly say nothing about the document.
        for attribute in tag.attributes {
            let name = attribute.name
            guard name.namespace.isEmpty || keepsForeignAttributes else { continue }
            let start = Int32(document.bytes.count)
            document.bytes += attribute.value
            document.attributes.append(
                .init(
                    name: document.number(of: XMLElement.key(String(name.namespace), name.local)),
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
