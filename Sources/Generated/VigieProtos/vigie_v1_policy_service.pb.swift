// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/policy_service.proto; do not edit.

package import ProtobufCoding

/// Asks for a page of policies.
package struct Vigie_V1_ListPoliciesRequest: ProtobufMessage {
    /// Most versions to return. 0 means 100, which is also the most.
    package var pageSize: Int32 = 0

    /// Token of the page to return, from an earlier response. Empty for the first.
    package var pageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListPoliciesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: pageSize = try reader.int32()
            case 18: pageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int32(8, pageSize)
        writer.string(18, pageToken)
    }
}

/// A page of policies.
package struct Vigie_V1_ListPoliciesResponse: ProtobufMessage {
    /// The versions.
    package var policies: [Vigie_V1_PolicySummary] = []

    /// Token of the next page. Empty when this is the last.
    package var nextPageToken: String = ""

    /// What on the shelf cannot be used, a sentence each. On the first page only.
    package var problems: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListPoliciesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&policies)
            case 18: nextPageToken = try reader.string()
            case 26: try reader.strings(&problems)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, policies)
        writer.string(18, nextPageToken)
        writer.strings(26, problems)
    }
}

/// Asks for one version.
package struct Vigie_V1_DescribePolicyRequest: ProtobufMessage {
    /// The policy: "name@version" or "name".
    package var policy: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribePolicyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: policy = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, policy)
    }
}

/// One version.
package struct Vigie_V1_DescribePolicyResponse: ProtobufMessage {
    /// The version.
    package var policy: Vigie_V1_PolicyDescription {
        get { .only(_policy) }
        set { _policy = [newValue] }
    }
    /// Whether the message has `policy`.
    package var hasPolicy: Bool { !_policy.isEmpty }
    /// Takes `policy` out of the message.
    package mutating func clearPolicy() { _policy = [] }
    private var _policy: [Vigie_V1_PolicyDescription] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribePolicyResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_policy)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _policy)
    }
}

/// Asks for a look at a version.
package struct Vigie_V1_CheckPolicyRequest: ProtobufMessage {
    /// The policy: "name@version" or "name".
    package var policy: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CheckPolicyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: policy = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, policy)
    }
}

/// What a look at a version has found.
package struct Vigie_V1_CheckPolicyResponse: ProtobufMessage {
    /// The version.
    package var policy: Vigie_V1_PolicySummary {
        get { .only(_policy) }
        set { _policy = [newValue] }
    }
    /// Whether the message has `policy`.
    package var hasPolicy: Bool { !_policy.isEmpty }
    /// Takes `policy` out of the message.
    package mutating func clearPolicy() { _policy = [] }
    private var _policy: [Vigie_V1_PolicySummary] = []

    /// What was found.
    package var check: Vigie_V1_PolicyCheck {
        get { .only(_check) }
        set { _check = [newValue] }
    }
    /// Whether the message has `check`.
    package var hasCheck: Bool { !_check.isEmpty }
    /// Takes `check` out of the message.
    package mutating func clearCheck() { _check = [] }
    private var _check: [Vigie_V1_PolicyCheck] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CheckPolicyResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_policy)
            case 18: try reader.boxed(&_check)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _policy)
        writer.messages(18, _check)
    }
}

/// Asks for what is otherwise in another version.
package struct Vigie_V1_DiffPoliciesRequest: ProtobufMessage {
    /// The policy as it was: "name@version" or "name".
    package var before: String = ""

    /// The policy as it is to be.
    package var after: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DiffPoliciesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: self.before = try reader.string()
            case 18: after = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, self.before)
        writer.string(18, after)
    }
}

/// What is otherwise in another version.
package struct Vigie_V1_DiffPoliciesResponse: ProtobufMessage {
    /// The policy as it was.
    package var before: Vigie_V1_PolicySummary {
        get { .only(_before) }
        set { _before = [newValue] }
    }
    /// Whether the message has `before`.
    package var hasBefore: Bool { !_before.isEmpty }
    /// Takes `before` out of the message.
    package mutating func clearBefore() { _before = [] }
    private var _before: [Vigie_V1_PolicySummary] = []

    /// The policy as it is to be.
    package var after: Vigie_V1_PolicySummary {
        get { .only(_after) }
        set { _after = [newValue] }
    }
    /// Whether the message has `after`.
    package var hasAfter: Bool { !_after.isEmpty }
    /// Takes `after` out of the message.
    package mutating func clearAfter() { _after = [] }
    private var _after: [Vigie_V1_PolicySummary] = []

    /// What is otherwise.
    package var changes: Vigie_V1_PolicyChanges {
        get { .only(_changes) }
        set { _changes = [newValue] }
    }
    /// Whether the message has `changes`.
    package var hasChanges: Bool { !_changes.isEmpty }
    /// Takes `changes` out of the message.
    package mutating func clearChanges() { _changes = [] }
    private var _changes: [Vigie_V1_PolicyChanges] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DiffPoliciesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_before)
            case 18: try reader.boxed(&_after)
            case 26: try reader.boxed(&_changes)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _before)
        writer.messages(18, _after)
        writer.messages(26, _changes)
    }
}

