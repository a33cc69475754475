// SPDX-License-Identifier: Apache-2.0

// Facts as messages of columns. A company that has none of something sends no column of it.

internal import ProtobufCoding
package import VigieProtos

/// Turns facts into messages that share a list of names of lines.
package struct FactEncoder {
    /// The names of lines that were used so far, for the header.
    package private(set) var lineNames: [String] = []
    private var numbers: [String: UInt32] = [:]
    /// Whether a header has told the names, so that no more can be added.
    package var isFixed = false

    /// Begins with no names.
    package init() {}

    /// Adds the names of a company's lines.
    package mutating func learn(_ facts: CompanyFacts) {
        for year in facts.statements + facts.comparatives {
            for name in year.cents.keys.sorted() where numbers[name] == nil {
                numbers[name] = UInt32(clamping: lineNames.count)
                lineNames.append(name)
            }
        }
    }

    /// The message of a company; nil if a line has no name yet and none can be added.
    package mutating func message(_ facts: CompanyFacts) -> Vigie_V1_CompanyFacts? {
        if !isFixed { learn(facts) }
        var message = Vigie_V1_CompanyFacts()
        message.siren = facts.siren ?? ""
        message.name = facts.name ?? ""
        if !facts.statements.isEmpty {
            guard let columns = statements(facts.statements) else { return nil }
            message.statements = columns
        }
        if !facts.comparatives.isEmpty {
            guard let columns = statements(facts.comparatives) else { return nil }
            message.comparatives = columns
        }
        if !facts.filings.isEmpty { message.filings = .init(facts.filings) }
        if !facts.events.isEmpty { message.events = .init(facts.events) }
        if !facts.corrections.isEmpty { message.corrections = .init(facts.corrections) }
        if !facts.registerEntries.isEmpty {
            message.registerEntries = .init(facts.registerEntries)
        }
        if !facts.owed.isEmpty { message.owed = .init(facts.owed) }
        if !facts.receivable.isEmpty { message.receivable = .init(facts.receivable) }
        if !facts.unallocated.isEmpty { message.unallocated = .init(facts.unallocated) }
        if !facts.receivableCredits.isEmpty {
            message.receivableCredits = .init(facts.receivableCredits)
        }
        if let day = facts.ledgerUntil { message.ledgerUntilDay = day.number }
        message.hasDoubtfulPapers = facts.hasDoubtfulPapers
        if !facts.sales.isEmpty { message.sales = .init(facts.sales) }
        return message
    }

    private func statements(_ years: [FinancialYear]) -> Vigie_V1_StatementColumns? {
        var message = Vigie_V1_StatementColumns()
        for year in years {
            message.closingDays.append(year.closing.number)
            message.months.append(UInt32(clamping: year.months))
            message.forms.append(.init(rawValue: EnumNumbers.number(year.form)))
            message.rules.append(.init(rawValue: EnumNumbers.number(year.rules)))
            message.publishedDays.append(year.published?.number ?? .min)
            message.lineCounts.append(UInt32(clamping: year.cents.count))
            for (name, cents) in year.cents.sorted(by: { $0.key < $1.key }) {
                guard let number = numbers[name] else { return nil }
                message.lines.append(number)
                message.cents.append(cents)
            }
            message.papers.append(UInt32(clamping: year.place.paper))
            message.paperLines.append(UInt32(clamping: year.place.line))
        }
        return message
    }
}

/// Numbers of enums whose cases stand in the order of the API.
enum EnumNumbers {
    /// The number of a case, from 1; 0 for nil.
    static func number<Value: CaseIterable & Equatable>(_ value: Value?) -> Int {
        guard let value else { return 0 }
        for (place, other) in Value.allCases.enumerated() where other == value { return place + 1 }
        return 0
    }

    /// The case of a number; nil for 0 and for one that is not known.
    static func value<Value: CaseIterable>(_ number: Int, _: Value.Type = Value.self) -> Value? {
        let cases = Array(Value.allCases)
        return cases.indices.contains(number - 1) ? cases[number - 1] : nil
    }
}

extension Vigie_V1_FilingColumns {
    init(_ filings: [AccountsFiling]) {
        self.init()
        for filing in filings {
            closingDays.append(filing.closing.number)
            filedDays.append(filing.filed?.number ?? .min)
            ofLiquidation.append(filing.isOfLiquidation)
            papers.append(UInt32(clamping: filing.place.paper))
            paperLines.append(UInt32(clamping: filing.place.line))
        }
    }
}

extension Vigie_V1_EventColumns {
    init(_ events: [LegalEvent]) {
        self.init()
        for event in events {
            let place = LegalEvent.Kind.allKinds.firstIndex(of: event.kind) ?? -1
            kinds.append(.init(rawValue: place + 1))
            publishedDays.append(event.published.number)
            decidedDays.append(event.decided?.number ?? .min)
            proceedings.append(.init(rawValue: EnumNumbers.number(event.proceeding)))
            notices.append(event.notice)
            papers.append(UInt32(clamping: event.place.paper))
            paperLines.append(UInt32(clamping: event.place.line))
        }
    }
}

