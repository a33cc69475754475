// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from grpc/reflection/v1/reflection.proto; do not edit.

package import ProtobufCoding

package struct Grpc_Reflection_V1_ServerReflectionRequest: ProtobufMessage {
    package var host: String = ""

    /// Name of a proto file.
    package var fileByFilename: String {
        get {
            if case .fileByFilename(let value)? = messageRequest { return value }
            return ""
        }
        set { messageRequest = .fileByFilename(newValue) }
    }

    /// Full name of anything that a file declares.
    package var fileContainingSymbol: String {
        get {
            if case .fileContainingSymbol(let value)? = messageRequest { return value }
            return ""
        }
        set { messageRequest = .fileContainingSymbol(newValue) }
    }

    package var fileContainingExtension: Grpc_Reflection_V1_ExtensionRequest {
        get {
            if case .fileContainingExtension(let value)? = messageRequest { return value }
            return Grpc_Reflection_V1_ExtensionRequest()
        }
        set { messageRequest = .fileContainingExtension(newValue) }
    }

    /// Full name of a message.
    package var allExtensionNumbersOfType: String {
        get {
            if case .allExtensionNumbersOfType(let value)? = messageRequest { return value }
            return ""
        }
        set { messageRequest = .allExtensionNumbersOfType(newValue) }
    }

    /// The content does not matter.
    package var listServices: String {
        get {
            if case .listServices(let value)? = messageRequest { return value }
            return ""
        }
        set { messageRequest = .listServices(newValue) }
    }

    package var messageRequest: OneOf_MessageRequest?

    package indirect enum OneOf_MessageRequest: Sendable {
        /// Name of a proto file.
        case fileByFilename(String)
        /// Full name of anything that a file declares.
        case fileContainingSymbol(String)
        case fileContainingExtension(Grpc_Reflection_V1_ExtensionRequest)
        /// Full name of a message.
        case allExtensionNumbersOfType(String)
        /// The content does not matter.
        case listServices(String)
    }

    /// The type's full name.
    package static var protoMessageName: String { "grpc.reflection.v1.ServerReflectionRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: host = try reader.string()
            case 26: messageRequest = .fileByFilename(try reader.string())
            case 34: messageRequest = .fileContainingSymbol(try reader.string())
            case 42:
                var value = Grpc_Reflection_V1_ExtensionRequest()
                if case .fileContainingExtension(let before)? = messageRequest {
                    value = before
                    messageRequest = nil
                }
                try reader.message(&value)
                messageRequest = .fileContainingExtension(value)
            case 50: messageRequest = .allExtensionNumbersOfType(try reader.string())
            case 58: messageRequest = .listServices(try reader.string())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, host)
        if case .fileByFilename(let value)? = messageRequest {
            writer.tag(26)
            writer.string(value)
        }
        if case .fileContainingSymbol(let value)? = messageRequest {
            writer.tag(34)
            writer.string(value)
        }
        if case .fileContainingExtension(let value)? = messageRequest {
            writer.message(42, value)
        }
        if case .allExtensionNumbersOfType(let value)? = messageRequest {
            writer.tag(50)
            writer.string(value)
        }
        if case .listServices(let value)? = messageRequest {
            writer.tag(58)
            writer.string(value)
        }
    }
}

package struct Grpc_Reflection_V1_ExtensionRequest: ProtobufMessage {
    package var containingType: String = ""

    package var extensionNumber: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "grpc.reflection.v1.ExtensionRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: containingType = try reader.string()
            case 16: extensionNumber = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, containingType)
        writer.int32(16, extensionNumber)
    }
}

