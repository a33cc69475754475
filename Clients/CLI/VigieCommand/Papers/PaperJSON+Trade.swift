// SPDX-License-Identifier: Apache-2.0

// Electronic invoices, bank statements, published ratios and establishments in the documented form.

internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import PaymentTerms
internal import Quantities

extension PaperJSON {
    /// What papers say beside statements, events, registers and ledgers.
    func writeTrade(_ stack: PaperStack) {
        json.list("e_invoices") { for invoice in stack.invoices { write(invoice) } }
        json.list("bank_statements") { for statement in stack.bankStatements { write(statement) } }
        json.list("published_ratios") {
            for (names, list) in stack.publishedRatios {
                for ratios in list { write(ratios, names) }
            }
        }
        json.list("establishments") {
            for establishment in stack.establishments {
                json.object {
                    json.text("siren", establishment.siren.description)
                    json.text("siret", establishment.siret?.description)
                    json.bool("seat", establishment.isSeat)
                    json.bool("open", establishment.isOpen)
                    json.text("since", establishment.since?.description)
                    source(establishment.source)
                }
            }
        }
        json.list("foreign_filings") {
            for filings in stack.foreignFilings { write(filings) }
        }
        json.object("terms") {
            for (customer, term) in stack.terms.sorted(by: { $0.key < $1.key }) {
                json.text(customer, term.rule + " \(term.dayCount)")
            }
        }
    }

    private func write(_ invoice: TradeInvoice) {
        json.object {
            json.text("type", invoice.type)
            json.text("number", invoice.number)
            json.text("issued", invoice.issued.description)
            json.list("due") { for day in invoice.due { json.text(nil, day.description) } }
            json.text("currency", invoice.currency.code)
            json.text("seller", invoice.seller.siren?.description)
            json.text("seller_name", invoice.seller.name)
            json.text("buyer", invoice.buyer.siren?.description)
            json.text("buyer_name", invoice.buyer.name)
            json.text("total", CentsText.text(invoice.total))
            json.text("prepaid", CentsText.text(invoice.prepaid))
            json.text("payable", CentsText.text(invoice.payable))
            source(invoice.source)
        }
    }

    private func write(_ statement: BankStatement) {
        json.object {
            json.text("account", statement.account)
            json.text("opening", statement.opening.map(CentsText.text))
            json.text("closing", statement.closing.map(CentsText.text))
            json.bool("balance_fits", statement.balanceFits)
            json.list("transactions") {
                for transaction in statement.transactions {
                    json.object {
                        json.text("reference", transaction.reference)
                        json.text("date", transaction.date.description)
                        json.text("amount", CentsText.text(transaction.cents))
                        json.text("currency", transaction.currency.code)
                        json.text("party", transaction.party)
                        json.bool("reversal", transaction.isReversal)
                        json.bool("return", transaction.isReturn)
                        json.list("texts") {
                            for text in transaction.texts { json.text(nil, text) }
                        }
                        source(transaction.source)
                    }
                }
            }
            source(statement.source)
        }
    }

    private func write(_ ratios: PublishedRatios, _ names: [String]) {
        json.object {
            json.text("siren", ratios.siren.description)
            json.text("closing", ratios.closing.description)
            json.text("type", ratios.type)
            json.text("filed", ratios.filed?.description)
            json.object("values") {
                for (name, value) in zip(names, ratios.values) { json.number(name, value) }
            }
            source(ratios.source)
        }
    }
}
