// SPDX-License-Identifier: Apache-2.0

// Messages to JSON, by the mapping that protocol buffers define. Fields without presence are told
// even if they have the default, so that whoever reads finds all that he looks for.

internal import Digests
package import ProtobufCoding

extension MessageSchema {
    /// A value as it lies in a message.
    private enum Raw {
        case word(UInt64)
        case part(UnsafeRawBufferPointer)
    }

    /// The document of a message, on one line.
    ///
    /// - Parameters:
    ///   - message: The encoded message.
    ///   - name: Its full name.
    package func json(
        _ message: [UInt8],
        of name: String
    ) throws(ProtobufError) -> [UInt8] {
        var json: [UInt8] = []
        json.reserveCapacity(message.count * 3)
        let problem = message.withUnsafeBytes { bytes -> ProtobufError? in
            do throws(ProtobufError) {
                try write(bytes, name, depth: 0, to: &json)
                return nil
            } catch { return error }
        }
        if let problem { throw problem }
        return json
    }

    private func write(
        _ bytes: UnsafeRawBufferPointer,
        _ name: String,
        depth: Int,
        to json: inout [UInt8]
    ) throws(ProtobufError) {
        guard depth < 64 else { throw ProtobufError(.tooDeep, offset: 0) }
        guard let message = messages[name] else { return json.append("{}") }
        let values = try values(bytes, message)
        json.append("{")
        var isFirst = true
        for (place, field) in message.fields.enumerated() {
            let given = values[place]
            if given.isEmpty, field.hasPresence { continue }
            if !isFirst { json.append(",") }
            isFirst = false
            json.append(text: field.jsonName)
            json.append(":")
            if field.isRepeated {
                try writeList(given, field, depth, to: &json)
            } else if let last = given.last {
                try write(last, field.kind, depth, to: &json)
            } else {
                writeDefault(field.kind, to: &json)
            }
        }
        json.append("}")
    }

    /// What a message has of each field.
    private func values(
        _ bytes: UnsafeRawBufferPointer,
        _ message: Message
    ) throws(ProtobufError) -> [[Raw]] {
        var values = [[Raw]](repeating: [], count: message.fields.count)
        var reader = ProtobufReader(bytes)
        while let tag = try reader.nextTag() {
            guard let place = message.byNumber[Int(tag >> 3)] else {
                try reader.skip(tag)
                continue
            }
            let field = message.fields[place]
            switch tag & 7 {
            case 0: values[place].append(.word(try reader.varint()))
            case 1: values[place].append(.word(try reader.fixed64()))
            case 5: values[place].append(.word(UInt64(try reader.fixed32())))
            case 2 where field.kind.wireType != 2:
                var pack = ProtobufReader(try reader.part())
                while pack.hasMore {
                    switch field.kind.wireType {
                    case 1: values[place].append(.word(try pack.fixed64()))
                    case 5: values[place].append(.word(UInt64(try pack.fixed32())))
                    default: values[place].append(.word(try pack.varint()))
                    }
                }
            case 2: values[place].append(.part(try reader.part()))
            default: try reader.skip(tag)
            }
            // Of members of a oneof the last one counts.
            guard let oneof = field.oneof else { continue }
            for (other, field) in message.fields.enumerated()
            where other != place && field.oneof == oneof { values[other] = [] }
        }
        return values
    }

    private func writeList(
        _ given: [Raw],
        _ field: Field,
        _ depth: Int,
        to json: inout [UInt8]
    ) throws(ProtobufError) {
        if case .message(let name) = field.kind, let entry = messages[name], entry.isMapEntry,
            entry.fields.count == 2
        {
            return try writeMap(given, entry, depth, to: &json)
        }
        json.append("[")
        for (place, value) in given.enumerated() {
            if place > 0 { json.append(",") }
            try write(value, field.kind, depth, to: &json)
        }
        json.append("]")
    }

