// SPDX-License-Identifier: Apache-2.0

// A year's book out of the lines of its journal: the sums of accounts, and the ledgers of customers
// and suppliers. Lines go by once; what is kept are accounts, parties and what is open.

package import CreditFacts
package import PaymentTerms
package import Quantities

/// What a book gives besides its invoices.
package struct JournalSummary: Sendable {
    /// Lines that were taken.
    package var lines = 0
    /// Entries that they make.
    package var entries = 0
    /// All debits, in cents.
    package var debit: Int64 = 0
    /// All credits, in cents.
    package var credit: Int64 = 0
    /// The first day on which something was booked.
    package var firstDay: CalendarDate?
    /// The last day on which something was booked.
    package var lastDay: CalendarDate?
    /// The accounts, in the order of their numbers.
    package var accounts: [BookAccount] = []
    /// The customers, by number.
    package var customers: [String] = []
    /// The suppliers, by number.
    package var suppliers: [String] = []
    /// Entries that close the year, which were taken back.
    package var closingEntries = 0
    /// Entries that do so and are too long to be taken back.
    package var closingEntriesLeft = 0
    /// Credits of customers that belong to no invoice.
    package var customerCredits: [UnallocatedCredit] = []
    /// Credits towards suppliers that belong to no invoice.
    package var supplierCredits: [UnallocatedCredit] = []
    /// Sales with tax by month, counted from January of the year 0, in cents.
    package var salesByMonth: [Int: Int64] = [:]
    /// Value added tax charged to customers in the year, in cents.
    package var taxCharged: Int64 = 0
    /// Value added tax of the year that may be deducted, in cents.
    package var taxDeductible: Int64 = 0

    /// Nothing yet.
    package init() {}
}

/// Whose invoice it is.
package enum LedgerSide: Sendable, CaseIterable {
    /// Owed by customers.
    case customers
    /// Owed to suppliers.
    case suppliers
}

