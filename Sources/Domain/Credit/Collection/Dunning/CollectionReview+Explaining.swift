// SPDX-License-Identifier: Apache-2.0

// Why an invoice is on a letter, or is not, and why a customer gets none: codes with values for
// programs, sentences for people.

internal import CreditFacts
package import Quantities

/// One step of an explanation.
package struct CollectionReason: Sendable, Hashable {
    /// What holds, as a constant for programs.
    package let code: String
    /// The values in the sentence, by name; dates as YYYY-MM-DD, amounts in cents.
    package let values: [String: String]

    init(_ code: String, _ values: [String: String] = [:]) {
        (self.code, self.values) = (code, values)
    }

    /// The sentence.
    package func text(in language: LetterLanguage) -> String {
        var told = values
        for (name, value) in values {
            if let cents = Int64(value), name == "amount" {
                told[name] = LocalText(language).amount(cents, values["currency"] ?? "EUR")
            } else if let date = CalendarDate(value) {
                told[name] = LocalText(language).date(date)
            }
        }
        return CollectionWords.text(code, told, language)
    }
}

extension CollectionReview {
    /// Why an invoice is on its customer's letter, or is not: its own reason, the customer's, and
    /// what follows.
    package func explanation(ofInvoice place: Int) -> [CollectionReason] {
        guard standings.indices.contains(place),
            book.customers.indices.contains(Int(book.invoices[place].party))
        else { return [CollectionReason("letter_not")] }
        let standing = standings[place]
        let entry = entry(of: Int(book.invoices[place].party))
        var reasons = [reason(of: place)]
        let isDue = standing.gate.isDue
        if isDue { reasons += explanation(of: entry) }
        let isListed = standing.gate == .notDue && scenario(of: entry.customer).listsNotDue
        guard entry.gate == nil, isDue || isListed else {
            return reasons + [CollectionReason("letter_not")]
        }
        return reasons + [
            CollectionReason(
                isDue ? "letter_on" : "letter_listed",
                [
                    "level": "\(entry.level)", "amount": "\(standing.open)",
                    "currency": (book.invoices[place].currency ?? book.currency).code,
                ]
            )
        ]
    }

    /// What keeps a customer's letter back, or changes its level; nothing for a letter of the level
    /// of its days.
    package func explanation(of entry: WorklistEntry) -> [CollectionReason] {
        func held(_ name: String, _ person: String, _ until: CalendarDate?) -> CollectionReason {
            guard let until else { return CollectionReason(name, ["person": person]) }
            return CollectionReason(
                name + "_until",
                ["person": person, "date": until.description]
            )
        }
        func amount(_ code: String, _ cents: Int64) -> CollectionReason {
            CollectionReason(code, ["amount": "\(cents)", "currency": book.currency.code])
        }
        switch entry.gate {
        case .noneDue: return [CollectionReason("customer_none_due")]
        case .creditBalance(let cents): return [amount("customer_credit_balance", cents)]
        case .belowMinimum: return [amount("customer_below_minimum", entry.amountDue)]
        case .promised(let until):
            return [CollectionReason("customer_promised", ["date": until.description])]
        case .held(let person, let until): return [held("customer_held", person, until)]
        case .waiting(let sent, let next):
            return [
                CollectionReason(
                    "customer_waiting",
                    [
                        "level": "\(sent.level)", "date": sent.day.description,
                        "next": next.description,
                    ]
                )
            ]
        case nil: break
        }
        let set = book.customers[entry.customer].record.override?.level != nil
        guard entry.level != entry.levelOfDays, !set else { return [] }
        return [CollectionReason("customer_step", ["days_level": "\(entry.levelOfDays)"])]
    }

    private func reason(of place: Int) -> CollectionReason {
        let (standing, invoice) = (standings[place], book.invoices[place])
        let override = record(of: invoice)?.override
        var values = ["days": "\(standing.daysLate)", "level": "\(standing.level)"]
        values["person"] = override?.person
        let code: String
        switch standing.gate {
        case .dunned: code = override?.level == nil ? "gate_dunned" : "gate_dunned_manually"
        case .withinTolerance: code = "gate_within_tolerance"
        case .notDue:
            (code, values["date"]) = ("gate_not_due", invoice.due?.description)
        case .noDueDate: code = "gate_no_due_date"
        case .disputed:
            (code, values["date"]) = ("gate_disputed", dispute(of: place)?.opened.description)
        case .promised:
            (code, values["date"]) = ("gate_promised", promise(of: place)?.date.description)
        case .frozen:
            let opening = book.customers[Int(invoice.party)].proceedings?.frozenBefore
            (code, values["date"]) = ("gate_frozen", opening?.description)
        case .held:
            if case .hold(let until?) = override?.kind {
                (code, values["date"]) = ("gate_held_until", until.description)
            } else {
                code = "gate_held"
            }
        case .creditNote: code = "gate_credit_note"
        case .paid: code = "gate_paid"
        case .notIssued: code = "gate_not_issued"
        }
        return CollectionReason(code, values)
    }
}

extension WorklistEntry {
    /// What to do, in a sentence.
    ///
    /// - Parameter currency: That of the book.
    package func reason(currency: Currency) -> CollectionReason {
        func amount(_ code: String, _ cents: Int64) -> CollectionReason {
            CollectionReason(code, ["amount": "\(cents)", "currency": currency.code])
        }
        func dated(_ code: String, _ date: CalendarDate) -> CollectionReason {
            CollectionReason(code, ["date": date.description])
        }
        switch action {
        case .declareClaim(let day): return dated("action_declare", day)
        case .askForRelief(let day): return dated("action_declare_late", day)
        case .callAboutPromise(let date, let cents):
            return CollectionReason(
                "action_call_promise",
                [
                    "date": date.description, "amount": "\(cents ?? max(0, amountDue))",
                    "currency": currency.code,
                ]
            )
        case .callAboutValue(let cents): return amount("action_call_value", cents)
        case .dun(let channel):
            return CollectionReason("action_\(channel.rawValue)", ["level": "\(level)"])
        case .settleDispute(let since): return dated("action_settle_dispute", since)
        case .allocate(let cents): return amount("action_allocate", cents)
        case .completeDates: return CollectionReason("action_review")
        case .wait(let until): return dated("action_wait", until)
        case .none: return CollectionReason("action_none")
        }
    }
}
