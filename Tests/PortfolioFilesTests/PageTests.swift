// SPDX-License-Identifier: Apache-2.0

// The page about files of companies, held against what is read.

import Foundation
import PortfolioFiles
import Portfolios
import Quantities
import Testing
import VigieLimits

@Suite struct PageTests {
    private static let page: String = {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let path = "/\(root)/Sources/vigied/Vigied.docc/CompanyFiles.md"
        let bytes = FileManager.default.contents(atPath: path) ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }()

    /// The headings of each row of the table.
    private static let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }
        .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
        .filter { $0.count == 3 && $0[1].hasPrefix("`") && !$0[0].hasPrefix("`") }
        .map { (field: $0[0], headings: $0[1].split(separator: "`").filter { $0 != ", " }) }

    @Test func eachHeadingIsKnownAsWhatThePageSays() {
        let company = PortfolioLine(.own("K"))
        let dollar = Currency("USD").map { Money(minorUnits: 100, currency: $0) }
        let euro = Money(minorUnits: 100, currency: .euro)
        let expected: [String: (cell: String, company: PortfolioLine)] = [
            "SIREN": ("552100554", PortfolioLine(.siren(siren("552100554")))),
            "SIRET": ("55210055400013", PortfolioLine(.siren(siren("552100554")))),
            "own identifier": ("K", company), "currency": ("USD", company),
            "LEI": (Self.lei, Self.ofLEI),
            "name": ("N", PortfolioLine(.own("K"), name: "N")),
            "reference": ("R", PortfolioLine(.own("K"), reference: "R")),
            "limit": ("1", PortfolioLine(.own("K"), limit: euro)),
            "exposure": ("1", PortfolioLine(.own("K"), exposure: euro)),
            "sector": ("43.32a", Self.of { $0.sector = "4332A" }),
            "legal form": ("SAS", Self.of { $0.legalForm = "SAS" }),
            "day of foundation": ("2011-03-31", Self.of { $0.foundedOn = "2011-03-31" }),
            "tags": ("b, a|b", Self.of { $0.tags = ["a", "b"] }),
        ]
        #expect(Set(Self.rows.map(\.field)) == Set(expected.keys))
        for (field, headings) in Self.rows {
            guard let (cell, told) = expected[field] else { continue }
            let isIdentifier = ["SIREN", "SIRET", "LEI", "own identifier"].contains(field)
            var company = told
            if field == "currency" { company.limit = dollar }
            for heading in headings {
                let text =
                    isIdentifier
                    ? "\(heading);x\n\(cell);\n"
                    : field == "currency"
                        ? "id;limit;\(heading)\nK;1;\(cell)\n" : "id;\(heading)\nK;\(cell)\n"
                #expect(read(text).companies == [company], "\(heading)")
            }
        }
    }

    private static func of(_ tell: (inout CompanyTraits) -> Void) -> PortfolioLine {
        var line = PortfolioLine(.own("K"))
        tell(&line.traits)
        return line
    }

    private static let lei = "529900T8BM49AURSDO55"
    private static let ofLEI: PortfolioLine = {
        let identity = try? CompanyIdentity(kind: "lei", text: lei)
        return PortfolioLine(identity ?? .own(""))
    }()

    @Test func limitsAreThoseOfThePage() {
        for bytes in [
            StoreLimits.ownIdentityBytes, StoreLimits.companyNameBytes,
            StoreLimits.companyReferenceBytes, SegmentLimits.sectorBytes,
            SegmentLimits.legalFormBytes, SegmentLimits.tagBytes,
        ] {
            #expect(Self.page.contains("to \(bytes) bytes"))
        }
    }

    @Test func theExampleIsRead() throws {
        let example = try #require(Self.page.components(separatedBy: "```").dropFirst().first)
        let read = read(String(example.dropFirst()))
        #expect(read.error == nil)
        #expect(read.companies.map(\.name) == ["Atelier du Levant", "Menuiserie \"Couchant\""])
    }
}
