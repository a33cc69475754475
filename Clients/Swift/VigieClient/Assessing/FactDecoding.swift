// SPDX-License-Identifier: Apache-2.0

// Facts that were read from papers, out of their messages. What does not hold together is a bad
// answer, and read no further.

internal import ProtobufCoding
package import VigieProtos

/// A column, of which entries are read that it may not have.
struct Column<Value> {
    let values: [Value]

    init(_ values: [Value]) { self.values = values }

    subscript(_ index: Int) -> Value? {
        values.indices.contains(index) ? values[index] : nil
    }
}

extension Column where Value == Int32 {
    /// A day; nil where it is not known.
    func day(_ index: Int) -> Day? { self[index].flatMap { Day(number: $0) } }
}

extension Column where Value == Double {
    /// A number; nil for NaN.
    func number(_ index: Int) -> Double? { self[index].flatMap { $0.isNaN ? nil : $0 } }
}

extension PaperPlace {
    init(_ papers: [UInt32], _ lines: [UInt32], _ index: Int) {
        self.init(
            paper: Int(Column(papers)[index] ?? 0),
            line: Int(Column(lines)[index] ?? 0)
        )
    }
}

extension CompanyFacts {
    /// The facts of a message; nil for one that does not hold together.
    package init?(_ message: Vigie_V1_CompanyFacts, lineNames: [String]) {
        self.init(
            siren: message.siren.isEmpty ? nil : message.siren,
            name: message.name.isEmpty ? nil : message.name
        )
        guard let own = FinancialYear.list(message.statements, lineNames),
            let earlier = FinancialYear.list(message.comparatives, lineNames),
            let owed = Invoice.list(message.owed),
            let receivable = Invoice.list(message.receivable)
        else { return nil }
        (statements, comparatives) = (own, earlier)
        (self.owed, self.receivable) = (owed, receivable)
        let filed = message.filings
        for (index, closing) in filed.closingDays.enumerated() {
            guard let closing = Day(number: closing) else { return nil }
            filings.append(
                AccountsFiling(
                    closing: closing,
                    filed: Column(filed.filedDays).day(index),
                    isOfLiquidation: Column(filed.ofLiquidation)[index] ?? false,
                    place: PaperPlace(filed.papers, filed.paperLines, index)
                )
            )
        }
        guard readEvents(message.events), readCorrections(message.corrections),
            readEntries(message.registerEntries), let credits = Self.credits(message.unallocated),
            let customers = Self.credits(message.receivableCredits)
        else { return nil }
        (unallocated, receivableCredits) = (credits, customers)
        if message.hasLedgerUntilDay { ledgerUntil = Day(number: message.ledgerUntilDay) }
        hasDoubtfulPapers = message.hasDoubtfulPapers
        for (month, cents) in zip(message.sales.months, message.sales.cents) {
            sales.append(
                MonthlySales(year: Int(month / 12), month: Int(month % 12) + 1, cents: cents)
            )
        }
    }

    private mutating func readEvents(_ message: Vigie_V1_EventColumns) -> Bool {
        let kinds = Column(LegalEvent.Kind.allKinds)
        for (index, kind) in message.kinds.enumerated() {
            guard let kind = kinds[kind.rawValue - 1],
                let published = Column(message.publishedDays).day(index)
            else { return false }
            let proceeding = Column(message.proceedings)[index]?.rawValue ?? 0
            events.append(
                LegalEvent(
                    kind: kind,
                    published: published,
                    decided: Column(message.decidedDays).day(index),
                    proceeding: EnumNumbers.value(proceeding),
                    notice: Column(message.notices)[index] ?? "",
                    place: PaperPlace(message.papers, message.paperLines, index)
                )
            )
        }
        return true
    }

    private mutating func readCorrections(_ message: Vigie_V1_CorrectionColumns) -> Bool {
        var company = 0
        for (index, corrected) in message.corrected.enumerated() {
            guard let by = Column(message.by)[index],
                let published = Column(message.publishedDays).day(index)
            else { return false }
            var correction = NoticeCorrection(corrected: corrected, by: by, published: published)
            let kind = Column(message.kinds)[index]?.rawValue ?? 0
            correction.kind = Column(LegalEvent.Kind.allKinds)[kind - 1]
            correction.decided = Column(message.decidedDays).day(index)
            for _ in 0..<(Column(message.companyCounts)[index] ?? 0) {
                guard let siren = Column(message.companies)[company] else { return false }
                correction.companies.append(siren)
                company += 1
            }
            correction.place = PaperPlace(message.papers, message.paperLines, index)
            corrections.append(correction)
        }
        return true
    }

    private mutating func readEntries(_ message: Vigie_V1_RegisterColumns) -> Bool {
        for (index, register) in message.registers.enumerated() {
            guard let register: RegisterEntry.Register = EnumNumbers.value(register.rawValue)
            else { return false }
            var isActive: Bool?
            switch Column(message.activities)[index] {
            case .active?: isActive = true
            case .ceased?: isActive = false
            default: break
            }
            var entry = RegisterEntry(
                register: register,
                isActive: isActive,
                since: Column(message.sinceDays).day(index),
                struckOff: Column(message.struckOffDays).day(index),
                updated: Column(message.updatedDays).day(index),
                place: PaperPlace(message.papers, message.paperLines, index)
            )
            let activity = Column(message.activityCodes)[index] ?? ""
            entry.activity = activity.isEmpty ? nil : activity
            let people = Column(message.headcounts)[index] ?? 0
            entry.headcount = people == 0 ? nil : Int(people) - 1
            registerEntries.append(entry)
        }
        return true
    }

