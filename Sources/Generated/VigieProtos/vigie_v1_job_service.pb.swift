// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/job_service.proto; do not edit.

package import ProtobufCoding

/// What is said of the rows of a job.
package enum Vigie_V1_JobKind: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// They are scored: StreamScoreRows.
    case scores
    /// They are assessed: StreamAssessRows.
    case assessments
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .scores, .assessments]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .scores
        case 2: self = .assessments
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .scores: 1
        case .assessments: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A job.
package struct Vigie_V1_Job: ProtobufMessage {
    /// Its name, as its streams give it.
    package var id: String = ""

    /// What is said of its rows.
    package var kind: Vigie_V1_JobKind = Vigie_V1_JobKind()

    /// The model, as "name@version"; of an assessment behind it, after a comma, the
    /// model for few ratios, if there is one.
    package var models: String = ""

    /// The date for which the companies are assessed, as YYYY-MM-DD.
    package var asOfDate: String = ""

    /// Blocks that have been answered.
    package var blockCount: Int64 = 0

    /// Their rows.
    package var rowCount: Int64 = 0

    /// Bytes that their answers take in the store.
    package var byteCount: Int64 = 0

    /// When it began, in microseconds since 1970-01-01 in UTC.
    package var beganAtMicroseconds: Int64 = 0

    /// For how long it is kept at least from now on, in seconds.
    package var keptSeconds: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.Job" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: id = try reader.string()
            case 16: kind = Vigie_V1_JobKind(rawValue: try reader.enumeration())
            case 26: models = try reader.string()
            case 34: asOfDate = try reader.string()
            case 40: blockCount = try reader.int64()
            case 48: rowCount = try reader.int64()
            case 56: byteCount = try reader.int64()
            case 64: beganAtMicroseconds = try reader.int64()
            case 72: keptSeconds = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, id)
        writer.enumeration(16, kind.rawValue)
        writer.string(26, models)
        writer.string(34, asOfDate)
        writer.int64(40, blockCount)
        writer.int64(48, rowCount)
        writer.int64(56, byteCount)
        writer.int64(64, beganAtMicroseconds)
        writer.int64(72, keptSeconds)
    }
}

/// Asks for the caller's jobs.
package struct Vigie_V1_ListJobsRequest: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListJobsRequest" }

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

/// The caller's jobs.
package struct Vigie_V1_ListJobsResponse: ProtobufMessage {
    /// The jobs, by their names.
    package var jobs: [Vigie_V1_Job] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListJobsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&jobs)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, jobs)
    }
}

/// Asks for what was answered to a job.
package struct Vigie_V1_FetchJobRequest: ProtobufMessage {
    /// Its name.
    package var id: String = ""

    /// The first block to be given, from 0 on.
    package var firstBlock: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.FetchJobRequest" }

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

/// One message of what was answered to a job.
package struct Vigie_V1_FetchJobResponse: ProtobufMessage {
    /// The job, and what its streams were told first. Sent once.
    package var job: Vigie_V1_FetchedJob {
        get {
            if case .job(let value)? = message { return value }
            return Vigie_V1_FetchedJob()
        }
        set { message = .job(newValue) }
    }

    /// The next block of a job that scores.
    package var block: Vigie_V1_ScoreBlock {
        get {
            if case .block(let value)? = message { return value }
            return Vigie_V1_ScoreBlock()
        }
        set { message = .block(newValue) }
    }

    /// The next block of a job that assesses.
    package var assessedBlock: Vigie_V1_AssessedBlock {
        get {
            if case .assessedBlock(let value)? = message { return value }
            return Vigie_V1_AssessedBlock()
        }
        set { message = .assessedBlock(newValue) }
    }

    /// The job first, then blocks.
    package var message: OneOf_Message?

    /// The job first, then blocks.
    package indirect enum OneOf_Message: Sendable {
        /// The job, and what its streams were told first. Sent once.
        case job(Vigie_V1_FetchedJob)
        /// The next block of a job that scores.
        case block(Vigie_V1_ScoreBlock)
        /// The next block of a job that assesses.
        case assessedBlock(Vigie_V1_AssessedBlock)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.FetchJobResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_FetchedJob()
                if case .job(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .job(value)
            case 18:
                var value = Vigie_V1_ScoreBlock()
                if case .block(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .block(value)
            case 26:
                var value = Vigie_V1_AssessedBlock()
                if case .assessedBlock(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .assessedBlock(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .job(let value)? = message {
            writer.message(10, value)
        }
        if case .block(let value)? = message {
            writer.message(18, value)
        }
        if case .assessedBlock(let value)? = message {
            writer.message(26, value)
        }
    }
}

/// A job, and what its streams were told before the first block.
package struct Vigie_V1_FetchedJob: ProtobufMessage {
    /// The job.
    package var job: Vigie_V1_Job {
        get { .only(_job) }
        set { _job = [newValue] }
    }
    /// Whether the message has `job`.
    package var hasJob: Bool { !_job.isEmpty }
    /// Takes `job` out of the message.
    package mutating func clearJob() { _job = [] }
    private var _job: [Vigie_V1_Job] = []

    /// The model, of a job that scores.
    package var model: Vigie_V1_ModelIdentity {
        get { .only(_model) }
        set { _model = [newValue] }
    }
    /// Whether the message has `model`.
    package var hasModel: Bool { !_model.isEmpty }
    /// Takes `model` out of the message.
    package mutating func clearModel() { _model = [] }
    private var _model: [Vigie_V1_ModelIdentity] = []

    /// The models, of a job that assesses.
    package var context: Vigie_V1_AssessmentContext {
        get { .only(_context) }
        set { _context = [newValue] }
    }
    /// Whether the message has `context`.
    package var hasContext: Bool { !_context.isEmpty }
    /// Takes `context` out of the message.
    package mutating func clearContext() { _context = [] }
    private var _context: [Vigie_V1_AssessmentContext] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.FetchedJob" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_job)
            case 18: try reader.boxed(&_model)
            case 26: try reader.boxed(&_context)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _job)
        writer.messages(18, _model)
        writer.messages(26, _context)
    }
}

/// Asks for a job to be deleted.
package struct Vigie_V1_ForgetJobRequest: ProtobufMessage {
    /// Its name.
    package var id: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ForgetJobRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: id = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, id)
    }
}

/// A job that is deleted.
package struct Vigie_V1_ForgetJobResponse: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ForgetJobResponse" }

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
