// SPDX-License-Identifier: Apache-2.0

// Companies assessed over the wire: what the assessor says itself, and what each bad fact is told.

import Assessment
import CreditFacts
import GRPCTransport
import ProtobufCoding
import Quantities
import Scoring
import StatementAnalysis
import Telemetry
import Testing
import VigieApplication
import VigieLimits
import VigieProtos
import VigieService

@Suite struct AssessTests {
    static let path = "/vigie.v1.AssessmentService/Assess"
    private static let models = Result { try ScoringModel.bundledModels() }

    /// Runs a test against a server with the models of the product.
    static func run(
        limits: ServiceLimits = .init(),
        readsPapers: Bool = false,
        _ body: (TestServer) async throws -> Void
    ) async throws {
        try await TestServer.run(
            models: models.get(),
            limits: limits,
            readsPapers: readsPapers,
            body
        )
    }

    /// What the assessor says of the sample when it is called directly.
    static func inProcess() throws -> Assessment {
        let registry = try ModelRegistry(models: models.get())
        var request = AssessmentRequest()
        request.asOfDate = "2025-06-30"
        request.reasonCount = 5
        let plan = try AssessmentQueries(registry: registry).plan(request)
        #expect(plan.card != nil)
        let only = try plan.assess([SampleCompany.facts()], AssessmentScratch()).first
        return try #require(only)
    }