package struct Grpc_Reflection_V1_ServerReflectionResponse: ProtobufMessage {
    package var validHost: String = ""

    package var originalRequest: Grpc_Reflection_V1_ServerReflectionRequest {
        get { .only(_originalRequest) }
        set { _originalRequest = [newValue] }
    }
    /// Whether the message has `originalRequest`.
    package var hasOriginalRequest: Bool { !_originalRequest.isEmpty }
    /// Takes `originalRequest` out of the message.
    package mutating func clearOriginalRequest() { _originalRequest = [] }
    private var _originalRequest: [Grpc_Reflection_V1_ServerReflectionRequest] = []

    package var fileDescriptorResponse: Grpc_Reflection_V1_FileDescriptorResponse {
        get {
            if case .fileDescriptorResponse(let value)? = messageResponse { return value }
            return Grpc_Reflection_V1_FileDescriptorResponse()
        }
        set { messageResponse = .fileDescriptorResponse(newValue) }
    }

    package var allExtensionNumbersResponse: Grpc_Reflection_V1_ExtensionNumberResponse {
        get {
            if case .allExtensionNumbersResponse(let value)? = messageResponse { return value }
            return Grpc_Reflection_V1_ExtensionNumberResponse()
        }
        set { messageResponse = .allExtensionNumbersResponse(newValue) }
    }

    package var listServicesResponse: Grpc_Reflection_V1_ListServiceResponse {
        get {
            if case .listServicesResponse(let value)? = messageResponse { return value }
            return Grpc_Reflection_V1_ListServiceResponse()
        }
        set { messageResponse = .listServicesResponse(newValue) }
    }

    package var errorResponse: Grpc_Reflection_V1_ErrorResponse {
        get {
            if case .errorResponse(let value)? = messageResponse { return value }
            return Grpc_Reflection_V1_ErrorResponse()
        }
        set { messageResponse = .errorResponse(newValue) }
    }

    package var messageResponse: OneOf_MessageResponse?

    package indirect enum OneOf_MessageResponse: Sendable {
        case fileDescriptorResponse(Grpc_Reflection_V1_FileDescriptorResponse)
        case allExtensionNumbersResponse(Grpc_Reflection_V1_ExtensionNumberResponse)
        case listServicesResponse(Grpc_Reflection_V1_ListServiceResponse)
        case errorResponse(Grpc_Reflection_V1_ErrorResponse)
    }

    /// The type's full name.
    package static var protoMessageName: String { "grpc.reflection.v1.ServerReflectionResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: validHost = try reader.string()
            case 18: try reader.boxed(&_originalRequest)
            case 34:
                var value = Grpc_Reflection_V1_FileDescriptorResponse()
                if case .fileDescriptorResponse(let before)? = messageResponse {
                    value = before
                    messageResponse = nil
                }
                try reader.message(&value)
                messageResponse = .fileDescriptorResponse(value)
            case 42:
                var value = Grpc_Reflection_V1_ExtensionNumberResponse()
                if case .allExtensionNumbersResponse(let before)? = messageResponse {
                    value = before
                    messageResponse = nil
                }
                try reader.message(&value)
                messageResponse = .allExtensionNumbersResponse(value)
            case 50:
                var value = Grpc_Reflection_V1_ListServiceResponse()
                if case .listServicesResponse(let before)? = messageResponse {
                    value = before
                    messageResponse = nil
                }
                try reader.message(&value)
                messageResponse = .listServicesResponse(value)
            case 58:
                var value = Grpc_Reflection_V1_ErrorResponse()
                if case .errorResponse(let before)? = messageResponse {
                    value = before
                    messageResponse = nil
                }
                try reader.message(&value)
                messageResponse = .errorResponse(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, validHost)
        writer.messages(18, _originalRequest)
        if case .fileDescriptorResponse(let value)? = messageResponse {
            writer.message(34, value)
        }
        if case .allExtensionNumbersResponse(let value)? = messageResponse {
            writer.message(42, value)
        }
        if case .listServicesResponse(let value)? = messageResponse {
            writer.message(50, value)
        }
        if case .errorResponse(let value)? = messageResponse {
            writer.message(58, value)
        }
    }
}

package struct Grpc_Reflection_V1_FileDescriptorResponse: ProtobufMessage {
    /// Each an encoded google.protobuf.FileDescriptorProto.
    package var fileDescriptorProto: [[UInt8]] = []

    /// The type's full name.
    package static var protoMessageName: String { "grpc.reflection.v1.FileDescriptorResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.blobs(&fileDescriptorProto)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.blobs(10, fileDescriptorProto)
    }
}

package struct Grpc_Reflection_V1_ExtensionNumberResponse: ProtobufMessage {
    package var baseTypeName: String = ""

    package var extensionNumber: [Int32] = []

    /// The type's full name.
    package static var protoMessageName: String { "grpc.reflection.v1.ExtensionNumberResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: baseTypeName = try reader.string()
            case 16, 18: try reader.int32s(tag, &extensionNumber)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, baseTypeName)
        writer.int32s(18, extensionNumber)
    }
}

package struct Grpc_Reflection_V1_ListServiceResponse: ProtobufMessage {
    package var service: [Grpc_Reflection_V1_ServiceResponse] = []

    /// The type's full name.
    package static var protoMessageName: String { "grpc.reflection.v1.ListServiceResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&service)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, service)
    }
}

package struct Grpc_Reflection_V1_ServiceResponse: ProtobufMessage {
    package var name: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "grpc.reflection.v1.ServiceResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
    }
}

package struct Grpc_Reflection_V1_ErrorResponse: ProtobufMessage {
    /// A code of gRPC.
    package var errorCode: Int32 = 0

    package var errorMessage: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "grpc.reflection.v1.ErrorResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: errorCode = try reader.int32()
            case 18: errorMessage = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int32(8, errorCode)
        writer.string(18, errorMessage)
    }
}
