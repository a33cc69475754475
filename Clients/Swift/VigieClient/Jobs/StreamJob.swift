// SPDX-License-Identifier: Apache-2.0

// Jobs: streams of rows whose answers the server keeps.

internal import ProtobufCoding
internal import VigieProtos

/// The job of a stream: with it the server keeps what it answers for 24 hours, does no block twice,
/// and the client goes on by itself where it was when its connection breaks.
///
/// Whoever sends the same blocks in the same order under the same name again, from another process
/// or to another server on the same store, gets the answers that are there, and the rest is done.
public struct StreamJob: Sendable {
    /// The name of the job: 1 to 128 of the characters A to Z, a to z, 0 to 9, ".", "_" and "-".
    /// It is the caller's: others may have jobs of the same name.
    public var id: String
    /// Called whenever a stream of the job has begun, with the number of blocks that the server had
    /// answered by then, in whatever stream.
    public var whenBegun: (@Sendable (_ answeredBlockCount: Int) -> Void)?

    /// Names a job.
    ///
    /// - Parameters:
    ///   - id: Its name.
    ///   - whenBegun: Called whenever a stream of the job has begun.
    public init(_ id: String, whenBegun: (@Sendable (_ answeredBlockCount: Int) -> Void)? = nil) {
        (self.id, self.whenBegun) = (id, whenBegun)
    }
}

/// Where in a job a stream begins.
struct JobPlace: Sendable {
    let job: StreamJob
    let firstBlock: Int

    /// The field of a header.
    var reference: Vigie_V1_JobReference {
        .with { ($0.id, $0.firstBlock) = (job.id, Int64(firstBlock)) }
    }

    /// Tells that the server has begun the stream.
    func begun(_ storedBlockCount: Int64) { job.whenBegun?(Int(clamping: storedBlockCount)) }
}

/// A job of the caller's, as the server has it.
public struct JobSummary: Sendable, Hashable {
    /// What is said of the rows of a job.
    public enum Kind: Sendable, Hashable {
        /// They are scored.
        case scores
        /// They are assessed.
        case assessments
    }

    /// Its name.
    public var id: String
    /// What is said of its rows.
    public var kind: Kind
    /// The model, as `name@version`; of an assessment behind it, after a comma, the model for few
    /// ratios, if there is one.
    public var models: String
    /// The date for which its companies are assessed, as `YYYY-MM-DD`.
    public var asOfDate: String
    /// Blocks that have been answered.
    public var blockCount: Int
    /// Their rows.
    public var rowCount: Int
    /// Bytes that their answers take in the server's store.
    public var byteCount: Int
    /// When it began, in microseconds since 1970-01-01 in UTC.
    public var beganAtMicroseconds: Int
    /// For how long it is kept at least.
    public var kept: Duration

    init(_ job: Vigie_V1_Job) {
        (id, models, asOfDate) = (job.id, job.models, job.asOfDate)
        kind = job.kind == .assessments ? .assessments : .scores
        (blockCount, rowCount) = (Int(clamping: job.blockCount), Int(clamping: job.rowCount))
        byteCount = Int(clamping: job.byteCount)
        beganAtMicroseconds = Int(clamping: job.beganAtMicroseconds)
        kept = .seconds(job.keptSeconds)
    }
}
