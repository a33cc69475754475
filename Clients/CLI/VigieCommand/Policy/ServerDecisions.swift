// SPDX-License-Identifier: Apache-2.0

// Companies decided on by a server: questions as they are asked here, sent to it, and what it
// answers. Its policy is read first, since facts are read, and decisions written, by its words.

internal import CommandFiles
internal import CreditPolicy
internal import DecimalNumbers
internal import Decisions
internal import Documents
internal import FEEL
internal import Policies
internal import Quantities
internal import ServiceErrors
internal import VigieApplication
internal import VigieClient
internal import VigieLimits

/// Decides at a server.
struct ServerDecisions {
    let client: ScoringClient
    let policy: Policy
    let explanation: VigieClient.DecisionExplanation
    let timeout: Duration?

    /// Asks for decisions on all of them, in their order.
    func decisions(
        _ questions: [CreditQuestion]
    ) async throws -> ([CreditPolicy.CreditDecision], [[TableExplanation]]) {
        var made = [CreditPolicy.CreditDecision?](repeating: nil, count: questions.count)
        var explained = [[TableExplanation]](repeating: [], count: questions.count)
        for (header, places) in try calls(questions) {
            for batch in try batches(places, questions) {
                let companies = try batch.map { try Self.company(questions[$0]) }
                let answers = try await answers(companies, questions[header])
                for (place, answer) in zip(batch, answers) {
                    let told = ToldDecision(
                        policy: policy,
                        told: try decided(answer, questions[place])
                    )
                    guard let decision = told.decision(about: questions[place]) else {
                        throw CommandFailure(
                            .failure,
                            "the server tells what this version of vigie does not know",
                            hint: "take a vigie of the server's version"
                        )
                    }
                    made[place] = decision
                    if explanation != .none { explained[place] = told.explanations(of: decision) }
                }
            }
        }
        return (made.compactMap(\.self), explained)
    }

    /// The questions by what a call has but once, their day and role: the place of the first of
    /// each, and of all.
    private func calls(
        _ questions: [CreditQuestion]
    ) throws(CommandFailure) -> [(header: Int, places: [Int])] {
        var calls: [(header: Int, places: [Int])] = []
        var groups: [String: Int] = [:]
        for (place, question) in questions.enumerated() {
            var call = calls.firstIndex {
                let first = questions[$0.header]
                return first.asOf == question.asOf && first.role == question.role
            }
            if call == nil {
                call = calls.count
                calls.append((place, []))
            }
            guard let call else { continue }
            calls[call].places.append(place)
            if let group = question.group, groups.updateValue(call, forKey: group) ?? call != call {
                throw CommandFailure(
                    .badInput,
                    escaped(
                        "companies of the group \(group) have several days or roles, and a server "
                            + "decides on a group for one day and in one role"
                    ),
                    hint: "give all of the group the same as_of and role, or decide in the "
                        + "directory of the policy, without --server"
                )
            }
        }
        return calls
    }

    /// Messages of a call: companies of a group in one.
    private func batches(
        _ places: [Int],
        _ questions: [CreditQuestion]
    ) throws(CommandFailure) -> [[Int]] {
        var batches: [[Int]] = [[]]
        var isGrouped: Set<String> = []
        for place in places {
            var together = [place]
            if let group = questions[place].group {
                guard isGrouped.insert(group).inserted else { continue }
                together = places.filter { questions[$0].group == group }
            }
            guard together.count <= ClientLimits.decidedTogether else {
                throw CommandFailure(
                    .badInput,
                    "a group has \(together.count) companies, and a server decides on "
                        + "\(ClientLimits.decidedTogether) together",
                    hint: "decide without --server"
                )
            }
            if let last = batches.last, last.count + together.count > ClientLimits.decidedTogether {
                batches.append([])
            }
            batches[batches.count - 1] += together
        }
        return batches.filter { !$0.isEmpty }
    }

    private func answers(
        _ companies: [DecisionCase],
        _ question: CreditQuestion
    ) async throws -> [Result<VigieClient.CreditDecision, VigieError>] {
        var options = DecisionOptions(
            policy: policy.reference,
            asOf: Day("\(question.asOf)"),
            role: question.role
        )
        (options.explanation, options.timeout) = (explanation, timeout)
        let batch = AsyncStream<[DecisionCase]> { continuation in
            continuation.yield(companies)
            continuation.finish()
        }
        var answers: [Result<VigieClient.CreditDecision, VigieError>] = []
        for try await some in client.decide(batches: batch, options: options) { answers += some }
        return answers
    }

    private func decided(
        _ answer: Result<VigieClient.CreditDecision, VigieError>,
        _ question: CreditQuestion
    ) throws -> VigieClient.CreditDecision {
        switch answer {
        case .success(let decision):
            guard decision.policy.contentHash == policy.contentHash else {
                throw CommandFailure(.badInput, "the policy changed while it was asked")
            }
            return decision
        case .failure(let error):
            throw CommandFailure(.badInput, escaped("\(question.company): \(error.message)"))
        }
    }

    // MARK: - Questions

    private static func company(_ question: CreditQuestion) throws(CommandFailure) -> DecisionCase {
        var company = DecisionCase(company: question.company)
        company.group = question.group
        company.stage =
            switch question.stage {
            case .prospect: .prospect
            case .quote: .quote
            case .order: .order
            case .invoice: .invoice
            case .collection: .collection
            }
        company.isNaturalPerson = question.subject == .naturalPerson
        for (name, fact) in question.facts {
            guard let value = try value(fact.value, name) else { continue }
            company.facts[name] = DecisionFact(
                value,
                observed: fact.observed.flatMap { Day("\($0)") },
                source: fact.source
            )
        }
        return company
    }

    private static func value(
        _ value: FEELValue,
        _ name: String
    ) throws(CommandFailure) -> DecisionValue? {
        switch value {
        case .null: return nil
        case .boolean(let flag): return .flag(flag)
        case .number(let number): return .decimal("\(number)")
        case .string(let text): return .text(text)
        case .date(let date):
            return CalendarDate(dayNumber: date.dayNumber).flatMap { Day("\($0)") }.map { .day($0) }
        case .list(let list):
            var values: [DecisionValue] = []
            for each in list.elements {
                if let value = try self.value(each, name) { values.append(value) }
            }
            return .list(values)
        case .context(let context):
            var fields: [String: DecisionValue] = [:]
            for (field, each) in zip(context.names, context.values) {
                if let value = try self.value(each, name) { fields[field] = value }
            }
            return .fields(fields)
        default:
            throw CommandFailure(.badInput, escaped("\(name): no server takes such a value"))
        }
    }
}
