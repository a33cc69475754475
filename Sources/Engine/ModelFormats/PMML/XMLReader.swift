// SPDX-License-Identifier: Apache-2.0

// Reads XML with expat. Nothing in a document can make more of it than is there: documents that
// declare entities or a document type are refused.

internal import CExpat
internal import VigieLimits

/// Makes a document of a file.
enum XMLReader {

    /// Reads a whole file. Everything inside `Extension` elements is left out.
    static func read(_ bytes: UnsafeRawBufferPointer) throws(ModelFormatError) -> XMLDocument {
        guard bytes.count < Int(Int32.max) / 2 else {
            throw error(.unsupported, line: 1, "the file has \(bytes.count) bytes, over 1 GiB")
        }
        // A separator that no namespace holds.
        guard let parser = XML_ParserCreateNS(nil, XML_Char(0x0a)) else {
            throw error(.unsupported, line: 1, "no memory to read XML")
        }
        defer { XML_ParserFree(parser) }
        let handler = XMLHandler(parser: parser)
        let status = withExtendedLifetime(handler) {
            XML_SetUserData(parser, Unmanaged.passUnretained(handler).toOpaque())
            XML_SetElementHandler(parser, handleStart, handleEnd)
            XML_SetCharacterDataHandler(parser, handleText)
            XML_SetStartDoctypeDeclHandler(parser, handleDoctype)
            return XML_Parse(
                parser,
                bytes.assumingMemoryBound(to: CChar.self).baseAddress,
                Int32(bytes.count),
                1
            )
        }
        if let failure = handler.failure { throw failure }
        guard status == XML_STATUS_OK else {
            guard XML_GetErrorCode(parser) != XML_ERROR_UNKNOWN_ENCODING else {
                throw error(
                    .unsupported,
                    line: 1,
                    "an encoding other than UTF-8, UTF-16, ISO-8859-1 and US-ASCII: save it as "
                        + "UTF-8, and say so in its first line (encoding=\"UTF-8\")"
                )
            }
            let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) }
            throw error(
                .malformed,
                line: Int(clamping: XML_GetCurrentLineNumber(parser)),
                "not well-formed XML: \(reason ?? "unknown error")"
            )
        }
        return handler.document
    }

    fileprivate static func error(
        _ code: ModelFormatError.Code,
        line: Int,
        _ message: String
    ) -> ModelFormatError {
        ModelFormatError(code: code, line: line, section: "XML", message: message)
    }
}

/// Takes what expat finds.
private final class XMLHandler {
    let document = XMLDocument()
    var failure: ModelFormatError?
    private let parser: XML_Parser
    /// The open elements, and the last child of each.
    private var open: [(element: Int32, lastChild: Int32)] = []
    private var depth = 0
    /// The depth at which an `Extension` that is being left out began; 0 outside.
    private var extensionDepth = 0

    init(parser: XML_Parser) {
        self.parser = parser
    }

    func start(_ name: String, _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>) {
        depth += 1
        guard depth <= ModelFormatLimits.xmlDepth else {
            return fail("elements are nested deeper than \(ModelFormatLimits.xmlDepth)")
        }
        if extensionDepth > 0 { return }
        let (namespace, local) = split(name)
        let isForeign = !(namespace.isEmpty || namespace.hasPrefix("http://www.dmg.org/PMML-"))
        if local == "Extension", !isForeign, depth > 1 {
            extensionDepth = depth
            return
        }
        if !isForeign { document.namespaces.insert(String(namespace)) }
        let number = Int32(document.elements.count)
        var element = XMLDocument.Element(
            name: document.number(of: local),
            line: Int32(clamping: XML_GetCurrentLineNumber(parser)),
            isForeign: isForeign,
            firstAttribute: Int32(document.attributes.count),
            textStart: 0,
            textEnd: 0
        )
        guard addAttributes(attributes, to: &element) else {
            return fail("an element has more than \(ModelFormatLimits.xmlAttributes) attributes")
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

    private func addAttributes(
        _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>,
        to element: inout XMLDocument.Element
    ) -> Bool {
        var next = 0
        while let name = attributes[next], let value = attributes[next + 1] {
            guard next < 2 * ModelFormatLimits.xmlAttributes else { return false }
            next += 2
            // Attributes of other namespaces, such as of XML Schema, say nothing about the model.
            let (namespace, local) = split(String(cString: name))
            guard namespace.isEmpty else { continue }
            let start = Int32(document.bytes.count)
            document.bytes += UnsafeBufferPointer(start: value, count: length(of: value))
                .lazy.map { UInt8(bitPattern: $0) }
            document.attributes.append(
                .init(
                    name: document.number(of: local),
                    start: start,
                    end: Int32(document.bytes.count)
                )
            )
            element.attributeCount += 1
        }
        return true
    }

    func end() {
        if extensionDepth > 0 {
            if depth == extensionDepth { extensionDepth = 0 }
        } else {
            open.removeLast()
        }
        depth -= 1
    }

    func text(_ bytes: UnsafeBufferPointer<XML_Char>) {
        guard extensionDepth == 0, let (element, lastChild) = open.last else { return }
        guard lastChild < 0 else {
            // Between children there are only blanks, in a file that we can read.
            if bytes.contains(where: { $0 > 0x20 || $0 < 0 }) { fail("text between elements") }
            return
        }
        document.bytes += bytes.lazy.map { UInt8(bitPattern: $0) }
        document.elements[Int(element)].textEnd = Int32(document.bytes.count)
    }

    func fail(_ message: String) {
        guard failure == nil else { return }
        failure = XMLReader.error(
            .unsupported,
            line: Int(clamping: XML_GetCurrentLineNumber(parser)),
            message
        )
        XML_StopParser(parser, XML_Bool(0))
    }

    private func split(_ name: String) -> (namespace: Substring, local: String) {
        guard let separator = name.utf8.firstIndex(of: 0x0a) else { return ("", name) }
        return (name[..<separator], String(name[name.utf8.index(after: separator)...]))
    }

    private func length(of text: UnsafePointer<XML_Char>) -> Int {
        var length = 0
        while text[length] != 0 { length += 1 }
        return length
    }
}

private func handler(_ user: UnsafeMutableRawPointer?) -> XMLHandler? {
    user.map { Unmanaged<XMLHandler>.fromOpaque($0).takeUnretainedValue() }
}

private func handleStart(
    _ user: UnsafeMutableRawPointer?,
    _ name: UnsafePointer<XML_Char>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
) {
    guard let handler = handler(user), handler.failure == nil, let name, let attributes else {
        return
    }
    handler.start(String(cString: name), attributes)
}

private func handleEnd(_ user: UnsafeMutableRawPointer?, _ name: UnsafePointer<XML_Char>?) {
    guard let handler = handler(user), handler.failure == nil else { return }
    handler.end()
}

private func handleText(
    _ user: UnsafeMutableRawPointer?,
    _ text: UnsafePointer<XML_Char>?,
    _ count: Int32
) {
    guard let handler = handler(user), handler.failure == nil else { return }
    handler.text(UnsafeBufferPointer(start: text, count: Int(count)))
}

private func handleDoctype(
    _ user: UnsafeMutableRawPointer?,
    _ name: UnsafePointer<XML_Char>?,
    _ system: UnsafePointer<XML_Char>?,
    _ publicName: UnsafePointer<XML_Char>?,
    _ hasSubset: Int32
) {
    handler(user)?.fail("document types and entities are not supported")
}
