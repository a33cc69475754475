// SPDX-License-Identifier: Apache-2.0

// Facts of the store, joined for collection.

internal import AssessmentMessages
internal import CreditFacts
internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import Quantities
internal import ServiceErrors
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
        guard !facts.isEmpty else { return CompanyFacts(siren: siren) }
        let joiner = FactJoiner(limits: limits, asOf: day)
        for fact in facts {
            guard let kind = StoredFact.Kind(inStore: fact.fact.kind) else { continue }
            joiner.add(kind, fact.fact.day, number: fact.number, content: fact.fact.content)
        }
        return try joiner.facts(of: siren)
    }
}
