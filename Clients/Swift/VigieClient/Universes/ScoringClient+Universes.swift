// SPDX-License-Identifier: Apache-2.0

// Universes of a server: loaded, scored, looked at.

internal import NIOCore
internal import ProtobufCoding
internal import VigieProtos

extension ScoringClient {
    /// Lists the universes of a server.
    ///
    /// - Parameter options: Deadline and headers.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listUniverses(options: CallOptions = .default) async throws -> [Universe] {
        let response: Vigie_V1_ListUniversesResponse = try await universeCall(
            "ListUniverses",
            Vigie_V1_ListUniversesRequest(),
            options
        )
        return response.universes.map(Universe.init)
    }

    /// Asks for a run that scores what a universe's last load brought.
    ///
    /// - Parameters:
    ///   - universe: The name of the universe.
    ///   - date: The day as of which, as YYYY-MM-DD; empty for today.
    ///   - model: The model; empty for that of calls that name none.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func startUniverseRun(
        over universe: String,
        asOf date: String = "",
        by model: String = "",
        options: CallOptions = .default
    ) async throws -> UniverseRun {
        let response: Vigie_V1_StartUniverseRunResponse = try await universeCall(
            "StartUniverseRun",
            Vigie_V1_StartUniverseRunRequest.with {
                ($0.universe, $0.asOfDate, $0.model) = (universe, date, model)
            },
            options
        )
        return UniverseRun(response.run)
    }

    /// Lists the last runs over a universe, the newest first.
    ///
    /// - Parameters:
    ///   - universe: The name of the universe.
    ///   - limit: How many at most, up to 400.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listUniverseRuns(
        over universe: String,
        limit: Int = 20,
        options: CallOptions = .default
    ) async throws -> [UniverseRun] {
        let response: Vigie_V1_ListUniverseRunsResponse = try await universeCall(
            "ListUniverseRuns",
            Vigie_V1_ListUniverseRunsRequest.with {
                ($0.universe, $0.limit) = (universe, Int32(clamping: limit))
            },
            options
        )
        return response.runs.map(UniverseRun.init)
    }

    /// Tells figures of a universe between two days.
    ///
    /// - Parameters:
    ///   - universe: The name of the universe.
    ///   - date: The day, as YYYY-MM-DD; empty for that of the last run.
    ///   - before: The day that it is compared with; empty for that of the run before.
    ///   - moverCount: Companies to be told that moved most, of each direction.
    ///   - lossGivenDefault: What of an exposure is lost in a failure, from 0 to 1.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func describeUniverse(
        _ universe: String,
        on date: String = "",
        against before: String = "",
        moverCount: Int = 10,
        lossGivenDefault: Double = 0.4,
        options: CallOptions = .default
    ) async throws -> UniverseFigures {
        let response: Vigie_V1_DescribeUniverseResponse = try await universeCall(
            "DescribeUniverse",
            Vigie_V1_DescribeUniverseRequest.with {
                ($0.universe, $0.date, $0.beforeDate) = (universe, date, before)
                $0.moverCount = Int32(clamping: moverCount)
                $0.lossGivenDefault = lossGivenDefault
            },
            options
        )
        return UniverseFigures(response)
    }

    /// Tells how the result of one company changed.
    ///
    /// - Parameters:
    ///   - siren: The SIREN of the company.
    ///   - universe: The name of the universe.
    ///   - date: The first day, as YYYY-MM-DD; empty for three years ago.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func universeHistory(
        of siren: String,
        in universe: String,
        since date: String = "",
        options: CallOptions = .default
    ) async throws -> [UniverseResult] {
        let response: Vigie_V1_UniverseHistoryResponse = try await universeCall(
            "UniverseHistory",
            Vigie_V1_UniverseHistoryRequest.with {
                ($0.universe, $0.siren, $0.sinceDate) = (universe, siren, date)
            },
            options
        )
        return response.results.map(UniverseResult.init)
    }

    /// Reads results of a universe, a block at a time.
    ///
    /// - Parameters:
    ///   - universe: The name of the universe.
    ///   - date: The day, as YYYY-MM-DD; empty for that of the last run.
    ///   - run: The run that the block before was of; 0 for the first.
    ///   - block: The block, from 0.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func universeScores(
        of universe: String,
        on date: String = "",
        run: Int = 0,
        block: Int = 0,
        options: CallOptions = .default
    ) async throws -> UniverseScores {
        let response: Vigie_V1_ReadUniverseScoresResponse = try await universeCall(
            "ReadUniverseScores",
            Vigie_V1_ReadUniverseScoresRequest.with {
                ($0.universe, $0.date) = (universe, date)
                ($0.run, $0.block) = (Int64(run), Int32(clamping: block))
            },
            options
        )
        guard let scores = UniverseScores(response) else {
            throw VigieError.badResponse("Its columns are not of one length.")
        }
        return scores
    }

    /// Forgets which columns of a universe are a company's.
    ///
    /// - Parameters:
    ///   - siren: The SIREN of the company.
    ///   - universe: The name of the universe.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func forgetUniverseCompany(
        _ siren: String,
        in universe: String,
        options: CallOptions = .default
    ) async throws {
        let _: Vigie_V1_ForgetUniverseCompanyResponse = try await universeCall(
            "ForgetUniverseCompany",
            Vigie_V1_ForgetUniverseCompanyRequest.with {
                ($0.universe, $0.siren) = (universe, siren)
            },
            options
        )
    }

    /// Loads inputs into a universe: all of them, or nothing.
    ///
    /// - Parameters:
    ///   - header: What comes.
    ///   - blocks: Companies, each once.
    ///   - timeout: How long it may take; nil for any time.
    package func loadUniverse<Blocks: AsyncSequence>(
        _ header: UniverseHeader,
        _ blocks: Blocks,
        timeout: Duration?
    ) async throws -> UniverseLoadReport where Blocks.Element == UniverseBlock {
        var context = try context(nil, [:])
        context.deadline = timeout.map { .after($0) } ?? .distantFuture
        let response: Vigie_V1_LoadUniverseResponse = try await streamed(
            "\(Self.universes)/LoadUniverse",
            context,
            Vigie_V1_LoadUniverseRequest.with { $0.header = .init(header) },
            isRepeatable: false
        ) { send in
            for try await block in blocks { try await send(.with { $0.rows = .init(block) }) }
        }
        return UniverseLoadReport(response)
    }

    private static let universes = "/vigie.v1.UniverseService"

    private func universeCall<Request: ProtobufMessage, Response: ProtobufMessage>(
        _ method: String,
        _ request: Request,
        _ options: CallOptions
    ) async throws -> Response {
        try await call(
            "\(Self.universes)/\(method)",
            request,
            context(options.timeout, options.metadata)
        )
    }
}
