// SPDX-License-Identifier: Apache-2.0

// Transactions of an entry. A part never gets the amount of the whole: what its parts leave is a
// transaction of its own, so that the sum of all is always what was booked.

internal import CreditFacts
internal import Documents
internal import Quantities

/// Reads entries.
struct EntryReader {
    let paper: Int32
    /// The account itself, which is never the other side.
    let account: String
    private(set) var findings = Findings(keptPerCodeMax: 0)

    /// Takes the findings until they are given back, so that nothing is copied.
    init(paper: Int32, account: String, taking findings: inout Findings) {
        self.paper = paper
        self.account = account
        swap(&self.findings, &findings)
    }

    private mutating func note(
        _ code: FindingCode,
        _ field: String,
        _ values: [String],
        line: Int32
    ) {
        findings.add(
            Finding(code, at: PaperReference(paper: paper, line: line), field: field, values)
        )
    }

    // MARK: Values

    /// The amount of a record with its sign; nil, and noted, if it has none.
    mutating func signedAmount(
        _ fields: BankFields,
        line: Int32
    ) -> (cents: Int64, currency: Currency)? {
        guard let field = fields["amount"] else {
            note(.fieldMissing, "amount", [], line: line)
            return nil
        }
        guard let currency = Currency(field.attribute) else {
            note(.badCurrency, "amount", [field.attribute], line: field.line)
            return nil
        }
        guard let cents = amount(field, "amount", currency), let sign = sign(fields) else {
            if sign(fields) == nil {
                note(.fieldMissing, "side", [fields.text("side")], line: line)
            }
            return nil
        }
        return (sign * cents, currency)
    }

    private func sign(_ fields: BankFields) -> Int64? {
        switch fields.text("side") {
        case "CRDT": 1
        case "DBIT": -1
        default: nil
        }
    }

    private mutating func amount(
        _ field: PaperField,
        _ name: String,
        _ currency: Currency
    ) -> Int64? {
        guard let read = XMLAmount.read(field.text, currency) else {
            note(.badAmount, name, [field.text], line: field.line)
            return nil
        }
        if read.isRounded { note(.amountRounded, name, [field.text], line: field.line) }
        return read.units
    }

    private mutating func charges(_ detail: BankDetail, _ currency: Currency) -> Int64 {
        var sum: Int64 = 0
        for charge in detail.charges where charge.amount.attribute == currency.code {
            let cents = amount(charge.amount, "charge", currency) ?? 0
            sum = sum.addingReportingOverflow(charge.isBack ? -cents : cents).partialValue
        }
        if detail.charges.isEmpty, let total = detail.fields["charges_total"],
            total.attribute == currency.code
        {
            return amount(total, "charge", currency) ?? 0
        }
        return sum
    }

    // MARK: An entry

    /// The transactions of an entry; nil, and noted, for one that cannot be used.
    mutating func transactions(
        _ entry: BankDetail,
        _ details: [BankDetail],
        number: Int
    ) -> [BankTransaction]? {
        guard let whole = signedAmount(entry.fields, line: entry.line) else { return nil }
        let told = entry.fields["date"] ?? entry.fields["value_date"]
        guard let date = told.flatMap({ XMLMoment($0.text)?.date }) else {
            note(
                told == nil ? .fieldMissing : .badDate,
                "date",
                [told?.text ?? ""],
                line: entry.line
            )
            return nil
        }
        var plain = BankTransaction(
            date: date,
            cents: whole.cents,
            currency: whole.currency,
            source: PaperReference(paper: paper, line: entry.line)
        )
        plain.entry = number
        let reference = entry.fields.text("reference")
        plain.reference =
            reference.isEmpty ? entry.fields.text("servicer_reference") : reference
        plain.isReversal = ["true", "1"].contains(entry.fields.text("reversal"))
        plain.isReturn = DocumentCodes.standard.isReturn(family: entry.fields.text("family"))
        plain.charges = charges(entry, whole.currency)
        plain.texts = entry.fields.texts
        guard let first = details.first else { return [plain] }
        if details.count == 1 {
            var only = describe(plain, first)
            if first.charges.isEmpty { only.charges = plain.charges }
            // What the other side paid, where it is told, must be explained by charges.
            if let paid = ownAmount(first, whole.currency),
                paid != abs(whole.cents), paid != abs(whole.cents + only.charges)
            {
                noteDifference(entry, paid, abs(whole.cents))
            }
            return [only]
        }
        return split(plain, entry, details)
    }

