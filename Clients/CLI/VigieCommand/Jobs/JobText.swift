// SPDX-License-Identifier: Apache-2.0

// Jobs for people and as JSON, and their answers as CSV.

internal import CommandFiles
internal import CommandTables
internal import Documents
internal import VigieClient

/// Jobs and their answers as text.
enum JobText {
    static func table(_ jobs: [JobSummary], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("job", .left), ("kind", .left), ("model", .left), ("day", .left),
                ("blocks", .right), ("rows", .right), ("bytes", .right), ("kept for", .right),
            ],
            rows: jobs.map { job in
                [
                    escaped(job.id), word(job.kind), escaped(job.models), escaped(job.asOfDate),
                    grouped(job.blockCount), grouped(job.rowCount), grouped(job.byteCount),
                    kept(job),
                ]
            },
            terminal: terminal
        )
    }

    static func writeJSON(_ jobs: [JobSummary], to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.list {
            for job in jobs {
                writer.object {
                    writer.text("job", job.id)
                    writer.text("kind", word(job.kind))
                    writer.text("models", job.models)
                    writer.text("as_of_date", job.asOfDate)
                    writer.integer("block_count", job.blockCount)
                    writer.integer("row_count", job.rowCount)
                    writer.integer("byte_count", job.byteCount)
                    writer.integer("began_at_microseconds", job.beganAtMicroseconds)
                    writer.integer("kept_seconds", seconds(job))
                }
            }
        }
        sink.write("\n")
    }

    /// The headings of answers.
    static func headings(_ kind: JobSummary.Kind) -> String {
        switch kind {
        case .scores: "row,outcome,probability,score,risk_class,percentile,raw_score,reasons\n"
        case .assessments:
            "row,outcome,base_probability,probability,score,risk_class,confidence,reasons\n"
        }
    }

    static func line(_ score: Score, row: Int) -> String {
        let cells = [
            "\(row)", word(score.outcome), text(score.probability), text(score.score),
            text(score.riskClass), text(score.percentile.map(Float.init)), text(score.rawScore),
            reasons(score.reasons.map { ($0.feature, $0.contribution) }),
        ]
        return cells.joined(separator: ",") + "\n"
    }

    static func line(_ assessment: RowAssessment, row: Int) -> String {
        let cells = [
            "\(row)", assessment.outcome.word, text(assessment.baseProbability),
            text(assessment.figures?.probability), text(assessment.figures?.score),
            text(assessment.figures?.riskClass), assessment.confidence,
            reasons(assessment.reasons.map { ($0.feature, $0.contribution) }),
        ]
        return cells.joined(separator: ",") + "\n"
    }

    /// Reasons in one cell: names of features have neither blanks nor commas.
    private static func reasons(_ reasons: [(feature: String, contribution: Double)]) -> String {
        reasons.map { "\($0.feature)=\($0.contribution)" }.joined(separator: " ")
    }

    private static func text(_ value: (some CustomStringConvertible)?) -> String {
        value?.description ?? ""
    }

    private static func seconds(_ job: JobSummary) -> Int { Int(job.kept.components.seconds) }

    private static func kept(_ job: JobSummary) -> String {
        let minutes = seconds(job) / 60
        let rest = minutes % 60
        return "\(minutes / 60):\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func word(_ kind: JobSummary.Kind) -> String {
        switch kind {
        case .scores: "scores"
        case .assessments: "assessments"
        }
    }

    private static func word(_ outcome: RowOutcome) -> String {
        switch outcome {
        case .scored: "scored"
        case .notScorable: "not_scorable"
        case .closed: "closed"
        case .inProceedings: "in_proceedings"
        case .other(let number): "outcome_\(number)"
        }
    }
}
