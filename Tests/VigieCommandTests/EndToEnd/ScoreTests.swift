// SPDX-License-Identifier: Apache-2.0

// `vigie score` against a real server over TLS.

import FoundationEssentials
import Glibc
import TestRecords
import Testing
import VigieCommand

@Suite(.server, .serialized) struct ScoreTests {
    private let server: TestServer
    private let sample: String

    init() throws {
        server = try #require(TestServer.current)
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        sample = "/\(root)/Clients/CLI/Samples/companies.csv"
    }

    /// The rows of a JSON output.
    private struct Answer: Decodable {
        struct Model: Decodable {
            var name: String
            var baseLogOdds: Double?
        }
        struct Reason: Decodable {
            var feature: String
            var contribution: Double
            var text: String
        }
        struct Problem: Decodable {
            var message: String
            var column: String?
            var value: String?
        }
        struct Row: Decodable {
            var row: Int
            var line: Int
            var id: String?
            var columns: [String: String]?
            var outcome: String
            var probability: Double?
            var score: Int?
            var riskClass: Int?
            var percentile: Double?
            var rawScore: Double?
            var reasons: [Reason]?
            var error: Problem?
            var model: String?
        }
        struct Summary: Decodable {
            var rows: Int
            var scored: Int
            var badInput: Int
            var notScored: Int
        }
        var model: Model
        var rows: [Row]
        var summary: Summary
    }

    private func json(_ arguments: [String], input: String? = nil) throws -> Answer {
        let result = try server.vigie(["score", "-o", "json"] + arguments, input: input)
        return try decoded(Answer.self, result.output)
    }

    /// The sample as CSV; it holds a company without total assets, which has no score.
    private func sampleLines() throws -> [Substring] {
        try ChildProcess.text(sample).split(separator: "\n")
    }

    /// Some rows that can be scored as CSV with an identifier.
    private func manyRows(_ count: Int) throws -> String {
        let lines = try sampleLines().filter { !$0.contains(",,") }
        var text = lines[0] + "\n"
        for index in 0..<count {
            let line = lines[1 + index % (lines.count - 1)]
            text += "c\(index)" + line[line.firstIndex(of: ",")!...] + "\n"
        }
        return String(text)
    }

