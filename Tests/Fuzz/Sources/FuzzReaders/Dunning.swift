// SPDX-License-Identifier: Apache-2.0

// Reads the input as scenarios of reminders; those that are sound plan and write the letters of a
// book with all that they may look at, twice the same.

import Collection
import CreditFacts
import Documents
import Quantities

private let day = CalendarDate(dayNumber: 20_000) ?? .first

/// Customers of both languages and several segments, with invoices that are more and less late.
private let book: CollectionBook = {
    var (customers, invoices) = ([CollectionCustomer](), [LedgerInvoice]())
    for place in 0..<12 {
        var customer = CollectionCustomer(key: "c\(place)", name: "Société & \(place) <b>")
        customer.language = place % 2 == 0 ? .french : .english
        customer.segment = ["", "key", "retail"][place % 3]
        customer.probability = place % 4 == 0 ? nil : Double(place) / 12
        customers.append(customer)
        for late in [-10, 0, 1, 6, 20, 45, 90, 400] {
            invoices.append(
                LedgerInvoice(
                    party: Int32(place),
                    reference: "F\(place)-\(late)",
                    issued: day.adding(days: -late - 30),
                    due: day.adding(days: -late),
                    cents: Int64(1 + place) * 12_345,
                    source: PaperReference(paper: 0, line: 1)
                )
            )
        }
    }
    return CollectionBook(customers: customers, invoices: invoices, credits: [])
}()

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_dunning")
func fuzzDunning(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let problems = ProblemList(file: "scenarios")
    guard let scenarios = DunningScenarios.read(json: bytes, problems) else {
        precondition(!problems.problems.isEmpty, "refused, and nothing said")
        return 0
    }
    let letters = CollectionReview(book, scenarios, on: day).plan().letters
    precondition(
        letters == CollectionReview(book, scenarios, on: day).plan().letters,
        "the same book has other letters"
    )
    for letter in letters {
        precondition(book.customers.indices.contains(letter.customer), "a letter to nobody")
        precondition(!letter.lines.isEmpty && letter.level >= 1, "a letter about nothing")
        let customer = book.customers[letter.customer]
        guard let written = WrittenLetter(letter, to: customer, from: "V & <i>") else { continue }
        precondition(!written.subject.contains("\n"), "a subject of two lines")
        precondition(!written.html.contains("<b>"), "a name is markup")
    }
    precondition(Set(letters.map(\.key)).count == letters.count, "two letters have one key")
    return 0
}
