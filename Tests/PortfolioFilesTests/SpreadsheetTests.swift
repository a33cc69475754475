// SPDX-License-Identifier: Apache-2.0

// Files as people have them: exports of spreadsheets and of the directory, from the directory that
// VIGIE_DATA names, or beside this one.

import Documents
import Foundation
import PortfolioFiles
import Portfolios
import Quantities
import Testing

@Suite(
    .enabled("the files are not here (VIGIE_DATA)") { Sample.read("spreadsheets/base.csv") != nil }
)
struct SpreadsheetTests {
    /// Reads a file of spreadsheets: amounts of statements, taken for an exposure and a limit.
    private func sheet(_ name: String, dialect: String? = nil) throws -> FileReading {
        let bytes = try #require(Sample.read("spreadsheets/\(name)"))
        return read(bytes) { options in
            let headings = String(decoding: bytes.prefix(300), as: UTF8.self)
            options.mappings = ["total_assets=exposure", "current_assets=limit"]
                .compactMap { ColumnMapping($0) }.filter { headings.contains($0.column) }
            if let dialect { options.name(dialect) }
        }
    }

    @Test(arguments: [
        "base.csv", "bom.csv", "crlf.csv", "cr_only.csv", "crcrlf.csv", "blank_lines.csv",
        "ctrlz.csv", "tabs.tsv", "pipe.csv", "trailing_delim_rows.csv",
        "trailing_empty_columns.csv", "blank_rows_delims.csv", "sep_line.csv", "header_spaces.csv",
    ])
    func oddOnesAreReadAsTheEvenOne(_ name: String) throws {
        let read = try sheet(name)
        #expect(read.error == nil)
        #expect(read.companies.first?.identity == .own("A1"))
        #expect(read.companies.first?.exposure?.minorUnits == 2_983_000)
        #expect(read.companies.first?.limit?.minorUnits == 1_696_700)
    }

    @Test(arguments: [
        "thousands_space.csv", "thousands_nbsp.csv", "thousands_nnbsp.csv",
        "fr_semicolon_comma.csv", "french_excel_real.csv",
    ])
    func theFormatOfNumbersIsNamedAndNotGuessed(_ name: String) throws {
        let unnamed = try sheet(name)
        #expect(unnamed.summary.problems.first?.advice.contains("excel-fr") == true)
        #expect(try sheet(name, dialect: "excel-fr").error == nil)
    }

    @Test(arguments: [
        "stray_quote.csv", "unclosed_quote.csv", "open_quote_wrong_company.csv", "short_row.csv",
        "sci_excel.csv", "currency.csv", "dup_ids.csv",
    ])
    func whatIsBrokenIsToldWithItsLine(_ name: String) throws {
        let read = try sheet(name)
        #expect(read.summary.refused > 0)
        #expect(read.error == .lines(read.summary))
        #expect(read.summary.problems.allSatisfy { $0.line > 1 && !$0.advice.isEmpty })
    }

    @Test func whatCouldCommandATerminalIsShownEscaped() throws {
        let read = try sheet("escape_id.csv")
        #expect(read.summary.problems.map(\.value) == ["A\\u{1b}[31mred"])
    }

    @Test func formulasAreTexts() throws {
        let read = try sheet("formula_id.csv")
        #expect(read.companies.first?.identity == .own("=1+1"))
        #expect(read.companies.last?.identity == .own("=cmd|' /C calc'!A0"))
    }

    @Test func theStockOfTheDirectoryIsAFileOfCompanies() throws {
        let path = "company-papers/samples/sirene/StockUniteLegale_utf8.csv"
        let read = read(try #require(Sample.read(path)))
        #expect(read.error == nil)
        var first = PortfolioLine(.siren(siren("999100019")), name: "ATELIERS DU LEVANT")
        first.traits.sector = "2562B"
        first.traits.legalForm = "5710"
        first.traits.foundedOn = "2011-02-01"
        #expect(read.companies.first == first)
        #expect(read.summary.notes.contains { $0.hasPrefix("columns that are unknown") })
    }

    @Test func theStockOfEstablishmentsNamesEachCompanyByItsSIREN() throws {
        let path = "company-papers/samples/sirene/StockEtablissement_extract.csv"
        let read = read(try #require(Sample.read(path))) { $0.brokenLines = .skip }
        #expect(read.companies.first?.identity == .siren(siren("999100019")))
        #expect(read.summary.problems.allSatisfy { [.repeated, .notSIREN].contains($0.code) })
    }
}

/// Files of the directory of data.
enum Sample {
    private static let folder: String = {
        let beside = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return getenv("VIGIE_DATA").map { String(cString: $0) } ?? "/\(beside)/shared/data"
    }()

    /// The bytes of a file; nil if there is none.
    static func read(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(folder)/\(path)").map { Array($0) }
    }
}
