// SPDX-License-Identifier: Apache-2.0

// Files at random: against the naive reader, and in parts of any size.

import Documents
import PortfolioFiles
import Quantities
import TestRandomness
import Testing

@Suite struct RandomFilesTests {
    private static let cells: [[String]] = [
        [
            "@", "552100554", "005880596", "383 474 814", "55210055400013", "", "", "", "552100555",
            "552\u{A0}100\u{A0}554", "5880596", "5.52E+08", "552100554.0", "x", "73282932000074",
        ],
        ["", "", "529900T8BM49AURSDO55", "529900T8BM49AURSDO56", "lei"],
        ["", "K1", "k1", "Société", "=1+1", "a\nb", "\"q\"", "e\u{301}", "é"],
        ["", "A", "Été & Cie", "a;b", "a,b", "two\nlines", "say \"so\"", " blank ", "a\0b"],
        ["", "C-1", "=1+1", "\u{A0}R\u{A0}"],
        [
            "", "0", "12", "12.5", "-3", "1 234,56", "1.234,56", "20.000", "12,5", "1234.567", "x",
            "7.25",
        ],
        ["", "0", "12.50", "-12.5", "1\u{202F}234", "1,234.56", "3.000", "99.9", "(5)", "12,50 €"],
        ["", "EUR", "usd", "TND", "JPY", "XXX"],
    ]
    private static let headings =
        ["siren", "lei", "company_id", "name", "ref", "limit", "exposure", "currency"]

    @Test(arguments: 0..<120)
    func isReadAsTheNaiveReaderDoes(seed: Int) {
        var chance = SeededGenerator(seed: seed)
        let dialect = chance.pick(["", "excel-fr", "excel-de", "excel-en", "plain"])
        let delimiter = chance.pick([";", ",", "\t", "|"])
        let end = chance.pick(["\n", "\r\n", "\r"])
        var text = chance.once(in: 3) ? "\u{FEFF}" : ""
        text += Self.headings.joined(separator: delimiter)
        var rows: [(line: Int, cells: [String])] = []
        var line = 1
        for _ in 0..<chance.upTo(40) {
            text += end
            line += 1
            if chance.once(in: 9) { continue }
            // Mostly what is right, for a problem hides what else a line has.
            let cells = Self.cells.map { choices in
                let cell = chance.once(in: 2) ? choices[0] : chance.pick(choices)
                return cell == "@" ? Self.siren(&chance) : cell
            }
            if cells.allSatisfy(\.isEmpty) { continue }
            rows.append((line, cells))
            text += cells.map { Self.written($0, delimiter, &chance) }.joined(separator: delimiter)
            line += cells.reduce(0) { $0 + $1.count { $0 == "\n" } }
        }
        let style = TableDialect.named.first { $0.name == dialect }?.numbers ?? NumberStyle()
        let naive = NaiveCompanies(rows, style)
        let partBytes = chance.pick([1, 7, 63, 64, 65, 4_096, 1 << 20])
        let reading = read(text, partBytes: partBytes) { options in
            options.brokenLines = .skip
            if !dialect.isEmpty { options.name(dialect) }
        }
        #expect(Array(reading.problems) == Array(naive.problems.prefix(100)), "\(text)")
        #expect(reading.summary.problemCount == naive.problems.count)
        #expect(reading.lines == naive.lines, "\(text)")
        #expect(reading.summary.accepted == naive.lines.count)
    }

    /// A SIREN that is right and hardly comes again.
    private static func siren(_ chance: inout SeededGenerator) -> String {
        let beginning = String(chance.upTo(90_000_000) + 9_999_999)
        return (0...9).lazy.map { "\(beginning)\($0)" }.first { (try? SIREN($0)) != nil } ?? ""
    }

    /// A cell in quotation marks, if it needs some or by chance.
    private static func written(
        _ cell: String,
        _ delimiter: String,
        _ chance: inout SeededGenerator
    ) -> String {
        let needsMarks = cell.contains { "\"\n".contains($0) } || cell.contains(delimiter)
        guard needsMarks || chance.once(in: 4) else { return cell }
        return "\"" + cell.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }

    @Test(arguments: 0..<60)
    func howTheBytesAreCutChangesNothing(seed: Int) {
        var chance = SeededGenerator(seed: 1_000 + seed)
        let pieces =
            Self.cells.joined() + [
                ";", ";", ";", "\n", "\n", "\r\n", "\r", "\"", "\"", "é", "\u{1A}",
            ]
        var bytes = Array("siren;name;limit;exposure\n552100554;A;1.5;2\n".utf8)
        for _ in 0..<chance.upTo(60) { bytes += Array(chance.pick(pieces).utf8) }
        if chance.once(in: 4) { bytes.append(UInt8(chance.upTo(255))) }
        let whole = read(bytes) { $0.brokenLines = .skip }
        for partBytes in [1, 2, 3, 5, 64, 65, 127] {
            #expect(read(bytes, partBytes: partBytes) { $0.brokenLines = .skip } == whole)
        }
        // Each cut into two, in the mode in which problems refuse the file.
        let refused = read(bytes)
        for partBytes in stride(from: 1, to: bytes.count, by: 11) {
            #expect(read(bytes, partBytes: partBytes) == refused)
        }
    }
}
