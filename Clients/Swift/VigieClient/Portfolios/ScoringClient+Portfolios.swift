// SPDX-License-Identifier: Apache-2.0

// The portfolios of a server: made, listed, described, changed, shared, ended.

internal import ProtobufCoding
internal import VigieLimits
internal import VigieProtos

extension ScoringClient {
    /// Makes a portfolio without companies.
    ///
    /// - Parameters:
    ///   - name: Its name: 1 to 128 bytes, none that another one has.
    ///   - note: What it is for.
    ///   - options: Deadline and headers.
    /// - Returns: The portfolio.
    /// - Throws: ``VigieError`` with ``VigieError/Code/alreadyExists`` for a name that is taken, or
    ///   `CancellationError` when the task was cancelled.
    public func createPortfolio(
        _ name: String,
        note: String = "",
        options: CallOptions = .default
    ) async throws -> Portfolio {
        let response: Vigie_V1_CreatePortfolioResponse = try await portfolioCall(
            "CreatePortfolio",
            Vigie_V1_CreatePortfolioRequest.with {
                $0.name = name
                $0.note = note
            },
            options
        )
        return Portfolio(response.portfolio)
    }

    /// Lists the portfolios that whoever calls sees, by name.
    ///
    /// - Parameter options: Deadline and headers, of all pages together.
    /// - Returns: The portfolios.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listPortfolios(options: CallOptions = .default) async throws -> [Portfolio] {
        let context = try context(options.timeout, options.metadata)
        var (portfolios, request) = ([Portfolio](), Vigie_V1_ListPortfoliosRequest())
        for _ in 0..<ClientLimits.listedModels {
            let page: Vigie_V1_ListPortfoliosResponse = try await call(
                "\(Self.portfolios)/ListPortfolios",
                request,
                context
            )
            portfolios += page.portfolios.map(Portfolio.init)
            request.pageToken = page.nextPageToken
            if request.pageToken.isEmpty { return portfolios }
        }
        throw VigieError.badResponse("It lists portfolios without end.")
    }

    /// Describes a portfolio.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - options: Deadline and headers.
    /// - Returns: The portfolio, and what each role may do with it.
    /// - Throws: ``VigieError`` with ``VigieError/Code/notFound`` for one that whoever calls does
    ///   not see, or `CancellationError` when the task was cancelled.
    public func describePortfolio(
        _ name: String,
        options: CallOptions = .default
    ) async throws -> (portfolio: Portfolio, shares: [String: Portfolio.Access]) {
        let response: Vigie_V1_DescribePortfolioResponse = try await portfolioCall(
            "DescribePortfolio",
            Vigie_V1_DescribePortfolioRequest.with { $0.portfolio = name },
            options
        )
        return (Portfolio(response.portfolio), response.shares.byRole)
    }

    /// Gives a portfolio another name or note.
    ///
    /// - Parameters:
    ///   - portfolio: Its name so far.
    ///   - name: Its new name; `nil` leaves it.
    ///   - note: Its new note; `nil` leaves it.
    ///   - options: Deadline and headers.
    /// - Returns: The portfolio as it is now.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func changePortfolio(
        _ portfolio: String,
        name: String? = nil,
        note: String? = nil,
        options: CallOptions = .default
    ) async throws -> Portfolio {
        let response: Vigie_V1_ChangePortfolioResponse = try await portfolioCall(
            "ChangePortfolio",
            Vigie_V1_ChangePortfolioRequest.with {
                $0.portfolio = portfolio
                if let name { $0.name = name }
                if let note { $0.note = note }
            },
            options
        )
        return Portfolio(response.portfolio)
    }

    /// Ends a portfolio. What the server knows of its companies stays.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - companyCount: How many companies it has, so that nobody ends another one than he means.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError`` with ``VigieError/Code/failedPrecondition`` for another number, or
    ///   `CancellationError` when the task was cancelled.
    public func deletePortfolio(
        _ name: String,
        companyCount: Int,
        options: CallOptions = .default
    ) async throws {
        let _: Vigie_V1_DeletePortfolioResponse = try await portfolioCall(
            "DeletePortfolio",
            Vigie_V1_DeletePortfolioRequest.with {
                $0.portfolio = name
                $0.companyCount = Int64(companyCount)
            },
            options
        )
    }

    /// Lets a role see or change a portfolio, or neither any more.
    ///
    /// - Parameters:
    ///   - name: The name of the portfolio.
    ///   - role: The role.
    ///   - access: What it may; `nil` takes it away.
    ///   - options: Deadline and headers.
    /// - Returns: What each role may do with it now.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    @discardableResult
    public func sharePortfolio(
        _ name: String,
        with role: String,
        _ access: Portfolio.Access?,
        options: CallOptions = .default
    ) async throws -> [String: Portfolio.Access] {
        let response: Vigie_V1_SharePortfolioResponse = try await portfolioCall(
            "SharePortfolio",
            Vigie_V1_SharePortfolioRequest.with {
                $0.portfolio = name
                $0.share.role = role
                $0.share.access = .init(access)
            },
            options
        )
        return response.shares.byRole
    }

    static let portfolios = "/vigie.v1.PortfolioService"

    func portfolioCall<Request: ProtobufMessage, Response: ProtobufMessage>(
        _ method: String,
        _ request: Request,
        _ options: CallOptions
    ) async throws -> Response {
        try await call(
            "\(Self.portfolios)/\(method)",
            request,
            context(options.timeout, options.metadata)
        )
    }
}
