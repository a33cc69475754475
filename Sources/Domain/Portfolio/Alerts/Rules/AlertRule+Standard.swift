// SPDX-License-Identifier: Apache-2.0

// The rules that a portfolio may begin with: what a credit team wants to hear of before anybody has
// thought about edges. Each has two edges where the value moves to and fro.

extension AlertRule {
    /// The standard set, each rule named by its kind.
    package static func standard(inFrench: Bool) -> [AlertRule] {
        standardDrafts.compactMap { draft in
            var draft = draft
            let kind = AlertKind(rawValue: draft.kind)
            draft.name = kind?.title(inFrench: inFrench) ?? draft.kind
            return try? AlertRule(draft)
        }
    }

    private static var standardDrafts: [AlertRuleDraft] {
        func draft(
            _ kind: AlertKind,
            raise: Double? = nil,
            clear: Double? = nil,
            window: Int? = nil,
            signal: String? = nil,
            quantity: String? = nil
        ) -> AlertRuleDraft {
            var draft = AlertRuleDraft(name: "", kind: kind.rawValue)
            (draft.raise, draft.clear, draft.windowDays) = (raise, clear, window)
            (draft.signal, draft.quantity) = (signal, quantity)
            return draft
        }
        return [
            draft(.outcomeChange), draft(.scoreDrop, raise: 50, clear: 30, window: 7),
            draft(.classChange, raise: 2, clear: 1, window: 30),
            draft(.probabilityRatio, raise: 2, clear: 1.5, window: 30),
            draft(.paymentSignal, raise: 30, clear: 20, signal: "days_beyond_terms"),
            draft(.limitExceeded, raise: 1, clear: 0.95),
            draft(.statementOverdue, raise: 18), draft(.noData, raise: 7),
            draft(.concentration, raise: 0.5, clear: 0.45, quantity: "top_share"),
            draft(.portfolioLoss, raise: 20, clear: 10, window: 7), draft(.modelChanged),
        ]
    }
}
