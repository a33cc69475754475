// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/portfolio_trend.proto; do not edit.

package import ProtobufCoding

/// Asks how figures of a portfolio went.
package struct Vigie_V1_DescribeTrendRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// How many days back. 0 means 30; at most 366.
    package var dayCount: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeTrendRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 16: dayCount = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.int32(16, dayCount)
    }
}

/// How figures of a portfolio went.
package struct Vigie_V1_DescribeTrendResponse: ProtobufMessage {
    /// The days on which a run kept figures, the oldest first; before them the last one
    /// of the time before.
    package var days: [Vigie_V1_TrendDay] = []

    /// Alerts that were open at the end of each day, today last: day_count and one.
    package var openAlertCounts: [Int64] = []

    /// Notices of courts and registers on companies of the portfolio that were made known
    /// within seven days.
    package var legalEventCount: Int64 = 0

    /// The day that the last of open_alert_counts is of, as YYYY-MM-DD.
    package var asOfDate: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeTrendResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&days)
            case 16, 18: try reader.int64s(tag, &openAlertCounts)
            case 24: legalEventCount = try reader.int64()
            case 34: asOfDate = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, days)
        writer.int64s(18, openAlertCounts)
        writer.int64(24, legalEventCount)
        writer.string(34, asOfDate)
    }
}

/// Figures of a day, as the last run of it kept them. Amounts of several currencies are
/// added as they are.
package struct Vigie_V1_TrendDay: ProtobufMessage {
    /// The day, as YYYY-MM-DD.
    package var date: String = ""

    /// Companies.
    package var companyCount: Int64 = 0

    /// What they owed, in units of the currency.
    package var exposure: Double = 0

    /// The probability of failure, weighted with what is owed, where companies of unknown
    /// probability count with none; absent where nobody owed anything.
    package var weightedProbability: Double {
        get { _weightedProbability ?? 0 }
        set { _weightedProbability = newValue }
    }
    /// Whether the message has `weightedProbability`.
    package var hasWeightedProbability: Bool { _weightedProbability != nil }
    /// Takes `weightedProbability` out of the message.
    package mutating func clearWeightedProbability() { _weightedProbability = nil }
    private var _weightedProbability: Double?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TrendDay" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: date = try reader.string()
            case 16: companyCount = try reader.int64()
            case 25: exposure = try reader.double()
            case 33: _weightedProbability = try reader.double()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, date)
        writer.int64(16, companyCount)
        writer.double(25, exposure)
        if let value = _weightedProbability {
            writer.tag(33)
            writer.double(value)
        }
    }
}
