// SPDX-License-Identifier: Apache-2.0

// The book of a portfolio as of a day: its companies as customers, what the store knew then of what
// they owe and of their proceedings, what was recorded of them, and by which scenarios they are
// reminded.
//
// Cost, expected, of a customer with a ledger of twenty invoices: 15 us to read it from SQLite and
// 50 us from PostgreSQL (FactReading), 10 us to decode; a hundred thousand customers in some 3 s.

package import Collection
package import CreditFacts
internal import Databases
internal import Documents
internal import LegalHistory
package import PortfolioStore
package import Portfolios
package import Quantities
package import ServiceErrors
internal import VigieLimits

/// A portfolio's book, looked at on a day.
package struct PortfolioReview: Sendable {
    /// The companies, in the order of the book.
    package let members: [PortfolioMember]
    /// How the book stands.
    package let review: CollectionReview
    /// Which of the portfolio's scenarios hold; 0 for those of the product.
    package let scenariosNumber: Int
    /// How often what is recorded of each customer was changed, in the order of the book.
    let changes: [Int]
    /// The number of the portfolio.
    let portfolio: Int

    /// The place of a company in the book; nil if the portfolio does not have it.
    package func place(of company: CompanyIdentity) -> Int? {
        members.firstIndex { $0.line.identity == company }
    }
}

/// What joins facts of a company, as they are kept, into what is known of it as of a day.
package protocol FactJoin: Sendable {
    /// Joins facts.
    ///
    /// - Throws: DATA_LOSS for a fact that is damaged, RESOURCE_EXHAUSTED for too much of all.
    func known(
        of company: CompanyIdentity,
        _ facts: [KnownFact],
        asOf day: CalendarDate
    ) throws(ServiceError) -> CompanyFacts
}

/// Reads books, in a transaction of the caller's.
struct PortfolioBookReader {
    private let connection: any DatabaseConnection
    private let join: any FactJoin
    private let asOf: CalendarDate
    private let language: LetterLanguage

    init(
        _ connection: any DatabaseConnection,
        _ join: any FactJoin,
        asOf: CalendarDate,
        language: LetterLanguage
    ) {
        (self.connection, self.join) = (connection, join)
        (self.asOf, self.language) = (asOf, language)
    }

    /// The book of a portfolio, looked at.
    func review(
        of portfolio: Int
    ) throws(DatabaseError) -> Result<PortfolioReview, ServiceError> {
        let kept = try connection.dunningScenarios(of: portfolio)
        let scenarios: DunningScenarios
        switch Self.scenarios(kept) {
        case .success(let found): scenarios = found
        case .failure(let error): return .failure(error)
        }
        var (members, customers) = ([PortfolioMember](), [CollectionCustomer]())
        var (invoices, credits) = ([LedgerInvoice](), [UnallocatedCredit]())
        let records = try records(of: portfolio)
        var changes: [Int] = []
        while true {
            let page = try connection.memberScores(
                of: portfolio,
                after: members.last?.slot ?? 0,
                limit: StoreLimits.listedMax
            )
            if page.isEmpty { break }
            let facts = try facts(of: page.map(\.member.slot))
            for entry in page {
                let slot = entry.member.slot
                var customer = Self.customer(entry.member, language)
                customer.probability = entry.score?.probability
                if let record = records[slot] {
                    switch Self.record(record) {
                    case .success(let found): customer.take(found, on: asOf)
                    case .failure(let error): return .failure(error)
                    }
                }
                do throws(ServiceError) {
                    let known = try join.known(
                        of: entry.member.line.identity,
                        facts[slot] ?? [],
                        asOf: asOf
                    )
                    let history = LegalHistory(known.events, corrections: known.corrections)
                    customer.proceedings = OpenProceedings(history.status(on: asOf))
                    let party = Int32(customers.count)
                    for var invoice in known.owed {
                        invoice.party = party
                        invoices.append(invoice)
                    }
                    for var credit in known.unallocated {
                        credit.party = party
                        credits.append(credit)
                    }
                } catch { return .failure(error) }
                guard invoices.count <= CollectionLimits.bookInvoices else {
                    return .failure(.bookTooLarge(invoices.count))
                }
                members.append(entry.member)
                customers.append(customer)
                changes.append(records[slot]?.change ?? 0)
            }
        }
        let book = CollectionBook(customers: customers, invoices: invoices, credits: credits)
        return .success(
            PortfolioReview(
                members: members,
                review: CollectionReview(book, scenarios, on: asOf),
                scenariosNumber: kept?.number ?? 0,
                changes: changes,
                portfolio: portfolio
            )
        )
    }

