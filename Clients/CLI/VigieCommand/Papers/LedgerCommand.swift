// SPDX-License-Identifier: Apache-2.0

// `vigie ledger`: what each customer and supplier owes and how it pays.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import Documents
internal import PaymentBehaviour
internal import Quantities

/// The command that sums up ledgers.
struct LedgerCommand: PaperCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Sums up ledgers by customer and supplier: what is open, how old, how late."
    )

    @OptionGroup var options: PaperOptions
    @OptionGroup var day: AsOfOption

    func write(_ stack: PaperStack, _ language: Language, to sink: ByteSink) throws {
        var lines = Lines()
        for book in stack.books { add(book, of: stack, to: &lines) }
        for ledger in stack.ledgers {
            let names = ledger.parties.map { $0.name ?? $0.key }
            let window = PaymentWindow(twelveMonthsTo: day.day)
            lines.all += sums((nil, "customers"), names, ledger.invoices, ledger.credits, window)
        }
        if options.output == .json {
            writeJSON(lines.all, sink)
        } else {
            writeTable(lines.all, language, sink)
        }
    }

    private struct Line {
        var owner: SIREN?
        var side: String
        var party: String
        var totals: PartyTotals
    }

    /// Lines, one for each party of a company.
    private struct Lines {
        var all: [Line] = []
        private var places: [String: Int] = [:]

        mutating func add(_ line: Line) {
            let key = "\(line.owner?.description ?? "") \(line.side) \(line.party)"
            if let place = places[key] {
                all[place].totals.add(line.totals)
            } else {
                places[key] = all.count
                all.append(line)
            }
        }
    }

    /// Adds a book. What is open at the end of one stands in the next one again, so of a book that
    /// another one follows only what was settled in it counts.
    private func add(_ book: CompanyBook, of stack: PaperStack, to lines: inout Lines) {
        let isLast = stack.isInForce(book, asOf: day.day)
        // A book speaks up to its last entry; what is open is looked at then, as in assessments.
        let until = stack.books.filter { $0.siren == book.siren }
            .filter { stack.isInForce($0, asOf: day.day) }.compactMap(\.summary.lastDay).max()
        let own = book.siren == nil ? book.summary.lastDay : until
        let window = PaymentWindow(twelveMonthsTo: min(day.day, own ?? day.day))
        let summary = book.summary
        for (side, names, invoices, credits) in [
            ("customers", summary.customers, book.customerInvoices, summary.customerCredits),
            ("suppliers", summary.suppliers, book.supplierInvoices, summary.supplierCredits),
        ] {
            let counted = isLast ? invoices : invoices.filter { $0.open == 0 }
            let sums = sums((book.siren, side), names, counted, isLast ? credits : [], window)
            if book.siren == nil { lines.all += sums } else { for line in sums { lines.add(line) } }
        }
    }

    private func sums(
        _ book: (owner: SIREN?, side: String),
        _ names: [String],
        _ invoices: [LedgerInvoice],
        _ credits: [UnallocatedCredit],
        _ window: PaymentWindow
    ) -> [Line] {
        var lines = names.map { name in
            Line(owner: book.owner, side: book.side, party: name, totals: PartyTotals())
        }
        for invoice in invoices where lines.indices.contains(Int(invoice.party)) {
            lines[Int(invoice.party)].totals.add(invoice, window)
        }
        for credit in credits where lines.indices.contains(Int(credit.party)) {
            lines[Int(credit.party)].totals.add(credit, window)
        }
        return lines
    }

    private func writeJSON(_ lines: [Line], _ sink: ByteSink) {
        let json = JSONWriter(sink)
        json.list {
            for line in lines {
                let totals = line.totals
                json.object {
                    json.text("siren", line.owner?.description)
                    json.text("side", line.side)
                    json.text("party", line.party)
                    json.integer("open_invoices", totals.openInvoices)
                    json.text("open", CentsText.text(totals.open))
                    json.text("past_due", CentsText.text(totals.pastDue))
                    json.object("open_by_age") {
                        for (bucket, cents) in zip(AgingBucket.allCases, totals.openByAge) {
                            json.text(bucket.name, CentsText.text(cents))
                        }
                    }
                    json.text("credits", CentsText.text(totals.credits))
                    json.text("disputed", CentsText.text(totals.disputed))
                    json.text("doubtful", CentsText.text(totals.doubtful))
                    json.integer("payments", totals.payments)
                    json.text("paid", CentsText.text(totals.paid))
                    json.number("days_beyond_terms_paid", totals.daysBeyondTermsPaid)
                    json.number("days_beyond_terms", totals.daysBeyondTerms)
                    json.number("share_late_over_30", totals.shareLateOver30)
                    json.number("share_late_over_90", totals.shareLateOver90)
                    json.number("index", totals.index())
                    json.bool("too_large", totals.isTooLarge)
                }
            }
        }
        sink.write("\n")
    }

    private func writeTable(_ lines: [Line], _ language: Language, _ sink: ByteSink) {
        let isFrench = language == .fr
        let amount = { (cents: Int64) in language.marked(CentsText.text(cents)) }
        let rows = lines.map { line in
            [
                isFrench ? (line.side == "customers" ? "client" : "fournisseur") : line.side,
                line.party, amount(line.totals.open), amount(line.totals.pastDue),
                amount(line.totals.credits), "\(line.totals.payments)",
                line.totals.daysBeyondTerms.map { language.number($0, 1) } ?? "–",
                line.totals.index().map { language.number($0, 0) } ?? "–",
            ]
        }
        let columns: [(title: String, alignment: TextTable.Alignment)] = [
            (isFrench ? "côté" : "side", .left), (isFrench ? "tiers" : "party", .left),
            (isFrench ? "ouvert" : "open", .right), (isFrench ? "échu" : "past due", .right),
            (isFrench ? "avoirs" : "credits", .right),
            (isFrench ? "paiements" : "payments", .right),
            (isFrench ? "jours de retard" : "days late", .right),
            (isFrench ? "indice" : "index", .right),
        ]
        sink.write(TextTable.text(columns: columns, rows: rows, terminal: options.terminal))
    }
}
