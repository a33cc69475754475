// SPDX-License-Identifier: Apache-2.0

// Books of those who book payments only (DateRglt, IdClient: farmers, professions) have no lines of
// third parties: the receipt of the money says whose it is, the date of its piece and of payment.

internal import CreditFacts
internal import Quantities

/// What the lines of an entry say of a receipt of money.
struct CashReceipt {
    private var customer: Int32?
    private var paid: CalendarDate?
    private var issued: CalendarDate?
    private var reference: [UInt8] = []
    private var line: Int32 = 0
    private var cents: Int64 = 0
    private var hasThirdParty = false

    /// Whether it says who paid.
    var hasCustomer: Bool { customer != nil }

    /// Notes a line that has a day of payment.
    mutating func note(
        _ line: JournalLine,
        _ account: AccountTraits,
        _ customers: inout ThirdPartyLedger
    ) {
        if account.contains(.collective) { hasThirdParty = true }
        if account.contains(.cash) { cents += line.amount }
        let name = line.customer.isEmpty ? line.thirdParty : line.customer
        guard customer == nil, !name.isEmpty else { return }
        customer = customers.number(of: name)
        (paid, issued) = (line.paymentDate, line.pieceDate)
        reference = Array(line.reference)
        self.line = line.line
    }

    /// The invoice that was paid; nil where the entry is no receipt of sales of a known customer.
    func invoice(
        _ contents: EntryContents,
        paper: Int32,
        _ customers: inout ThirdPartyLedger
    ) -> LedgerMove? {
        guard let customer, let paid, !hasThirdParty, cents > 0,
            contents.isTrade(ofCustomers: true)
        else { return nil }
        return LedgerMove(
            kind: .invoice,
            side: 0,
            isDoubtful: false,
            isCarriedOver: false,
            hasCodeOfEntry: false,
            place: -1,
            party: customer,
            group: -1,
            cents: cents,
            booked: paid,
            issued: issued,
            paid: paid,
            reference: reference.withUnsafeBytes { customers.pack($0) },
            source: PaperReference(paper: paper, line: line)
        )
    }
}
