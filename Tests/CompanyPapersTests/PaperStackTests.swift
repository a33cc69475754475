// SPDX-License-Identifier: Apache-2.0

// Papers in any mix: told by their content, read or refused with words, joined by company.

import CompanyPapers
import CreditFacts
import Documents
import Foundation
import Quantities
import Testing

@Suite struct PaperStackTests {
    private func source(_ bytes: [UInt8], name: String = "paper") -> ByteSource {
        ByteSource(name: name, totalBytes: nil) { _ throws(InputError) in 0 }.following(bytes)
    }

    private func read(_ papers: [[UInt8]]) -> PaperStack {
        var stack = PaperStack()
        for paper in papers { stack.read(source(paper)) }
        return stack
    }

    private func read(_ text: String) throws -> CompanyPaper {
        try #require(read([Array(text.utf8)]).papers.first)
    }

    private func packed(_ bytes: [UInt8]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-c"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        Thread.detachNewThread {
            try? input.fileHandleForWriting.write(contentsOf: Data(bytes))
            try? input.fileHandleForWriting.close()
        }
        let packed = try output.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        return Array(packed ?? Data())
    }

    private let journal = try? Paper.bytes("999100019FEC20251231.txt")

    // MARK: Kinds

    @Test(arguments: [
        ("fec", "999100019FEC20251231.txt", "fec"),
        ("bodacc", "annonces-commerciales.json", "bodacc"),
        ("inpi", "bilan_saisi_2025.json", "filed_accounts"),
        ("inpi", "bilan_saisi_2025.xml", "filed_accounts"),
        ("sirene", "StockUniteLegale_utf8.csv", "sirene"),
    ])
    func kindsAreToldByContent(_ folder: String, _ name: String, _ kind: String) throws {
        let stack = read([try Paper.bytes(name, folder: folder)])
        let paper = try #require(stack.papers.first)
        #expect(paper.kind?.name == kind)
        #expect(paper.failure == nil)
        #expect(paper.counts.kept > 0)
    }

    @Test func everyKindHasAReader() throws {
        for kind in PaperKind.known {
            let failure = try read(kind.form == .table ? "a;b\n1;2\n" : "{}").failure
            #expect(failure?.message.contains("no reader takes") != true, "\(kind.name)")
        }
    }

    // MARK: How files come

    @Test func aPackedPaperIsTheSamePaper() throws {
        let bytes = try #require(journal)
        let stack = read([bytes, try packed(bytes), try packed(bytes) + [0, 0, 0]])
        #expect(stack.papers.map(\.counts.kept) == [1_059, 1_059, 1_059])
        #expect(stack.statements.map(\.amounts).allSatisfy { $0 == stack.statements[0].amounts })
    }

    @Test func aPackedPaperThatWasCutIsRefused() throws {
        let whole = try packed(try #require(journal))
        for length in [1, 9, 10, 11, whole.count / 2, whole.count - 1] where length > 2 {
            let paper = try #require(read([Array(whole.prefix(length))]).papers.first)
            #expect(paper.failure != nil, "\(length) bytes")
        }
    }

    @Test func aPackedPaperThatWasDamagedIsRefusedOrSetsLinesAside() throws {
        let whole = try packed(try #require(journal))
        for place in stride(from: 10, to: whole.count, by: 997) {
            var damaged = whole
            damaged[place] ^= 0x40
            let paper = try #require(read([damaged]).papers.first)
            #expect(paper.failure != nil, "byte \(place)")
        }
    }

    @Test func wideTextIsDecoded() throws {
        let text = String(decoding: try #require(journal), as: UTF8.self)
        let little = try #require(text.data(using: .utf16LittleEndian))
        let big = try #require(text.data(using: .utf16BigEndian))
        let stack = read([[0xFF, 0xFE] + Array(little), [0xFE, 0xFF] + Array(big)])
        #expect(stack.papers.map(\.counts.kept) == [1_059, 1_059])
    }

    // MARK: Refusals

    @Test(arguments: [
        ("", "empty"), ("%PDF-1.7\n", "PDF"), ("PK\u{3}\u{4}\u{0}\u{0}", "zip"),
        ("hello", "no profile of ledgers"), ("{\"a\": 1}", "none of the kinds"),
        ("<a/>", "none of the kinds"), ("a;b\n1;2\n", "no profile of ledgers"),
    ])
    func whatIsNoPaperIsRefusedWithWords(_ text: String, _ words: String) throws {
        let failure = try #require(try read(text).failure)
        #expect(failure.message.contains(words), "\(failure.message)")
    }

    @Test func aPaperWithoutRecordsIsRefused() throws {
        let bytes = try #require(journal)
        let header = bytes.prefix { $0 != 0x0A }
        #expect(read([Array(header) + [0x0A]]).papers.first?.failure != nil)
        #expect(try read("{\"results\": [], \"familleavis\": 1}").failure != nil)
    }

    @Test func aPaperThatFailsDoesNotStopTheOthers() throws {
        let stack = read([Array("nonsense".utf8), try #require(journal), []])
        #expect(stack.papers.map { $0.failure == nil } == [false, true, false])
        #expect(stack.books.count == 1)
        #expect(stack.books.first?.paper == 1)
    }

    // MARK: Companies

    @Test func factsAreJoinedByNumber() throws {
        let stack = read([
            try Paper.bytes("annonces-commerciales.json", folder: "bodacc"),
            try Paper.bytes("bilan_saisi_2025.json", folder: "inpi"),
            try Paper.bytes("StockUniteLegale_utf8.csv", folder: "sirene"),
        ])
        let companies = stack.companies()
        let numbers = companies.compactMap { $0.siren?.description }
        #expect(Set(numbers).count == companies.count)
        let own = try #require(companies.first { $0.siren?.description == "999100019" })
        #expect(own.name == "ATELIERS DU LEVANT")
        #expect(own.statements.map(\.closing.description) == ["2025-12-31"])
        #expect(own.comparatives.map(\.closing.description) == ["2024-12-31"])
        #expect(own.registerEntries.count == 1)
        // Both years stand in one filing, and neither was known before it.
        #expect(
            (own.statements + own.comparatives).allSatisfy {
                $0.published?.description == "2026-05-20"
            }
        )
    }

    // MARK: Words

    @Test func everyFindingHasWordsInBothLanguages() throws {
        let place = PaperReference(paper: 0, line: 7)
        for code in FindingCode.allCases {
            #expect(FindingWords.of(code) != nil, "\(code.rawValue)")
            let finding = Finding(code, at: place, field: "column", ["one", "two", "three"])
            for isFrench in [true, false] {
                let text = finding.text(inFrench: isFrench)
                #expect(!text.isEmpty && !text.contains("{") && !text.contains("?"), "\(text)")
            }
        }
    }
}

@Suite struct RepeatedPaperTests {
    private func source(_ bytes: [UInt8], name: String) -> ByteSource {
        ByteSource(name: name, totalBytes: nil) { _ throws(InputError) in 0 }.following(bytes)
    }

    private func lines() throws -> (header: [UInt8], body: [[UInt8]]) {
        let bytes = try Paper.bytes("999100019FEC20251231.txt")
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: true).map(Array.init)
        let header = lines.removeFirst()
        return (header, lines)
    }

    private func paper(_ header: [UInt8], _ lines: some Sequence<[UInt8]>) -> [UInt8] {
        lines.reduce(into: header + [0x0A]) { $0 += $1 + [0x0A] }
    }

    @Test func aBookThatIsGivenTwiceCountsOnce() throws {
        let bytes = try Paper.bytes("999100019FEC20251231.txt")
        var stack = PaperStack()
        stack.read(source(bytes, name: "a/999100019FEC20251231.txt"))
        stack.read(source(bytes, name: "b/999100019FEC20251231.txt"))
        stack.finish()
        #expect(stack.books.count == 1)
        #expect(stack.statements.count == 1)
        #expect(stack.papers[1].findings.counts[.paperRepeated] == 1)
    }

    /// Entries are not torn apart: parts of a book are cut between them.
    @Test func partsOfABookAreOneBook() throws {
        let (header, body) = try lines()
        var whole = PaperStack()
        whole.read(source(paper(header, body), name: "999100019FEC20251231.txt"))
        whole.finish()
        let cut = try #require(
            (body.count / 2..<body.count).first { body[$0].prefix(20) != body[$0 - 1].prefix(20) }
        )
        var parts = PaperStack()
        parts.read(source(paper(header, body[..<cut]), name: "999100019FEC20251231_01.txt"))
        parts.read(source(paper(header, body[cut...]), name: "999100019FEC20251231_02.txt"))
        parts.finish()
        #expect(parts.books.count == 1)
        #expect(parts.statements.first?.amounts == whole.statements.first?.amounts)
        #expect(parts.books[0].customerInvoices.count == whole.books[0].customerInvoices.count)
    }

    @Test func aBookWithAPartThatCannotBeReadIsNoBook() throws {
        let (header, body) = try lines()
        var stack = PaperStack()
        stack.read(source(paper(header, body.prefix(100)), name: "999100019FEC20251231_01.txt"))
        stack.read(source(header.dropLast(80) + [0x0A], name: "999100019FEC20251231_02.txt"))
        stack.finish()
        #expect(stack.papers[1].failure != nil)
    }

    @Test(arguments: [["2024", "2025"], ["2025", "2024"]])
    func openingsAreHeldAgainstClosings(_ years: [String]) throws {
        var stack = PaperStack()
        for year in years {
            let name = "999100019FEC\(year)1231.txt"
            var bytes = try Paper.bytes(name)
            if year == "2025" {
                // The opening of one account, changed.
                let text = String(decoding: bytes, as: UTF8.self)
                bytes = Array(text.replacingOccurrences(of: "12000,00", with: "12001,00").utf8)
            }
            stack.read(source(bytes, name: name))
        }
        stack.finish()
        let count = stack.papers.reduce(0) { $0 + ($1.findings.counts[.openingDiffers] ?? 0) }
        #expect(count > 0)
    }
}
