// SPDX-License-Identifier: Apache-2.0

// A small policy with one of everything, whose parts tests put in the place of others.

package import Policies

/// A policy of tests.
package enum TestPolicy {
    /// The policy with texts in the place of others.
    ///
    /// - Parameters:
    ///   - changes: Files, by path; nil takes one away.
    ///   - replacing: In which file which text is put in the place of which.
    package static func files(
        _ changes: [String: String?] = [:],
        replacing: [(file: String, old: String, new: String)] = []
    ) -> [PolicyFile] {
        var texts = parts.merging(changes.compactMapValues { $0 }) { $1 }
        for (path, text) in changes where text == nil { texts[path] = nil }
        for change in replacing {
            texts[change.file] = texts[change.file]?.replacing(change.old, with: change.new)
        }
        return texts.map { PolicyFile(path: $0.key, bytes: Array($0.value.utf8)) }
    }

    /// What the policy lets stand of what is found in its rules, as a change of it: with this it
    /// may be activated.
    package static let findingsLetStand: [String: String?] = [
        "waivers.json": """
        [{"kind": "never_hit", "decision": "Limit", "rules": ["bad"], "reason": "not tested here"},
        {"kind": "gap", "decision": "Class", "reason": "grades begin at 1"},
        {"kind": "gap", "decision": "Need", "reason": "there are no other stages"}]
        """
    ]

    /// Reads it.
    package static func read(
        _ changes: [String: String?] = [:],
        replacing: [(file: String, old: String, new: String)] = []
    ) throws(PolicyError) -> Policy {
        try Policy.read(files(changes, replacing: replacing))
    }

    /// Its files.
    package static let parts: [String: String] = [
        "policy.json": manifest, "policy.dmn": model, "tables/sectors.csv": sectors,
        "tables/legal_terms.csv": legalTerms, "texts.en.json": texts, "texts.fr.json": texts,
        "guarantees.json": guarantees, "clauses.json": clauses, "waivers.json": waivers,
        "tests/companies.csv": scenarios,
    ]

    private static func input(_ name: String, _ kind: String = "number") -> String {
        "{\"name\": \"\(name)\", \"type\": \"\(kind)\", \"source\": \"us\", "
            + "\"label\": {\"en\": \"\(name)\", \"fr\": \"\(name)\"}}"
    }

    private static let inputs: String = {
        let grade = """
            {"name": "grade", "type": "number", "source": "score", "label": {"en": "grade",
            "fr": "note"}, "required": true, "maximum_age_days": 100}
            """
        let amounts = [
            "amount", "net_worth", "equity", "own_turnover", "group_exposure", "open_invoices",
            "orders_not_invoiced", "to_invoice", "deposits", "yearly_purchases", "forecast_sales",
            "forecast_months", "bureau_limit", "insurer_cover", "probability", "margin_rate",
            "approach_cost",
        ]
        let others = [
            input("sector", "string"), input("cover_expires", "date"),
            input("guarantees_held", "list"),
        ]
        return ([grade] + amounts.map { input($0) } + others).joined(separator: ",\n")
    }()

    private static let manifest = """
        {"format": "vigie-policy/1", "id": "small", "version": "1", "author": "nobody",
        "name": {"en": "Small", "fr": "Petite"},
        "effective": {"from": "2025-01-01", "to": "2026-12-31"}, "languages": ["en", "fr"],
        "currency": "EUR", "model": "policy.dmn", "step": 100,
        "inputs": [\(inputs)],
        "tables": [
        {"name": "sectors", "key": ["code"], "label": {"en": "s", "fr": "s"}},
        {"name": "legal_terms", "key": ["sector"], "label": {"en": "l", "fr": "l"}}],
        "decisions": {"class": "Class", "need": "Need", "limit": "Limit", "terms": "Terms",
        "guarantees": "Guarantees", "clauses": "Clauses", "action": "Action"},
        "authority": {"roles": [
        {"role": "analyst", "name": {"en": "a", "fr": "a"}, "amount": 1000},
        {"role": "manager", "name": {"en": "m", "fr": "m"}, "amount": 50000},
        {"role": "director", "name": {"en": "d", "fr": "d"}}],
        "four_eyes_above": 20000, "override_days": 30}}
        """

    private static let sectors = """
        code,risk,note,valid_from,valid_to
        carrier,0.5,until the middle of 2026,2025-01-01,2026-06-30
        carrier,0.25,from then on,2026-07-01,
        """

    private static let legalTerms = """
        sector,maximum_days,valid_from,valid_to
        *,60,2025-01-01,
        carrier,30,2025-01-01,
        """

    private static let texts = """
        {"good": {"customer": "to you", "sales": "to sales", "credit": "to credit"}}
        """

    private static let guarantees = """
        [{"id": "surety", "name": {"en": "Surety", "fr": "Caution"}, "rank": 2, "kind": "personal",
        "share": 0.8, "months": 12},
        {"id": "demand", "name": {"en": "On demand", "fr": "À demande"}, "rank": 1,
        "kind": "personal", "share": 1, "months": 12, "call_days": 15, "yearly_cost": 0.015}]
        """

    private static let clauses = """
        [{"id": "terms", "name": {"en": "Terms", "fr": "Délai"}, "text": {
        "en": "{company} pays within {term_days} days, up to {limit} {currency}.",
        "fr": "{company} paie à {term_days} jours, dans la limite de {limit} {currency}."}},
        {"id": "cover", "name": {"en": "Cover", "fr": "Couverture"}, "text": {
        "en": "Covered up to {insurer_cover}.", "fr": "Couvert à {insurer_cover}."}}]
        """

    private static let waivers = """
        [{"kind": "never_hit", "decision": "Limit", "rules": ["bad"], "reason": "not tested here"}]
        """

    private static let columns =
        "scenario,grade,amount,net_worth,equity,own_turnover,role,expect.limit,expect.binding,"
        + "expect.outcome"

    private static let scenarios = """
        \(columns)
        one,1,800,10000,10000,100000,analyst,800,need,granted
        two,2,8000,10000,20000,100000,analyst,1000,net_worth,granted
        """
}
