// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/alert.proto; do not edit.

package import ProtobufCoding

/// How far alerts are that somebody asks for.
package enum Vigie_V1_AlertListState: Sendable, Equatable {
    /// Same as ALERT_LIST_STATE_OPEN.
    case unspecified
    /// There is an alert, whatever somebody did with it.
    case open
    /// Open, and neither put off nor held for done.
    case active
    /// Open, and put off or held for done.
    case quiet
    /// There was one.
    case ended
    /// All of them.
    case all
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .open, .active, .quiet, .ended, .all]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .open
        case 2: self = .active
        case 3: self = .quiet
        case 4: self = .ended
        case 5: self = .all
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .open: 1
        case .active: 2
        case .quiet: 3
        case .ended: 4
        case .all: 5
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A rule by which a portfolio is watched.
package struct Vigie_V1_AlertRule: ProtobufMessage {
    /// Its name, which no other rule of the portfolio has: 1 to 128 bytes, no control
    /// characters.
    package var name: String = ""

    /// What it watches: SCORE_DROP, SCORE_RISE, CLASS_CHANGE, THRESHOLD,
    /// PROBABILITY_RATIO, PERCENTILE_DROP, OUTCOME_CHANGE, LEGAL_EVENT,
    /// PAYMENT_SIGNAL, LIMIT_EXCEEDED, LIMIT_NEAR, COVER_EXPIRING, STATEMENT_OVERDUE,
    /// DATA_DEPTH_LOSS, DIVERGENCE, NO_DATA; of the portfolio itself CONCENTRATION,
    /// PORTFOLIO_EL, MODEL_CHANGED.
    package var kind: String = ""

    /// From which value on an alert is raised; absent for the usual one, where the
    /// kind has one.
    package var raise: Double {
        get { _raise ?? 0 }
        set { _raise = newValue }
    }
    /// Whether the message has `raise`.
    package var hasRaise: Bool { _raise != nil }
    /// Takes `raise` out of the message.
    package mutating func clearRaise() { _raise = nil }
    private var _raise: Double?

    /// At which value it is cleared; absent for the one that raises.
    package var clear: Double {
        get { _clear ?? 0 }
        set { _clear = newValue }
    }
    /// Whether the message has `clear`.
    package var hasClear: Bool { _clear != nil }
    /// Takes `clear` out of the message.
    package mutating func clearClear() { _clear = nil }
    private var _clear: Double?

    /// Runs in a row that have to pass the edge; absent for 1.
    package var confirmRuns: Int32 {
        get { _confirmRuns ?? 0 }
        set { _confirmRuns = newValue }
    }
    /// Whether the message has `confirmRuns`.
    package var hasConfirmRuns: Bool { _confirmRuns != nil }
    /// Takes `confirmRuns` out of the message.
    package mutating func clearConfirmRuns() { _confirmRuns = nil }
    private var _confirmRuns: Int32?

    /// Days for which an alert stays after the value has passed back; absent for 0, or
    /// of what happens once for 30.
    package var keepForDays: Int32 {
        get { _keepForDays ?? 0 }
        set { _keepForDays = newValue }
    }
    /// Whether the message has `keepForDays`.
    package var hasKeepForDays: Bool { _keepForDays != nil }
    /// Takes `keepForDays` out of the message.
    package mutating func clearKeepForDays() { _keepForDays = nil }
    private var _keepForDays: Int32?

    /// Runs without a value after which that is told; absent or 0 for never.
    package var noDataRuns: Int32 {
        get { _noDataRuns ?? 0 }
        set { _noDataRuns = newValue }
    }
    /// Whether the message has `noDataRuns`.
    package var hasNoDataRuns: Bool { _noDataRuns != nil }
    /// Takes `noDataRuns` out of the message.
    package mutating func clearNoDataRuns() { _noDataRuns = nil }
    private var _noDataRuns: Int32?

    /// Days over which a change is looked for; absent for 1.
    package var windowDays: Int32 {
        get { _windowDays ?? 0 }
        set { _windowDays = newValue }
    }
    /// Whether the message has `windowDays`.
    package var hasWindowDays: Bool { _windowDays != nil }
    /// Takes `windowDays` out of the message.
    package mutating func clearWindowDays() { _windowDays = nil }
    private var _windowDays: Int32?

    /// What is looked at, of THRESHOLD and CONCENTRATION: such as "score",
    /// "probability", "exposure"; "hhi" or "top_share". Absent for the first of them.
    package var quantity: String {
        get { _quantity ?? "" }
        set { _quantity = newValue }
    }
    /// Whether the message has `quantity`.
    package var hasQuantity: Bool { _quantity != nil }
    /// Takes `quantity` out of the message.
    package mutating func clearQuantity() { _quantity = nil }
    private var _quantity: String?

    /// On which side: "worse", "better" or "any" of CLASS_CHANGE, "below" or "above" of
    /// THRESHOLD. Absent for the first of them.
    package var direction: String {
        get { _direction ?? "" }
        set { _direction = newValue }
    }
    /// Whether the message has `direction`.
    package var hasDirection: Bool { _direction != nil }
    /// Takes `direction` out of the message.
    package mutating func clearDirection() { _direction = nil }
    private var _direction: String?

    /// Which signal of payments, of PAYMENT_SIGNAL: "index_drop",
    /// "days_beyond_terms", "broken_promises", "share_over_30_days". Absent for the
    /// first of them.
    package var signal: String {
        get { _signal ?? "" }
        set { _signal = newValue }
    }
    /// Whether the message has `signal`.
    package var hasSignal: Bool { _signal != nil }
    /// Takes `signal` out of the message.
    package mutating func clearSignal() { _signal = nil }
    private var _signal: String?

    /// Which events of courts and registers, of LEGAL_EVENT: such as "rj_opened".
    package var events: [String] = []

    /// Which version it is: the server counts them from 1. Not read.
    package var version: Int32 = 0

    /// When it was written, in microseconds since 1970-01-01 in UTC. Not read.
    package var changedAtMicroseconds: Int64 = 0

    /// By whom; empty where the server does not tell callers apart. Not read.
    package var changedBy: String = ""

    /// What the kind is called, in the language that was asked for. Not read.
    package var title: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AlertRule" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: kind = try reader.string()
            case 25: _raise = try reader.double()
            case 33: _clear = try reader.double()
            case 40: _confirmRuns = try reader.int32()
            case 48: _keepForDays = try reader.int32()
            case 56: _noDataRuns = try reader.int32()
            case 64: _windowDays = try reader.int32()
            case 74: _quantity = try reader.string()
            case 82: _direction = try reader.string()
            case 90: _signal = try reader.string()
            case 98: try reader.strings(&events)
            case 104: version = try reader.int32()
            case 112: changedAtMicroseconds = try reader.int64()
            case 122: changedBy = try reader.string()
            case 130: title = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, kind)
        if let value = _raise {
            writer.tag(25)
            writer.double(value)
        }
        if let value = _clear {
            writer.tag(33)
            writer.double(value)
        }
        if let value = _confirmRuns {
            writer.tag(40)
            writer.int32(value)
        }
        if let value = _keepForDays {
            writer.tag(48)
            writer.int32(value)
        }
        if let value = _noDataRuns {
            writer.tag(56)
            writer.int32(value)
        }
        if let value = _windowDays {
            writer.tag(64)
            writer.int32(value)
        }
        if let value = _quantity {
            writer.tag(74)
            writer.string(value)
        }
        if let value = _direction {
            writer.tag(82)
            writer.string(value)
        }
        if let value = _signal {
            writer.tag(90)
            writer.string(value)
        }
        writer.strings(98, events)
        writer.int32(104, version)
        writer.int64(112, changedAtMicroseconds)
        writer.string(122, changedBy)
        writer.string(130, title)
    }
}