/// One message of a stream of companies.
package struct Vigie_V1_SimulatePoliciesRequest: ProtobufMessage {
    /// The first message of the stream, and only the first.
    package var header: Vigie_V1_SimulatePoliciesHeader {
        get {
            if case .header(let value)? = message { return value }
            return Vigie_V1_SimulatePoliciesHeader()
        }
        set { message = .header(newValue) }
    }

    /// Companies to decide on.
    package var companies: Vigie_V1_SimulatedCompanies {
        get {
            if case .companies(let value)? = message { return value }
            return Vigie_V1_SimulatedCompanies()
        }
        set { message = .companies(newValue) }
    }

    /// Header first, then companies.
    package var message: OneOf_Message?

    /// Header first, then companies.
    package indirect enum OneOf_Message: Sendable {
        /// The first message of the stream, and only the first.
        case header(Vigie_V1_SimulatePoliciesHeader)
        /// Companies to decide on.
        case companies(Vigie_V1_SimulatedCompanies)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SimulatePoliciesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_SimulatePoliciesHeader()
                if case .header(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .header(value)
            case 18:
                var value = Vigie_V1_SimulatedCompanies()
                if case .companies(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .companies(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .header(let value)? = message {
            writer.message(10, value)
        }
        if case .companies(let value)? = message {
            writer.message(18, value)
        }
    }
}

/// What two policies come to.
package struct Vigie_V1_SimulatePoliciesResponse: ProtobufMessage {
    /// The policy as it is.
    package var before: Vigie_V1_PolicySummary {
        get { .only(_before) }
        set { _before = [newValue] }
    }
    /// Whether the message has `before`.
    package var hasBefore: Bool { !_before.isEmpty }
    /// Takes `before` out of the message.
    package mutating func clearBefore() { _before = [] }
    private var _before: [Vigie_V1_PolicySummary] = []

    /// The policy as it is to be.
    package var after: Vigie_V1_PolicySummary {
        get { .only(_after) }
        set { _after = [newValue] }
    }
    /// Whether the message has `after`.
    package var hasAfter: Bool { !_after.isEmpty }
    /// Takes `after` out of the message.
    package mutating func clearAfter() { _after = [] }
    private var _after: [Vigie_V1_PolicySummary] = []

    /// What came out.
    package var simulation: Vigie_V1_PolicySimulation {
        get { .only(_simulation) }
        set { _simulation = [newValue] }
    }
    /// Whether the message has `simulation`.
    package var hasSimulation: Bool { !_simulation.isEmpty }
    /// Takes `simulation` out of the message.
    package mutating func clearSimulation() { _simulation = [] }
    private var _simulation: [Vigie_V1_PolicySimulation] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SimulatePoliciesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_before)
            case 18: try reader.boxed(&_after)
            case 26: try reader.boxed(&_simulation)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _before)
        writer.messages(18, _after)
        writer.messages(26, _simulation)
    }
}

/// Asks for the files of a version.
package struct Vigie_V1_DownloadPolicyRequest: ProtobufMessage {
    /// The policy: "name@version" or "name".
    package var policy: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DownloadPolicyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: policy = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, policy)
    }
}

