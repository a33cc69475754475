// SPDX-License-Identifier: Apache-2.0

// One line of an export: first its cells as they stand, then what they say.

internal import CreditFacts
internal import Documents
internal import Quantities

/// The cells of a line by field, as bytes of their own.
struct LedgerCells {
    /// The line, from 1.
    private(set) var line = 0
    private var bytes: [UInt8] = []
    private var ends = [Int](repeating: 0, count: LedgerField.allCases.count)

    /// Takes the cells of the current record.
    mutating func take(_ records: CSVRecordReader, _ header: LedgerHeader) {
        line = records.line
        bytes.removeAll(keepingCapacity: true)
        for (field, place) in header.places.enumerated() {
            if let place, place < records.cells.count {
                let cell = records.cells[place]
                if cell.hasDoubledQuotes {
                    bytes.append(contentsOf: records.text(cell).utf8)
                } else {
                    bytes.append(contentsOf: trimmedBlanks(records.bytes(cell)))
                }
            }
            ends[field] = bytes.count
        }
    }

    private func range(_ field: LedgerField) -> Range<Int> {
        let place = field.rawValue
        return (place == 0 ? 0 : ends[place - 1])..<ends[place]
    }

    /// Whether there is nothing in a cell.
    func isEmpty(_ field: LedgerField) -> Bool { range(field).isEmpty }

    /// The text of a cell; nil for an empty one.
    func text(_ field: LedgerField) -> String? {
        let range = range(field)
        return range.isEmpty ? nil : WesternText.decoded(bytes[range])
    }

    /// Gives the bytes of a cell away.
    func withBytes<Result>(
        _ field: LedgerField,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        let range = range(field)
        return bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
}

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

    /// When it was booked, as far as is known.
    var date: CalendarDate? { booked ?? issued ?? due }

    /// Whether it is money: its kind says so, or nothing says that it is a credit note.
    var isPayment: Bool { kind == .payment || kind == .unknown }
}
