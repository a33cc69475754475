// SPDX-License-Identifier: Apache-2.0

// Makes invoices and messages out of the elements of a paper.

internal import CreditFacts
internal import Documents
internal import Quantities

/// A field as it stands in a paper.
struct PaperField {
    var text: String
    var attribute: String
    var line: Int32
}

/// Takes the elements of invoices and messages.
final class InvoiceRecords: PaperElementTarget {
    /// Due dates, invoices before and numbers of a party: for more of them no invoice has a use.
    // tidy: limit: an invoice by its nature has few
    private static let repeatedMax = 64

    var list: InvoiceList
    private let paper: Int32
    /// What the open document says, each field once; a further one counts only where it may repeat.
    private var fields: [String: [PaperField]] = [:]
    private var message: [String: [PaperField]] = [:]
    private var preceding: [TradeInvoice.Preceding] = []
    private var amounts: [StatusAmount] = []
    private var line: Int32 = 0

    init(paper: Int32, findingsPerCodeMax: Int) {
        self.paper = paper
        list = InvoiceList(findings: Findings(keptPerCodeMax: findingsPerCodeMax))
    }

    func begin(_ record: String, line: Int32) {
        switch record {
        case "preceding", "amount":
            for name in [
                "preceding_number", "preceding_issued", "amount_type", "amount", "amount_date",
            ] {
                fields[name] = nil
            }
        case "message":
            message = [:]
            fields = [:]
        default:
            if record == "status" { message.merge(fields) { $1 } }
            fields = [:]
            preceding = []
            amounts = []
            self.line = line
        }
    }

    func field(_ name: String, _ text: String, attribute: String, line: Int32) {
        guard fields[name, default: []].count < Self.repeatedMax else {
            return tooLong(name, line: line)
        }
        fields[name, default: []].append(
            PaperField(text: text, attribute: attribute, line: line)
        )
    }

    func tooLong(_ name: String, line: Int32) { note(.tooLong, name, line: line) }

    func end(_ record: String) {
        switch record {
        case "preceding": endPreceding()
        case "amount": endAmount()
        case "status": endStatus()
        case "invoice", "credit_note": endInvoice(isCreditNote: record == "credit_note")
        default: break
        }
    }

    // MARK: Values

    private func text(_ name: String) -> String { fields[name]?.first?.text ?? "" }

    private func note(_ code: FindingCode, _ field: String, _ values: String..., line: Int32) {
        list.findings.add(
            Finding(code, at: PaperReference(paper: paper, line: line), field: field, values)
        )
    }

    private func date(_ field: PaperField, _ name: String) -> CalendarDate? {
        guard let moment = XMLMoment(field.text) else {
            note(.badDate, name, field.text, line: field.line)
            return nil
        }
        return moment.date
    }

    private func amount(_ name: String, _ currency: Currency) -> Amount {
        // In the invoice's currency, if it is told in several.
        let own = fields[name]?.first {
            $0.attribute.isEmpty || $0.attribute == currency.code
        }
        guard let field = own else { return .none }
        return amount(field, name, currency)
    }

    private enum Amount: Equatable {
        case none
        case units(Int64)
        case bad
    }

    private func amount(_ field: PaperField, _ name: String, _ currency: Currency) -> Amount {
        guard let read = XMLAmount.read(field.text, currency) else {
            note(.badAmount, name, field.text, line: field.line)
            return .bad
        }
        if read.isRounded { note(.amountRounded, name, field.text, line: field.line) }
        return .units(read.units)
    }

    private func party(_ side: String) -> TradeParty {
        var number = PartyNumber()
        for field in fields[side + "_number"] ?? [] {
            number.add(field.text, scheme: field.attribute)
        }
        for field in fields[side + "_vat"] ?? [] { number.add(vat: field.text) }
        if number.siren == nil, let bad = number.bad {
            note(.badIdentifier, side, bad, line: fields[side + "_number"]?.first?.line ?? line)
        }
        let name = text(side + "_name")
        return TradeParty(
            siren: number.siren,
            name: name.isEmpty ? text(side + "_other_name") : name
        )
    }

    // MARK: Parts

    private func endPreceding() {
        let number = text("preceding_number")
        guard !number.isEmpty else { return }
        guard preceding.count < Self.repeatedMax else { return tooLong("preceding", line: line) }
        let issued = fields["preceding_issued"]?.first.flatMap { date($0, "preceding_issued") }
        preceding.append(TradeInvoice.Preceding(number: number, issued: issued))
    }

    private struct StatusAmount {
        var type: String
        var cents: Int64
        var currency: Currency?
        var date: CalendarDate?
    }

    private func endAmount() {
        guard amounts.count < Self.repeatedMax else { return tooLong("amount", line: line) }
        let currency = fields["amount"]?.first.flatMap { Currency($0.attribute) }
        guard let euro = Currency("EUR"),
            case .units(let cents) = fields["amount"]?.first.map({
                amount($0, "amount", currency ?? euro)
            }) ?? .none
        else { return }
        amounts.append(
            StatusAmount(
                type: text("amount_type"),
                cents: cents,
                currency: currency,
                date: fields["amount_date"]?.first.flatMap { date($0, "amount_date") }
            )
        )
    }

    // MARK: Documents

    private func setAside(_ code: FindingCode, _ field: String, _ values: String...) {
        list.counts.setAside += 1
        let place = PaperReference(paper: paper, line: fields[field]?.first?.line ?? line)
        list.findings.add(Finding(code, at: place, field: field, values))
    }

