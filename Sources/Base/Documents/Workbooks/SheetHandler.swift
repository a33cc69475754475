// SPDX-License-Identifier: Apache-2.0

// The cells of one sheet of a workbook.

internal import VigieLimits

/// Takes the cells of a sheet.
final class SheetHandler: XMLHandler {
    private(set) var sheet: Sheet
    private(set) var cellsLeft: Int
    private let texts: [String]
    private let isDay: [Bool]
    private let daysFrom1904: Bool
    private var open: [String] = []
    private var row = 0
    private var cells: [SheetCell] = []
    /// The cell that is open: its column, type and format, and what its parts say.
    private var cell = (column: 0, type: "", format: 0, isFormula: false, hasValue: false)
    private var value: [UInt8] = []

    init(
        _ name: String,
        texts: [String],
        isDay: [Bool],
        daysFrom1904: Bool,
        cellsLeft: Int
    ) {
        sheet = Sheet(name: name)
        (self.texts, self.isDay, self.daysFrom1904) = (texts, isDay, daysFrom1904)
        self.cellsLeft = cellsLeft
    }

    func start(_ tag: XMLTag) throws(DocumentError) {
        open.append(tag.name.local)
        if tag.name.local == "mergeCell", let place = tag["ref"], let merged = MergedCells(place) {
            cellsLeft -= 1
            guard cellsLeft >= 0 else {
                throw fault(tag, "there are more than \(WorkbookLimits.cells) cells")
            }
            sheet.merged.append(merged)
        }
        guard open.contains("sheetData") else { return }
        switch tag.name.local {
        case "row":
            let number = tag["r"].flatMap { Int($0) } ?? row + 1
            guard number > row, number <= WorkbookLimits.rows else {
                throw fault(tag, "rows are not in order, or beyond \(WorkbookLimits.rows)")
            }
            (row, cells) = (number, [])
        case "c":
            let column = tag["r"].flatMap(Self.column) ?? cells.count
            guard column >= cells.count, column < WorkbookLimits.columns else {
                throw fault(tag, "cells are not in order, or beyond \(WorkbookLimits.columns)")
            }
            cellsLeft -= column - cells.count + 1
            guard cellsLeft >= 0 else {
                throw fault(tag, "there are more than \(WorkbookLimits.cells) cells")
            }
            cell = (column, tag["t"] ?? "n", tag["s"].flatMap { Int($0) } ?? 0, false, false)
            value = []
        case "f": cell.isFormula = true
        case "v", "is": cell.hasValue = true
        default: break
        }
    }

    private func fault(_ tag: XMLTag, _ words: String) -> DocumentError {
        DocumentError(.unsupported, line: tag.line, words)
    }

    func text(_ bytes: UnsafeRawBufferPointer, line: Int) {
        let isValue = open.last == "v" || open.last == "t" && !open.contains("rPh")
        if isValue, open.contains("c") { value += bytes }
    }

    func end() {
        switch open.popLast() {
        case "c" where open.contains("sheetData"):
            while cells.count < cell.column { cells.append(.empty) }
            cells.append(finished)
        case "row" where open.contains("sheetData"):
            if cells.contains(where: { $0 != .empty }) { sheet.rows.append((row, cells)) }
        default: break
        }
    }

    private var finished: SheetCell {
        // Some programs write an empty value beside a formula that they did not compute.
        guard cell.hasValue, !value.isEmpty || !cell.isFormula || cell.type == "str" else {
            return cell.isFormula
                ? .unusable("is a formula that was not computed; open the file and save it")
                : .empty
        }
        let text = String(decoding: value, as: UTF8.self)
        switch cell.type {
        case "s":
            guard let place = Int(text), texts.indices.contains(place) else {
                return .unusable("is a text that the file does not have")
            }
            return .text(texts[place])
        case "str", "inlineStr": return .text(sheetText(value))
        case "b": return .boolean(text == "1" || text == "true")
        case "e": return .unusable("is the error \(text)")
        case "d":
            let isWhole = text.utf8.count == 10 || text.hasSuffix("T00:00:00")
            return isWhole ? .text(String(text.prefix(10))) : .unusable("is a day with a time")
        default:
            if text.isEmpty { return .empty }
            guard let number = Double(text), number.isFinite else {
                return .unusable("is no number: \(text.prefix(40))")
            }
            guard isDay.indices.contains(cell.format), isDay[cell.format] else {
                return .number(number)
            }
            return day(number)
        }
    }

    /// A day by its number: 1 is 1 January 1900, and spreadsheets know a 29 February of that year.
    private func day(_ number: Double) -> SheetCell {
        guard number == number.rounded(), number >= 0, number < 3_000_000 else {
            return .unusable("is a day with a time; a day alone is a whole number")
        }
        let whole = Int(number)
        if daysFrom1904 { return .day(whole - 24_107) }
        guard whole != 60 else { return .unusable("is 29 February 1900, which never was") }
        return .day(whole - (whole < 60 ? 25_568 : 25_569))
    }

    /// The column of a place such as `BC12`, from 0; nil if it is none.
    static func column(_ place: String) -> Int? {
        let letters = place.utf8.prefix { $0 >= 0x41 && $0 <= 0x5A }
        guard !letters.isEmpty, letters.count <= 3 else { return nil }
        return letters.reduce(0) { $0 * 26 + Int($1) - 0x40 } - 1
    }
}
