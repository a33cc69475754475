// SPDX-License-Identifier: Apache-2.0

// The cells of a line of an export as they stand: where they lie if the line is plain, else in one
// piece of memory for all lines.

internal import Documents

/// The cells of a line by field, where they lie. Behind the last of them eight bytes can be read.
struct LedgerCells {
    /// Where a cell lies, from the first byte on.
    typealias Bounds = (start: Int, end: Int)

    /// The line, from 1.
    fileprivate(set) var line = 0
    fileprivate var base: UnsafeRawPointer
    fileprivate let bounds: UnsafeMutablePointer<Bounds>

    /// The bytes of a cell.
    @inline(__always)
    func bytes(_ field: LedgerField) -> UnsafeRawBufferPointer {
        let (start, end) = bounds[field.rawValue]
        return UnsafeRawBufferPointer(start: base + start, count: end &- start)
    }

    /// Whether there is nothing in a cell.
    @inline(__always)
    func isEmpty(_ field: LedgerField) -> Bool {
        bounds[field.rawValue].start == bounds[field.rawValue].end
    }

    /// The text of a cell; nil for an empty one.
    @inline(__always)
    func text(_ field: LedgerField) -> String? {
        isEmpty(field) ? nil : WesternText.decoded(bytes(field))
    }
}

/// The cells of the line that is read.
final class LedgerLine {
    // Each line asks for these; nothing that changes them calls anything in between.
    /// Where they lie now.
    @exclusivity(unchecked) private(set) var cells: LedgerCells
    /// Those of the plain line before.
    @exclusivity(unchecked) private(set) var previous: LedgerCells
    /// Fields that have a column, and its place.
    private let columns: [(field: Int, place: Int)]
    private let columnCount: Int
    private let customer: Int?
    private let dates: [Int]
    @exclusivity(unchecked) private var copy = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 4_096,
        alignment: 8
    )

    init(_ header: LedgerHeader) {
        let count = LedgerField.allCases.count
        let bounds = (0..<2).map { _ in
            let bounds = UnsafeMutablePointer<LedgerCells.Bounds>.allocate(capacity: count)
            bounds.initialize(repeating: (0, 0), count: count)
            return bounds
        }
        cells = LedgerCells(base: UnsafeRawPointer(bounds[0]), bounds: bounds[0])
        previous = LedgerCells(base: UnsafeRawPointer(bounds[1]), bounds: bounds[1])
        columns = header.places.enumerated().compactMap { field, place in
            place.map { (field, $0) }
        }
        columnCount = header.names.count
        let customer = header[.customer]
        dates = [LedgerField.due, .issued, .booked, .paidOn].compactMap { header[$0] }
            .filter { $0 != customer }
        self.customer = customer
    }

    deinit {
        cells.bounds.deallocate()
        previous.bounds.deallocate()
        copy.deallocate()
    }

    /// Takes the cells of a plain line that is a record without doubt: as many as in the header, a
    /// customer that is no line that was drawn, a date. Those that it had become the previous ones.
    /// Returns false for any other.
    func take(
        _ base: UnsafeRawPointer,
        _ start: Int,
        _ ends: UnsafeBufferPointer<UInt32>,
        _ known: LedgerDates
    ) -> Bool {
        guard ends.count == columnCount, let customer, let ends = ends.baseAddress else {
            return false
        }
        let cell = { (place: Int) -> UnsafeRawBufferPointer in
            let start = place == 0 ? start : Int(ends[place &- 1]) &+ 1
            return UnsafeRawBufferPointer(start: base + start, count: Int(ends[place]) &- start)
        }
        guard let first = cell(customer).first, !first.isOfRule,
            dates.contains(where: { known.date(cell($0)) != nil })
        else { return false }
        swap(&cells, &previous)
        cells.base = base
        for (field, place) in columns {
            let bytes = cell(place).withoutBlanks
            let start = bytes.baseAddress.map { $0 - base } ?? 0
            cells.bounds[field] = (start, start &+ bytes.count)
        }
        return true
    }

    /// Takes the cells of the current record.
    func take(_ records: CSVRecordReader) {
        cells.line = records.line
        var count = 0
        for (field, place) in columns where place < records.cells.count {
            let cell = records.cells[place]
            let start = count
            if cell.hasDoubledQuotes {
                var text = records.text(cell)
                text.withUTF8 { append(UnsafeRawBufferPointer($0), &count) }
            } else {
                append(trimmedBlanks(records.bytes(cell)), &count)
            }
            cells.bounds[field] = (start, count)
        }
        if let start = copy.baseAddress { cells.base = UnsafeRawPointer(start) }
    }

    private func append(_ bytes: UnsafeRawBufferPointer, _ count: inout Int) {
        while copy.count < count + bytes.count + 8 {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: 2 * copy.count,
                alignment: 8
            )
            larger.copyMemory(from: UnsafeRawBufferPointer(copy))
            copy.deallocate()
            copy = larger
        }
        UnsafeMutableRawBufferPointer(rebasing: copy[count...]).copyMemory(from: bytes)
        count += bytes.count
    }

    /// Says on which line they are.
    func setLine(_ line: Int) { cells.line = line }

    /// Takes cells that were kept, in the place of the previous ones.
    func with<Result>(_ held: HeldCells, _ body: (LedgerCells) -> Result) -> Result {
        for field in 0..<LedgerField.allCases.count {
            let start = field == 0 ? 0 : held.ends[field - 1]
            previous.bounds[field] = (start, held.ends[field])
        }
        return held.bytes.withUnsafeBytes { bytes in
            previous.line = held.line
            previous.base = bytes.baseAddress ?? UnsafeRawPointer(previous.bounds)
            return body(previous)
        }
    }
}

/// Cells of a line that waits, as bytes of their own.
struct HeldCells {
    fileprivate let line: Int
    fileprivate var bytes: [UInt8] = []
    fileprivate var ends: [Int] = []

    init(_ cells: LedgerCells) {
        line = cells.line
        for field in LedgerField.allCases {
            bytes.append(contentsOf: cells.bytes(field))
            ends.append(bytes.count)
        }
        bytes.append(contentsOf: repeatElement(0, count: 8))
    }
}

extension UInt8 {
    /// Whether it is a blank, or what lines between lines are drawn with.
    var isOfRule: Bool { self == 0x2D || self <= 0x20 || self == 0x3D || self == 0x5F }
}

extension UnsafeRawBufferPointer {
    /// Without blanks around it; nearly all begin and end with a visible byte of ASCII.
    @inline(__always)
    fileprivate var withoutBlanks: UnsafeRawBufferPointer {
        guard count > 0 else { return self }
        let (first, last) = (self[0], self[count &- 1])
        if first > 0x20, first < 0x80, last > 0x20, last < 0x80 { return self }
        return trimmedBlanks(self)
    }
}
