// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/policy_simulation.proto; do not edit.

package import ProtobufCoding

/// What applies to all companies of a simulation.
package struct Vigie_V1_SimulatePoliciesHeader: ProtobufMessage {
    /// The policy as it is: "name@version" or "name".
    package var before: String = ""

    /// The policy as it is to be.
    package var after: String = ""

    /// The day for which is decided, as YYYY-MM-DD; one of the policies has to hold
    /// on it. Empty means the first day of the policy as it is to be.
    package var asOfDate: String = ""

    /// Inputs of the policies that come as columns of numbers. A policy takes those
    /// that it knows; one that neither knows is an error.
    package var factColumns: [String] = []

    /// Inputs of the policies that come as columns of texts, of whatever kind, and
    /// "stage", "subject" and "role": as the policy's tests write them, such as
    /// "order", "true", "2026-01-31"; lists in JSON.
    package var factTextColumns: [String] = []

    /// How many of the greatest changes are told, at most 1000. Without it 20.
    package var changeCount: UInt32 {
        get { _changeCount ?? 0 }
        set { _changeCount = newValue }
    }
    /// Whether the message has `changeCount`.
    package var hasChangeCount: Bool { _changeCount != nil }
    /// Takes `changeCount` out of the message.
    package mutating func clearChangeCount() { _changeCount = nil }
    private var _changeCount: UInt32?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SimulatePoliciesHeader" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: self.before = try reader.string()
            case 18: after = try reader.string()
            case 26: asOfDate = try reader.string()
            case 34: try reader.strings(&factColumns)
            case 42: try reader.strings(&factTextColumns)
            case 48: _changeCount = try reader.uint32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, self.before)
        writer.string(18, after)
        writer.string(26, asOfDate)
        writer.strings(34, factColumns)
        writer.strings(42, factTextColumns)
        if let value = _changeCount {
            writer.tag(48)
            writer.uint32(value)
        }
    }
}

/// Some companies of a portfolio.
package struct Vigie_V1_SimulatedCompanies: ProtobufMessage {
    /// How many there are, at most 4096.
    package var rowCount: UInt32 = 0

    /// What is known of them, by the columns of the header.
    package var facts: Vigie_V1_FactBlock {
        get { .only(_facts) }
        set { _facts = [newValue] }
    }
    /// Whether the message has `facts`.
    package var hasFacts: Bool { !_facts.isEmpty }
    /// Takes `facts` out of the message.
    package mutating func clearFacts() { _facts = [] }
    private var _facts: [Vigie_V1_FactBlock] = []

    /// Their names, one for each. Empty, all or one, for companies that are called by
    /// where they stand.
    package var names: [String] = []

    /// Where each stands in the caller's file, for what is said of it: its line.
    /// Empty where rows are counted from 1.
    package var lines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SimulatedCompanies" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: rowCount = try reader.uint32()
            case 18: try reader.boxed(&_facts)
            case 26: try reader.strings(&names)
            case 32, 34: try reader.uint32s(tag, &lines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, rowCount)
        writer.messages(18, _facts)
        writer.strings(26, names)
        writer.uint32s(34, lines)
    }
}

/// What two policies come to on a portfolio. The same companies, policies and day
/// give the same.
package struct Vigie_V1_PolicySimulation: ProtobufMessage {
    /// The day for which was decided, as YYYY-MM-DD.
    package var asOfDate: String = ""

    /// Number of companies.
    package var companyCount: UInt64 = 0

    /// Number of those of which something is decided otherwise.
    package var changedCount: UInt64 = 0

    /// By how much limits are higher, and how many of them.
    package var limitsRaised: Vigie_V1_SimulatedAmount {
        get { .only(_limitsRaised) }
        set { _limitsRaised = [newValue] }
    }
    /// Whether the message has `limitsRaised`.
    package var hasLimitsRaised: Bool { !_limitsRaised.isEmpty }
    /// Takes `limitsRaised` out of the message.
    package mutating func clearLimitsRaised() { _limitsRaised = [] }
    private var _limitsRaised: [Vigie_V1_SimulatedAmount] = []

    /// By how much limits are lower, and how many of them.
    package var limitsLowered: Vigie_V1_SimulatedAmount {
        get { .only(_limitsLowered) }
        set { _limitsLowered = [newValue] }
    }
    /// Whether the message has `limitsLowered`.
    package var hasLimitsLowered: Bool { !_limitsLowered.isEmpty }
    /// Takes `limitsLowered` out of the message.
    package mutating func clearLimitsLowered() { _limitsLowered = [] }
    private var _limitsLowered: [Vigie_V1_SimulatedAmount] = []

    /// The policy as it is.
    package var before: Vigie_V1_SimulatedPolicy {
        get { .only(_before) }
        set { _before = [newValue] }
    }
    /// Whether the message has `before`.
    package var hasBefore: Bool { !_before.isEmpty }
    /// Takes `before` out of the message.
    package mutating func clearBefore() { _before = [] }
    private var _before: [Vigie_V1_SimulatedPolicy] = []

    /// The policy as it is to be.
    package var after: Vigie_V1_SimulatedPolicy {
        get { .only(_after) }
        set { _after = [newValue] }
    }
    /// Whether the message has `after`.
    package var hasAfter: Bool { !_after.isEmpty }
    /// Takes `after` out of the message.
    package mutating func clearAfter() { _after = [] }
    private var _after: [Vigie_V1_SimulatedPolicy] = []

    /// How many went from one outcome to another, or stayed.
    package var outcomes: [Vigie_V1_SimulatedTransition] = []

    /// How many went from one class of risk to another, or stayed.
    package var classes: [Vigie_V1_SimulatedTransition] = []

    /// The greatest changes of limits, the greatest first.
    package var changes: [Vigie_V1_SimulatedChange] = []

    /// What is worth telling of the companies, a sentence each.
    package var notes: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PolicySimulation" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: asOfDate = try reader.string()
            case 16: companyCount = try reader.uint64()
            case 24: changedCount = try reader.uint64()
            case 34: try reader.boxed(&_limitsRaised)
            case 42: try reader.boxed(&_limitsLowered)
            case 50: try reader.boxed(&_before)
            case 58: try reader.boxed(&_after)
            case 66: try reader.messages(&outcomes)
            case 74: try reader.messages(&classes)
            case 82: try reader.messages(&changes)
            case 90: try reader.strings(&notes)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, asOfDate)
        writer.uint64(16, companyCount)
        writer.uint64(24, changedCount)
        writer.messages(34, _limitsRaised)
        writer.messages(42, _limitsLowered)
        writer.messages(50, _before)
        writer.messages(58, _after)
        writer.messages(66, outcomes)
        writer.messages(74, classes)
        writer.messages(82, changes)
        writer.strings(90, notes)
    }
}

