// SPDX-License-Identifier: Apache-2.0

// Workbooks: what is read of cells as spreadsheets write them, and what hostile ones are told.

import Documents
import Testing
import VigieLimits

@Suite struct WorkbookTests {
    private func cells(
        _ sheet: String,
        texts: String = "",
        styles: String = "",
        book: String = ""
    ) throws -> [[SheetCell]] {
        let bytes = TestArchive.workbook(sheet, texts: texts, styles: styles, book: book)
        return try WorkbookReader(bytes).sheets[0].rows.map(\.cells)
    }

    @Test func cellsAreRead() throws {
        let rows = try cells(
            """
            <row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2"><v>0.1</v></c>
            <c t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r>
            <rPh><t>no</t></rPh></is></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>
            <c><f>1+1</f><v>2</v></c><c><f>1+1</f><v></v></c><c t="str"><f>x</f><v>y_x000D_z</v></c>
            <c s="1"><v>46357</v></c><c s="2"><v>1.5</v></c><c s="3"><v>7</v></c><c/></row>
            <row><c r="B3"><v>5</v></c></row>
            """,
            texts: "<si><t>x</t></si><si><r><t>two</t></r><r><t> parts</t></r></si>",
            styles: """
                <numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/>
                <numFmt numFmtId="171" formatCode="0 &quot;days&quot;"/></numFmts>
                <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
                <cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/>
                <xf numFmtId="171"/></cellXfs>
                """
        )
        #expect(
            rows[0] == [
                .text("two parts"), .empty, .number(0.1), .text("a b"), .boolean(true),
                .unusable("is the error #N/A"), .number(2),
                .unusable("is a formula that was not computed; open the file and save it"),
                .text("y\rz"), .day(20_788),
                .unusable("is a day with a time; a day alone is a whole number"), .number(7),
                .empty,
            ]
        )
        #expect(rows[1] == [.empty, .number(5)])
        #expect(Sheet.place(row: 7, column: 0) == "A7" && Sheet.place(row: 1, column: 27) == "AB1")
    }

    @Test func daysAreCountedAsTheWorkbookSays() throws {
        let styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>"
        func day(_ number: String, _ book: String = "") throws -> SheetCell? {
            try cells("<row><c><v>\(number)</v></c></row>", styles: styles, book: book).first?.first
        }
        #expect(try day("61") == .day(-25_508), "1 March 1900")
        #expect(try day("59") == .day(-25_509), "28 February 1900")
        #expect(try day("60") == .unusable("is 29 February 1900, which never was"))
        #expect(try day("46357") == .day(20_788), "1 December 2026")
        #expect(try day("44895", "<workbookPr date1904=\"1\"/>") == .day(20_788))
    }

    @Test func mergedCellsAreKnown() throws {
        let sheet =
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><mergeCells>"
            + "<mergeCell ref=\"B11:B12\"/><mergeCell ref=\"AA3:AB3\"/><mergeCell ref=\"A1\"/>"
            + "<mergeCell ref=\"B2:A1\"/></mergeCells><sheetData>"
        let read = try WorkbookReader(TestArchive.workbook(sheet)).sheets[0]
        #expect(
            read.merged == [
                MergedCells(rows: 11...12, columns: 1...1),
                MergedCells(rows: 3...3, columns: 26...27),
            ]
        )
    }

    @Test func packedPartsAreRead() throws {
        let sheet = "<row><c><v>1</v></c></row>"
        let packed = TestArchive.workbook(sheet, isPacked: true)
        #expect(try WorkbookReader(packed).sheets[0].rows[0].cells == [.number(1)])
        // More comes out than is said, or something else.
        #expect(throws: InputError.self) {
            try WorkbookReader(TestArchive.workbook(sheet, isPacked: true, claims: 5))
        }
    }

    /// Workbooks that are refused, and why.
    @Test func hostileOnesAreRefused() throws {
        func refused(_ bytes: [UInt8], _ says: String) {
            let error = #expect(throws: InputError.self, "\(says)") { try WorkbookReader(bytes) }
            #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
        }
        let good = TestArchive.workbook("<row><c><v>1</v></c></row>")
        refused(Array("PK".utf8), "is no workbook")
        for count in [10, good.count / 2, good.count - 1] {
            refused(Array(good.prefix(count)), "")
        }
        func bad(_ sheet: String, _ says: String) { refused(TestArchive.workbook(sheet), says) }
        bad("<row r=\"\(WorkbookLimits.rows + 1)\"/>", "beyond \(WorkbookLimits.rows)")
        bad("<row r=\"2\"/><row r=\"1\"/>", "not in order")
        bad("<row><c r=\"XFE1\"><v>1</v></c></row>", "beyond \(WorkbookLimits.columns)")
        let wide = "<row><c r=\"XFD1\"><v>1</v></c></row>"
        let rows = WorkbookLimits.cells / WorkbookLimits.columns + 1
        bad(
            (0..<rows).map { _ in "<row><c r=\"XFD1\"/></row>" }.joined(),
            "more than \(WorkbookLimits.cells) cells"
        )
        #expect(
            try WorkbookReader(TestArchive.workbook(wide)).sheets[0].rows[0].cells.count == 16_384
        )
        bad("<row><c><v>1</v></row>", "not well-formed")
        bad("<row><c t=\"s\"><v>7</v></c></row><", "")
        let sheets = (0...WorkbookLimits.sheets).map { "<sheet name=\"\($0)\"/>" }.joined()
        refused(
            TestArchive.workbook("", sheets: sheets),
            "more than \(WorkbookLimits.sheets) sheets"
        )
        refused(
            TestArchive.bytes(
                [(name: "xl/workbook.xml", content: [1], packed: nil)],
                claims: WorkbookLimits.partBytes + 1
            ),
            "at most \(WorkbookLimits.partBytes)"
        )
        let many = (0...WorkbookLimits.parts).map {
            (name: "\($0)", content: [UInt8](), packed: [UInt8]?.none)
        }
        refused(TestArchive.bytes(many), "is no workbook")
        let twice = [("a", [UInt8]()), ("a", [])].map {
            (name: $0.0, content: $0.1, packed: [UInt8]?.none)
        }
        refused(TestArchive.bytes(twice), "is no workbook")
        var broken = good
        let place = broken.count / 3
        broken[place] ^= 0x20
        #expect(throws: InputError.self) { try WorkbookReader(broken) }
    }

    @Test func tablesOfTextAreSheets() throws {
        let text = "decision;\"a;b\"\r\n\r\nx;\"1\"\"2\"\r\n"
        let sheet = try Sheet(text: Array(text.utf8), file: "t.csv", encoding: nil)
        #expect(sheet.rows.map(\.number) == [1, 2])
        #expect(sheet.rows[0].cells == [.text("decision"), .text("a;b")])
        #expect(sheet.rows[1].cells == [.text("x"), .text("1\"2")])
        let marked = try Sheet(
            text: Array("sep=;\r\na;b,c\r\n".utf8),
            file: "t.csv",
            encoding: nil
        )
        #expect(marked.rows.map(\.number) == [1])
        #expect(marked.rows.first?.cells == [.text("a"), .text("b,c")])
        let latin = try Sheet(
            text: [0x44, 0xE9, 0x3B, 0x31, 10],
            file: "t",
            encoding: .windows1252
        )
        #expect(latin.rows[0].cells == [.text("Dé"), .text("1")])
        #expect(throws: InputError.self) {
            try Sheet(text: [0x22, 0x61, 10], file: "t", encoding: nil)
        }
    }
}
