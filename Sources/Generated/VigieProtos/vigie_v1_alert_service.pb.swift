// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/alert_service.proto; do not edit.

package import ProtobufCoding

/// A rule to keep.
package struct Vigie_V1_PutRuleRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The rule.
    package var rule: Vigie_V1_AlertRule {
        get { .only(_rule) }
        set { _rule = [newValue] }
    }
    /// Whether the message has `rule`.
    package var hasRule: Bool { !_rule.isEmpty }
    /// Takes `rule` out of the message.
    package mutating func clearRule() { _rule = [] }
    private var _rule: [Vigie_V1_AlertRule] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PutRuleRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.boxed(&_rule)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.messages(18, _rule)
    }
}

/// The rule as it is kept.
package struct Vigie_V1_PutRuleResponse: ProtobufMessage {
    /// The rule, with all that holds because nothing was said.
    package var rule: Vigie_V1_AlertRule {
        get { .only(_rule) }
        set { _rule = [newValue] }
    }
    /// Whether the message has `rule`.
    package var hasRule: Bool { !_rule.isEmpty }
    /// Takes `rule` out of the message.
    package mutating func clearRule() { _rule = [] }
    private var _rule: [Vigie_V1_AlertRule] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PutRuleResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_rule)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _rule)
    }
}

/// Asks for the standard rules.
package struct Vigie_V1_PutStandardRulesRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The language of their names: "en" or "fr". Empty means English.
    package var language: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PutStandardRulesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: language = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, language)
    }
}

/// The rules that were kept now.
package struct Vigie_V1_PutStandardRulesResponse: ProtobufMessage {
    /// Those that the portfolio did not have.
    package var rules: [Vigie_V1_AlertRule] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PutStandardRulesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&rules)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, rules)
    }
}

/// Asks for rules.
package struct Vigie_V1_ListRulesRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The language of titles: "en" or "fr". Empty means English.
    package var language: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListRulesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: language = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, language)
    }
}

/// The rules of a portfolio.
package struct Vigie_V1_ListRulesResponse: ProtobufMessage {
    /// The rules, by name.
    package var rules: [Vigie_V1_AlertRule] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListRulesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&rules)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, rules)
    }
}

/// Which rule ends.
package struct Vigie_V1_DeleteRuleRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The name of the rule.
    package var rule: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DeleteRuleRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: rule = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, rule)
    }
}

/// The rule has ended.
package struct Vigie_V1_DeleteRuleResponse: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DeleteRuleResponse" }

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

/// A rule to try.
package struct Vigie_V1_TryRuleRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The rule.
    package var rule: Vigie_V1_AlertRule {
        get { .only(_rule) }
        set { _rule = [newValue] }
    }
    /// Whether the message has `rule`.
    package var hasRule: Bool { !_rule.isEmpty }
    /// Takes `rule` out of the message.
    package mutating func clearRule() { _rule = [] }
    private var _rule: [Vigie_V1_AlertRule] = []

    /// The first day (ISO 8601). Empty for 90 days before the last.
    package var fromDay: String = ""

    /// The last day. Empty for today, in UTC.
    package var throughDay: String = ""

    /// The language of texts: "en" or "fr". Empty means English.
    package var language: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TryRuleRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.boxed(&_rule)
            case 26: fromDay = try reader.string()
            case 34: throughDay = try reader.string()
            case 42: language = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.messages(18, _rule)
        writer.string(26, fromDay)
        writer.string(34, throughDay)
        writer.string(42, language)
    }
}