    @Test func csvHasAllRowsInOrder() throws {
        let result = try server.vigie(["score", sample])
        let input = try records(try ChildProcess.text(sample))
        let output = try records(result.output)
        #expect(
            output[0].cells == [
                "id", "outcome", "probability", "score", "risk_class", "percentile", "error",
                "warning",
            ]
        )
        #expect(output.map { $0.cells[0] } == input.map { $0.cells[0] })
        var scoredCount = 0
        for (index, row) in output.enumerated().dropFirst() {
            guard row.cells[1] == "scored" else {
                #expect(row.cells[1] == "not_scorable" && input[index].cells.contains(""))
                #expect(row.cells[2...5].allSatisfy { $0.isEmpty } && !row.cells[6].isEmpty)
                continue
            }
            scoredCount += 1
            let probability = try #require(Double(row.cells[2]))
            #expect(probability > 0 && probability < 1)
            #expect((1...1000).contains(try #require(Int(row.cells[3]))))
            #expect((1...10).contains(try #require(Int(row.cells[4]))))
            #expect((0...100).contains(try #require(Double(row.cells[5]))))
            #expect(row.cells[6].isEmpty)
        }
        #expect(scoredCount > 10)
        #expect(result.status == (scoredCount == input.count - 1 ? 0 : 2))
        #expect(result.errors.contains("\(input.count - 1) rows: \(scoredCount) scored"))
    }

    @Test func allFormatsSayTheSame() throws {
        let csv = try records(try server.vigie(["score", sample]).output)
        let json = try json([sample])
        let lines = try server.vigie(["score", sample, "-o", "jsonl"]).output
            .split(separator: "\n")
            .map { try decoded(Answer.Row.self, $0) }
        #expect(json.rows.count == csv.count - 1 && lines.count == csv.count - 1)
        for (index, row) in json.rows.enumerated() {
            let cells = csv[index + 1].cells
            #expect(row.id == cells[0] && lines[index].id == row.id)
            #expect(row.probability == Double(cells[2]))
            #expect(lines[index].probability == row.probability)
            #expect(row.score == Int(cells[3]) && row.row == index + 1 && row.line == index + 2)
            #expect(lines[index].model?.hasPrefix(json.model.name + "@") == true)
        }
        #expect(json.summary.rows == json.rows.count)
        let scored = json.rows.filter { $0.outcome == "scored" }
        #expect(json.summary.scored == scored.count && json.summary.badInput == 0)
    }

    @Test func tableIsForPeople() throws {
        let result = try server.vigie(["score", sample, "-o", "table", "--reasons", "2"])
        #expect(!result.output.contains("\u{1B}"))
        let lines = result.output.split(separator: "\n")
        #expect(lines[0].contains("within 12 months"))
        #expect(lines[1].hasPrefix("id") && lines[1].contains("probability"))
        #expect(lines.filter { $0.hasPrefix("    +") || $0.hasPrefix("    -") }.count >= 2)
    }

    /// The start value and all contributions add up to the logarithm of the odds.
    @Test func reasonsAddUpToTheProbability() throws {
        let input = try manyRows(5)
        let some = try json(["-", "--reasons", "3"], input: input)
        #expect(some.rows.allSatisfy { $0.reasons?.count == 3 })
        let describe = try server.vigie(["models", "describe", "-o", "json"])
        struct Description: Decodable {
            struct Feature: Decodable { var name: String }
            var features: [Feature]
        }
        let description = try decoded(Description.self, describe.output)
        let all = try json(["-", "--reasons", "\(description.features.count)"], input: input)
        let base = try #require(all.model.baseLogOdds)
        for row in all.rows {
            let reasons = try #require(row.reasons)
            let sum = reasons.reduce(base) { $0 + $1.contribution }
            let probability = try #require(row.probability)
            #expect(abs(sum - log(probability / (1 - probability))) < 1e-6)
            #expect(reasons.allSatisfy { $0.contribution == 0 || !$0.text.isEmpty })
            let sizes = reasons.map(\.contribution.magnitude)
            #expect(sizes == sizes.sorted(by: >))
        }
    }

    @Test func frenchTextsAreFrench() throws {
        let texts = try ["en", "fr"].map { language in
            try json(["-", "--reasons", "1", "--language", language], input: try manyRows(3)).rows
                .compactMap { $0.reasons?.first?.text }
        }
        #expect(texts[0].count == 3 && texts[1].count == 3 && texts[0] != texts[1])
    }

    @Test func aBadCellMarksItsRowOnly() throws {
        var lines = try manyRows(30).split(separator: "\n").map(String.init)
        for index in 5..<20 {
            var cells = lines[index].split(separator: ",", omittingEmptySubsequences: false)
            cells[2] = "n\(index)"
            lines[index] = cells.joined(separator: ",")
        }
        let text = lines.joined(separator: "\n")
        let result = try server.vigie(["score", "-"], input: text)
        #expect(result.status == 2)
        let output = try records(result.output)
        #expect(output.count == 31)
        let clean = try records(try server.vigie(["score", "-"], input: try manyRows(30)).output)
        for index in 1...30 {
            if (5..<20).contains(index) {
                #expect(output[index].cells[1] == "bad_input")
                #expect(output[index].cells[2].isEmpty)
                let message =
                    "line \(index + 1), current_assets: 'n\(index)' is not a finite number"
                #expect(output[index].cells[6] == message)
            } else {
                #expect(output[index] == clean[index])
            }
        }
        #expect(result.errors.contains("line 6, current_assets: 'n5'"))
        #expect(result.errors.contains("'n14'") && !result.errors.contains("'n15'"))
        #expect(result.errors.contains("15 with bad input"))
        let row = try json(["-"], input: text).rows[4]
        #expect(row.error?.column == "current_assets" && row.error?.value == "n5")
    }

    @Test func aRowThatCannotBeScoredSaysWhy() throws {
        let text = "id,total_assets,net_income\na,0,1\nb,,2\nc,100,5\n"
        let answer = try json(["-"], input: text)
        // Which items a model requires is its own affair; an unscored row must say what it lacks.
        #expect(answer.rows.count == 3)
        for row in answer.rows where row.outcome != "scored" {
            #expect(row.outcome == "not_scorable")
            #expect(row.error?.message.isEmpty == false && row.probability == nil)
        }
        #expect(answer.summary.notScored >= 2)
    }

    @Test func blocksOfAnySizeGiveTheSame() throws {
        let path = try server.file(try manyRows(1000))
        let whole = try server.vigie(["score", path])
        #expect(whole.status == 0)
        for size in ["1", "7", "999", "65536"] {
            let cut = try server.vigie(["score", path, "--block-rows", size])
            #expect(cut.output == whole.output && cut.status == 0, "blocks of \(size)")
        }
        let spread = ["--block-rows", "10", "--connections", "3"]
        #expect(try server.vigie(["score", path] + spread).output == whole.output)
    }

    @Test func jsonLinesAreTheSameAsCSV() throws {
        let csv = try records(try manyRows(50))
        var lines = ""
        for row in csv.dropFirst() {
            let members = zip(csv[0].cells, row.cells).enumerated().map { index, member in
                "\"\(member.0)\":" + (index == 0 ? "\"\(member.1)\"" : member.1)
            }
            lines += "{" + members.joined(separator: ",") + "}\n"
        }
        let fromLines = try server.vigie(["score", "-"], input: lines)
        let fromCSV = try server.vigie(["score", "-"], input: try manyRows(50))
        #expect(fromLines.status == 0, "\(fromLines.errors)")
        #expect(fromLines.output == fromCSV.output)
    }

    @Test func decimalCommaAndSemicolon() throws {
        let text = try manyRows(20)
        let french = text.split(separator: "\n").enumerated().map { index, line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return cells.enumerated().map { column, cell in
                index > 0 && column > 0 && !cell.isEmpty && !cell.contains(".")
                    ? cell + ",0" : cell.replacing(".", with: index > 0 && column > 0 ? "," : ".")
            }.joined(separator: ";")
        }.joined(separator: "\r\n")
        let result = try server.vigie(["score", "-", "--decimal-comma"], input: french)
        #expect(result.output == (try server.vigie(["score", "-"], input: text).output))
    }

    @Test func unknownColumnsAreRefusedUnlessLeftOutOrKept() throws {
        let text = "total_assets,sector,TOTAL_liabilities\n100,retail,5\n200,food,6\n"
        let refused = try server.vigie(["score", "-"], input: text)
        #expect(refused.status == 65 && refused.output.isEmpty, "\(refused.errors)")
        let lines = refused.errors.split(separator: "\n")
        #expect(lines.count == 4, "\(refused.errors)")
        let next = ["--map", "TOTAL_liabilities=total_liabilities", "--keep-all"]
        let command = (["vigie", "score", "-"] + next).joined(separator: " ")
        #expect(lines.last.map(String.init) == "  go on with: " + command)
        let kept = try server.vigie(["score", "-"] + next, input: text)
        #expect(kept.output.hasPrefix("sector,outcome"), "\(kept.errors)")
    }

    /// The columns of a model that has other inputs are named, whatever their number.
    @Test func columnsOfAnotherModelAreNamed() throws {
        let columns = (0..<300).map { "ratio_\($0)" }
        let text = "id," + columns.joined(separator: ",") + "\n"
        let refused = try server.vigie(
            ["score", "-", "--model", "us-listed-scorecard"],
            input: text
        )
        #expect(refused.status == 65 && refused.errors.contains("'ratio_0'"), "\(refused.errors)")
        #expect(refused.errors.contains("270 more"))
    }

    @Test func columnsPassThroughOrAreLeftOut() throws {
        let lines = try manyRows(3).split(separator: "\n")
        let text = lines.enumerated().map { $1 + ($0 == 0 ? ",sector,town" : ",retail,\"A, B\"") }
            .joined(separator: "\n")
        let kept = try json(["-", "--keep", "town", "--ignore-unknown-columns"], input: text)
        #expect(kept.rows.allSatisfy { $0.columns == ["town": "A, B"] && $0.outcome == "scored" })
        let named = try server.vigie(
            ["score", "-", "--id", "town", "--keep", "id", "--ignore-unknown-columns"],
            input: text
        )
        #expect(named.output.hasPrefix("town,id,outcome"))
        #expect(named.errors.contains("columns left out: 'sector'"))
        let taken = try server.vigie(["score", sample, "--keep", "ebit"])
        #expect(taken.errors.contains("missing for the model: 'ebit'"), "\(taken.errors)")
    }

    @Test func writesToAFile() throws {
        let path = server.directory + "/scores.csv"
        let result = try server.vigie(["score", sample, "-O", path, "--quiet"])
        #expect(result.output.isEmpty && result.errors.isEmpty)
        #expect(try ChildProcess.text(path) == (try server.vigie(["score", sample])).output)
    }

    @Test func aTableWithoutRowsGivesOneWithoutRows() throws {
        let result = try server.vigie(["score", "-"], input: "id,total_assets\n")
        #expect(result.status == 0 && result.errors.contains("holds no rows"), "\(result.errors)")
        #expect(try records(result.output).count == 1)
        let json = try json(["-"], input: "id,total_assets\n")
        #expect(json.rows.isEmpty && json.summary.rows == 0)
        let lacking = try server.vigie(["score", "-"], input: "id,net_sales\n")
        #expect(lacking.status == 65 && lacking.errors.contains("'total_assets'"))
    }

    @Test func rawScoreAndFloat32() throws {
        let input = try manyRows(5)
        let exact = try json(["-", "--raw-score"], input: input)
        #expect(exact.rows.allSatisfy { $0.rawScore != nil })
        // The amounts of the sample are whole numbers that 32 bits hold.
        let rounded = try json(["-", "--raw-score", "--float32"], input: input)
        #expect(rounded.rows.map(\.rawScore) == exact.rows.map(\.rawScore))
    }
}
