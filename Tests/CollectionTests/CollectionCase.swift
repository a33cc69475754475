// SPDX-License-Identifier: Apache-2.0

// Cases made of public reports, and what tests of collection are made with.

import Collection
import CreditFacts
import Documents
import Foundation
import LegalHistory
import Quantities
import Testing

enum CollectionCase {
    /// Input and what is expected of a case.
    static func read(_ name: String) throws -> (input: DocumentNode, expected: DocumentNode) {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Cases")
        )
        let bytes = Array(try Data(contentsOf: url))
        let root = DocumentNode(value: try DocumentValue(json: bytes, depthLimit: 16))
        return (try root.member("input"), try root.member("expected"))
    }
}

/// A day as it is written.
func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .first }

/// An invoice with what was paid for it, each payment on a day; amounts in cents.
func invoice(
    _ reference: String,
    of party: Int = 0,
    _ cents: Int64,
    due: String?,
    issued: String? = nil,
    paid: [(String, Int64)] = []
) -> LedgerInvoice {
    var invoice = LedgerInvoice(
        party: Int32(party),
        reference: reference,
        issued: issued.flatMap { CalendarDate($0) },
        due: due.flatMap { CalendarDate($0) },
        cents: cents,
        source: PaperReference(paper: 0, line: 1)
    )
    for (date, cents) in paid {
        invoice.payments.append(InvoicePayment(date: day(date), cents: cents))
        invoice.open -= cents
    }
    return invoice
}

/// Reorganisation of a customer that was opened and published.
func proceedings(opened: String, published: String, on asOf: String) -> OpenProceedings? {
    guard let siren = try? SIREN("732829320") else { return nil }
    let event = LegalEvent(
        siren: siren,
        kind: .reorganisationOpened,
        proceeding: .reorganisation,
        decided: day(opened),
        published: day(published),
        notice: "A20260201",
        source: PaperReference(paper: 0, line: 1)
    )
    return OpenProceedings(LegalHistory([event]).status(on: day(asOf)))
}

/// Scenarios with these levels, by their first days.
func scenarios(
    _ days: [Int] = [6, 31, 61],
    _ more: String = "",
    levels: String = ""
) throws -> DunningScenarios {
    let texts = #"{"fr": "{customer} {total}", "en": "{customer} {total}"}"#
    let written = days.map {
        """
        {"name": {"fr": "Niveau", "en": "Level"}, "from_days": \($0), "channel": "letter",
         "subject": \(texts), "opening": \(texts), "closing": \(texts)\(levels)}
        """
    }
    let document = """
        {"format": "vigie-dunning-scenarios/1", "version": "1", "scenarios": [
         {"name": "usual"\(more), "levels": [\(written.joined(separator: ","))]}]}
        """
    let problems = ProblemList(file: "scenarios")
    let read = DunningScenarios.read(json: Array(document.utf8), problems)
    return try #require(read, "\(problems.problems)")
}

/// A book of one customer.
func book(
    _ invoices: [LedgerInvoice],
    _ credits: [UnallocatedCredit] = [],
    change: (inout CollectionCustomer) -> Void = { _ in }
) -> CollectionBook {
    var customer = CollectionCustomer(key: "C1", name: "Durand")
    customer.probability = 0.1
    change(&customer)
    return CollectionBook(customers: [customer], invoices: invoices, credits: credits)
}
