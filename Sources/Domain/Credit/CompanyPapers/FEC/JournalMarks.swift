// SPDX-License-Identifier: Apache-2.0

// Which mark stands before decimals in a book. The rules ask for a comma in the flat form and a
// point in XML, and for none between thousands; exports have others. 1.234 alone is two different
// amounts: the other amounts tell which.

internal import CreditFacts
internal import Documents
internal import Quantities
internal import VigieLimits

/// What the amounts of a book tell of its decimal mark.
struct JournalMarks {
    /// An amount with marks between its thousands, and what it was read as: the first of a book.
    private(set) var grouped: (column: JournalColumn, text: String, cents: Int64)?
    private var points = 0
    private var commas = 0

    /// Nothing yet.
    init() {}

    /// What the form of a file says, if nothing in it says otherwise.
    init(decimal: UInt8) { count(decimal) }

    /// What amounts at the start of a file say; it begins with the header.
    init(start: [UInt8], delimiter: UInt8, header: JournalHeader) {
        let source = ByteSource(name: "", totalBytes: nil) { _ throws(InputError) in 0 }
        var records = CSVRecordReader(InputBuffer(source.following(start)), delimiter: delimiter)
        let places = [JournalColumn.debit, .credit, .amount].compactMap(header.place)
        var rows = 0
        while rows < InputLimits.sampleRowsMaximum, (try? records.next()) == true {
            rows += 1
            guard rows > 1, records.cells.count == header.columns.count else { continue }
            for place in places {
                let cell = records.bytes(records.cells[place]).trimmed
                if cell.isEmpty { continue }
                if case .cents(let amount) = JournalAmount.read(cell) { count(amount.decimal) }
            }
        }
    }

    /// The start of a file.
    static func start(of buffer: InputBuffer) throws(InputError) -> [UInt8] {
        while buffer.unread.count < InputLimits.sampleBytes, try buffer.refill(line: 1) {}
        return Array(buffer.unread.prefix(InputLimits.sampleBytes))
    }

    /// The decimal mark; nil where nothing tells, or amounts contradict each other.
    var decimal: UInt8? {
        // A damaged cell is one of many; two ways of writing are not.
        if points > 0, points >= 4 * commas { return 0x2E }
        if commas > 0, commas >= 4 * points { return 0x2C }
        return nil
    }

    private mutating func count(_ mark: UInt8) {
        if mark == 0x2E { points += 1 }
        if mark == 0x2C { commas += 1 }
    }

    /// Takes what an amount tells.
    mutating func take(
        _ amount: JournalAmount.Cents,
        _ column: JournalColumn,
        _ cell: UnsafeRawBufferPointer
    ) {
        count(amount.decimal)
        guard amount.hasMarks, grouped == nil else { return }
        grouped = (column, JournalLineParser.text(cell), amount.cents)
    }

    /// How amounts with marks between thousands were read; nil where there are none.
    func finding(_ paper: Int32) -> Finding? {
        guard let grouped else { return nil }
        return Finding(
            .amountsGrouped,
            at: PaperReference(paper: paper, line: 0),
            field: grouped.column.name,
            [grouped.text, CentsText.text(grouped.cents)]
        )
    }
}
