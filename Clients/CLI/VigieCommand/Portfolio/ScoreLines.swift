// SPDX-License-Identifier: Apache-2.0

// Scores of portfolios as lines: for people, as CSV, as JSON.

internal import CommandFiles
internal import CommandTables
internal import Documents
internal import VigieClient

/// Scores as text, CSV and JSON.
enum ScoreLines {
    private static let columns = [
        "siren", "lei", "company_id", "name", "reference", "outcome", "score", "class",
        "probability", "change", "cause", "since",
    ]
    private static let numbers = ["score", "class", "probability", "change"]

    static func writeCSVHeader(to sink: ByteSink) {
        sink.write(columns.joined(separator: ",") + "\n")
    }

    static func writeCSV(_ member: ScoredMember, to sink: ByteSink) {
        for (index, cell) in cells(member).enumerated() {
            if index > 0 { sink.write(byte: UInt8(ascii: ",")) }
            sink.writeCSV(Array(cell.utf8)[...])
        }
        sink.write(byte: UInt8(ascii: "\n"))
    }

    static func writeJSON(_ member: ScoredMember, to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.object {
            for (name, cell) in zip(columns, cells(member)) where !cell.isEmpty {
                if numbers.contains(name) {
                    writer.digits(name, cell)
                } else {
                    writer.text(name, cell)
                }
            }
        }
        sink.write(byte: UInt8(ascii: "\n"))
    }

    static func table(_ members: [ScoredMember], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("company", .left), ("name", .left), ("outcome", .left), ("score", .right),
                ("class", .right), ("probability", .right), ("change", .right), ("cause", .left),
                ("since", .left),
            ],
            rows: members.map { member in
                var cells = cells(member)
                cells[8] = member.score?.probability.map(percentage) ?? ""
                let company = ["\(member.company.company)", member.company.name]
                return (company + cells.dropFirst(5)).map { escaped($0) }
            },
            terminal: terminal
        )
    }

    static func table(_ scores: [HistoricScore], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("day", .left), ("outcome", .left), ("score", .right), ("class", .right),
                ("probability", .right), ("cause", .left), ("model", .left), ("run", .right),
            ],
            rows: scores.map { found in
                var known = cells(found.score)
                known[3] = found.score.probability.map(percentage) ?? ""
                let cells =
                    [found.asOfDate] + known + [
                        word(found.cause), "\(found.model)@\(found.modelVersion)", "\(found.run)",
                    ]
                return cells.map { escaped($0) }
            },
            terminal: terminal
        )
    }

    static func writeJSON(_ scores: [HistoricScore], to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.list {
            for found in scores {
                writer.object {
                    writer.text("as_of_date", found.asOfDate)
                    writer.text("outcome", found.score.outcome.word)
                    writer.integer("score", found.score.score)
                    writer.integer("class", found.score.riskClass)
                    writer.number("probability", found.score.probability)
                    writer.text("cause", word(found.cause))
                    writer.text("model", found.model)
                    writer.text("model_version", found.modelVersion)
                    writer.integer("run", found.run)
                }
            }
        }
        sink.write("\n")
    }

    private static func cells(_ member: ScoredMember) -> [String] {
        var identity = ["", "", ""]
        switch member.company.company {
        case .siren(let text): identity[0] = text
        case .lei(let text): identity[1] = text
        case .own(let text): identity[2] = text
        }
        let known = member.score.map(cells) ?? ["", "", "", ""]
        return identity + [member.company.name, member.company.reference] + known + [
            member.change.map { "\($0)" } ?? "",
            member.score == nil ? "" : word(member.cause), member.sinceDate,
        ]
    }

    private static func cells(_ score: KeptScore) -> [String] {
        [
            score.outcome.word, score.score.map { "\($0)" } ?? "",
            score.riskClass.map { "\($0)" } ?? "", score.probability.map { "\($0)" } ?? "",
        ]
    }

    private static func word(_ cause: ScoreCause) -> String {
        switch cause {
        case .company: "company"
        case .dataArrived: "data_arrived"
        case .modelChanged: "model_changed"
        case .other(let number): "cause_\(number)"
        }
    }
}
