// SPDX-License-Identifier: Apache-2.0

// Reads XML with expat, part by part, so that a file need not fit into memory. Nothing in a
// document can make more of it than is there: documents that declare entities or a document type
// are refused.

internal import CExpat
internal import VigieLimits

/// Takes what a stream finds, in the order of the document. What it throws ends the stream.
package protocol XMLHandler: AnyObject {
    /// An element begins.
    func start(_ tag: XMLTag) throws(DocumentError)
    /// A part of the text of the element that was opened last and is still open.
    func text(_ bytes: UnsafeRawBufferPointer, line: Int) throws(DocumentError)
    /// The element that was opened last and is still open ends.
    func end()
}

/// The name of an element or attribute.
package struct XMLName {
    /// Its namespace; empty for none.
    package let namespace: Substring
    /// Its name without prefix.
    package let local: String

    /// Takes what expat gives: the namespace, a separator that none holds, the name.
    fileprivate init(_ name: UnsafePointer<XML_Char>) {
        let name = String(cString: name)
        if let separator = name.utf8.firstIndex(of: XMLStream.separator) {
            namespace = name[..<separator]
            local = String(name[name.utf8.index(after: separator)...])
        } else {
            (namespace, local) = ("", name)
        }
    }
}

/// A start tag. Its attributes are there only while a handler looks at it.
package struct XMLTag {
    /// An attribute.
    package struct Attribute {
        /// Its name.
        package let name: XMLName
        /// Its value.
        package let value: UnsafeRawBufferPointer
    }

    /// The name of the element.
    package let name: XMLName
    /// The line, counted from 1.
    package let line: Int
    /// The attributes.
    package let attributes: [Attribute]
}

/// A document whose parts come one after the other.
package final class XMLStream {
    fileprivate static let separator: UInt8 = 0x0A
    private let parser: XML_Parser
    private let handler: any XMLHandler
    private var failure: DocumentError?
    private var depth = 0

    /// Begins a document.
    package init(to handler: any XMLHandler) throws(DocumentError) {
        guard let parser = XML_ParserCreateNS(nil, XML_Char(Self.separator)) else {
            throw DocumentError(.unsupported, line: 1, "no memory to read XML")
        }
        self.parser = parser
        self.handler = handler
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(parser, handleStart, handleEnd)
        XML_SetCharacterDataHandler(parser, handleText)
        XML_SetStartDoctypeDeclHandler(parser, handleDoctype)
        XML_SetUnknownEncodingHandler(parser, handleEncoding, nil)
    }

    deinit { XML_ParserFree(parser) }

    /// The bytes of the document that what is found stands in, as far as there are any: an element
    /// without content ends where it begins.
    package var place: Range<Int> {
        let start = max(Int(XML_GetCurrentByteIndex(parser)), 0)
        return start..<start + max(Int(XML_GetCurrentByteCount(parser)), 0)
    }

    /// The line that is being read, counted from 1.
    private var line: Int { Int(clamping: XML_GetCurrentLineNumber(parser)) }

    /// Reads the next part.
    package func read(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(DocumentError) {
        var rest = bytes
        repeat {
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(DocumentLimits.xmlPartBytes))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
            let status = XML_Parse(
                parser,
                part.assumingMemoryBound(to: CChar.self).baseAddress,
                Int32(part.count),
                isLast && rest.isEmpty ? 1 : 0
            )
            if let failure { throw failure }
            guard status == XML_STATUS_OK else { throw expatError() }
        } while !rest.isEmpty
    }

    private func expatError() -> DocumentError {
        guard XML_GetErrorCode(parser) != XML_ERROR_UNKNOWN_ENCODING else {
            return DocumentError(
                .unsupported,
                line: 1,
                "an encoding that is not read (UTF-8, UTF-16, ISO-8859-1, ISO-8859-15 and "
                    + "Windows-1252 are): save it as UTF-8, and say so in its first line "
                    + "(encoding=\"UTF-8\")"
            )
        }
        let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) }
        return DocumentError(
            .malformed,
            line: line,
            "not well-formed XML: \(reason ?? "unknown error")"
        )
    }

    fileprivate func start(
        _ name: UnsafePointer<XML_Char>,
        _ list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>
    ) {
        perform { () throws(DocumentError) in
            depth += 1
            guard depth <= DocumentLimits.xmlDepth else {
                throw unsupported("elements are nested deeper than \(DocumentLimits.xmlDepth)")
            }
            try handler.start(
                XMLTag(name: XMLName(name), line: line, attributes: try attributes(list))
            )
        }
    }

    private func attributes(
        _ list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>
    ) throws(DocumentError) -> [XMLTag.Attribute] {
        var attributes: [XMLTag.Attribute] = []
        while let name = list[2 * attributes.count], let value = list[2 * attributes.count + 1] {
            guard attributes.count < DocumentLimits.xmlAttributes else {
                throw unsupported(
                    "an element has more than \(DocumentLimits.xmlAttributes) attributes"
                )
            }
            var length = 0
            while value[length] != 0 { length += 1 }
            let bytes = UnsafeRawBufferPointer(start: value, count: length)
            attributes.append(XMLTag.Attribute(name: XMLName(name), value: bytes))
        }
        return attributes
    }

    fileprivate func end() {
        guard failure == nil else { return }
        depth -= 1
        handler.end()
    }

    fileprivate func text(_ bytes: UnsafeRawBufferPointer) {
        perform { () throws(DocumentError) in try handler.text(bytes, line: line) }
    }

    fileprivate func refuseDoctype() {
        perform { () throws(DocumentError) in
            throw unsupported("document types and entities are not supported")
        }
    }

    private func unsupported(_ message: String) -> DocumentError {
        DocumentError(.unsupported, line: line, message)
    }

    /// Does what comes next, unless something failed already, and stops when it fails.
    private func perform(_ step: () throws(DocumentError) -> Void) {
        guard failure == nil else { return }
        do throws(DocumentError) { try step() } catch {
            failure = error
            XML_StopParser(parser, XML_Bool(0))
        }
    }
}

