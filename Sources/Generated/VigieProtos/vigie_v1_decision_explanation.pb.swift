// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/decision_explanation.proto; do not edit.

package import ProtobufCoding

/// How much is told of why tables answered as they did.
package enum Vigie_V1_DecisionExplanation: Sendable, Equatable {
    /// Same as DECISION_EXPLANATION_MATCH.
    case unspecified
    /// The rules that decided, by number and id.
    case none
    /// Also their cells, with the values that they saw.
    case match
    /// Also the rules of each table that failed on the fewest cells: which cell, how
    /// far off the value is, and what would follow.
    case nearMiss
    /// Also what each cell of each rule said of its value. Refused where that is
    /// more than a message may tell.
    case full
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .none, .match, .nearMiss, .full]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .none
        case 2: self = .match
        case 3: self = .nearMiss
        case 4: self = .full
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .none: 1
        case .match: 2
        case .nearMiss: 3
        case .full: 4
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Kinds of answers.
package enum Vigie_V1_TableAnswerKind: Sendable, Equatable {
    /// Not used.
    case unspecified
    /// Rules matched.
    case matched
    /// None did, and the table has a default.
    case `default`
    /// None did.
    case none
    /// Several did where one may, or they say different things.
    case violation
    /// A value was none of those that an input may have.
    case invalidInput
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .matched, .`default`, .none, .violation, .invalidInput]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .matched
        case 2: self = .`default`
        case 3: self = .none
        case 4: self = .violation
        case 5: self = .invalidInput
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .matched: 1
        case .`default`: 2
        case .none: 3
        case .violation: 4
        case .invalidInput: 5
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What a cell said of a value.
package enum Vigie_V1_CellVerdict: Sendable, Equatable {
    /// Not used.
    case unspecified
    /// It lets everything through.
    case any
    /// It let the value through.
    case passed
    /// It did not.
    case failed
    /// It did not, since that cannot be told of the value: it is not known, or of
    /// another kind.
    case unknown
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .any, .passed, .failed, .unknown]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .any
        case 2: self = .passed
        case 3: self = .failed
        case 4: self = .unknown
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .any: 1
        case .passed: 2
        case .failed: 3
        case .unknown: 4
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What a table answered.
package struct Vigie_V1_TableAnswer: ProtobufMessage {
    /// The decision that the table is of.
    package var decision: String = ""

    /// What kind of answer it was.
    package var kind: Vigie_V1_TableAnswerKind = Vigie_V1_TableAnswerKind()

    /// The rules that gave it; under a violation those that matched.
    package var rules: [Vigie_V1_ExplainedRule] = []

    /// With NEAR_MISS and FULL, the rules that failed on the fewest cells.
    package var nearMisses: [Vigie_V1_ExplainedRule] = []

    /// With FULL, what the cells of all rules said, one rule after the other: for
    /// each rule as many as verdict_columns.
    package var verdicts: [Vigie_V1_CellVerdict] = []

    /// How many inputs the table has, where verdicts are told.
    package var verdictColumns: UInt32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TableAnswer" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: decision = try reader.string()
            case 16: kind = Vigie_V1_TableAnswerKind(rawValue: try reader.enumeration())
            case 26: try reader.messages(&rules)
            case 34: try reader.messages(&nearMisses)
            case 40: verdicts.append(Vigie_V1_CellVerdict(rawValue: try reader.enumeration()))
            case 42:
                let outer = try reader.enter()
                while reader.hasMore {
                    verdicts.append(Vigie_V1_CellVerdict(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 48: verdictColumns = try reader.uint32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, decision)
        writer.enumeration(16, kind.rawValue)
        writer.messages(26, rules)
        writer.messages(34, nearMisses)
        if !verdicts.isEmpty {
            let start = writer.open(42)
            for value in verdicts { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.uint32(48, verdictColumns)
    }
}

/// A rule. What is said of it, by its id, stands in the context of the answer.
package struct Vigie_V1_ExplainedRule: ProtobufMessage {
    /// Its number in the table, from 1.
    package var number: UInt32 = 0

    /// Its id; empty if it has none.
    package var id: String = ""

    /// Of a rule that decided, its cells that test something; of others, those that
    /// failed.
    package var cells: [Vigie_V1_ExplainedCell] = []

    /// Of what is explained, what its outputs are, as they are written.
    package var outputs: [Vigie_V1_RuleOutput] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ExplainedRule" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: number = try reader.uint32()
            case 18: id = try reader.string()
            case 26: try reader.messages(&cells)
            case 34: try reader.messages(&outputs)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, number)
        writer.string(18, id)
        writer.messages(26, cells)
        writer.messages(34, outputs)
    }
}

/// A cell with what was held against it.
package struct Vigie_V1_ExplainedCell: ProtobufMessage {
    /// The column.
    package var input: String = ""

    /// What is written in the cell.
    package var cell: String = ""

    /// The value that was read.
    package var value: String = ""

    /// Whether the value is not known.
    package var unknown: Bool = false

    /// How far the value is from what the cell wants, as a number or in days; empty
    /// where that cannot be told.
    package var distance: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ExplainedCell" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: input = try reader.string()
            case 18: cell = try reader.string()
            case 26: self.value = try reader.string()
            case 32: unknown = try reader.bool()
            case 42: distance = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, input)
        writer.string(18, cell)
        writer.string(26, self.value)
        writer.bool(32, unknown)
        writer.string(42, distance)
    }
}

/// An output of a rule.
package struct Vigie_V1_RuleOutput: ProtobufMessage {
    /// Its name; "result" where the table has only one.
    package var name: String = ""

    /// What it is, as it is written.
    package var text: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RuleOutput" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: text = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, text)
    }
}