    private static func customer(
        _ member: PortfolioMember,
        _ language: LetterLanguage
    ) -> CollectionCustomer {
        let line = member.line
        var siren: SIREN?
        if case .siren(let number) = line.identity { siren = number }
        var customer = CollectionCustomer(
            key: line.identity.text,
            name: line.name.isEmpty ? line.identity.text : line.name,
            siren: siren
        )
        customer.language = language
        return customer
    }

    /// What was known of companies at the end of the day: the account that counts, and events. What
    /// a company's own book says it owes, it owes to others.
    private func facts(of slots: [Int]) throws(DatabaseError) -> [Int: [KnownFact]] {
        let end = FactView.asOf(asOf).knownAtMicroseconds
        var view = FactView([.account, .event], knownAtMicroseconds: end)
        view.countedOn = asOf
        let wanted = Set(slots)
        var found: [Int: [KnownFact]] = [:]
        guard let first = slots.min(), let last = slots.max() else { return found }
        if last - first < StoreLimits.factSlotsMax {
            try connection.forEachFact(inSlots: first..<last + 1, view) { fact in
                if wanted.contains(fact.fact.slot) {
                    found[fact.fact.slot, default: []].append(fact)
                }
            }
            return found
        }
        for slot in slots {
            try connection.forEachFact(inSlots: slot..<slot + 1, view) { fact in
                found[slot, default: []].append(fact)
            }
        }
        return found
    }

    private func records(of portfolio: Int) throws(DatabaseError) -> [Int: KeptCollectionRecord] {
        var (records, last) = ([Int: KeptCollectionRecord](), 0)
        while true {
            let page = try connection.collectionRecords(
                of: portfolio,
                after: last,
                limit: StoreLimits.listedMax
            )
            for record in page { records[record.slot] = record }
            guard let slot = page.last?.slot else { return records }
            last = slot
        }
    }

    // MARK: Documents

    /// Scenarios that were kept; those of the product where none were.
    static func scenarios(_ kept: KeptScenarios?) -> Result<DunningScenarios, ServiceError> {
        let json = kept.map { Array($0.content.utf8) } ?? DunningScenarios.standardDocument
        let problems = ProblemList(file: "scenarios")
        if let found = DunningScenarios.read(json: json, problems) { return .success(found) }
        return .failure(.damagedDocument("scenarios", problems))
    }

    /// What was recorded.
    static func record(_ kept: KeptCollectionRecord) -> Result<CollectionRecord, ServiceError> {
        let problems = ProblemList(file: "record")
        if let found = CollectionRecord.read(json: Array(kept.content.utf8), problems) {
            return .success(found)
        }
        return .failure(.damagedDocument("record of a customer", problems))
    }
}

extension CollectionCustomer {
    /// Takes what is recorded of it, and what that says of how it is worked on.
    fileprivate mutating func take(_ record: CollectionRecord, on day: CalendarDate) {
        self.record = record
        guard let terms = record.terms else { return }
        segment = terms.segment
        coverCents = terms.cover(on: day)
        language = terms.language ?? language
    }
}

extension ServiceError {
    fileprivate static func damagedDocument(
        _ what: String,
        _ problems: ProblemList
    ) -> ServiceError {
        let first = problems.problems.first.map { "\($0.path): \($0.message)" } ?? ""
        return ServiceError(
            .dataLoss,
            "DAMAGED_COLLECTION",
            "The store's \(what) cannot be read: \(first)"
        )
    }

    fileprivate static func bookTooLarge(_ count: Int) -> ServiceError {
        .overLimit(
            "portfolio",
            "bookInvoices",
            "The companies of the portfolio have too many invoices.",
            value: count,
            maximum: CollectionLimits.bookInvoices,
            code: .resourceExhausted
        )
    }
}
