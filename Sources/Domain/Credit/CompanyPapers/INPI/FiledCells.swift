// SPDX-License-Identifier: Apache-2.0

// Accounts that were filed and typed in by the office (INPI, bilans saisis): cells m1 to m4 of the
// lines of a form. What the columns mean depends on the page. Only the first code of a line is
// given there; the codes of the form have the others. Amounts are whole euros, padded with zeros.

internal import CreditFacts
internal import Quantities

/// One filing, as it stands in the paper.
struct FiledCells {
    /// A line of a page.
    struct Cell {
        var page: Int
        var code: String
        /// m1 to m4; nil where a column is not given.
        var columns: [String?]
    }

    /// What identifies the filing, by names in small letters without marks.
    private var header: [String: String] = [:]
    /// Its cells.
    var cells: [Cell] = []
    /// Whether it was withdrawn.
    var isDeleted = false
    /// Which company or year is named twice, and how; nil if none is.
    private(set) var contradiction: (name: String, first: String, second: String)?
    /// Where it stands.
    var source: PaperReference

    init(source: PaperReference) { self.source = source }

    /// A value of the header, by its name in either form: dateClotureExercice,
    /// date_cloture_exercice. Which company and year it is may stand there twice, and has to be the
    /// same.
    subscript(_ name: String) -> String {
        get { header[Self.plain(name)] ?? "" }
        set {
            let plain = Self.plain(name)
            guard !newValue.isEmpty else { return }
            if contradiction == nil, let held = header[plain],
                !Self.isSame(held, newValue, plain)
            {
                contradiction = (name, held, newValue)
            }
            header[plain] = newValue
        }
    }

    /// Whether two values of one name say the same; only of what tells whose filing it is.
    private static func isSame(_ held: String, _ new: String, _ name: String) -> Bool {
        switch name {
        case "siren":
            held.filter { $0.isASCII && $0.isNumber } == new.filter { $0.isASCII && $0.isNumber }
        case "dateclotureexercice":
            held == new || FrenchDate.read(held) == FrenchDate.read(new)
        default: true
        }
    }

    /// The type of accounts. Where record and form name different ones, both: such a filing is of
    /// no type that is read.
    var type: String {
        let (record, form) = (self["typeBilan"].uppercased(), self["codeTypeBilan"].uppercased())
        if record.isEmpty || record == form { return form }
        return form.isEmpty ? record : "\(record)/\(form)"
    }

    /// More lines than all forms together have.
    // tidy: limit: of the printed forms, not of a file
    static let cellsMax = 4_096

    /// Adds a line.
    mutating func append(page: Int, code: String, columns: [String?]) {
        guard cells.count < Self.cellsMax else { return }
        cells.append(Cell(page: page, code: code, columns: columns))
    }

    private static func plain(_ name: String) -> String {
        let letters = name.lowercased().filter { $0 != "_" }
        if letters.hasSuffix("n-1") { return letters.dropLast(2) + "moins1" }
        return letters == "codemotif" ? "codesaisie" : letters
    }
}

/// Amounts of a filing by the lines of the form, in cents.
struct FiledAmounts {
    private(set) var current: [StatementLine: Int64] = [:]
    private(set) var previous: [StatementLine: Int64] = [:]
    /// Cells that are no amounts: their code and text.
    private(set) var bad: [(code: String, text: String)] = []
    /// Whether codes of the printed form stand beside columns of the office's: which of both an
    /// amount follows cannot be told then.
    private(set) var isMixed = false
    /// Codes that the form does not have, with what stands there.
    private(set) var unknown: [(code: String, text: String)] = []
    /// Lines that stand twice, with what stands there.
    private(set) var twice: [(code: String, first: String, second: String)] = []

    /// The amounts of cells.
    init(_ cells: [FiledCells.Cell], form: StatementForm) {
        let isPrinted = cells.contains { Self.isPrintedOnly($0.code) }
        isMixed =
            isPrinted
            && cells.contains { cell in
                cell.page <= 3 && cell.columns.dropFirst(2).contains { $0?.isEmpty == false }
            }
        if isMixed { return }
        if form != .consolidated { check(cells, form) }
        for cell in cells {
            if isPrinted {
                put(cell, 0, cell.code)
            } else {
                form == .simplified ? addSimplified(cell) : addComplete(cell)
            }
        }
    }

