// SPDX-License-Identifier: Apache-2.0

// What is known of a company, split into facts as a store keeps them and joined again.

import Assessment
import AssessmentMessages
import CreditFacts
import ProtobufCoding
import Quantities
import ServiceErrors
import TestRandomness
import Testing
import VigieApplication
import VigieLimits
import VigieProtos

@Suite struct StoredFactTests {
    private static let registry = Result { () throws -> ModelRegistry in
        try ModelRegistry.load(directory: nil, defaultName: nil)
    }
    private static let asOf = CalendarDate(dayNumber: 20_300) ?? .first

    private static func written(
        _ facts: CompanyFacts
    ) throws -> (Vigie_V1_CompanyFacts, FactReader) {
        var writer = FactWriter()
        let message = writer.message(facts)
        return (message, try FactReader(lineNames: writer.lineNames, limits: ServiceLimits()))
    }

    private static func split(_ facts: CompanyFacts) throws -> [StoredFact] {
        let (message, reader) = try written(facts)
        return try FactSplitter(reader).facts(message)
    }

    private static func join(
        _ facts: [StoredFact],
        asOf: CalendarDate = asOf
    ) throws -> CompanyFacts {
        let joiner = FactJoiner(limits: ServiceLimits(), asOf: asOf)
        for (number, fact) in facts.enumerated() {
            joiner.add(fact.kind, fact.day, number: number, content: fact.content)
        }
        return try joiner.facts(of: nil)
    }

    /// A company with one statement that has one line.
    private static func company(
        _ cents: Int64,
        closing: Int = 20_000,
        published: Int? = nil,
        form: StatementForm = .complete
    ) throws -> CompanyFacts {
        var facts = CompanyFacts(siren: try SIREN("999200017"))
        let line = try #require(StatementLine("FL"))
        var statement = FinancialStatement(
            siren: facts.siren,
            closing: CalendarDate(dayNumber: closing) ?? .first,
            months: 12,
            form: form,
            rules: .plan2024,
            amounts: [line: cents],
            source: PaperReference(paper: 0, line: 0)
        )
        statement.published = published.flatMap { CalendarDate(dayNumber: $0) }
        facts.statements = [statement]
        return facts
    }

    private static func ledger(_ cents: Int64, until day: Int) throws -> CompanyFacts {
        var facts = CompanyFacts(siren: try SIREN("999200017"))
        facts.ledgerUntil = CalendarDate(dayNumber: day)
        facts.salesByMonth = [24_280: cents]
        return facts
    }

    private static func sales(_ facts: CompanyFacts) -> Int64? { facts.salesByMonth[24_280] }

    @Test func whatIsJoinedIsAssessedAsWhatWasSplit() throws {
        let registry = try Self.registry.get()
        let prepared = try PreparedAssessment(
            .with {
                $0.asOfDate = Self.asOf.description
                $0.reasonCount = 5
                $0.questions.changes = ["late=0"]
                $0.questions.trends = true
            },
            queries: AssessmentQueries(registry: registry),
            limits: ServiceLimits(),
            tellsFindings: true
        )
        let (scratch, joiner) = (
            AssessmentScratch(), FactJoiner(limits: ServiceLimits(), asOf: Self.asOf)
        )
        var (scored, kinds) = (0, Set<StoredFact.Kind>())
        for seed in 0..<400 {
            var made = try RandomCompany(seed: seed)
            let (message, reader) = try Self.written(made.facts())
            let stored = try FactSplitter(reader).facts(message)
            kinds.formUnion(stored.map(\.kind))
            let whole = try reader.facts(message)
            // In whatever order a store tells them.
            var chance = SeededGenerator(seed: seed)
            for number in stored.indices.shuffled(using: &chance) {
                let fact = stored[number]
                joiner.add(fact.kind, fact.day, number: number, content: fact.content)
            }
            let joined = try joiner.facts(of: whole.siren)
            let assessments = try prepared.plan.assess([whole, joined], scratch)
            var answers: [[UInt8]] = []
            for (facts, assessment) in zip([whole, joined], assessments) {
                var writer = ProtobufWriter()
                prepared.messages.write(assessment, to: &writer)
                if let more = try prepared.plan.answers(of: facts, assessment) {
                    prepared.messages.write(more, to: &writer)
                }
                answers.append(writer.contents)
            }
            try #require(answers.count == 2 && answers[0] == answers[1], "seed \(seed)")
            if assessments[0].outcome == .scored { scored += 1 }
        }
        #expect(scored > 40 && kinds == [.statement, .ledger, .event])
    }

