// SPDX-License-Identifier: Apache-2.0

// Reads the input as files of a policy, each behind a line `=== NAME`, in the place of those of a
// sound one, which `=== -NAME` takes away; `facts.json` are the facts of companies. Whatever tables
// say, a limit is within all that bounds it, and nobody grants more than he may.

import CreditPolicy
import DecimalNumbers
import Decisions
import Policies
import Quantities
import TestPolicies

private let sound = try? TestPolicy.read()

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_policies")
func fuzzPolicies(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var changes = sections(UnsafeBufferPointer(start: start, count: count))
    let facts = (changes.removeValue(forKey: "facts.json") ?? nil) ?? "{\"facts\": {}}"
    guard let policy = try? TestPolicy.read(changes) else { return 0 }
    let day = policy.manifest.effectiveFrom
    let questions =
        (try? CreditQuestion.read(
            json: Array(facts.utf8),
            file: "facts.json",
            policy: policy,
            today: day
        )) ?? []
    let decider = CreditDecider(policy)
    var decisions: [CreditDecision] = []
    for question in questions.prefix(20) {
        let decision = decider.tried(question)
        check(decision, policy)
        for explanation in decider.explanations(of: decision, nearMisses: true) {
            let table = policy.model.tables[explanation.match.table]
            let rules = explanation.matched + explanation.nearMisses
            precondition(rules.allSatisfy { table.rules.indices.contains($0.place) })
        }
        decisions.append(decision)
    }
    let asked = decisions.map(\.question)
    for (place, share) in CreditGroups.shares(of: decisions, policy) {
        let decision = decider.tried(asked[place], within: share)
        check(decision, policy)
        precondition(decision.limit.map { $0.amount <= share } ?? true, "above its share")
    }
    let trial = PolicyTrial(policy)
    precondition(trial.hits.count == policy.model.tables.count, "a table is not counted")
    if let sound { _ = try? PolicyDifference(sound, policy, questions: questions) }
    return 0
}

private func check(_ decision: CreditDecision, _ policy: Policy) {
    guard let limit = decision.limit else {
        precondition(decision.outcome == .investigation, "no limit, and no investigation")
        return
    }
    precondition(!limit.amount.isNegative && !limit.ownRisk.isNegative, "below nothing")
    if let total = limit.total { precondition(limit.amount <= total, "above the whole") }
    if let capacity = limit.capacity {
        precondition(limit.ownRisk <= capacity, "above what is at own risk")
    }
    if decision.outcome == .granted, !limit.amount.isZero {
        let role = decision.question.role.flatMap(policy.manifest.authority.role)
        precondition(role?.mayGrant(limit.amount) == true, "granted above authority")
    }
}

/// Texts behind lines `=== NAME`.
private func sections(_ bytes: UnsafeBufferPointer<UInt8>) -> [String: String?] {
    var sections: [String: String?] = [:]
    var name: String?
    for line in String(decoding: bytes, as: UTF8.self).split(
        separator: "\n",
        omittingEmptySubsequences: false
    ) {
        if line.hasPrefix("=== ") {
            name = line.hasPrefix("=== -") ? nil : String(line.dropFirst(4))
            if name == nil { sections[String(line.dropFirst(5))] = .some(nil) }
        } else if let name {
            sections[name] = ((sections[name] ?? nil) ?? "") + line + "\n"
        }
    }
    return sections
}
