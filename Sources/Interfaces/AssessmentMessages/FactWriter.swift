// SPDX-License-Identifier: Apache-2.0

// Facts as messages, in the form in which FactReader reads them: what papers say goes back to a
// caller, who sends it on as it is.

package import CreditFacts
internal import ProtobufCoding
internal import Quantities
package import VigieProtos

/// Turns facts into messages that share a list of names of lines.
package struct FactWriter {
    /// The names of lines that were used so far.
    package private(set) var lineNames: [String] = []
    private var numbers: [StatementLine: UInt32] = [:]

    /// Begins with no names.
    package init() {}

    /// The message of a company.
    package mutating func message(_ facts: CompanyFacts) -> Vigie_V1_CompanyFacts {
        var message = Vigie_V1_CompanyFacts()
        message.siren = facts.siren?.description ?? ""
        message.name = facts.name ?? ""
        if !facts.statements.isEmpty { message.statements = statements(facts.statements) }
        if !facts.comparatives.isEmpty { message.comparatives = statements(facts.comparatives) }
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
        if let day = facts.ledgerUntil { message.ledgerUntilDay = day.dayNumber }
        if facts.ledgerOwner == .creditor { message.ledgerOwner = .creditor }
        message.hasDoubtfulPapers = facts.hasDoubtfulPapers
        if !facts.salesByMonth.isEmpty { message.sales = .init(facts.salesByMonth) }
        return message
    }

    private mutating func statements(
        _ statements: [FinancialStatement]
    ) -> Vigie_V1_StatementColumns {
        var message = Vigie_V1_StatementColumns()
        for statement in statements {
            message.closingDays.append(statement.closing.dayNumber)
            message.months.append(UInt32(clamping: statement.months))
            message.forms.append(
                .init(rawValue: FactNumbers.number(statement.form, FactNumbers.forms))
            )
            message.rules.append(
                .init(rawValue: FactNumbers.number(statement.rules, FactNumbers.rules))
            )
            message.publishedDays.append(statement.published?.dayNumber ?? .min)
            message.lineCounts.append(UInt32(clamping: statement.amounts.count))
            for (line, cents) in statement.amounts {
                message.lines.append(number(line))
                message.cents.append(cents)
            }
            message.papers.append(UInt32(clamping: statement.source.paper))
            message.paperLines.append(UInt32(clamping: statement.source.line))
        }
        return message
    }

    private mutating func number(_ line: StatementLine) -> UInt32 {
        if let number = numbers[line] { return number }
        let number = UInt32(clamping: lineNames.count)
        lineNames.append(line.description)
        numbers[line] = number
        return number
    }
}

extension Vigie_V1_FilingColumns {
    init(_ filings: [AccountsFiling]) {
        self.init()
        for filing in filings {
            closingDays.append(filing.closing.dayNumber)
            filedDays.append(filing.filed?.dayNumber ?? .min)
            ofLiquidation.append(filing.isOfLiquidation)
            papers.append(UInt32(clamping: filing.source.paper))
            paperLines.append(UInt32(clamping: filing.source.line))
        }
    }
}

extension Vigie_V1_EventColumns {
    init(_ events: [LegalEvent]) {
        self.init()
        for event in events {
            kinds.append(.init(rawValue: FactNumbers.number(event.kind, FactNumbers.eventKinds)))
            publishedDays.append(event.published.dayNumber)
            decidedDays.append(event.decided?.dayNumber ?? .min)
            let proceeding = FactNumbers.number(event.proceeding, FactNumbers.proceedings)
            proceedings.append(.init(rawValue: proceeding))
            notices.append(event.notice)
            papers.append(UInt32(clamping: event.source.paper))
            paperLines.append(UInt32(clamping: event.source.line))
        }
    }
}

extension Vigie_V1_CorrectionColumns {
    init(_ corrections: [NoticeCorrection]) {
        self.init()
        for correction in corrections {
            corrected.append(correction.corrected)
            by.append(correction.by)
            publishedDays.append(correction.published.dayNumber)
            let kind = FactNumbers.number(correction.kind, FactNumbers.eventKinds)
            kinds.append(.init(rawValue: kind))
            decidedDays.append(correction.decided?.dayNumber ?? .min)
            companyCounts.append(UInt32(clamping: correction.companies.count))
            companies += correction.companies.map(\.description)
            papers.append(UInt32(clamping: correction.source?.paper ?? 0))
            paperLines.append(UInt32(clamping: correction.source?.line ?? 0))
        }
    }
}

