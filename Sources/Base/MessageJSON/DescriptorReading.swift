// SPDX-License-Identifier: Apache-2.0

// Descriptors of proto files (google/protobuf/descriptor.proto), as far as JSON needs them.

package import ProtobufCoding

extension MessageSchema {
    /// Adds what a file declares.
    ///
    /// - Parameter file: An encoded google.protobuf.FileDescriptorProto.
    package mutating func add(file: UnsafeRawBufferPointer) throws(ProtobufError) {
        // The package may stand behind what is declared.
        var name = ""
        var reader = ProtobufReader(file)
        while let tag = try reader.nextTag() {
            if tag == 2 << 3 | 2 { name = try reader.string() } else { try reader.skip(tag) }
        }
        reader = ProtobufReader(file)
        while let tag = try reader.nextTag() {
            switch tag {
            case 4 << 3 | 2: try addMessage(try reader.part(), in: name)
            case 5 << 3 | 2: try addEnumeration(try reader.part(), in: name)
            case 6 << 3 | 2: try addService(try reader.part(), in: name)
            default: try reader.skip(tag)
            }
        }
    }

    private mutating func addMessage(
        _ bytes: UnsafeRawBufferPointer,
        in scope: String
    ) throws(ProtobufError) {
        let name = try Self.name(bytes, in: scope)
        var message = Message()
        var reader = ProtobufReader(bytes)
        while let tag = try reader.nextTag() {
            switch tag {
            case 2 << 3 | 2: message.add(try Self.field(try reader.part()))
            case 3 << 3 | 2: try addMessage(try reader.part(), in: name)
            case 4 << 3 | 2: try addEnumeration(try reader.part(), in: name)
            case 7 << 3 | 2:
                var options = ProtobufReader(try reader.part())
                while let tag = try options.nextTag() {
                    if tag == 7 << 3 {
                        message.isMapEntry = try options.bool()
                    } else {
                        try options.skip(tag)
                    }
                }
            default: try reader.skip(tag)
            }
        }
        messages[name] = message
    }

    private static func field(_ bytes: UnsafeRawBufferPointer) throws(ProtobufError) -> Field {
        var (field, type, typeName, isOptional) = (Field(), 0, "", false)
        var reader = ProtobufReader(bytes)
        while let tag = try reader.nextTag() {
            switch tag {
            case 1 << 3 | 2: field.name = try reader.string()
            case 3 << 3: field.number = Int(try reader.int32())
            case 4 << 3: field.isRepeated = try reader.enumeration() == 3
            case 5 << 3: type = try reader.enumeration()
            case 6 << 3 | 2: typeName = String(try reader.string().drop { $0 == "." })
            case 9 << 3: field.oneof = Int(try reader.int32())
            case 10 << 3 | 2: field.jsonName = try reader.string()
            case 17 << 3: isOptional = try reader.bool()
            default: try reader.skip(tag)
            }
        }
        field.kind = kind(type, typeName)
        if case .message = field.kind, !field.isRepeated { field.hasPresence = true }
        if field.oneof != nil { field.hasPresence = true }
        // The oneof of an optional field has no other.
        if isOptional { field.oneof = nil }
        if field.jsonName.isEmpty { field.jsonName = camel(field.name) }
        return field
    }

    private static func kind(_ type: Int, _ name: String) -> Kind {
        switch type {
        case 1: .double
        case 2: .float
        case 3: .int64
        case 4: .uint64
        case 5: .int32
        case 6: .fixed64
        case 7: .fixed32
        case 9: .string
        case 11: .message(name)
        case 12: .bytes
        case 13: .uint32
        case 14: .enumeration(name)
        case 15: .sfixed32
        case 16: .sfixed64
        case 17: .sint32
        case 18: .sint64
        default: .bool
        }
    }

    /// A name in JSON where the descriptor has none.
    private static func camel(_ name: String) -> String {
        let words = name.split(separator: "_", omittingEmptySubsequences: true)
        guard let first = words.first else { return name }
        return words.dropFirst().reduce(String(first)) {
            $0 + $1.prefix(1).uppercased() + $1.dropFirst()
        }
    }

    private mutating func addEnumeration(
        _ bytes: UnsafeRawBufferPointer,
        in scope: String
    ) throws(ProtobufError) {
        var enumeration = Enumeration()
        var reader = ProtobufReader(bytes)
        while let tag = try reader.nextTag() {
            guard tag == 2 << 3 | 2 else {
                try reader.skip(tag)
                continue
            }
            var (name, number) = ("", 0)
            var value = ProtobufReader(try reader.part())
            while let tag = try value.nextTag() {
                switch tag {
                case 1 << 3 | 2: name = try value.string()
                case 2 << 3: number = Int(try value.int32())
                default: try value.skip(tag)
                }
            }
            if enumeration.names[number] == nil { enumeration.names[number] = name }
            enumeration.numbers[name] = number
        }
        enumerations[try Self.name(bytes, in: scope)] = enumeration
    }

    private mutating func addService(
        _ bytes: UnsafeRawBufferPointer,
        in scope: String
    ) throws(ProtobufError) {
        var methods: [Method] = []
        var reader = ProtobufReader(bytes)
        while let tag = try reader.nextTag() {
            guard tag == 2 << 3 | 2 else {
                try reader.skip(tag)
                continue
            }
            var method = Method()
            var part = ProtobufReader(try reader.part())
            while let tag = try part.nextTag() {
                switch tag {
                case 1 << 3 | 2: method.name = try part.string()
                case 2 << 3 | 2: method.request = String(try part.string().drop { $0 == "." })
                case 3 << 3 | 2: method.response = String(try part.string().drop { $0 == "." })
                case 5 << 3, 6 << 3: if try part.bool() { method.isStream = true }
                default: try part.skip(tag)
                }
            }
            methods.append(method)
        }
        services[try Self.name(bytes, in: scope)] = methods
    }

    /// The full name of what is declared, whose first field is its name.
    private static func name(
        _ bytes: UnsafeRawBufferPointer,
        in scope: String
    ) throws(ProtobufError) -> String {
        var reader = ProtobufReader(bytes)
        var name = ""
        while let tag = try reader.nextTag() {
            if tag == 1 << 3 | 2 { name = try reader.string() } else { try reader.skip(tag) }
        }
        return scope.isEmpty ? name : "\(scope).\(name)"
    }
}

extension MessageSchema.Message {
    fileprivate mutating func add(_ field: MessageSchema.Field) {
        byNumber[field.number] = fields.count
        byName[field.name] = fields.count
        byName[field.jsonName] = fields.count
        fields.append(field)
    }
}
