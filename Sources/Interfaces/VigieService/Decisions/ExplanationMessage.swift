// SPDX-License-Identifier: Apache-2.0

// Which rules decided, and why, as messages.

internal import CreditPolicy
internal import Decisions
internal import Policies
internal import ProtobufCoding
internal import VigieProtos

extension Vigie_V1_TableAnswer {
    init(_ match: CreditDecision.Match, _ explanation: TableExplanation?, _ policy: Policy) {
        self.init()
        decision = match.decision
        kind = .init(match.answer)
        guard let explanation else {
            let known = policy.model.tables[match.table].rules
            rules = match.rules.map { place in
                .with {
                    $0.number = UInt32(clamping: place + 1)
                    $0.id = known.indices.contains(place) ? known[place].id : ""
                }
            }
            return
        }
        rules = explanation.matched.map { .init($0) }
        nearMisses = explanation.nearMisses.map { .init($0) }
        guard !explanation.verdicts.isEmpty else { return }
        verdictColumns = UInt32(clamping: explanation.inputCount)
        verdicts = explanation.verdicts.map { verdict in
            switch verdict {
            case .any: .any
            case .passed: .passed
            case .failed: .failed
            case .unknown: .unknown
            }
        }
    }
}

extension Vigie_V1_TableAnswerKind {
    /// The kind of an answer by its word.
    init(_ word: String) {
        switch word {
        case "matched": self = .matched
        case "default": self = .default
        case "none": self = .none
        case "violation": self = .violation
        case "invalid_input": self = .invalidInput
        default: self = .unspecified
        }
    }
}

extension Vigie_V1_ExplainedRule {
    init(_ rule: TableExplanation.Rule) {
        self.init()
        number = UInt32(clamping: rule.place + 1)
        id = rule.id
        cells = rule.cells.map { cell in
            .with {
                $0.input = cell.input
                $0.cell = cell.text
                $0.value = cell.value
                $0.unknown = cell.isUnknown
                $0.distance = cell.distance ?? ""
            }
        }
        outputs = rule.outputs.map { output in
            .with {
                $0.name = output.name.isEmpty ? "result" : output.name
                $0.text = output.text
            }
        }
    }
}
