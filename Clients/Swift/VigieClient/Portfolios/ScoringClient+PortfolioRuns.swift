// SPDX-License-Identifier: Apache-2.0

// Runs over portfolios, asked for and looked at; scores, and how they came to be what they are.

internal import ProtobufCoding
internal import VigieProtos

extension ScoringClient {
    /// Asks for a run that scores the companies of a portfolio as of today, by the model of the
    /// server.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio; `nil` for the companies of all, which is for
    ///     whoever operates the server.
    ///   - options: Deadline and headers.
    /// - Returns: The run; the one that waits already, if one does.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func startRun(
        of portfolio: String?,
        options: CallOptions = .default
    ) async throws -> PortfolioRun {
        let response: Vigie_V1_StartRunResponse = try await portfolioCall(
            "StartRun",
            Vigie_V1_StartRunRequest.with { $0.portfolio = portfolio ?? "" },
            options
        )
        return PortfolioRun(response.run)
    }

    /// Lists runs, the newest first, a page at a time.
    ///
    /// - Parameters:
    ///   - portfolio: Runs over this portfolio's companies, those over all among them; `nil` for
    ///     the runs of all, which is for whoever operates the server.
    ///   - pageSize: Most runs of the page, up to 1,000.
    ///   - pageToken: The token that the page before gave; empty for the first.
    ///   - options: Deadline and headers.
    /// - Returns: The runs, and the token of the next page, which is empty behind the last.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listRuns(
        of portfolio: String?,
        pageSize: Int = 20,
        pageToken: String = "",
        options: CallOptions = .default
    ) async throws -> (runs: [PortfolioRun], nextPageToken: String) {
        let response: Vigie_V1_ListRunsResponse = try await portfolioCall(
            "ListRuns",
            Vigie_V1_ListRunsRequest.with {
                $0.portfolio = portfolio ?? ""
                $0.pageSize = Int32(clamping: pageSize)
                $0.pageToken = pageToken
            },
            options
        )
        return (response.runs.map(PortfolioRun.init), response.nextPageToken)
    }

    /// Describes a run: how far it is.
    ///
    /// - Parameters:
    ///   - number: Its number.
    ///   - portfolio: The name of a portfolio that it is over; `nil` for whoever operates the
    ///     server.
    ///   - options: Deadline and headers.
    /// - Returns: The run.
    /// - Throws: ``VigieError`` with ``VigieError/Code/notFound`` for one that whoever calls does
    ///   not see, or `CancellationError` when the task was cancelled.
    public func describeRun(
        _ number: Int,
        of portfolio: String?,
        options: CallOptions = .default
    ) async throws -> PortfolioRun {
        let response: Vigie_V1_DescribeRunResponse = try await portfolioCall(
            "DescribeRun",
            Vigie_V1_DescribeRunRequest.with {
                $0.portfolio = portfolio ?? ""
                $0.number = Int64(number)
            },
            options
        )
        return PortfolioRun(response.run)
    }

    /// Lists the companies of a portfolio with the scores that they have, a page at a time.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - segment: The name of a segment whose companies are listed; `nil` for all.
    ///   - part: Which companies of the segment.
    ///   - pageSize: Most companies of the page, up to 1,000.
    ///   - pageToken: The token that the page before gave; empty for the first.
    ///   - options: Deadline and headers.
    /// - Returns: The companies, and the token of the next page, which is empty behind the last.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listScores(
        of portfolio: String,
        segment: String? = nil,
        part: PortfolioSegment.Part = .members,
        pageSize: Int = 1_000,
        pageToken: String = "",
        options: CallOptions = .default
    ) async throws -> (members: [ScoredMember], nextPageToken: String) {
        let response: Vigie_V1_ListScoresResponse = try await portfolioCall(
            "ListScores",
            Vigie_V1_ListScoresRequest.with {
                $0.portfolio = portfolio
                if let segment { ($0.segment, $0.segmentPart) = (segment, part.message) }
                $0.pageSize = Int32(clamping: pageSize)
                $0.pageToken = pageToken
            },
            options
        )
        let members = response.members.compactMap { ScoredMember($0) }
        guard members.count == response.members.count else {
            throw VigieError.badResponse("A company in it has no identifier.")
        }
        return (members, response.nextPageToken)
    }

    /// Tells how the score of a company changed, a page at a time: first what held on the first
    /// day, then each change, the oldest first.
    ///
    /// - Parameters:
    ///   - company: Who it is.
    ///   - portfolio: The name of a portfolio that it is in.
    ///   - sinceDate: The first day, as YYYY-MM-DD, up to ten years ago; `nil` for a year ago.
    ///   - pageSize: Most changes of the page, up to 1,000.
    ///   - pageToken: The token that the page before gave; empty for the first.
    ///   - options: Deadline and headers.
    /// - Returns: What was found, and the token of the next page, which is empty behind the last.
    /// - Throws: ``VigieError`` with ``VigieError/Code/notFound`` for a company that the portfolio
    ///   does not have, or `CancellationError` when the task was cancelled.
    public func companyHistory(
        of company: CompanyIdentifier,
        in portfolio: String,
        since sinceDate: String? = nil,
        pageSize: Int = 1_000,
        pageToken: String = "",
        options: CallOptions = .default
    ) async throws -> (scores: [HistoricScore], nextPageToken: String) {
        let response: Vigie_V1_CompanyHistoryResponse = try await portfolioCall(
            "CompanyHistory",
            Vigie_V1_CompanyHistoryRequest.with {
                $0.portfolio = portfolio
                $0.company = .init(company)
                $0.sinceDate = sinceDate ?? ""
                $0.pageSize = Int32(clamping: pageSize)
                $0.pageToken = pageToken
            },
            options
        )
        return (response.scores.map(HistoricScore.init), response.nextPageToken)
    }
}
