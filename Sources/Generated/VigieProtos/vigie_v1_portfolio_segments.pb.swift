// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/portfolio_segments.proto; do not edit.

package import ProtobufCoding

/// A segment of a portfolio.
package struct Vigie_V1_Segment: ProtobufMessage {
    /// Its name, which no other one of the portfolio has: 1 to 128 bytes.
    package var name: String = ""

    /// What it is for: at most 2,048 bytes.
    package var note: String = ""

    /// The condition, in FEEL, such as `exposure_quantile >= 0.9 and class >= 7`. Where a
    /// value that it needs is not known, a company is neither in the segment nor out.
    package var condition: String = ""

    /// Who wrote it; empty where the server does not tell callers apart. Not read.
    package var changedBy: String = ""

    /// When, in microseconds since 1970-01-01 in UTC. Not read.
    package var changedAtMicroseconds: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.Segment" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: note = try reader.string()
            case 26: condition = try reader.string()
            case 34: changedBy = try reader.string()
            case 40: changedAtMicroseconds = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, note)
        writer.string(26, condition)
        writer.string(34, changedBy)
        writer.int64(40, changedAtMicroseconds)
    }
}

/// A segment to be kept, in the place of one of its name.
package struct Vigie_V1_PutSegmentRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The segment.
    package var segment: Vigie_V1_Segment {
        get { .only(_segment) }
        set { _segment = [newValue] }
    }
    /// Whether the message has `segment`.
    package var hasSegment: Bool { !_segment.isEmpty }
    /// Takes `segment` out of the message.
    package mutating func clearSegment() { _segment = [] }
    private var _segment: [Vigie_V1_Segment] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PutSegmentRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.boxed(&_segment)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.messages(18, _segment)
    }
}

/// The segment as it is kept.
package struct Vigie_V1_PutSegmentResponse: ProtobufMessage {
    /// The segment.
    package var segment: Vigie_V1_Segment {
        get { .only(_segment) }
        set { _segment = [newValue] }
    }
    /// Whether the message has `segment`.
    package var hasSegment: Bool { !_segment.isEmpty }
    /// Takes `segment` out of the message.
    package mutating func clearSegment() { _segment = [] }
    private var _segment: [Vigie_V1_Segment] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PutSegmentResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_segment)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _segment)
    }
}

/// Asks for the segments of a portfolio.
package struct Vigie_V1_ListSegmentsRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListSegmentsRequest" }

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

/// The segments of a portfolio.
package struct Vigie_V1_ListSegmentsResponse: ProtobufMessage {
    /// By their names.
    package var segments: [Vigie_V1_Segment] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListSegmentsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&segments)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, segments)
    }
}

/// Which segment ends.
package struct Vigie_V1_DeleteSegmentRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// That of the segment.
    package var segment: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DeleteSegmentRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: segment = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, segment)
    }
}

/// The segment has ended.
package struct Vigie_V1_DeleteSegmentResponse: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DeleteSegmentResponse" }

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

/// Asks what a segment would hold, before it is kept.
package struct Vigie_V1_TrySegmentRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The segment. It is compared with the one of its name that is kept.
    package var segment: Vigie_V1_Segment {
        get { .only(_segment) }
        set { _segment = [newValue] }
    }
    /// Whether the message has `segment`.
    package var hasSegment: Bool { !_segment.isEmpty }
    /// Takes `segment` out of the message.
    package mutating func clearSegment() { _segment = [] }
    private var _segment: [Vigie_V1_Segment] = []

    /// Most companies of each list of the answer: at most 1,000. Absent means 10.
    package var companyCount: Int32 {
        get { _companyCount ?? 0 }
        set { _companyCount = newValue }
    }
    /// Whether the message has `companyCount`.
    package var hasCompanyCount: Bool { _companyCount != nil }
    /// Takes `companyCount` out of the message.
    package mutating func clearCompanyCount() { _companyCount = nil }
    private var _companyCount: Int32?

    /// What of an exposure is lost in a failure, as in DescribeRiskRequest.
    package var lossGivenDefault: Double {
        get { _lossGivenDefault ?? 0 }
        set { _lossGivenDefault = newValue }
    }
    /// Whether the message has `lossGivenDefault`.
    package var hasLossGivenDefault: Bool { _lossGivenDefault != nil }
    /// Takes `lossGivenDefault` out of the message.
    package mutating func clearLossGivenDefault() { _lossGivenDefault = nil }
    private var _lossGivenDefault: Double?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TrySegmentRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.boxed(&_segment)
            case 24: _companyCount = try reader.int32()
            case 33: _lossGivenDefault = try reader.double()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.messages(18, _segment)
        if let value = _companyCount {
            writer.tag(24)
            writer.int32(value)
        }
        if let value = _lossGivenDefault {
            writer.tag(33)
            writer.double(value)
        }
    }
}

/// What a segment would hold.
package struct Vigie_V1_TrySegmentResponse: ProtobufMessage {
    /// Figures of it.
    package var risk: Vigie_V1_SegmentRisk {
        get { .only(_risk) }
        set { _risk = [newValue] }
    }
    /// Whether the message has `risk`.
    package var hasRisk: Bool { !_risk.isEmpty }
    /// Takes `risk` out of the message.
    package mutating func clearRisk() { _risk = [] }
    private var _risk: [Vigie_V1_SegmentRisk] = []

    /// Companies of the portfolio.
    package var companyCount: Int64 = 0

    /// Companies in it, in the order in which the store came to know them.
    package var members: [Vigie_V1_FollowedCompany] = []

    /// Companies of which something is not known that it takes to say.
    package var unknown: [Vigie_V1_UnknownMember] = []

    /// Whether there is a segment of its name; without it nobody enters or leaves.
    package var hasKept: Bool = false

    /// Companies that are not in that one, and would be in this one.
    package var entering: [Vigie_V1_FollowedCompany] = []

    /// How many those are.
    package var enteringCount: Int64 = 0

    /// Companies that are in that one, and would not be in this one.
    package var leaving: [Vigie_V1_FollowedCompany] = []

    /// How many those are.
    package var leavingCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TrySegmentResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_risk)
            case 16: companyCount = try reader.int64()
            case 26: try reader.messages(&members)
            case 34: try reader.messages(&unknown)
            case 40: hasKept = try reader.bool()
            case 50: try reader.messages(&entering)
            case 56: enteringCount = try reader.int64()
            case 66: try reader.messages(&leaving)
            case 72: leavingCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _risk)
        writer.int64(16, companyCount)
        writer.messages(26, members)
        writer.messages(34, unknown)
        writer.bool(40, hasKept)
        writer.messages(50, entering)
        writer.int64(56, enteringCount)
        writer.messages(66, leaving)
        writer.int64(72, leavingCount)
    }
}

/// A company of which something is not known that a segment takes to say.
package struct Vigie_V1_UnknownMember: ProtobufMessage {
    /// The company.
    package var company: Vigie_V1_FollowedCompany {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_FollowedCompany] = []

    /// What is missing, by the names that conditions have for it.
    package var missing: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UnknownMember" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 18: try reader.strings(&missing)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.strings(18, missing)
    }
}
