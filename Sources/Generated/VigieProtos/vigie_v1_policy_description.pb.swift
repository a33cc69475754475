// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/policy_description.proto; do not edit.

package import ProtobufCoding

/// Where a version stands.
package enum Vigie_V1_PolicyState: Sendable, Equatable {
    /// Its records cannot be used, and nothing is decided by it.
    case unspecified
    /// Nobody wants it to hold, yet or any more.
    case draft
    /// One person does.
    case requested
    /// Two have agreed, and its day has not come.
    case planned
    /// It holds.
    case active
    /// It held, and another took its place.
    case superseded
    /// It held when somebody stopped the policy.
    case stopped
    /// Two agreed to other content than it has now: nothing is decided by it.
    case changed
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .draft, .requested, .planned, .active, .superseded, .stopped, .changed]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .draft
        case 2: self = .requested
        case 3: self = .planned
        case 4: self = .active
        case 5: self = .superseded
        case 6: self = .stopped
        case 7: self = .changed
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .draft: 1
        case .requested: 2
        case .planned: 3
        case .active: 4
        case .superseded: 5
        case .stopped: 6
        case .changed: 7
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What one can do with a version.
package enum Vigie_V1_PolicyAction: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// It was put on the shelf.
    case upload
    /// The first person wants it to hold.
    case activate
    /// The second person agrees.
    case approve
    /// What was wanted or agreed to is taken back.
    case withdraw
    /// It holds again, as the version before.
    case rollBack
    /// Nothing is decided by the policy any more.
    case stop
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .upload, .activate, .approve, .withdraw, .rollBack, .stop]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .upload
        case 2: self = .activate
        case 3: self = .approve
        case 4: self = .withdraw
        case 5: self = .rollBack
        case 6: self = .stop
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .upload: 1
        case .activate: 2
        case .approve: 3
        case .withdraw: 4
        case .rollBack: 5
        case .stop: 6
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A version of a policy, in short.
package struct Vigie_V1_PolicySummary: ProtobufMessage {
    /// The name of the policy.
    package var name: String = ""

    /// The version.
    package var version: String = ""

    /// SHA-256 of its files, in lower-case hexadecimal.
    package var contentHash: String = ""

    /// What it is called.
    package var label: Vigie_V1_LocalizedText {
        get { .only(_label) }
        set { _label = [newValue] }
    }
    /// Whether the message has `label`.
    package var hasLabel: Bool { !_label.isEmpty }
    /// Takes `label` out of the message.
    package mutating func clearLabel() { _label = [] }
    private var _label: [Vigie_V1_LocalizedText] = []

    /// Who wrote it.
    package var author: String = ""

    /// The first day that it may decide for, as YYYY-MM-DD.
    package var effectiveFrom: String = ""

    /// The last day; empty if no end is set.
    package var effectiveTo: String = ""

    /// Where it stands today.
    package var state: Vigie_V1_PolicyState = Vigie_V1_PolicyState()

    /// From which day on it holds, will hold or is wanted to; empty if it is none of
    /// that.
    package var fromDate: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicySummary" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: version = try reader.string()
            case 26: contentHash = try reader.string()
            case 34: try reader.boxed(&_label)
            case 42: author = try reader.string()
            case 50: effectiveFrom = try reader.string()
            case 58: effectiveTo = try reader.string()
            case 64: state = Vigie_V1_PolicyState(rawValue: try reader.enumeration())
            case 74: fromDate = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, version)
        writer.string(26, contentHash)
        writer.messages(34, _label)
        writer.string(42, author)
        writer.string(50, effectiveFrom)
        writer.string(58, effectiveTo)
        writer.enumeration(64, state.rawValue)
        writer.string(74, fromDate)
    }
}

