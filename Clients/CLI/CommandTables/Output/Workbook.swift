// SPDX-License-Identifier: Apache-2.0

// A workbook for spreadsheets (ECMA-376): texts and numbers in sheets, nothing else. The parts of
// the archive are stored as they are; sheets of a portfolio are small.

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
    }

    private var sheets: [(name: String, rows: [[Cell]])] = []

    /// No sheets yet.
    package init() {}

    /// Adds a sheet whose first row holds the titles.
    package mutating func add(_ name: String, titles: [String], rows: [[Cell]]) {
        sheets.append((name, [titles.map { .text($0) }] + rows))
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
            )
        )
        for (index, sheet) in sheets.enumerated() {
            archive.add("xl/worksheets/sheet\(index + 1).xml", Self.xml(sheet.rows))
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

    private static func xml(_ rows: [[Cell]]) -> String {
        // The titles stay in sight.
        var xml =
            declaration
            + "<worksheet xmlns=\"\(main)\"><sheetViews><sheetView workbookViewId=\"0\">"
            + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
            + "</sheetView></sheetViews><sheetData>"
        for row in rows {
            xml += "<row>"
            for cell in row {
                switch cell {
                case .text(let text):
                    xml +=
                        "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">"
                        + markup(text) + "</t></is></c>"
                case .number(let number?) where number.isFinite: xml += "<c><v>\(number)</v></c>"
                case .number: xml += "<c/>"
                }
            }
            xml += "</row>"
        }
        return xml + "</sheetData></worksheet>"
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
