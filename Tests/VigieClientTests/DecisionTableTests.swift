// SPDX-License-Identifier: Apache-2.0

// Companies as rows that are scored and decided on through the library: what is decided of each is
// what is decided of it alone.

import TestPolicies
import Testing
import VigieClient

@Suite struct DecisionTableTests {
    private static let day = Day("2025-06-30")
    private static let items = ["net_sales", "net_income", "total_assets"]
    private static let numbers = [
        "grade", "amount", "net_worth", "equity", "own_turnover", "cover_expires", "insurer_cover",
        "probability", "open_invoices",
    ]

    private static func options(_ columns: DecisionColumns = .all) -> DecisionTableOptions {
        var options = DecisionTableOptions(policy: "small", asOf: day, role: "manager")
        options.columns = columns
        return options
    }

    private static let choices: [[Double?]] = [
        [1, 2, 3, nil], [800, 4_000.25, 30_000], [10_000], [30_000.5, -20, nil], [1e5],
        [20_269, 20_400, nil], [5_000, nil, nil, nil, nil], [0.02, nil], [0, 700],
    ]

    /// Facts of a row.
    private static func facts(_ row: Int) -> [Double?] {
        choices.map { $0[row % $0.count] }
    }

    private static let sectors = ["carrier", nil, "elsewhere"]
    private static let stages = ["quote", "order"]

    private static func table(_ rows: Range<Int>) throws -> DecisionTable {
        var items = FeatureTable(columns: items)
        var facts = FeatureTable(columns: numbers, textColumns: ["sector", "stage"])
        for row in rows {
            try items.append(row: [4.85e6, row % 7 == 0 ? nil : 1.2e5, 3.1e6])
            try facts.append(
                row: self.facts(row),
                texts: [sectors[row % 3], stages[row % 2]]
            )
        }
        return try DecisionTable(items: items, facts: facts)
    }

    private static func company(_ row: Int) -> DecisionCase {
        var company = DecisionCase(stage: row % 2 == 0 ? .quote : .order)
        for (name, value) in zip(numbers, facts(row)) {
            guard let value else { continue }
            let days = value == 20_269 ? Day("2025-06-30") : Day("2025-11-08")
            company.facts[name] = DecisionFact(
                name == "cover_expires" ? days.map { .day($0) } ?? .number(.nan) : .number(value)
            )
        }
        if let sector = sectors[row % 3] { company.facts["sector"] = DecisionFact(.text(sector)) }
        return company
    }

    private func run(_ body: (ScoringClient) async throws -> Void) async throws {
        let server = try await TestServer.start(policies: [TestPolicy.read()])
        defer { server.removeFiles() }
        try await withScoringClient(server.configuration) { client in try await body(client) }
        await server.stop()
    }

    private static func stream(_ tables: [DecisionTable]) -> AsyncStream<DecisionTable> {
        AsyncStream { continuation in
            for table in tables { continuation.yield(table) }
            continuation.finish()
        }
    }

    @Test func rowsAreDecidedAsCompaniesAre() async throws {
        try await run { client in
            let tables = try [0..<1, 1..<40, 40..<40, 40..<60].map(Self.table)
            var answers: [DecidedRows] = []
            var options = Self.options()
            options.scores = [.probability]
            for try await some in client.decide(tables: Self.stream(tables), options: options) {
                answers.append(some)
            }
            #expect(answers.map(\.count) == [1, 39, 20])
            let first = try #require(answers.first)
            #expect(first.policy.name == "small" && first.policy.currency == "EUR")
            #expect(first.policy.asOf == Self.day && first.slowReason == nil)
            #expect(first.scores.count == 1 && first.scores.probabilities.count == 1)
            var decision = DecisionOptions(policy: "small", asOf: Self.day, role: "manager")
            decision.explanation = .none
            let alone = try await client.decide((0..<60).map(Self.company), options: decision)
            for (row, (found, answer)) in zip(answers.joined(), alone).enumerated() {
                let wanted = try answer.get()
                let difference = Self.difference(found, wanted)
                #expect(difference.isEmpty, "row \(row): \(difference)")
            }
            #expect(Set(answers.joined().map(\.outcome)).count >= 3)
        }
    }

