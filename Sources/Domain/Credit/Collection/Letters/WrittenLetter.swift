// SPDX-License-Identifier: Apache-2.0

// A letter in words: the texts of its level, filled in, around the list of invoices, each with what
// is open of it.

internal import Documents
internal import Quantities

/// A letter as it is sent.
package struct WrittenLetter: Sendable, Hashable {
    /// The subject; one line.
    package let subject: String
    /// All of it as plain text.
    package let text: String
    /// All of it as a document of HTML, without anything from elsewhere.
    package let html: String

    /// Writes a letter.
    ///
    /// - Parameters:
    ///   - customer: Whom it is to.
    ///   - sender: Who writes.
    /// - Returns: nil for what nothing is written for.
    package init?(_ letter: DunningLetter, to customer: CollectionCustomer, from sender: String) {
        let level = letter.settings
        guard level.channel.isWritten else { return nil }
        let writer = LetterText.Writer(letter, customer, sender)
        let language = customer.language
        subject = LetterTextSafety.line(writer.filled(level.subject[language]))
        let (opening, closing) = (
            writer.filled(level.opening[language]), writer.filled(level.closing[language])
        )
        let (list, totals) = (writer.list, writer.totals)
        let note = letter.hasUnknownInterest ? writer.unknownNote : nil
        var parts = [opening, list.text, totals.text]
        if let note { parts.append(note) }
        text = (parts + [closing]).joined(separator: "\n\n") + "\n"
        let marked =
            [Self.paragraphs(opening), list.html, totals.html]
            + (note.map { [Self.paragraphs($0)] } ?? []) + [Self.paragraphs(closing)]
        html = """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head><meta charset="utf-8"><title>\(LetterTextSafety.html(subject))</title></head>
            <body>
            \(marked.joined(separator: "\n"))
            </body>
            </html>

            """
    }

    /// Paragraphs of a text, which stand apart by an empty line.
    private static func paragraphs(_ text: String) -> String {
        var paragraphs: [[Substring]] = [[]]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                paragraphs.append([])
            } else {
                paragraphs[paragraphs.count - 1].append(line)
            }
        }
        return paragraphs.filter { !$0.isEmpty }.map { lines in
            let marked = lines.map { LetterTextSafety.html(String($0)) }
            return "<p>\(marked.joined(separator: "<br>\n"))</p>"
        }.joined(separator: "\n")
    }
}

extension LetterText {
    /// What stands in one letter.
    fileprivate struct Writer {
        private let letter: DunningLetter
        private let language: LetterLanguage
        private let values: [String: String]

        init(_ letter: DunningLetter, _ customer: CollectionCustomer, _ sender: String) {
            (self.letter, language) = (letter, customer.language)
            values = Self.values(letter, customer, sender)
        }

        func word(_ code: String) -> String { CollectionWords.text(code, [:], language) }

        /// That interest is not all there, and for which half-years.
        var unknownNote: String {
            let halves = CollectionWords.halfYears(letter.unknownRates, language)
            return CollectionWords.text("letter_unknown_note", ["half_years": halves], language)
        }

        func filled(_ text: PlacedText) -> String { text.filled(values) }

        private static func values(
            _ letter: DunningLetter,
            _ customer: CollectionCustomer,
            _ sender: String
        ) -> [String: String] {
            let (language, local) = (customer.language, LocalText(customer.language))
            func sum(_ part: (DunningTotal) -> Int64) -> String {
                let parts = letter.totals.filter { part($0) != 0 }
                let told = parts.isEmpty ? Array(letter.totals.prefix(1)) : parts
                return told.map { local.amount(part($0), $0.currency.code) }
                    .joined(separator: " + ")
            }
            let late = letter.lines.filter { !$0.isInformation }
            let unknown = CollectionWords.text("letter_unknown_interest", [:], language)
            let values: [LetterPlace: String] = [
                .customer: LetterTextSafety.line(customer.name),
                .sender: LetterTextSafety.line(sender), .date: local.date(letter.day),
                .level: letter.settings.name[language].source, .count: "\(late.count)",
                .days: "\(late.map(\.daysLate).max() ?? 0)", .principal: sum(\.principal),
                .interest: letter.hasUnknownInterest ? unknown : sum(\.interest),
                .indemnity: sum(\.indemnity), .fee: sum(\.fee), .total: sum(\.total),
                .deadline: local.date(letter.deadline),
            ]
            return Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })
        }

        /// The invoices and credits.
        var list: LetterTable {
            let local = LocalText(language)
            let hasInterest = letter.settings.claimsInterest
            var table = LetterTable(
                [
                    (word("letter_invoice"), false), (word("letter_issued"), false),
                    (word("letter_due"), false), (word("letter_amount"), true),
                    (word("letter_open"), true), (word("letter_days"), true),
                ] + (hasInterest ? [(word("letter_interest"), true)] : [])
            )
            for line in letter.lines {
                let days = line.isInformation ? word("letter_not_due") : "\(line.daysLate)"
                let interest = line.interest.map { local.amount($0, line.currency.code) }
                table.append(
                    [
                        line.reference, line.issued.map(local.date) ?? "",
                        line.due.map(local.date) ?? "",
                        local.amount(line.cents, line.currency.code),
                        local.amount(line.open, line.currency.code), days,
                    ] + (hasInterest ? [interest ?? word("letter_unknown_interest")] : [])
                )
            }
            for credit in letter.credits {
                let kind = word(credit.isPayment ? "letter_payment" : "letter_credit_note")
                let name = credit.reference.isEmpty ? kind : "\(kind) \(credit.reference)"
                let cents = local.amount(0 &- max(credit.cents, -.max), credit.currency.code)
                table.append(
                    [name, credit.date.map(local.date) ?? "", "", cents, cents, ""]
                        + (hasInterest ? [""] : [])
                )
            }
            return table
        }

        /// What it comes to.
        var totals: LetterTable {
            let local = LocalText(language)
            var table = LetterTable([("", false), ("", true)])
            for total in letter.totals {
                func row(_ code: String, _ cents: Int64) {
                    table.append([word(code), local.amount(cents, total.currency.code)])
                }
                row("letter_principal", total.principal)
                if total.interest != 0 { row("letter_total_interest", total.interest) }
                if total.indemnity != 0 { row("letter_total_indemnity", total.indemnity) }
                if total.fee != 0 { row("letter_total_fee", total.fee) }
                row("letter_total", total.total)
            }
            return table
        }
    }
}