/// A version of a policy, in full.
package struct Vigie_V1_PolicyDescription: ProtobufMessage {
    /// The version in short.
    package var summary: Vigie_V1_PolicySummary {
        get { .only(_summary) }
        set { _summary = [newValue] }
    }
    /// Whether the message has `summary`.
    package var hasSummary: Bool { !_summary.isEmpty }
    /// Takes `summary` out of the message.
    package mutating func clearSummary() { _summary = [] }
    private var _summary: [Vigie_V1_PolicySummary] = []

    /// The version that it was made from; empty if there is none.
    package var parent: String = ""

    /// Its languages, such as "en".
    package var languages: [String] = []

    /// The currency of all amounts, such as "EUR".
    package var currency: String = ""

    /// Limits are a whole number of these: a decimal number.
    package var step: String = ""

    /// What has to be known of a company.
    package var inputs: [Vigie_V1_PolicyInputDescription] = []

    /// Which decision of the model answers which question, such as "limit", by the
    /// question.
    package var decisions: [String: String] = [:]

    /// Its decision tables.
    package var tables: [Vigie_V1_PolicyTableDescription] = []

    /// Its reference tables.
    package var referenceTables: [Vigie_V1_PolicyReferenceTable] = []

    /// Who may grant what, those that may grant least first.
    package var roles: [Vigie_V1_PolicyRole] = []

    /// The limit above which a second person has to agree: a decimal number; empty
    /// if none has to.
    package var fourEyesAbove: String = ""

    /// Days that an override may stand.
    package var overrideDays: UInt32 = 0

    /// Names of the guarantees that it knows, the strongest first.
    package var guarantees: [String] = []

    /// Names of the clauses that it knows.
    package var clauses: [String] = []

    /// Its files, by path: SHA-256 of each, in lower-case hexadecimal.
    package var files: [String: String] = [:]

    /// What was done with the policy, over all its versions, in order.
    package var records: [Vigie_V1_PolicyRecord] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyDescription" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_summary)
            case 18: parent = try reader.string()
            case 26: try reader.strings(&languages)
            case 34: currency = try reader.string()
            case 42: step = try reader.string()
            case 50: try reader.messages(&inputs)
            case 58:
                let outer = try reader.enter()
                var key: String = ""
                var value: String = ""
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 18: value = try reader.string()
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&decisions, key, value)
            case 66: try reader.messages(&tables)
            case 74: try reader.messages(&referenceTables)
            case 82: try reader.messages(&roles)
            case 90: fourEyesAbove = try reader.string()
            case 96: overrideDays = try reader.uint32()
            case 106: try reader.strings(&guarantees)
            case 114: try reader.strings(&clauses)
            case 122:
                let outer = try reader.enter()
                var key: String = ""
                var value: String = ""
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 18: value = try reader.string()
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&files, key, value)
            case 130: try reader.messages(&records)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _summary)
        writer.string(18, parent)
        writer.strings(26, languages)
        writer.string(34, currency)
        writer.string(42, step)
        writer.messages(50, inputs)
        for (key, value) in ProtobufWriter.ordered(decisions) {
            let start = writer.open(58)
            writer.tag(10)
            writer.string(key)
            writer.tag(18)
            writer.string(value)
            writer.close(start)
        }
        writer.messages(66, tables)
        writer.messages(74, referenceTables)
        writer.messages(82, roles)
        writer.string(90, fourEyesAbove)
        writer.uint32(96, overrideDays)
        writer.strings(106, guarantees)
        writer.strings(114, clauses)
        for (key, value) in ProtobufWriter.ordered(files) {
            let start = writer.open(122)
            writer.tag(10)
            writer.string(key)
            writer.tag(18)
            writer.string(value)
            writer.close(start)
        }
        writer.messages(130, records)
    }
}

/// Something that has to be known of a company.
package struct Vigie_V1_PolicyInputDescription: ProtobufMessage {
    /// Its name.
    package var name: String = ""

    /// What it is.
    package var label: Vigie_V1_LocalizedText {
        get { .only(_label) }
        set { _label = [newValue] }
    }
    /// Whether the message has `label`.
    package var hasLabel: Bool { !_label.isEmpty }
    /// Takes `label` out of the message.
    package mutating func clearLabel() { _label = [] }
    private var _label: [Vigie_V1_LocalizedText] = []

    /// The kind of its value: "number", "string", "boolean", "date", "list" or
    /// "context".
    package var kind: String = ""

    /// What numbers count: "currency", "ratio", "points", "days", "months",
    /// "years", "count" or "none".
    package var unit: String = ""

    /// Where it comes from, in words.
    package var source: String = ""

    /// How old it may be, in days; 0 if it does not age.
    package var maximumAgeDays: UInt32 = 0

    /// Whether nothing can be decided without it.
    package var required: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyInputDescription" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: try reader.boxed(&_label)
            case 26: kind = try reader.string()
            case 34: unit = try reader.string()
            case 42: source = try reader.string()
            case 48: maximumAgeDays = try reader.uint32()
            case 56: required = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.messages(18, _label)
        writer.string(26, kind)
        writer.string(34, unit)
        writer.string(42, source)
        writer.uint32(48, maximumAgeDays)
        writer.bool(56, required)
    }
}

