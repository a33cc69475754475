// SPDX-License-Identifier: Apache-2.0

// The assessments of tables of companies, as an application reads them.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import VigieProtos

/// The assessments of tables of companies, in the order of the tables.
///
/// Made by ``ScoringClient/assess(tables:options:)``, or with a job by
/// ``ScoringClient/assess(tables:options:job:)``. Leaving the loop early, or cancelling its
/// task, stops the work on the server. Each iteration is a stream of its own.
public struct AssessedTables<Tables: AsyncSequence & Sendable>: AsyncSequence, Sendable
where Tables.Element == CompanyTable {
    /// The assessments of one table.
    public typealias Element = RowAssessments

    let client: ScoringClient
    let tables: Tables
    let options: AssessmentOptions
    var job: StreamJob?

    /// Prepares a stream; it begins when the first answer is asked for.
    ///
    /// - Returns: An iterator over the answers.
    public func makeAsyncIterator() -> AsyncIterator {
        if let job { return AsyncIterator(jobIteration: iteration(in: job)) }
        return AsyncIterator(
            iteration: TableIteration(
                tables: tables.makeAsyncIterator(),
                stream: TableStream(
                    client,
                    AssessingTables(options: options),
                    timeout: options.timeout
                )
            )
        )
    }

    private func iteration(
        in job: StreamJob
    ) -> JobTableIteration<Tables.AsyncIterator, AssessingTables> {
        let (client, options) = (client, options)
        return JobTableIteration(
            tables: tables.makeAsyncIterator(),
            patience: JobPatience(client.configuration.retry, timeout: options.timeout),
            rowCount: \.rowCount
        ) { firstBlock, timeout in
            let place = JobPlace(job: job, firstBlock: firstBlock)
            let calls = AssessingTables(options: options, job: place)
            return TableStream(client, calls, timeout: timeout)
        }
    }

    /// Iterates over the answers of a stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var iteration: TableIteration<Tables.AsyncIterator, AssessingTables>?
        fileprivate var jobIteration: JobTableIteration<Tables.AsyncIterator, AssessingTables>?

        /// Waits for the assessments of the next table.
        ///
        /// - Returns: The assessments, or `nil` after the last table.
        /// - Throws: ``VigieError``, `CancellationError`, or what the sequence of tables threw.
        public mutating func next() async throws -> RowAssessments? {
            if jobIteration != nil { return try await jobIteration?.next() }
            return try await iteration?.next()
        }
    }
}

/// Messages of StreamAssessRows.
struct AssessingTables: TableCalls {
    /// Names of the columns of a table.
    struct Columns: Equatable {
        let facts: [String]
        let items: [String]
    }

    let options: AssessmentOptions
    var job: JobPlace?

    var path: String { "/vigie.v1.AssessmentService/StreamAssessRows" }

    var metadata: CallMetadata { options.metadata }

    func columns(of table: CompanyTable) -> Columns {
        Columns(facts: table.factColumns, items: table.columns)
    }

    func rowCount(of table: CompanyTable) -> Int { table.rowCount }

    func header(_ columns: Columns) -> [UInt8] {
        var request = Vigie_V1_StreamAssessRowsRequest()
        request.header = .with {
            $0.model = options.model ?? ""
            $0.card = options.card ?? ""
            $0.asOfDate = options.asOf?.description ?? ""
            $0.reasonCount = UInt32(clamping: options.reasonCount)
            $0.factColumns = columns.facts
            $0.columns = columns.items
            if let job { $0.job = job.reference }
        }
        return request.serializedBytes()
    }

    func message(
        _ table: CompanyTable
    ) throws -> (head: ByteBuffer, tail: (any MessageTail)?) {
        var head = ByteBuffer()
        try RequestEncoding.appendHead(of: table.values, to: &head)
        return (head, table.values.values)
    }

    func context(_ response: Vigie_V1_StreamAssessRowsResponse) -> AssessmentLabels? {
        guard case .context(let context)? = response.message else { return nil }
        job?.begun(response.storedBlockCount)
        return AssessmentLabels(context)
    }

    func answer(
        _ response: Vigie_V1_StreamAssessRowsResponse,
        _ labels: AssessmentLabels,
        columns: Columns,
        rowCount: Int
    ) throws -> RowAssessments {
        try RowAssessments(
            response.block,
            labels,
            columns: columns.facts + columns.items,
            rowCount: rowCount
        )
    }
}