extension Vigie_V1_CorrectionColumns {
    init(_ corrections: [NoticeCorrection]) {
        self.init()
        for correction in corrections {
            corrected.append(correction.corrected)
            by.append(correction.by)
            publishedDays.append(correction.published.number)
            let known = LegalEvent.Kind.allKinds
            // One that nobody knows is refused when it is read.
            let place = correction.kind.map { known.firstIndex(of: $0) ?? known.count } ?? -1
            kinds.append(.init(rawValue: place + 1))
            decidedDays.append(correction.decided?.number ?? .min)
            companyCounts.append(UInt32(clamping: correction.companies.count))
            companies += correction.companies
            papers.append(UInt32(clamping: correction.place.paper))
            paperLines.append(UInt32(clamping: correction.place.line))
        }
    }
}

extension Vigie_V1_RegisterColumns {
    init(_ entries: [RegisterEntry]) {
        self.init()
        for entry in entries {
            registers.append(.init(rawValue: EnumNumbers.number(entry.register)))
            activities.append(entry.isActive.map { $0 ? .active : .ceased } ?? .unspecified)
            sinceDays.append(entry.since?.number ?? .min)
            struckOffDays.append(entry.struckOff?.number ?? .min)
            updatedDays.append(entry.updated?.number ?? .min)
            activityCodes.append(entry.activity ?? "")
            headcounts.append(entry.headcount.map { UInt32(clamping: min($0, 1 << 30) &+ 1) } ?? 0)
            papers.append(UInt32(clamping: entry.place.paper))
            paperLines.append(UInt32(clamping: entry.place.line))
        }
    }
}

extension Vigie_V1_SalesColumns {
    init(_ sales: [MonthlySales]) {
        self.init()
        for month in sales {
            let number = month.year.multipliedReportingOverflow(by: 12)
            let sum = number.partialValue.addingReportingOverflow(month.month &- 1)
            // One that cannot be meant is refused when it is read.
            let isMeant = !number.overflow && !sum.overflow && (1...12) ~= month.month
            months.append(isMeant ? UInt32(clamping: sum.partialValue) : .max)
            cents.append(month.cents)
        }
    }
}

/// The numbers of currencies in columns.
private struct CurrencyNumbers {
    private(set) var names: [String] = []

    mutating func number(of currency: String?) -> UInt32 {
        guard let currency else { return 0 }
        if let place = names.firstIndex(of: currency) { return UInt32(place + 1) }
        names.append(currency)
        return UInt32(names.count)
    }
}

extension Vigie_V1_InvoiceColumns {
    init(_ invoices: [Invoice]) {
        self.init()
        var numbers = CurrencyNumbers()
        for invoice in invoices {
            cents.append(invoice.cents)
            openCents.append(invoice.open)
            creditedCents.append(invoice.credited)
            issuedDays.append(invoice.issued?.number ?? .min)
            dueDays.append(invoice.due?.number ?? .min)
            dueSources.append(.init(rawValue: EnumNumbers.number(invoice.dueSource)))
            parties.append(UInt32(clamping: invoice.party))
            references.append(invoice.reference)
            doubtful.append(invoice.isDoubtful)
            currencies.append(numbers.number(of: invoice.currency))
            addParts(of: invoice)
            papers.append(UInt32(clamping: invoice.place.paper))
            paperLines.append(UInt32(clamping: invoice.place.line))
        }
        currencyNames = numbers.names
    }

    private mutating func addParts(of invoice: Invoice) {
        paymentCounts.append(UInt32(clamping: invoice.payments.count))
        for payment in invoice.payments {
            paymentDays.append(payment.date.number)
            paymentCents.append(payment.cents)
            paymentReturnedDays.append(payment.returned?.number ?? .min)
            paymentPresumed.append(payment.isPresumed)
        }
        disputeCounts.append(UInt32(clamping: invoice.disputes.count))
        for dispute in invoice.disputes {
            disputeOpenedDays.append(dispute.opened.number)
            disputeClosedDays.append(dispute.closed?.number ?? .min)
        }
        promiseCounts.append(UInt32(clamping: invoice.promises.count))
        for promise in invoice.promises {
            promiseMadeDays.append(promise.made.number)
            promiseDays.append(promise.date.number)
            promiseCents.append(promise.cents ?? -1)
            promiseVerifiable.append(promise.isVerifiable)
        }
    }
}

extension Vigie_V1_CreditColumns {
    init(_ credits: [UnallocatedCredit]) {
        self.init()
        var numbers = CurrencyNumbers()
        for credit in credits {
            cents.append(credit.cents)
            days.append(credit.date.number)
            payments.append(credit.isPayment)
            parties.append(UInt32(clamping: credit.party))
            currencies.append(numbers.number(of: credit.currency))
            papers.append(UInt32(clamping: credit.place.paper))
            paperLines.append(UInt32(clamping: credit.place.line))
        }
        currencyNames = numbers.names
    }
}
