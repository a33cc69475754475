// SPDX-License-Identifier: Apache-2.0

// Segments as messages, and back.

internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import Segments
internal import ServiceErrors
internal import VigieProtos

extension Vigie_V1_Segment {
    /// A segment as it is kept.
    init(_ stored: StoredSegment) {
        self = .with {
            $0.name = stored.segment.name
            $0.note = stored.segment.note
            $0.condition = stored.segment.condition
            $0.changedBy = stored.changedBy
            $0.changedAtMicroseconds = Int64(stored.changedAtMicroseconds)
        }
    }

    /// The segment that was written.
    func value() throws(ServiceError) -> Segments.Segment {
        try Segments.Segment(name: name, note: note, condition: condition)
    }
}

extension Vigie_V1_SegmentPart {
    /// Which companies are wanted of a segment; nil for all of a portfolio.
    func filter(_ segment: String) throws(ServiceError) -> SegmentFilter? {
        let part: Segments.SegmentPart
        switch self {
        case .unspecified, .members: part = .member
        case .unknown: part = .unknown
        case .others: part = .other
        case .UNRECOGNIZED(let number): throw .noSuchValue("segment_part", number)
        }
        if !segment.isEmpty { return SegmentFilter(segment, part) }
        guard self == .unspecified else {
            throw .invalid(
                "segment_part",
                "SEGMENT_NEEDED",
                "segment_part says which companies of a segment are wanted; name it in segment."
            )
        }
        return nil
    }
}

extension Vigie_V1_TrySegmentResponse {
    /// What a segment would hold.
    init(_ trial: SegmentTrial, lossGivenDefault: Double) {
        self = .with {
            $0.risk = .init(trial.risk, lossGivenDefault)
            $0.companyCount = Int64(trial.companyCount)
            $0.members = trial.members.map(Vigie_V1_FollowedCompany.init)
            $0.unknown = trial.unknown.map { line, missing in
                .with {
                    $0.company = .init(line)
                    $0.missing = missing
                }
            }
            $0.hasKept = trial.hasKept
            $0.entering = trial.entering.lines.map(Vigie_V1_FollowedCompany.init)
            $0.enteringCount = Int64(trial.entering.count)
            $0.leaving = trial.leaving.lines.map(Vigie_V1_FollowedCompany.init)
            $0.leavingCount = Int64(trial.leaving.count)
        }
    }
}
