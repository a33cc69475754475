// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/decision_rows.proto; do not edit.

package import ProtobufCoding

/// A column of decisions that an answer can carry.
package enum Vigie_V1_DecisionOutput: Sendable, Equatable {
    /// Not a valid choice.
    case unspecified
    /// What becomes of each.
    case outcome
    /// The class of risk.
    case riskClass
    /// The limit.
    case limit
    /// What of the limit is at our own risk.
    case ownLimit
    /// What each needs.
    case need
    /// What the limit leaves beside what is owed.
    case headroom
    /// What is to be expected to be lost in a year.
    case expectedLoss
    /// What a year's business is to be expected to bring.
    case opportunity
    /// The part that binds the limit.
    case binding
    /// Days from the invoice to the payment.
    case termDays
    /// What is done at the stage.
    case action
    /// The role that may grant the limit, and whether a second person has to agree.
    case role
    /// The last day of the limit.
    case validUntil
    /// What is missing.
    case missing
    /// What each table answered.
    case rules
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .outcome, .riskClass, .limit, .ownLimit, .need, .headroom, .expectedLoss, .opportunity, .binding, .termDays, .action, .role, .validUntil, .missing, .rules]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .outcome
        case 2: self = .riskClass
        case 3: self = .limit
        case 4: self = .ownLimit
        case 5: self = .need
        case 6: self = .headroom
        case 7: self = .expectedLoss
        case 8: self = .opportunity
        case 9: self = .binding
        case 10: self = .termDays
        case 11: self = .action
        case 12: self = .role
        case 13: self = .validUntil
        case 14: self = .missing
        case 15: self = .rules
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .outcome: 1
        case .riskClass: 2
        case .limit: 3
        case .ownLimit: 4
        case .need: 5
        case .headroom: 6
        case .expectedLoss: 7
        case .opportunity: 8
        case .binding: 9
        case .termDays: 10
        case .action: 11
        case .role: 12
        case .validUntil: 13
        case .missing: 14
        case .rules: 15
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// One message of a stream of companies as rows.
package struct Vigie_V1_StreamDecideRowsRequest: ProtobufMessage {
    /// The first message of the stream, and only the first.
    package var header: Vigie_V1_DecideRowsHeader {
        get {
            if case .header(let value)? = message { return value }
            return Vigie_V1_DecideRowsHeader()
        }
        set { message = .header(newValue) }
    }

    /// Companies to decide on.
    package var block: Vigie_V1_DecideRowsBlock {
        get {
            if case .block(let value)? = message { return value }
            return Vigie_V1_DecideRowsBlock()
        }
        set { message = .block(newValue) }
    }

    /// Header first, then blocks.
    package var message: OneOf_Message?

    /// Header first, then blocks.
    package indirect enum OneOf_Message: Sendable {
        /// The first message of the stream, and only the first.
        case header(Vigie_V1_DecideRowsHeader)
        /// Companies to decide on.
        case block(Vigie_V1_DecideRowsBlock)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StreamDecideRowsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_DecideRowsHeader()
                if case .header(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .header(value)
            case 18:
                var value = Vigie_V1_DecideRowsBlock()
                if case .block(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .block(value)
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
        if case .block(let value)? = message {
            writer.message(18, value)
        }
    }
}

/// One message of a stream of decisions.
package struct Vigie_V1_StreamDecideRowsResponse: ProtobufMessage {
    /// By what all are decided. Sent once, when the header is accepted.
    package var context: Vigie_V1_DecideRowsContext {
        get {
            if case .context(let value)? = message { return value }
            return Vigie_V1_DecideRowsContext()
        }
        set { message = .context(newValue) }
    }

    /// What is decided of one block of rows.
    package var block: Vigie_V1_DecidedBlock {
        get {
            if case .block(let value)? = message { return value }
            return Vigie_V1_DecidedBlock()
        }
        set { message = .block(newValue) }
    }

    /// Context first, then blocks.
    package var message: OneOf_Message?

    /// Context first, then blocks.
    package indirect enum OneOf_Message: Sendable {
        /// By what all are decided. Sent once, when the header is accepted.
        case context(Vigie_V1_DecideRowsContext)
        /// What is decided of one block of rows.
        case block(Vigie_V1_DecidedBlock)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StreamDecideRowsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_DecideRowsContext()
                if case .context(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .context(value)
            case 18:
                var value = Vigie_V1_DecidedBlock()
                if case .block(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .block(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .context(let value)? = message {
            writer.message(10, value)
        }
        if case .block(let value)? = message {
            writer.message(18, value)
        }
    }
}

/// What applies to all rows of a stream.
package struct Vigie_V1_DecideRowsHeader: ProtobufMessage {
    /// The model that scores the rows: its name, or "name@version". Empty means the
    /// server's default model.
    package var model: String = ""

    /// The columns of the model's values, as in ScoreHeader.
    package var columns: [String] = []

    /// The columns of the model's texts, as in ScoreHeader.
    package var textColumns: [String] = []

    /// Which scores are answered beside those that the policy takes, which always
    /// are.
    package var scoreOutputs: [Vigie_V1_ScoreOutput] = []

    /// The policy: its name, or "name@version". Empty means the only policy that
    /// holds on the day.
    package var policy: String = ""

    /// The day for which is scored and decided, as YYYY-MM-DD. Empty means today in
    /// UTC.
    package var asOfDate: String = ""

    /// The role of whoever asks, as in DecideHeader.
    package var role: String = ""

    /// The stage of business of all rows, unless "stage" is one of fact_text_columns.
    package var stage: Vigie_V1_BusinessStage = Vigie_V1_BusinessStage()

    /// Whether all rows are persons, unless "subject" is one of fact_text_columns.
    package var subject: Vigie_V1_DecisionSubject = Vigie_V1_DecisionSubject()

    /// Inputs of the policy that come as columns of numbers: those of the kinds
    /// number, date (days since 1970-01-01) and boolean (1 for true, 0 for false).
    /// An input that is neither here nor in the lists below is not known, but for
    /// these: risk_class, score and probability are those of the row's score, and
    /// outcome is "scored" or "not_scorable".
    package var factColumns: [String] = []

    /// Inputs of the policy that come as columns of texts, and "stage" and "subject",
    /// as the policy's tests write them: "order", "natural_person".
    package var factTextColumns: [String] = []

    /// What is the same of all rows. A day of which a fact is, is not taken.
    package var facts: [Vigie_V1_DecisionFact] = []

    /// What of the decisions is answered. Empty means OUTCOME, RISK_CLASS, LIMIT,
    /// TERM_DAYS, ACTION and ROLE.
    package var outputs: [Vigie_V1_DecisionOutput] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecideRowsHeader" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: model = try reader.string()
            case 18: try reader.strings(&columns)
            case 26: try reader.strings(&textColumns)
            case 32: scoreOutputs.append(Vigie_V1_ScoreOutput(rawValue: try reader.enumeration()))
            case 34:
                let outer = try reader.enter()
                while reader.hasMore {
                    scoreOutputs.append(Vigie_V1_ScoreOutput(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 42: policy = try reader.string()
            case 50: asOfDate = try reader.string()
            case 58: role = try reader.string()
            case 64: stage = Vigie_V1_BusinessStage(rawValue: try reader.enumeration())
            case 72: subject = Vigie_V1_DecisionSubject(rawValue: try reader.enumeration())
            case 82: try reader.strings(&factColumns)
            case 90: try reader.strings(&factTextColumns)
            case 98: try reader.messages(&facts)
            case 104: outputs.append(Vigie_V1_DecisionOutput(rawValue: try reader.enumeration()))
            case 106:
                let outer = try reader.enter()
                while reader.hasMore {
                    outputs.append(Vigie_V1_DecisionOutput(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, model)
        writer.strings(18, columns)
        writer.strings(26, textColumns)
        if !scoreOutputs.isEmpty {
            let start = writer.open(34)
            for value in scoreOutputs { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.string(42, policy)
        writer.string(50, asOfDate)
        writer.string(58, role)
        writer.enumeration(64, stage.rawValue)
        writer.enumeration(72, subject.rawValue)
        writer.strings(82, factColumns)
        writer.strings(90, factTextColumns)
        writer.messages(98, facts)
        if !outputs.isEmpty {
            let start = writer.open(106)
            for value in outputs { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
    }
}

/// Companies to decide on.
package struct Vigie_V1_DecideRowsBlock: ProtobufMessage {
    /// What the model takes of them.
    package var rows: Vigie_V1_RowBlock {
        get { .only(_rows) }
        set { _rows = [newValue] }
    }
    /// Whether the message has `rows`.
    package var hasRows: Bool { !_rows.isEmpty }
    /// Takes `rows` out of the message.
    package mutating func clearRows() { _rows = [] }
    private var _rows: [Vigie_V1_RowBlock] = []

    /// What the policy takes of them beside their scores, for as many rows.
    package var facts: Vigie_V1_FactBlock {
        get { .only(_facts) }
        set { _facts = [newValue] }
    }
    /// Whether the message has `facts`.
    package var hasFacts: Bool { !_facts.isEmpty }
    /// Takes `facts` out of the message.
    package mutating func clearFacts() { _facts = [] }
    private var _facts: [Vigie_V1_FactBlock] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecideRowsBlock" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_rows)
            case 18: try reader.boxed(&_facts)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _rows)
        writer.messages(18, _facts)
    }
}

/// What a policy takes of some rows.
package struct Vigie_V1_FactBlock: ProtobufMessage {
    /// The values of fact_columns, column after column, one for each row. NaN means
    /// not known. A number is read as the shortest decimal that it is.
    package var values: [Double] = []

    /// The columns of fact_text_columns, in their order.
    package var textColumns: [Vigie_V1_TextColumn] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.FactBlock" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 9, 10: try reader.doubles(tag, &values)
            case 18: try reader.messages(&textColumns)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.doubles(10, values)
        writer.messages(18, textColumns)
    }
}

/// By what rows are decided, and what numbers in answers mean.
package struct Vigie_V1_DecideRowsContext: ProtobufMessage {
    /// The model that scores them.
    package var model: Vigie_V1_ModelIdentity {
        get { .only(_model) }
        set { _model = [newValue] }
    }
    /// Whether the message has `model`.
    package var hasModel: Bool { !_model.isEmpty }
    /// Takes `model` out of the message.
    package mutating func clearModel() { _model = [] }
    private var _model: [Vigie_V1_ModelIdentity] = []

    /// Name of the policy.
    package var policy: String = ""

    /// Version of the policy.
    package var policyVersion: String = ""

    /// SHA-256 over the files of the policy, in lower-case hexadecimal.
    package var policyContentHash: String = ""

    /// The currency of all amounts, such as "EUR".
    package var currency: String = ""

    /// The roles of the policy: 1 in a column of roles is the first.
    package var roles: [String] = []

    /// The parts that can bind a limit: 1 in a column of bindings is the first.
    package var bindings: [String] = []

    /// The decisions whose tables are told of, in the order of the columns of rules.
    package var tables: [String] = []

    /// Why each row is decided one by one, which takes a hundred times as long; empty
    /// if that is not so.
    package var slowReason: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecideRowsContext" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_model)
            case 18: policy = try reader.string()
            case 26: policyVersion = try reader.string()
            case 34: policyContentHash = try reader.string()
            case 42: currency = try reader.string()
            case 50: try reader.strings(&roles)
            case 58: try reader.strings(&bindings)
            case 66: try reader.strings(&tables)
            case 74: slowReason = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _model)
        writer.string(18, policy)
        writer.string(26, policyVersion)
        writer.string(34, policyContentHash)
        writer.string(42, currency)
        writer.strings(50, roles)
        writer.strings(58, bindings)
        writer.strings(66, tables)
        writer.string(74, slowReason)
    }
}

/// What is decided of a block as columns. Each that was asked for has row_count
/// entries. Amounts are the doubles nearest to decimal numbers in the currency of
/// the policy: up to 15 digits, the shortest decimal that each is, is the amount.
/// NaN means that there is none.
package struct Vigie_V1_DecidedBlock: ProtobufMessage {
    /// The scores of the rows.
    package var scores: Vigie_V1_ScoreBlock {
        get { .only(_scores) }
        set { _scores = [newValue] }
    }
    /// Whether the message has `scores`.
    package var hasScores: Bool { !_scores.isEmpty }
    /// Takes `scores` out of the message.
    package mutating func clearScores() { _scores = [] }
    private var _scores: [Vigie_V1_ScoreBlock] = []

    /// Number of rows.
    package var rowCount: UInt32 = 0

    /// What becomes of each.
    package var outcomes: [Vigie_V1_DecisionOutcome] = []

    /// The class of risk: 1 for the first of class_names, 0 for none.
    package var riskClasses: [UInt32] = []

    /// The limits.
    package var limits: [Double] = []

    /// What of them is at our own risk.
    package var ownLimits: [Double] = []

    /// What is needed.
    package var needs: [Double] = []

    /// What the limits leave.
    package var headrooms: [Double] = []

    /// What is to be expected to be lost in a year.
    package var expectedLosses: [Double] = []

    /// What a year's business is to be expected to bring.
    package var opportunities: [Double] = []

    /// The part that binds each limit: 1 for the first of the context's bindings, 0
    /// for none.
    package var bindings: [UInt32] = []

    /// Days from the invoice to the payment.
    package var termDays: [UInt32] = []

    /// What is done: 1 for the first of action_names, 0 for nothing.
    package var actions: [UInt32] = []

    /// The role that may grant each limit: 1 for the first of the context's roles, 0
    /// for none.
    package var roles: [UInt32] = []

    /// Whether a second person has to agree.
    package var secondPersons: [Bool] = []

    /// The last day of each limit, counted from 1970-01-01; the least number for
    /// none.
    package var validUntilDays: [Int32] = []

    /// What is missing: bit 0 for the first of missing_names.
    package var missing: [UInt64] = []

    /// What each table answered, table after table, row_count entries for each: the
    /// number of the rule from 1, of several the first; 0 for no rule, -1 for the
    /// default, -2 for more rules than the hit policy lets, -3 and below for a value
    /// that the first, second and so on input may not have; the least number where
    /// the table was not asked.
    package var rules: [Int32] = []

    /// The classes of risk of this block, each once.
    package var classNames: [String] = []

    /// What is done in this block, each once.
    package var actionNames: [String] = []

    /// What can be missing.
    package var missingNames: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecidedBlock" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_scores)
            case 16: rowCount = try reader.uint32()
            case 24: outcomes.append(Vigie_V1_DecisionOutcome(rawValue: try reader.enumeration()))
            case 26:
                let outer = try reader.enter()
                while reader.hasMore {
                    outcomes.append(Vigie_V1_DecisionOutcome(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 37, 34: try reader.fixed32s(tag, &riskClasses)
            case 41, 42: try reader.doubles(tag, &limits)
            case 49, 50: try reader.doubles(tag, &ownLimits)
            case 57, 58: try reader.doubles(tag, &needs)
            case 65, 66: try reader.doubles(tag, &headrooms)
            case 73, 74: try reader.doubles(tag, &expectedLosses)
            case 81, 82: try reader.doubles(tag, &opportunities)
            case 93, 90: try reader.fixed32s(tag, &bindings)
            case 101, 98: try reader.fixed32s(tag, &termDays)
            case 109, 106: try reader.fixed32s(tag, &actions)
            case 117, 114: try reader.fixed32s(tag, &roles)
            case 120, 122: try reader.bools(tag, &secondPersons)
            case 133: validUntilDays.append(try reader.sfixed32())
            case 130:
                let outer = try reader.enter()
                while reader.hasMore {
                    validUntilDays.append(try reader.sfixed32())
                }
                reader.leave(outer)
            case 137: missing.append(try reader.fixed64())
            case 138:
                let outer = try reader.enter()
                while reader.hasMore {
                    missing.append(try reader.fixed64())
                }
                reader.leave(outer)
            case 149: rules.append(try reader.sfixed32())
            case 146:
                let outer = try reader.enter()
                while reader.hasMore {
                    rules.append(try reader.sfixed32())
                }
                reader.leave(outer)
            case 154: try reader.strings(&classNames)
            case 162: try reader.strings(&actionNames)
            case 170: try reader.strings(&missingNames)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _scores)
        writer.uint32(16, rowCount)
        if !outcomes.isEmpty {
            let start = writer.open(26)
            for value in outcomes { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.fixed32s(34, riskClasses)
        writer.doubles(42, limits)
        writer.doubles(50, ownLimits)
        writer.doubles(58, needs)
        writer.doubles(66, headrooms)
        writer.doubles(74, expectedLosses)
        writer.doubles(82, opportunities)
        writer.fixed32s(90, bindings)
        writer.fixed32s(98, termDays)
        writer.fixed32s(106, actions)
        writer.fixed32s(114, roles)
        writer.bools(122, secondPersons)
        if !validUntilDays.isEmpty {
            let start = writer.open(130)
            for value in validUntilDays { writer.sfixed32(value) }
            writer.close(start)
        }
        if !missing.isEmpty {
            let start = writer.open(138)
            for value in missing { writer.fixed64(value) }
            writer.close(start)
        }
        if !rules.isEmpty {
            let start = writer.open(146)
            for value in rules { writer.sfixed32(value) }
            writer.close(start)
        }
        writer.strings(154, classNames)
        writer.strings(162, actionNames)
        writer.strings(170, missingNames)
    }
}
