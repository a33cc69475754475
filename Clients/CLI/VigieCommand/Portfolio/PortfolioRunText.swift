// SPDX-License-Identifier: Apache-2.0

// Runs for people, and as JSON.

internal import CommandFiles
internal import CommandTables
internal import Documents
internal import VigieClient

/// Runs as text and as JSON.
enum PortfolioRunText {
    static func line(_ run: PortfolioRun) -> String {
        var words = "run \(run.number): \(word(run.state))"
        if run.state == .open || run.blockCount > 1 {
            words += ", \(run.doneCount) of \(run.blockCount) blocks"
        }
        if run.companyCount > 0 {
            words +=
                ", \(grouped(run.companyCount)) companies, \(grouped(run.scoredCount)) scored, "
                + "\(grouped(run.changedCount)) changed"
        }
        return run.note.isEmpty ? words : "\(words): \(escaped(run.note))"
    }

    static func table(_ runs: [PortfolioRun], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("run", .right), ("day", .left), ("kind", .left), ("over", .left),
                ("model", .left), ("state", .left), ("blocks", .right), ("companies", .right),
                ("scored", .right), ("changed", .right), ("note", .left),
            ],
            rows: runs.map { run in
                [
                    "\(run.number)", run.asOfDate, word(run.kind),
                    run.isOfOnePortfolio ? "one portfolio" : "all",
                    "\(run.model)@\(run.modelVersion)", word(run.state),
                    "\(run.doneCount)/\(run.blockCount)", grouped(run.companyCount),
                    grouped(run.scoredCount), grouped(run.changedCount), run.note,
                ].map { escaped($0) }
            },
            terminal: terminal
        )
    }

    static func writeJSON(_ runs: [PortfolioRun], to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.list {
            for run in runs {
                writer.object {
                    writer.integer("run", run.number)
                    writer.text("kind", word(run.kind))
                    writer.bool("of_one_portfolio", run.isOfOnePortfolio)
                    writer.text("as_of_date", run.asOfDate)
                    writer.text("model", run.model)
                    writer.text("model_version", run.modelVersion)
                    writer.integer("requested_at_microseconds", Int(run.requestedAtMicroseconds))
                    writer.text("state", word(run.state))
                    writer.text("note", run.note)
                    writer.integer("block_count", run.blockCount)
                    writer.integer("done_count", run.doneCount)
                    writer.integer("company_count", run.companyCount)
                    writer.integer("scored_count", run.scoredCount)
                    writer.integer("changed_count", run.changedCount)
                }
            }
        }
        sink.write("\n")
    }

    private static func word(_ kind: PortfolioRun.Kind) -> String {
        switch kind {
        case .daily: "daily"
        case .arrival: "arrival"
        case .otherModel: "other_model"
        case .requested: "requested"
        case .other(let number): "kind_\(number)"
        }
    }

    private static func word(_ state: PortfolioRun.State) -> String {
        switch state {
        case .open: "open"
        case .done: "done"
        case .failed: "failed"
        case .other(let number): "state_\(number)"
        }
    }
}