    @Test func theSameIsTheSameBytes() throws {
        var made = try RandomCompany(seed: 7)
        var facts = made.facts()
        let first = try Self.split(facts)
        #expect(try Self.split(Self.join(first)) == first)
        // Other papers, another name, in another company of statements.
        facts.name = "ANOTHER NAME"
        for place in facts.statements.indices {
            facts.statements[place].source = PaperReference(paper: 3, line: 12)
        }
        for place in facts.owed.indices {
            facts.owed[place].source = PaperReference(paper: 4, line: 1)
        }
        facts.statements += try Self.company(1, closing: 21_000).statements
        let second = try Self.split(facts)
        #expect(second.count == first.count + 1 && Array(second.dropFirst()) == first)
    }

    @Test func whatWasKnownLaterStands() throws {
        let known = try Self.split(Self.company(1)) + Self.split(Self.company(2))
        #expect(try Self.join(known).statements.map { $0["FL"] } == [2])
        // Filed again, it counts from then on; before, the first one does.
        let filed = try known + Self.split(Self.company(3, published: 20_200))
        let again = try filed + Self.split(Self.company(4, form: .consolidated))
        #expect(try Self.join(again).statements.map { $0["FL"] } == [2, 3, 4])
        var doubtful = try Self.company(1)
        doubtful.hasDoubtfulPapers = true
        #expect(try Self.join(Self.split(doubtful)).hasDoubtfulPapers)
        let cleared = try Self.split(doubtful) + Self.split(Self.company(1))
        #expect(try Self.join(cleared).hasDoubtfulPapers == false)
    }

    @Test func theYearBeforeBelongsToTheFilingThatTellsOfIt() throws {
        var facts = try Self.company(2, closing: 20_000)
        facts.comparatives = try Self.company(1, closing: 19_635).statements
        let stored = try Self.split(facts)
        #expect(stored.map(\.day.dayNumber) == [20_000])
        facts.statements = []
        #expect(try Self.split(facts).map(\.day.dayNumber) == [19_635])
        facts.statements = try Self.company(2, closing: 21_000).statements
        #expect(try Self.split(facts).map(\.day.dayNumber) == [21_000, 19_635])
    }

    @Test func aLedgerIsThatOfTheDay() throws {
        let ledgers = try [(1, 20_000), (2, 20_100), (3, 20_200), (4, 20_200)].flatMap {
            try Self.split(Self.ledger($0.0, until: $0.1))
        }
        #expect(ledgers.map(\.day.dayNumber) == [20_000, 20_100, 20_200, 20_200])
        func sales(_ day: Int) throws -> Int64? {
            let asOf = try #require(CalendarDate(dayNumber: day))
            return Self.sales(try Self.join(ledgers, asOf: asOf))
        }
        #expect(try [19_000, 20_050, 20_100, 20_150, 20_300].map(sales) == [1, 2, 2, 4, 4])
        var undated = try Self.ledger(1, until: 20_000)
        undated.ledgerUntil = nil
        #expect(try Self.split(undated).map(\.day.description) == ["2023-05-31"])
    }

    /// A company that a creditor tells of: an invoice of so much.
    private static func owing(_ cents: Int64, until day: Int) throws -> CompanyFacts {
        var facts = CompanyFacts(siren: try SIREN("999200017"))
        facts.ledgerUntil = CalendarDate(dayNumber: day)
        facts.owed = [
            LedgerInvoice(
                party: 0,
                reference: "F1",
                issued: CalendarDate(dayNumber: day),
                due: CalendarDate(dayNumber: day),
                cents: cents,
                source: PaperReference(paper: 0, line: 0)
            )
        ]
        return facts
    }

