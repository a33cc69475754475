// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/delivery.proto; do not edit.

package import ProtobufCoding

/// Where an endpoint or a mail subscription stands.
package enum Vigie_V1_TargetState: Sendable, Equatable {
    /// Never told.
    case unspecified
    /// Messages are sent.
    case active
    /// None are: somebody said so, or a message found no try left.
    case paused
    /// None are: the receiver said that it wants none.
    case disabled
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .active, .paused, .disabled]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .active
        case 2: self = .paused
        case 3: self = .disabled
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .active: 1
        case .paused: 2
        case .disabled: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// How soon mail is sent.
package enum Vigie_V1_MailPace: Sendable, Equatable {
    /// Same as MAIL_PACE_DAILY.
    case unspecified
    /// At once: what happens together is one mail.
    case atOnce
    /// At each full hour in which something happened.
    case hourly
    /// Each day at six, in UTC, on which something happened.
    case daily
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .atOnce, .hourly, .daily]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .atOnce
        case 2: self = .hourly
        case 3: self = .daily
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .atOnce: 1
        case .hourly: 2
        case .daily: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Where a message stands.
package enum Vigie_V1_DeliveryState: Sendable, Equatable {
    /// Never told.
    case unspecified
    /// It is to be sent, again maybe.
    case waiting
    /// It is being sent.
    case underWay
    /// It was taken.
    case delivered
    /// No try is left: it is kept until somebody has it sent again.
    case kept
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .waiting, .underWay, .delivered, .kept]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .waiting
        case 2: self = .underWay
        case 3: self = .delivered
        case 4: self = .kept
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .waiting: 1
        case .underWay: 2
        case .delivered: 3
        case .kept: 4
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// An endpoint of webhooks.
package struct Vigie_V1_Endpoint: ProtobufMessage {
    /// Its number.
    package var id: Int64 = 0

    /// The name of the portfolio; empty for all.
    package var portfolio: String = ""

    /// Where messages are posted.
    package var url: String = ""

    /// Kinds of events, such as alert.raised, or alert.* for all that begin so; none
    /// for all.
    package var kinds: [String] = []

    /// What it is for.
    package var note: String = ""

    /// Where it stands.
    package var state: Vigie_V1_TargetState = Vigie_V1_TargetState()

    /// When it was made, in microseconds since 1970-01-01 in UTC.
    package var createdAtMicroseconds: Int64 = 0

    /// Who made it; empty where the server does not tell callers apart.
    package var createdBy: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.Endpoint" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: id = try reader.int64()
            case 18: portfolio = try reader.string()
            case 26: url = try reader.string()
            case 34: try reader.strings(&kinds)
            case 42: note = try reader.string()
            case 48: state = Vigie_V1_TargetState(rawValue: try reader.enumeration())
            case 56: createdAtMicroseconds = try reader.int64()
            case 66: createdBy = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, id)
        writer.string(18, portfolio)
        writer.string(26, url)
        writer.strings(34, kinds)
        writer.string(42, note)
        writer.enumeration(48, state.rawValue)
        writer.int64(56, createdAtMicroseconds)
        writer.string(66, createdBy)
    }
}

/// Somebody who is told by mail.
package struct Vigie_V1_MailSubscription: ProtobufMessage {
    /// Its number.
    package var id: Int64 = 0

    /// The name of the portfolio; empty for all.
    package var portfolio: String = ""

    /// The address of mail.
    package var address: String = ""

    /// The language of the mail: fr or en.
    package var language: String = ""

    /// How soon.
    package var pace: Vigie_V1_MailPace = Vigie_V1_MailPace()

    /// Kinds of events, as of endpoints.
    package var kinds: [String] = []

    /// What it is for.
    package var note: String = ""

    /// Where it stands.
    package var state: Vigie_V1_TargetState = Vigie_V1_TargetState()

    /// When it was made, in microseconds since 1970-01-01 in UTC.
    package var createdAtMicroseconds: Int64 = 0

    /// Who made it; empty where the server does not tell callers apart.
    package var createdBy: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.MailSubscription" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: id = try reader.int64()
            case 18: portfolio = try reader.string()
            case 26: address = try reader.string()
            case 34: language = try reader.string()
            case 40: pace = Vigie_V1_MailPace(rawValue: try reader.enumeration())
            case 50: try reader.strings(&kinds)
            case 58: note = try reader.string()
            case 64: state = Vigie_V1_TargetState(rawValue: try reader.enumeration())
            case 72: createdAtMicroseconds = try reader.int64()
            case 82: createdBy = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, id)
        writer.string(18, portfolio)
        writer.string(26, address)
        writer.string(34, language)
        writer.enumeration(40, pace.rawValue)
        writer.strings(50, kinds)
        writer.string(58, note)
        writer.enumeration(64, state.rawValue)
        writer.int64(72, createdAtMicroseconds)
        writer.string(82, createdBy)
    }
}

