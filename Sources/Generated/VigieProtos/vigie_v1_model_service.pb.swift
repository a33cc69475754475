// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/model_service.proto; do not edit.

package import ProtobufCoding

/// Kinds of input.
package enum Vigie_V1_InputKind: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// A number.
    case number
    /// One of some categories. Rows have it as a text, or, where the categories are
    /// numbers or truth values, as such a number.
    case category
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .number, .category]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .number
        case 2: self = .category
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .number: 1
        case .category: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Asks for a page of models.
package struct Vigie_V1_ListModelsRequest: ProtobufMessage {
    /// Most models to return. 0 means 50; more than 1000 is taken as 1000.
    package var pageSize: Int32 = 0

    /// Token of the page to return, from an earlier response. Empty for the first.
    package var pageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListModelsRequest" }

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

/// A page of models.
package struct Vigie_V1_ListModelsResponse: ProtobufMessage {
    /// The models.
    package var models: [Vigie_V1_ModelSummary] = []

    /// Token of the next page. Empty when this is the last.
    package var nextPageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListModelsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&models)
            case 18: nextPageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, models)
        writer.string(18, nextPageToken)
    }
}

/// Asks for one model.
package struct Vigie_V1_DescribeModelRequest: ProtobufMessage {
    /// Name of the model, or "name@version". Empty means the default model.
    package var name: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeModelRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
    }
}

/// One model.
package struct Vigie_V1_DescribeModelResponse: ProtobufMessage {
    /// The model.
    package var model: Vigie_V1_ModelDescription {
        get { .only(_model) }
        set { _model = [newValue] }
    }
    /// Whether the message has `model`.
    package var hasModel: Bool { !_model.isEmpty }
    /// Takes `model` out of the message.
    package mutating func clearModel() { _model = [] }
    private var _model: [Vigie_V1_ModelDescription] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeModelResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_model)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _model)
    }
}

/// Asks for the quantiser of one model.
package struct Vigie_V1_GetQuantiserRequest: ProtobufMessage {
    /// Name of the model, or "name@version". Empty means the default model.
    package var name: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.GetQuantiserRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
    }
}

/// The quantiser of one model.
package struct Vigie_V1_GetQuantiserResponse: ProtobufMessage {
    /// Name of the model.
    package var name: String = ""

    /// Version of the model.
    package var version: String = ""

    /// SHA-256 of the model's bundle, in lower-case hexadecimal.
    package var contentHash: String = ""

    /// The quantiser.
    package var quantiser: Vigie_V1_Quantiser {
        get { .only(_quantiser) }
        set { _quantiser = [newValue] }
    }
    /// Whether the message has `quantiser`.
    package var hasQuantiser: Bool { !_quantiser.isEmpty }
    /// Takes `quantiser` out of the message.
    package mutating func clearQuantiser() { _quantiser = [] }
    private var _quantiser: [Vigie_V1_Quantiser] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.GetQuantiserResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: version = try reader.string()
            case 26: contentHash = try reader.string()
            case 34: try reader.boxed(&_quantiser)
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
        writer.messages(34, _quantiser)
    }
}

/// Turns 32-bit values into bytes that tell a model as much as the values do: a
/// tree asks no more of a value than whether it is above a threshold. A row
/// becomes one byte for each column, in the order of the columns.
package struct Vigie_V1_Quantiser: ProtobufMessage {
    /// What identifies the quantiser; goes into each block that it made. 32 bytes.
    package var digest: [UInt8] = []

    /// The columns of a quantised row, each one byte of it.
    package var columns: [Vigie_V1_QuantiserColumn] = []

    /// Number of input columns of the model, all of which a row of values has.
    package var inputCount: UInt32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.Quantiser" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: digest = try reader.bytes()
            case 18: try reader.messages(&columns)
            case 24: inputCount = try reader.uint32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.bytes(10, digest)
        writer.messages(18, columns)
        writer.uint32(24, inputCount)
    }
}

/// How one byte of a quantised row is made.
package struct Vigie_V1_QuantiserColumn: ProtobufMessage {
    /// The input column whose value the byte is made from: index into the inputs
    /// that DescribeModel gives. An input that no tree looks at has no column, one
    /// with many thresholds may have several.
    package var input: UInt32 = 0

    /// Name of that input column.
    package var inputName: String = ""

    /// The thresholds, ascending, at most 254; some may be equal. The byte is the
    /// number of them that the value exceeds; for a missing value (NaN) it is 255.
    package var thresholds: [Float] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.QuantiserColumn" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: input = try reader.uint32()
            case 18: inputName = try reader.string()
            case 29, 26: try reader.floats(tag, &thresholds)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, input)
        writer.string(18, inputName)
        writer.floats(26, thresholds)
    }
}