    @Test func anAccountIsNoBookOfItsCompany() throws {
        var account = try Self.owing(1, until: 20_300)
        account.ledgerOwner = .creditor
        let stored = try Self.split(account)
        #expect(stored.map(\.kind) == [.account] && stored.map(\.day.dayNumber) == [20_300])
        let alone = try Self.join(stored)
        #expect(alone.ledgerOwner == .creditor && alone.owed.map(\.cents) == [1])
        // Its own book tells all that it owes, the account among it.
        for book in try [Self.owing(2, until: 20_000), Self.ledger(2, until: 20_000)] {
            let both = try Self.join(stored + Self.split(book))
            #expect(
                both.ledgerOwner == .company && both.owed.map(\.cents) == book.owed.map(\.cents)
            )
        }
        account.salesByMonth = [24_280: 1]
        let error = #expect(throws: ServiceError.self) { try Self.split(account) }
        #expect(error?.reason == "NOT_OF_A_CREDITOR")
    }

    @Test func eventsWithoutANoticeAreEachTheirOwn() throws {
        var message = Vigie_V1_CompanyFacts()
        message.siren = "999200017"
        message.events.kinds = [.registered, .accountsDeposited, .accountsDeposited]
        message.events.publishedDays = [20_000, 19_000, 20_000]
        let reader = try FactReader(lineNames: [], limits: ServiceLimits())
        let stored = try FactSplitter(reader).facts(message)
        #expect(stored.map(\.day.dayNumber) == [19_000, 20_000])
        let joined = try Self.join(stored)
        #expect(joined.events.map(\.notice) == ["#0", "#1", "#2"])
        #expect(joined.events.map(\.kind) == [.accountsDeposited, .registered, .accountsDeposited])
        message.events.kinds = [.accountsDeposited]
        message.events.publishedDays = [19_000]
        #expect(try FactSplitter(reader).facts(message) == [stored[0]])
    }

    @Test func damagedFactsAreToldAndTheNextCompanyIsJoined() throws {
        var made = try RandomCompany(seed: 3)
        let stored = try Self.split(made.facts())
        let joiner = FactJoiner(limits: ServiceLimits(), asOf: Self.asOf)
        var damaged = 0
        for (number, fact) in stored.enumerated() {
            for place in fact.content.indices {
                var content = fact.content
                content[place] ^= 0xFF
                for content in [content, Array(content[..<place])] {
                    joiner.add(fact.kind, fact.day, number: number, content: content)
                    do throws(ServiceError) { _ = try joiner.facts(of: nil) } catch {
                        #expect(error.code == .dataLoss && error.reason == "FACT_DAMAGED")
                        #expect(error.metadata["fact"] == "\(number)")
                        damaged += 1
                    }
                }
            }
        }
        #expect(damaged > 100)
        for (number, fact) in stored.enumerated() {
            joiner.add(fact.kind, fact.day, number: number, content: fact.content)
        }
        #expect(try Self.split(joiner.facts(of: nil)) == stored)
    }

    @Test func noCompanyHasMoreThanOneIsAssessedBy() throws {
        var limits = ServiceLimits()
        limits.companyStatementsMax = 2
        let joiner = FactJoiner(limits: limits, asOf: Self.asOf)
        for number in 0..<3 {
            let fact = try Self.split(Self.company(1, closing: 19_000 + number * 365))[0]
            joiner.add(fact.kind, fact.day, number: number, content: fact.content)
        }
        let error = #expect(throws: ServiceError.self) { try joiner.facts(of: nil) }
        #expect(error?.metadata["limit"] == "companyStatementsMax")
        #expect(try joiner.facts(of: nil).statements.isEmpty)
    }
}