    private static func credits(_ message: Vigie_V1_CreditColumns) -> [UnallocatedCredit]? {
        var credits: [UnallocatedCredit] = []
        let currencies = Column(message.currencyNames)
        for (index, cents) in message.cents.enumerated() {
            guard let date = Column(message.days).day(index) else { return nil }
            var credit = UnallocatedCredit(
                cents: cents,
                date: date,
                isPayment: Column(message.payments)[index] ?? false
            )
            credit.party = Int(Column(message.parties)[index] ?? 0)
            credit.currency = currencies[Int(Column(message.currencies)[index] ?? 0) - 1]
            credit.place = PaperPlace(message.papers, message.paperLines, index)
            credits.append(credit)
        }
        return credits
    }
}

extension FinancialYear {
    fileprivate static func list(
        _ message: Vigie_V1_StatementColumns,
        _ lineNames: [String]
    ) -> [FinancialYear]? {
        var years: [FinancialYear] = []
        let (names, lines) = (Column(lineNames), Column(message.lines))
        var line = 0
        for (index, closing) in message.closingDays.enumerated() {
            guard let closing = Day(number: closing) else { return nil }
            var amounts: [String: Int64] = [:]
            var left = Column(message.lineCounts)[index] ?? 0
            while left > 0 {
                guard let number = lines[line], let name = names[Int(number)],
                    let cents = Column(message.cents)[line]
                else { return nil }
                amounts[name] = cents
                line += 1
                left -= 1
            }
            years.append(
                FinancialYear(
                    closing: closing,
                    months: Int(Column(message.months)[index] ?? 12),
                    form: EnumNumbers.value(Column(message.forms)[index]?.rawValue ?? 1)
                        ?? .complete,
                    rules: EnumNumbers.value(Column(message.rules)[index]?.rawValue ?? 0),
                    published: Column(message.publishedDays).day(index),
                    cents: amounts,
                    place: PaperPlace(message.papers, message.paperLines, index)
                )
            )
        }
        return years
    }
}

extension Invoice {
    fileprivate static func list(_ message: Vigie_V1_InvoiceColumns) -> [Invoice]? {
        var invoices: [Invoice] = []
        var (payment, dispute, promise) = (0, 0, 0)
        let currencies = Column(message.currencyNames)
        for (index, cents) in message.cents.enumerated() {
            var invoice = Invoice(
                cents: cents,
                issued: Column(message.issuedDays).day(index),
                due: Column(message.dueDays).day(index),
                dueSource: EnumNumbers.value(Column(message.dueSources)[index]?.rawValue ?? 0)
            )
            invoice.open = Column(message.openCents)[index] ?? cents
            invoice.credited = Column(message.creditedCents)[index] ?? 0
            invoice.party = Int(Column(message.parties)[index] ?? 0)
            invoice.reference = Column(message.references)[index] ?? ""
            invoice.isDoubtful = Column(message.doubtful)[index] ?? false
            invoice.currency = currencies[Int(Column(message.currencies)[index] ?? 0) - 1]
            invoice.place = PaperPlace(message.papers, message.paperLines, index)
            for _ in 0..<(Column(message.paymentCounts)[index] ?? 0) {
                guard let paid = Payment(message, payment) else { return nil }
                invoice.payments.append(paid)
                payment += 1
            }
            for _ in 0..<(Column(message.disputeCounts)[index] ?? 0) {
                guard let opened = Column(message.disputeOpenedDays).day(dispute) else {
                    return nil
                }
                let closed = Column(message.disputeClosedDays).day(dispute)
                invoice.disputes.append(Dispute(opened: opened, closed: closed))
                dispute += 1
            }
            for _ in 0..<(Column(message.promiseCounts)[index] ?? 0) {
                guard let made = Promise(message, promise) else { return nil }
                invoice.promises.append(made)
                promise += 1
            }
            invoices.append(invoice)
        }
        return invoices
    }
}

extension Invoice.Payment {
    fileprivate init?(_ message: Vigie_V1_InvoiceColumns, _ index: Int) {
        guard let date = Column(message.paymentDays).day(index),
            let cents = Column(message.paymentCents)[index]
        else { return nil }
        self.init(
            date: date,
            cents: cents,
            returned: Column(message.paymentReturnedDays).day(index),
            isPresumed: Column(message.paymentPresumed)[index] ?? false
        )
    }
}

extension Invoice.Promise {
    fileprivate init?(_ message: Vigie_V1_InvoiceColumns, _ index: Int) {
        guard let made = Column(message.promiseMadeDays).day(index),
            let date = Column(message.promiseDays).day(index),
            let cents = Column(message.promiseCents)[index]
        else { return nil }
        self.init(
            made: made,
            date: date,
            cents: cents == -1 ? nil : cents,
            isVerifiable: Column(message.promiseVerifiable)[index] ?? true
        )
    }
}