/// The short description of a model.
package struct Vigie_V1_ModelSummary: ProtobufMessage {
    /// Name of the model.
    package var name: String = ""

    /// Version of the model.
    package var version: String = ""

    /// SHA-256 of the model's bundle, in lower-case hexadecimal.
    package var contentHash: String = ""

    /// What the model is.
    package var description_p: Vigie_V1_LocalizedText {
        get { .only(_description_p) }
        set { _description_p = [newValue] }
    }
    /// Whether the message has `description_p`.
    package var hasDescription: Bool { !_description_p.isEmpty }
    /// Takes `description_p` out of the message.
    package mutating func clearDescription() { _description_p = [] }
    private var _description_p: [Vigie_V1_LocalizedText] = []

    /// Whether the model is used when a call names none.
    package var isDefault: Bool = false

    /// Identifier of the event whose probability is given.
    package var event: String = ""

    /// Time within which the event is expected, in months.
    package var horizonMonths: UInt32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ModelSummary" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: version = try reader.string()
            case 26: contentHash = try reader.string()
            case 34: try reader.boxed(&_description_p)
            case 40: isDefault = try reader.bool()
            case 50: event = try reader.string()
            case 56: horizonMonths = try reader.uint32()
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
        writer.messages(34, _description_p)
        writer.bool(40, isDefault)
        writer.string(50, event)
        writer.uint32(56, horizonMonths)
    }
}

/// A text for people in the languages of the bundle.
package struct Vigie_V1_LocalizedText: ProtobufMessage {
    /// English.
    package var en: String = ""

    /// French.
    package var fr: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.LocalizedText" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: en = try reader.string()
            case 18: fr = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, en)
        writer.string(18, fr)
    }
}

/// The full description of a model.
package struct Vigie_V1_ModelDescription: ProtobufMessage {
    /// The short description.
    package var summary: Vigie_V1_ModelSummary {
        get { .only(_summary) }
        set { _summary = [newValue] }
    }
    /// Whether the message has `summary`.
    package var hasSummary: Bool { !_summary.isEmpty }
    /// Takes `summary` out of the message.
    package mutating func clearSummary() { _summary = [] }
    private var _summary: [Vigie_V1_ModelSummary] = []

    /// Definition of the event whose probability is given.
    package var eventDefinition: Vigie_V1_LocalizedText {
        get { .only(_eventDefinition) }
        set { _eventDefinition = [newValue] }
    }
    /// Whether the message has `eventDefinition`.
    package var hasEventDefinition: Bool { !_eventDefinition.isEmpty }
    /// Takes `eventDefinition` out of the message.
    package mutating func clearEventDefinition() { _eventDefinition = [] }
    private var _eventDefinition: [Vigie_V1_LocalizedText] = []

    /// The columns that a caller can send, in the order that a call without
    /// column names uses.
    package var inputs: [Vigie_V1_InputColumn] = []

    /// The features that the model sees. Reasons refer to them by index.
    package var features: [Vigie_V1_Feature] = []

    /// The scale of the score.
    package var scoreScale: Vigie_V1_ScoreScale {
        get { .only(_scoreScale) }
        set { _scoreScale = [newValue] }
    }
    /// Whether the message has `scoreScale`.
    package var hasScoreScale: Bool { !_scoreScale.isEmpty }
    /// Takes `scoreScale` out of the message.
    package mutating func clearScoreScale() { _scoreScale = [] }
    private var _scoreScale: [Vigie_V1_ScoreScale] = []

    /// The risk classes in ascending order of risk.
    package var riskClasses: [Vigie_V1_RiskClass] = []

    /// What the model is and is not, as Markdown.
    package var modelCard: String = ""

    /// Figures of merit by name, such as "test_auc".
    package var metrics: [String: Double] = [:]

    /// Where the model comes from, by key, such as "training_data".
    package var provenance: [String: String] = [:]

    /// Form of the model inside the bundle, such as "lightgbm-text".
    package var modelFormat: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ModelDescription" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_summary)
            case 18: try reader.boxed(&_eventDefinition)
            case 26: try reader.messages(&inputs)
            case 34: try reader.messages(&features)
            case 42: try reader.boxed(&_scoreScale)
            case 50: try reader.messages(&riskClasses)
            case 58: modelCard = try reader.string()
            case 66:
                let outer = try reader.enter()
                var key: String = ""
                var value: Double = 0
                while let tag = try reader.nextTag() {
                    switch tag {
                    case 10: key = try reader.string()
                    case 17: value = try reader.double()
                    default: try reader.skip(tag)
                    }
                }
                reader.leave(outer)
                reader.set(&metrics, key, value)
            case 74:
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
                reader.set(&provenance, key, value)
            case 82: modelFormat = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _summary)
        writer.messages(18, _eventDefinition)
        writer.messages(26, inputs)
        writer.messages(34, features)
        writer.messages(42, _scoreScale)
        writer.messages(50, riskClasses)
        writer.string(58, modelCard)
        for (key, value) in ProtobufWriter.ordered(metrics) {
            let start = writer.open(66)
            writer.tag(10)
            writer.string(key)
            writer.tag(17)
            writer.double(value)
            writer.close(start)
        }
        for (key, value) in ProtobufWriter.ordered(provenance) {
            let start = writer.open(74)
            writer.tag(10)
            writer.string(key)
            writer.tag(18)
            writer.string(value)
            writer.close(start)
        }
        writer.string(82, modelFormat)
    }
}

