// SPDX-License-Identifier: Apache-2.0

// Segments of portfolios: kept, listed, ended. Who sees a portfolio sees them, who changes it
// changes them.

internal import Databases
package import PortfolioStore
package import Portfolios
package import Segments
package import ServiceErrors
internal import VigieLimits

extension PortfolioUseCases {
    /// The segments of a portfolio, by name.
    package func segments(
        of name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> [StoredSegment] {
        try store.read { connection throws(DatabaseError) in
            try withReadable(name, viewer, connection) { (portfolio, _) throws(DatabaseError) in
                .success(try connection.segments(of: portfolio.id))
            }
        }
    }

    /// Keeps a segment, in the place of one of its name.
    package func put(
        _ segment: Segment,
        into name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> StoredSegment {
        try store.write { connection throws(DatabaseError) in
            try withWritable(name, viewer, connection, holding: false) {
                portfolio throws(DatabaseError) in
                guard try connection.lockPortfolio(portfolio.id) else {
                    return .failure(.unknownPortfolio(name))
                }
                let others = try connection.segments(of: portfolio.id)
                    .filter { $0.segment.name != segment.name }
                guard others.count < SegmentLimits.portfolioSegments else {
                    return .failure(.tooManySegments)
                }
                let (now, person) = (store.clock(), viewer.identity ?? "")
                try connection.keep(segment, of: portfolio.id, by: person, nowMicroseconds: now)
                try record(connection, "portfolio.segments", portfolio.id, now)
                return .success(
                    StoredSegment(segment, changedAtMicroseconds: now, changedBy: person)
                )
            }
        }
    }

    /// Ends a segment.
    package func deleteSegment(
        _ segment: String,
        of name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) {
        try store.write { connection throws(DatabaseError) -> Result<Void, ServiceError> in
            try withWritable(name, viewer, connection) { portfolio throws(DatabaseError) in
                guard try connection.removeSegment(segment, of: portfolio.id) else {
                    return .failure(.unknownSegment(segment))
                }
                try record(connection, "portfolio.segments", portfolio.id, store.clock())
                return .success(())
            }
        }
    }
}

extension ServiceError {
    /// No segment of that name in the portfolio.
    static func unknownSegment(_ name: String) -> ServiceError {
        let shown = name.shownInMessages
        return ServiceError(
            .notFound,
            "UNKNOWN_SEGMENT",
            "The portfolio has no segment \"\(shown)\"; ListSegments tells those that it has.",
            metadata: ["segment": shown],
            detail: .resource(type: "vigie.v1.Segment", name: shown)
        )
    }

    /// A portfolio has as many segments as may be.
    static var tooManySegments: ServiceError {
        .overLimit(
            "segment",
            "portfolioSegments",
            "The portfolio has too many segments.",
            value: SegmentLimits.portfolioSegments + 1,
            maximum: SegmentLimits.portfolioSegments,
            code: .resourceExhausted
        )
    }

    /// More companies and steps than are looked at for one answer.
    static func tooManySegmentSteps(_ count: Int) -> ServiceError {
        .overLimit(
            "segment",
            "segmentSteps",
            "The companies of the portfolio times the steps of the conditions are too many.",
            value: count,
            maximum: SegmentLimits.segmentSteps,
            code: .resourceExhausted
        )
    }
}
