// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/scoring_service.proto; do not edit.

package import ProtobufCoding

/// A column that a response can carry.
package enum Vigie_V1_ScoreOutput: Sendable, Equatable {
    /// Not a valid choice.
    case unspecified
    /// Probability of the model's event within its horizon, 0 to 1.
    case probability
    /// Score on the model's scale.
    case score
    /// Risk class of the model.
    case riskClass
    /// Share of the model's reference population that is riskier, 0 to 100.
    case percentile
    /// Output of the model before calibration; log-odds for all bundled models.
    case rawScore
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .probability, .score, .riskClass, .percentile, .rawScore]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .probability
        case 2: self = .score
        case 3: self = .riskClass
        case 4: self = .percentile
        case 5: self = .rawScore
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .probability: 1
        case .score: 2
        case .riskClass: 3
        case .percentile: 4
        case .rawScore: 5
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// The order of the values of a block.
package enum Vigie_V1_BlockLayout: Sendable, Equatable {
    /// Same as BLOCK_LAYOUT_ROW_MAJOR.
    case unspecified
    /// All values of the first row, then all of the second, and so on.
    case rowMajor
    /// All values of the first column, then all of the second, and so on.
    case columnMajor
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .rowMajor, .columnMajor]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .rowMajor
        case 2: self = .columnMajor
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .rowMajor: 1
        case .columnMajor: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What became of a row. An outcome comes before a score: only a row with
/// ROW_OUTCOME_SCORED has one, and no other outcome is a kind of low score.
package enum Vigie_V1_RowOutcome: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// The row was scored.
    case scored
    /// The row could not be scored; its issues say why.
    case notScorable
    /// The company is closed; a probability of failure has no object.
    case closed
    /// Insolvency proceedings are open; the failure has happened.
    case inProceedings
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .scored, .notScorable, .closed, .inProceedings]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .scored
        case 2: self = .notScorable
        case 3: self = .closed
        case 4: self = .inProceedings
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .scored: 1
        case .notScorable: 2
        case .closed: 3
        case .inProceedings: 4
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Kinds of issue.
package enum Vigie_V1_RowIssueKind: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// A value is missing without which the model gives no score.
    case requiredValueMissing
    /// A value is outside of the range in which the model is defined. Where the
    /// model does without the value, it counts as missing and the row is scored.
    case valueOutOfRange
    /// A value is infinite where the model wants finite ones. Where the model does
    /// without the value, it counts as missing and the row is scored.
    case valueInfinite
    /// The model gives no score for the row as a whole.
    case noResult
    /// A text is no category of the model, and the model gives no score for one that
    /// it does not know. The row tells the column; its text is the caller's to know.
    case unknownCategory
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .requiredValueMissing, .valueOutOfRange, .valueInfinite, .noResult, .unknownCategory]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .requiredValueMissing
        case 2: self = .valueOutOfRange
        case 3: self = .valueInfinite
        case 4: self = .noResult
        case 5: self = .unknownCategory
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .requiredValueMissing: 1
        case .valueOutOfRange: 2
        case .valueInfinite: 3
        case .noResult: 4
        case .unknownCategory: 5
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A table to score with one call.
package struct Vigie_V1_ScoreRowsRequest: ProtobufMessage {
    /// Which model scores the rows, how to read them and what to answer.
    package var header: Vigie_V1_ScoreHeader {
        get { .only(_header) }
        set { _header = [newValue] }
    }
    /// Whether the message has `header`.
    package var hasHeader: Bool { !_header.isEmpty }
    /// Takes `header` out of the message.
    package mutating func clearHeader() { _header = [] }
    private var _header: [Vigie_V1_ScoreHeader] = []

    /// The rows.
    package var block: Vigie_V1_RowBlock {
        get { .only(_block) }
        set { _block = [newValue] }
    }
    /// Whether the message has `block`.
    package var hasBlock: Bool { !_block.isEmpty }
    /// Takes `block` out of the message.
    package mutating func clearBlock() { _block = [] }
    private var _block: [Vigie_V1_RowBlock] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ScoreRowsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_header)
            case 18: try reader.boxed(&_block)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _header)
        writer.messages(18, _block)
    }
}

