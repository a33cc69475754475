// SPDX-License-Identifier: Apache-2.0

// A simulation as JSON, all of it: `vigie-policy-simulation/1`.

internal import CommandFiles
internal import CommandTables
internal import VigieClient

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
        let report = result.report
        json.object {
            json.text("format", "vigie-policy-simulation/1")
            json.text("file", result.file)
            json.text("file_hash", result.fileHash)
            json.text("as_of", report.asOf?.description)
            json.integer("companies", report.companyCount)
            json.list("notes") { for note in report.notes { json.text(nil, note) } }
            json.integer("changed", report.changedCount)
            amount("limits_raised", report.limitsRaised)
            amount("limits_lowered", report.limitsLowered)
            policy("before", report.before)
            policy("after", report.after)
            json.list("outcomes") { for each in report.outcomes { transition(each) } }
            json.list("classes") { for each in report.classes { transition(each) } }
            json.list("changes") { for change in report.changes { write(change) } }
        }
        sink.write("\n")
    }

    private func amount(_ name: String, _ amount: PolicySimulationReport.Amount) {
        json.object(name) {
            json.digits("sum", amount.sum?.text)
            json.integer("companies", amount.companyCount)
        }
    }

    private func policy(_ name: String, _ policy: PolicySimulationReport.Policy) {
        json.object(name) {
            json.text("policy", policy.reference)
            json.text("content_hash", policy.contentHash)
            if let model = policy.model { json.text("model", model) }
            json.object("outcomes") {
                for outcome in policy.outcomes { json.integer(outcome.name, outcome.count) }
            }
            amount("limits", policy.limits)
            amount("own_risk", policy.ownRisk)
            amount("exposure", policy.exposure)
            amount("exposure_above", policy.exposureAbove)
            amount("expected_loss", policy.expectedLoss)
            amount("expected_loss_of_exposure", policy.expectedLossOfExposure)
            json.object("to_grant") {
                for role in policy.toGrant { json.integer(role.name, role.count) }
            }
            json.integer("second_persons", policy.secondPersonCount)
            json.integer("decided_one_by_one", policy.oneByOneCount)
            json.list("tables") { for table in policy.tables { write(table) } }
        }
    }

    private func write(_ table: PolicySimulationReport.Table) {
        json.object {
            json.text("decision", table.decision)
            json.list("rules") {
                for (place, rule) in table.rules.enumerated() {
                    json.object {
                        json.integer("rule", place + 1)
                        json.text("id", rule.name)
                        json.integer("hits", rule.count)
                    }
                }
            }
            json.integer("none", table.noneCount)
            json.integer("default", table.defaultCount)
            json.integer("violations", table.violationCount)
            json.integer("invalid", table.invalidCount)
        }
    }

    private func transition(_ transition: PolicySimulationReport.Transition) {
        json.object {
            json.text("before", transition.before)
            json.text("after", transition.after)
            json.integer("companies", transition.companyCount)
        }
    }

    private func write(_ change: PolicySimulationReport.Change) {
        json.object {
            json.text("company", change.company)
            json.integer("row", change.row)
            json.digits("difference", change.difference.text)
            for part in change.parts {
                json.object(part.name) {
                    json.text("before", part.before)
                    json.text("after", part.after)
                }
            }
        }
    }
}