    /// Holds a message against an assessment, to the bit.
    static func check(_ message: Vigie_V1_CompanyAssessment, _ expected: Assessment) {
        #expect(message.siren == expected.siren?.description)
        #expect(message.outcome == .scored)
        #expect(message.base.probability == expected.base?.probability)
        #expect(message.adjusted.probability == expected.adjusted?.probability)
        #expect(message.adjusted.score == expected.adjusted?.score)
        #expect(message.adjusted.riskClass == expected.adjusted?.riskClass)
        #expect(message.paymentLogOdds == expected.paymentLogOdds)
        #expect(message.depthLogOdds == expected.depthLogOdds)
        #expect(message.classCapped == expected.isClassCapped)
        #expect("\(message.confidence)" == "\(expected.confidence)")
        #expect(message.reasons.contributions == expected.reasons.map(\.contribution))
        #expect(message.reasons.paperLines == expected.reasons.map { _ in 7 })
        #expect(message.payments.index == expected.payments.index)
        #expect(message.payments.openCents == expected.payments.open)
        #expect(
            message.ratios.values.map(\.bitPattern)
                == expected.ratios.map { ($0.value ?? .nan).bitPattern }
        )
        #expect(message.findings.map(\.code) == expected.findings.map(\.code.rawValue))
    }

    @Test func anAssessmentIsThatOfTheAssessor() async throws {
        let expected = try Self.inProcess()
        try #require(expected.reasons.count == 5 && expected.payments.index != nil)
        try await Self.run { server in
            let answer: Vigie_V1_AssessResponse = try await server.call(
                Self.path,
                SampleCompany.request()
            )
            Self.check(answer.assessment, expected)
            let names = Dictionary(
                uniqueKeysWithValues: answer.context.modelFeatures.map { ($0.feature, $0.name) }
            )
            #expect(
                answer.assessment.reasons.features.map { names[$0] }
                    == expected.reasons.map(\.feature)
            )
            #expect(answer.context.modelFeatures.count == 5)
            #expect(server.counters.value(of: .companiesAssessed) == 1)
        }
    }

    @Test func partsAreLeftOut() async throws {
        try await Self.run { server in
            let parts = Vigie_V1_AssessmentPart.allCases.dropFirst()
            let answer: Vigie_V1_AssessResponse = try await server.call(
                Self.path,
                SampleCompany.request { $0.header.omittedParts = Array(parts) }
            )
            #expect(answer.assessment.hasAdjusted)
            #expect(!answer.assessment.hasRatios && !answer.assessment.hasPublishedModels)
            #expect(!answer.assessment.hasPayments && !answer.assessment.hasStatements)
            #expect(answer.assessment.findings.isEmpty && answer.context.formulas.isEmpty)
        }
    }

    @Test func aCompanyOfWhichNothingIsKnownIsNoError() async throws {
        try await Self.run { server in
            let answer: Vigie_V1_AssessResponse = try await server.call(
                Self.path,
                Vigie_V1_AssessRequest()
            )
            #expect(answer.assessment.outcome == .notScorable)
            #expect(answer.assessment.confidence == .g)
            #expect(!answer.assessment.hasBase)
        }
    }

    /// A fact that cannot be meant, and where it is.
    struct BadFact: Sendable, CustomTestStringConvertible {
        let field: String
        let reason: String
        let change: @Sendable (inout Vigie_V1_AssessRequest) -> Void
        var testDescription: String { field }

        init(
            _ field: String,
            _ reason: String = "BAD_VALUE",
            _ change: @escaping @Sendable (inout Vigie_V1_AssessRequest) -> Void
        ) {
            (self.field, self.reason, self.change) = (field, reason, change)
        }
    }

    private static let length = "WRONG_COLUMN_LENGTH"

    static let badFacts: [BadFact] = [
        .init("header.line_names[1]") { $0.header.lineNames = ["FL", "fl"] },
        .init("header.as_of_date", "INVALID_DATE") { $0.header.asOfDate = "2025-02-30" },
        .init("header.reason_count", "TOO_MANY_REASONS") { $0.header.reasonCount = .max },
        .init("header.omitted_parts[0]") { $0.header.omittedParts = [.UNRECOGNIZED(99)] },
        .init("header.omitted_parts[0]") { $0.header.omittedParts = [.unspecified] },
        .init("company.siren", "BAD_SIREN") { $0.company.siren = "123456789" },
        .init("company.siren", "SIREN_MISSING") {
            $0.company.siren = ""
            $0.company.events.kinds = [.rjOpened]
        },
        .init("company.statements.months", length) { $0.company.statements.months = [12] },
        .init("company.statements.months[1]") { $0.company.statements.months = [12, .max] },
        .init("company.statements.forms", length) { $0.company.statements.forms = [.complete] },
        .init("company.statements.forms[0]") {
            $0.company.statements.forms = [.UNRECOGNIZED(-1), .complete]
        },
        .init("company.statements.lines", length) { $0.company.statements.lineCounts[1] = .max },
        .init("company.statements.cents", length) { $0.company.statements.cents.removeLast() },
        .init("company.statements.lines[3]") { $0.company.statements.lines[3] = .max },
        .init("company.statements.lines[3]") { $0.company.statements.lines[3] = 1 },
        .init("company.statements.cents[0]") { $0.company.statements.cents[0] = .min },
        .init("company.statements.closing_days[0]") {
            $0.company.statements.closingDays[0] = .min
        },
        .init("company.statements.published_days[0]") {
            $0.company.statements.publishedDays = [.max, 0]
        },
        .init("company.statements.papers[1]") { $0.company.statements.papers = [0, .max] },
        .init("company.comparatives.line_counts", length) {
            $0.company.comparatives.closingDays = [20_000]
            $0.company.comparatives.months = [12]
        },
        .init("company.filings.filed_days", length) { $0.company.filings.filedDays = [1] },
        .init("company.events.published_days", length) { $0.company.events.kinds = [.rjOpened] },
        .init("company.events.kinds[0]") {
            $0.company.events.kinds = [.unspecified]
            $0.company.events.publishedDays = [20_000]
        },
        .init("company.events.proceedings[0]") {
            $0.company.events.kinds = [.rjOpened]
            $0.company.events.publishedDays = [20_000]
            $0.company.events.proceedings = [.UNRECOGNIZED(4)]
        },
        .init("company.corrections.by", length) { $0.company.corrections.corrected = ["A"] },
        .init("company.register_entries.registers[0]") {
            $0.company.registerEntries.registers = [.unspecified]
        },
        .init("company.owed.open_cents", length) { $0.company.owed.openCents = [] },
        .init("company.owed.due_days", length) { $0.company.owed.dueDays.removeLast() },
        .init("company.owed.payment_days", length) { $0.company.owed.paymentCounts[0] = .max },
        .init("company.owed.payment_days[2]") { $0.company.owed.paymentDays[2] = .max },
        .init("company.owed.payment_presumed", length) { $0.company.owed.paymentPresumed = [true] },
        .init("company.owed.dispute_opened_days", length) {
            $0.company.owed.disputeOpenedDays = [20_000]
        },
        .init("company.owed.promise_made_days", length) {
            $0.company.owed.promiseCounts = Array(repeating: 1, count: 20)
        },
        .init("company.owed.currency_names[0]") { $0.company.owed.currencyNames = ["eur"] },
        .init("company.owed.currencies[0]") {
            $0.company.owed.currencies = Array(repeating: 2, count: 20)
            $0.company.owed.currencyNames = ["EUR"]
        },
        .init("company.owed.parties[0]") { $0.company.owed.parties[0] = .max },
        .init("company.unallocated.days", length) { $0.company.unallocated.cents = [1] },
        .init("company.ledger_until_day[0]") { $0.company.ledgerUntilDay = .max },
    ]

    @Test(arguments: badFacts)
    func eachBadFactIsTold(_ fact: BadFact) async throws {
        try await Self.run { server in
            let failure = try await Failure.of {
                let _: Vigie_V1_AssessResponse = try await server.call(
                    Self.path,
                    SampleCompany.request(fact.change)
                )
            }
            #expect(failure.code == .invalidArgument)
            #expect(failure.field == fact.field)
            #expect(failure.information.reason == fact.reason)
        }
    }

    /// A limit, and a change that is over it when it is lowered.
    struct Limit: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let lower: @Sendable (inout ServiceLimits) -> Void

        init(_ name: String, _ lower: @escaping @Sendable (inout ServiceLimits) -> Void) {
            (testDescription, self.lower) = (name, lower)
        }
    }

    static let limits: [Limit] = [
        .init("assessMessageBytesMax") { $0.assessMessageBytesMax = 100 },
        .init("lineNamesMax") { $0.lineNamesMax = 39 },
        .init("companyStatementsMax") { $0.companyStatementsMax = 1 },
        .init("companyInvoicesMax") { $0.companyInvoicesMax = 19 },
        .init("companyEventsMax") { $0.companyEventsMax = 0 },
        .init("amountCentsMax") { $0.amountCentsMax = 0 },
        .init("statementMonthsMax") { $0.statementMonthsMax = 11 },
        .init("factTextBytesMax") { $0.factTextBytesMax = 1 },
        .init("currencyNamesMax") { $0.currencyNamesMax = 0 },
    ]

    @Test(arguments: limits)
    func eachLimitIsNamed(_ limit: Limit) async throws {
        var lowered = ServiceLimits()
        limit.lower(&lowered)
        try await Self.run(limits: lowered) { server in
            let failure = try await Failure.of {
                let _: Vigie_V1_AssessResponse = try await server.call(
                    Self.path,
                    SampleCompany.request {
                        $0.company.events.kinds = [.organsNamed]
                        $0.company.events.publishedDays = [20_000]
                        $0.company.owed.currencyNames = ["EUR"]
                    }
                )
            }
            #expect(failure.message.contains(limit.testDescription), "\(failure.message)")
        }
    }
}
