// SPDX-License-Identifier: Apache-2.0

// What is known of companies of portfolios: recorded, listed, and read for assessments. Facts are
// the store's, not a portfolio's: whoever sees a company in one of his portfolios sees what is
// known of it, and whoever may change that portfolio adds to it.

internal import Databases
package import PortfolioStore
package import Portfolios
package import Quantities
package import ServiceErrors
internal import VigieLimits

/// A company and what is to be kept of it.
package struct RecordedCompany: Sendable {
    /// A fact, encoded.
    package struct Fact: Sendable {
        /// What it is.
        package let kind: FactKind
        /// The day that it is about.
        package let day: CalendarDate
        /// The fact itself.
        package let content: [UInt8]

        /// Takes a fact.
        package init(_ kind: FactKind, _ day: CalendarDate, _ content: [UInt8]) {
            (self.kind, self.day, self.content) = (kind, day, content)
        }
    }

    /// Who it is.
    package let identity: CompanyIdentity
    /// What is known of it.
    package let facts: [Fact]

    /// Takes a company.
    package init(_ identity: CompanyIdentity, _ facts: [Fact]) {
        (self.identity, self.facts) = (identity, facts)
    }
}

/// What became of facts.
package struct RecordedSummary: Sendable, Equatable {
    /// What changed.
    package var changes = FactSummary()
    /// Companies that were left out, since the portfolio does not have them.
    package var unknown: [CompanyIdentity] = []
}

