// SPDX-License-Identifier: Apache-2.0

// Facts of the store, joined: for collection, and for assessments of one company.

internal import AssessmentMessages
internal import CreditFacts
internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import Quantities
internal import ServiceErrors
internal import StoredAssessments
internal import VigieLimits

/// Joins facts as they are kept.
struct StoredFactJoin: FactJoin {
    let limits: ServiceLimits

    func known(
        of company: CompanyIdentity,
        _ facts: [KnownFact],
        asOf day: CalendarDate
    ) throws(ServiceError) -> CompanyFacts {
        var siren: SIREN?
        if case .siren(let number) = company { siren = number }
        let joiner = FactJoiner(limits: limits, asOf: day)
        joiner.add(facts)
        return try joiner.facts(of: siren)
    }
}
