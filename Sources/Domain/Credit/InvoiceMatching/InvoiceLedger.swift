// SPDX-License-Identifier: Apache-2.0

// The ledgers of a company out of its invoices, the messages about them and its bank statements.
// A payment goes to an invoice only where something says so: a structured reference, the invoice's
// number in the text, or the exact amount of one invoice of a party whose account is known.

package import CreditFacts
internal import PaymentTerms
package import Quantities

/// The ledger of one side: of customers, or of suppliers.
package struct MatchedLedger: Sendable {
    /// The parties; invoices and credits name them by their place.
    package var parties: [TradeParty] = []
    /// The invoices that are not void, in the order of the papers.
    package var invoices: [LedgerInvoice] = []
    /// Money and credit notes that belong to no invoice.
    package var unallocated: [UnallocatedCredit] = []

    /// An empty one.
    package init() {}
}

/// What is known of a company's invoices and payments.
package struct InvoicePapersOfCompany: Sendable {
    /// The company.
    package var company: SIREN
    /// The currency of the ledgers; amounts in others are noted and left out.
    package var currency: Currency
    /// Nothing later is used.
    package var asOf: CalendarDate
    /// Invoices and credit notes.
    package var invoices: [TradeInvoice] = []
    /// Messages about them.
    package var statuses: [InvoiceStatus] = []
    /// Statements of the company's accounts.
    package var statements: [BankStatement] = []
    /// Companies by their accounts (IBAN without blanks), as far as they are known beside.
    package var accounts: [String: SIREN] = [:]
    /// The term that is agreed with a party, for invoices that name no due date: a rule of
    /// `PaymentTerm` and its days.
    package var terms: [SIREN: (rule: String, days: Int)] = [:]

    /// Papers of a company.
    package init(company: SIREN, currency: Currency, asOf: CalendarDate) {
        self.company = company
        self.currency = currency
        self.asOf = asOf
    }
}

/// The ledgers of a company.
package struct InvoiceLedger: Sendable {
    /// What customers owe.
    package private(set) var customers = MatchedLedger()
    /// What is owed to suppliers.
    package private(set) var suppliers = MatchedLedger()
    /// Movements of the accounts that nothing says what they are for.
    package private(set) var unmatched: [BankTransaction] = []
    /// What was noticed.
    package private(set) var findings: Findings
    /// Invoices that are void: rejected, refused, cancelled, or replaced by a correction.
    package private(set) var voidCount = 0

    /// Joins papers.
    package init(_ papers: InvoicePapersOfCompany, findingsPerCodeMax: Int) {
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
        var sides = [
            SideLedger(papers, isCustomers: true, findingsPerCodeMax: findingsPerCodeMax),
            SideLedger(papers, isCustomers: false, findingsPerCodeMax: findingsPerCodeMax),
        ]
        addInvoices(papers, &sides)
        for index in sides.indices { sides[index].replaceCorrected() }
        let known = papers.statements.compactMap(\.through).max()
        addStatuses(papers, known, &sides)
        for index in sides.indices { sides[index].applyCredits() }
        for transaction in papers.statements.lazy.flatMap(\.transactions)
        where transaction.currency != papers.currency {
            findings.add(
                Finding(.otherCurrency, at: transaction.source, [transaction.currency.code])
            )
        }
        let (movements, repeated) = BankMovements.movements(papers)
        for transaction in repeated {
            findings.add(
                Finding(.transactionTwice, at: transaction.source, [transaction.reference])
            )
        }
        for transaction in movements {
            for index in sides.indices { sides[index].learn(transaction) }
        }
        for transaction in movements { match(transaction, papers, &sides) }
        for index in sides.indices { sides[index].applyPaidStatuses() }
        noteUnknownPayments(papers, sides)
        for side in sides { findings.add(side.findings) }
        customers = sides[0].finished()
        suppliers = sides[1].finished()
        voidCount = sides.reduce(0) { $0 + $1.voidCount }
    }

    private mutating func addInvoices(
        _ papers: InvoicePapersOfCompany,
        _ sides: inout [SideLedger]
    ) {
        for invoice in papers.invoices where invoice.issued <= papers.asOf {
            guard invoice.currency == papers.currency else {
                findings.add(
                    Finding(
                        .otherCurrency,
                        at: invoice.source,
                        [invoice.number, invoice.currency.code]
                    )
                )
                continue
            }
            if invoice.seller.siren == papers.company {
                sides[0].add(invoice)
            } else if invoice.buyer.siren == papers.company {
                sides[1].add(invoice)
            } else {
                findings.add(Finding(.invoiceOfOthers, at: invoice.source, [invoice.number]))
            }
        }
    }

    private mutating func addStatuses(
        _ papers: InvoicePapersOfCompany,
        _ known: CalendarDate?,
        _ sides: inout [SideLedger]
    ) {
        let statuses = papers.statuses.enumerated()
            .filter { $0.element.date <= papers.asOf }
            .sorted {
                ($0.element.date, $0.element.second, $0.offset)
                    < ($1.element.date, $1.element.second, $1.offset)
            }
        for (_, status) in statuses {
            let isFound = sides.indices.contains { sides[$0].take(status, paymentsKnownTo: known) }
            if !isFound {
                findings.add(
                    Finding(.statusWithoutInvoice, at: status.source, [status.number, status.code])
                )
            }
        }
    }

    /// Absence of a message of payment says nothing: without statements nobody knows what is open.
    private mutating func noteUnknownPayments(
        _ papers: InvoicePapersOfCompany,
        _ sides: [SideLedger]
    ) {
        guard papers.statements.isEmpty, let place = sides.lazy.compactMap(\.firstOpen).first else {
            return
        }
        findings.add(Finding(.paymentsUnknown, at: place))
    }

    // MARK: Payments

    /// Gives a movement to the side that it is of: what comes in is of customers, what goes out is
    /// to suppliers, and what comes back is of the other one.
    private mutating func match(
        _ transaction: BankTransaction,
        _ papers: InvoicePapersOfCompany,
        _ sides: inout [SideLedger]
    ) {
        let isBack = transaction.isReversal || transaction.isReturn
        let side = (transaction.cents > 0) != isBack ? 0 : 1
        // The other side paid what the bank kept of it too.
        let paid = transaction.cents.addingReportingOverflow(transaction.charges)
        let sums = [paid.overflow ? transaction.cents : paid.partialValue, transaction.cents]
        let amounts = sums.map { $0 == .min ? .max : abs($0) }
        if isBack {
            if sides[side].takeBack(transaction, amounts, needsExact: false) { return }
        } else {
            if sides[side].pay(transaction, amounts[0]) { return }
            // Some banks mark nothing: the invoice and the amount of a payment say that it is back.
            if sides[1 - side].takeBack(transaction, amounts, needsExact: true) { return }
            if sides[side].keepUnallocated(transaction, amounts[0]) { return }
        }
        unmatched.append(transaction)
        findings.add(
            Finding(.paymentUnmatched, at: transaction.source, [transaction.party])
        )
    }
}
