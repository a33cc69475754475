// SPDX-License-Identifier: Apache-2.0

// `vigie worklist examples`: what payment forecasts are trained on, out of customers' ledgers.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CompanyPapers
internal import CreditFacts
internal import Documents
internal import PaymentForecast
internal import Quantities
internal import VigieLimits

/// Writes the examples of ledgers as a table. Needs no server.
struct WorklistExamplesCommand: PaperCommand {
    static let configuration = CommandConfiguration(
        commandName: "examples",
        abstract: "Writes what payment forecasts are trained on, out of customers' ledgers.",
        discussion: """
            One line (CSV) for each invoice that was open on a day: what was known of it and of \
            its customer then, and when it was paid. `python -m vigie_training payments` makes a \
            model of it. The figures are those that a server computes when it forecasts.

            EXAMPLE
              vigie worklist examples ledger.csv --every 7 > examples.csv
            """
    )

    @OptionGroup var options: PaperOptions

    @Option(help: "Days from one day that is looked at to the next.")
    var every = 7

    @Option(help: "The last day that the ledger speaks of, as YYYY-MM-DD; else the last in it.")
    var until: String?

    func validate() throws {
        guard (1...366).contains(every) else {
            throw ValidationError("--every is 1 to 366 days")
        }
        if let until, CalendarDate(until) == nil {
            throw ValidationError("'\(until)' is no day; write YYYY-MM-DD")
        }
    }

    func write(_ stack: PaperStack, _ language: Language, to sink: ByteSink) throws {
        var customers = LedgerCustomers()
        for ledger in stack.ledgers { customers.add(ledger) }
        let invoices = customers.invoices
        let first = invoices.compactMap(\.issued).min()
        let last = until.flatMap { CalendarDate($0) } ?? PaymentExamples.lastDay(invoices)
        guard let first, let last else {
            throw CommandFailure(.badInput, "no ledger of customers with days in the papers")
        }
        let days = last.days(since: first)
        // A mistyped year makes a line a week of thousands of years.
        guard days <= PolicyLimits.days else {
            throw CommandFailure(
                .badInput,
                "the ledger goes from \(first) to \(last), which is \(grouped(days)) days; "
                    + "\(grouped(PolicyLimits.days)) are looked at (days)",
                hint: "mend the dates that are wrong, or say the last day with --until"
            )
        }
        let segments = [Int32](repeating: 0, count: customers.keys.count)
        let examples = PaymentExamples(invoices, segments: segments, until: last)
        sink.write(
            "as_of,customer,invoice,past_due_days,paid_after_days,known_for_days,"
                + "own_mean_days,usual_days,"
                + PaymentFeatures.names.joined(separator: ",") + "\n"
        )
        for offset in Swift.stride(from: every, to: days, by: every) {
            guard let day = first.adding(days: offset) else { continue }
            try examples.examples(of: day) { example in
                let invoice = invoices[example.place]
                var cells = [
                    "\(day)", Self.cell(customers.keys[Int(invoice.party)]),
                    Self.cell(invoice.reference), "\(example.daysPastDue)",
                    example.paidAfterDays.map { "\($0)" } ?? "", "\(example.knownForDays)",
                    Self.cell(example.ownMeanDays), Self.cell(example.usualDays),
                ]
                cells += example.figures.map { Self.cell($0) }
                sink.write(cells.joined(separator: ",") + "\n")
                try sink.flushIfFull()
            }
        }
    }

    private static func cell(_ number: Double) -> String { number.isNaN ? "" : "\(number)" }

    private static func cell(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 < 0x20 }
        guard needsQuotes else { return text }
        return "\""
            + text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}

/// The customers of several ledgers: one of the same number, or else key, is the same.
private struct LedgerCustomers {
    private(set) var keys: [String] = []
    private(set) var invoices: [LedgerInvoice] = []
    private var places: [String: Int32] = [:]

    mutating func add(_ ledger: PartyLedger) {
        var own: [Int32] = []
        for party in ledger.parties {
            let key = party.siren?.description ?? party.key
            let place = places[key] ?? Int32(keys.count)
            if places.updateValue(place, forKey: key) == nil { keys.append(key) }
            own.append(place)
        }
        for var invoice in ledger.invoices where own.indices.contains(Int(invoice.party)) {
            invoice.party = own[Int(invoice.party)]
            invoices.append(invoice)
        }
    }
}
