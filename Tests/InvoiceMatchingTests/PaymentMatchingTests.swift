// SPDX-License-Identifier: Apache-2.0

// Which invoices a movement pays: what says so, and what does not.

import CreditFacts
import InvoiceMatching
import Quantities
import Testing

@Suite struct PaymentMatchingTests {
    private func company() throws -> Company {
        var company = try Company()
        company.invoice("F2025-0101", "2025-10-01", 120_000)
        company.invoice("F2025-0102", "2025-10-02", 100_000)
        company.invoice("F2025-0103", "2025-10-03", 120_000, to: 1)
        return company
    }

    private func open(_ company: Company) -> [Int64] {
        company.ledger.customers.invoices.map(\.open)
    }

    @Test(arguments: [
        "F2025-0101", "Facture F2025-0101", "facture:f2025-0101.", "VIR /MOTIF F2025-0101/REF 7",
        "F2025-0101;F2025-9999", "(F2025-0101)", "N°F2025-0101",
    ])
    func wholeNumbers(text: String) throws {
        var company = try company()
        company.movement(120_000, "2025-11-02", text)
        #expect(
            open(company)
                == (text.hasPrefix("N°") ? [120_000, 100_000, 120_000] : [0, 100_000, 120_000])
        )
    }

    @Test(arguments: [
        "", "F2025-01011", "XF2025-0101", "F2025-0101-2", "2-F2025-0101", "F2025 0101", "F2025-010",
        "0101", "merci",
    ])
    func nothingElse(text: String) throws {
        var company = try company()
        company.movement(120_000, "2025-11-02", text)
        #expect(open(company) == [120_000, 100_000, 120_000])
        #expect(company.ledger.unmatched.count == 1)
        #expect(company.ledger.findings.counts == [.paymentUnmatched: 1])
    }

    /// A number is the longest that there is, and one that is cut over two lines is put together.
    @Test func numbersWithinNumbers() throws {
        var company = try Company()
        company.invoice("F2025-01", "2025-10-01", 1_000)
        company.invoice("F2025-01-2", "2025-10-01", 1_000)
        company.movement(1_000, "2025-11-02", "F2025-01-2")
        #expect(open(company) == [1_000, 0])
        company.movement(400, "2025-11-03") { $0.texts = ["Facture F20", "25-01"] }
        #expect(open(company) == [600, 0])
    }

    /// Short numbers stand in any text: they count with their exact amount only.
    @Test func shortNumbers() throws {
        var company = try Company()
        company.invoice("2025", "2025-10-01", 1_000)
        company.invoice("F7", "2025-10-01", 2_000)
        company.movement(900, "2025-11-02", "loyer 2025")
        company.movement(1_900, "2025-11-02", "F7")
        #expect(open(company) == [1_000, 2_000])
        company.movement(1_000, "2025-11-02", "2025")
        company.movement(2_000, "2025-11-02", "F7")
        #expect(open(company) == [0, 0])
    }

    @Test func structuredReferencesComeFirst() throws {
        var company = try company()
        company.movement(220_000, "2025-11-02", "F2025-0103") {
            $0.documents = [
                .init(number: "F2025-0101", cents: 90_000),
                .init(number: "F2025-0102", cents: 100_000),
            ]
        }
        #expect(open(company) == [30_000, 0, 120_000])
        #expect(company.ledger.customers.left == [30_000])
        var other = try self.company()
        other.papers.invoices[1].paymentReference = "RF18539007547034"
        other.movement(100_000, "2025-11-02") { $0.creditorReference = "RF18539007547034" }
        other.movement(120_000, "2025-11-02") { $0.endToEnd = "F2025-0103" }
        #expect(open(other) == [120_000, 0, 0])
    }

    @Test func severalInvoicesAndParts() throws {
        var company = try company()
        company.movement(150_000, "2025-11-02", "F2025-0102 F2025-0101")
        #expect(open(company) == [0, 70_000, 120_000])
        company.movement(80_000, "2025-11-12", "solde F2025-0102")
        #expect(open(company) == [0, 0, 120_000])
        #expect(company.ledger.customers.left == [10_000])
    }

    /// The bank kept 26 of what the customer paid.
    @Test func charges() throws {
        var company = try company()
        company.movement(97_400, "2025-11-02", "F2025-0102") { $0.charges = 2_600 }
        #expect(open(company) == [120_000, 0, 120_000])
    }

    /// The exact amount says something only of a customer whose account is known.
    @Test func amountsOfKnownAccounts() throws {
        var company = try company()
        company.movement(120_000, "2025-11-02", from: "FR1")
        #expect(company.ledger.unmatched.count == 1)
        // Known from a later payment too.
        company.movement(100_000, "2025-11-09", "F2025-0102", from: "FR1")
        #expect(open(company) == [0, 0, 120_000] && company.ledger.unmatched.isEmpty)
        // Not exact: the money is the customer's, and no invoice's.
        company.movement(777, "2025-11-10", from: "FR1")
        #expect(company.ledger.customers.left == [777])
        // An account of two customers says nothing.
        company.movement(5, "2025-11-11", "F2025-0103", from: "FR1")
        #expect(open(company)[0] == 120_000)
        // Known beside.
        company.papers.accounts["FR9"] = try SIREN("999100035")
        company.movement(119_995, "2025-11-12", from: "FR9")
        #expect(open(company)[2] == 0)
    }

    @Test func twoThatFitAreOneTooMany() throws {
        var company = try Company()
        company.invoice("F2025-0101", "2025-10-01", 500)
        company.invoice("F2025-0102", "2025-10-01", 500) { $0.payerAccount = "FR 1" }
        company.movement(500, "2025-11-02", from: "FR1")
        let ledger = company.ledger
        #expect(ledger.customers.invoices.map(\.open) == [500, 500])
        #expect(ledger.customers.left == [500])
        #expect(ledger.findings.counts == [.paymentAmbiguous: 1])
    }

    @Test func oneNumberOfTwoSuppliers() throws {
        var company = try Company()
        company.invoice("FAC-0001", "2025-10-01", 500, isPurchase: true)
        company.invoice("FAC-0001", "2025-10-01", 600, to: 1, isPurchase: true)
        company.movement(-700, "2025-11-02", "FAC-0001")
        #expect(company.ledger.suppliers.invoices.map(\.open) == [500, 600])
        #expect(company.ledger.unmatched.count == 1)
        company.movement(-600, "2025-11-02", "FAC-0001")
        company.movement(-300, "2025-11-02", "FAC-0001") { $0.party = "client 0" }
        #expect(company.ledger.suppliers.invoices.map(\.open) == [200, 0])
    }

    // MARK: Money that goes back

    @Test func aReturnOpensTheInvoiceAgain() throws {
        var company = try company()
        company.movement(120_000, "2025-11-01", "F2025-0101", from: "FR1")
        company.movement(-120_000, "2025-11-05", "Rejet F2025-0101") { $0.isReturn = true }
        #expect(company.ledger.lines[0] == "F2025-0101 120000 120000@2025-11-01<2025-11-05")
        company.movement(120_000, "2025-11-20", "F2025-0101")
        #expect(
            company.ledger.lines[0]
                == "F2025-0101 0 120000@2025-11-01<2025-11-05 120000@2025-11-20"
        )
        // By its account and amount.
        company.movement(-120_000, "2025-11-25", from: "FR1") { $0.isReversal = true }
        #expect(open(company)[0] == 120_000)
        // A part.
        company.movement(100_000, "2025-11-26", "F2025-0102")
        company.movement(-30_000, "2025-11-27", "F2025-0102") { $0.isReturn = true }
        #expect(open(company)[1] == 30_000)
    }

    @Test func aReturnThatNothingMarks() throws {
        var company = try company()
        company.movement(120_000, "2025-11-01", "F2025-0101")
        company.movement(-50_000, "2025-11-05", "F2025-0101")
        #expect(open(company)[0] == 0 && company.ledger.unmatched.count == 1)
        company.movement(-120_000, "2025-11-05", "F2025-0101")
        #expect(open(company)[0] == 120_000 && company.ledger.unmatched.count == 1)
    }

    // MARK: Told twice

    @Test func theBankAndTheMessageAreOnePayment() throws {
        var company = try company()
        company.movement(120_000, "2025-11-03", "F2025-0101")
        company.status(.paid, "F2025-0101", "2025-11-04", cents: 120_000, on: "2025-11-02")
        #expect(company.ledger.lines[0] == "F2025-0101 0 120000@2025-11-03")
        #expect(company.ledger.findings.counts.isEmpty)
        // Another one is too much.
        company.status(.paid, "F2025-0101", "2025-11-04", cents: 120_000, on: "2025-11-02")
        #expect(company.ledger.findings.counts == [.paidTwice: 1])
    }

    @Test func theMessageSaysWhatMoneyWasFor() throws {
        var company = try company()
        company.papers.accounts["FR1"] = try SIREN("999100027")
        company.movement(40_000, "2025-11-03", from: "FR1")
        company.status(.paid, "F2025-0101", "2025-11-04", cents: 40_000, on: "2025-11-02")
        #expect(company.ledger.lines[0] == "F2025-0101 80000 40000@2025-11-03")
        #expect(company.ledger.customers.left == [])
    }

    @Test func twoStatementsTellOfOneMovement() throws {
        var company = try company()
        company.movement(50_000, "2025-11-03", "F2025-0101")
        company.movement(50_000, "2025-11-03", "F2025-0101")
        company.movement(50_000, "2025-11-03", "F2025-0101", isNew: true)
        #expect(company.ledger.lines[0] == "F2025-0101 20000 50000@2025-11-03 50000@2025-11-03")
        #expect(company.ledger.findings.counts == [.transactionTwice: 1])
        // The one with more detail counts.
        var other = try self.company()
        other.movement(220_000, "2025-11-03") { $0.reference = "E1" }
        other.movement(120_000, "2025-11-03", "F2025-0101", isNew: true) { $0.reference = "E1" }
        other.movement(100_000, "2025-11-03", "F2025-0102") {
            $0.reference = "E1"
            $0.entry = 0
        }
        #expect(open(other) == [0, 0, 120_000] && other.ledger.unmatched.isEmpty)
    }

    // MARK: Anything

    /// Nothing traps, no money is made or lost, and nothing is paid beyond what it is.
    @Test func anyPapers() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var company = try Company()
            let amounts: [Int64] = [0, 1, 500, 700, .max, .min, -5, .max - 1]
            let day = { "2025-1\(Int.random(in: 0...2))-1\(Int.random(in: 0...9))" }
            for number in 0..<6 {
                company.invoice(
                    "FAC-\(number % 4)",
                    day(),
                    amounts.randomElement() ?? 0,
                    to: number % 2,
                    kind: [.invoice, .credit, .corrected].randomElement(using: &random) ?? .invoice,
                    of: ("FAC-\(Int.random(in: 0...4))", nil),
                    isPurchase: number == 5
                ) { $0.total = 0 }
            }
            for _ in 0..<8 {
                company.movement(
                    amounts.randomElement() ?? 0,
                    day(),
                    "FAC-\(Int.random(in: 0...4))",
                    from: ["", "FR1", "FR2"].randomElement() ?? ""
                ) {
                    $0.isReturn = Bool.random()
                    $0.charges = amounts.randomElement() ?? 0
                }
                let effects: [InvoiceStatusEffect] = [.void, .filed, .disputed, .promised, .paid]
                company.status(
                    effects.randomElement() ?? .void,
                    "FAC-\(Int.random(in: 0...4))",
                    day(),
                    cents: amounts.randomElement() ?? nil,
                    on: day()
                )
            }
            for side in [company.ledger.customers, company.ledger.suppliers] {
                for invoice in side.invoices {
                    #expect(invoice.open >= 0 && invoice.open <= invoice.cents)
                    let paid = invoice.payments.reduce(Int128(0)) {
                        $0 + ($1.returned == nil ? Int128($1.cents) : 0)
                    }
                    #expect(
                        paid + Int128(invoice.credited) + Int128(invoice.open)
                            == Int128(invoice.cents)
                    )
                }
                #expect(side.unallocated.allSatisfy { $0.cents > 0 })
            }
        }
    }
}
