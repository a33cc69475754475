// SPDX-License-Identifier: Apache-2.0

// Universes for people, as CSV and as JSON.

internal import CommandFiles
internal import CommandTables
internal import Documents
internal import VigieClient

/// Universes, their runs and figures as text.
enum UniverseText {
    static func line(_ report: UniverseLoadReport) -> String {
        "\(escaped(report.universe.name)): "
            + "\(counted(report.rowCount, "company", "companies")) named, "
            + "\(grouped(report.addedCount)) came, \(grouped(report.leftCount)) left, "
            + "\(grouped(report.changedCount)) changed; "
            + "\(counted(report.universe.companyCount, "is", "are")) there"
    }

    static func line(_ run: UniverseRun) -> String {
        var words = "run \(run.number): \(word(run.state))"
        if run.state == .open || run.blockCount > 1 {
            words += ", \(run.doneCount) of \(run.blockCount) blocks"
        }
        if run.companyCount > 0 {
            words +=
                ", \(counted(run.companyCount, "company", "companies")), "
                + "\(grouped(run.scoredCount)) scored, "
                + "\(grouped(run.changedCount)) changed"
        }
        return run.note.isEmpty ? words : "\(words): \(escaped(run.note))"
    }

    static func table(_ universes: [Universe], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [("universe", .left), ("companies", .right), ("places", .right)],
            rows: universes.map {
                [escaped($0.name), grouped($0.companyCount), grouped($0.slotCount)]
            },
            terminal: terminal
        )
    }

    static func table(_ runs: [UniverseRun], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("run", .right), ("day", .left), ("model", .left), ("state", .left),
                ("blocks", .right), ("companies", .right), ("scored", .right),
                ("changed", .right), ("by themselves", .right), ("by data", .right),
                ("by model", .right), ("note", .left),
            ],
            rows: runs.map { run in
                [
                    "\(run.number)", run.asOfDate, "\(run.model)@\(run.modelVersion)",
                    word(run.state), "\(run.doneCount)/\(run.blockCount)",
                    grouped(run.companyCount), grouped(run.scoredCount),
                    grouped(run.changedCount), grouped(run.companyMovedCount),
                    grouped(run.dataMovedCount), grouped(run.modelMovedCount), run.note,
                ].map { escaped($0) }
            },
            terminal: terminal
        )
    }

    static func table(_ results: [UniverseResult], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("since", .left), ("score", .right), ("class", .right), ("cause", .left),
                ("model", .left), ("run", .right),
            ],
            rows: results.map { result in
                [
                    result.asOfDate,
                    result.score.map { "\($0)" } ?? (result.isThere ? "none" : "not there"),
                    result.riskClass.map { "\($0)" } ?? "", word(result.cause),
                    "\(result.model)@\(result.modelVersion)", "\(result.run)",
                ].map { escaped($0) }
            },
            terminal: terminal
        )
    }

    static func text(_ figures: UniverseFigures, _ terminal: Terminal) -> String {
        let (before, after) = (figures.before, figures.after)
        let bands = TextTable.text(
            columns: [
                ("class", .left), (before.asOfDate, .right), (after.asOfDate, .right),
                ("owed", .right),
            ],
            rows: figures.bands.map { band in
                [
                    band.riskClass == 0 ? "none" : "\(band.riskClass)",
                    grouped(band.beforeCount), grouped(band.afterCount),
                    euros(band.exposureCents),
                ]
            },
            terminal: terminal
        )
        let moves = TextTable.text(
            columns: [("from", .left), ("to", .left), ("companies", .right)],
            rows: figures.migrations.filter { $0.fromClass != $0.toClass }.map { migration in
                [
                    place(migration.fromClass, "came"), place(migration.toClass, "left"),
                    grouped(migration.count),
                ]
            },
            terminal: terminal
        )
        let movers = TextTable.text(
            columns: [
                ("siren", .left), ("before", .right), ("after", .right), ("cause", .left),
                ("by this model before", .right),
            ],
            rows: (figures.fallen + figures.risen).map { mover in
                [
                    mover.siren, "\(mover.before)", "\(mover.after)", word(mover.cause),
                    mover.beforeByThisModel.map { "\($0)" } ?? "",
                ]
            },
            terminal: terminal
        )
        let loss =
            "expected loss \(euros(figures.expectedLossCents)) of "
            + "\(euros(figures.exposureCents)), without a score "
            + "\(euros(figures.unratedExposureCents))\n"
        return [bands, moves, movers, loss].joined(separator: "\n")
    }

    private static func place(_ riskClass: Int?, _ absent: String) -> String {
        guard let riskClass else { return absent }
        return riskClass == 0 ? "none" : "\(riskClass)"
    }

    private static func euros(_ cents: Double) -> String {
        decimals(cents / 100, 0) + " EUR"
    }

    static func writeCSV(_ scores: UniverseScores, to sink: ByteSink) {
        for (place, siren) in scores.sirens.enumerated() {
            let digits = String(siren)
            let zeros = String(repeating: "0", count: max(9 - digits.count, 0))
            let score = scores.scores[place].map { "\($0)" } ?? ""
            let riskClass = scores.riskClasses[place]
            let shown = riskClass == 0 ? "" : "\(riskClass)"
            sink.write("\(zeros)\(digits),\(score),\(shown),\(word(scores.causes[place]))\n")
        }
    }

    static func word(_ cause: ScoreCause?) -> String {
        switch cause {
        case nil: ""
        case .company: "company"
        case .dataArrived: "data_arrived"
        case .modelChanged: "model_changed"
        case .other(let number): "cause_\(number)"
        }
    }

    static func word(_ state: PortfolioRun.State) -> String {
        switch state {
        case .open: "open"
        case .done: "done"
        case .failed: "failed"
        case .other(let number): "state_\(number)"
        }
    }
}