/// One message of a stream of files.
package struct Vigie_V1_DownloadPolicyResponse: ProtobufMessage {
    /// The version: the first message of the stream, and only the first.
    package var policy: Vigie_V1_PolicySummary {
        get {
            if case .policy(let value)? = message { return value }
            return Vigie_V1_PolicySummary()
        }
        set { message = .policy(newValue) }
    }

    /// A part of a file.
    package var part: Vigie_V1_PolicyFilePart {
        get {
            if case .part(let value)? = message { return value }
            return Vigie_V1_PolicyFilePart()
        }
        set { message = .part(newValue) }
    }

    /// The version first, then parts of files.
    package var message: OneOf_Message?

    /// The version first, then parts of files.
    package indirect enum OneOf_Message: Sendable {
        /// The version: the first message of the stream, and only the first.
        case policy(Vigie_V1_PolicySummary)
        /// A part of a file.
        case part(Vigie_V1_PolicyFilePart)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DownloadPolicyResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_PolicySummary()
                if case .policy(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .policy(value)
            case 18:
                var value = Vigie_V1_PolicyFilePart()
                if case .part(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .part(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .policy(let value)? = message {
            writer.message(10, value)
        }
        if case .part(let value)? = message {
            writer.message(18, value)
        }
    }
}

/// One message of a stream of files.
package struct Vigie_V1_UploadPolicyRequest: ProtobufMessage {
    /// The first message of the stream, and only the first.
    package var header: Vigie_V1_UploadPolicyHeader {
        get {
            if case .header(let value)? = message { return value }
            return Vigie_V1_UploadPolicyHeader()
        }
        set { message = .header(newValue) }
    }

    /// A part of a file.
    package var part: Vigie_V1_PolicyFilePart {
        get {
            if case .part(let value)? = message { return value }
            return Vigie_V1_PolicyFilePart()
        }
        set { message = .part(newValue) }
    }

    /// Header first, then parts of files.
    package var message: OneOf_Message?

    /// Header first, then parts of files.
    package indirect enum OneOf_Message: Sendable {
        /// The first message of the stream, and only the first.
        case header(Vigie_V1_UploadPolicyHeader)
        /// A part of a file.
        case part(Vigie_V1_PolicyFilePart)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UploadPolicyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_UploadPolicyHeader()
                if case .header(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .header(value)
            case 18:
                var value = Vigie_V1_PolicyFilePart()
                if case .part(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .part(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .header(let value)? = message {
            writer.message(10, value)
        }
        if case .part(let value)? = message {
            writer.message(18, value)
        }
    }
}

/// What is done with the files.
package struct Vigie_V1_UploadPolicyHeader: ProtobufMessage {
    /// Whether they are only checked: nothing is kept, and nobody has to say who
    /// calls.
    package var checkOnly: Bool = false

    /// The content hash that has to come out, in lower-case hexadecimal. Empty for
    /// any.
    package var contentHash: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UploadPolicyHeader" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: checkOnly = try reader.bool()
            case 18: contentHash = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.bool(8, checkOnly)
        writer.string(18, contentHash)
    }
}

/// A part of a file.
package struct Vigie_V1_PolicyFilePart: ProtobufMessage {
    /// The path of the file within the policy, such as "policy.dmn" or
    /// "tables/sectors.csv". In every part.
    package var path: String = ""

    /// Where in the file the part begins, in bytes: behind the part before.
    package var offsetBytes: UInt64 = 0

    /// The bytes, at most 1 MiB.
    package var content: [UInt8] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyFilePart" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: path = try reader.string()
            case 16: offsetBytes = try reader.uint64()
            case 26: content = try reader.bytes()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, path)
        writer.uint64(16, offsetBytes)
        writer.bytes(26, content)
    }
}

/// What became of the files.
package struct Vigie_V1_UploadPolicyResponse: ProtobufMessage {
    /// The version.
    package var policy: Vigie_V1_PolicySummary {
        get { .only(_policy) }
        set { _policy = [newValue] }
    }
    /// Whether the message has `policy`.
    package var hasPolicy: Bool { !_policy.isEmpty }
    /// Takes `policy` out of the message.
    package mutating func clearPolicy() { _policy = [] }
    private var _policy: [Vigie_V1_PolicySummary] = []

    /// What a look at it has found.
    package var check: Vigie_V1_PolicyCheck {
        get { .only(_check) }
        set { _check = [newValue] }
    }
    /// Whether the message has `check`.
    package var hasCheck: Bool { !_check.isEmpty }
    /// Takes `check` out of the message.
    package mutating func clearCheck() { _check = [] }
    private var _check: [Vigie_V1_PolicyCheck] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UploadPolicyResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_policy)
            case 18: try reader.boxed(&_check)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _policy)
        writer.messages(18, _check)
    }
}