    private mutating func noteDifference(_ entry: BankDetail, _ parts: Int64, _ whole: Int64) {
        note(.batchDiffers, "amount", [parts, whole].map(CentsText.text), line: entry.line)
    }

    /// The amount of a part, without sign, if it tells one in the account's currency.
    private mutating func ownAmount(_ detail: BankDetail, _ currency: Currency) -> Int64? {
        for name in ["amount", "transaction_amount", "instructed_amount"] {
            if let field = detail.fields[name], field.attribute == currency.code {
                return amount(field, name, currency)
            }
        }
        return nil
    }

    private mutating func split(
        _ whole: BankTransaction,
        _ entry: BankDetail,
        _ details: [BankDetail]
    ) -> [BankTransaction] {
        var parts: [BankTransaction] = []
        var left = whole.cents
        var isOver = false
        var unknown: [Int] = []
        for detail in details {
            var part = describe(whole, detail)
            part.cents = 0
            if let cents = ownAmount(detail, whole.currency) {
                let side = sign(detail.fields) ?? (whole.cents < 0 ? -1 : 1)
                part.cents = side * cents
                let rest = left.subtractingReportingOverflow(part.cents)
                (left, isOver) = (rest.partialValue, isOver || rest.overflow)
            } else {
                unknown.append(parts.count)
            }
            parts.append(part)
        }
        // One unknown part is what the others leave; of several nobody knows.
        if unknown.count == 1, let place = unknown.first, left.signum() == whole.cents.signum() {
            parts[place].cents = left
            left = 0
            unknown = []
        }
        if isOver || !unknown.isEmpty {
            note(.batchNotSplit, "amount", ["\(details.count)"], line: entry.line)
            return [whole]
        }
        if left == 0 { return parts }
        var rest = whole
        rest.cents = left
        rest.charges = 0
        let charges = parts.reduce(whole.charges) {
            $0.addingReportingOverflow($1.charges).partialValue
        }
        if left != -charges {
            noteDifference(
                entry,
                whole.cents.subtractingReportingOverflow(left).partialValue,
                whole.cents
            )
        }
        // Its parts are what was paid: what the bank kept stands by itself.
        for place in parts.indices { parts[place].charges = 0 }
        return parts + [rest]
    }

    /// A transaction with what a part says.
    private mutating func describe(_ whole: BankTransaction, _ detail: BankDetail)
        -> BankTransaction
    {
        var part = whole
        let fields = detail.fields
        part.source = PaperReference(paper: paper, line: detail.line)
        part.charges = charges(detail, whole.currency)
        let family = fields.text("family")
        part.isReturn =
            detail.isReturn || whole.isReturn || DocumentCodes.standard.isReturn(family: family)
        part.returnReason = fields.text("return_reason")
        let endToEnd = fields.text("end_to_end")
        part.endToEnd = endToEnd == "NOTPROVIDED" ? "" : endToEnd
        part.creditorReference = fields.text("creditor_reference")
        part.texts = fields.texts + whole.texts
        for document in detail.documents {
            let cents = document.amount.flatMap { field in
                field.attribute == whole.currency.code
                    ? amount(field, "document_amount", whole.currency) : nil
            }
            part.documents.append(.init(number: document.number, cents: cents))
        }
        // Of money that comes in the debtor is the other side; of what is taken back too.
        let isCredit = (sign(fields) ?? whole.cents.signum()) > 0
        let isBack = part.isReversal || part.isReturn
        let debtor = other(fields, "debtor")
        let creditor = other(fields, "creditor")
        let first = isCredit != isBack ? debtor : creditor
        let second = isCredit != isBack ? creditor : debtor
        let isOther =
            first.account.isEmpty ? !first.name.isEmpty : first.account != account
        (part.party, part.partyAccount) = isOther ? first : second
        return part
    }

    private func other(_ fields: BankFields, _ side: String) -> (name: String, account: String) {
        let name = fields.text(side)
        return (
            name.isEmpty ? fields.text("ultimate_" + side) : name,
            fields.text(side + "_account").filter { $0 != " " }
        )
    }
}
