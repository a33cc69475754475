// SPDX-License-Identifier: Apache-2.0

// Filings abroad in the documented form: facts as they stand in the paper, and statements by the
// lines that they are taken for.

internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import Quantities

extension PaperJSON {
    func write(_ filings: ForeignFilings) {
        var findings = Findings(keptPerCodeMax: 0)
        json.object {
            json.text("filer", filings.filer)
            json.text("name", filings.name)
            json.text("taxonomy", filings.taxonomy)
            json.text("currency", filings.currency?.code)
            json.list("facts") {
                for (_, facts) in filings.facts.sorted(by: { $0.key < $1.key }) {
                    for fact in facts { write(fact) }
                }
                for fact in filings.undated { write(fact) }
            }
            json.list("statements") {
                for statement in filings.statements(asOf: .last, findings: &findings) {
                    write(statement)
                }
            }
        }
    }

    private func write(_ fact: ForeignFact) {
        json.object {
            json.text("name", fact.name)
            json.text("start", fact.start?.description)
            json.text("end", fact.end?.description)
            json.text("filed", fact.filed?.description)
            json.text("amount", CentsText.text(fact.cents))
            json.integer("line", Int(fact.line))
        }
    }

    private func write(_ statement: ForeignStatement) {
        json.object {
            json.text("closing", statement.closing.description)
            json.object("lines") {
                for (line, amount) in statement.amounts.sorted(by: { $0.key < $1.key }) {
                    json.object(line) {
                        json.text("amount", CentsText.text(amount.cents))
                        json.text("names", amount.names)
                        json.text("mark", amount.mark.isEmpty ? nil : amount.mark)
                    }
                }
            }
            source(statement.source)
        }
    }
}