/// Asks for a version to hold.
package struct Vigie_V1_ActivatePolicyRequest: ProtobufMessage {
    /// The policy: "name@version", or "name" where there is but one version.
    package var policy: String = ""

    /// The content hash that it has. Empty for whatever it is.
    package var contentHash: String = ""

    /// The first day, as YYYY-MM-DD. Empty for today, or for the first day of the
    /// policy if that is later. A day that is over is taken only as long as no
    /// version has ever held.
    package var fromDate: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ActivatePolicyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: policy = try reader.string()
            case 18: contentHash = try reader.string()
            case 26: fromDate = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, policy)
        writer.string(18, contentHash)
        writer.string(26, fromDate)
    }
}

/// Where the policy stands.
package struct Vigie_V1_ActivatePolicyResponse: ProtobufMessage {
    /// The version.
    package var policy: Vigie_V1_PolicySummary {
        get { .only(_policy) }
        set { _policy = [newValue] }
    }
    /// Whether the message has `policy`.
    package var hasPolicy: Bool { !_policy.isEmpty }
    /// Takes `policy` out of the message.
    package mutating func clearPolicy() { _policy = [] }
    private var _policy: [Vigie_V1_PolicySummary] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ActivatePolicyResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_policy)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _policy)
    }
}

/// Agrees that a version holds.
package struct Vigie_V1_ApprovePolicyRequest: ProtobufMessage {
    /// The policy: "name@version", or "name" where there is but one version.
    package var policy: String = ""

    /// The content hash that it has. Empty for whatever it is.
    package var contentHash: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ApprovePolicyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: policy = try reader.string()
            case 18: contentHash = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, policy)
        writer.string(18, contentHash)
    }
}

/// Where the policy stands.
package struct Vigie_V1_ApprovePolicyResponse: ProtobufMessage {
    /// The version.
    package var policy: Vigie_V1_PolicySummary {
        get { .only(_policy) }
        set { _policy = [newValue] }
    }
    /// Whether the message has `policy`.
    package var hasPolicy: Bool { !_policy.isEmpty }
    /// Takes `policy` out of the message.
    package mutating func clearPolicy() { _policy = [] }
    private var _policy: [Vigie_V1_PolicySummary] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ApprovePolicyResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_policy)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _policy)
    }
}

/// Takes back what was asked for or agreed to.
package struct Vigie_V1_WithdrawPolicyRequest: ProtobufMessage {
    /// The policy: "name@version", or "name" where there is but one version.
    package var policy: String = ""

    /// Why.
    package var reason: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.WithdrawPolicyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: policy = try reader.string()
            case 18: reason = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, policy)
        writer.string(18, reason)
    }
}

/// Where the policy stands.
package struct Vigie_V1_WithdrawPolicyResponse: ProtobufMessage {
    /// The version.
    package var policy: Vigie_V1_PolicySummary {
        get { .only(_policy) }
        set { _policy = [newValue] }
    }
    /// Whether the message has `policy`.
    package var hasPolicy: Bool { !_policy.isEmpty }
    /// Takes `policy` out of the message.
    package mutating func clearPolicy() { _policy = [] }
    private var _policy: [Vigie_V1_PolicySummary] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.WithdrawPolicyResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_policy)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _policy)
    }
}

/// Goes back to the version before.
package struct Vigie_V1_RollBackPolicyRequest: ProtobufMessage {
    /// The name of the policy, without a version.
    package var name: String = ""

    /// Why.
    package var reason: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RollBackPolicyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: reason = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, reason)
    }
}

/// Where the policy stands.
package struct Vigie_V1_RollBackPolicyResponse: ProtobufMessage {
    /// The version that holds now.
    package var policy: Vigie_V1_PolicySummary {
        get { .only(_policy) }
        set { _policy = [newValue] }
    }
    /// Whether the message has `policy`.
    package var hasPolicy: Bool { !_policy.isEmpty }
    /// Takes `policy` out of the message.
    package mutating func clearPolicy() { _policy = [] }
    private var _policy: [Vigie_V1_PolicySummary] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RollBackPolicyResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_policy)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _policy)
    }
}

/// Stops a policy.
package struct Vigie_V1_StopPolicyRequest: ProtobufMessage {
    /// The name of the policy, without a version.
    package var name: String = ""

    /// Why.
    package var reason: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StopPolicyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: reason = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, reason)
    }
}

/// What became of it.
package struct Vigie_V1_StopPolicyResponse: ProtobufMessage {
    /// What was done with the policy, in order.
    package var records: [Vigie_V1_PolicyRecord] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StopPolicyResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&records)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, records)
    }
}
