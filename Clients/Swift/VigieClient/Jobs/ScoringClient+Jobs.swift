// SPDX-License-Identifier: Apache-2.0

// The caller's jobs: listed, fetched, forgotten.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import VigieProtos

/// What was answered to a block of a job.
public enum JobAnswer: Sendable {
    /// Its scores.
    case scores(ScoredTable)
    /// Its assessments.
    case assessments(RowAssessments)
}

/// What was answered to a job, block by block, for one reader.
public struct FetchedJob: AsyncSequence, AsyncIteratorProtocol, Sendable {
    /// What was answered to a block.
    public typealias Element = JobAnswer

    /// The job.
    public let job: JobSummary
    fileprivate let client: ScoringClient
    fileprivate let stream: ClientStream
    fileprivate let context: CallContext
    fileprivate let model: ModelIdentity
    fileprivate let labels: AssessmentLabels?

    /// The answers.
    public func makeAsyncIterator() -> FetchedJob { self }

    /// The answer to the next block.
    ///
    /// - Returns: The answer, or `nil` after the last block that the server has answered.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public mutating func next() async throws -> JobAnswer? {
        guard let response = try await Self.message(of: stream) else { return nil }
        switch response.message {
        case .block(let block):
            let decoded = try ResponseDecoding.block(block.serializedBytes())
            let features = try await client.features(
                of: model,
                reasonCount: decoded.reasonCount,
                context
            )
            // The names of columns are whoever sent them's to know.
            let table = try ScoredTable(
                model: model,
                features: features,
                columns: [],
                block: decoded,
                encoding: .float64
            )
            return .scores(table)
        case .assessedBlock(let block):
            guard let labels else { throw VigieError.badResponse("Its models are not told.") }
            let rows = Int(block.rowCount)
            let answer = try RowAssessments(block, labels, columns: [], rowCount: rows)
            return .assessments(answer)
        case .job, nil: throw VigieError.badResponse("It is no block.")
        }
    }

    /// Ends the stream.
    public func cancel() { stream.cancel() }

    fileprivate static func message(
        of stream: ClientStream
    ) async throws -> Vigie_V1_FetchJobResponse? {
        do {
            guard let bytes = try await stream.next() else { return nil }
            return try Vigie_V1_FetchJobResponse(serializedBytes: Array(bytes.readableBytesView))
        } catch let error as ClientCallError {
            throw VigieError(error)
        } catch is ProtobufError {
            throw VigieError.badResponse("It cannot be read.")
        }
    }
}

extension ScoringClient {
    private static let jobService = "/vigie.v1.JobService"

    /// Lists the caller's jobs, by their names.
    ///
    /// - Parameter options: Deadline and headers.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listJobs(options: CallOptions = .default) async throws -> [JobSummary] {
        let response: Vigie_V1_ListJobsResponse = try await call(
            "\(Self.jobService)/ListJobs",
            Vigie_V1_ListJobsRequest(),
            context(options.timeout, options.metadata)
        )
        return response.jobs.map(JobSummary.init)
    }

    /// Deletes a job and what was answered to it.
    ///
    /// - Parameters:
    ///   - id: The name of the job.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError``: ``VigieError/Code/notFound`` when there is none of that name; or
    ///   `CancellationError` when the task was cancelled.
    public func forgetJob(_ id: String, options: CallOptions = .default) async throws {
        let _: Vigie_V1_ForgetJobResponse = try await call(
            "\(Self.jobService)/ForgetJob",
            Vigie_V1_ForgetJobRequest.with { $0.id = id },
            context(options.timeout, options.metadata)
        )
    }

    /// Gives what was answered to a job again.
    ///
    /// - Parameters:
    ///   - id: The name of the job.
    ///   - firstBlock: The first block to be given, from 0 on.
    ///   - options: Headers; there is no deadline but that of ``CallOptions/timeout``.
    /// - Returns: The answers to the blocks that were answered by now, in their order.
    /// - Throws: ``VigieError``: ``VigieError/Code/notFound`` when there is no such job,
    ///   ``VigieError/Code/outOfRange`` for a block behind the last; or `CancellationError` when
    ///   the task was cancelled.
    public func fetchJob(
        _ id: String,
        from firstBlock: Int = 0,
        options: CallOptions = .default
    ) async throws -> FetchedJob {
        let context = try context(nil, options.metadata)
        let deadline: NIODeadline? = options.timeout.map { .after($0) }
        let request = Vigie_V1_FetchJobRequest.with {
            ($0.id, $0.firstBlock) = (id, Int64(firstBlock))
        }
        let (stream, first) = try await answers(
            to: request,
            "\(Self.jobService)/FetchJob",
            context,
            deadline: deadline,
            answerTimeout: TimeAmount(configuration.streamIdleTimeout)
        ) { ($0, try await $0.next()) }
        let bytes = first.map { Array($0.readableBytesView) }
        guard let bytes, let response = try? Vigie_V1_FetchJobResponse(serializedBytes: bytes),
            case .job(let told)? = response.message
        else {
            stream.cancel()
            throw VigieError.badResponse("It does not begin with a job.")
        }
        let labels = told.hasContext ? AssessmentLabels(told.context) : nil
        return FetchedJob(
            job: JobSummary(told.job),
            client: self,
            stream: stream,
            context: context,
            model: labels?.model ?? ModelIdentity(told.model),
            labels: labels
        )
    }
}
