// SPDX-License-Identifier: Apache-2.0

// Declarations as people send them: a text for each customer, and one file of all claims for
// spreadsheets, in the manner of each language.

internal import CreditFacts
internal import LegalHistory
internal import Quantities

extension ClaimDeclaration {
    /// The declaration as a text.
    ///
    /// - Parameter sender: The creditor.
    package func text(
        for customer: CollectionCustomer,
        from sender: String,
        in language: LetterLanguage
    ) -> String {
        let local = LocalText(language)
        func word(_ code: String, _ values: [String: String] = [:]) -> String {
            CollectionWords.text(code, values, language)
        }
        let name = LetterTextSafety.line(customer.name)
        let state = FactWords.text(proceedings.state.rawValue, inFrench: language == .french)
        var head = [
            word("claim_title"), "",
            word("claim_creditor", ["sender": LetterTextSafety.line(sender)]),
            customer.siren.map {
                word("claim_debtor_siren", ["customer": name, "siren": "\($0)"])
            } ?? word("claim_debtor", ["customer": name]),
            word(
                "claim_proceedings",
                ["state": state, "date": local.date(proceedings.frozenBefore)]
            ),
        ]
        if let published = proceedings.published {
            let notice = LetterTextSafety.line(proceedings.notice)
            head.append(
                word("claim_notice", ["notice": notice, "date": local.date(published)])
            )
        }
        head.append(timeText(local, word))
        var parts = [head.joined(separator: "\n"), list(local, word).text, sum(local, word).text]
        if hasUnknownInterest {
            let halves = CollectionWords.halfYears(unknownRates, language)
            parts.append(word("claim_unknown_interest", ["half_years": halves]))
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func timeText(
        _ local: LocalText,
        _ word: (String, [String: String]) -> String
    ) -> String {
        switch time {
        case .open(let day): word("claim_deadline", ["date": local.date(day)])
        case .relief(let day, let until):
            word("claim_deadline_over", ["date": local.date(day), "relief": local.date(until)])
        case .forfeited(let day): word("claim_deadline_gone", ["date": local.date(day)])
        case .notKnown: word("claim_deadline_unknown", [:])
        }
    }

    private func list(
        _ local: LocalText,
        _ word: (String, [String: String]) -> String
    ) -> LetterTable {
        var table = LetterTable([
            (word("letter_invoice", [:]), false), (word("letter_issued", [:]), false),
            (word("letter_due", [:]), false), (word("letter_amount", [:]), true),
            (word("claim_open", [:]), true), (word("claim_interest", [:]), true),
            (word("claim_state", [:]), false),
        ])
        for claim in claims {
            let code = claim.currency.code
            var states = [word(Self.stateCode(claim), [:])]
            if claim.isDisputed { states.append(word("claim_disputed", [:])) }
            if claim.paidSince > 0 {
                let amount = local.amount(claim.paidSince, code)
                states.append(word("claim_paid_since", ["amount": amount]))
            }
            table.append([
                claim.reference, claim.issued.map(local.date) ?? "",
                claim.due.map(local.date) ?? "", local.amount(claim.cents, code),
                local.amount(claim.principal, code),
                claim.interest.map { local.amount($0, code) }
                    ?? word("letter_unknown_interest", [:]),
                states.joined(separator: ", "),
            ])
        }
        for credit in credits {
            let kind = word(credit.isPayment ? "letter_payment" : "letter_credit_note", [:])
            let name = credit.reference.isEmpty ? kind : "\(kind) \(credit.reference)"
            let amount = local.amount(0 &- max(credit.cents, -.max), credit.currency.code)
            table.append([name, credit.date.map(local.date) ?? "", "", amount, amount, "", ""])
        }
        return table
    }

    private func sum(
        _ local: LocalText,
        _ word: (String, [String: String]) -> String
    ) -> LetterTable {
        var table = LetterTable([("", false), ("", true)])
        for total in totals {
            let rows: [(String, Int64)] = [
                ("claim_total_due", total.due), ("claim_total_not_due", total.notDue),
                ("claim_total_credits", 0 &- max(total.credits, -.max)),
                ("claim_total_interest", total.interest), ("claim_total", total.total),
            ]
            for (code, cents) in rows where cents != 0 || code == "claim_total" {
                table.append([word(code, [:]), local.amount(cents, total.currency.code)])
            }
        }
        return table
    }

    private static func stateCode(_ claim: DeclaredClaim) -> String {
        claim.wasDue.map { $0 ? "claim_due" : "claim_not_due" } ?? "claim_due_unknown"
    }

    // MARK: The file

    /// Claims as delimited text with a header, one line an invoice, credits as negative amounts.
    /// French has semicolons and decimal commas, as spreadsheets there read it. Dates are
    /// YYYY-MM-DD.
    package static func file(
        _ declarations: [ClaimDeclaration],
        of book: CollectionBook,
        in language: LetterLanguage
    ) -> String {
        let mark: Character = language == .french ? ";" : ","
        let headings = [
            "csv_customer", "csv_name", "csv_siren", "csv_state", "csv_opened", "csv_published",
            "csv_notice", "csv_deadline", "letter_invoice", "letter_issued", "letter_due",
            "claim_state", "letter_amount", "claim_open", "claim_interest", "csv_currency",
            "csv_disputed", "csv_paid_since",
        ].map { LetterTextSafety.cell(CollectionWords.text($0, [:], language), mark) }
        var lines = [headings]
        for declaration in declarations {
            let customer = book.customers[declaration.customer]
            let head = declaration.headCells(customer, mark, language)
            for claim in declaration.claims {
                lines.append(head + Self.cells(claim, mark, language))
            }
            for credit in declaration.credits {
                let cents = Self.decimal(0 &- max(credit.cents, -.max), language)
                let kind = credit.isPayment ? "letter_payment" : "letter_credit_note"
                let state = CollectionWords.text(kind, [:], language)
                lines.append(
                    head + [
                        LetterTextSafety.foreignCell(credit.reference, mark),
                        credit.date?.description ?? "", "", LetterTextSafety.cell(state, mark),
                        cents, cents, "", credit.currency.code, "", "",
                    ]
                )
            }
        }
        return lines.map { $0.joined(separator: String(mark)) + "\r\n" }.joined()
    }

    private func headCells(
        _ customer: CollectionCustomer,
        _ mark: Character,
        _ language: LetterLanguage
    ) -> [String] {
        let state = FactWords.text(proceedings.state.rawValue, inFrench: language == .french)
        return [
            LetterTextSafety.foreignCell(customer.key, mark),
            LetterTextSafety.foreignCell(customer.name, mark),
            customer.siren.map { "\($0)" } ?? "", LetterTextSafety.cell(state, mark),
            proceedings.frozenBefore.description, proceedings.published?.description ?? "",
            LetterTextSafety.foreignCell(proceedings.notice, mark), deadline?.description ?? "",
        ]
    }

    private static func cells(
        _ claim: DeclaredClaim,
        _ mark: Character,
        _ language: LetterLanguage
    ) -> [String] {
        func word(_ code: String) -> String {
            LetterTextSafety.cell(CollectionWords.text(code, [:], language), mark)
        }
        return [
            LetterTextSafety.foreignCell(claim.reference, mark), claim.issued?.description ?? "",
            claim.due?.description ?? "", word(stateCode(claim)), decimal(claim.cents, language),
            decimal(claim.principal, language),
            claim.interest.map { decimal($0, language) } ?? "", claim.currency.code,
            word(claim.isDisputed ? "yes" : "no"), decimal(claim.paidSince, language),
        ]
    }

    private static func decimal(_ cents: Int64, _ language: LetterLanguage) -> String {
        let text = CentsText.text(cents)
        return language == .french ? text.split(separator: ".").joined(separator: ",") : text
    }
}
