// SPDX-License-Identifier: Apache-2.0

// What cells of a sheet say as expressions of a table. A cell that says what the table says already
// leaves the expression as it is written.

internal import DecimalNumbers
internal import Decisions
internal import Documents
internal import FEEL
internal import Quantities
internal import VigieLimits

/// Makes expressions of cells.
struct SheetCells {
    private let source: TableSource
    private let numbers: SheetNumbers
    /// The types of inputs and outputs.
    private let types: [FEELType]
    private let knownNames: Set<String>

    init(_ source: TableSource, _ table: DecisionTable, _ numbers: SheetNumbers) {
        (self.source, self.numbers) = (source, numbers)
        types = table.inputs.map(\.type) + table.outputs.map(\.type.type)
        knownNames = Set(table.names.map(\.name) + ["null", "true", "false"])
    }

    /// The expression of a cell, by its column; of a rule that is there already, by its place.
    func expression(
        _ cell: SheetCell,
        _ column: Int,
        of rule: Int?
    ) throws(SheetFault) -> String {
        let told = rule.map { source.cells(of: source.rules[$0])[column] }
        if case .unusable(let words) = cell { throw SheetFault(words) }
        if case .text(let text) = cell, let code = text.unwritable {
            throw SheetFault("has a character that no model can have: U+\(code); write it again")
        }
        guard source.columns[column].kind != .annotation else { return annotation(cell, told) }
        let type = column < types.count ? types[column] : .any
        switch cell {
        case .number(let number): return try self.number(number, type, told)
        case .boolean(let value):
            guard type == .boolean || type == .any else { throw wrong("true or false", type) }
            return value ? "true" : "false"
        case .day(let number):
            guard type == .date || type == .any else {
                throw SheetFault(
                    "is a day, and the column is of \(Self.words(type)): give the cell the format "
                        + "of texts, and write again what is meant"
                )
            }
            guard let day = CalendarDate(dayNumber: number) else { throw SheetFault("is no day") }
            return "date(\"\(day)\")"
        case .text(let text) where !cell.isEmpty:
            return try self.text(trimmedBlanks(text), type, told)
        default:
            if told == "" || told == "-" { return told ?? "-" }
            guard source.columns[column].kind == .input else {
                throw SheetFault("is empty; an output that says nothing is null")
            }
            return "-"
        }
    }

    private func annotation(_ cell: SheetCell, _ told: String?) -> String {
        switch cell {
        case .text(let text): return trimmedBlanks(text)
        case .number(let number):
            let text = DecimalNumber(shortest: number)?.plainText ?? ""
            let isSame = told.flatMap { DecimalNumber(parsing: $0.utf8) }?.plainText == text
            return isSame ? told ?? text : text
        case .boolean(let value): return value ? "true" : "false"
        case .day(let number): return CalendarDate(dayNumber: number)?.description ?? ""
        default: return ""
        }
    }

    private func number(
        _ number: Double,
        _ type: FEELType,
        _ told: String?
    ) throws(SheetFault) -> String {
        guard let value = DecimalNumber(shortest: number) else { throw SheetFault("is no number") }
        let text = value.plainText
        if let told, DecimalNumber(parsing: told.utf8) == value { return told }
        guard type == .number || type == .any else { throw wrong("a number, \(text)", type) }
        guard
            text.utf8.count(where: { $0 >= 0x30 && $0 <= 0x39 }) <= 15
                || TableSheet.plainNumber(text) != nil
        else {
            throw SheetFault(
                "is \(text): of more than 15 digits a spreadsheet does not keep all; round it, or "
                    + "give the cell the format of texts and write it again"
            )
        }
        return text
    }

    private func text(_ text: String, _ type: FEELType, _ told: String?) throws(SheetFault)
        -> String
    {
        if let told, text == told || text == numbers.local(told) { return told }
        // By a mark before it people tell spreadsheets that digits are a text.
        if text.hasPrefix("'"), type == .string || type == .any {
            return Self.quoted(String(text.dropFirst()))
        }
        if type == .string, let words = bareWords(text) {
            return words.map(Self.quoted).joined(separator: ", ")
        }
        return try numbers.expression(text, isDay: type == .date, of: Self.words(type))
    }

    /// Texts that lack their quotation marks: in a column of texts, words that are no names.
    private func bareWords(_ text: String) -> [String]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { trimmedBlanks(String($0)) }
        let areWords = parts.allSatisfy { part in
            let first = part.unicodeScalars.first
            return first?.properties.isAlphabetic == true && !knownNames.contains(part)
                && part.unicodeScalars.allSatisfy {
                    $0.properties.isAlphabetic || $0.isDigit || $0 == "_"
                }
        }
        return areWords ? parts : nil
    }

    private func wrong(_ given: String, _ type: FEELType) -> SheetFault {
        let advice = type == .string ? ": write it in quotation marks, \"100\"" : ""
        return SheetFault("is \(given), and the column is of \(Self.words(type))\(advice)")
    }

    private static func words(_ type: FEELType) -> String {
        switch type {
        case .string: "texts"
        case .number: "numbers"
        case .boolean: "true and false"
        case .date: "days"
        default: "the type \(type)"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}

extension DecimalNumber {
    /// The number without a power of ten: 50000, 0.05.
    var plainText: String {
        let number = normalized
        return (number.exponent > 0 ? number.rounded(scale: 0, .halfEven) ?? number : number)
            .description
    }
}
