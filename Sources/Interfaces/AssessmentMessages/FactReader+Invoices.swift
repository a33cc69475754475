// SPDX-License-Identifier: Apache-2.0

// Invoices and what became of them, out of columns.

internal import CreditFacts
internal import Quantities
internal import ServiceErrors
internal import VigieLimits
internal import VigieProtos

extension FactReader {
    /// Invoices of one side.
    func invoices(
        _ message: Vigie_V1_InvoiceColumns,
        _ place: StaticString
    ) throws(ServiceError) -> [LedgerInvoice] {
        let columns = try invoiceColumns(place, message.cents.count)
        try check(message, columns)
        let currencies = try columns.currencies(message.currencyNames, message.currencies)
        var parts = InvoiceParts()
        var invoices: [LedgerInvoice] = []
        invoices.reserveCapacity(columns.count)
        for index in 0..<columns.count {
            var invoice = LedgerInvoice(
                party: try party(message.parties, index, columns),
                reference: message.references.isEmpty
                    ? "" : try columns.text(message.references, "references", index),
                issued: try columns.optionalDay(message.issuedDays, "issued_days", index),
                due: try columns.optionalDay(message.dueDays, "due_days", index),
                dueSource: try dueSource(message, index, columns),
                cents: try columns.cents(message.cents, "cents", index),
                source: try columns.source(message.papers, message.paperLines, index)
            )
            invoice.open = try columns.cents(message.openCents, "open_cents", index)
            if !message.creditedCents.isEmpty {
                invoice.credited = try columns.cents(
                    message.creditedCents,
                    "credited_cents",
                    index
                )
            }
            if !message.doubtful.isEmpty { invoice.isDoubtful = message.doubtful[index] }
            if !message.currencies.isEmpty {
                let number = Int(message.currencies[index])
                invoice.currency = try columns.value(number, currencies, "currencies", index)
            }
            try parts.add(message, index, columns, to: &invoice)
            guard invoice.open >= 0, invoice.open <= max(invoice.cents, 0) else {
                throw columns.bad(
                    "open_cents",
                    index,
                    invoice.open,
                    "it must be from 0 to what the invoice amounts to (\(invoice.cents))"
                )
            }
            invoices.append(consume invoice)
        }
        return invoices
    }

    private func check(
        _ message: Vigie_V1_InvoiceColumns,
        _ columns: FactColumns
    ) throws(ServiceError) {
        try columns.need(message.openCents.count, "open_cents")
        try columns.allow(message.creditedCents.count, "credited_cents")
        try columns.allow(message.issuedDays.count, "issued_days")
        try columns.allow(message.dueDays.count, "due_days")
        try columns.allow(message.dueSources.count, "due_sources")
        try columns.allow(message.parties.count, "parties")
        try columns.allow(message.references.count, "references")
        try columns.allow(message.doubtful.count, "doubtful")
        try columns.checkPlaces(message.papers, message.paperLines)
        try columns.allow(message.paymentCounts.count, "payment_counts")
        let payments = columns.total(message.paymentCounts)
        try columns.need(message.paymentDays.count, "payment_days", as: payments)
        try columns.need(message.paymentCents.count, "payment_cents", as: payments)
        let returned = message.paymentReturnedDays.count
        try columns.allow(returned, "payment_returned_days", as: payments)
        try columns.allow(message.paymentPresumed.count, "payment_presumed", as: payments)
        try columns.allow(message.disputeCounts.count, "dispute_counts")
        let disputes = columns.total(message.disputeCounts)
        try columns.need(message.disputeOpenedDays.count, "dispute_opened_days", as: disputes)
        try columns.allow(message.disputeClosedDays.count, "dispute_closed_days", as: disputes)
        try columns.allow(message.promiseCounts.count, "promise_counts")
        let promises = columns.total(message.promiseCounts)
        try columns.need(message.promiseMadeDays.count, "promise_made_days", as: promises)
        try columns.need(message.promiseDays.count, "promise_days", as: promises)
        try columns.need(message.promiseCents.count, "promise_cents", as: promises)
        try columns.need(message.promiseVerifiable.count, "promise_verifiable", as: promises)
    }

    private func dueSource(
        _ message: Vigie_V1_InvoiceColumns,
        _ index: Int,
        _ columns: FactColumns
    ) throws(ServiceError) -> DueDateSource? {
        if message.dueSources.isEmpty { return nil }
        let number = message.dueSources[index].rawValue
        return try columns.value(number, FactNumbers.dueSources, "due_sources", index)
    }

    private func party(
        _ parties: [UInt32],
        _ index: Int,
        _ columns: FactColumns
    ) throws(ServiceError) -> Int32 {
        if parties.isEmpty { return 0 }
        guard let party = Int32(exactly: parties[index]) else {
            throw columns.bad("parties", index, parties[index], "it must be below 2147483648")
        }
        return party
    }

    private func invoiceColumns(
        _ place: StaticString,
        _ count: Int
    ) throws(ServiceError) -> FactColumns {
        try FactColumns(
            place,
            count: count,
            limit: "companyInvoicesMax",
            maximum: limits.companyInvoicesMax,
            limits
        )
    }

