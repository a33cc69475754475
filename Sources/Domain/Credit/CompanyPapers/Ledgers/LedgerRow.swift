// SPDX-License-Identifier: Apache-2.0

// What one line of an export says.

internal import CreditFacts
internal import Quantities

/// What a line says.
struct LedgerRow {
    var party: Int32 = 0
    var currency: Currency?
    var reference = ""
    var document = ""
    var kind = LedgerKind.unknown
    var issued: CalendarDate?
    var booked: CalendarDate?
    var due: CalendarDate?
    /// What it comes to: debts positive, credits negative.
    var cents: Int64 = 0
    /// What of it is open, with the same sign; nil where no column tells.
    var open: Int64?
    /// What was paid for it; nil where no column tells.
    var paid: Int64?
    /// What credit notes took off it.
    var credited: Int64 = 0
    /// When it was paid or cleared.
    var paidOn: CalendarDate?
    var matching = ""
    var matchedTo = ""
    var isDoubtful = false
    var source: PaperReference

    /// Begins a line. Texts stay until others take their place.
    mutating func begin(_ source: PaperReference) {
        self.source = source
        currency = nil
        (issued, booked, due, paidOn) = (nil, nil, nil, nil)
        (kind, isDoubtful) = (.unknown, false)
        (cents, open, paid, credited) = (0, nil, nil, 0)
    }

    /// Sets the date of a field.
    @inline(__always)
    mutating func set(_ field: LedgerField, _ date: CalendarDate) {
        switch field {
        case .issued: issued = date
        case .booked: booked = date
        case .due: due = date
        default: paidOn = date
        }
    }

    /// When it was booked, as far as is known.
    var date: CalendarDate? { booked ?? issued ?? due }

    /// Whether it is money: its kind says so, or nothing says that it is a credit note.
    var isPayment: Bool { kind == .payment || kind == .unknown }
}
