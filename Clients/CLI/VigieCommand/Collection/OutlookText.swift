// SPDX-License-Identifier: Apache-2.0

// Customers, forecasts and claims for people, in French and English, and as JSON.

internal import CommandFiles
internal import CommandTables
internal import Documents
internal import VigieClient

/// Customers, forecasts and claims as text.
struct OutlookText {
    private let isFrench: Bool

    init(_ language: LanguageArgument) { isFrench = language == .french }

    private func words(_ english: String, _ french: String) -> String {
        isFrench ? french : english
    }

    // MARK: - A customer

    func text(_ standing: CustomerStanding, _ terminal: Terminal) -> String {
        let customer = standing.customer
        var lines = ["\(customer.name): \(customer.action.text)"]
        lines += customer.reasons.map(\.text)
        if let terms = standing.terms { lines.append(text(terms)) }
        let table = TextTable.text(
            columns: [
                (words("invoice", "facture"), .left), (words("due", "échéance"), .left),
                (words("open", "ouvert"), .right), (words("days late", "jours de retard"), .right),
                (words("level", "niveau"), .right), (words("why", "pourquoi"), .left),
            ],
            rows: standing.invoices.map { invoice in
                [
                    invoice.reference, invoice.due,
                    "\(amount(Double(invoice.openCents))) \(invoice.currency)",
                    "\(invoice.daysLate)", "\(invoice.level)",
                    invoice.reasons.map(\.text).joined(separator: "; "),
                ].map { escaped($0) }
            },
            terminal: terminal
        )
        let head = lines.map { escaped($0) + "\n" }.joined()
        return head + table + standing.notes.map { escaped($0) + "\n" }.joined()
    }

    private func text(_ terms: CollectionTerms) -> String {
        var parts: [String] = []
        if !terms.segment.isEmpty { parts.append(words("segment ", "segment ") + terms.segment) }
        if terms.coverCents > 0 {
            let end = terms.coverUntil.isEmpty ? "" : words(" until ", " jusqu’au ")
            parts.append(
                words("cover ", "couverture ") + amount(Double(terms.coverCents)) + end
                    + terms.coverUntil
            )
        }
        if let language = terms.language {
            parts.append(words("letters in ", "lettres en ") + language.rawValue)
        }
        return parts.joined(separator: ", ")
    }

    // MARK: - What is ahead

    func text(_ outlook: PaymentOutlook, _ terminal: Terminal) -> String {
        let weeks = TextTable.text(
            columns: [
                (words("from", "du"), .left), (words("through", "au"), .left),
                (words("expected", "attendu"), .right), (words("low", "bas"), .right),
                (words("high", "haut"), .right),
            ],
            rows: outlook.weeks.map { week in
                [
                    escaped(week.from), escaped(week.through), amount(week.expectedCents),
                    amount(week.lowCents), amount(week.highCents),
                ]
            },
            terminal: terminal
        )
        let invoices = TextTable.text(
            columns: [
                (words("invoice", "facture"), .left), (words("open", "ouvert"), .right),
                (words("expected", "attendue"), .left),
                (words("band of 80 %", "bande à 80 %"), .left),
                ("> 0", .right), ("> 30", .right), ("> 60", .right), ("> 90", .right),
            ],
            rows: outlook.invoices.map { invoice in
                let end = invoice.latest.isEmpty ? "…" : invoice.latest
                let band = invoice.earliest.isEmpty ? "–" : "\(invoice.earliest) – \(end)"
                return [
                    escaped(invoice.reference), amount(Double(invoice.openCents)),
                    escaped(invoice.expected.isEmpty ? "–" : invoice.expected), escaped(band),
                ] + invoice.lateOver.map(percent)
            },
            terminal: terminal
        )
        let rest =
            words("later or never: ", "plus tard ou jamais : ") + amount(outlook.laterCents)
            + words("; not forecast: ", " ; sans prévision : ")
            + amount(Double(outlook.notForecastCents))
        return weeks + escaped(rest) + "\n\n" + invoices + escaped(method(outlook)) + "\n"
    }

    private func method(_ outlook: PaymentOutlook) -> String {
        let history = words(
            "Weeks: what customers are used to.",
            "Semaines : les habitudes des clients."
        )
        guard !outlook.model.isEmpty else {
            return history
                + words(
                    " Invoices: the same, no model is there.",
                    " Factures : de même, sans modèle."
                )
        }
        return history + words(" Invoices: the model ", " Factures : le modèle ") + outlook.model
            + words(", trained up to ", ", entraîné jusqu’au ") + outlook.trainedUntil + "."
    }

