// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from interop.proto; do not edit.

package import ProtobufCoding

/// What a payload is made of.
package enum Grpc_Testing_PayloadType: Sendable, Equatable {
    /// Zeros.
    case compressable
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.compressable]
    }

    /// Makes `compressable`.
    package init() { self = .compressable }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .compressable
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .compressable: 0
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Nothing.
package struct Grpc_Testing_Empty: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "grpc.testing.Empty" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            try reader.skip(tag)
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
    }
}

/// A truth value that may be left out.
package struct Grpc_Testing_BoolValue: ProtobufMessage {
    /// The value.
    package var value: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "grpc.testing.BoolValue" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: self.value = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.bool(8, self.value)
    }
}

/// So many bytes.
package struct Grpc_Testing_Payload: ProtobufMessage {
    /// What they are.
    package var type: Grpc_Testing_PayloadType = Grpc_Testing_PayloadType()

    /// The bytes.
    package var body: [UInt8] = []

    /// The type's full name.
    package static var protoMessageName: String { "grpc.testing.Payload" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: type = Grpc_Testing_PayloadType(rawValue: try reader.enumeration())
            case 18: body = try reader.bytes()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, type.rawValue)
        writer.bytes(18, body)
    }
}

/// A status that the server is to end the call with.
package struct Grpc_Testing_EchoStatus: ProtobufMessage {
    /// Its code.
    package var code: Int32 = 0

    /// Its message.
    package var message: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "grpc.testing.EchoStatus" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: code = try reader.int32()
            case 18: message = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int32(8, code)
        writer.string(18, message)
    }
}

/// Asks for an answer.
package struct Grpc_Testing_SimpleRequest: ProtobufMessage {
    /// What its payload is made of.
    package var responseType: Grpc_Testing_PayloadType = Grpc_Testing_PayloadType()

    /// Its size, in bytes.
    package var responseSize: Int32 = 0

    /// Bytes of the request.
    package var payload: Grpc_Testing_Payload {
        get { .only(_payload) }
        set { _payload = [newValue] }
    }
    /// Whether the message has `payload`.
    package var hasPayload: Bool { !_payload.isEmpty }
    /// Takes `payload` out of the message.
    package mutating func clearPayload() { _payload = [] }
    private var _payload: [Grpc_Testing_Payload] = []

    /// Whether the answer is to have the caller's name. The server does not have it.
    package var fillUsername: Bool = false

    /// Whether the answer is to have the scope of the caller's token. The server does not have it.
    package var fillOauthScope: Bool = false

    /// Whether the answer is to be compressed.
    package var responseCompressed: Grpc_Testing_BoolValue {
        get { .only(_responseCompressed) }
        set { _responseCompressed = [newValue] }
    }
    /// Whether the message has `responseCompressed`.
    package var hasResponseCompressed: Bool { !_responseCompressed.isEmpty }
    /// Takes `responseCompressed` out of the message.
    package mutating func clearResponseCompressed() { _responseCompressed = [] }
    private var _responseCompressed: [Grpc_Testing_BoolValue] = []

    /// The status instead of an answer.
    package var responseStatus: Grpc_Testing_EchoStatus {
        get { .only(_responseStatus) }
        set { _responseStatus = [newValue] }
    }
    /// Whether the message has `responseStatus`.
    package var hasResponseStatus: Bool { !_responseStatus.isEmpty }
    /// Takes `responseStatus` out of the message.
    package mutating func clearResponseStatus() { _responseStatus = [] }
    private var _responseStatus: [Grpc_Testing_EchoStatus] = []

    /// Whether this message must be compressed.
    package var expectCompressed: Grpc_Testing_BoolValue {
        get { .only(_expectCompressed) }
        set { _expectCompressed = [newValue] }
    }
    /// Whether the message has `expectCompressed`.
    package var hasExpectCompressed: Bool { !_expectCompressed.isEmpty }
    /// Takes `expectCompressed` out of the message.
    package mutating func clearExpectCompressed() { _expectCompressed = [] }
    private var _expectCompressed: [Grpc_Testing_BoolValue] = []

    /// The type's full name.
    package static var protoMessageName: String { "grpc.testing.SimpleRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: responseType = Grpc_Testing_PayloadType(rawValue: try reader.enumeration())
            case 16: responseSize = try reader.int32()
            case 26: try reader.boxed(&_payload)
            case 32: fillUsername = try reader.bool()
            case 40: fillOauthScope = try reader.bool()
            case 50: try reader.boxed(&_responseCompressed)
            case 58: try reader.boxed(&_responseStatus)
            case 66: try reader.boxed(&_expectCompressed)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, responseType.rawValue)
        writer.int32(16, responseSize)
        writer.messages(26, _payload)
        writer.bool(32, fillUsername)
        writer.bool(40, fillOauthScope)
        writer.messages(50, _responseCompressed)
        writer.messages(58, _responseStatus)
        writer.messages(66, _expectCompressed)
    }
}

/// An answer.
package struct Grpc_Testing_SimpleResponse: ProtobufMessage {
    /// Its bytes.
    package var payload: Grpc_Testing_Payload {
        get { .only(_payload) }
        set { _payload = [newValue] }
    }
    /// Whether the message has `payload`.
    package var hasPayload: Bool { !_payload.isEmpty }
    /// Takes `payload` out of the message.
    package mutating func clearPayload() { _payload = [] }
    private var _payload: [Grpc_Testing_Payload] = []

    /// The type's full name.
    package static var protoMessageName: String { "grpc.testing.SimpleResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_payload)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _payload)
    }
}