    private func writeMap(
        _ given: [Raw],
        _ entry: Message,
        _ depth: Int,
        to json: inout [UInt8]
    ) throws(ProtobufError) {
        json.append("{")
        for (place, value) in given.enumerated() {
            guard case .part(let bytes) = value else { continue }
            let pair = try values(bytes, entry)
            if place > 0 { json.append(",") }
            var key: [UInt8] = []
            if let last = pair[0].last {
                try write(last, entry.fields[0].kind, depth, to: &key)
            } else {
                writeDefault(entry.fields[0].kind, to: &key)
            }
            // Keys are texts, whatever they are.
            let mark = UInt8(ascii: "\"")
            json += key.first == mark ? key : [mark] + key + [mark]
            json.append(":")
            if let last = pair[1].last {
                try write(last, entry.fields[1].kind, depth, to: &json)
            } else {
                writeDefault(entry.fields[1].kind, to: &json)
            }
        }
        json.append("}")
    }

    private func writeDefault(_ kind: Kind, to json: inout [UInt8]) {
        switch kind {
        case .string, .bytes: json.append("\"\"")
        case .bool: json.append("false")
        case .int64, .uint64, .fixed64, .sfixed64, .sint64: json.append("\"0\"")
        case .message: json.append("{}")
        case .enumeration(let name): json.append(text: enumerations[name]?.names[0] ?? "0")
        default: json.append("0")
        }
    }

    private func write(
        _ value: Raw,
        _ kind: Kind,
        _ depth: Int,
        to json: inout [UInt8]
    ) throws(ProtobufError) {
        switch (kind, value) {
        case (.message(let name), .part(let bytes)):
            try write(bytes, name, depth: depth + 1, to: &json)
        case (.string, .part(let bytes)):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw ProtobufError(.invalidUTF8, offset: 0)
            }
            json.append(text: text)
        case (.bytes, .part(let bytes)): json.append(text: Base64.plain.text(bytes))
        case (_, .word(let word)): write(word, kind, to: &json)
        default: writeDefault(kind, to: &json)
        }
    }

    private func write(_ word: UInt64, _ kind: Kind, to json: inout [UInt8]) {
        switch kind {
        case .bool: json.append(word != 0 ? "true" : "false")
        case .double: json.append(number: Double(bitPattern: word))
        case .float:
            json.append(float: Float(bitPattern: UInt32(truncatingIfNeeded: word)))
        case .int64, .sfixed64: json.append("\"\(Int64(bitPattern: word))\"")
        case .sint64:
            json.append("\"\(Int64(bitPattern: word >> 1) ^ -Int64(bitPattern: word & 1))\"")
        case .uint64, .fixed64: json.append("\"\(word)\"")
        case .uint32, .fixed32: json.append("\(UInt32(truncatingIfNeeded: word))")
        case .sint32:
            let word = UInt32(truncatingIfNeeded: word)
            json.append("\(Int32(bitPattern: word >> 1) ^ -Int32(bitPattern: word & 1))")
        case .enumeration(let name):
            let number = Int(Int32(truncatingIfNeeded: word))
            if let known = enumerations[name]?.names[number] {
                json.append(text: known)
            } else {
                json.append("\(number)")
            }
        default: json.append("\(Int32(truncatingIfNeeded: word))")
        }
    }
}

extension MessageSchema.Kind {
    /// How a value of the kind begins on the wire, alone.
    fileprivate var wireType: UInt32 {
        switch self {
        case .double, .fixed64, .sfixed64: 1
        case .float, .fixed32, .sfixed32: 5
        case .string, .bytes, .message: 2
        default: 0
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ text: String) { append(contentsOf: text.utf8) }

    fileprivate mutating func append(number: Double) {
        if number.isNaN { return append("\"NaN\"") }
        if number.isInfinite { return append(number < 0 ? "\"-Infinity\"" : "\"Infinity\"") }
        if number == 0 { return append(number.sign == .minus ? "-0" : "0") }
        append(Int64(exactly: number).map { "\($0)" } ?? "\(number)")
    }

    fileprivate mutating func append(float: Float) {
        // Its own shortest digits, not those of the same as 64 bits.
        float.isFinite && Int64(exactly: float) == nil
            ? append("\(float)") : append(number: Double(float))
    }

    /// A text in quotation marks. What could end a script that it is put into is escaped, too.
    fileprivate mutating func append(text: String) {
        append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                append(UInt8(ascii: "\\"))
                append(UInt8(truncatingIfNeeded: scalar.value))
            case ..<" ", "<", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
            default: append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        append(UInt8(ascii: "\""))
    }
}