/// What a rule would have told.
package struct Vigie_V1_TryRuleResponse: ProtobufMessage {
    /// The days of the past on which companies were scored.
    package var runCount: Int64 = 0

    /// Companies that it was tried on.
    package var companyCount: Int64 = 0

    /// Companies beyond the limit of those.
    package var leftOutCount: Int64 = 0

    /// Companies of which something would have been told.
    package var toldCompanyCount: Int64 = 0

    /// How often something would have been told.
    package var toldCount: Int64 = 0

    /// How often, with one edge for both ways and at once: what the second edge and
    /// confirmation keep away.
    package var unguardedCount: Int64 = 0

    /// Days on which something would have been told.
    package var days: [Vigie_V1_TryRuleResponse.Day] = []

    /// What would have been told, company by company: the first thousand.
    package var told: [Vigie_V1_TryRuleResponse.Told] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TryRuleResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: runCount = try reader.int64()
            case 16: companyCount = try reader.int64()
            case 24: leftOutCount = try reader.int64()
            case 32: toldCompanyCount = try reader.int64()
            case 40: toldCount = try reader.int64()
            case 48: unguardedCount = try reader.int64()
            case 58: try reader.messages(&days)
            case 66: try reader.messages(&told)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, runCount)
        writer.int64(16, companyCount)
        writer.int64(24, leftOutCount)
        writer.int64(32, toldCompanyCount)
        writer.int64(40, toldCount)
        writer.int64(48, unguardedCount)
        writer.messages(58, days)
        writer.messages(66, told)
    }

    /// A day.
    package struct Day: ProtobufMessage {
        /// The day (ISO 8601).
        package var day: String = ""

        /// How often something would have been told.
        package var toldCount: Int64 = 0

        /// The type's full name.
        package static var protoMessageName: String { "vigie.v1.TryRuleResponse.Day" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 10: day = try reader.string()
                case 16: toldCount = try reader.int64()
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.string(10, day)
            writer.int64(16, toldCount)
        }
    }

    /// What would have been told of a company.
    package struct Told: ProtobufMessage {
        /// The company.
        package var company: Vigie_V1_CompanyIdentifier {
            get { .only(_company) }
            set { _company = [newValue] }
        }
        /// Whether the message has `company`.
        package var hasCompany: Bool { !_company.isEmpty }
        /// Takes `company` out of the message.
        package mutating func clearCompany() { _company = [] }
        private var _company: [Vigie_V1_CompanyIdentifier] = []

        /// Its name; may be empty.
        package var companyName: String = ""

        /// What would have been told.
        package var event: Vigie_V1_AlertEvent {
            get { .only(_event) }
            set { _event = [newValue] }
        }
        /// Whether the message has `event`.
        package var hasEvent: Bool { !_event.isEmpty }
        /// Takes `event` out of the message.
        package mutating func clearEvent() { _event = [] }
        private var _event: [Vigie_V1_AlertEvent] = []

        /// The type's full name.
        package static var protoMessageName: String { "vigie.v1.TryRuleResponse.Told" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 10: try reader.boxed(&_company)
                case 18: companyName = try reader.string()
                case 26: try reader.boxed(&_event)
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.messages(10, _company)
            writer.string(18, companyName)
            writer.messages(26, _event)
        }
    }
}

/// Asks for a page of alerts.
package struct Vigie_V1_ListAlertsRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// How far they are.
    package var state: Vigie_V1_AlertListState = Vigie_V1_AlertListState()

    /// Only of one company; absent for all.
    package var company: Vigie_V1_CompanyIdentifier {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_CompanyIdentifier] = []

    /// Most alerts to return. 0 means 100; at most 1,000.
    package var pageSize: Int32 = 0

    /// Token of the page to return, from an earlier response. Empty for the first.
    package var pageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListAlertsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 16: state = Vigie_V1_AlertListState(rawValue: try reader.enumeration())
            case 26: try reader.boxed(&_company)
            case 32: pageSize = try reader.int32()
            case 42: pageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.enumeration(16, state.rawValue)
        writer.messages(26, _company)
        writer.int32(32, pageSize)
        writer.string(42, pageToken)
    }
}

/// A page of alerts.
package struct Vigie_V1_ListAlertsResponse: ProtobufMessage {
    /// The alerts, the newest first.
    package var alerts: [Vigie_V1_Alert] = []

    /// Token of the next page. Empty when this is the last.
    package var nextPageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListAlertsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&alerts)
            case 18: nextPageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, alerts)
        writer.string(18, nextPageToken)
    }
}