    /// What was sold month by month.
    func sales(_ message: Vigie_V1_SalesColumns) throws(ServiceError) -> [Int: Int64] {
        let columns = try FactColumns(
            "company.sales",
            count: message.months.count,
            limit: "salesMonthsMax",
            maximum: limits.salesMonthsMax,
            limits
        )
        try columns.need(message.cents.count, "cents")
        var sales: [Int: Int64] = [:]
        for (index, month) in message.months.enumerated() {
            // No date has a year of five digits.
            guard month < 120_000 else {
                throw columns.bad("months", index, month, "it must be a year times 12 and a month")
            }
            let cents = try columns.cents(message.cents, "cents", index)
            guard sales.updateValue(cents, forKey: Int(month)) == nil else {
                throw columns.bad("months", index, month, "it is there before")
            }
        }
        return sales
    }

    /// Money that belongs to no invoice.
    func credits(
        _ message: Vigie_V1_CreditColumns,
        _ place: StaticString
    ) throws(ServiceError) -> [UnallocatedCredit] {
        let columns = try invoiceColumns(place, message.cents.count)
        try columns.need(message.days.count, "days")
        try columns.allow(message.payments.count, "payments")
        try columns.allow(message.parties.count, "parties")
        try columns.checkPlaces(message.papers, message.paperLines)
        let currencies = try columns.currencies(message.currencyNames, message.currencies)
        var credits: [UnallocatedCredit] = []
        credits.reserveCapacity(columns.count)
        for index in 0..<columns.count {
            var credit = UnallocatedCredit(
                party: try party(message.parties, index, columns),
                date: try columns.day(message.days, "days", index),
                cents: try columns.cents(message.cents, "cents", index),
                isPayment: message.payments.isEmpty ? false : message.payments[index],
                source: try columns.source(message.papers, message.paperLines, index)
            )
            if !message.currencies.isEmpty {
                let number = Int(message.currencies[index])
                credit.currency = try columns.value(number, currencies, "currencies", index)
            }
            credits.append(credit)
        }
        return credits
    }
}

/// How far the columns of payments, disputes and promises have been given to invoices. Their
/// lengths were checked.
private struct InvoiceParts {
    private var payment = 0
    private var dispute = 0
    private var promise = 0

    mutating func add(
        _ message: Vigie_V1_InvoiceColumns,
        _ index: Int,
        _ columns: FactColumns,
        to invoice: inout LedgerInvoice
    ) throws(ServiceError) {
        if !message.paymentCounts.isEmpty {
            let end = payment + Int(message.paymentCounts[index])
            while payment < end {
                invoice.payments.append(try payment(message, columns))
                payment += 1
            }
        }
        if !message.disputeCounts.isEmpty {
            let end = dispute + Int(message.disputeCounts[index])
            while dispute < end {
                invoice.disputes.append(try dispute(message, columns))
                dispute += 1
            }
        }
        if !message.promiseCounts.isEmpty {
            let end = promise + Int(message.promiseCounts[index])
            while promise < end {
                invoice.promises.append(try promise(message, columns))
                promise += 1
            }
        }
    }

    private func payment(
        _ message: Vigie_V1_InvoiceColumns,
        _ columns: FactColumns
    ) throws(ServiceError) -> InvoicePayment {
        let cents = try columns.cents(message.paymentCents, "payment_cents", payment)
        guard cents > 0 else {
            throw columns.bad("payment_cents", payment, cents, "a payment is above 0")
        }
        var paid = InvoicePayment(
            date: try columns.day(message.paymentDays, "payment_days", payment),
            cents: cents,
            isPresumed: message.paymentPresumed.isEmpty ? false : message.paymentPresumed[payment]
        )
        paid.returned = try columns.optionalDay(
            message.paymentReturnedDays,
            "payment_returned_days",
            payment
        )
        return paid
    }

    private func dispute(
        _ message: Vigie_V1_InvoiceColumns,
        _ columns: FactColumns
    ) throws(ServiceError) -> InvoiceDispute {
        let opened = try columns.day(message.disputeOpenedDays, "dispute_opened_days", dispute)
        let closed = try columns.optionalDay(
            message.disputeClosedDays,
            "dispute_closed_days",
            dispute
        )
        if let closed, closed < opened {
            throw columns.bad(
                "dispute_closed_days",
                dispute,
                closed,
                "a dispute ends after it began (\(opened))"
            )
        }
        return InvoiceDispute(opened: opened, closed: closed)
    }

    private func promise(
        _ message: Vigie_V1_InvoiceColumns,
        _ columns: FactColumns
    ) throws(ServiceError) -> PaymentPromise {
        let cents = try columns.cents(message.promiseCents, "promise_cents", promise)
        guard cents > 0 || cents == -1 else {
            throw columns.bad(
                "promise_cents",
                promise,
                cents,
                "a promise is above 0, or -1 for the whole"
            )
        }
        return PaymentPromise(
            made: try columns.day(message.promiseMadeDays, "promise_made_days", promise),
            date: try columns.day(message.promiseDays, "promise_days", promise),
            cents: cents == -1 ? nil : cents,
            isVerifiable: message.promiseVerifiable[promise]
        )
    }
}
