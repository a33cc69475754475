// SPDX-License-Identifier: Apache-2.0

// Segments for people, and as JSON.

internal import CommandFiles
internal import CommandTables
internal import Documents
internal import Quantities
internal import VigieClient

/// Segments as text and as JSON.
enum SegmentText {
    static func table(
        _ segments: [PortfolioSegment],
        _ risks: [SegmentRisk],
        _ terminal: Terminal
    ) -> String {
        TextTable.text(
            columns: [
                ("segment", .left), ("companies", .right), ("unknown", .right),
                ("exposure", .right), ("expected loss", .right), ("condition", .left),
            ],
            rows: segments.map { segment in
                let risk = risks.first { $0.name == segment.name }
                return [
                    segment.name, risk.map { grouped($0.members.companyCount) } ?? "",
                    risk.map { grouped($0.unknown.companyCount) } ?? "",
                    risk.map { amounts($0.members, \.exposureMinorUnits) } ?? "",
                    risk.map { amounts($0.members, \.expectedLossMinorUnits) } ?? "",
                    segment.condition,
                ].map { escaped($0) }
            },
            terminal: terminal
        )
    }

    static func text(_ trial: SegmentTrial) -> String {
        let (members, unknown) = (trial.risk.members, trial.risk.unknown)
        var lines = [
            "\(escaped(trial.risk.name)): \(grouped(members.companyCount)) of "
                + "\(grouped(trial.companyCount)) companies",
            "  exposure       \(amounts(members, \.exposureMinorUnits))",
            "  expected loss  \(amounts(members, \.expectedLossMinorUnits))",
        ]
        lines += trial.members.map { "    \(line($0))" }
        if unknown.companyCount > 0 {
            lines.append(
                "  \(grouped(unknown.companyCount)) of which it cannot be said, with "
                    + amounts(unknown, \.exposureMinorUnits)
            )
            lines += trial.unknown.map {
                "    \(line($0.company)): without \($0.missing.joined(separator: ", "))"
            }
        }
        if trial.hasKept {
            lines.append("  \(grouped(trial.enteringCount)) enter")
            lines += trial.entering.map { "    \(line($0))" }
            lines.append("  \(grouped(trial.leavingCount)) leave")
            lines += trial.leaving.map { "    \(line($0))" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static func writeJSON(_ segment: PortfolioSegment, _ risks: [SegmentRisk], to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.object {
            writer.text("name", segment.name)
            writer.text("condition", segment.condition)
            writer.text("note", segment.note)
            writer.text("changed_by", segment.changedBy)
            writer.integer("changed_at_microseconds", Int(segment.changedAtMicroseconds))
            guard let risk = risks.first(where: { $0.name == segment.name }) else { return }
            write("members", risk.members, writer)
            write("unknown", risk.unknown, writer)
        }
        sink.write("\n")
    }

    static func writeJSON(_ trial: SegmentTrial, to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.object {
            writer.text("name", trial.risk.name)
            writer.integer("company_count", trial.companyCount)
            write("members", trial.risk.members, writer)
            write("unknown", trial.risk.unknown, writer)
            write("companies", trial.members, writer)
            writer.list("unknown_companies") {
                for one in trial.unknown {
                    writer.object {
                        writer.text("company", "\(one.company.company)")
                        writer.list("missing") {
                            for name in one.missing { writer.text(nil, name) }
                        }
                    }
                }
            }
            guard trial.hasKept else { return }
            writer.integer("entering_count", trial.enteringCount)
            write("entering", trial.entering, writer)
            writer.integer("leaving_count", trial.leavingCount)
            write("leaving", trial.leaving, writer)
        }
        sink.write("\n")
    }

    private static func write(_ name: String, _ figures: SegmentFigures, _ writer: JSONWriter) {
        writer.object(name) {
            writer.integer("company_count", figures.companyCount)
            writer.list("currencies") {
                for one in figures.currencies {
                    writer.object {
                        writer.text("currency", one.currency)
                        writer.integer("owing_count", one.owingCount)
                        writer.integer("exposure_minor_units", Int(one.exposureMinorUnits))
                        writer.integer("expected_loss_minor_units", Int(one.expectedLossMinorUnits))
                    }
                }
            }
        }
    }

    private static func write(
        _ name: String,
        _ companies: [FollowedCompany],
        _ writer: JSONWriter
    ) {
        writer.list(name) { for one in companies { writer.text(nil, "\(one.company)") } }
    }

    private static func line(_ company: FollowedCompany) -> String {
        escaped(company.name.isEmpty ? "\(company.company)" : "\(company.company) \(company.name)")
    }

    /// Amounts of all currencies that are there; 0 without any.
    private static func amounts(
        _ figures: SegmentFigures,
        _ amount: (SegmentFigures.InCurrency) -> Int64
    ) -> String {
        guard !figures.currencies.isEmpty else { return "0" }
        return figures.currencies.map { one in
            guard let currency = Currency(one.currency) else {
                return "\(amount(one)) \(one.currency)"
            }
            return "\(Money(minorUnits: amount(one), currency: currency).decimal) \(one.currency)"
        }.joined(separator: ", ")
    }
}