/// A message.
package struct Vigie_V1_Delivery: ProtobufMessage {
    /// Its number.
    package var number: Int64 = 0

    /// What its receiver knows it by: webhook-id, or what stands before @ in
    /// Message-ID.
    package var identifier: String = ""

    /// The first event that it tells of, by its number in the stream.
    package var firstEvent: Int64 = 0

    /// The last one.
    package var lastEvent: Int64 = 0

    /// Where it stands.
    package var state: Vigie_V1_DeliveryState = Vigie_V1_DeliveryState()

    /// Tries that are over.
    package var tries: Int32 = 0

    /// When it is sent next, in microseconds since 1970-01-01 in UTC; 0 for never.
    package var nextAtMicroseconds: Int64 = 0

    /// The last status that came: of HTTP, or of a relay. 0 for none.
    package var lastStatus: Int32 = 0

    /// Why none came, as a constant for programs, such as too_slow.
    package var lastProblem: String = ""

    /// When the last try was over, in microseconds since 1970-01-01 in UTC; 0 for
    /// none.
    package var answeredAtMicroseconds: Int64 = 0

    /// When it was made, in microseconds since 1970-01-01 in UTC.
    package var createdAtMicroseconds: Int64 = 0

    /// How often it was sent again because nobody knew what had come of it.
    package var repeats: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.Delivery" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: number = try reader.int64()
            case 18: identifier = try reader.string()
            case 24: firstEvent = try reader.int64()
            case 32: lastEvent = try reader.int64()
            case 40: state = Vigie_V1_DeliveryState(rawValue: try reader.enumeration())
            case 48: tries = try reader.int32()
            case 56: nextAtMicroseconds = try reader.int64()
            case 64: lastStatus = try reader.int32()
            case 74: lastProblem = try reader.string()
            case 80: answeredAtMicroseconds = try reader.int64()
            case 88: createdAtMicroseconds = try reader.int64()
            case 96: repeats = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, number)
        writer.string(18, identifier)
        writer.int64(24, firstEvent)
        writer.int64(32, lastEvent)
        writer.enumeration(40, state.rawValue)
        writer.int32(48, tries)
        writer.int64(56, nextAtMicroseconds)
        writer.int32(64, lastStatus)
        writer.string(74, lastProblem)
        writer.int64(80, answeredAtMicroseconds)
        writer.int64(88, createdAtMicroseconds)
        writer.int32(96, repeats)
    }
}

/// Kinds of events, as a whole.
package struct Vigie_V1_EventKinds: ProtobufMessage {
    /// The kinds; none for all.
    package var kinds: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.EventKinds" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.strings(&kinds)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.strings(10, kinds)
    }
}

/// What came of a trial.
package struct Vigie_V1_TrialResult: ProtobufMessage {
    /// Whether the receiver took the message.
    package var taken: Bool = false

    /// The status that came: of HTTP, or of a relay. 0 for none.
    package var status: Int32 = 0

    /// Why none came, as a constant for programs, such as too_slow.
    package var problem: String = ""

    /// How long it took, in milliseconds.
    package var durationMilliseconds: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TrialResult" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: taken = try reader.bool()
            case 16: status = try reader.int32()
            case 26: problem = try reader.string()
            case 32: durationMilliseconds = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.bool(8, taken)
        writer.int32(16, status)
        writer.string(26, problem)
        writer.int64(32, durationMilliseconds)
    }
}
