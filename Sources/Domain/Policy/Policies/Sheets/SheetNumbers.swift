// SPDX-License-Identifier: Apache-2.0

// Numbers and days in cells of texts, as a country writes them: `>= 1 250,50` is `>= 1250.50`. How
// they are written is named; 0,05 is a number in one country and a list in another, and never
// guessed.

package import Documents
internal import FEEL
internal import Quantities
internal import VigieLimits

/// A cell that cannot be understood.
struct SheetFault: Error {
    /// What is wrong and what to do, in words.
    let message: String

    init(_ message: String) { self.message = message }
}

/// How numbers are written in cells of texts.
package struct SheetNumbers: Sendable {
    /// The name of the dialect; `plain` for numbers with a point, as expressions have them.
    package let name: String
    private let decimal: Unicode.Scalar
    private let thousands: NumberStyle.Thousands
    /// Whether somebody says so, and it is not only what nobody says otherwise.
    private var isNamed = false

    /// Numbers as expressions have them.
    package static let plain = SheetNumbers(.plain)

    /// Takes the numbers of a dialect.
    package init(_ dialect: TableDialect) {
        name = dialect.name.isEmpty ? "plain" : dialect.name
        decimal = Unicode.Scalar(dialect.numbers.decimal)
        thousands = dialect.numbers.thousands
    }

    /// The dialect of a name; nil without one.
    package init?(named name: String) {
        guard let dialect = TableDialect.named.first(where: { $0.name == name.lowercased() })
        else { return nil }
        self.init(dialect)
    }

    private var isPlain: Bool { name == "plain" }

    /// The same, said by somebody beside the sheet: then a point is what he says it is.
    package var named: SheetNumbers {
        var numbers = self
        numbers.isNamed = true
        return numbers
    }

    // MARK: - To cells

    /// An expression as a cell shows it.
    func local(_ text: String) -> String {
        guard !isPlain else { return text }
        var scanner = SheetScanner(text)
        while let next = scanner.next {
            if scanner.copyQuoted() { continue }
            guard scanner.isAtNumber else {
                // A comma that parts values is never taken for one within a number.
                scanner.copy()
                if next == ",", let behind = scanner.next, behind.isDigit { scanner.write(" ") }
                continue
            }
            scanner.copyDigits()
            if scanner.next == ".", scanner.next(1)?.isDigit == true {
                scanner.drop()
                scanner.write(String(decimal))
                scanner.copyDigits()
            }
        }
        return scanner.written
    }

    // MARK: - From cells

    /// The expression of a cell.
    ///
    /// - Parameter values: What the column is of, in words.
    /// - Throws: That a number or day may be read in two ways.
    func expression(
        _ text: String,
        isDay: Bool,
        of values: String
    ) throws(SheetFault) -> String {
        var scanner = SheetScanner(text)
        while let next = scanner.next {
            if scanner.copyQuoted() || scanner.writePlain() { continue }
            if next == ";", !isPlain {
                scanner.drop()
                scanner.write(",")
                continue
            }
            guard scanner.isAtNumber else {
                scanner.copy()
                continue
            }
            if isDay, try day(&scanner) { continue }
            if !isDay, let day = scanner.likeADay {
                throw SheetFault(
                    "\"\(day)\" is a day, and the column is of \(values): write what is meant, a "
                        + "calculation with blanks, as in 3 - 2 - 1"
                )
            }
            try number(&scanner)
        }
        return scanner.written
    }

    private func number(_ scanner: inout SheetScanner) throws(SheetFault) {
        let start = scanner.place
        let isShare = scanner.next == "0"
        scanner.copyDigits()
        if isPlain, !isNamed, !isShare, scanner.place - start <= 3, scanner.next == ".",
            scanner.isGroup, scanner.next(4) != "." || scanner.next(5)?.isDigit != true
        {
            throw pointFault(scanner, start)
        }
        if scanner.place - start <= 3 {
            while let mark = scanner.next, isThousands(mark), scanner.isGroup {
                scanner.drop()
                scanner.copyDigits()
            }
        }
        if scanner.next == decimal, scanner.next(1)?.isDigit == true {
            scanner.drop()
            scanner.write(".")
            scanner.copyDigits()
        }
        guard let mark = scanner.next, scanner.next(1)?.isDigit == true,
            mark == "," || mark == "." || mark == "'" || mark == "’"
                || mark.isSheetBlank && scanner.isGroup
        else { return }
        let shown = scanner.text.prefix(FEELLimits.shownBytes)
        throw SheetFault(
            isPlain
                ? "\"\(shown)\" may be one number or several: write numbers with a point and no "
                    + "marks between thousands, as in 1250.50, and lists with blanks, as in 1, 2; "
                    + "or say how numbers are written: --dialect excel-fr, or in cell F1"
                : "\"\(shown)\" has a number that is not written as \(name) has it: "
                    + "\(local("1250.50")), with or without marks between thousands"
        )
    }

    /// A point with three digits behind it may be that of decimals, or part thousands.
    private func pointFault(_ scanner: SheetScanner, _ start: Int) -> SheetFault {
        let scalars = Array(scanner.text.unicodeScalars)[start..<scanner.place + 4]
        let number = String(String.UnicodeScalarView(scalars))
        let large = number.replacing(".", with: "")
        let shown = scanner.text.prefix(FEELLimits.shownBytes)
        return SheetFault(
            "\"\(shown)\" may say \(large), or \(number)0: write one of them, or say how numbers "
                + "are written: --dialect plain where the point is that of decimals, "
                + "--dialect excel-de where it parts thousands"
        )
    }

    /// Takes a day; false if there is none.
    private func day(_ scanner: inout SheetScanner) throws(SheetFault) -> Bool {
        let parts = scanner.dayParts
        guard let parts else { return false }
        let numbers = parts.numbers
        var day: CalendarDate?
        if parts.isYearFirst {
            day = CalendarDate(parts.text)
        } else if isPlain || name == "excel-en" || name == "sap-en" {
            throw SheetFault(
                "\"\(parts.text)\" may be two days: write it as 2026-01-31"
                    + (isPlain ? ", or say how days are written: --dialect excel-fr" : "")
            )
        } else {
            day = CalendarDate(year: numbers[2], month: numbers[1], day: numbers[0])
        }
        guard let day else { throw SheetFault("\"\(parts.text)\" is no day") }
        scanner.drop(parts.text.unicodeScalars.count)
        scanner.write("date(\"\(day)\")")
        return true
    }

    private func isThousands(_ mark: Unicode.Scalar) -> Bool {
        switch mark {
        case ",": thousands.contains(.comma)
        case ".": thousands.contains(.point)
        case "'", "’": thousands.contains(.apostrophe)
        default: mark.isSheetBlank && thousands.contains(.space)
        }
    }
}
