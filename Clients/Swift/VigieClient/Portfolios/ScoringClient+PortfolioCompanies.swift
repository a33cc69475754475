// SPDX-License-Identifier: Apache-2.0

// The companies of portfolios: listed, added, changed, taken out, copied and moved.

internal import ProtobufCoding
internal import VigieLimits
internal import VigieProtos

extension ScoringClient {
    /// Lists companies of a portfolio, a page at a time.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - pageSize: Most companies of the page, up to 1,000.
    ///   - pageToken: The token that the page before gave; empty for the first.
    ///   - options: Deadline and headers.
    /// - Returns: The companies, and the token of the next page, which is empty behind the last.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listCompanies(
        of portfolio: String,
        pageSize: Int = 1_000,
        pageToken: String = "",
        options: CallOptions = .default
    ) async throws -> (companies: [FollowedCompany], nextPageToken: String) {
        let response: Vigie_V1_ListCompaniesResponse = try await portfolioCall(
            "ListCompanies",
            Vigie_V1_ListCompaniesRequest.with {
                $0.portfolio = portfolio
                $0.pageSize = Int32(clamping: pageSize)
                $0.pageToken = pageToken
            },
            options
        )
        let companies = response.companies.compactMap { FollowedCompany($0) }
        guard companies.count == response.companies.count else {
            throw VigieError.badResponse("A company in it has no identifier.")
        }
        return (companies, response.nextPageToken)
    }

    /// Adds companies to a portfolio, or changes what is known of those that it has: all of it or
    /// nothing.
    ///
    /// - Parameters:
    ///   - companies: 1 to 1,000 companies, each once.
    ///   - portfolio: The name of the portfolio.
    ///   - options: Deadline and headers.
    /// - Returns: What changed.
    /// - Throws: ``VigieError`` with what is wrong with which company, or `CancellationError` when
    ///   the task was cancelled.
    @discardableResult
    public func putCompanies(
        _ companies: [FollowedCompany],
        into portfolio: String,
        options: CallOptions = .default
    ) async throws -> PortfolioChanges {
        let response: Vigie_V1_PutCompaniesResponse = try await portfolioCall(
            "PutCompanies",
            Vigie_V1_PutCompaniesRequest.with {
                $0.portfolio = portfolio
                $0.companies = companies.map { .init($0) }
            },
            options
        )
        return PortfolioChanges(response.counts)
    }

    /// Takes companies out of a portfolio.
    ///
    /// - Parameters:
    ///   - companies: 1 to 1,000 companies, each once.
    ///   - portfolio: The name of the portfolio.
    ///   - options: Deadline and headers.
    /// - Returns: How many left it, and how many it did not have.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    @discardableResult
    public func removeCompanies(
        _ companies: [CompanyIdentifier],
        from portfolio: String,
        options: CallOptions = .default
    ) async throws -> (removed: Int, absent: Int) {
        let response: Vigie_V1_RemoveCompaniesResponse = try await portfolioCall(
            "RemoveCompanies",
            Vigie_V1_RemoveCompaniesRequest.with {
                $0.portfolio = portfolio
                $0.companies = companies.map { .init($0) }
            },
            options
        )
        return (Int(clamping: response.removedCount), Int(clamping: response.absentCount))
    }

    /// Copies or moves companies into another portfolio, with what is known of them in the first;
    /// what the second has of them already stays. All of it or nothing.
    ///
    /// - Parameters:
    ///   - companies: 1 to 1,000 companies, each once.
    ///   - source: The name of the portfolio that they are in.
    ///   - target: The name of the portfolio into which they come.
    ///   - moves: Whether they leave the first one.
    ///   - options: Deadline and headers.
    /// - Returns: What became of them.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    @discardableResult
    public func transferCompanies(
        _ companies: [CompanyIdentifier],
        from source: String,
        to target: String,
        moves: Bool = false,
        options: CallOptions = .default
    ) async throws -> PortfolioTransfer {
        let response: Vigie_V1_TransferCompaniesResponse = try await portfolioCall(
            "TransferCompanies",
            Vigie_V1_TransferCompaniesRequest.with {
                ($0.source, $0.target, $0.move) = (source, target, moves)
                $0.companies = companies.map { .init($0) }
            },
            options
        )
        return PortfolioTransfer(
            added: Int(clamping: response.addedCount),
            removed: Int(clamping: response.removedCount),
            absent: Int(clamping: response.absentCount)
        )
    }
}
