// SPDX-License-Identifier: Apache-2.0

// What is told of decisions on companies of portfolios, to each what he is to see.

internal import CreditPolicy
internal import DecimalNumbers
internal import Policies
internal import PortfolioApplication
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import VigieApplication
internal import VigieProtos

extension Vigie_V1_DescribeTermsResponse {
    /// What sales are told.
    init(_ decided: DecidedCompany) {
        let (decision, policy) = (decided.decision, decided.prepared.plan.policy)
        self = .with {
            $0.outcome = .init(decision.outcome)
            $0.limit = decision.limit?.amount.plain ?? ""
            $0.validUntil = decision.validity?.until.description ?? ""
            $0.headroom = decision.headroom?.plain ?? ""
            $0.terms = .init(decision.terms, fittingDays: decision.fittingDays)
            $0.guarantees = decision.offers.map { .init($0, nil) }
            $0.clauses = decision.clauses.map { clause in
                .with {
                    $0.id = clause.clause.identifier
                    ($0.en, $0.fr) = (clause.english, clause.french)
                    $0.missing = clause.missing
                }
            }
            $0.grantingRole = decision.grantingRole ?? ""
            $0.missing = decision.missing.map(\.name)
            $0.currency = policy.manifest.currency.code
            $0.words = decided.context.rules.filter(\.hasSales).map(\.sales)
        }
    }
}

extension Vigie_V1_CompanyHeadroom {
    /// A limit by policy against what is owed.
    init(_ one: DecidedHeadroom) {
        let decision = one.decision
        self = .with {
            $0.company = .init(one.known.line)
            $0.riskClass = UInt32(clamping: one.known.riskClass)
            $0.score = Int32(clamping: one.known.score ?? 0)
            $0.outcome = .init(decision.outcome)
            $0.limit = decision.limit?.amount.plain ?? ""
            $0.headroom = one.headroom.plain
            $0.opportunity = decision.opportunity?.plain ?? ""
            $0.termDays = UInt32(clamping: decision.terms.days)
            $0.validUntil = decision.validity?.until.description ?? ""
            $0.validBy = decision.validity?.reason ?? ""
            $0.grantingRole = decision.grantingRole ?? ""
        }
    }
}