/// What one policy comes to. Amounts are in its currency.
package struct Vigie_V1_SimulatedPolicy: ProtobufMessage {
    /// Its name and version, as "name@version".
    package var policy: String = ""

    /// SHA-256 over its files, in lower-case hexadecimal.
    package var contentHash: String = ""

    /// The currency of its amounts, such as "EUR".
    package var currency: String = ""

    /// Companies of each outcome, in the order of all outcomes.
    package var outcomes: [Vigie_V1_SimulatedCount] = []

    /// The limits.
    package var limits: Vigie_V1_SimulatedAmount {
        get { .only(_limits) }
        set { _limits = [newValue] }
    }
    /// Whether the message has `limits`.
    package var hasLimits: Bool { !_limits.isEmpty }
    /// Takes `limits` out of the message.
    package mutating func clearLimits() { _limits = [] }
    private var _limits: [Vigie_V1_SimulatedAmount] = []

    /// What of them is at our own risk.
    package var ownRisk: Vigie_V1_SimulatedAmount {
        get { .only(_ownRisk) }
        set { _ownRisk = [newValue] }
    }
    /// Whether the message has `ownRisk`.
    package var hasOwnRisk: Bool { !_ownRisk.isEmpty }
    /// Takes `ownRisk` out of the message.
    package mutating func clearOwnRisk() { _ownRisk = [] }
    private var _ownRisk: [Vigie_V1_SimulatedAmount] = []

    /// What is owed and ordered.
    package var exposure: Vigie_V1_SimulatedAmount {
        get { .only(_exposure) }
        set { _exposure = [newValue] }
    }
    /// Whether the message has `exposure`.
    package var hasExposure: Bool { !_exposure.isEmpty }
    /// Takes `exposure` out of the message.
    package mutating func clearExposure() { _exposure = [] }
    private var _exposure: [Vigie_V1_SimulatedAmount] = []

    /// What of it is above the limits.
    package var exposureAbove: Vigie_V1_SimulatedAmount {
        get { .only(_exposureAbove) }
        set { _exposureAbove = [newValue] }
    }
    /// Whether the message has `exposureAbove`.
    package var hasExposureAbove: Bool { !_exposureAbove.isEmpty }
    /// Takes `exposureAbove` out of the message.
    package mutating func clearExposureAbove() { _exposureAbove = [] }
    private var _exposureAbove: [Vigie_V1_SimulatedAmount] = []

    /// What is to be expected to be lost of the limits.
    package var expectedLoss: Vigie_V1_SimulatedAmount {
        get { .only(_expectedLoss) }
        set { _expectedLoss = [newValue] }
    }
    /// Whether the message has `expectedLoss`.
    package var hasExpectedLoss: Bool { !_expectedLoss.isEmpty }
    /// Takes `expectedLoss` out of the message.
    package mutating func clearExpectedLoss() { _expectedLoss = [] }
    private var _expectedLoss: [Vigie_V1_SimulatedAmount] = []

    /// What is to be expected to be lost of what is owed and nobody else bears.
    package var expectedLossOfExposure: Vigie_V1_SimulatedAmount {
        get { .only(_expectedLossOfExposure) }
        set { _expectedLossOfExposure = [newValue] }
    }
    /// Whether the message has `expectedLossOfExposure`.
    package var hasExpectedLossOfExposure: Bool { !_expectedLossOfExposure.isEmpty }
    /// Takes `expectedLossOfExposure` out of the message.
    package mutating func clearExpectedLossOfExposure() { _expectedLossOfExposure = [] }
    private var _expectedLossOfExposure: [Vigie_V1_SimulatedAmount] = []

    /// Limits that whoever asks may not grant, by the role that may; an empty name
    /// for those that none may.
    package var toGrant: [Vigie_V1_SimulatedCount] = []

    /// Limits for which a second person has to agree.
    package var secondPersons: UInt64 = 0

    /// Companies that were decided one by one, a hundred times as slowly.
    package var decidedOneByOne: UInt64 = 0

    /// Why all of them were; empty if that is not so.
    package var slowReason: String = ""

    /// What its tables answered.
    package var tables: [Vigie_V1_SimulatedTable] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SimulatedPolicy" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: policy = try reader.string()
            case 18: contentHash = try reader.string()
            case 26: currency = try reader.string()
            case 34: try reader.messages(&outcomes)
            case 42: try reader.boxed(&_limits)
            case 50: try reader.boxed(&_ownRisk)
            case 58: try reader.boxed(&_exposure)
            case 66: try reader.boxed(&_exposureAbove)
            case 74: try reader.boxed(&_expectedLoss)
            case 82: try reader.boxed(&_expectedLossOfExposure)
            case 90: try reader.messages(&toGrant)
            case 96: secondPersons = try reader.uint64()
            case 104: decidedOneByOne = try reader.uint64()
            case 114: slowReason = try reader.string()
            case 122: try reader.messages(&tables)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, policy)
        writer.string(18, contentHash)
        writer.string(26, currency)
        writer.messages(34, outcomes)
        writer.messages(42, _limits)
        writer.messages(50, _ownRisk)
        writer.messages(58, _exposure)
        writer.messages(66, _exposureAbove)
        writer.messages(74, _expectedLoss)
        writer.messages(82, _expectedLossOfExposure)
        writer.messages(90, toGrant)
        writer.uint64(96, secondPersons)
        writer.uint64(104, decidedOneByOne)
        writer.string(114, slowReason)
        writer.messages(122, tables)
    }
}