/// What somebody does with alerts.
package struct Vigie_V1_ActOnAlertsRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// Their numbers: 1 to 1,000, each once.
    package var alerts: [Int64] = []

    /// What is written beside it: at most 2,048 bytes.
    package var note: String = ""

    /// The caller has seen them.
    package var acknowledge: Bool {
        get {
            if case .acknowledge(let value)? = action { return value }
            return false
        }
        set { action = .acknowledge(newValue) }
    }

    /// Somebody is to look after them.
    package var assign: Vigie_V1_ActOnAlertsRequest.Assign {
        get {
            if case .assign(let value)? = action { return value }
            return Vigie_V1_ActOnAlertsRequest.Assign()
        }
        set { action = .assign(newValue) }
    }

    /// They are put off.
    package var snooze: Vigie_V1_ActOnAlertsRequest.Snooze {
        get {
            if case .snooze(let value)? = action { return value }
            return Vigie_V1_ActOnAlertsRequest.Snooze()
        }
        set { action = .snooze(newValue) }
    }

    /// They are done, whatever the value says.
    package var resolve: Bool {
        get {
            if case .resolve(let value)? = action { return value }
            return false
        }
        set { action = .resolve(newValue) }
    }

    /// They are not done, and were not seen.
    package var reopen: Bool {
        get {
            if case .reopen(let value)? = action { return value }
            return false
        }
        set { action = .reopen(newValue) }
    }

    /// What is done.
    package var action: OneOf_Action?

    /// What is done.
    package indirect enum OneOf_Action: Sendable {
        /// The caller has seen them.
        case acknowledge(Bool)
        /// Somebody is to look after them.
        case assign(Vigie_V1_ActOnAlertsRequest.Assign)
        /// They are put off.
        case snooze(Vigie_V1_ActOnAlertsRequest.Snooze)
        /// They are done, whatever the value says.
        case resolve(Bool)
        /// They are not done, and were not seen.
        case reopen(Bool)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ActOnAlertsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 16, 18: try reader.int64s(tag, &alerts)
            case 26: note = try reader.string()
            case 32: action = .acknowledge(try reader.bool())
            case 42:
                var value = Vigie_V1_ActOnAlertsRequest.Assign()
                if case .assign(let before)? = action {
                    value = before
                    action = nil
                }
                try reader.message(&value)
                action = .assign(value)
            case 50:
                var value = Vigie_V1_ActOnAlertsRequest.Snooze()
                if case .snooze(let before)? = action {
                    value = before
                    action = nil
                }
                try reader.message(&value)
                action = .snooze(value)
            case 56: action = .resolve(try reader.bool())
            case 64: action = .reopen(try reader.bool())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.int64s(18, alerts)
        writer.string(26, note)
        if case .acknowledge(let value)? = action {
            writer.tag(32)
            writer.bool(value)
        }
        if case .assign(let value)? = action {
            writer.message(42, value)
        }
        if case .snooze(let value)? = action {
            writer.message(50, value)
        }
        if case .resolve(let value)? = action {
            writer.tag(56)
            writer.bool(value)
        }
        if case .reopen(let value)? = action {
            writer.tag(64)
            writer.bool(value)
        }
    }

    /// Somebody is to look after them.
    package struct Assign: ProtobufMessage {
        /// Who: 1 to 128 bytes.
        package var assignee: String = ""

        /// The type's full name.
        package static var protoMessageName: String { "vigie.v1.ActOnAlertsRequest.Assign" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 10: assignee = try reader.string()
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.string(10, assignee)
        }
    }

    /// Nothing is to be told for now.
    package struct Snooze: ProtobufMessage {
        /// The last day on which nothing is told (ISO 8601).
        package var untilDay: String = ""

        /// By how much worse the value has to be to be told before; absent for never.
        package var unlessWorseBy: Double {
            get { _unlessWorseBy ?? 0 }
            set { _unlessWorseBy = newValue }
        }
        /// Whether the message has `unlessWorseBy`.
        package var hasUnlessWorseBy: Bool { _unlessWorseBy != nil }
        /// Takes `unlessWorseBy` out of the message.
        package mutating func clearUnlessWorseBy() { _unlessWorseBy = nil }
        private var _unlessWorseBy: Double?

        /// The type's full name.
        package static var protoMessageName: String { "vigie.v1.ActOnAlertsRequest.Snooze" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 10: untilDay = try reader.string()
                case 17: _unlessWorseBy = try reader.double()
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.string(10, untilDay)
            if let value = _unlessWorseBy {
                writer.tag(17)
                writer.double(value)
            }
        }
    }
}

/// What became of it.
package struct Vigie_V1_ActOnAlertsResponse: ProtobufMessage {
    /// The alerts with which it was done, as they are now.
    package var alerts: [Vigie_V1_Alert] = []

    /// Those with which it could not be done.
    package var refusals: [Vigie_V1_ActOnAlertsResponse.Refusal] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ActOnAlertsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&alerts)
            case 18: try reader.messages(&refusals)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, alerts)
        writer.messages(18, refusals)
    }

    /// What could not be done.
    package struct Refusal: ProtobufMessage {
        /// The number of the alert.
        package var alert: Int64 = 0

        /// Why not, as a constant for programs, such as ALERT_NOT_OPEN.
        package var reason: String = ""

        /// The same as a sentence, and what to do.
        package var message: String = ""

        /// The type's full name.
        package static var protoMessageName: String { "vigie.v1.ActOnAlertsResponse.Refusal" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 8: alert = try reader.int64()
                case 18: reason = try reader.string()
                case 26: message = try reader.string()
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.int64(8, alert)
            writer.string(18, reason)
            writer.string(26, message)
        }
    }
}