extension PortfolioUseCases {
    /// Keeps what is known of companies of a portfolio: all of it or nothing.
    ///
    /// - Parameters:
    ///   - companies: The companies, each once.
    ///   - name: The portfolio.
    ///   - source: Who or what says so.
    ///   - mode: What becomes of what is known already.
    ///   - leavesOutUnknown: Whether companies that the portfolio does not have are left out.
    package func recordFacts(
        of companies: [RecordedCompany],
        in name: String,
        source: String,
        _ mode: FactImportMode,
        leavesOutUnknown: Bool,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> RecordedSummary {
        try Self.check(companies.map(\.identity))
        try Self.check(source: source)
        return try store.write { connection throws(DatabaseError) in
            try withWritable(name, viewer, connection) { portfolio throws(DatabaseError) in
                var summary = RecordedSummary()
                let slots = try connection.slots(
                    of: companies.lazy.map(\.identity),
                    in: portfolio.id
                )
                for (index, company) in companies.enumerated() where slots[index] == nil {
                    guard leavesOutUnknown else {
                        let field = "companies[\(index)]"
                        return .failure(.unknownCompany(company.identity, in: name, field))
                    }
                    summary.unknown.append(company.identity)
                }
                summary.changes = try bring(
                    companies,
                    slots,
                    portfolio.id,
                    source,
                    mode,
                    connection
                )
                return .success(summary)
            }
        }
    }

    /// Keeps what is known of companies that have slots, and tells the stream of events.
    func bring(
        _ companies: [RecordedCompany],
        _ slots: [Int?],
        _ portfolio: Int,
        _ source: String,
        _ mode: FactImportMode,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> FactSummary {
        let now = store.clock()
        var (company, place) = (0, 0)
        var changes: [FactChange] = []
        let summary = try FactImport(mode, nowMicroseconds: now).run(
            connection,
            tell: { changes = $0 },
            next: { () throws(DatabaseError) in
                while company < companies.count {
                    if let slot = slots[company], place < companies[company].facts.count {
                        let fact = companies[company].facts[place]
                        place += 1
                        return CompanyFact(
                            slot,
                            fact.kind,
                            day: fact.day,
                            source: source,
                            content: fact.content
                        )
                    }
                    (company, place) = (company + 1, 0)
                }
                return nil
            }
        )
        let day = CalendarDate(secondsSince1970: Int64(now / 1_000_000))
        try connection.append(
            changes.map { change in
                StoreEvent(
                    "company.facts",
                    portfolio: portfolio,
                    slot: change.slot,
                    day: day,
                    createdAtMicroseconds: now,
                    body: "{\"added\":\(change.added),\"superseded\":\(change.superseded)}"
                )
            }
        )
        return summary
    }

    /// A page of what is known of a company, in the order in which it came.
    ///
    /// - Parameter isWhole: Whether facts are listed, too, in whose place others stand.
    package func facts(
        of company: CompanyIdentity,
        in name: String,
        isWhole: Bool,
        _ page: PageRequest,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (facts: [ListedFact], nextToken: String) {
        let size = try page.size()
        let (slot, found) = try store.read {
            connection throws(DatabaseError) -> Result<(Int, [ListedFact]), ServiceError> in
            try withCompany(company, name, viewer, connection) { (slot, _) throws(DatabaseError) in
                switch page.lastNumber(in: slot) {
                case .failure(let error): return .failure(error)
                case .success(let last):
                    let facts = try connection.factList(
                        of: slot,
                        isWhole: isWhole,
                        after: last,
                        limit: size + 1
                    )
                    return .success((slot, facts))
                }
            }
        }
        let shown = Array(found.prefix(size))
        let next = found.count > size ? PageRequest.token(shown.last?.number ?? 0, in: slot) : ""
        return (shown, next)
    }

    /// What a company is assessed by as of a day.
    ///
    /// - Parameter knownAtMicroseconds: When it was known, in microseconds since 1970 in UTC; nil
    ///   for the end of the day.
    package func factsToAssess(
        of company: CompanyIdentity,
        in name: String,
        asOf day: CalendarDate,
        knownAtMicroseconds: Int?,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> [KnownFact] {
        let moment = knownAtMicroseconds ?? FactView.asOf(day).knownAtMicroseconds
        return try store.read { connection throws(DatabaseError) in
            try withCompany(company, name, viewer, connection) { (slot, _) throws(DatabaseError) in
                let found = try connection.assessedFacts(
                    of: slot,
                    asOf: day,
                    knownAtMicroseconds: moment
                )
                return found.areTooMany ? .failure(.tooManyFacts) : .success(found.facts)
            }
        }
    }

    /// Does something with a company of a portfolio that somebody sees.
    ///
    /// - Parameter body: Takes the slot, and the number of the portfolio.
    func withCompany<Success>(
        _ company: CompanyIdentity,
        _ name: String,
        _ viewer: PortfolioViewer,
        _ connection: any DatabaseConnection,
        _ body: (Int, Int) throws(DatabaseError) -> Result<Success, ServiceError>
    ) throws(DatabaseError) -> Result<Success, ServiceError> {
        try withReadable(name, viewer, connection) { (portfolio, _) throws(DatabaseError) in
            guard let slot = try connection.slots(of: [company], in: portfolio.id).first ?? nil
            else { return .failure(.unknownCompany(company, in: name, "company")) }
            return try body(slot, portfolio.id)
        }
    }

    private static func check(source: String) throws(ServiceError) {
        let isSeen = source.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard !source.isEmpty, source.utf8.count <= StoreLimits.factSourceBytesMax, isSeen else {
            throw .invalid(
                "source",
                "BAD_SOURCE",
                "source \"\(source.shownInMessages)\" does not say where facts come from: it has 1 "
                    + "to \(StoreLimits.factSourceBytesMax) bytes (factSourceBytesMax), and no "
                    + "control characters."
            )
        }
    }
}

extension ServiceError {
    /// A company that a portfolio does not have.
    package static func unknownCompany(
        _ company: CompanyIdentity,
        in portfolio: String,
        _ field: String
    ) -> ServiceError {
        let shown = company.description.shownInMessages
        return ServiceError(
            .notFound,
            "UNKNOWN_COMPANY",
            "\(field) is \(shown), which the portfolio \"\(portfolio.shownInMessages)\" does not "
                + "have; add it with PutCompanies.",
            metadata: ["company": shown, "portfolio": portfolio.shownInMessages],
            detail: .resource(type: "vigie.v1.FollowedCompany", name: shown)
        )
    }

    /// More is known of a company than it is assessed by.
    static var tooManyFacts: ServiceError {
        .overLimit(
            "company",
            "assessedFactsMax",
            "The store knows too much of the company; record less of it in the mode REPLACE.",
            value: StoreLimits.assessedFactsMax + 1,
            maximum: StoreLimits.assessedFactsMax,
            code: .resourceExhausted
        )
    }
}
