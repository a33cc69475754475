// SPDX-License-Identifier: Apache-2.0

// Worklists and letters for people, and as JSON.

internal import CommandFiles
internal import CommandTables
internal import Documents
internal import VigieClient

/// Worklists and letters as text and as JSON.
enum WorklistText {
    static func text(_ list: Worklist, _ terminal: Terminal) -> String {
        var text = table(list.entries, terminal)
        if !list.others.isEmpty { text += "\n" + table(list.others, terminal) }
        let left = list.entryCount - list.entries.count + list.otherCount - list.others.count
        return text + (left > 0 ? "\(grouped(left)) more are not told\n" : "")
    }

    private static func table(_ customers: [WorklistCustomer], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("company", .left), ("name", .left), ("due", .right), ("at risk", .right),
                ("days", .right), ("level", .right), ("next", .left),
            ],
            rows: customers.map { customer in
                let reason = customer.reasons.first.map { " (\($0.text))" } ?? ""
                return [
                    word(customer.company), customer.name, amount(customer.amountDueCents),
                    amount(customer.valueAtRiskCents), "\(customer.oldestDays)",
                    "\(customer.level)", customer.action.text + reason,
                ].map { escaped($0) }
            },
            terminal: terminal
        )
    }

    static func text(_ letter: DunningLetter) -> String {
        let head = "\(letter.name), level \(letter.level), \(letter.channel)"
        let total = "\(amount(letter.totalCents)) \(letter.currency)"
        let lines = letter.text.split(separator: "\n", omittingEmptySubsequences: false)
        let body = lines.map { escaped(String($0)) }.joined(separator: "\n")
        return "=== \(escaped(head)): \(escaped(total))\n\(escaped(letter.subject))\n\n\(body)\n"
    }

    static func writeJSON(_ list: Worklist, to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.object {
            writer.text("as_of_date", list.asOf)
            writer.integer("entry_count", list.entryCount)
            writer.integer("other_count", list.otherCount)
            writer.list("entries") { for entry in list.entries { write(entry, writer) } }
            writer.list("others") { for entry in list.others { write(entry, writer) } }
        }
        sink.write("\n")
    }

    private static func write(_ customer: WorklistCustomer, _ writer: JSONWriter) {
        writer.object {
            writer.text("company", word(customer.company))
            writer.text("name", customer.name)
            writer.integer("level", customer.level)
            writer.integer("amount_due_cents", Int(customer.amountDueCents))
            writer.integer("value_at_risk_cents", Int(customer.valueAtRiskCents))
            writer.integer("open_cents", Int(customer.openCents))
            writer.integer("oldest_days", customer.oldestDays)
            writer.text("action", customer.action.code)
            writer.text("action_text", customer.action.text)
            writer.list("reasons") {
                for reason in customer.reasons {
                    writer.object {
                        writer.text("code", reason.code)
                        writer.text("text", reason.text)
                    }
                }
            }
        }
    }

    private static func word(_ company: CompanyIdentifier) -> String {
        switch company {
        case .siren(let text): "siren:\(text)"
        case .lei(let text): "lei:\(text)"
        case .own(let text): "own:\(text)"
        }
    }

    private static func amount(_ cents: Int64) -> String {
        let (whole, rest) = cents.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(cents < 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
