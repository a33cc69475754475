// SPDX-License-Identifier: Apache-2.0

// Runs asked for, and how far they are; scores as those see them who see the portfolio.

internal import Databases
package import PortfolioStore
package import Portfolios
internal import Quantities
package import ServiceErrors
internal import VigieLimits

/// A run as somebody sees it.
package struct SeenRun: Sendable, Equatable {
    /// The run.
    package let run: ScoringRun
    /// Whether he sees how many companies it is over: of all portfolios only whoever operates the
    /// server does.
    package let showsCounts: Bool
}

extension PortfolioUseCases {
    /// Asks for a run over a portfolio, or over all.
    ///
    /// - Parameter name: The portfolio; empty for all.
    /// - Returns: The run; the one that waits already, if one does.
    package func startRun(
        of name: String,
        by model: RunModel,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> SeenRun {
        guard !name.isEmpty else {
            guard viewer.isOperator else { throw .operatorNeeded }
            return try store.write { connection throws(DatabaseError) in
                try startRun(nil, model, viewer, connection)
            }
        }
        return try store.write { connection throws(DatabaseError) in
            try withWritable(name, viewer, connection) { portfolio throws(DatabaseError) in
                try startRun(portfolio.id, model, viewer, connection)
            }
        }
    }

    private func startRun(
        _ portfolio: Int?,
        _ model: RunModel,
        _ viewer: PortfolioViewer,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Result<SeenRun, ServiceError> {
        let now = store.clock()
        var open: [ScoringRun] = []
        for number in try connection.openRuns() {
            if let run = try connection.run(number) { open.append(run) }
        }
        let waiting = open.first { run in
            run.kind == .requested && run.portfolio == portfolio && run.model == model
                && run.doneCount == 0
        }
        if let waiting { return .success(seen(waiting, viewer)) }
        guard open.count < RescoringLimits.openRunsMax else { return .failure(.tooManyRuns) }
        let number = try connection.planRun(
            .requested,
            portfolio: portfolio,
            asOf: CalendarDate(secondsSince1970: Int64(now / 1_000_000)),
            by: model,
            requestedBy: viewer.identity ?? "",
            nowMicroseconds: now
        )
        guard let run = try connection.run(number) else { return .failure(.unknownRun(number)) }
        return .success(seen(run, viewer))
    }

    /// A page of the runs of a portfolio and of those over all, the newest first.
    ///
    /// - Parameter name: The portfolio; empty for the runs of all.
    package func runs(
        of name: String,
        _ page: PageRequest,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (runs: [SeenRun], nextToken: String) {
        let size = try page.size()
        let (list, found) = try store.read {
            connection throws(DatabaseError) -> Result<(Int, [ScoringRun]), ServiceError> in
            try withRunsSeen(name, viewer, connection) { portfolio throws(DatabaseError) in
                switch page.lastNumber(in: portfolio ?? 0) {
                case .failure(let error): return .failure(error)
                case .success(let last):
                    let runs = try connection.runs(
                        of: portfolio,
                        isOfAll: portfolio == nil,
                        before: last == 0 ? .max : last,
                        limit: size + 1
                    )
                    return .success((portfolio ?? 0, runs))
                }
            }
        }
        let shown = found.prefix(size)
        let isLast = found.count <= size
        let next = isLast ? "" : PageRequest.token(shown.last?.number ?? 0, in: list)
        return (shown.map { seen($0, viewer) }, next)
    }

    /// A run that somebody sees.
    package func run(
        _ number: Int,
        of name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> SeenRun {
        try store.read { connection throws(DatabaseError) in
            try withRunsSeen(name, viewer, connection) { portfolio throws(DatabaseError) in
                guard let run = try connection.run(number),
                    portfolio == nil || run.portfolio == nil || run.portfolio == portfolio
                else { return .failure(.unknownRun(number)) }
                return .success(seen(run, viewer))
            }
        }
    }

    /// Does something with the runs of a portfolio that somebody sees, or, with nil, with those of
    /// all.
    private func withRunsSeen<Success>(
        _ name: String,
        _ viewer: PortfolioViewer,
        _ connection: any DatabaseConnection,
        _ body: (Int?) throws(DatabaseError) -> Result<Success, ServiceError>
    ) throws(DatabaseError) -> Result<Success, ServiceError> {
        guard !name.isEmpty else {
            return viewer.isOperator ? try body(nil) : .failure(.operatorNeeded)
        }
        return try withReadable(name, viewer, connection) {
            (portfolio, _) throws(DatabaseError) in try body(portfolio.id)
        }
    }

    private func seen(_ run: ScoringRun, _ viewer: PortfolioViewer) -> SeenRun {
        SeenRun(run: run, showsCounts: run.portfolio != nil || viewer.isOperator)
    }
}
