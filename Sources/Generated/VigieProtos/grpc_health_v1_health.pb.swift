// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from grpc/health/v1/health.proto; do not edit.

package import ProtobufCoding

package struct Grpc_Health_V1_HealthCheckRequest: ProtobufMessage {
    package var service: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "grpc.health.v1.HealthCheckRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: service = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, service)
    }
}

package struct Grpc_Health_V1_HealthCheckResponse: ProtobufMessage {
    package var status: Grpc_Health_V1_HealthCheckResponse.ServingStatus = Grpc_Health_V1_HealthCheckResponse.ServingStatus()

    /// The type's full name.
    package static var protoMessageName: String { "grpc.health.v1.HealthCheckResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: status = Grpc_Health_V1_HealthCheckResponse.ServingStatus(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, status.rawValue)
    }

    package enum ServingStatus: Sendable, Equatable {
        case unknown
        case serving
        case notServing
        /// Used only by Watch.
        case serviceUnknown
        /// A value that the proto does not have, by its number.
        case UNRECOGNIZED(Int)

        /// All values of the proto.
        package static var allCases: [Self] {
            [.unknown, .serving, .notServing, .serviceUnknown]
        }

        /// Makes `unknown`.
        package init() { self = .unknown }

        /// The value of a number.
        package init(rawValue: Int) {
            switch rawValue {
            case 0: self = .unknown
            case 1: self = .serving
            case 2: self = .notServing
            case 3: self = .serviceUnknown
            default: self = .UNRECOGNIZED(rawValue)
            }
        }

        /// The number of the value.
        package var rawValue: Int {
            switch self {
            case .unknown: 0
            case .serving: 1
            case .notServing: 2
            case .serviceUnknown: 3
            case .UNRECOGNIZED(let number): number
            }
        }

        /// Whether two values have the same number.
        package static func == (left: Self, right: Self) -> Bool {
            left.rawValue == right.rawValue
        }
    }
}

package struct Grpc_Health_V1_HealthListRequest: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "grpc.health.v1.HealthListRequest" }

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

package struct Grpc_Health_V1_HealthListResponse: ProtobufMessage {
    package var statuses: [String: Grpc_Health_V1_HealthCheckResponse] = [:]

    /// The type's full name.
    package static var protoMessageName: String { "grpc.health.v1.HealthListResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                let outer = try reader.enter()
                var key: String = ""
                var value: Grpc_Health_V1_HealthCheckResponse = Grpc_Health_V1_HealthCheckResponse()
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 18: try reader.message(&value)
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&statuses, key, value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        for (key, value) in ProtobufWriter.ordered(statuses) {
            let start = writer.open(10)
            writer.tag(10)
            writer.string(key)
            writer.message(18, value)
            writer.close(start)
        }
    }
}
