// SPDX-License-Identifier: Apache-2.0

// Reads JSON (RFC 8259) into a tree.

/// Walks a JSON document once.
struct JSONParser {
    /// The file, of which lists of numbers keep their part.
    private let file: [UInt8]
    private var scanner: JSONScanner
    private let depthLimit: Int
    private let allowsNonFinite: Bool
    /// Whether the document is sound as far as it was read, and only beyond this reader.
    private(set) var isTooDeep = false

    init(
        _ file: [UInt8],
        _ scanner: JSONScanner,
        depthLimit: Int,
        allowsNonFinite: Bool
    ) {
        self.file = file
        self.scanner = scanner
        self.depthLimit = depthLimit
        self.allowsNonFinite = allowsNonFinite
    }

    /// The whole document.
    mutating func parseDocument() throws(JSONFault) -> DocumentValue {
        let value = try parseValue(depth: 0)
        scanner.skipBlanks()
        guard scanner.isAtEnd else { throw scanner.fault("something follows the document") }
        return value
    }

    private mutating func parseValue(depth: Int) throws(JSONFault) -> DocumentValue {
        scanner.skipBlanks()
        switch scanner.next {
        case UInt8(ascii: "{"): return try parseObject(depth: depth + 1)
        case UInt8(ascii: "["): return try parseList(depth: depth + 1)
        case UInt8(ascii: "\""): return .text(try scanner.text())
        default: break
        }
        if scanner.skip(word: "true") { return .bool(true) }
        if scanner.skip(word: "false") { return .bool(false) }
        if scanner.skip(word: "null") { return .null }
        let start = scanner.position
        if scanner.skipNumber(allowsNonFinite: allowsNonFinite), !isInsideWord {
            let digits = file[start..<scanner.position]
            return .number(NumberList(count: 1, bytes: digits, encoding: .text))
        }
        guard !scanner.isAtEnd else { throw scanner.fault("the document ends early") }
        throw scanner.fault("a value is expected", at: start)
    }

    /// Whether what comes next cannot stand behind a number.
    private var isInsideWord: Bool {
        switch scanner.next {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONFault) -> DocumentValue {
        try check(depth: depth)
        scanner.position += 1
        var members: [DocumentObject.Member] = []
        while let (key, offset) = try scanner.nextKey(isFirst: members.isEmpty) {
            let value = try parseValue(depth: depth)
            members.append(DocumentObject.Member(key: key, value: value, offset: offset))
        }
        let object = DocumentObject(members)
        if let second = object.firstRepeated {
            throw scanner.fault(second.repeatedMessage, at: second.offset)
        }
        return .object(object)
    }

    private mutating func parseList(depth: Int) throws(JSONFault) -> DocumentValue {
        try check(depth: depth)
        scanner.position += 1
        if let numbers = scanNumbers() { return .numbers(numbers) }
        var elements: [DocumentValue] = []
        while true {
            scanner.skipBlanks()
            if scanner.skip("]") { return .list(elements) }
            if !elements.isEmpty { try scanner.skipComma(before: "]") }
            elements.append(try parseValue(depth: depth))
        }
    }

    /// The rest of a list that has only numbers; nil, without moving on, if it has anything else.
    private mutating func scanNumbers() -> NumberList? {
        let start = scanner.position
        var count = 0
        repeat {
            scanner.skipBlanks()
            guard scanner.skipNumber(allowsNonFinite: allowsNonFinite) else { break }
            count += 1
            scanner.skipBlanks()
            let end = scanner.position
            if scanner.skip("]") {
                return NumberList(count: count, bytes: file[start..<end], encoding: .text)
            }
        } while scanner.skip(",")
        scanner.position = start
        return nil
    }

    /// Where the elements are of a list that is a member of the document; none if it is no list.
    mutating func elementRanges(of key: String) throws(JSONFault) -> [Range<Int>] {
        scanner.skipBlanks()
        guard scanner.skip("{") else { return [] }
        var isFirst = true
        while let (name, _) = try scanner.nextKey(isFirst: isFirst) {
            isFirst = false
            guard name == key, scanner.skip("[") else {
                _ = try parseValue(depth: 1)
                continue
            }
            var ranges: [Range<Int>] = []
            while true {
                scanner.skipBlanks()
                if scanner.skip("]") { return ranges }
                if !ranges.isEmpty { try scanner.skipComma(before: "]") }
                let start = scanner.position
                _ = try parseValue(depth: 2)
                ranges.append(start..<scanner.position)
            }
        }
        return []
    }

    private mutating func check(depth: Int) throws(JSONFault) {
        guard depth <= depthLimit else {
            isTooDeep = true
            throw scanner.fault(DocumentValue.tooDeep(depthLimit))
        }
    }
}

extension DocumentValue {
    /// Reads a JSON document (RFC 8259), whose keys must differ within an object.
    ///
    /// - Parameters:
    ///   - json: The whole document.
    ///   - depthLimit: Levels of brackets that it may have.
    ///   - allowsNonFinite: Whether `NaN`, `Infinity` and `-Infinity` are numbers.
    /// - Throws: An error at a line and column; of code `unsupported` if the nesting is too deep.
    package init(
        json: [UInt8],
        depthLimit: Int,
        allowsNonFinite: Bool = false
    ) throws(DocumentError) {
        self = try Self.parsed(json, depthLimit, allowsNonFinite) {
            (parser) throws(JSONFault) in try parser.parseDocument()
        }
    }

    /// Where the elements are of a list that is a member of a document's object, so that one can be
    /// taken out and all else stays as somebody wrote it; none if there is no such list.
    ///
    /// - Throws: What is wrong with the document up to the end of the list.
    package static func elementRanges(
        of key: String,
        in json: [UInt8],
        depthLimit: Int
    ) throws(DocumentError) -> [Range<Int>] {
        try parsed(json, depthLimit, false) {
            (parser) throws(JSONFault) in try parser.elementRanges(of: key)
        }
    }

    private static func parsed<Value>(
        _ json: [UInt8],
        _ depthLimit: Int,
        _ allowsNonFinite: Bool,
        _ parse: (inout JSONParser) throws(JSONFault) -> Value
    ) throws(DocumentError) -> Value {
        let result = json.withUnsafeBytes { bytes -> Result<Value, DocumentError> in
            var parser = JSONParser(
                json,
                JSONScanner(bytes),
                depthLimit: depthLimit,
                allowsNonFinite: allowsNonFinite
            )
            do throws(JSONFault) { return .success(try parse(&parser)) } catch {
                return .failure(
                    DocumentError(
                        code: parser.isTooDeep ? .unsupported : .malformed,
                        place: Self.place(of: error.offset, inLinesOf: json),
                        message: error.message
                    )
                )
            }
        }
        return try result.get()
    }

    /// The place of a byte of a text for people.
    package static func place(of offset: Int, inLinesOf text: [UInt8]) -> String {
        let before = text.prefix(offset)
        let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return "line \(line), column \(before.count - lineStart + 1)"
    }

    static func tooDeep(_ limit: Int) -> String {
        "brackets nested more than \(limit) levels deep"
    }
}
