// SPDX-License-Identifier: Apache-2.0

// Segments of portfolios at a server.

internal import ProtobufCoding
internal import VigieProtos

extension ScoringClient {
    /// Keeps a segment of a portfolio, in the place of one of its name.
    ///
    /// - Parameters:
    ///   - segment: The segment.
    ///   - portfolio: The name of the portfolio.
    ///   - options: Deadline and headers.
    /// - Returns: The segment as it is kept.
    /// - Throws: ``VigieError`` with what is wrong with which field, or `CancellationError` when
    ///   the task was cancelled.
    @discardableResult
    public func putSegment(
        _ segment: PortfolioSegment,
        of portfolio: String,
        options: CallOptions = .default
    ) async throws -> PortfolioSegment {
        let response: Vigie_V1_PutSegmentResponse = try await portfolioCall(
            "PutSegment",
            Vigie_V1_PutSegmentRequest.with {
                ($0.portfolio, $0.segment) = (portfolio, .init(segment))
            },
            options
        )
        return PortfolioSegment(response.segment)
    }

    /// Lists the segments of a portfolio, by their names.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listSegments(
        of portfolio: String,
        options: CallOptions = .default
    ) async throws -> [PortfolioSegment] {
        let response: Vigie_V1_ListSegmentsResponse = try await portfolioCall(
            "ListSegments",
            Vigie_V1_ListSegmentsRequest.with { $0.portfolio = portfolio },
            options
        )
        return response.segments.map { PortfolioSegment($0) }
    }

    /// Ends a segment of a portfolio.
    ///
    /// - Parameters:
    ///   - segment: The name of the segment.
    ///   - portfolio: That of the portfolio.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError`` with ``VigieError/Code/notFound`` where there is none of that name,
    ///   or `CancellationError` when the task was cancelled.
    public func deleteSegment(
        _ segment: String,
        of portfolio: String,
        options: CallOptions = .default
    ) async throws {
        let _: Vigie_V1_DeleteSegmentResponse = try await portfolioCall(
            "DeleteSegment",
            Vigie_V1_DeleteSegmentRequest.with {
                ($0.portfolio, $0.segment) = (portfolio, segment)
            },
            options
        )
    }

    /// Tells what a segment would hold, and who enters and leaves the one of its name. Keeps
    /// nothing.
    ///
    /// - Parameters:
    ///   - segment: The segment.
    ///   - portfolio: The name of the portfolio.
    ///   - companyCount: Most companies of each list, up to 1,000.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError`` with what is wrong with which field, or `CancellationError` when
    ///   the task was cancelled.
    public func trySegment(
        _ segment: PortfolioSegment,
        on portfolio: String,
        companyCount: Int = 10,
        options: CallOptions = .default
    ) async throws -> SegmentTrial {
        let response: Vigie_V1_TrySegmentResponse = try await portfolioCall(
            "TrySegment",
            Vigie_V1_TrySegmentRequest.with {
                ($0.portfolio, $0.segment) = (portfolio, .init(segment))
                $0.companyCount = Int32(clamping: companyCount)
            },
            options
        )
        return SegmentTrial(response)
    }

    /// Figures of the segments of a portfolio as they are now, by their names.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - options: Deadline and headers.
    /// - Returns: The figures, and why there are none though there are segments: empty otherwise.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func segmentRisks(
        of portfolio: String,
        options: CallOptions = .default
    ) async throws -> (risks: [SegmentRisk], leftOut: String) {
        let response: Vigie_V1_DescribeRiskResponse = try await portfolioCall(
            "DescribeRisk",
            Vigie_V1_DescribeRiskRequest.with {
                $0.portfolio = portfolio
                ($0.moverCount, $0.largestCount) = (0, 0)
            },
            options
        )
        return (response.segments.map { SegmentRisk($0) }, response.segmentsLeftOut)
    }
}