extension Vigie_V1_RegisterColumns {
    init(_ entries: [RegisterEntry]) {
        self.init()
        for entry in entries {
            registers.append(
                .init(rawValue: FactNumbers.number(entry.register, FactNumbers.registers))
            )
            activities.append(
                .init(rawValue: FactNumbers.number(entry.isActive, [true, false]))
            )
            sinceDays.append(entry.since?.dayNumber ?? .min)
            struckOffDays.append(entry.struckOff?.dayNumber ?? .min)
            let updated = entry.updatedAt.flatMap { CalendarDate(String($0.prefix(10))) }
            updatedDays.append(updated?.dayNumber ?? .min)
            activityCodes.append(entry.activity ?? "")
            headcounts.append(UInt32(clamping: (entry.headcount?.least ?? -1) + 1))
            papers.append(UInt32(clamping: entry.source.paper))
            paperLines.append(UInt32(clamping: entry.source.line))
        }
    }
}

extension Vigie_V1_SalesColumns {
    /// Months that cannot be meant are left out.
    init(_ sales: [Int: Int64]) {
        self.init()
        for (month, sum) in sales.sorted(by: { $0.key < $1.key }) where (0..<120_000) ~= month {
            months.append(UInt32(month))
            cents.append(sum)
        }
    }
}

/// The numbers of currencies in columns.
private struct CurrencyNumbers {
    private(set) var names: [String] = []

    mutating func number(of currency: Currency?) -> UInt32 {
        guard let currency else { return 0 }
        if let place = names.firstIndex(of: currency.code) { return UInt32(place + 1) }
        names.append(currency.code)
        return UInt32(names.count)
    }
}

extension Vigie_V1_InvoiceColumns {
    init(_ invoices: [LedgerInvoice]) {
        self.init()
        var numbers = CurrencyNumbers()
        for invoice in invoices {
            cents.append(invoice.cents)
            openCents.append(invoice.open)
            creditedCents.append(invoice.credited)
            issuedDays.append(invoice.issued?.dayNumber ?? .min)
            dueDays.append(invoice.due?.dayNumber ?? .min)
            let source = FactNumbers.number(invoice.dueSource, FactNumbers.dueSources)
            dueSources.append(.init(rawValue: source))
            parties.append(UInt32(clamping: invoice.party))
            references.append(invoice.reference)
            doubtful.append(invoice.isDoubtful)
            currencies.append(numbers.number(of: invoice.currency))
            add(invoice.payments)
            add(invoice.disputes, invoice.promises)
            papers.append(UInt32(clamping: invoice.source.paper))
            paperLines.append(UInt32(clamping: invoice.source.line))
        }
        currencyNames = numbers.names
    }

    private mutating func add(_ payments: InvoicePayments) {
        paymentCounts.append(UInt32(clamping: payments.count))
        for payment in payments {
            paymentDays.append(payment.date.dayNumber)
            paymentCents.append(payment.cents)
            paymentReturnedDays.append(payment.returned?.dayNumber ?? .min)
            paymentPresumed.append(payment.isPresumed)
        }
    }

    private mutating func add(_ disputes: [InvoiceDispute], _ promises: [PaymentPromise]) {
        disputeCounts.append(UInt32(clamping: disputes.count))
        for dispute in disputes {
            disputeOpenedDays.append(dispute.opened.dayNumber)
            disputeClosedDays.append(dispute.closed?.dayNumber ?? .min)
        }
        promiseCounts.append(UInt32(clamping: promises.count))
        for promise in promises {
            promiseMadeDays.append(promise.made.dayNumber)
            promiseDays.append(promise.date.dayNumber)
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
            days.append(credit.date.dayNumber)
            payments.append(credit.isPayment)
            parties.append(UInt32(clamping: credit.party))
            currencies.append(numbers.number(of: credit.currency))
            papers.append(UInt32(clamping: credit.source.paper))
            paperLines.append(UInt32(clamping: credit.source.line))
        }
        currencyNames = numbers.names
    }
}
