// SPDX-License-Identifier: Apache-2.0

// Decisions on credit in their documented form ("vigie-decisions/1").

internal import CommandFiles
internal import CommandTables
internal import CreditPolicy
internal import DecimalNumbers
internal import Decisions
internal import Policies
internal import Quantities

/// Writes decisions.
struct DecisionJSON {
    private let sink: ByteSink
    private let json: JSONWriter
    private let policy: Policy

    init(_ sink: ByteSink, _ policy: Policy) {
        (self.sink, self.policy) = (sink, policy)
        json = JSONWriter(sink)
    }

    /// Writes all of them.
    func document(_ decisions: [CreditDecision], _ explanations: [[TableExplanation]]) {
        json.object {
            json.text("format", "vigie-decisions/1")
            json.text("policy", policy.reference)
            json.text("content_hash", policy.contentHash)
            json.text("currency", policy.manifest.currency.code)
            json.list("decisions") {
                for (decision, explanations) in zip(decisions, explanations) {
                    write(decision, explanations)
                }
            }
        }
        sink.write("\n")
    }

    private func write(_ decision: CreditDecision, _ explanations: [TableExplanation]) {
        let question = decision.question
        json.object {
            json.text("company", question.company)
            json.text("group", question.group)
            json.text("as_of", question.asOf.description)
            json.text("stage", question.stage.rawValue)
            json.text("subject", question.subject.rawValue)
            json.text("outcome", decision.outcome.rawValue)
            json.text("class", decision.riskClass)
            json.text("action", decision.action)
            json.list("missing") {
                for missing in decision.missing {
                    json.object {
                        json.text("name", missing.name)
                        json.text("reason", missing.reason)
                    }
                }
            }
            need(decision.need)
            limit(decision)
            terms(decision)
            offers(decision)
            clauses(decision)
            json.text("granting_role", decision.grantingRole)
            json.bool("needs_second_person", decision.needsSecondPerson)
            matches(decision, explanations)
            json.list("messages") { for text in decision.messages { json.text(nil, text) } }
        }
    }

    private func need(_ need: CreditNeed?) {
        json.object("need") {
            json.text("method", need?.method.rawValue)
            json.digits("amount", need?.amount?.plain)
            json.text("formula", need?.formula)
        }
    }

    private func limit(_ decision: CreditDecision) {
        json.object("limit") {
            let limit = decision.limit
            json.digits("amount", limit?.amount.plain)
            json.text("binding", limit?.binding)
            json.digits("own_risk", limit?.ownRisk.plain)
            json.digits("covered", limit?.covered.plain)
            json.digits("capacity", limit?.capacity?.plain)
            json.digits("total", limit?.total?.plain)
            json.list("parts") {
                for part in limit?.parts ?? [] {
                    json.object {
                        json.text("name", part.name)
                        json.text("kind", part.kind.rawValue)
                        json.digits("amount", part.amount?.plain)
                        json.text("formula", part.formula)
                    }
                }
            }
            json.text("valid_until", decision.validity?.until.description)
            json.text("valid_by", decision.validity?.reason)
            json.digits("headroom", decision.headroom?.plain)
            json.digits("expected_loss", decision.expectedLoss?.plain)
            json.digits("opportunity", decision.opportunity?.plain)
        }
    }

    private func terms(_ decision: CreditDecision) {
        let terms = decision.terms
        json.object("terms") {
            json.integer("days", terms.days)
            json.integer("legal_maximum_days", terms.legalMaximumDays)
            json.bool("bound_by_law", terms.isBoundByLaw)
            json.bool("prepayment", terms.isPrepaid)
            json.digits("deposit", terms.deposit?.plain)
            json.digits("discount", terms.discount?.plain)
            json.integer("discount_days", terms.discountDays)
            json.integer("fitting_days", decision.fittingDays)
        }
    }

    private func offers(_ decision: CreditDecision) {
        json.list("guarantees") {
            for offer in decision.offers {
                json.object {
                    json.text("id", offer.guarantee.identifier)
                    json.text("kind", offer.guarantee.kind.rawValue)
                    json.digits("amount", offer.amount.plain)
                    json.digits("limit", offer.limit.plain)
                    json.integer("months", offer.guarantee.months)
                    json.integer("call_days", offer.guarantee.callDays)
                    json.digits("yearly_cost", offer.yearlyCost?.plain)
                }
            }
        }
    }

    private func clauses(_ decision: CreditDecision) {
        json.list("clauses") {
            for clause in decision.clauses {
                json.object {
                    json.text("id", clause.clause.identifier)
                    json.text("en", clause.english)
                    json.text("fr", clause.french)
                    json.list("missing") { for name in clause.missing { json.text(nil, name) } }
                }
            }
        }
    }

    // MARK: - Rules

    private func matches(_ decision: CreditDecision, _ explanations: [TableExplanation]) {
        json.list("tables") {
            for (place, match) in decision.matches.enumerated() {
                json.object {
                    json.text("decision", match.decision)
                    json.text("answer", match.answer)
                    json.list("rules") {
                        for rule in match.rules {
                            let identifier = policy.model.tables[match.table].rules[rule].id
                            json.object {
                                json.integer("number", rule + 1)
                                json.text("id", identifier)
                                texts(identifier)
                            }
                        }
                    }
                    if explanations.indices.contains(place) { write(explanations[place]) }
                }
            }
        }
    }

    private func texts(_ rule: String) {
        json.object("texts") {
            for language in policy.manifest.languages {
                json.object(language.rawValue) {
                    for reader in PolicyReader.allCases {
                        guard let text = policy.texts.text(rule, language, reader) else { continue }
                        json.text(reader.rawValue, text)
                    }
                }
            }
        }
    }

    private func write(_ explanation: TableExplanation) {
        json.list("matched") { for rule in explanation.matched { write(rule) } }
        json.list("near_misses") { for rule in explanation.nearMisses { write(rule) } }
    }

    private func write(_ rule: TableExplanation.Rule) {
        json.object {
            json.integer("number", rule.place + 1)
            json.text("id", rule.id)
            json.list("cells") {
                for cell in rule.cells {
                    json.object {
                        json.text("input", cell.input)
                        json.text("cell", cell.text)
                        json.text("value", cell.value)
                        json.bool("unknown", cell.isUnknown)
                        json.text("distance", cell.distance)
                    }
                }
            }
            json.object("outputs") {
                for output in rule.outputs {
                    json.text(output.name.isEmpty ? "result" : output.name, output.text)
                }
            }
        }
    }
}