/// What somebody did, and when.
package struct Vigie_V1_AlertNote: ProtobufMessage {
    /// Who did it.
    package var person: String = ""

    /// On which day (ISO 8601), in UTC.
    package var day: String = ""

    /// What he wrote; may be empty.
    package var text: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AlertNote" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: person = try reader.string()
            case 18: day = try reader.string()
            case 26: text = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, person)
        writer.string(18, day)
        writer.string(26, text)
    }
}

/// An alert.
package struct Vigie_V1_Alert: ProtobufMessage {
    /// Its number, which no other alert has.
    package var number: Int64 = 0

    /// The company; absent for an alert of the portfolio itself.
    package var company: Vigie_V1_CompanyIdentifier {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_CompanyIdentifier] = []

    /// The name of the company; may be empty.
    package var companyName: String = ""

    /// The name of the rule.
    package var rule: String = ""

    /// The version of the rule that told it last.
    package var ruleVersion: Int32 = 0

    /// The kind of the rule, such as SCORE_DROP.
    package var kind: String = ""

    /// The day as of which it was raised (ISO 8601).
    package var raisedDay: String = ""

    /// When that was found, in microseconds since 1970-01-01 in UTC.
    package var raisedAtMicroseconds: Int64 = 0

    /// The day as of which it was told last.
    package var toldDay: String = ""

    /// How often it was raised so far.
    package var openings: Int32 = 0

    /// The quantity before; absent where it is not known.
    package var oldValue: Double {
        get { _oldValue ?? 0 }
        set { _oldValue = newValue }
    }
    /// Whether the message has `oldValue`.
    package var hasOldValue: Bool { _oldValue != nil }
    /// Takes `oldValue` out of the message.
    package mutating func clearOldValue() { _oldValue = nil }
    private var _oldValue: Double?

    /// The quantity when it was told last; absent where it is not known.
    package var newValue: Double {
        get { _newValue ?? 0 }
        set { _newValue = newValue }
    }
    /// Whether the message has `newValue`.
    package var hasNewValue: Bool { _newValue != nil }
    /// Takes `newValue` out of the message.
    package mutating func clearNewValue() { _newValue = nil }
    private var _newValue: Double?

    /// What moved it: "company" or "data_arrived".
    package var cause: String = ""

    /// Which events of courts and registers made it.
    package var legalEvents: [String] = []

    /// Who has seen it; absent for nobody.
    package var acknowledged: Vigie_V1_AlertNote {
        get { .only(_acknowledged) }
        set { _acknowledged = [newValue] }
    }
    /// Whether the message has `acknowledged`.
    package var hasAcknowledged: Bool { !_acknowledged.isEmpty }
    /// Takes `acknowledged` out of the message.
    package mutating func clearAcknowledged() { _acknowledged = [] }
    private var _acknowledged: [Vigie_V1_AlertNote] = []

    /// Who is to look after it; empty for nobody.
    package var assignee: String = ""

    /// Who put it off; absent for nobody.
    package var snoozed: Vigie_V1_AlertNote {
        get { .only(_snoozed) }
        set { _snoozed = [newValue] }
    }
    /// Whether the message has `snoozed`.
    package var hasSnoozed: Bool { !_snoozed.isEmpty }
    /// Takes `snoozed` out of the message.
    package mutating func clearSnoozed() { _snoozed = [] }
    private var _snoozed: [Vigie_V1_AlertNote] = []

    /// The last day on which nothing is told of it, if it is put off.
    package var snoozedUntil: String = ""

    /// By how much worse it has to be to be told before; absent for never.
    package var snoozedUnlessWorseBy: Double {
        get { _snoozedUnlessWorseBy ?? 0 }
        set { _snoozedUnlessWorseBy = newValue }
    }
    /// Whether the message has `snoozedUnlessWorseBy`.
    package var hasSnoozedUnlessWorseBy: Bool { _snoozedUnlessWorseBy != nil }
    /// Takes `snoozedUnlessWorseBy` out of the message.
    package mutating func clearSnoozedUnlessWorseBy() { _snoozedUnlessWorseBy = nil }
    private var _snoozedUnlessWorseBy: Double?

    /// Who holds it for done, though the value says otherwise; absent for nobody.
    package var resolved: Vigie_V1_AlertNote {
        get { .only(_resolved) }
        set { _resolved = [newValue] }
    }
    /// Whether the message has `resolved`.
    package var hasResolved: Bool { !_resolved.isEmpty }
    /// Takes `resolved` out of the message.
    package mutating func clearResolved() { _resolved = [] }
    private var _resolved: [Vigie_V1_AlertNote] = []

    /// The day as of which it ended; empty while it is open.
    package var clearedDay: String = ""

    /// How it ended: "cleared", "resolved", "model_changed", "rule_removed"; empty while
    /// it is open.
    package var ending: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.Alert" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: number = try reader.int64()
            case 18: try reader.boxed(&_company)
            case 26: companyName = try reader.string()
            case 34: rule = try reader.string()
            case 40: ruleVersion = try reader.int32()
            case 50: kind = try reader.string()
            case 58: raisedDay = try reader.string()
            case 64: raisedAtMicroseconds = try reader.int64()
            case 74: toldDay = try reader.string()
            case 80: openings = try reader.int32()
            case 89: _oldValue = try reader.double()
            case 97: _newValue = try reader.double()
            case 106: cause = try reader.string()
            case 114: try reader.strings(&legalEvents)
            case 122: try reader.boxed(&_acknowledged)
            case 130: assignee = try reader.string()
            case 138: try reader.boxed(&_snoozed)
            case 146: snoozedUntil = try reader.string()
            case 153: _snoozedUnlessWorseBy = try reader.double()
            case 162: try reader.boxed(&_resolved)
            case 170: clearedDay = try reader.string()
            case 178: ending = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, number)
        writer.messages(18, _company)
        writer.string(26, companyName)
        writer.string(34, rule)
        writer.int32(40, ruleVersion)
        writer.string(50, kind)
        writer.string(58, raisedDay)
        writer.int64(64, raisedAtMicroseconds)
        writer.string(74, toldDay)
        writer.int32(80, openings)
        if let value = _oldValue {
            writer.tag(89)
            writer.double(value)
        }
        if let value = _newValue {
            writer.tag(97)
            writer.double(value)
        }
        writer.string(106, cause)
        writer.strings(114, legalEvents)
        writer.messages(122, _acknowledged)
        writer.string(130, assignee)
        writer.messages(138, _snoozed)
        writer.string(146, snoozedUntil)
        if let value = _snoozedUnlessWorseBy {
            writer.tag(153)
            writer.double(value)
        }
        writer.messages(162, _resolved)
        writer.string(170, clearedDay)
        writer.string(178, ending)
    }
}

