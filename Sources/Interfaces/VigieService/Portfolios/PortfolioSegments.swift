// SPDX-License-Identifier: Apache-2.0

// The methods of PortfolioService about segments.

internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieProtos

/// Answers what is asked of segments.
struct PortfolioSegments: Sendable {
    private let portfolios: PortfolioUseCases

    /// Takes portfolios.
    init(_ portfolios: PortfolioUseCases) { self.portfolios = portfolios }

    func put(
        _ request: Vigie_V1_PutSegmentRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_PutSegmentResponse {
        let segment = try request.segment.value()
        let kept = try portfolios.put(segment, into: request.portfolio, by: viewer)
        return .with { $0.segment = .init(kept) }
    }

    func list(
        _ request: Vigie_V1_ListSegmentsRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ListSegmentsResponse {
        let kept = try portfolios.segments(of: request.portfolio, by: viewer)
        return .with { $0.segments = kept.map(Vigie_V1_Segment.init) }
    }

    func delete(
        _ request: Vigie_V1_DeleteSegmentRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_DeleteSegmentResponse {
        try portfolios.deleteSegment(request.segment, of: request.portfolio, by: viewer)
        return .init()
    }

    func tryOut(
        _ request: Vigie_V1_TrySegmentRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_TrySegmentResponse {
        let loss = try Vigie_V1_DescribeRiskRequest.lossGiven(
            request.hasLossGivenDefault ? request.lossGivenDefault : nil
        )
        let trial = try portfolios.trySegment(
            try request.segment.value(),
            on: request.portfolio,
            count: request.hasCompanyCount ? Int(request.companyCount) : 10,
            by: viewer
        )
        return .init(trial, lossGivenDefault: loss)
    }
}