/// Asks why.
package struct Vigie_V1_ExplainAlertRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The name of the rule.
    package var rule: String = ""

    /// The company; absent for a rule of the portfolio itself.
    package var company: Vigie_V1_CompanyIdentifier {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_CompanyIdentifier] = []

    /// The language of the sentences: "en" or "fr". Empty means English.
    package var language: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ExplainAlertRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: rule = try reader.string()
            case 26: try reader.boxed(&_company)
            case 34: language = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, rule)
        writer.messages(26, _company)
        writer.string(34, language)
    }
}

/// Why there is an alert, or none.
package struct Vigie_V1_ExplainAlertResponse: ProtobufMessage {
    /// What it comes to: "under_edge", "unconfirmed", "told_now", "told_before",
    /// "between_edges", "recovering", "snoozed", "resolved", "no_value".
    package var verdict: String = ""

    /// The day of the last run (ISO 8601).
    package var day: String = ""

    /// What is compared with the edges; absent where anything is missing.
    package var value: Double {
        get { _value ?? 0 }
        set { _value = newValue }
    }
    /// Whether the message has `value`.
    package var hasValue: Bool { _value != nil }
    /// Takes `value` out of the message.
    package mutating func clearValue() { _value = nil }
    private var _value: Double?

    /// What the rule looks at.
    package var inputs: [Vigie_V1_ExplainAlertResponse.Input] = []

    /// How far the alert is: "ok", "pending", "raised", "recovering".
    package var phase: String = ""

    /// The change of the score; absent where the rule looks at other things.
    package var move: Vigie_V1_ExplainAlertResponse.Move {
        get { .only(_move) }
        set { _move = [newValue] }
    }
    /// Whether the message has `move`.
    package var hasMove: Bool { !_move.isEmpty }
    /// Takes `move` out of the message.
    package mutating func clearMove() { _move = [] }
    private var _move: [Vigie_V1_ExplainAlertResponse.Move] = []

    /// The runs before, the oldest first: the last 30.
    package var path: [Vigie_V1_ExplainAlertResponse.Step] = []

    /// The rule.
    package var rule: Vigie_V1_AlertRule {
        get { .only(_rule) }
        set { _rule = [newValue] }
    }
    /// Whether the message has `rule`.
    package var hasRule: Bool { !_rule.isEmpty }
    /// Takes `rule` out of the message.
    package mutating func clearRule() { _rule = [] }
    private var _rule: [Vigie_V1_AlertRule] = []

    /// The last alert that the rule raised; absent for none.
    package var alert: Vigie_V1_Alert {
        get { .only(_alert) }
        set { _alert = [newValue] }
    }
    /// Whether the message has `alert`.
    package var hasAlert: Bool { !_alert.isEmpty }
    /// Takes `alert` out of the message.
    package mutating func clearAlert() { _alert = [] }
    private var _alert: [Vigie_V1_Alert] = []

    /// All of it in sentences.
    package var lines: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ExplainAlertResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: verdict = try reader.string()
            case 18: day = try reader.string()
            case 25: _value = try reader.double()
            case 34: try reader.messages(&inputs)
            case 42: phase = try reader.string()
            case 50: try reader.boxed(&_move)
            case 58: try reader.messages(&path)
            case 66: try reader.boxed(&_rule)
            case 74: try reader.boxed(&_alert)
            case 82: try reader.strings(&lines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, verdict)
        writer.string(18, day)
        if let value = _value {
            writer.tag(25)
            writer.double(value)
        }
        writer.messages(34, inputs)
        writer.string(42, phase)
        writer.messages(50, _move)
        writer.messages(58, path)
        writer.messages(66, _rule)
        writer.messages(74, _alert)
        writer.strings(82, lines)
    }

    /// What the rule looks at.
    package struct Input: ProtobufMessage {
        /// Its name, such as "score" or "score_7_days_before".
        package var name: String = ""

        /// Its value; absent where it is missing.
        package var value: Double {
            get { _value ?? 0 }
            set { _value = newValue }
        }
        /// Whether the message has `value`.
        package var hasValue: Bool { _value != nil }
        /// Takes `value` out of the message.
        package mutating func clearValue() { _value = nil }
        private var _value: Double?

        /// The type's full name.
        package static var protoMessageName: String { "vigie.v1.ExplainAlertResponse.Input" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 10: name = try reader.string()
                case 17: _value = try reader.double()
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.string(10, name)
            if let value = _value {
                writer.tag(17)
                writer.double(value)
            }
        }
    }

    /// A run before.
    package struct Step: ProtobufMessage {
        /// Its day (ISO 8601).
        package var day: String = ""

        /// What was compared with the edges; absent where anything was missing.
        package var value: Double {
            get { _value ?? 0 }
            set { _value = newValue }
        }
        /// Whether the message has `value`.
        package var hasValue: Bool { _value != nil }
        /// Takes `value` out of the message.
        package mutating func clearValue() { _value = nil }
        private var _value: Double?

        /// How far the alert was after it: "ok", "pending", "raised", "recovering".
        package var phase: String = ""

        /// The type's full name.
        package static var protoMessageName: String { "vigie.v1.ExplainAlertResponse.Step" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 10: day = try reader.string()
                case 17: _value = try reader.double()
                case 26: phase = try reader.string()
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.string(10, day)
            if let value = _value {
                writer.tag(17)
                writer.double(value)
            }
            writer.string(26, phase)
        }
    }

    /// A change of the score in its parts.
    package struct Move: ProtobufMessage {
        /// The whole change.
        package var total: Double = 0

        /// What another model did.
        package var modelPart: Double = 0

        /// What is left: only this can raise an alert about the company.
        package var companyPart: Double = 0

        /// The type's full name.
        package static var protoMessageName: String { "vigie.v1.ExplainAlertResponse.Move" }

        /// Makes a message without any field.
        package init() {}

        /// Adds all fields that a reader has left.
        package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
            while let tag = try reader.nextTag() {
                switch tag {
                case 9: total = try reader.double()
                case 17: modelPart = try reader.double()
                case 25: companyPart = try reader.double()
                default:
                    try reader.skip(tag)
                }
            }
        }

        /// Writes all fields.
        package func write(to writer: inout ProtobufWriter) {
            writer.double(9, total)
            writer.double(17, modelPart)
            writer.double(25, companyPart)
        }
    }
}

