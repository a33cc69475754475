// SPDX-License-Identifier: Apache-2.0

// Ledgers in the documented form.

internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import Quantities

extension PaperJSON {
    /// Both sides of a book.
    func write(_ book: CompanyBook) {
        let summary = book.summary
        write(book, "customers", summary.customers, book.customerInvoices, summary.customerCredits)
        write(book, "suppliers", summary.suppliers, book.supplierInvoices, summary.supplierCredits)
    }

    /// A ledger that a package exported.
    func write(_ ledger: PartyLedger) {
        let name = { (party: Int32) in
            ledger.parties.indices.contains(Int(party)) ? ledger.parties[Int(party)].key : nil
        }
        json.object {
            json.text("siren", nil)
            json.integer("paper", Int(ledger.paper))
            json.text("closing", nil)
            json.text("side", "customers")
            json.text("profile", ledger.profile)
            json.list("parties") {
                for party in ledger.parties {
                    json.object {
                        json.text("party", party.key)
                        json.text("name", party.name)
                        json.text("siren", party.siren?.description)
                    }
                }
            }
            json.list("invoices") {
                for invoice in ledger.invoices { write(invoice, name(invoice.party)) }
            }
            write(ledger.credits, name)
        }
    }

    private func write(_ credits: [UnallocatedCredit], _ name: (Int32) -> String?) {
        json.list("unallocated") {
            for credit in credits {
                json.object {
                    json.text("party", name(credit.party))
                    json.text("date", credit.date.description)
                    json.text("amount", CentsText.text(credit.cents))
                    json.text("kind", credit.isPayment ? "payment" : "credit_note")
                    source(credit.source)
                }
            }
        }
    }

    private func write(
        _ book: CompanyBook,
        _ side: String,
        _ parties: [String],
        _ invoices: [LedgerInvoice],
        _ credits: [UnallocatedCredit]
    ) {
        guard !invoices.isEmpty || !credits.isEmpty else { return }
        let name = { (party: Int32) in
            parties.indices.contains(Int(party)) ? parties[Int(party)] : nil
        }
        json.object {
            json.text("siren", book.siren?.description)
            json.integer("paper", Int(book.paper))
            json.text("closing", book.closing?.description)
            json.text("side", side)
            json.list("invoices") {
                for invoice in invoices { write(invoice, name(invoice.party)) }
            }
            write(credits, name)
        }
    }

    private func write(_ invoice: LedgerInvoice, _ party: String?) {
        json.object {
            json.text("party", party)
            json.text("reference", invoice.reference)
            json.text("issued", invoice.issued?.description)
            json.text("due", invoice.due?.description)
            json.text("due_source", invoice.dueSource?.rawValue)
            json.text("amount", CentsText.text(invoice.cents))
            json.text("credited", CentsText.text(invoice.credited))
            json.text("open", CentsText.text(invoice.open))
            json.bool("doubtful", invoice.isDoubtful)
            json.list("payments") {
                for payment in invoice.payments {
                    json.object {
                        json.text("date", payment.date.description)
                        json.text("amount", CentsText.text(payment.cents))
                    }
                }
            }
            source(invoice.source)
        }
    }
}