/// A column that a caller can send.
package struct Vigie_V1_InputColumn: ProtobufMessage {
    /// Name of the column, such as "total_assets" or "total_assets@1".
    package var name: String = ""

    /// Unit of the values, such as "currency".
    package var unit: String = ""

    /// What the column holds.
    package var description_p: Vigie_V1_LocalizedText {
        get { .only(_description_p) }
        set { _description_p = [newValue] }
    }
    /// Whether the message has `description_p`.
    package var hasDescription: Bool { !_description_p.isEmpty }
    /// Takes `description_p` out of the message.
    package mutating func clearDescription() { _description_p = [] }
    private var _description_p: [Vigie_V1_LocalizedText] = []

    /// Whether a call must bring the column.
    package var required: Bool = false

    /// Whether a row without a value in this column can be scored.
    package var missingAllowed: Bool = false

    /// Least valid value; minus infinity when there is none.
    package var minimum: Double = 0

    /// Greatest valid value; infinity when there is none.
    package var maximum: Double = 0

    /// Whether a row with an invalid value in this column can be scored: the value
    /// then counts as missing, and the answer has an issue that says so.
    package var invalidAllowed: Bool = false

    /// What its values are.
    package var kind: Vigie_V1_InputKind = Vigie_V1_InputKind()

    /// The categories of an input of the kind CATEGORY, as texts, in the order of
    /// the model's codes; at most 4096 of all inputs together, those of the first
    /// inputs first.
    package var categories: [String] = []

    /// Number of all categories.
    package var categoryCount: UInt32 = 0

    /// Whether a row with a text that is no category can be scored: the value then
    /// counts as missing, or as another one where the model knows what to make of it.
    package var unknownCategoryAllowed: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.InputColumn" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: unit = try reader.string()
            case 26: try reader.boxed(&_description_p)
            case 32: required = try reader.bool()
            case 40: missingAllowed = try reader.bool()
            case 49: minimum = try reader.double()
            case 57: maximum = try reader.double()
            case 64: invalidAllowed = try reader.bool()
            case 72: kind = Vigie_V1_InputKind(rawValue: try reader.enumeration())
            case 82: try reader.strings(&categories)
            case 88: categoryCount = try reader.uint32()
            case 96: unknownCategoryAllowed = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, unit)
        writer.messages(26, _description_p)
        writer.bool(32, required)
        writer.bool(40, missingAllowed)
        writer.double(49, minimum)
        writer.double(57, maximum)
        writer.bool(64, invalidAllowed)
        writer.enumeration(72, kind.rawValue)
        writer.strings(82, categories)
        writer.uint32(88, categoryCount)
        writer.bool(96, unknownCategoryAllowed)
    }
}

