// SPDX-License-Identifier: Apache-2.0

// JSON to messages, by the mapping that protocol buffers define. What a message does not have is
// refused: a mistyped name must not mean the default.

internal import Digests
internal import Documents
internal import ProtobufCoding
internal import VigieLimits

/// Why a document is not the message that is wanted.
package struct MessageJSONError: Error, Sendable, Equatable {
    /// Where in the document, such as "companies[2].limit"; empty for all of it.
    package let path: String
    /// What is wrong, as the end of a sentence that begins with the place.
    package let message: String
}

extension MessageSchema {
    /// The encoded message of a document.
    ///
    /// - Parameters:
    ///   - json: An object; nothing at all stands for one without members.
    ///   - name: The message's full name.
    package func message(
        _ json: [UInt8],
        of name: String
    ) throws(MessageJSONError) -> [UInt8] {
        guard !json.isEmpty else { return [] }
        let document: DocumentValue
        do throws(DocumentError) {
            document = try DocumentValue(json: json, depthLimit: ProtobufLimits.depth)
        } catch {
            let message = "is no JSON: \(error.place): \(error.message)"
            throw MessageJSONError(path: "", message: message)
        }
        var writer = ProtobufWriter()
        try write(document, name, "", to: &writer)
        return writer.contents
    }

    private func write(
        _ value: DocumentValue,
        _ name: String,
        _ path: String,
        to writer: inout ProtobufWriter
    ) throws(MessageJSONError) {
        guard case .object(let object) = value, let message = messages[name] else {
            throw MessageJSONError(path: path, message: "is \(value.kind), and must be an object.")
        }
        for (place, member) in try Self.places(of: object, in: message, path) {
            let field = message.fields[place]
            let path = Self.path(path, member.key)
            if case .null = member.value { continue }
            try write(member.value, field, path, to: &writer)
        }
    }

    /// Members with the places of their fields, in the order of these.
    private static func places(
        of object: DocumentObject,
        in message: Message,
        _ path: String
    ) throws(MessageJSONError) -> [(place: Int, member: DocumentObject.Member)] {
        var found: [(place: Int, member: DocumentObject.Member)] = []
        for member in object.members {
            guard let place = message.byName[member.key] else {
                let path = Self.path(path, member.key)
                throw MessageJSONError(path: path, message: "is not known; is it misspelt?")
            }
            found.append((place, member))
        }
        found.sort { $0.place < $1.place }
        for (one, next) in zip(found, found.dropFirst()) where one.place == next.place {
            let path = Self.path(path, next.member.key)
            throw MessageJSONError(path: path, message: "stands there twice.")
        }
        var oneofs: [Int: String] = [:]
        for (place, member) in found {
            if case .null = member.value { continue }
            guard let oneof = message.fields[place].oneof,
                let other = oneofs.updateValue(member.key, forKey: oneof)
            else { continue }
            let path = Self.path(path, member.key)
            throw MessageJSONError(path: path, message: "cannot stand beside \"\(other)\".")
        }
        return found
    }

    private static func path(_ path: String, _ key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }

    private func write(
        _ value: DocumentValue,
        _ field: Field,
        _ path: String,
        to writer: inout ProtobufWriter
    ) throws(MessageJSONError) {
        guard field.isRepeated else {
            return try writeOne(value, field, path, to: &writer)
        }
        if case .message(let name) = field.kind, let entry = messages[name], entry.isMapEntry {
            return try writeMap(value, field, entry, path, to: &writer)
        }
        guard let elements = value.elements else {
            throw MessageJSONError(path: path, message: "is \(value.kind), and must be a list.")
        }
        for (place, element) in elements.enumerated() {
            try writeOne(element, field, "\(path)[\(place)]", to: &writer)
        }
    }

    private func writeMap(
        _ value: DocumentValue,
        _ field: Field,
        _ entry: Message,
        _ path: String,
        to writer: inout ProtobufWriter
    ) throws(MessageJSONError) {
        guard case .object(let object) = value, entry.fields.count == 2 else {
            throw MessageJSONError(path: path, message: "is \(value.kind), and must be an object.")
        }
        for member in object.members {
            let path = "\(path).\(member.key)"
            let start = writer.open(UInt32(field.number) << 3 | 2)
            try writeOne(.text(member.key), entry.fields[0], path, to: &writer)
            try writeOne(member.value, entry.fields[1], path, to: &writer)
            writer.close(start)
        }
    }