/// The scores of one table.
package struct Vigie_V1_ScoreRowsResponse: ProtobufMessage {
    /// The model that scored the rows.
    package var model: Vigie_V1_ModelIdentity {
        get { .only(_model) }
        set { _model = [newValue] }
    }
    /// Whether the message has `model`.
    package var hasModel: Bool { !_model.isEmpty }
    /// Takes `model` out of the message.
    package mutating func clearModel() { _model = [] }
    private var _model: [Vigie_V1_ModelIdentity] = []

    /// One result for each row, in the order of the rows.
    package var block: Vigie_V1_ScoreBlock {
        get { .only(_block) }
        set { _block = [newValue] }
    }
    /// Whether the message has `block`.
    package var hasBlock: Bool { !_block.isEmpty }
    /// Takes `block` out of the message.
    package mutating func clearBlock() { _block = [] }
    private var _block: [Vigie_V1_ScoreBlock] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ScoreRowsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_model)
            case 18: try reader.boxed(&_block)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _model)
        writer.messages(18, _block)
    }
}

/// One message of a stream of rows.
package struct Vigie_V1_StreamScoreRowsRequest: ProtobufMessage {
    /// The first message of the stream, and only the first.
    package var header: Vigie_V1_ScoreHeader {
        get {
            if case .header(let value)? = message { return value }
            return Vigie_V1_ScoreHeader()
        }
        set { message = .header(newValue) }
    }

    /// Rows to score.
    package var block: Vigie_V1_RowBlock {
        get {
            if case .block(let value)? = message { return value }
            return Vigie_V1_RowBlock()
        }
        set { message = .block(newValue) }
    }

    /// Header first, then blocks.
    package var message: OneOf_Message?

    /// Header first, then blocks.
    package indirect enum OneOf_Message: Sendable {
        /// The first message of the stream, and only the first.
        case header(Vigie_V1_ScoreHeader)
        /// Rows to score.
        case block(Vigie_V1_RowBlock)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StreamScoreRowsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_ScoreHeader()
                if case .header(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .header(value)
            case 18:
                var value = Vigie_V1_RowBlock()
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

/// One message of a stream of scores.
package struct Vigie_V1_StreamScoreRowsResponse: ProtobufMessage {
    /// The model that scores this stream. Sent once, when the header is accepted.
    package var model: Vigie_V1_ModelIdentity {
        get {
            if case .model(let value)? = message { return value }
            return Vigie_V1_ModelIdentity()
        }
        set { message = .model(newValue) }
    }

    /// The results of one block of rows.
    package var block: Vigie_V1_ScoreBlock {
        get {
            if case .block(let value)? = message { return value }
            return Vigie_V1_ScoreBlock()
        }
        set { message = .block(newValue) }
    }

    /// With the model, in a stream with a job: how many blocks of the job have
    /// been answered. Those of them that the stream sends are not scored again.
    package var storedBlockCount: Int64 = 0

    /// Identity first, then blocks.
    package var message: OneOf_Message?

    /// Identity first, then blocks.
    package indirect enum OneOf_Message: Sendable {
        /// The model that scores this stream. Sent once, when the header is accepted.
        case model(Vigie_V1_ModelIdentity)
        /// The results of one block of rows.
        case block(Vigie_V1_ScoreBlock)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StreamScoreRowsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_ModelIdentity()
                if case .model(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .model(value)
            case 18:
                var value = Vigie_V1_ScoreBlock()
                if case .block(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .block(value)
            case 24: storedBlockCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .model(let value)? = message {
            writer.message(10, value)
        }
        if case .block(let value)? = message {
            writer.message(18, value)
        }
        writer.int64(24, storedBlockCount)
    }
}

/// What applies to all rows of a call.
package struct Vigie_V1_ScoreHeader: ProtobufMessage {
    /// Name of the model, or "name@version". Empty means the server's default model.
    package var model: String = ""

    /// Names of the columns, in the order of the values of a row. A column that
    /// the model does not know is an error, and so is a missing column that the
    /// model requires. An item of an earlier fiscal year is written "item@1" for
    /// one year earlier, "item@2" for two. Without columns and text_columns, rows
    /// have all inputs of the model in the order in which ModelService describes
    /// them: those of numbers as values, those of categories as text columns.
    package var columns: [String] = []

    /// What to answer for each row. Empty means PROBABILITY, SCORE, RISK_CLASS
    /// and PERCENTILE.
    package var outputs: [Vigie_V1_ScoreOutput] = []

    /// How many reasons to give for each row: those with the largest absolute
    /// contribution, largest first. Zero gives none. At most the number of
    /// features of the model.
    package var reasonCount: UInt32 = 0

    /// The date for which the companies are assessed, as YYYY-MM-DD. Empty means
    /// today in UTC. Echoed in the response.
    package var asOfDate: String = ""

    /// Names of the columns that hold texts, in the order of the text columns of a
    /// block: inputs of the kind CATEGORY. One whose categories are numbers or
    /// truth values may stand in columns instead, and is sent as these numbers.
    package var textColumns: [String] = []

    /// The job that the stream belongs to, if it belongs to one. Of StreamScoreRows
    /// only.
    package var job: Vigie_V1_JobReference {
        get { .only(_job) }
        set { _job = [newValue] }
    }
    /// Whether the message has `job`.
    package var hasJob: Bool { !_job.isEmpty }
    /// Takes `job` out of the message.
    package mutating func clearJob() { _job = [] }
    private var _job: [Vigie_V1_JobReference] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ScoreHeader" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: model = try reader.string()
            case 18: try reader.strings(&columns)
            case 24: outputs.append(Vigie_V1_ScoreOutput(rawValue: try reader.enumeration()))
            case 26:
                let outer = try reader.enter()
                while reader.hasMore {
                    outputs.append(Vigie_V1_ScoreOutput(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 32: reasonCount = try reader.uint32()
            case 42: asOfDate = try reader.string()
            case 50: try reader.strings(&textColumns)
            case 58: try reader.boxed(&_job)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, model)
        writer.strings(18, columns)
        if !outputs.isEmpty {
            let start = writer.open(26)
            for value in outputs { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.uint32(32, reasonCount)
        writer.string(42, asOfDate)
        writer.strings(50, textColumns)
        writer.messages(58, _job)
    }
}

/// Names the job of a stream. A stream with a job is answered block by block as
/// any other, each block when its answer is kept. The same blocks can be sent
/// again in another stream, to this server or another one on the same store: one
/// that was answered is answered from what is kept. The job is the caller's; one
/// of the same name of somebody else is another. All streams of a job have the
/// same model, date, columns and outputs as the first. JobService tells of jobs.
///
/// Errors: FAILED_PRECONDITION with the reason NO_STORE on a server without a
/// store, JOB_OTHER_HEADER for another header than that of the job, and
/// JOB_BLOCK_CHANGED for a block that was answered with other contents;
/// OUT_OF_RANGE with JOB_GAP for blocks behind the next one; NOT_FOUND with
/// JOB_FORGOTTEN when the job is forgotten meanwhile; RESOURCE_EXHAUSTED with
/// JOB_LIMIT for more jobs, blocks or bytes than a server keeps.
package struct Vigie_V1_JobReference: ProtobufMessage {
    /// The name that the caller gives the job: 1 to 128 of the characters A to Z,
    /// a to z, 0 to 9, ".", "_" and "-".
    package var id: String = ""

    /// The number of the stream's first block within the job, from 0 on: at most
    /// as many as have been answered. Each later block has the next number.
    package var firstBlock: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.JobReference" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: id = try reader.string()
            case 16: firstBlock = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, id)
        writer.int64(16, firstBlock)
    }
}

/// Rows to score: row_count rows of as many values as there are columns. Fill
/// exactly one of float_values, double_values and quantised_values, or none when
/// there are only columns of texts. NaN means a missing value.
package struct Vigie_V1_RowBlock: ProtobufMessage {
    /// Number of rows, at least 1 and at most the server's limit.
    package var rowCount: UInt32 = 0

    /// How the values are ordered. Quantised values are always row-major.
    package var layout: Vigie_V1_BlockLayout = Vigie_V1_BlockLayout()

    /// The values with 32 bits each.
    package var floatValues: [Float] = []

    /// The values with 64 bits each, for amounts that 32 bits would round.
    package var doubleValues: [Double] = []

    /// The values as one byte for each column of the model's quantiser, row after
    /// row, in the order of the quantiser's columns whatever the order of the
    /// header's: see ModelService.GetQuantiser. They give the same scores, bit for
    /// bit, as the 32-bit values that they were made from.
    package var quantisedValues: [UInt8] = []

    /// Digest of the quantiser that made quantised_values. Another one than the
    /// model has is answered with FAILED_PRECONDITION and the reason
    /// QUANTISER_STALE; a model without quantiser with QUANTISER_UNAVAILABLE.
    package var quantiserDigest: [UInt8] = []

    /// The columns of texts, as many as the header names, in its order.
    package var textColumns: [Vigie_V1_TextColumn] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RowBlock" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: rowCount = try reader.uint32()
            case 16: layout = Vigie_V1_BlockLayout(rawValue: try reader.enumeration())
            case 29, 26: try reader.floats(tag, &floatValues)
            case 33, 34: try reader.doubles(tag, &doubleValues)
            case 42: quantisedValues = try reader.bytes()
            case 50: quantiserDigest = try reader.bytes()
            case 58: try reader.messages(&textColumns)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, rowCount)
        writer.enumeration(16, layout.rawValue)
        writer.floats(26, floatValues)
        writer.doubles(34, doubleValues)
        writer.bytes(42, quantisedValues)
        writer.bytes(50, quantiserDigest)
        writer.messages(58, textColumns)
    }
}

/// A column of texts: each different text once, and a code for each row.
package struct Vigie_V1_TextColumn: ProtobufMessage {
    /// The different texts of the column, in any order, as UTF-8. A text is the
    /// category of the model with the same bytes: nothing is trimmed or normalised.
    /// Where the categories are numbers, it is the one that is the same number
    /// (2001.0 is 2001), and where they are truth values, any usual spelling will
    /// do (TRUE, true, 1). An empty text is a missing value unless it is a category.
    package var dictionary: [[UInt8]] = []

    /// For each row the text: 1 for the first of the dictionary, 2 for the second
    /// and so on; 0 for a missing value.
    package var codes: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TextColumn" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.blobs(&dictionary)
            case 21, 18: try reader.fixed32s(tag, &codes)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.blobs(10, dictionary)
        writer.fixed32s(18, codes)
    }
}

/// Results of a block as columns. Each column that was asked for has row_count
/// entries; in a row without a score, the floating-point ones are NaN and the
/// integers are 0.
package struct Vigie_V1_ScoreBlock: ProtobufMessage {
    /// Number of rows.
    package var rowCount: UInt32 = 0

    /// Outcome of each row. Empty when every row was scored.
    package var outcomes: [Vigie_V1_RowOutcome] = []

    /// Probability of the event within the horizon, 0 to 1.
    package var probabilities: [Double] = []

    /// Score on the model's scale.
    package var scores: [UInt32] = []

    /// Risk class.
    package var riskClasses: [UInt32] = []

    /// Share of the reference population that is riskier, 0 to 100.
    package var percentiles: [Float] = []

    /// Output of the model before calibration.
    package var rawScores: [Double] = []

    /// Feature of each reason, row by row, reason_count entries for each row:
    /// index into the features that ModelService describes.
    package var reasonFeatures: [UInt32] = []

    /// Contribution of each reason to the calibrated log-odds of failure; positive
    /// raises the risk. Row by row, reason_count entries for each row.
    package var reasonContributions: [Double] = []

    /// Number of reasons for each row.
    package var reasonCount: UInt32 = 0

    /// Number of issues of all rows, also of those that are not told: a server
    /// tells as many of a block as its limit blockIssuesMax says.
    package var issueCount: UInt32 = 0

    /// Row of each issue that is told, from 0, in ascending order. A row may have
    /// several issues, those that end its score first. A row with an issue has a
    /// score all the same when its outcome is ROW_OUTCOME_SCORED: the value at
    /// fault was taken for a missing one.
    package var issueRows: [UInt32] = []

    /// Kind of each issue.
    package var issueKinds: [Vigie_V1_RowIssueKind] = []

    /// Column at fault of each issue: 1 for the first column of the header, those of
    /// text_columns following after those of columns, or, of a header that names
    /// none, 1 for the first input that ModelService describes.
    /// 0 when it is no single column.
    package var issueColumns: [UInt32] = []

    /// Value at fault of each issue; NaN where there is none.
    package var issueValues: [Double] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ScoreBlock" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: rowCount = try reader.uint32()
            case 16: outcomes.append(Vigie_V1_RowOutcome(rawValue: try reader.enumeration()))
            case 18:
                let outer = try reader.enter()
                while reader.hasMore {
                    outcomes.append(Vigie_V1_RowOutcome(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 25, 26: try reader.doubles(tag, &probabilities)
            case 32, 34: try reader.uint32s(tag, &scores)
            case 40, 42: try reader.uint32s(tag, &riskClasses)
            case 53, 50: try reader.floats(tag, &percentiles)
            case 57, 58: try reader.doubles(tag, &rawScores)
            case 64, 66: try reader.uint32s(tag, &reasonFeatures)
            case 73, 74: try reader.doubles(tag, &reasonContributions)
            case 80: reasonCount = try reader.uint32()
            case 88: issueCount = try reader.uint32()
            case 96, 98: try reader.uint32s(tag, &issueRows)
            case 104: issueKinds.append(Vigie_V1_RowIssueKind(rawValue: try reader.enumeration()))
            case 106:
                let outer = try reader.enter()
                while reader.hasMore {
                    issueKinds.append(Vigie_V1_RowIssueKind(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 112, 114: try reader.uint32s(tag, &issueColumns)
            case 121, 122: try reader.doubles(tag, &issueValues)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, rowCount)
        if !outcomes.isEmpty {
            let start = writer.open(18)
            for value in outcomes { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.doubles(26, probabilities)
        writer.uint32s(34, scores)
        writer.uint32s(42, riskClasses)
        writer.floats(50, percentiles)
        writer.doubles(58, rawScores)
        writer.uint32s(66, reasonFeatures)
        writer.doubles(74, reasonContributions)
        writer.uint32(80, reasonCount)
        writer.uint32(88, issueCount)
        writer.uint32s(98, issueRows)
        if !issueKinds.isEmpty {
            let start = writer.open(106)
            for value in issueKinds { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.uint32s(114, issueColumns)
        writer.doubles(122, issueValues)
    }
}

/// What every score carries: which model gave it, of what event, by when, on
/// which scale and as of when.
package struct Vigie_V1_ModelIdentity: ProtobufMessage {
    /// Name of the model.
    package var name: String = ""

    /// Version of the model.
    package var version: String = ""

    /// SHA-256 of the model's bundle, in lower-case hexadecimal.
    package var contentHash: String = ""

    /// Identifier of the event whose probability is given, such as
    /// "bankruptcy_filing".
    package var event: String = ""

    /// Time within which the event is expected, in months.
    package var horizonMonths: UInt32 = 0

    /// Identifier of the score's scale.
    package var scoreScale: String = ""

    /// Whether a high score means a safe company.
    package var highScoreIsSafe: Bool = false

    /// The date for which the companies are assessed, as YYYY-MM-DD.
    package var asOfDate: String = ""

    /// Mean contribution that every row starts from, in calibrated log-odds: base
    /// value plus all contributions of a row is its calibrated log-odds. Set when
    /// reasons were asked for.
    package var baseLogOdds: Double = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ModelIdentity" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: version = try reader.string()
            case 26: contentHash = try reader.string()
            case 34: event = try reader.string()
            case 40: horizonMonths = try reader.uint32()
            case 50: scoreScale = try reader.string()
            case 56: highScoreIsSafe = try reader.bool()
            case 66: asOfDate = try reader.string()
            case 73: baseLogOdds = try reader.double()
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
        writer.string(34, event)
        writer.uint32(40, horizonMonths)
        writer.string(50, scoreScale)
        writer.bool(56, highScoreIsSafe)
        writer.string(66, asOfDate)
        writer.double(73, baseLogOdds)
    }
}
