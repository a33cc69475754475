// SPDX-License-Identifier: Apache-2.0

// The methods of PortfolioService about runs and scores.

internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import VigieProtos

/// Answers what is asked of runs and scores.
struct PortfolioRuns: Sendable {
    private let portfolios: PortfolioUseCases
    private let model: Result<RunModel, ServiceError>

    /// Takes the model of runs, or why there is none.
    init(_ portfolios: PortfolioUseCases, _ model: Result<RunModel, ServiceError>) {
        (self.portfolios, self.model) = (portfolios, model)
    }

    func start(
        _ request: Vigie_V1_StartRunRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_StartRunResponse {
        let run = try portfolios.startRun(
            of: request.portfolio,
            by: try model.get(),
            by: viewer
        )
        return .with { $0.run = .init(run) }
    }

    func list(
        _ request: Vigie_V1_ListRunsRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ListRunsResponse {
        let page = PageRequest(size: Int(request.pageSize), token: request.pageToken)
        let found = try portfolios.runs(of: request.portfolio, page, by: viewer)
        return .with {
            $0.runs = found.runs.map(Vigie_V1_PortfolioRun.init)
            $0.nextPageToken = found.nextToken
        }
    }

    func describe(
        _ request: Vigie_V1_DescribeRunRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_DescribeRunResponse {
        let number = Int(request.number)
        let run = try portfolios.run(number, of: request.portfolio, by: viewer)
        return .with { $0.run = .init(run) }
    }

    func scores(
        _ request: Vigie_V1_ListScoresRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ListScoresResponse {
        let page = PageRequest(size: Int(request.pageSize), token: request.pageToken)
        let filter = try request.segmentPart.filter(request.segment)
        let found = try portfolios.scores(of: request.portfolio, in: filter, page, by: viewer)
        return .with {
            $0.members = found.members.map(Vigie_V1_ScoredMember.init)
            $0.nextPageToken = found.nextToken
        }
    }

    func history(
        _ request: Vigie_V1_CompanyHistoryRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_CompanyHistoryResponse {
        let found = try portfolios.history(
            of: try request.company.identity("company"),
            in: request.portfolio,
            since: try Self.day(request.sinceDate),
            PageRequest(size: Int(request.pageSize), token: request.pageToken),
            by: viewer
        )
        return .with {
            $0.company = .init(found.company)
            $0.scores = found.scores.map(Vigie_V1_HistoricScore.init)
            $0.nextPageToken = found.nextToken
        }
    }

    private static func day(_ text: String) throws(ServiceError) -> CalendarDate? {
        guard !text.isEmpty else { return nil }
        guard let day = CalendarDate(text) else {
            throw .invalid(
                "since_date",
                "INVALID_DATE",
                "since_date \"\(text.shownInMessages)\" is no date; write YYYY-MM-DD, such as "
                    + "2026-03-31, or leave it empty for a year ago."
            )
        }
        return day
    }
}
