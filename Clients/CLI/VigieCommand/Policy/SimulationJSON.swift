// SPDX-License-Identifier: Apache-2.0

// A simulation as JSON, all of it: `vigie-policy-simulation/1`.

internal import CommandFiles
internal import CommandTables
internal import CreditPolicy
internal import DecimalNumbers
internal import Decisions
internal import Policies

/// Writes a simulation.
struct SimulationJSON {
    private let sink: ByteSink
    private let json: JSONWriter

    init(_ sink: ByteSink) {
        self.sink = sink
        json = JSONWriter(sink)
    }

    /// Writes the document.
    func write(_ result: PortfolioSimulation) {
        let simulation = result.simulation
        json.object {
            json.text("format", "vigie-policy-simulation/1")
            json.text("file", result.file)
            json.text("file_hash", result.fileHash)
            json.text("as_of", "\(simulation.day)")
            json.integer("companies", simulation.companyCount)
            json.list("notes") { for note in result.notes { json.text(nil, note) } }
            json.integer("changed", simulation.changedCount)
            amount("limits_raised", simulation.raised)
            amount("limits_lowered", simulation.lowered)
            policy("before", simulation.before)
            policy("after", simulation.after)
            transitions(simulation)
            json.list("changes") { for change in simulation.changes { write(change) } }
        }
        sink.write("\n")
    }

    private func amount(_ name: String, _ amount: SimulatedSums.Amount) {
        json.object(name) {
            json.digits("sum", amount.sum?.plain)
            json.integer("companies", amount.count)
        }
    }

    private func policy(_ name: String, _ policy: SimulatedPolicy) {
        let sums = policy.sums
        json.object(name) {
            json.text("policy", policy.policy.reference)
            json.text("content_hash", policy.policy.contentHash)
            json.object("outcomes") {
                for (place, outcome) in CreditDecision.Outcome.allCases.enumerated() {
                    json.integer(outcome.rawValue, sums.outcomes[place])
                }
            }
            amount("limits", sums.limits)
            amount("own_risk", sums.ownRisk)
            amount("exposure", sums.exposure)
            amount("exposure_above", sums.exposureAbove)
            amount("expected_loss", sums.expectedLoss)
            amount("expected_loss_of_exposure", sums.exposedLoss)
            json.object("to_grant") {
                let names = policy.policy.manifest.authority.roles.map(\.name) + [""]
                for (name, count) in zip(names, sums.routed) { json.integer(name, count) }
            }
            json.integer("second_persons", sums.secondPersons)
            json.integer("decided_one_by_one", sums.slow)
            json.list("tables") { for hits in policy.hits { write(hits, policy.policy) } }
        }
    }

    private func write(_ hits: RuleHits, _ policy: Policy) {
        let table = policy.model.tables[hits.table]
        json.object {
            json.text("decision", table.decisionName)
            json.list("rules") {
                for (place, count) in hits.rules.enumerated() {
                    json.object {
                        json.integer("rule", place + 1)
                        json.text("id", table.rules[place].id)
                        json.integer("hits", count)
                    }
                }
            }
            json.integer("none", hits.none)
            json.integer("default", hits.standard)
            json.integer("violations", hits.violations)
            json.integer("invalid", hits.invalid)
        }
    }

    private func transitions(_ simulation: PolicySimulation) {
        let outcomes = CreditDecision.Outcome.allCases
        json.list("outcomes") {
            for (place, counts) in simulation.outcomes.enumerated() {
                for (other, count) in counts.enumerated() where count > 0 {
                    transition(outcomes[place].rawValue, outcomes[other].rawValue, count)
                }
            }
        }
        json.list("classes") {
            for (before, after, count) in simulation.classes { transition(before, after, count) }
        }
    }

    private func transition(_ before: String, _ after: String, _ count: Int) {
        json.object {
            json.text("before", before)
            json.text("after", after)
            json.integer("companies", count)
        }
    }

    private func write(_ change: PolicySimulation.Change) {
        json.object {
            json.text("company", change.name)
            json.integer("row", change.place + 1)
            json.digits("difference", change.difference.plain)
            for part in change.changes {
                json.object(part.name) {
                    json.text("before", part.before)
                    json.text("after", part.after)
                }
            }
        }
    }
}
