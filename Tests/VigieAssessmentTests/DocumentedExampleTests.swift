// SPDX-License-Identifier: Apache-2.0

// The program of the page on the library is what stands here, and runs.

import FoundationEssentials
import Testing
import VigieAssessment
import VigieClient

// example: begin
func assess(_ paths: [String], on day: Day) throws -> [String] {
    let read = try PaperReader(asOf: day).read(paths)
    for paper in read.papers {
        if let error = paper.error { print("\(paper.name): \(error)") }
    }
    var options = AssessmentOptions(asOf: day)
    options.questions.tellsTrends = true
    let assessor = try CompanyAssessor()
    var lines: [String] = []
    for answer in try assessor.assess(read.companies, options: options) {
        let company = try answer.get()
        let name = company.siren ?? "no number"
        guard company.outcome == .scored, let figures = company.adjusted else {
            lines.append("\(name): \(company.outcome)")
            continue
        }
        lines.append("\(name): class \(figures.riskClass), confidence \(company.confidence)")
        for reason in company.reasons.prefix(2) {
            lines.append("  \(reason.sentence.english) (\(reason.feature))")
        }
        for trend in company.trends.prefix(1) {
            lines.append("  \(trend.label.english): \(trend.points.map(\.value))")
        }
    }
    return lines
}
// example: end

@Suite struct DocumentedExampleTests {
    private static func text(_ path: String) throws -> String {
        let tests = try #require(#filePath.firstRange(of: "/Tests/VigieAssessmentTests/"))
        let bytes = FileManager.default.contents(atPath: #filePath[..<tests.lowerBound] + path)
        return String(decoding: try #require(bytes), as: UTF8.self)
    }

    @Test func thePageHasThisProgram() throws {
        let page = try Self.text(
            "/Clients/InProcess/VigieAssessment/VigieAssessment.docc/VigieAssessment.md"
        )
        let own = try Self.text("/Tests/VigieAssessmentTests/DocumentedExampleTests.swift")
        let marks = ["// example: begin\n", "// example: end\n"].map { own.firstRange(of: $0) }
        let (first, last) = (try #require(marks[0]), try #require(marks[1]))
        #expect(page.contains(own[first.upperBound..<last.lowerBound]))
    }

    @Test func itSaysWhatTheSamplesAre() throws {
        let tests = try #require(#filePath.firstRange(of: "/Tests/VigieAssessmentTests/"))
        let samples = #filePath[..<tests.lowerBound] + "/Clients/CLI/Samples/Companies"
        let lines = try assess([String(samples)], on: try #require(Day("2025-12-31")))
        #expect(lines.count { !$0.hasPrefix("  ") } == 7)
        let sound = try #require(lines.firstIndex { $0.hasPrefix("999200017: class") })
        #expect(lines[sound + 1].contains(" (") && lines[sound + 3].contains("["))
        #expect(lines.contains("999200041: inProceedings"))
    }
}
