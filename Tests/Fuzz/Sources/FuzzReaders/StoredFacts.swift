// SPDX-License-Identifier: Apache-2.0

// Reads the input as facts of a company out of a store that may be damaged, each with a kind, a day
// and a length before it. What they come to depends on nothing but the facts: not on the order in
// which a store gives them, nor on the company that was joined before.

import AssessmentMessages
import CreditFacts
import Quantities
import VigieLimits
import VigieProtos

private struct Fact {
    let kind: StoredFact.Kind
    let day: CalendarDate
    let number: Int
    let content: [UInt8]
}

private let asOf = CalendarDate(dayNumber: 20_000) ?? .first

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_storedfacts")
func fuzzStoredFacts(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let facts = facts(UnsafeBufferPointer(start: start, count: count))
    let joiner = FactJoiner(limits: ServiceLimits(), asOf: asOf)
    let joined = joinedFacts(facts, by: joiner)
    precondition(joined == joinedFacts(facts, by: joiner), "the company before it counts")
    precondition(joined == joinedFacts(facts.reversed(), by: joiner), "their order counts")
    guard let joined else { return 0 }
    guard let reader = try? FactReader(lineNames: joined.names, limits: ServiceLimits()),
        let again = try? reader.facts(joined.message)
    else { preconditionFailure("what was joined cannot be kept") }
    var writer = FactWriter()
    precondition(writer.message(again) == joined.message, "what is kept is another company")
    return 0
}

private func facts(_ input: UnsafeBufferPointer<UInt8>) -> [Fact] {
    var (facts, rest) = ([Fact](), input[...])
    // A kind, three bytes of a day, three of a length.
    while rest.count >= 7, facts.count < 64 {
        let head = Array(rest.prefix(7))
        rest = rest.dropFirst(7)
        let length = Int(head[4]) | Int(head[5]) << 8 | Int(head[6]) << 16
        let day = Int(head[1]) | Int(head[2]) << 8 | Int(head[3]) << 16
        let kinds: [StoredFact.Kind] = [.statement, .ledger, .event]
        facts.append(
            Fact(
                kind: kinds[Int(head[0]) % 3],
                day: CalendarDate(dayNumber: day) ?? asOf,
                number: facts.count + 1,
                content: Array(rest.prefix(length))
            )
        )
        rest = rest.dropFirst(length)
    }
    return facts
}

private struct Joined: Equatable {
    let message: Vigie_V1_CompanyFacts
    let names: [String]
}

/// What facts come to; nil where one of them is refused.
private func joinedFacts(_ facts: [Fact], by joiner: FactJoiner) -> Joined? {
    for fact in facts {
        joiner.add(fact.kind, fact.day, number: fact.number, content: fact.content)
    }
    guard let known = try? joiner.facts(of: nil) else { return nil }
    var writer = FactWriter()
    let message = writer.message(known)
    return Joined(message: message, names: writer.lineNames)
}
