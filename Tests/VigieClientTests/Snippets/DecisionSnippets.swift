// SPDX-License-Identifier: Apache-2.0

// The code of the article on decisions, compiled.

import VigieClient

enum DecisionSnippets {
    static func decisions(
        _ client: ScoringClient,
        _ cases: [DecisionCase],
        _ day: Day,
        _ today: Day
    ) async throws {
        var company = DecisionCase(
            company: "Moulin SA",
            stage: .order,
            [
                "risk_class": 5, "equity": .decimal("400000.00"), "amount": 30_000,
            ]
        )
        company.facts["yearly_purchases"] = DecisionFact(120_000, observed: day, source: "ledger")
        let decision = try await client.decide(
            company,
            options: DecisionOptions(policy: "cautious-supplier", asOf: today, role: "analyst")
        )
        print(
            decision.outcome,
            decision.limit?.amount.text ?? "none",
            decision.limit?.binding ?? ""
        )
        for rule in decision.tables.flatMap(\.rules) {
            print(rule.identifier, rule.texts?.credit?.english ?? "")
        }
        for answer in try await client.decide(cases) {
            switch answer {
            case .success(let decision): print(decision.outcome, decision.grantingRole ?? "")
            case .failure(let error): print(error.fieldViolations)
            }
        }
    }

    static func portfolio(
        _ client: ScoringClient,
        _ tables: AsyncStream<DecisionTable>,
        _ today: Day
    ) async throws {
        var items = FeatureTable(columns: ["net_sales", "net_income", "total_assets"])
        var facts = FeatureTable(columns: ["amount", "equity"], textColumns: ["sector", "stage"])
        try items.append(row: [4_850_000, 120_000, 3_100_000])
        try facts.append(row: [25_000, 900_000], texts: ["transport", "order"])
        let table = try DecisionTable(items: items, facts: facts)

        var options = DecisionTableOptions(
            policy: "cautious-supplier",
            asOf: today,
            role: "manager"
        )
        options.facts["own_turnover"] = 10_000_000
        options.columns = [.outcome, .limit, .binding, .missing]
        for try await rows in client.decide(tables: tables, options: options) {
            print(rows.limits.filter { !$0.isNaN }.reduce(0, +), table.rowCount)
            for row in rows where row.outcome == .investigation { print(row.missing ?? []) }
        }
    }
}