    // MARK: - Claims

    func text(_ claim: ClaimDeclaration) -> String {
        let deadline =
            claim.deadline.isEmpty
            ? words("nobody knows until when", "date limite inconnue")
            : words("to declare until ", "à déclarer jusqu’au ") + claim.deadline
        let lines = claim.text.split(separator: "\n", omittingEmptySubsequences: false)
        let body = lines.map { escaped(String($0)) }.joined(separator: "\n")
        let total = amount(Double(claim.totalCents))
        return "=== \(escaped("\(claim.name): \(total), \(deadline)"))\n\n\(body)\n"
    }

    private func amount(_ cents: Double) -> String {
        let whole = cents.rounded()
        guard let number = Int64(exactly: whole) else { return "\(whole / 100)" }
        let (units, rest) = number.magnitude.quotientAndRemainder(dividingBy: 100)
        let mark = isFrench ? "," : "."
        return "\(number < 0 ? "-" : "")\(units)\(mark)\(rest < 10 ? "0" : "")\(rest)"
    }

    private func percent(_ part: Double) -> String {
        guard part.isFinite else { return "–" }
        return "\(Int((min(max(part, 0), 1) * 100).rounded())) %"
    }
}

/// Customers and forecasts as JSON.
enum OutlookJSON {
    static func write(_ standing: CustomerStanding, to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.object {
            writer.text("name", standing.customer.name)
            writer.integer("level", standing.customer.level)
            writer.integer("amount_due_cents", Int(standing.customer.amountDueCents))
            writer.integer("value_at_risk_cents", Int(standing.customer.valueAtRiskCents))
            write(standing.customer.action, "action", writer)
            writer.list("reasons") {
                for reason in standing.customer.reasons { write(reason, nil, writer) }
            }
            if let terms = standing.terms {
                writer.object("terms") {
                    writer.text("segment", terms.segment)
                    writer.integer("cover_cents", Int(terms.coverCents))
                    writer.text("cover_until_date", terms.coverUntil)
                    writer.text("language", terms.language?.rawValue ?? "")
                }
            }
            writer.list("invoices") {
                for invoice in standing.invoices {
                    writer.object {
                        writer.text("reference", invoice.reference)
                        writer.text("due_date", invoice.due)
                        writer.integer("open_cents", Int(invoice.openCents))
                        writer.text("currency", invoice.currency)
                        writer.integer("days_late", invoice.daysLate)
                        writer.integer("level", invoice.level)
                        writer.list("reasons") {
                            for reason in invoice.reasons { write(reason, nil, writer) }
                        }
                    }
                }
            }
        }
        sink.write("\n")
    }

    private static func write(_ reason: CollectionReason, _ key: String?, _ writer: JSONWriter) {
        func body() {
            writer.text("code", reason.code)
            writer.text("text", reason.text)
        }
        if let key { writer.object(key) { body() } } else { writer.object { body() } }
    }

    static func write(_ outlook: PaymentOutlook, to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.object {
            writer.text("model", outlook.model)
            writer.text("trained_until_date", outlook.trainedUntil)
            writer.list("weeks") {
                for week in outlook.weeks {
                    writer.object {
                        writer.text("from_date", week.from)
                        writer.text("through_date", week.through)
                        writer.number("expected_cents", week.expectedCents)
                        writer.number("low_cents", week.lowCents)
                        writer.number("high_cents", week.highCents)
                    }
                }
            }
            writer.number("later_cents", outlook.laterCents)
            writer.integer("not_forecast_cents", Int(outlook.notForecastCents))
            writer.integer("invoice_count", outlook.invoiceCount)
            writer.list("invoices") {
                for invoice in outlook.invoices {
                    writer.object {
                        writer.text("reference", invoice.reference)
                        writer.integer("open_cents", Int(invoice.openCents))
                        for (days, part) in zip([0, 30, 60, 90], invoice.lateOver) {
                            writer.number("late_over_\(days)", part)
                        }
                        writer.text("expected_date", invoice.expected)
                        writer.text("earliest_date", invoice.earliest)
                        writer.text("latest_date", invoice.latest)
                        writer.text("method", invoice.isTrained ? "trained" : "history")
                    }
                }
            }
        }
        sink.write("\n")
    }
}
