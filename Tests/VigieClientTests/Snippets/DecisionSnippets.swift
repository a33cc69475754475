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
}
