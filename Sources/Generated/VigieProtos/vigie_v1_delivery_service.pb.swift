// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/delivery_service.proto; do not edit.

package import ProtobufCoding

/// An endpoint to make.
package struct Vigie_V1_CreateEndpointRequest: ProtobufMessage {
    /// The name of the portfolio; empty for all.
    package var portfolio: String = ""

    /// Where messages are posted, such as https://hooks.example.com/vigie.
    package var url: String = ""

    /// Kinds of events; none for all.
    package var kinds: [String] = []

    /// What it is for: at most 2 KiB.
    package var note: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreateEndpointRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: url = try reader.string()
            case 26: try reader.strings(&kinds)
            case 34: note = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, url)
        writer.strings(26, kinds)
        writer.string(34, note)
    }
}

/// The endpoint that was made.
package struct Vigie_V1_CreateEndpointResponse: ProtobufMessage {
    /// The endpoint.
    package var endpoint: Vigie_V1_Endpoint {
        get { .only(_endpoint) }
        set { _endpoint = [newValue] }
    }
    /// Whether the message has `endpoint`.
    package var hasEndpoint: Bool { !_endpoint.isEmpty }
    /// Takes `endpoint` out of the message.
    package mutating func clearEndpoint() { _endpoint = [] }
    private var _endpoint: [Vigie_V1_Endpoint] = []

    /// What messages are signed with, as receivers need it: begins with whsec_.
    package var secret: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreateEndpointResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_endpoint)
            case 18: secret = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _endpoint)
        writer.string(18, secret)
    }
}

/// Which endpoints to list.
package struct Vigie_V1_ListEndpointsRequest: ProtobufMessage {
    /// The name of the portfolio; empty for those of all.
    package var portfolio: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListEndpointsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
    }
}

/// Endpoints.
package struct Vigie_V1_ListEndpointsResponse: ProtobufMessage {
    /// By their numbers.
    package var endpoints: [Vigie_V1_Endpoint] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListEndpointsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&endpoints)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, endpoints)
    }
}

/// What of an endpoint becomes another.
package struct Vigie_V1_ChangeEndpointRequest: ProtobufMessage {
    /// Its number.
    package var id: Int64 = 0

    /// Its new address.
    package var url: String {
        get { _url ?? "" }
        set { _url = newValue }
    }
    /// Whether the message has `url`.
    package var hasUrl: Bool { _url != nil }
    /// Takes `url` out of the message.
    package mutating func clearUrl() { _url = nil }
    private var _url: String?

    /// Its new kinds.
    package var kinds: Vigie_V1_EventKinds {
        get { .only(_kinds) }
        set { _kinds = [newValue] }
    }
    /// Whether the message has `kinds`.
    package var hasKinds: Bool { !_kinds.isEmpty }
    /// Takes `kinds` out of the message.
    package mutating func clearKinds() { _kinds = [] }
    private var _kinds: [Vigie_V1_EventKinds] = []

    /// Its new note.
    package var note: String {
        get { _note ?? "" }
        set { _note = newValue }
    }
    /// Whether the message has `note`.
    package var hasNote: Bool { _note != nil }
    /// Takes `note` out of the message.
    package mutating func clearNote() { _note = nil }
    private var _note: String?

    /// True has it go on, false pauses it.
    package var active: Bool {
        get { _active ?? false }
        set { _active = newValue }
    }
    /// Whether the message has `active`.
    package var hasActive: Bool { _active != nil }
    /// Takes `active` out of the message.
    package mutating func clearActive() { _active = nil }
    private var _active: Bool?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ChangeEndpointRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: id = try reader.int64()
            case 18: _url = try reader.string()
            case 26: try reader.boxed(&_kinds)
            case 34: _note = try reader.string()
            case 40: _active = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, id)
        if let value = _url {
            writer.tag(18)
            writer.string(value)
        }
        writer.messages(26, _kinds)
        if let value = _note {
            writer.tag(34)
            writer.string(value)
        }
        if let value = _active {
            writer.tag(40)
            writer.bool(value)
        }
    }
}

/// The endpoint as it is now.
package struct Vigie_V1_ChangeEndpointResponse: ProtobufMessage {
    /// The endpoint.
    package var endpoint: Vigie_V1_Endpoint {
        get { .only(_endpoint) }
        set { _endpoint = [newValue] }
    }
    /// Whether the message has `endpoint`.
    package var hasEndpoint: Bool { !_endpoint.isEmpty }
    /// Takes `endpoint` out of the message.
    package mutating func clearEndpoint() { _endpoint = [] }
    private var _endpoint: [Vigie_V1_Endpoint] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ChangeEndpointResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_endpoint)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _endpoint)
    }
}

/// Whose secret is changed.
package struct Vigie_V1_RotateSecretRequest: ProtobufMessage {
    /// The number of the endpoint.
    package var id: Int64 = 0

    /// For how many seconds the secret before signs, too: at most 2,678,400. 0 ends
    /// it at once.
    package var keepSeconds: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RotateSecretRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: id = try reader.int64()
            case 16: keepSeconds = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, id)
        writer.int64(16, keepSeconds)
    }
}