/// A decision table.
package struct Vigie_V1_PolicyTableDescription: ProtobufMessage {
    /// The decision that consists of it.
    package var decision: String = ""

    /// Its hit policy, such as "UNIQUE" or "COLLECT".
    package var hitPolicy: String = ""

    /// What it looks at.
    package var inputs: [String] = []

    /// What it gives; "result" for an output without a name.
    package var outputs: [String] = []

    /// Number of its rules.
    package var ruleCount: UInt32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyTableDescription" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: decision = try reader.string()
            case 18: hitPolicy = try reader.string()
            case 26: try reader.strings(&inputs)
            case 34: try reader.strings(&outputs)
            case 40: ruleCount = try reader.uint32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, decision)
        writer.string(18, hitPolicy)
        writer.strings(26, inputs)
        writer.strings(34, outputs)
        writer.uint32(40, ruleCount)
    }
}

/// A reference table.
package struct Vigie_V1_PolicyReferenceTable: ProtobufMessage {
    /// Its name.
    package var name: String = ""

    /// What it is.
    package var label: Vigie_V1_LocalizedText {
        get { .only(_label) }
        set { _label = [newValue] }
    }
    /// Whether the message has `label`.
    package var hasLabel: Bool { !_label.isEmpty }
    /// Takes `label` out of the message.
    package mutating func clearLabel() { _label = [] }
    private var _label: [Vigie_V1_LocalizedText] = []

    /// Its columns.
    package var columns: [String] = []

    /// The columns that tell its rows apart on a day.
    package var key: [String] = []

    /// Number of its rows.
    package var rowCount: UInt32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyReferenceTable" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: try reader.boxed(&_label)
            case 26: try reader.strings(&columns)
            case 34: try reader.strings(&self.key)
            case 40: rowCount = try reader.uint32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.messages(18, _label)
        writer.strings(26, columns)
        writer.strings(34, self.key)
        writer.uint32(40, rowCount)
    }
}

/// A role, with what it may grant.
package struct Vigie_V1_PolicyRole: ProtobufMessage {
    /// Its name.
    package var name: String = ""

    /// What it is called.
    package var label: Vigie_V1_LocalizedText {
        get { .only(_label) }
        set { _label = [newValue] }
    }
    /// Whether the message has `label`.
    package var hasLabel: Bool { !_label.isEmpty }
    /// Takes `label` out of the message.
    package mutating func clearLabel() { _label = [] }
    private var _label: [Vigie_V1_LocalizedText] = []

    /// The greatest limit that it may grant: a decimal number; empty for any.
    package var amount: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyRole" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: try reader.boxed(&_label)
            case 26: amount = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.messages(18, _label)
        writer.string(26, amount)
    }
}

/// What somebody did with a version.
package struct Vigie_V1_PolicyRecord: ProtobufMessage {
    /// What was done.
    package var action: Vigie_V1_PolicyAction = Vigie_V1_PolicyAction()

    /// The version.
    package var version: String = ""

    /// Its content then: SHA-256 in lower-case hexadecimal.
    package var contentHash: String = ""

    /// Who did it.
    package var identity: String = ""

    /// Whether it was proven who that is, by a certificate or token; records that
    /// are made in the directory itself prove nothing.
    package var proven: Bool = false

    /// When, in seconds since 1970-01-01 in UTC.
    package var timeSeconds: Int64 = 0

    /// From which day on the version is to hold; of ACTIVATE alone.
    package var fromDate: String = ""

    /// Why.
    package var reason: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyRecord" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: action = Vigie_V1_PolicyAction(rawValue: try reader.enumeration())
            case 18: version = try reader.string()
            case 26: contentHash = try reader.string()
            case 34: identity = try reader.string()
            case 40: proven = try reader.bool()
            case 48: timeSeconds = try reader.int64()
            case 58: fromDate = try reader.string()
            case 66: reason = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, action.rawValue)
        writer.string(18, version)
        writer.string(26, contentHash)
        writer.string(34, identity)
        writer.bool(40, proven)
        writer.int64(48, timeSeconds)
        writer.string(58, fromDate)
        writer.string(66, reason)
    }
}

