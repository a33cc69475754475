// SPDX-License-Identifier: Apache-2.0

// The reader of companies that are decided on: whatever it takes is decided, and the answer can be
// read.

internal import CreditPolicy
package import Policies
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieLimits
internal import VigieProtos

/// Reads companies that are decided on.
package final class CasesOfFuzzer {
    private let policy: Policy
    private let decider: CreditDecider
    private let limits = ServiceLimits()

    /// Makes a reader for a policy.
    package init(_ policy: Policy) {
        self.policy = policy
        decider = CreditDecider(policy)
    }

    /// Reads a company, and decides on it.
    package func read(_ bytes: UnsafeRawBufferPointer) {
        guard let message = try? Vigie_V1_DecisionCase(serializedBytes: bytes) else { return }
        let day = policy.manifest.effectiveFrom
        var reader = CaseReader(decider.checks, limits)
        do throws(ServiceError) {
            let question = try reader.question(message, on: day)
            precondition(question.asOf == day, "another day")
            precondition(question.role == nil, "a role that nobody gave")
            precondition(question.facts.count <= message.facts.count + 1, "facts out of nothing")
            let decision = decider.tried(question)
            let explanations = decider.explanations(of: decision, nearMisses: true, verdicts: true)
            let count = explanations.reduce(0) { $0 + $1.verdicts.count }
            precondition(count <= policy.verdictCount, "more verdicts than there are cells")
            let answer = Vigie_V1_CreditDecision(decision, explanations, policy, nil)
            let written = answer.serializedBytes()
            precondition(
                (try? Vigie_V1_CreditDecision(serializedBytes: written)) == answer,
                "an answer cannot be read"
            )
        } catch {
            precondition(!error.message.isEmpty && !error.reason.isEmpty, "tells nothing")
        }
    }
}