/// The new secret.
package struct Vigie_V1_RotateSecretResponse: ProtobufMessage {
    /// The endpoint.
    package var endpoint: Vigie_V1_Endpoint {
        get { .only(_endpoint) }
        set { _endpoint = [newValue] }
    }
    /// Whether the message has `endpoint`.
    package var hasEndpoint: Bool { !_endpoint.isEmpty }
    /// Takes `endpoint` out of the message.
    package mutating func clearEndpoint() { _endpoint = [] }
    private var _endpoint: [Vigie_V1_Endpoint] = []

    /// What messages are signed with from now on.
    package var secret: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RotateSecretResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_endpoint)
            case 18: secret = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _endpoint)
        writer.string(18, secret)
    }
}

/// Which endpoint ends.
package struct Vigie_V1_DeleteEndpointRequest: ProtobufMessage {
    /// Its number.
    package var id: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DeleteEndpointRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: id = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, id)
    }
}

/// It ended.
package struct Vigie_V1_DeleteEndpointResponse: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DeleteEndpointResponse" }

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

/// Which endpoint is tried out.
package struct Vigie_V1_TestEndpointRequest: ProtobufMessage {
    /// Its number.
    package var id: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TestEndpointRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: id = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, id)
    }
}

/// What came of a trial.
package struct Vigie_V1_TestEndpointResponse: ProtobufMessage {
    /// What came of it.
    package var result: Vigie_V1_TrialResult {
        get { .only(_result) }
        set { _result = [newValue] }
    }
    /// Whether the message has `result`.
    package var hasResult: Bool { !_result.isEmpty }
    /// Takes `result` out of the message.
    package mutating func clearResult() { _result = [] }
    private var _result: [Vigie_V1_TrialResult] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TestEndpointResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_result)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _result)
    }
}

/// Somebody to tell by mail.
package struct Vigie_V1_CreateMailSubscriptionRequest: ProtobufMessage {
    /// The name of the portfolio; empty for all.
    package var portfolio: String = ""

    /// The address of mail, such as credit@example.com.
    package var address: String = ""

    /// The language of the mail: fr or en. Empty means en.
    package var language: String = ""

    /// How soon.
    package var pace: Vigie_V1_MailPace = Vigie_V1_MailPace()

    /// Kinds of events; none for all.
    package var kinds: [String] = []

    /// What it is for: at most 2 KiB.
    package var note: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreateMailSubscriptionRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: address = try reader.string()
            case 26: language = try reader.string()
            case 32: pace = Vigie_V1_MailPace(rawValue: try reader.enumeration())
            case 42: try reader.strings(&kinds)
            case 50: note = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, address)
        writer.string(26, language)
        writer.enumeration(32, pace.rawValue)
        writer.strings(42, kinds)
        writer.string(50, note)
    }
}

/// The subscription that was made.
package struct Vigie_V1_CreateMailSubscriptionResponse: ProtobufMessage {
    /// The subscription.
    package var subscription: Vigie_V1_MailSubscription {
        get { .only(_subscription) }
        set { _subscription = [newValue] }
    }
    /// Whether the message has `subscription`.
    package var hasSubscription: Bool { !_subscription.isEmpty }
    /// Takes `subscription` out of the message.
    package mutating func clearSubscription() { _subscription = [] }
    private var _subscription: [Vigie_V1_MailSubscription] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreateMailSubscriptionResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_subscription)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _subscription)
    }
}

/// Which subscriptions to list.
package struct Vigie_V1_ListMailSubscriptionsRequest: ProtobufMessage {
    /// The name of the portfolio; empty for those of all.
    package var portfolio: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListMailSubscriptionsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
    }
}

/// Subscriptions.
package struct Vigie_V1_ListMailSubscriptionsResponse: ProtobufMessage {
    /// By their numbers.
    package var subscriptions: [Vigie_V1_MailSubscription] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListMailSubscriptionsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&subscriptions)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, subscriptions)
    }
}