/// Something that happened with an alert.
package struct Vigie_V1_AlertEvent: ProtobufMessage {
    /// The number of the alert; 0 where there is none, as of a value that is missing.
    package var alert: Int64 = 0

    /// By which it is told once: the same event has the same key for ever.
    package var key: String = ""

    /// The name of the rule.
    package var rule: String = ""

    /// Which version of it.
    package var ruleVersion: Int32 = 0

    /// The kind of the rule, such as SCORE_DROP.
    package var kind: String = ""

    /// What happened: "raised", "cleared", "reopened", "woken", "no_data", "data_back",
    /// "acknowledged", "assigned", "snoozed", "resolved".
    package var change: String = ""

    /// The day as of which it did (ISO 8601).
    package var day: String = ""

    /// The quantity before; absent where it is not known.
    package var oldValue: Double {
        get { _oldValue ?? 0 }
        set { _oldValue = newValue }
    }
    /// Whether the message has `oldValue`.
    package var hasOldValue: Bool { _oldValue != nil }
    /// Takes `oldValue` out of the message.
    package mutating func clearOldValue() { _oldValue = nil }
    private var _oldValue: Double?

    /// The quantity now; absent where it is missing.
    package var newValue: Double {
        get { _newValue ?? 0 }
        set { _newValue = newValue }
    }
    /// Whether the message has `newValue`.
    package var hasNewValue: Bool { _newValue != nil }
    /// Takes `newValue` out of the message.
    package mutating func clearNewValue() { _newValue = nil }
    private var _newValue: Double?

    /// What moved it: "company", "data_arrived" or "model_changed".
    package var cause: String = ""

    /// How often the alert was raised so far.
    package var openings: Int32 = 0

    /// By how much worse it is than when it was put off; of "woken".
    package var worseBy: Double {
        get { _worseBy ?? 0 }
        set { _worseBy = newValue }
    }
    /// Whether the message has `worseBy`.
    package var hasWorseBy: Bool { _worseBy != nil }
    /// Takes `worseBy` out of the message.
    package mutating func clearWorseBy() { _worseBy = nil }
    private var _worseBy: Double?

    /// Who did something; absent if nobody did.
    package var note: Vigie_V1_AlertNote {
        get { .only(_note) }
        set { _note = [newValue] }
    }
    /// Whether the message has `note`.
    package var hasNote: Bool { !_note.isEmpty }
    /// Takes `note` out of the message.
    package mutating func clearNote() { _note = [] }
    private var _note: [Vigie_V1_AlertNote] = []

    /// To whom it is assigned; empty for nobody.
    package var assignee: String = ""

    /// Which events of courts and registers made it.
    package var legalEvents: [String] = []

    /// The same as a sentence, in the language that was asked for.
    package var text: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AlertEvent" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: alert = try reader.int64()
            case 18: self.key = try reader.string()
            case 26: rule = try reader.string()
            case 32: ruleVersion = try reader.int32()
            case 42: kind = try reader.string()
            case 50: change = try reader.string()
            case 58: day = try reader.string()
            case 65: _oldValue = try reader.double()
            case 73: _newValue = try reader.double()
            case 82: cause = try reader.string()
            case 88: openings = try reader.int32()
            case 97: _worseBy = try reader.double()
            case 106: try reader.boxed(&_note)
            case 114: assignee = try reader.string()
            case 122: try reader.strings(&legalEvents)
            case 130: text = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, alert)
        writer.string(18, self.key)
        writer.string(26, rule)
        writer.int32(32, ruleVersion)
        writer.string(42, kind)
        writer.string(50, change)
        writer.string(58, day)
        if let value = _oldValue {
            writer.tag(65)
            writer.double(value)
        }
        if let value = _newValue {
            writer.tag(73)
            writer.double(value)
        }
        writer.string(82, cause)
        writer.int32(88, openings)
        if let value = _worseBy {
            writer.tag(97)
            writer.double(value)
        }
        writer.messages(106, _note)
        writer.string(114, assignee)
        writer.strings(122, legalEvents)
        writer.string(130, text)
    }
}