/// What a look at a version has found.
package struct Vigie_V1_PolicyCheck: ProtobufMessage {
    /// What keeps it from holding, each with its place. Empty if it may hold.
    package var obstacles: [String] = []

    /// Tests and scenarios that do not hold.
    package var failures: [Vigie_V1_PolicyTestFailure] = []

    /// Number of tests and scenarios.
    package var testCount: UInt32 = 0

    /// What was found about rules.
    package var findings: [Vigie_V1_PolicyFinding] = []

    /// Number of rules.
    package var ruleCount: UInt32 = 0

    /// Number of rules that tests or scenarios hit.
    package var hitRuleCount: UInt32 = 0

    /// Rules that none hits and that the policy does not let stand.
    package var neverHit: [Vigie_V1_PolicyRuleName] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyCheck" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.strings(&obstacles)
            case 18: try reader.messages(&failures)
            case 24: testCount = try reader.uint32()
            case 34: try reader.messages(&findings)
            case 40: ruleCount = try reader.uint32()
            case 48: hitRuleCount = try reader.uint32()
            case 58: try reader.messages(&neverHit)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.strings(10, obstacles)
        writer.messages(18, failures)
        writer.uint32(24, testCount)
        writer.messages(34, findings)
        writer.uint32(40, ruleCount)
        writer.uint32(48, hitRuleCount)
        writer.messages(58, neverHit)
    }
}

/// A test or scenario that does not hold.
package struct Vigie_V1_PolicyTestFailure: ProtobufMessage {
    /// Its file.
    package var file: String = ""

    /// Its name.
    package var test: String = ""

    /// What came out, and what was expected.
    package var failure: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyTestFailure" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: file = try reader.string()
            case 18: test = try reader.string()
            case 26: failure = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, file)
        writer.string(18, test)
        writer.string(26, failure)
    }
}

/// Something about the rules of a table, or what they look at, that may not be meant.
package struct Vigie_V1_PolicyFinding: ProtobufMessage {
    /// File and line, and the decision of a table.
    package var place: String = ""

    /// What it is: "overlap", "gap", "missing value gap", "missing value match",
    /// "dead rule", "hole" or "unknown text".
    package var kind: String = ""

    /// In words, with a row that shows it.
    package var words: String = ""

    /// Whether the policy lets it stand, with a reason.
    package var waived: Bool = false

    /// Whether it keeps the policy from holding.
    package var obstacle: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyFinding" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: place = try reader.string()
            case 18: kind = try reader.string()
            case 26: words = try reader.string()
            case 32: waived = try reader.bool()
            case 40: obstacle = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, place)
        writer.string(18, kind)
        writer.string(26, words)
        writer.bool(32, waived)
        writer.bool(40, obstacle)
    }
}

/// A rule, told by where it stands.
package struct Vigie_V1_PolicyRuleName: ProtobufMessage {
    /// The decision.
    package var decision: String = ""

    /// Its number, from 1.
    package var number: UInt32 = 0

    /// Its id; empty if it has none.
    package var id: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyRuleName" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: decision = try reader.string()
            case 16: number = try reader.uint32()
            case 26: id = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, decision)
        writer.uint32(16, number)
        writer.string(26, id)
    }
}

/// What is otherwise in another version.
package struct Vigie_V1_PolicyChanges: ProtobufMessage {
    /// Decisions that only one has, or that say something else beside their rules.
    package var decisions: [String] = []

    /// Rules that are otherwise.
    package var rules: [Vigie_V1_PolicyRuleChange] = []

    /// Other files that only one has, or that are otherwise.
    package var files: [String] = []

    /// Companies for which something is otherwise, the first 1000.
    package var companies: [Vigie_V1_PolicyCompanyChange] = []

    /// How many companies there are for which something is otherwise.
    package var changedCount: UInt32 = 0

    /// How many companies were decided on.
    package var companyCount: UInt32 = 0

    /// What all decisions come to as it was.
    package var before: Vigie_V1_PolicyTotals {
        get { .only(_before) }
        set { _before = [newValue] }
    }
    /// Whether the message has `before`.
    package var hasBefore: Bool { !_before.isEmpty }
    /// Takes `before` out of the message.
    package mutating func clearBefore() { _before = [] }
    private var _before: [Vigie_V1_PolicyTotals] = []

    /// What they come to as it is to be.
    package var after: Vigie_V1_PolicyTotals {
        get { .only(_after) }
        set { _after = [newValue] }
    }
    /// Whether the message has `after`.
    package var hasAfter: Bool { !_after.isEmpty }
    /// Takes `after` out of the message.
    package mutating func clearAfter() { _after = [] }
    private var _after: [Vigie_V1_PolicyTotals] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyChanges" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.strings(&decisions)
            case 18: try reader.messages(&rules)
            case 26: try reader.strings(&files)
            case 34: try reader.messages(&companies)
            case 40: changedCount = try reader.uint32()
            case 48: companyCount = try reader.uint32()
            case 58: try reader.boxed(&_before)
            case 66: try reader.boxed(&_after)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.strings(10, decisions)
        writer.messages(18, rules)
        writer.strings(26, files)
        writer.messages(34, companies)
        writer.uint32(40, changedCount)
        writer.uint32(48, companyCount)
        writer.messages(58, _before)
        writer.messages(66, _after)
    }
}