    private func endInvoice(isCreditNote: Bool) {
        list.counts.read += 1
        let number = text("number")
        guard !number.isEmpty else { return setAside(.fieldMissing, "number") }
        let type = fields["type"]?.first?.text ?? (isCreditNote ? "381" : "380")
        guard var kind = DocumentCodes.standard.kind(ofType: type) else {
            return setAside(.unknownInvoiceType, "type", type)
        }
        if isCreditNote { kind = .credit }
        guard let field = fields["issued"]?.first else { return setAside(.fieldMissing, "issued") }
        guard let issued = XMLMoment(field.text)?.date else {
            return setAside(.badDate, "issued", field.text)
        }
        guard let code = fields["currency"]?.first?.text else {
            return setAside(.fieldMissing, "currency")
        }
        guard let currency = Currency(code) else { return setAside(.badCurrency, "currency", code) }
        guard let amounts = totals(currency) else {
            list.counts.setAside += 1
            return
        }
        var invoice = TradeInvoice(
            kind: kind,
            type: type,
            number: number,
            issued: issued,
            currency: currency,
            total: amounts.total,
            prepaid: amounts.prepaid,
            payable: amounts.payable,
            source: PaperReference(paper: paper, line: line)
        )
        takeSign(&invoice)
        invoice.seller = party("seller")
        invoice.buyer = party("buyer")
        invoice.terms = text("terms")
        invoice.payeeAccount = text("payee_account")
        invoice.payerAccount = text("payer_account")
        invoice.paymentReference = text("payment_reference")
        takeDueDates(&invoice)
        takePreceding(&invoice)
        list.invoices.append(invoice)
    }

    /// Total, prepaid and payable; what one leaves out follows from the others.
    private func totals(_ currency: Currency) -> (total: Int64, prepaid: Int64, payable: Int64)? {
        var units: [Int64?] = []
        for name in ["total", "prepaid", "rounding", "payable"] {
            switch amount(name, currency) {
            case .bad: return nil
            case .none: units.append(nil)
            case .units(let number): units.append(number)
            }
        }
        let (prepaid, rounding) = (units[1] ?? 0, units[2] ?? 0)
        guard let total = units[0] ?? units[3].map({ $0 + prepaid - rounding }) else {
            note(.fieldMissing, "payable", line: line)
            return nil
        }
        let payable = units[3] ?? total - prepaid + rounding
        if payable != total - prepaid + rounding {
            let values = [total, prepaid, payable].map(CentsText.text)
            note(.totalsDiffer, "payable", values[0], values[1], values[2], line: line)
        }
        return (total, prepaid, payable)
    }

    /// A negative invoice is a credit note, and amounts have no sign beyond that.
    private func takeSign(_ invoice: inout TradeInvoice) {
        let isNegative = invoice.total < 0 || (invoice.total == 0 && invoice.payable < 0)
        guard isNegative else { return }
        if invoice.kind == .credit {
            note(.creditNegative, "total", CentsText.text(invoice.total), line: line)
        }
        invoice.kind = .credit
        (invoice.total, invoice.prepaid) = (-invoice.total, -invoice.prepaid)
        invoice.payable = -invoice.payable
    }

    private func takeDueDates(_ invoice: inout TradeInvoice) {
        var dates: [CalendarDate] = []
        for field in fields["due"] ?? [] {
            if let date = date(field, "due"), !dates.contains(date) { dates.append(date) }
        }
        invoice.due = dates.sorted()
        if dates.count > 1 {
            let field = fields["due"]?.first?.line ?? line
            note(.severalDueDates, "due", "\(dates.count)", line: field)
        }
    }

    private func takePreceding(_ invoice: inout TradeInvoice) {
        invoice.preceding = preceding
        guard invoice.kind != .invoice else { return }
        if preceding.isEmpty || preceding.contains(where: { $0.issued == nil }) {
            note(.precedingIncomplete, "preceding", invoice.number, line: line)
        }
    }

    private func endStatus() {
        list.counts.read += 1
        let (number, code) = (text("number"), text("code"))
        guard !number.isEmpty else { return setAside(.fieldMissing, "number") }
        guard !code.isEmpty else { return setAside(.fieldMissing, "code") }
        guard let effect = DocumentCodes.standard.effect(ofStatus: code) else {
            return setAside(.unknownStatus, "code", code)
        }
        let told = message["moment"]?.first ?? message["message_moment"]?.first
        guard let told = told ?? fields["received"]?.first else {
            return setAside(.fieldMissing, "moment")
        }
        guard let moment = XMLMoment(told.text) else {
            return setAside(.badDate, "moment", told.text)
        }
        var status = InvoiceStatus(
            number: number,
            issued: fields["issued"]?.first.flatMap { date($0, "issued") },
            code: code,
            effect: effect,
            date: moment.date,
            source: PaperReference(paper: paper, line: line)
        )
        status.second = moment.second
        status.reason = text("reason")
        var seller = PartyNumber()
        for field in fields["seller_number"] ?? [] {
            seller.add(field.text, scheme: field.attribute)
        }
        status.seller = seller.siren
        takeAmounts(&status)
        list.statuses.append(status)
    }

    /// What was paid is told once for each rate of tax; the type says what an amount is.
    private func takeAmounts(_ status: inout InvoiceStatus) {
        guard status.effect == .paid || status.effect == .promised else { return }
        let type = status.effect == .paid ? "MEN" : "MPA"
        for amount in amounts where amount.type == type {
            // At most 64 amounts, each far from the edge.
            status.cents = (status.cents ?? 0) + amount.cents
            status.currency = amount.currency ?? status.currency
            status.valueDate = amount.date ?? status.valueDate
        }
        if status.cents == nil || status.valueDate == nil {
            note(.statusIncomplete, type, status.number, status.code, line: line)
        }
    }
}