    private static func difference(_ row: DecidedRow, _ wanted: CreditDecision) -> [String] {
        var told: [(String, String?, String?)] = [
            ("outcome", row.outcome.map { "\($0)" }, "\(wanted.outcome)"),
            ("class", row.riskClass, wanted.riskClass), ("action", row.action, wanted.action),
            ("binding", row.binding, wanted.limit?.binding),
            ("role", row.grantingRole, wanted.grantingRole),
            ("days", row.termDays.map { "\($0)" }, "\(wanted.terms.days)"),
            ("second", row.needsSecondPerson.map { "\($0)" }, "\(wanted.needsSecondPerson)"),
            ("until", row.validUntil?.description, wanted.limit?.validUntil?.description),
            (
                "missing", row.missing?.sorted().joined(separator: " "),
                Set(wanted.missing.map(\.name)).sorted().joined(separator: " ")
            ),
        ]
        let amounts: [(String, Double?, ExactNumber?)] = [
            ("limit", row.limit, wanted.limit?.amount), ("need", row.need, wanted.need.amount),
            ("own", row.ownLimit, wanted.limit?.ownRisk),
            ("headroom", row.headroom, wanted.headroom),
            ("loss", row.expectedLoss, wanted.expectedLoss),
            ("opportunity", row.opportunity, wanted.opportunity),
        ]
        for (name, found, number) in amounts {
            told.append((name, found.map { "\($0)" }, number.map { "\($0.double)" }))
        }
        for (table, answer) in row.rules ?? [:] {
            let known = wanted.tables.first { $0.decision == table }
            let rule: RuleAnswer =
                switch known?.kind {
                case .matched?: .rule(known?.rules.first?.number ?? 0)
                case .standard?: .standard
                case .violation?: .violation
                case nil: .notAsked
                default: .none
                }
            told.append((table, "\(answer)", "\(rule)"))
        }
        return told.filter { $0.1 != $0.2 }.map { "\($0.0): \($0.1 ?? "-"), not \($0.2 ?? "-")" }
    }

    @Test func onlyWhatIsAskedForComes() async throws {
        try await run { client in
            var options = Self.options([.limit, .rules])
            options.facts["approach_cost"] = 5
            let tables = Self.stream([try Self.table(0..<10)])
            for try await rows in client.decide(tables: tables, options: options) {
                #expect(rows.limits.count == 10 && rows.outcomes.isEmpty && rows.needs.isEmpty)
                let row = rows[1]
                #expect(row.outcome == nil && row.riskClass == nil && row.missing == nil)
                #expect(row.needsSecondPerson == nil && row.termDays == nil)
                #expect(row.rules?["Class"] == .rule(2))
            }
        }
    }

    @Test func whatDoesNotFitIsRefused() async throws {
        var items = FeatureTable(columns: Self.items)
        #expect(throws: VigieError.self) {
            try items.append(row: [1, 2, 3])
            _ = try DecisionTable(items: items, facts: FeatureTable(columns: ["grade"]))
        }
        try await run { client in
            var facts = FeatureTable(columns: ["grade"])
            try facts.append(row: [1])
            let other = try DecisionTable(items: items, facts: facts)
            let tables = Self.stream([try Self.table(0..<2), other])
            var count = 0
            let error = await #expect(throws: VigieError.self) {
                for try await _ in client.decide(tables: tables, options: Self.options()) {
                    count += 1
                }
            }
            #expect(error?.message.contains("other columns") == true && count <= 1)
            var options = Self.options()
            options.role = "king"
            let refused = await #expect(throws: VigieError.self) {
                let tables = Self.stream([try Self.table(0..<2)])
                for try await _ in client.decide(tables: tables, options: options) {}
            }
            #expect(refused?.reason == "UNKNOWN_ROLE")
        }
    }
}

extension DecisionColumns {
    fileprivate static let all = DecisionColumns(rawValue: 0xFFFE)
}