/// What of a subscription becomes another.
package struct Vigie_V1_ChangeMailSubscriptionRequest: ProtobufMessage {
    /// Its number.
    package var id: Int64 = 0

    /// Its new address.
    package var address: String {
        get { _address ?? "" }
        set { _address = newValue }
    }
    /// Whether the message has `address`.
    package var hasAddress: Bool { _address != nil }
    /// Takes `address` out of the message.
    package mutating func clearAddress() { _address = nil }
    private var _address: String?

    /// Its new language.
    package var language: String {
        get { _language ?? "" }
        set { _language = newValue }
    }
    /// Whether the message has `language`.
    package var hasLanguage: Bool { _language != nil }
    /// Takes `language` out of the message.
    package mutating func clearLanguage() { _language = nil }
    private var _language: String?

    /// How soon from now on; unspecified leaves it.
    package var pace: Vigie_V1_MailPace = Vigie_V1_MailPace()

    /// Its new kinds.
    package var kinds: Vigie_V1_EventKinds {
        get { .only(_kinds) }
        set { _kinds = [newValue] }
    }
    /// Whether the message has `kinds`.
    package var hasKinds: Bool { !_kinds.isEmpty }
    /// Takes `kinds` out of the message.
    package mutating func clearKinds() { _kinds = [] }
    private var _kinds: [Vigie_V1_EventKinds] = []

    /// Its new note.
    package var note: String {
        get { _note ?? "" }
        set { _note = newValue }
    }
    /// Whether the message has `note`.
    package var hasNote: Bool { _note != nil }
    /// Takes `note` out of the message.
    package mutating func clearNote() { _note = nil }
    private var _note: String?

    /// True has it go on, false pauses it.
    package var active: Bool {
        get { _active ?? false }
        set { _active = newValue }
    }
    /// Whether the message has `active`.
    package var hasActive: Bool { _active != nil }
    /// Takes `active` out of the message.
    package mutating func clearActive() { _active = nil }
    private var _active: Bool?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ChangeMailSubscriptionRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: id = try reader.int64()
            case 18: _address = try reader.string()
            case 26: _language = try reader.string()
            case 32: pace = Vigie_V1_MailPace(rawValue: try reader.enumeration())
            case 42: try reader.boxed(&_kinds)
            case 50: _note = try reader.string()
            case 56: _active = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, id)
        if let value = _address {
            writer.tag(18)
            writer.string(value)
        }
        if let value = _language {
            writer.tag(26)
            writer.string(value)
        }
        writer.enumeration(32, pace.rawValue)
        writer.messages(42, _kinds)
        if let value = _note {
            writer.tag(50)
            writer.string(value)
        }
        if let value = _active {
            writer.tag(56)
            writer.bool(value)
        }
    }
}

/// The subscription as it is now.
package struct Vigie_V1_ChangeMailSubscriptionResponse: ProtobufMessage {
    /// The subscription.
    package var subscription: Vigie_V1_MailSubscription {
        get { .only(_subscription) }
        set { _subscription = [newValue] }
    }
    /// Whether the message has `subscription`.
    package var hasSubscription: Bool { !_subscription.isEmpty }
    /// Takes `subscription` out of the message.
    package mutating func clearSubscription() { _subscription = [] }
    private var _subscription: [Vigie_V1_MailSubscription] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ChangeMailSubscriptionResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_subscription)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _subscription)
    }
}

/// Which subscription ends.
package struct Vigie_V1_DeleteMailSubscriptionRequest: ProtobufMessage {
    /// Its number.
    package var id: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DeleteMailSubscriptionRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: id = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, id)
    }
}

/// It ended.
package struct Vigie_V1_DeleteMailSubscriptionResponse: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DeleteMailSubscriptionResponse" }

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

/// Which subscription is tried out.
package struct Vigie_V1_TestMailSubscriptionRequest: ProtobufMessage {
    /// Its number.
    package var id: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TestMailSubscriptionRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: id = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, id)
    }
}

/// What came of a trial.
package struct Vigie_V1_TestMailSubscriptionResponse: ProtobufMessage {
    /// What came of it.
    package var result: Vigie_V1_TrialResult {
        get { .only(_result) }
        set { _result = [newValue] }
    }
    /// Whether the message has `result`.
    package var hasResult: Bool { !_result.isEmpty }
    /// Takes `result` out of the message.
    package mutating func clearResult() { _result = [] }
    private var _result: [Vigie_V1_TrialResult] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TestMailSubscriptionResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_result)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _result)
    }
}

/// Whose messages to list.
package struct Vigie_V1_ListDeliveriesRequest: ProtobufMessage {
    /// The number of the endpoint or the mail subscription.
    package var id: Int64 = 0

    /// Most messages of a page: at most 1,000. 0 leaves the choice to the server.
    package var pageSize: Int32 = 0

    /// The token that the page before gave; empty for the first page.
    package var pageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListDeliveriesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: id = try reader.int64()
            case 16: pageSize = try reader.int32()
            case 26: pageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, id)
        writer.int32(16, pageSize)
        writer.string(26, pageToken)
    }
}

/// Messages.
package struct Vigie_V1_ListDeliveriesResponse: ProtobufMessage {
    /// The last one first.
    package var deliveries: [Vigie_V1_Delivery] = []

    /// The token of the next page; empty on the last.
    package var nextPageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListDeliveriesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&deliveries)
            case 18: nextPageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, deliveries)
        writer.string(18, nextPageToken)
    }
}

/// Which message is sent again.
package struct Vigie_V1_RedeliverDeliveryRequest: ProtobufMessage {
    /// Its number.
    package var number: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RedeliverDeliveryRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: number = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, number)
    }
}

/// The message as it is now.
package struct Vigie_V1_RedeliverDeliveryResponse: ProtobufMessage {
    /// The message.
    package var delivery: Vigie_V1_Delivery {
        get { .only(_delivery) }
        set { _delivery = [newValue] }
    }
    /// Whether the message has `delivery`.
    package var hasDelivery: Bool { !_delivery.isEmpty }
    /// Takes `delivery` out of the message.
    package mutating func clearDelivery() { _delivery = [] }
    private var _delivery: [Vigie_V1_Delivery] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RedeliverDeliveryResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_delivery)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _delivery)
    }
}