    /// Looks for lines that the form does not have, and for those that stand twice.
    private mutating func check(_ cells: [FiledCells.Cell], _ form: StatementForm) {
        var texts: [String: String] = [:]
        for cell in cells where (1...(form == .simplified ? 2 : 4)).contains(cell.page) {
            let text = cell.columns.compactMap { $0 }.map(Self.plain).joined(separator: " ")
            if text.isEmpty { continue }
            let isMeant = form == .complete || FormCodes.isMeant(cell.code, in: form)
            if isMeant, !FormCodes.has(cell.code, in: form) { unknown.append((cell.code, text)) }
            let first = texts.updateValue(text, forKey: "\(cell.page) \(cell.code)")
            if let first { twice.append((cell.code, first, text)) }
        }
    }

    /// An amount without the zeros before it.
    private static func plain(_ text: String) -> String { Int64(text).map(String.init) ?? text }

    /// Whether a code is the second or third one of a line, which only the printed form has.
    static func isPrintedOnly(_ code: String) -> Bool {
        ["FK", "FL", "BK", "CK", "1A", "048", "098", "112"].contains(code)
    }

    private mutating func addComplete(_ cell: FiledCells.Cell) {
        switch cell.page {
        case 1:
            put(cell, 0, cell.code)
            put(cell, 1, Self.writtenOff(cell.code))
            // Of the year before only the net amount is there, in place of the gross one. What is
            // left of tangible assets cannot be told from that.
            if !["AN", "AP", "AR", "AT", "AV", "AX"].contains(cell.code) {
                putPrevious(cell, 3, cell.code)
            }
        case 3 where ["FA", "FD", "FG", "FJ"].contains(cell.code):
            put(cell, 0, cell.code)
            put(cell, 1, Self.next(cell.code, by: 1))
            put(cell, 2, Self.next(cell.code, by: 2))
            putPrevious(cell, 3, Self.next(cell.code, by: 2))
        case 3:
            put(cell, 2, cell.code)
            putPrevious(cell, 3, cell.code)
        default:
            put(cell, 0, cell.code)
            putPrevious(cell, 1, cell.code)
        }
    }

    private mutating func addSimplified(_ cell: FiledCells.Cell) {
        guard cell.page == 1, let number = Int(cell.code) else {
            put(cell, 0, cell.code)
            putPrevious(cell, 1, cell.code)
            return
        }
        if number < 120 {
            put(cell, 0, cell.code)
            // The total of fixed assets is the one line whose code jumps.
            put(cell, 1, Self.padded(number == 44 ? 48 : number + 2))
            putPrevious(cell, 3, cell.code)
        } else {
            put(cell, 2, cell.code)
            // Current accounts of partners, which are part of other debts.
            if number == 172 { put(cell, 1, "169") }
            putPrevious(cell, 3, cell.code)
        }
    }

    private mutating func put(_ cell: FiledCells.Cell, _ column: Int, _ code: String) {
        if let cents = cents(cell, column), let line = StatementLine(code) {
            current[line] = cents
        }
    }

    private mutating func putPrevious(_ cell: FiledCells.Cell, _ column: Int, _ code: String) {
        if let cents = cents(cell, column), let line = StatementLine(code) {
            previous[line] = cents
        }
    }

    private mutating func cents(_ cell: FiledCells.Cell, _ column: Int) -> Int64? {
        guard column < cell.columns.count, let text = cell.columns[column], !text.isEmpty else {
            return nil
        }
        guard text.utf8.count <= 16, let euros = Int64(text) else {
            bad.append((cell.code, text))
            return nil
        }
        return euros * 100
    }

    /// The line for what was written off the asset of a line.
    static func writtenOff(_ code: String) -> String {
        switch code {
        case "CX": "CQ"
        case "CO": "1A"
        case "BZ": "CA"
        default: next(code, by: 1)
        }
    }

    private static func next(_ code: String, by count: UInt8) -> String {
        guard let last = code.utf8.last, last <= UInt8(ascii: "Z") - count else { return "" }
        return code.dropLast() + String(UnicodeScalar(last + count))
    }

    private static func padded(_ number: Int) -> String {
        number < 100 ? "0\(number)" : "\(number)"
    }
}
