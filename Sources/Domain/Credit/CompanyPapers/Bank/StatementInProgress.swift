// SPDX-License-Identifier: Apache-2.0

// A statement while its entries come: its balances, and whether they fit.

internal import CreditFacts
internal import Documents
internal import Quantities

/// A statement while it is read.
struct StatementInProgress {
    private struct Balance {
        var kind: String
        var cents: Int64
        var date: CalendarDate
    }

    var fields = BankFields()
    private var statement: BankStatement
    private var balances: [Balance] = []
    private var entryCount = 0
    private let place: PaperReference
    /// Whether it is one that has balances: a notification has none.
    private let hasBalances: Bool

    init(source: PaperReference, hasBalances: Bool) {
        place = source
        self.hasBalances = hasBalances
        statement = BankStatement(source: source)
    }

    // MARK: Entries

    /// Adds an entry, unless it is not booked or cannot be used.
    mutating func add(
        _ entry: BankDetail,
        _ details: [BankDetail],
        paper: Int32,
        _ list: inout BankStatementList
    ) {
        list.counts.read += 1
        let status = entry.fields.text("status")
        guard status == "BOOK" else {
            list.counts.setAside += 1
            statement.entriesLeftOut += 1
            list.findings.add(
                Finding(
                    .entryNotBooked,
                    at: PaperReference(paper: paper, line: entry.line),
                    field: "status",
                    [status, entry.fields.text("amount")]
                )
            )
            return
        }
        let account = fields.text("account").filter { $0 != " " }
        var reader = EntryReader(paper: paper, account: account, taking: &list.findings)
        let transactions = reader.transactions(entry, details, number: entryCount)
        list.findings = reader.findings
        guard let transactions else {
            list.counts.setAside += 1
            return
        }
        entryCount += 1
        statement.transactions += transactions
    }

    /// Adds a balance.
    mutating func addBalance(
        _ fields: BankFields,
        paper: Int32,
        _ list: inout BankStatementList
    ) {
        let kind = fields.text("balance_kind")
        guard ["OPBD", "PRCD", "ITBD", "CLBD"].contains(kind) else { return }
        var reader = EntryReader(paper: paper, account: "", taking: &list.findings)
        let amount = reader.signedAmount(fields, line: place.line)
        list.findings = reader.findings
        let date = XMLMoment(fields.text("date"))?.date ?? .first
        if let amount {
            balances.append(Balance(kind: kind, cents: amount.cents, date: date))
        }
    }

    // MARK: The end

    /// Gives the statement.
    mutating func finish(paper: Int32, _ list: inout BankStatementList) {
        statement.account = fields.text("account").filter { $0 != " " }
        takeBalances()
        let days = balances.map(\.date) + statement.transactions.map(\.date)
        statement.through = days.max().flatMap { $0 > .first ? $0 : nil }
        if let finding = statement.checkBalance(mayFlip: true) {
            list.findings.add(finding)
        } else if hasBalances, statement.balanceFits == nil {
            list.findings.add(Finding(.fieldMissing, at: place, field: "balance"))
        }
        list.statements.append(statement)
        statement.transactions = []
    }

    /// The first balance before and the last one after. Between the pages of a statement stands the
    /// same balance twice (ITBD), as the end of one and the beginning of the next.
    private mutating func takeBalances() {
        let of = { [balances] (kind: String) in balances.filter { $0.kind == kind } }
        let opening = of("OPBD").isEmpty ? of("PRCD") : of("OPBD")
        let between = of("ITBD")
        let first = opening.min { $0.date < $1.date } ?? between.first
        // The last one of the same day counts.
        var last = of("CLBD").first
        for balance in of("CLBD").dropFirst() where balance.date >= last?.date ?? .first {
            last = balance
        }
        if last == nil, !opening.isEmpty || between.count > 1 { last = between.last }
        statement.opening = first?.cents
        statement.closing = last?.cents
    }
}
