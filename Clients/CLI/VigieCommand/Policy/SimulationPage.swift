// SPDX-License-Identifier: Apache-2.0

// A simulation as one page that can be mailed and printed: nothing is fetched, no script runs.

internal import CommandTables
internal import VigieClient

/// Writes a simulation as HTML.
struct SimulationPage {
    private let result: PortfolioSimulation
    private let text: SimulationText
    private var report: PolicySimulationReport { result.report }

    init(_ result: PortfolioSimulation) {
        self.result = result
        text = SimulationText(result)
    }

    /// The whole page.
    var html: String {
        let title = [report.before, report.after].map { $0.reference + SimulationText.model($0) }
            .joined(separator: " → ")
        let day = report.asOf.map { "\($0)" } ?? ""
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(markup(title))</title><style>\(AssessmentPage.style)</style></head><body>
            <article><header><h1>\(markup(title))</h1>
            <p>\(markup("\(result.file), \(day)"))</p></header>
            \(figures)\(pageList("Notes", text.notes))\(sums)
            \(pageList("Who goes where", text.transitions))\(changes)\
            \(pageList("Rules", text.rules))
            </article><footer>\(markup(report.before.reference)) \(report.before.contentHash)<br>
            \(markup(report.after.reference)) \(report.after.contentHash)<br>
            \(markup(result.file)) \(result.fileHash)</footer></body></html>

            """
    }

    /// How many change, and by how much.
    private var figures: String {
        let boxes = [
            ("companies", "\(report.companyCount)", "amounts in \(report.after.currency)"),
            ("decided otherwise", "\(report.changedCount)", ""),
            (
                "limits higher", "\(report.limitsRaised.companyCount)",
                "by \(report.limitsRaised.sum?.text ?? "?")"
            ),
            (
                "limits lower", "\(report.limitsLowered.companyCount)",
                "by \(report.limitsLowered.sum?.text ?? "?")"
            ),
        ].map { name, value, more in
            "<div><span>\(markup(name))</span><b>\(markup(value))</b>"
                + "<small>\(markup(more))</small></div>"
        }
        return "<div class=\"figures\">\(boxes.joined())</div>\n"
    }

    private var sums: String {
        "<h2>Before and after</h2>"
            + pageTable(["", "before", "after", "difference"], text.sumRows)
    }

    private var changes: String {
        guard !report.changes.isEmpty else { return "" }
        let rows = report.changes.map { change in
            let parts = change.parts.map { part in
                "\(part.name) \(part.before.orNothing) → \(part.after.orNothing)"
            }
            return [change.company, change.difference.text, parts.joined(separator: "; ")]
        }
        return "<h2>Greatest changes</h2>" + pageTable(["company", "limit", "what changes"], rows)
    }
}