/// A book while its journal is read.
package struct JournalBook {
    /// What was noticed.
    package private(set) var findings: Findings
    private var paper: Int32
    private var summary = JournalSummary()
    private var accounts = AccountBook()
    private var ledgers: PartyLedgers
    private var entry = EntryInProgress()
    /// All amounts without their signs. No sum of a book is greater, so that none overflows.
    private var volume: Int64 = 0
    /// The first and the last day on which something was booked.
    private var days = (first: Int32.max, last: Int32.min)
    private var sales = MonthlySales()
    /// Findings that each line may have: kept up to their number, then only counted.
    private var more = (validation: 0, zero: 0)
    private let findingsPerCodeMax: Int

    /// Makes an empty book.
    ///
    /// - Parameters:
    ///   - terms: What was agreed with a party; nil where nothing is known.
    ///   - invoice: Is given each invoice once nothing of it can change any more.
    package init(
        paper: Int32,
        findingsPerCodeMax: Int,
        terms: @escaping @Sendable (LedgerSide, String) -> PaymentTerm?,
        invoice: @escaping (LedgerSide, LedgerInvoice) -> Void
    ) {
        self.paper = paper
        self.findingsPerCodeMax = findingsPerCodeMax
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
        ledgers = PartyLedgers(
            customers: ThirdPartyLedger(
                side: 0,
                terms: { terms(.customers, $0) },
                emit: { invoice(.customers, $0) }
            ),
            suppliers: ThirdPartyLedger(
                side: 1,
                terms: { terms(.suppliers, $0) },
                emit: { invoice(.suppliers, $0) }
            )
        )
    }

    /// Goes on with the next part of a book that was split: lines that come now are its.
    package mutating func goOn(withPaper paper: Int32) {
        closeEntry()
        self.paper = paper
    }

    /// Looks up what a line will ask for once those before it are added.
    func foresee(_ line: JournalLine) -> AccountBook.Foreseen { accounts.foresee(line) }

    /// Does the same for what depends on that.
    func foreseeParty(of line: JournalLine, _ foreseen: inout AccountBook.Foreseen) {
        guard !line.lettering.isEmpty, accounts.foreseeParty(of: line, &foreseen) else { return }
        if line.account[1] == UInt8(ascii: "1") {
            ledgers.customers.foresee(foreseen.place, line.lettering)
        } else {
            ledgers.suppliers.foresee(foreseen.place, line.lettering)
        }
    }

    /// Adds the next line.
    package mutating func add(_ line: JournalLine) { add(line, AccountBook.Foreseen()) }

    /// Adds the next line, of which something may be known.
    mutating func add(_ line: JournalLine, _ foreseen: AccountBook.Foreseen) {
        let amounts = line.debit.magnitude + line.credit.magnitude
        guard amounts <= UInt64(Int64.max / 2 - volume) else {
            findings.add(Finding(.badAmount, at: place(line.line), ["more than a book can hold"]))
            return
        }
        volume += Int64(amounts)
        if !entry.isSame(as: line) {
            closeEntry()
            entry.begin(with: line)
            summary.entries += 1
        }
        summary.lines += 1
        summary.debit += line.debit
        summary.credit += line.credit
        let day = line.entryDate.dayNumber
        if day < days.first { days.first = day }
        if day > days.last { days.last = day }
        if line.lacksValidation {
            if more.validation < findingsPerCodeMax {
                findings.add(Finding(.validationDateMissing, at: place(line.line)))
            }
            more.validation += 1
        }
        guard line.debit != 0 || line.credit != 0 else {
            if more.zero < findingsPerCodeMax {
                findings.add(Finding(.zeroLines, at: place(line.line)))
            }
            more.zero += 1
            return
        }
        let (place, account) = accounts.add(
            line,
            foreseen,
            isOpening: entry.contents.isOpening
        )
        entry.add(line, paper: paper, place: place, account: account, ledgers: &ledgers)
    }

    /// Ends the book.
    package mutating func finish() -> JournalSummary {
        closeEntry()
        sales.settle()
        summary.salesByMonth = sales.byMonth
        findings.add(.validationDateMissing, more: more.validation - findingsPerCodeMax)
        findings.add(.zeroLines, more: more.zero - findingsPerCodeMax)
        summary.firstDay = CalendarDate(dayNumber: Int(days.first))
        summary.lastDay = CalendarDate(dayNumber: Int(days.last))
        if summary.debit != summary.credit {
            let sums = [summary.debit, summary.credit].map(CentsText.text)
            findings.add(Finding(.bookUnbalanced, at: place(0), sums))
        }
        let note = { (code: String, source: PaperReference, left: Int64) in
            findings.add(Finding(.letteringPartial, at: source, [code, CentsText.text(left)]))
        }
        summary.customerCredits = ledgers.customers.finish(partial: note)
        summary.supplierCredits = ledgers.suppliers.finish(partial: note)
        summary.accounts = accounts.all
        summary.customers = names(ledgers.customers.parties)
        summary.suppliers = names(ledgers.suppliers.parties)
        return summary
    }

    private func place(_ line: Int32) -> PaperReference { PaperReference(paper: paper, line: line) }

    private func names(_ table: ByteTable) -> [String] {
        (0..<table.count).map { table.text(at: Int32(truncatingIfNeeded: $0)) }
    }

    private mutating func closeEntry() {
        guard entry.isOpen else { return }
        if entry.balance != 0 {
            let values = [CentsText.text(entry.balance)]
            findings.add(Finding(.entryUnbalanced, at: place(entry.firstLine), values))
        }
        defer { entry.end() }
        if closesYear {
            takeBack()
            return
        }
        summary.taxCharged += entry.contents.valueAddedTax.charged
        summary.taxDeductible += entry.contents.valueAddedTax.deductible
        if entry.receipt.hasCustomer,
            let paid = entry.receipt.invoice(entry.contents, paper: paper, &ledgers.customers)
        {
            ledgers.customers.add(paid)
        }
        if entry.moveCount > 0 { settleEntry() }
    }

    private var closesYear: Bool {
        if entry.contents.isClosing { return true }
        guard entry.hasAllLines else { return false }
        return entry.contents.takesYearToResult && accounts.areEmpty(entry.lines, ofYearOnly: true)
            || entry.mayCloseBalances(firstDay: days.first) && accounts.areEmpty(entry.lines)
    }

    /// Takes an entry back that closes the year: what the year came to stands before it.
    private mutating func takeBack() {
        guard entry.hasAllLines else {
            summary.closingEntriesLeft += 1
            return
        }
        accounts.remove(entry.lines, isOpening: entry.contents.isOpening)
        summary.closingEntries += 1
    }

    private mutating func settleEntry() {
        entry.decide()
        let isSale = !entry.contents.isOpening && entry.contents.isTrade(ofCustomers: true)
        for place in 0..<entry.moveCount {
            let move = entry.moves[place]
            guard move.side == 0 else {
                ledgers.suppliers.add(move)
                continue
            }
            if isSale, move.kind == .invoice { sales.add(move.cents, on: move.booked) }
            ledgers.customers.add(move)
        }
        ledgers.customers.endEntry()
        ledgers.suppliers.endEntry()
    }
}

/// Sales by month, the month that is booked at hand.
private struct MonthlySales {
    private(set) var byMonth: [Int: Int64] = [:]
    private var month = 0
    private var cents: Int64 = 0
    private var days = (first: CalendarDate.last, last: CalendarDate.first)

    mutating func add(_ cents: Int64, on date: CalendarDate) {
        if date < days.first || date > days.last { begin(date) }
        self.cents += cents
    }

    private mutating func begin(_ date: CalendarDate) {
        settle()
        let (year, number, day) = date.components
        month = year * 12 + number - 1
        days = (date.adding(days: 1 - day) ?? date, date.lastOfMonth)
    }

    /// Puts the month at hand to the others.
    mutating func settle() {
        if days.first <= days.last { byMonth[month, default: 0] += cents }
        (cents, days) = (0, (.last, .first))
    }
}
