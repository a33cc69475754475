// SPDX-License-Identifier: Apache-2.0

// Declarations of claims: what arose before the judgment, as it was on its day.

import Collection
import CreditFacts
import Quantities
import Testing

@Suite struct ClaimTests {
    private let invoices = [
        invoice("F1", 100_000, due: "2025-09-03", issued: "2025-08-03"),
        invoice(
            "F2",
            60_000,
            due: "2025-12-20",
            issued: "2025-10-20",
            paid: [("2025-11-20", 10_000)]
        ), invoice("F3", 5_000, due: nil), invoice("F4", 70_000, due: "2025-12-01"),
        invoice("NEW", 9_000, due: "2025-12-03", issued: "2025-11-03"),
        invoice("AV", -2_500, due: nil, issued: "2025-10-01"),
        invoice("PAID", 4_000, due: "2025-09-03", paid: [("2025-12-01", 4_000)]),
    ]

    private func review(
        on asOf: String = "2026-01-15",
        name: String = "Durand; Fils",
        change: (inout CollectionCustomer) -> Void = { _ in }
    ) throws -> CollectionReview {
        var invoices = invoices
        invoices[3].issued = day("2025-10-30")
        invoices[3].disputes = [InvoiceDispute(opened: day("2025-11-15"))]
        invoices[6].issued = day("2025-08-04")
        let money = UnallocatedCredit(
            party: 0,
            date: day("2025-10-31"),
            cents: 1_500,
            isPayment: true,
            source: PaperReference(paper: 0, line: 1)
        )
        let book = book(invoices, [money]) { customer in
            customer.name = name
            customer.proceedings = proceedings(
                opened: "2025-11-03",
                published: "2025-11-16",
                on: asOf
            )
            change(&customer)
        }
        return CollectionReview(book, try scenarios(), on: day(asOf))
    }

    @Test func whatAroseBeforeIsDeclaredAsItWas() throws {
        let declaration = try #require(try review().declarations().first)
        #expect(declaration.claims.map(\.reference) == ["F3", "F1", "F2", "F4"])
        #expect(declaration.claims.map(\.principal) == [5_000, 100_000, 60_000, 70_000])
        #expect(declaration.claims.map(\.wasDue) == [nil, true, false, false])
        #expect(declaration.claims.map(\.paidSince) == [0, 0, 10_000, 0])
        #expect(declaration.claims.map(\.isDisputed) == [false, false, false, true])
        // 61 days of 12.15 %, and nothing after the judgment; none without a due date.
        #expect(declaration.claims.map(\.interest) == [nil, 2_031, 0, 0])
        #expect(declaration.hasUnknownInterest)
        #expect(declaration.credits.map(\.cents) == [2_500, 1_500])
        let total = try #require(declaration.totals.first)
        #expect(total.due == 105_000 && total.notDue == 130_000 && total.credits == 4_000)
        #expect(total.total == 105_000 + 130_000 - 4_000 + 2_031)
    }

    @Test func theTimeIsTwoMonthsFromTheNotice() throws {
        func time(_ asOf: String, abroad: Bool = false) throws -> DeclarationTime? {
            try review(on: asOf).declarations(isCreditorAbroad: abroad).first?.time
        }
        let (near, far) = (day("2026-01-16"), day("2026-03-16"))
        #expect(try time("2026-01-16") == .open(until: near))
        #expect(try time("2026-01-17") == .relief(deadline: near, until: day("2026-05-16")))
        #expect(try time("2026-05-17") == .forfeited(deadline: near))
        #expect(try time("2026-03-16", abroad: true) == .open(until: far))
        #expect(
            try time("2026-03-17", abroad: true) == .relief(deadline: far, until: day("2026-05-16"))
        )
        #expect(try time("2025-11-15") == nil, "nobody knew of the opening")
        #expect(try review { $0.isClaimDeclared = true }.declarations().isEmpty)
    }

    @Test func itsTextIsInBothLanguages() throws {
        let review = try review()
        let declaration = try #require(review.declarations().first)
        let french = declaration.text(
            for: review.book.customers[0],
            from: "Vigie SARL",
            in: .french
        )
        for words in [
            "Déclaration de créance", "Créancier : Vigie SARL", "Débiteur : Durand; Fils",
            "redressement, observation, jugement d'ouverture du 3 novembre 2025",
            "annonce A20260201 du 16 novembre 2025",
            "Date limite de déclaration : 16 janvier 2026", "à échoir, contestée",
            "à échoir, payé depuis : 100,00\u{A0}€", "échéance inconnue",
            "2\u{202F}330,31\u{A0}€", "restent à calculer",
        ] { #expect(french.contains(words), "\(words) is not in \(french)") }
        let english = declaration.text(
            for: review.book.customers[0],
            from: "Vigie SARL",
            in: .english
        )
        #expect(english.contains("Last day to declare: 16 January 2026"))
        #expect(english.contains("not due yet, disputed") && english.contains("€2,330.31"))
    }

    @Test func theFileIsForSpreadsheetsAndHoldsNoFormula() throws {
        let review = try review(name: "=HYPERLINK(\"http://x\");\n1")
        let declarations = review.declarations()
        let french = ClaimDeclaration.file(declarations, of: review.book, in: .french)
        let lines = french.split(separator: "\r\n")
        #expect(lines.count == 1 + 4 + 2 && lines[0].hasPrefix("Client;Raison sociale;SIREN;"))
        #expect(
            lines[2].hasPrefix(
                "C1;\"'=HYPERLINK(\"\"http://x\"\"); 1\";;redressement, observation;"
            )
        )
        #expect(lines[2].contains(";F1;2025-08-03;2025-09-03;échue;1000,00;1000,00;20,31;EUR;non;"))
        #expect(lines[5].contains(";AV;2025-10-01;;Avoir;-25,00;-25,00;;EUR;;"))
        let english = ClaimDeclaration.file(declarations, of: review.book, in: .english)
        let cells = english.split(separator: "\r\n")[2]
        #expect(cells.contains(",F1,2025-08-03,2025-09-03,due,1000.00,1000.00,20.31,EUR,no,0.00"))
        #expect(cells.contains("\"reorganisation, observation\""))
    }
}
