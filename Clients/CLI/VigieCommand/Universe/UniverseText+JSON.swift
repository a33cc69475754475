// SPDX-License-Identifier: Apache-2.0

// Universes, their runs and figures as JSON.

internal import CommandFiles
internal import CommandTables
internal import Documents
internal import VigieClient

extension UniverseText {
    static func writeJSON(_ universes: [Universe], to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.list {
            for universe in universes {
                writer.object {
                    writer.text("name", universe.name)
                    writer.integer("company_count", universe.companyCount)
                    writer.integer("slot_count", universe.slotCount)
                }
            }
        }
        sink.write("\n")
    }

    static func writeJSON(_ runs: [UniverseRun], to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.list { for run in runs { writer.object { write(run, writer) } } }
        sink.write("\n")
    }

    private static func write(_ run: UniverseRun, _ writer: JSONWriter) {
        writer.integer("run", run.number)
        writer.text("as_of_date", run.asOfDate)
        writer.text("model", run.model)
        writer.text("model_version", run.modelVersion)
        writer.integer("requested_at_microseconds", Int(run.requestedAtMicroseconds))
        if let ended = run.endedAtMicroseconds {
            writer.integer("ended_at_microseconds", Int(ended))
        }
        writer.text("state", word(run.state))
        writer.text("note", run.note)
        writer.integer("block_count", run.blockCount)
        writer.integer("done_count", run.doneCount)
        writer.integer("company_count", run.companyCount)
        writer.integer("scored_count", run.scoredCount)
        writer.integer("changed_count", run.changedCount)
        writer.integer("company_moved_count", run.companyMovedCount)
        writer.integer("data_moved_count", run.dataMovedCount)
        writer.integer("model_moved_count", run.modelMovedCount)
    }

    static func writeJSON(_ results: [UniverseResult], to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.list {
            for result in results {
                writer.object {
                    writer.integer("run", result.run)
                    writer.text("as_of_date", result.asOfDate)
                    writer.text("model", result.model)
                    writer.text("model_version", result.modelVersion)
                    writer.bool("is_there", result.isThere)
                    if let score = result.score { writer.integer("score", score) }
                    if let riskClass = result.riskClass { writer.integer("class", riskClass) }
                    if result.cause != nil { writer.text("cause", word(result.cause)) }
                }
            }
        }
        sink.write("\n")
    }

    static func writeJSON(_ figures: UniverseFigures, to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.object {
            writer.object("before") { write(figures.before, writer) }
            writer.object("after") { write(figures.after, writer) }
            writer.list("bands") {
                for band in figures.bands {
                    writer.object {
                        writer.integer("class", band.riskClass)
                        writer.integer("before_count", band.beforeCount)
                        writer.integer("after_count", band.afterCount)
                        writer.number("exposure_cents", band.exposureCents)
                    }
                }
            }
            writer.list("migrations") {
                for migration in figures.migrations {
                    writer.object {
                        if let from = migration.fromClass { writer.integer("from_class", from) }
                        if let to = migration.toClass { writer.integer("to_class", to) }
                        writer.integer("count", migration.count)
                    }
                }
            }
            writer.number("expected_loss_cents", figures.expectedLossCents)
            writer.number("exposure_cents", figures.exposureCents)
            writer.number("unrated_exposure_cents", figures.unratedExposureCents)
            if let concentration = figures.concentration {
                writer.number("concentration", concentration)
            }
            write("fallen", figures.fallen, writer)
            write("risen", figures.risen, writer)
        }
        sink.write("\n")
    }

    private static func write(
        _ name: String,
        _ movers: [UniverseFigures.Mover],
        _ writer: JSONWriter
    ) {
        writer.list(name) {
            for mover in movers {
                writer.object {
                    writer.text("siren", mover.siren)
                    writer.integer("before", mover.before)
                    writer.integer("after", mover.after)
                    if mover.cause != nil { writer.text("cause", word(mover.cause)) }
                    if let before = mover.beforeByThisModel {
                        writer.integer("before_by_this_model", before)
                    }
                }
            }
        }
    }
}
