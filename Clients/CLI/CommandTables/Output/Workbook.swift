// SPDX-License-Identifier: Apache-2.0

// A workbook for spreadsheets (ECMA-376): texts and numbers in sheets, nothing else. The parts of
// the archive are stored as they are; sheets are small.

internal import CZlib
internal import CommandFiles

/// A workbook.
package struct Workbook {
    /// A cell.
    package enum Cell {
        /// A text, never a formula, whatever it begins with.
        case text(String)
        /// A number; an empty cell for what is none.
        case number(Double?)
        /// A text in which every character counts, for cells that are read again. Spreadsheets make
        /// nothing else of what is typed there.
        case exact(String)
        /// A number in its digits.
        case digits(String)
    }

    /// A sheet, with how many rows stay in sight and whether columns are as wide as their texts.
    private var sheets: [(name: String, rows: [[Cell]], frozen: Int, isFitted: Bool)] = []

    /// No sheets yet.
    package init() {}

    /// Adds a sheet whose first row holds the titles.
    package mutating func add(_ name: String, titles: [String], rows: [[Cell]]) {
        sheets.append((name, [titles.map { .text($0) }] + rows, 1, false))
    }

    /// Adds a sheet of which so many rows stay in sight.
    package mutating func add(_ name: String, rows: [[Cell]], frozen: Int) {
        sheets.append((sheetName(name), rows, frozen, true))
    }

    /// A name that no other sheet has and that spreadsheets take.
    private func sheetName(_ name: String) -> String {
        let plain = String(name.map { "[]:*?/\\'".contains($0) ? "_" : $0 }.prefix(28))
        let known = sheets.map { $0.name.lowercased() }
        guard known.contains(plain.lowercased()) || plain.isEmpty else { return plain }
        var number = 2
        while known.contains("\(plain) \(number)".lowercased()) { number += 1 }
        return "\(plain) \(number)"
    }

    /// The file.
    package func bytes() -> [UInt8] {
        var archive = StoredArchive()
        let types = sheets.indices.map { index in
            "<Override PartName=\"/xl/worksheets/sheet\(index + 1).xml\" ContentType=\""
                + "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
        }
        archive.add(
            "[Content_Types].xml",
            Self.declaration
                + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                + "<Default Extension=\"rels\" ContentType=\""
                + "application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
                + "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                + "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/"
                + "vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
                + types.joined() + "</Types>"
        )
        archive.add("_rels/.rels", Self.relations([("officeDocument", "xl/workbook.xml")]))
        let names = sheets.enumerated().map { index, sheet in
            "<sheet name=\"\(markup(sheet.name))\" sheetId=\"\(index + 1)\" "
                + "r:id=\"rId\(index + 1)\"/>"
        }
        archive.add(
            "xl/workbook.xml",
            Self.declaration + "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\">"
                + "<sheets>\(names.joined())</sheets></workbook>"
        )
        archive.add(
            "xl/_rels/workbook.xml.rels",
            Self.relations(
                sheets.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") }
                    + [("styles", "styles.xml")]
            )
        )
        archive.add("xl/styles.xml", Self.styles)
        for (index, sheet) in sheets.enumerated() {
            archive.add("xl/worksheets/sheet\(index + 1).xml", Self.xml(sheet))
        }
        return archive.finished()
    }

    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    private static func relations(_ targets: [(type: String, target: String)]) -> String {
        let rows = targets.enumerated().map { index, relation in
            "<Relationship Id=\"rId\(index + 1)\" Type=\"\(office)/\(relation.type)\" "
                + "Target=\"\(relation.target)\"/>"
        }
        return declaration
            + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
            + "relationships\">" + rows.joined() + "</Relationships>"
    }

    /// Two formats: the usual one, and that of texts (49), in which nothing that is typed becomes a
    /// number, a day or a formula.
    private static let styles =
        declaration + "<styleSheet xmlns=\"\(main)\"><fonts count=\"1\"><font/></fonts>"
        + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
        + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
        + "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
        + "<cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"49\" applyNumberFormat=\"1\"/>"
        + "</cellXfs></styleSheet>"

    private static func xml(
        _ sheet: (name: String, rows: [[Cell]], frozen: Int, isFitted: Bool)
    ) -> String {
        // The titles stay in sight.
        var xml =
            declaration
            + "<worksheet xmlns=\"\(main)\"><sheetViews><sheetView workbookViewId=\"0\">"
            + "<pane ySplit=\"\(sheet.frozen)\" topLeftCell=\"A\(sheet.frozen + 1)\" "
            + "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
            + (sheet.isFitted ? columns(sheet.rows) : "") + "<sheetData>"
        for row in sheet.rows {
            xml += "<row>"
            for cell in row {
                switch cell {
                case .text(let text):
                    xml +=
                        "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">"
                        + markup(text) + "</t></is></c>"
                case .exact(let text):
                    xml +=
                        "<c s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
                        + exactMarkup(text) + "</t></is></c>"
                case .digits(let digits): xml += "<c><v>\(digits)</v></c>"
                case .number(let number?) where number.isFinite: xml += "<c><v>\(number)</v></c>"
                case .number: xml += "<c/>"
                }
            }
            xml += "</row>"
        }
        return xml + "</sheetData></worksheet>"
    }

    /// The widths of columns, in characters.
    private static func columns(_ rows: [[Cell]]) -> String {
        var widths: [Int] = []
        for row in rows {
            for (place, cell) in row.enumerated() {
                guard case .exact(let text) = cell else { continue }
                while widths.count <= place { widths.append(10) }
                widths[place] = max(widths[place], min(text.utf8.count + 2, 48))
            }
        }
        let columns = widths.enumerated().map { place, width in
            "<col min=\"\(place + 1)\" max=\"\(place + 1)\" width=\"\(width)\" customWidth=\"1\"/>"
        }
        return columns.isEmpty ? "" : "<cols>\(columns.joined())</cols>"
    }

    /// A text of which every character comes back: what XML has no place for stands as `_x000D_`.
    private static func exactMarkup(_ text: String) -> String {
        var result = ""
        let scalars = Array(text.unicodeScalars)
        for (place, scalar) in scalars.enumerated() {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            case "\u{0}"..<"\u{20}", "\u{FFFE}"..."\u{FFFF}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
            case "_" where scalars[place...].dropFirst().first == "x": result += "_x005F_"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// A zip archive whose parts are stored.
private struct StoredArchive {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    mutating func add(_ name: String, _ text: String) {
        let content = Array(text.utf8)
        let sum = UInt32(
            truncatingIfNeeded: content.withUnsafeBufferPointer {
                crc32(0, $0.baseAddress, UInt32(clamping: $0.count))
            }
        )
        let offset = UInt32(clamping: bytes.count)
        // Version 2.0, names in UTF-8, stored, 1 January 1980.
        var header: [UInt8] = []
        Self.append(UInt16(20), to: &header)
        Self.append(UInt16(0x0800), to: &header)
        Self.append(UInt16(0), to: &header)
        Self.append(UInt16(0), to: &header)
        Self.append(UInt16(0x21), to: &header)
        Self.append(sum, to: &header)
        Self.append(UInt32(clamping: content.count), to: &header)
        Self.append(UInt32(clamping: content.count), to: &header)
        Self.append(UInt16(clamping: name.utf8.count), to: &header)
        Self.append(UInt16(0), to: &header)
        Self.append(UInt32(0x0403_4B50), to: &bytes)
        bytes += header + Array(name.utf8) + content
        Self.append(UInt32(0x0201_4B50), to: &directory)
        Self.append(UInt16(20), to: &directory)
        directory += header
        // No comment, first disk, no attributes.
        directory += [UInt8](repeating: 0, count: 10)
        Self.append(offset, to: &directory)
        directory += Array(name.utf8)
        count += 1
    }

    mutating func finished() -> [UInt8] {
        let start = UInt32(clamping: bytes.count)
        var end: [UInt8] = []
        Self.append(UInt32(0x0605_4B50), to: &end)
        Self.append(UInt32(0), to: &end)
        Self.append(count, to: &end)
        Self.append(count, to: &end)
        Self.append(UInt32(clamping: directory.count), to: &end)
        Self.append(start, to: &end)
        Self.append(UInt16(0), to: &end)
        return bytes + directory + end
    }

    private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    private static func append(_ value: UInt16, to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: value))
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
    }
}