extension DocumentError {
    /// An error of a document as XML.
    convenience init(_ code: Code, line: Int, _ message: String) {
        self.init(code: code, line: line, section: "XML", message: message)
    }
}

// What expat calls. Parts that it has found already may still come after it was stopped.

private func stream(_ user: UnsafeMutableRawPointer?) -> XMLStream? {
    user.map { Unmanaged<XMLStream>.fromOpaque($0).takeUnretainedValue() }
}

private func handleStart(
    _ user: UnsafeMutableRawPointer?,
    _ name: UnsafePointer<XML_Char>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
) {
    guard let name, let attributes else { return }
    stream(user)?.start(name, attributes)
}

private func handleEnd(_ user: UnsafeMutableRawPointer?, _ name: UnsafePointer<XML_Char>?) {
    stream(user)?.end()
}

private func handleText(
    _ user: UnsafeMutableRawPointer?,
    _ text: UnsafePointer<XML_Char>?,
    _ count: Int32
) {
    stream(user)?.text(UnsafeRawBufferPointer(start: text, count: Int(count)))
}

private func handleDoctype(
    _ user: UnsafeMutableRawPointer?,
    _ name: UnsafePointer<XML_Char>?,
    _ system: UnsafePointer<XML_Char>?,
    _ publicName: UnsafePointer<XML_Char>?,
    _ hasSubset: Int32
) {
    stream(user)?.refuseDoctype()
}

/// Tells expat the characters of encodings of one byte each that it does not know itself.
private func handleEncoding(
    _ user: UnsafeMutableRawPointer?,
    _ name: UnsafePointer<XML_Char>?,
    _ information: UnsafeMutablePointer<XML_Encoding>?
) -> Int32 {
    guard let name, let information,
        let upperHalf = TextEncoding(name: String(cString: name))?.upperHalf
    else { return Int32(XML_STATUS_ERROR.rawValue) }
    withUnsafeMutableBytes(of: &information.pointee.map) { bytes in
        let map = bytes.bindMemory(to: Int32.self)
        for byte in map.indices {
            let character = byte < 0x80 ? UInt32(byte) : upperHalf[byte - 0x80]
            // What is no character ends the reading.
            map[byte] = byte > 0 && character == 0 ? -1 : Int32(bitPattern: character)
        }
    }
    information.pointee.convert = nil
    information.pointee.release = nil
    return Int32(XML_STATUS_OK.rawValue)
}