/// A value that the model sees.
package struct Vigie_V1_Feature: ProtobufMessage {
    /// Name of the feature.
    package var name: String = ""

    /// How the feature is computed from the inputs. Empty when it is an input.
    package var expression: String = ""

    /// What the feature is.
    package var description_p: Vigie_V1_LocalizedText {
        get { .only(_description_p) }
        set { _description_p = [newValue] }
    }
    /// Whether the message has `description_p`.
    package var hasDescription: Bool { !_description_p.isEmpty }
    /// Takes `description_p` out of the message.
    package mutating func clearDescription() { _description_p = [] }
    private var _description_p: [Vigie_V1_LocalizedText] = []

    /// What to tell when the feature raises the risk.
    package var reasonWhenRaising: Vigie_V1_LocalizedText {
        get { .only(_reasonWhenRaising) }
        set { _reasonWhenRaising = [newValue] }
    }
    /// Whether the message has `reasonWhenRaising`.
    package var hasReasonWhenRaising: Bool { !_reasonWhenRaising.isEmpty }
    /// Takes `reasonWhenRaising` out of the message.
    package mutating func clearReasonWhenRaising() { _reasonWhenRaising = [] }
    private var _reasonWhenRaising: [Vigie_V1_LocalizedText] = []

    /// What to tell when the feature lowers the risk.
    package var reasonWhenLowering: Vigie_V1_LocalizedText {
        get { .only(_reasonWhenLowering) }
        set { _reasonWhenLowering = [newValue] }
    }
    /// Whether the message has `reasonWhenLowering`.
    package var hasReasonWhenLowering: Bool { !_reasonWhenLowering.isEmpty }
    /// Takes `reasonWhenLowering` out of the message.
    package mutating func clearReasonWhenLowering() { _reasonWhenLowering = [] }
    private var _reasonWhenLowering: [Vigie_V1_LocalizedText] = []

    /// Unit of the feature, such as "ratio".
    package var unit: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.Feature" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: expression = try reader.string()
            case 26: try reader.boxed(&_description_p)
            case 34: try reader.boxed(&_reasonWhenRaising)
            case 42: try reader.boxed(&_reasonWhenLowering)
            case 50: unit = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, expression)
        writer.messages(26, _description_p)
        writer.messages(34, _reasonWhenRaising)
        writer.messages(42, _reasonWhenLowering)
        writer.string(50, unit)
    }
}

/// A scale of scores.
package struct Vigie_V1_ScoreScale: ProtobufMessage {
    /// Identifier of the scale.
    package var id: String = ""

    /// Least score.
    package var minimum: UInt32 = 0

    /// Greatest score.
    package var maximum: UInt32 = 0

    /// Whether a high score means a safe company.
    package var highScoreIsSafe: Bool = false

    /// How many points double the odds of surviving.
    package var pointsToDoubleOdds: Double = 0

    /// The score at anchor_probability.
    package var anchorScore: Double = 0

    /// The probability of the event at which the score is anchor_score.
    package var anchorProbability: Double = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ScoreScale" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: id = try reader.string()
            case 16: minimum = try reader.uint32()
            case 24: maximum = try reader.uint32()
            case 32: highScoreIsSafe = try reader.bool()
            case 41: pointsToDoubleOdds = try reader.double()
            case 49: anchorScore = try reader.double()
            case 57: anchorProbability = try reader.double()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, id)
        writer.uint32(16, minimum)
        writer.uint32(24, maximum)
        writer.bool(32, highScoreIsSafe)
        writer.double(41, pointsToDoubleOdds)
        writer.double(49, anchorScore)
        writer.double(57, anchorProbability)
    }
}

/// A band of probabilities.
package struct Vigie_V1_RiskClass: ProtobufMessage {
    /// Number of the class.
    package var number: UInt32 = 0

    /// Greatest probability of the event in this class.
    package var probabilityMaximum: Double = 0

    /// What the class is called.
    package var label: Vigie_V1_LocalizedText {
        get { .only(_label) }
        set { _label = [newValue] }
    }
    /// Whether the message has `label`.
    package var hasLabel: Bool { !_label.isEmpty }
    /// Takes `label` out of the message.
    package mutating func clearLabel() { _label = [] }
    private var _label: [Vigie_V1_LocalizedText] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RiskClass" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: number = try reader.uint32()
            case 17: probabilityMaximum = try reader.double()
            case 26: try reader.boxed(&_label)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, number)
        writer.double(17, probabilityMaximum)
        writer.messages(26, _label)
    }
}