/// One of many requests.
package struct Grpc_Testing_StreamingInputCallRequest: ProtobufMessage {
    /// Its bytes.
    package var payload: Grpc_Testing_Payload {
        get { .only(_payload) }
        set { _payload = [newValue] }
    }
    /// Whether the message has `payload`.
    package var hasPayload: Bool { !_payload.isEmpty }
    /// Takes `payload` out of the message.
    package mutating func clearPayload() { _payload = [] }
    private var _payload: [Grpc_Testing_Payload] = []

    /// Whether this message must be compressed.
    package var expectCompressed: Grpc_Testing_BoolValue {
        get { .only(_expectCompressed) }
        set { _expectCompressed = [newValue] }
    }
    /// Whether the message has `expectCompressed`.
    package var hasExpectCompressed: Bool { !_expectCompressed.isEmpty }
    /// Takes `expectCompressed` out of the message.
    package mutating func clearExpectCompressed() { _expectCompressed = [] }
    private var _expectCompressed: [Grpc_Testing_BoolValue] = []

    /// The type's full name.
    package static var protoMessageName: String { "grpc.testing.StreamingInputCallRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_payload)
            case 18: try reader.boxed(&_expectCompressed)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _payload)
        writer.messages(18, _expectCompressed)
    }
}

/// The answer to many requests.
package struct Grpc_Testing_StreamingInputCallResponse: ProtobufMessage {
    /// Bytes of their payloads.
    package var aggregatedPayloadSize: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "grpc.testing.StreamingInputCallResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: aggregatedPayloadSize = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int32(8, aggregatedPayloadSize)
    }
}

/// How an answer is to be.
package struct Grpc_Testing_ResponseParameters: ProtobufMessage {
    /// Its size, in bytes.
    package var size: Int32 = 0

    /// Time before it, in microseconds.
    package var intervalUs: Int32 = 0

    /// Whether it is to be compressed.
    package var compressed: Grpc_Testing_BoolValue {
        get { .only(_compressed) }
        set { _compressed = [newValue] }
    }
    /// Whether the message has `compressed`.
    package var hasCompressed: Bool { !_compressed.isEmpty }
    /// Takes `compressed` out of the message.
    package mutating func clearCompressed() { _compressed = [] }
    private var _compressed: [Grpc_Testing_BoolValue] = []

    /// The type's full name.
    package static var protoMessageName: String { "grpc.testing.ResponseParameters" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: size = try reader.int32()
            case 16: intervalUs = try reader.int32()
            case 26: try reader.boxed(&_compressed)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int32(8, size)
        writer.int32(16, intervalUs)
        writer.messages(26, _compressed)
    }
}

/// Asks for answers.
package struct Grpc_Testing_StreamingOutputCallRequest: ProtobufMessage {
    /// What their payloads are made of.
    package var responseType: Grpc_Testing_PayloadType = Grpc_Testing_PayloadType()

    /// The answers.
    package var responseParameters: [Grpc_Testing_ResponseParameters] = []

    /// Bytes of the request.
    package var payload: Grpc_Testing_Payload {
        get { .only(_payload) }
        set { _payload = [newValue] }
    }
    /// Whether the message has `payload`.
    package var hasPayload: Bool { !_payload.isEmpty }
    /// Takes `payload` out of the message.
    package mutating func clearPayload() { _payload = [] }
    private var _payload: [Grpc_Testing_Payload] = []

    /// The status that the call ends with.
    package var responseStatus: Grpc_Testing_EchoStatus {
        get { .only(_responseStatus) }
        set { _responseStatus = [newValue] }
    }
    /// Whether the message has `responseStatus`.
    package var hasResponseStatus: Bool { !_responseStatus.isEmpty }
    /// Takes `responseStatus` out of the message.
    package mutating func clearResponseStatus() { _responseStatus = [] }
    private var _responseStatus: [Grpc_Testing_EchoStatus] = []

    /// The type's full name.
    package static var protoMessageName: String { "grpc.testing.StreamingOutputCallRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: responseType = Grpc_Testing_PayloadType(rawValue: try reader.enumeration())
            case 18: try reader.messages(&responseParameters)
            case 26: try reader.boxed(&_payload)
            case 58: try reader.boxed(&_responseStatus)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, responseType.rawValue)
        writer.messages(18, responseParameters)
        writer.messages(26, _payload)
        writer.messages(58, _responseStatus)
    }
}

/// One of many answers.
package struct Grpc_Testing_StreamingOutputCallResponse: ProtobufMessage {
    /// Its bytes.
    package var payload: Grpc_Testing_Payload {
        get { .only(_payload) }
        set { _payload = [newValue] }
    }
    /// Whether the message has `payload`.
    package var hasPayload: Bool { !_payload.isEmpty }
    /// Takes `payload` out of the message.
    package mutating func clearPayload() { _payload = [] }
    private var _payload: [Grpc_Testing_Payload] = []

    /// The type's full name.
    package static var protoMessageName: String { "grpc.testing.StreamingOutputCallResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_payload)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _payload)
    }
}
