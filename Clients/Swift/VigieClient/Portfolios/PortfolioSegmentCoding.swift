// SPDX-License-Identifier: Apache-2.0

// Segments as messages, and back.

internal import VigieProtos

extension PortfolioSegment {
    init(_ message: Vigie_V1_Segment) {
        self.init(
            message.name,
            condition: message.condition,
            note: message.note,
            changedBy: message.changedBy,
            changedAtMicroseconds: message.changedAtMicroseconds
        )
    }
}

extension Vigie_V1_Segment {
    init(_ segment: PortfolioSegment) {
        self.init()
        (name, note, condition) = (segment.name, segment.note, segment.condition)
    }
}

extension PortfolioSegment.Part {
    var message: Vigie_V1_SegmentPart {
        switch self {
        case .members: .members
        case .unknown: .unknown
        case .others: .others
        }
    }
}

extension SegmentFigures {
    init(_ message: Vigie_V1_SegmentFigures) {
        self.init(
            companyCount: Int(clamping: message.companyCount),
            currencies: message.currencies.map { one in
                InCurrency(
                    currency: one.currency,
                    owingCount: Int(clamping: one.owing.companyCount),
                    exposureMinorUnits: one.owing.exposureMinorUnits,
                    expectedLossMinorUnits: one.expectedLossMinorUnits,
                    weightedProbability: one.hasWeightedProbability ? one.weightedProbability : nil
                )
            }
        )
    }
}

extension SegmentRisk {
    init(_ message: Vigie_V1_SegmentRisk) {
        self.init(
            name: message.name,
            members: SegmentFigures(message.members),
            unknown: SegmentFigures(message.unknown)
        )
    }
}

extension SegmentTrial {
    init(_ message: Vigie_V1_TrySegmentResponse) {
        self.init(
            risk: SegmentRisk(message.risk),
            companyCount: Int(clamping: message.companyCount),
            members: message.members.compactMap { FollowedCompany($0) },
            unknown: message.unknown.compactMap { one in
                FollowedCompany(one.company).map {
                    UnknownMember(company: $0, missing: one.missing)
                }
            },
            hasKept: message.hasKept,
            entering: message.entering.compactMap { FollowedCompany($0) },
            enteringCount: Int(clamping: message.enteringCount),
            leaving: message.leaving.compactMap { FollowedCompany($0) },
            leavingCount: Int(clamping: message.leavingCount)
        )
    }
}