/// An amount of several companies.
package struct Vigie_V1_SimulatedAmount: ProtobufMessage {
    /// The sum, in decimal digits. Empty where it has more than a number can have.
    package var sum: String = ""

    /// How many companies have it.
    package var companyCount: UInt64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SimulatedAmount" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: sum = try reader.string()
            case 16: companyCount = try reader.uint64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, sum)
        writer.uint64(16, companyCount)
    }
}

/// How many there are of something.
package struct Vigie_V1_SimulatedCount: ProtobufMessage {
    /// What it is.
    package var name: String = ""

    /// How many.
    package var count: UInt64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SimulatedCount" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 16: count = try reader.uint64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.uint64(16, count)
    }
}

/// How many went from one to another.
package struct Vigie_V1_SimulatedTransition: ProtobufMessage {
    /// Where they were; empty for nowhere.
    package var before: String = ""

    /// Where they will be; empty for nowhere.
    package var after: String = ""

    /// How many.
    package var companyCount: UInt64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SimulatedTransition" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: self.before = try reader.string()
            case 18: after = try reader.string()
            case 24: companyCount = try reader.uint64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, self.before)
        writer.string(18, after)
        writer.uint64(24, companyCount)
    }
}

/// How often a table answered what.
package struct Vigie_V1_SimulatedTable: ProtobufMessage {
    /// The decision that consists of it.
    package var decision: String = ""

    /// Its rules, in their order: the id of each, empty without one, and how often
    /// it decided.
    package var rules: [Vigie_V1_SimulatedCount] = []

    /// How often no rule matched.
    package var noneCount: UInt64 = 0

    /// How often no rule matched, and the table has a default.
    package var defaultCount: UInt64 = 0

    /// How often more rules matched than its hit policy lets.
    package var violationCount: UInt64 = 0

    /// How often a value was none of those that an input may have.
    package var invalidCount: UInt64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SimulatedTable" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: decision = try reader.string()
            case 18: try reader.messages(&rules)
            case 24: noneCount = try reader.uint64()
            case 32: defaultCount = try reader.uint64()
            case 40: violationCount = try reader.uint64()
            case 48: invalidCount = try reader.uint64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, decision)
        writer.messages(18, rules)
        writer.uint64(24, noneCount)
        writer.uint64(32, defaultCount)
        writer.uint64(40, violationCount)
        writer.uint64(48, invalidCount)
    }
}

/// A company of which something is decided otherwise.
package struct Vigie_V1_SimulatedChange: ProtobufMessage {
    /// Its name, or where it stands.
    package var company: String = ""

    /// Its place among all companies, from 1.
    package var row: UInt64 = 0

    /// By how much its limit is another, in decimal digits.
    package var difference: String = ""

    /// What is otherwise.
    package var changes: [Vigie_V1_PolicyValueChange] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SimulatedChange" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: company = try reader.string()
            case 16: row = try reader.uint64()
            case 26: difference = try reader.string()
            case 34: try reader.messages(&changes)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, company)
        writer.uint64(16, row)
        writer.string(26, difference)
        writer.messages(34, changes)
    }
}