    private func writeOne(
        _ value: DocumentValue,
        _ field: Field,
        _ path: String,
        to writer: inout ProtobufWriter
    ) throws(MessageJSONError) {
        let tag = UInt32(field.number) << 3
        switch field.kind {
        case .message(let name):
            let start = writer.open(tag | 2)
            try write(value, name, path, to: &writer)
            writer.close(start)
        case .string:
            guard case .text(let text) = value else { throw .wrong(path, value, "a text") }
            writer.tag(tag | 2)
            writer.string(text)
        case .bytes:
            guard case .text(let text) = value, let bytes = Self.bytes(text) else {
                throw .wrong(path, value, "bytes in base 64")
            }
            writer.tag(tag | 2)
            writer.bytes(bytes)
        case .bool:
            writer.tag(tag)
            switch value {
            case .bool(let isTrue): writer.bool(isTrue)
            case .text("true"): writer.bool(true)
            case .text("false"): writer.bool(false)
            default: throw .wrong(path, value, "true or false")
            }
        case .double, .float: try writeNumber(value, field.kind, tag, path, to: &writer)
        case .enumeration(let name):
            writer.tag(tag)
            writer.int32(try number(value, of: name, path))
        default: try writeInteger(value, field.kind, tag, path, to: &writer)
        }
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let letters = Array(text.utf8)
        if let bytes = Base64.plain.bytes(letters) { return bytes }
        return Base64.addresses.bytes(letters)
    }

    private func number(
        _ value: DocumentValue,
        of name: String,
        _ path: String
    ) throws(MessageJSONError) -> Int32 {
        switch value {
        case .text(let text):
            guard let number = enumerations[name]?.numbers[text] else {
                throw MessageJSONError(path: path, message: "is no value of \(name).")
            }
            return Int32(truncatingIfNeeded: number)
        case .number(let list):
            guard let number = list.integers?.first, let number = Int32(exactly: number) else {
                throw .wrong(path, value, "a value of \(name)")
            }
            return number
        default: throw .wrong(path, value, "a value of \(name)")
        }
    }

    private func writeNumber(
        _ value: DocumentValue,
        _ kind: Kind,
        _ tag: UInt32,
        _ path: String,
        to writer: inout ProtobufWriter
    ) throws(MessageJSONError) {
        let number: Double
        switch value {
        case .number(let list): number = list.doubles.first ?? .nan
        case .text("NaN"): number = .nan
        case .text("Infinity"): number = .infinity
        case .text("-Infinity"): number = -.infinity
        default: throw .wrong(path, value, "a number")
        }
        if case .number = value, !number.isFinite {
            throw .wrong(path, value, "a number that fits")
        }
        if kind == .float {
            let float = Float(number)
            guard float.isFinite || !number.isFinite else {
                throw .wrong(path, value, "a number that fits 32 bits")
            }
            writer.tag(tag | 5)
            writer.float(float)
        } else {
            writer.tag(tag | 1)
            writer.double(number)
        }
    }

    private func writeInteger(
        _ value: DocumentValue,
        _ kind: Kind,
        _ tag: UInt32,
        _ path: String,
        to writer: inout ProtobufWriter
    ) throws(MessageJSONError) {
        func wanted<Integer: FixedWidthInteger>(
            _: Integer.Type
        ) throws(MessageJSONError) -> Integer {
            let digits: String
            switch value {
            case .number(let list): digits = String(decoding: list.bytes, as: UTF8.self)
            case .text(let text): digits = text
            default: throw .wrong(path, value, "a whole number")
            }
            if let exact = Integer(digits) { return exact }
            // As 1e3 and 5.0 are whole numbers, too.
            guard let double = Double(digits), double.magnitude <= 9_007_199_254_740_992,
                let exact = Integer(exactly: double)
            else { throw .wrong(path, value, "a whole number of \(Integer.bitWidth) bits") }
            return exact
        }
        switch kind {
        case .int64, .sint64, .sfixed64:
            let number = try wanted(Int64.self)
            writer.tag(kind == .sfixed64 ? tag | 1 : tag)
            switch kind {
            case .sint64: writer.sint64(number)
            case .sfixed64: writer.sfixed64(number)
            default: writer.int64(number)
            }
        case .int32, .sint32, .sfixed32:
            let number = try wanted(Int32.self)
            writer.tag(kind == .sfixed32 ? tag | 5 : tag)
            switch kind {
            case .sint32: writer.sint32(number)
            case .sfixed32: writer.sfixed32(number)
            default: writer.int32(number)
            }
        case .uint64, .fixed64:
            let number = try wanted(UInt64.self)
            writer.tag(kind == .fixed64 ? tag | 1 : tag)
            if kind == .fixed64 { writer.fixed64(number) } else { writer.uint64(number) }
        default:
            let number = try wanted(UInt32.self)
            writer.tag(kind == .fixed32 ? tag | 5 : tag)
            if kind == .fixed32 { writer.fixed32(number) } else { writer.uint32(number) }
        }
    }
}

extension MessageJSONError {
    fileprivate static func wrong(
        _ path: String,
        _ value: DocumentValue,
        _ wanted: String
    ) -> MessageJSONError {
        MessageJSONError(path: path, message: "is \(value.kind), and must be \(wanted).")
    }
}