/// What somebody wants to hear of.
package struct Vigie_V1_WatchAlertsRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// From which cursor on, of an earlier response. Empty for what happens from now
    /// on.
    package var cursor: String = ""

    /// Whether to begin with the oldest event that there is, where there is no cursor.
    package var fromBeginning: Bool = false

    /// The language of texts: "en" or "fr". Empty means English.
    package var language: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.WatchAlertsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: cursor = try reader.string()
            case 24: fromBeginning = try reader.bool()
            case 34: language = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, cursor)
        writer.bool(24, fromBeginning)
        writer.string(34, language)
    }
}

/// What happened to a company, or to the portfolio, as of a day; or where the stream is.
package struct Vigie_V1_WatchAlertsResponse: ProtobufMessage {
    /// Where the stream is behind this message: who goes on from it misses nothing.
    package var cursor: String = ""

    /// What happened; empty where only the cursor moved.
    package var events: [Vigie_V1_AlertEvent] = []

    /// The company; absent for the portfolio itself.
    package var company: Vigie_V1_CompanyIdentifier {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_CompanyIdentifier] = []

    /// Its name; may be empty.
    package var companyName: String = ""

    /// When it came into the store, in microseconds since 1970-01-01 in UTC.
    package var createdAtMicroseconds: Int64 = 0

    /// What another model made of the portfolio, as JSON; empty for none.
    package var modelChange: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.WatchAlertsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: cursor = try reader.string()
            case 18: try reader.messages(&events)
            case 26: try reader.boxed(&_company)
            case 34: companyName = try reader.string()
            case 40: createdAtMicroseconds = try reader.int64()
            case 50: modelChange = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, cursor)
        writer.messages(18, events)
        writer.messages(26, _company)
        writer.string(34, companyName)
        writer.int64(40, createdAtMicroseconds)
        writer.string(50, modelChange)
    }
}
