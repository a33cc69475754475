// SPDX-License-Identifier: Apache-2.0

// What the store knows of companies that a policy is asked about: one that somebody looks at, or
// those of good classes to which more can be sold.

internal import Databases
internal import PortfolioRisk
package import PortfolioStore
package import Portfolios
package import Quantities
package import ServiceErrors
internal import VigieLimits

/// A company of a portfolio with what is known of it.
package struct KnownCompany: Sendable {
    /// What the portfolio says of it.
    package let line: PortfolioLine
    /// What it is assessed by.
    package let facts: [KnownFact]
    /// Its class, where that was asked for.
    package var riskClass = 0
    /// Its score, where that was asked for and there is one.
    package var score: Int?
}

/// Companies of good classes.
package struct ClassCandidates: Sendable {
    /// Those that are looked at, of the best classes first, of one class those that owe most first.
    package var companies: [KnownCompany] = []
    /// How many there are, with those that are not looked at.
    package var count = 0
}

extension PortfolioUseCases {
    /// A company of a portfolio with what it is assessed by as of a day.
    ///
    /// - Throws: NOT_FOUND for a portfolio that the viewer does not see or a company that it does
    ///   not have; RESOURCE_EXHAUSTED where too much is known of it.
    package func knownCompany(
        _ company: CompanyIdentity,
        in name: String,
        asOf day: CalendarDate,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> KnownCompany {
        try store.read { connection throws(DatabaseError) in
            try withCompany(company, name, viewer, connection) {
                (slot, portfolio) throws(DatabaseError) in
                let member = try connection.members(of: portfolio, after: slot - 1, limit: 1).first
                guard let member, member.slot == slot else {
                    return .failure(.unknownCompany(company, in: name, "company"))
                }
                return try Self.known(member.line, slot, day, connection)
            }
        }
    }

    /// Companies of a portfolio in classes up to one, with what is known of them.
    ///
    /// - Throws: As of `knownCompany`.
    package func candidates(
        of name: String,
        upToClass most: Int,
        asOf day: CalendarDate,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> ClassCandidates {
        try store.read { connection throws(DatabaseError) in
            try withReadable(name, viewer, connection) { (portfolio, _) throws(DatabaseError) in
                var (best, count) = (BestLines(), 0)
                try connection.forEachRiskLine(of: portfolio.id, comparedWith: day) {
                    line throws(DatabaseError) in
                    guard case .riskClass(let number) = line.state, number <= most else { return }
                    count += 1
                    best.add(line, number)
                }
                var found = ClassCandidates(count: count)
                let chosen = best.finished
                let lines = try connection.members(of: portfolio.id, at: chosen.map(\.line.slot))
                for (line, number) in chosen {
                    guard let own = lines[line.slot] else { continue }
                    switch try Self.known(own, line.slot, day, connection) {
                    case .failure(let error): return .failure(error)
                    case .success(var company):
                        (company.riskClass, company.score) = (number, line.score)
                        found.companies.append(company)
                    }
                }
                return .success(found)
            }
        }
    }

    private static func known(
        _ line: PortfolioLine,
        _ slot: Int,
        _ day: CalendarDate,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Result<KnownCompany, ServiceError> {
        let found = try connection.assessedFacts(
            of: slot,
            asOf: day,
            knownAtMicroseconds: FactView.asOf(day).knownAtMicroseconds
        )
        if found.areTooMany { return .failure(.tooManyFacts) }
        return .success(KnownCompany(line: line, facts: found.facts))
    }
}

/// The lines of the best classes, as many as are looked at.
private struct BestLines {
    private var lines: [(line: RiskLine, riskClass: Int)] = []

    mutating func add(_ line: RiskLine, _ riskClass: Int) {
        lines.append((line, riskClass))
        // Sorted now and then, so that memory has a bound and the sum of work one, too.
        if lines.count >= 2 * StoreLimits.opportunitiesAskedMax { lines = finished }
    }

    var finished: [(line: RiskLine, riskClass: Int)] {
        let sorted = lines.sorted { left, right in
            (left.riskClass, -Self.owed(left.line), left.line.slot)
                < (right.riskClass, -Self.owed(right.line), right.line.slot)
        }
        return Array(sorted.prefix(StoreLimits.opportunitiesAskedMax))
    }

    private static func owed(_ line: RiskLine) -> Int64 { max(0, line.exposure?.minorUnits ?? 0) }
}
