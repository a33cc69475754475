// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/assessment_rows.proto; do not edit.

package import ProtobufCoding

/// One message of a stream of companies as rows.
package struct Vigie_V1_StreamAssessRowsRequest: ProtobufMessage {
    /// The first message of the stream, and only the first.
    package var header: Vigie_V1_AssessRowsHeader {
        get {
            if case .header(let value)? = message { return value }
            return Vigie_V1_AssessRowsHeader()
        }
        set { message = .header(newValue) }
    }

    /// Companies to assess: a value for each column that the header names, first
    /// those of fact_columns, then those of columns. NaN means not known.
    /// Quantised values and columns of texts are not taken.
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
        case header(Vigie_V1_AssessRowsHeader)
        /// Companies to assess: a value for each column that the header names, first
        /// those of fact_columns, then those of columns. NaN means not known.
        /// Quantised values and columns of texts are not taken.
        case block(Vigie_V1_RowBlock)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StreamAssessRowsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_AssessRowsHeader()
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

/// One message of a stream of assessments.
package struct Vigie_V1_StreamAssessRowsResponse: ProtobufMessage {
    /// The models, and the labels of their features if reasons were asked for.
    /// Sent once, when the header is accepted.
    package var context: Vigie_V1_AssessmentContext {
        get {
            if case .context(let value)? = message { return value }
            return Vigie_V1_AssessmentContext()
        }
        set { message = .context(newValue) }
    }

    /// The assessments of one block of rows.
    package var block: Vigie_V1_AssessedBlock {
        get {
            if case .block(let value)? = message { return value }
            return Vigie_V1_AssessedBlock()
        }
        set { message = .block(newValue) }
    }

    /// With the context, in a stream with a job: how many blocks of the job have
    /// been answered. Those of them that the stream sends are not assessed again.
    package var storedBlockCount: Int64 = 0

    /// Context first, then blocks.
    package var message: OneOf_Message?

    /// Context first, then blocks.
    package indirect enum OneOf_Message: Sendable {
        /// The models, and the labels of their features if reasons were asked for.
        /// Sent once, when the header is accepted.
        case context(Vigie_V1_AssessmentContext)
        /// The assessments of one block of rows.
        case block(Vigie_V1_AssessedBlock)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StreamAssessRowsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_AssessmentContext()
                if case .context(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .context(value)
            case 18:
                var value = Vigie_V1_AssessedBlock()
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
        if case .context(let value)? = message {
            writer.message(10, value)
        }
        if case .block(let value)? = message {
            writer.message(18, value)
        }
        writer.int64(24, storedBlockCount)
    }
}

/// What applies to all rows of a stream.
package struct Vigie_V1_AssessRowsHeader: ProtobufMessage {
    /// The model that scores statements: its name, or "name@version". Empty means
    /// the server's default model.
    package var model: String = ""

    /// The model for statements of which many items are missing. Empty leaves the
    /// choice to the server, which takes the first of its scorecards of the same
    /// event. The name of the model itself means that there is none.
    package var card: String = ""

    /// The day for which companies are assessed, as YYYY-MM-DD. Empty means today
    /// in UTC. Statements that were published later, and those of years that end
    /// later, are not used; nor is what registers say of a later day.
    package var asOfDate: String = ""

    /// Reasons of each company, the strongest first. At most the number of
    /// features of the model.
    package var reasonCount: UInt32 = 0

    /// The columns of facts, each of them or none. Numbers of days are counted
    /// from 1970-01-01.
    ///
    ///   legal_state            Number of a ProceedingState: where the company stands
    ///                          on as_of_date. Not known, or 0: in no proceedings.
    ///   directory_activity     Number of a RegisterActivity: what the directory of
    ///                          companies says.
    ///   directory_since_day    Since when it says so.
    ///   struck_off_day         When the company was struck off; not known if never.
    ///   closing_day            The day on which the year of its last statement ends;
    ///                          closing_day@1 that of the statement before, and
    ///                          closing_day@2 that before. Not known: no statement.
    ///   published_day          When that statement was filed; @1 and @2 as above.
    ///                          Not known: it counts from the end of its year.
    ///   months                 Months that it covers, 12 if not known; @1 and @2 as
    ///                          above.
    ///   statement_years        In the place of closing_day: how many statements are
    ///                          known, each of the year before the last one.
    ///   statement_age_months   With statement_years: how old the last one is.
    ///   payment_index          How the company pays, 0 to 100, 80 for prompt; not
    ///                          known below the least experience.
    ///   payment_count          Payments within the last twelve months on terms that
    ///                          were agreed. Not known: none.
    ///   doubtful               1 for a company with something odd about its papers or
    ///                          statements, which lowers the confidence.
    package var factColumns: [String] = []

    /// The columns of items: inputs of the model, or of the card, by their names,
    /// such as "net_sales". That of the statement before is "net_sales@1", and that
    /// before "net_sales@2".
    package var columns: [String] = []

    /// The job that the stream belongs to, if it belongs to one.
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
    package static var protoMessageName: String { "vigie.v1.AssessRowsHeader" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: model = try reader.string()
            case 18: card = try reader.string()
            case 26: asOfDate = try reader.string()
            case 32: reasonCount = try reader.uint32()
            case 42: try reader.strings(&factColumns)
            case 50: try reader.strings(&columns)
            case 58: try reader.boxed(&_job)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, model)
        writer.string(18, card)
        writer.string(26, asOfDate)
        writer.uint32(32, reasonCount)
        writer.strings(42, factColumns)
        writer.strings(50, columns)
        writer.messages(58, _job)
    }
}

/// Assessments of a block as columns, each with row_count entries. The outcome
/// comes first: only a row with ASSESSMENT_OUTCOME_SCORED has figures; in the
/// others the floating-point ones are NaN and the integers are 0.
package struct Vigie_V1_AssessedBlock: ProtobufMessage {
    /// Number of rows.
    package var rowCount: UInt32 = 0

    /// What can be said of each company at all.
    package var outcomes: [Vigie_V1_AssessmentOutcome] = []

    /// What the probability of each was made from.
    package var bases: [Vigie_V1_AssessmentBasis] = []

    /// Probability of the model's event within its horizon, 0 to 1, calibrated by
    /// data depth.
    package var baseProbabilities: [Double] = []

    /// The probability with what payments add.
    package var probabilities: [Double] = []

    /// Score of that on the model's scale.
    package var scores: [UInt32] = []

    /// Risk class of that, from 1 for the safest, and no better than the confidence
    /// allows.
    package var riskClasses: [UInt32] = []

    /// How far each is to be trusted. Known of every row.
    package var confidences: [Vigie_V1_Confidence] = []

    /// Whether the class of each was lowered because little is known.
    package var classesCapped: [Bool] = []

    /// Number of reasons for each row.
    package var reasonCount: UInt32 = 0

    /// Feature of each reason, reason_count entries for each row: of the model, or
    /// with the basis FEW_RATIOS of the card. A row that has fewer reasons, or none,
    /// has contributions of NaN there.
    package var reasonFeatures: [UInt32] = []

    /// What each adds to the calibrated log-odds; positive raises the risk.
    package var reasonContributions: [Double] = []

    /// Number of issues of all rows, also of those that are not told: a server
    /// tells as many of a block as its limit blockIssuesMax says.
    package var issueCount: UInt32 = 0

    /// Row of each issue that is told, from 0, in ascending order. A value at fault
    /// counts as one that is not known, and where the outcome hangs on it the row is
    /// NOT_SCORABLE.
    package var issueRows: [UInt32] = []

    /// Kind of each issue.
    package var issueKinds: [Vigie_V1_RowIssueKind] = []

    /// Column at fault of each issue: 1 for the first of fact_columns, those of
    /// columns following after them; 0 when it is no column that was sent.
    package var issueColumns: [UInt32] = []

    /// Value at fault of each issue; NaN where there is none.
    package var issueValues: [Double] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessedBlock" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: rowCount = try reader.uint32()
            case 16: outcomes.append(Vigie_V1_AssessmentOutcome(rawValue: try reader.enumeration()))
            case 18:
                let outer = try reader.enter()
                while reader.hasMore {
                    outcomes.append(Vigie_V1_AssessmentOutcome(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 24: bases.append(Vigie_V1_AssessmentBasis(rawValue: try reader.enumeration()))
            case 26:
                let outer = try reader.enter()
                while reader.hasMore {
                    bases.append(Vigie_V1_AssessmentBasis(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 33, 34: try reader.doubles(tag, &baseProbabilities)
            case 41, 42: try reader.doubles(tag, &probabilities)
            case 53, 50: try reader.fixed32s(tag, &scores)
            case 56, 58: try reader.uint32s(tag, &riskClasses)
            case 64: confidences.append(Vigie_V1_Confidence(rawValue: try reader.enumeration()))
            case 66:
                let outer = try reader.enter()
                while reader.hasMore {
                    confidences.append(Vigie_V1_Confidence(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 72, 74: try reader.bools(tag, &classesCapped)
            case 80: reasonCount = try reader.uint32()
            case 93, 90: try reader.fixed32s(tag, &reasonFeatures)
            case 97, 98: try reader.doubles(tag, &reasonContributions)
            case 104: issueCount = try reader.uint32()
            case 117, 114: try reader.fixed32s(tag, &issueRows)
            case 120: issueKinds.append(Vigie_V1_RowIssueKind(rawValue: try reader.enumeration()))
            case 122:
                let outer = try reader.enter()
                while reader.hasMore {
                    issueKinds.append(Vigie_V1_RowIssueKind(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 133, 130: try reader.fixed32s(tag, &issueColumns)
            case 137, 138: try reader.doubles(tag, &issueValues)
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
        if !bases.isEmpty {
            let start = writer.open(26)
            for value in bases { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.doubles(34, baseProbabilities)
        writer.doubles(42, probabilities)
        writer.fixed32s(50, scores)
        writer.uint32s(58, riskClasses)
        if !confidences.isEmpty {
            let start = writer.open(66)
            for value in confidences { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.bools(74, classesCapped)
        writer.uint32(80, reasonCount)
        writer.fixed32s(90, reasonFeatures)
        writer.doubles(98, reasonContributions)
        writer.uint32(104, issueCount)
        writer.fixed32s(114, issueRows)
        if !issueKinds.isEmpty {
            let start = writer.open(122)
            for value in issueKinds { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.fixed32s(130, issueColumns)
        writer.doubles(138, issueValues)
    }
}