/// A rule that is otherwise.
package struct Vigie_V1_PolicyRuleChange: ProtobufMessage {
    /// The decision.
    package var decision: String = ""

    /// Its id, or its number, from 1, in the version in which it stands.
    package var rule: String = ""

    /// What became of it: "added", "removed", "changed" or "moved".
    package var change: String = ""

    /// Cells that are others; of "moved", the number of the rule.
    package var cells: [Vigie_V1_PolicyValueChange] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyRuleChange" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: decision = try reader.string()
            case 18: rule = try reader.string()
            case 26: change = try reader.string()
            case 34: try reader.messages(&cells)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, decision)
        writer.string(18, rule)
        writer.string(26, change)
        writer.messages(34, cells)
    }
}

/// A value that is another.
package struct Vigie_V1_PolicyValueChange: ProtobufMessage {
    /// The column, or the part of a decision, such as "limit".
    package var name: String = ""

    /// What it was.
    package var before: String = ""

    /// What it is.
    package var after: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyValueChange" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: self.before = try reader.string()
            case 26: after = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, self.before)
        writer.string(26, after)
    }
}

/// A company that is decided otherwise.
package struct Vigie_V1_PolicyCompanyChange: ProtobufMessage {
    /// Its name.
    package var company: String = ""

    /// What is otherwise.
    package var changes: [Vigie_V1_PolicyValueChange] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyCompanyChange" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: company = try reader.string()
            case 18: try reader.messages(&changes)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, company)
        writer.messages(18, changes)
    }
}

/// What decisions come to together. Amounts are decimal numbers in the currency
/// of the policy; empty beyond all numbers.
package struct Vigie_V1_PolicyTotals: ProtobufMessage {
    /// The limits.
    package var limits: String = ""

    /// What of them is at our own risk.
    package var ownRisk: String = ""

    /// What is owed above them.
    package var exposureAbove: String = ""

    /// What is to be expected to be lost.
    package var expectedLoss: String = ""

    /// How many companies there are of each outcome, by its name.
    package var outcomes: [String: UInt32] = [:]

    /// How many limits each role has to grant, by its name.
    package var routed: [String: UInt32] = [:]

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicyTotals" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: limits = try reader.string()
            case 18: ownRisk = try reader.string()
            case 26: exposureAbove = try reader.string()
            case 34: expectedLoss = try reader.string()
            case 42:
                let outer = try reader.enter()
                var key: String = ""
                var value: UInt32 = 0
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 16: value = try reader.uint32()
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&outcomes, key, value)
            case 50:
                let outer = try reader.enter()
                var key: String = ""
                var value: UInt32 = 0
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 16: value = try reader.uint32()
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&routed, key, value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, limits)
        writer.string(18, ownRisk)
        writer.string(26, exposureAbove)
        writer.string(34, expectedLoss)
        for (key, value) in ProtobufWriter.ordered(outcomes) {
            let start = writer.open(42)
            writer.tag(10)
            writer.string(key)
            writer.tag(16)
            writer.uint32(value)
            writer.close(start)
        }
        for (key, value) in ProtobufWriter.ordered(routed) {
            let start = writer.open(50)
            writer.tag(10)
            writer.string(key)
            writer.tag(16)
            writer.uint32(value)
            writer.close(start)
        }
    }
}
