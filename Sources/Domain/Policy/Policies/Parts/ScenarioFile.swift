// SPDX-License-Identifier: Apache-2.0

// Companies with what has to be decided of them, as a table: a column for each input, one for each
// thing that is expected (`expect.limit`), and one with the name of the scenario.

internal import Documents
internal import VigieLimits

/// A file of scenarios.
package struct ScenarioFile: Sendable {
    /// A company, and what has to be decided of it.
    package struct Scenario: Sendable {
        /// Its name; its line if it has none.
        package let name: String
        /// The line on which it stands.
        package let line: Int
        /// What is known of it, by the names of inputs; an empty cell says nothing.
        package let facts: [(name: String, text: String)]
        /// What is expected, by the names of what is decided.
        package let expected: [(name: String, text: String)]
    }

    /// Its path.
    package let path: String
    /// The scenarios.
    package let scenarios: [Scenario]

    /// What a column begins with that says what is expected.
    static let mark = "expect."
    /// What columns tell beside inputs.
    package static let ownColumns = ["scenario", "company", "group", "role"]

    /// Reads a table.
    ///
    /// - Parameter manifest: That of the policy whose inputs are columns.
    package static func read(
        _ file: PolicyFile,
        _ manifest: PolicyManifest
    ) throws(PolicyError) -> ScenarioFile {
        let problems = PolicyProblems()
        let scenarios = ScenarioFile(file, manifest, problems)
        guard problems.isEmpty, let scenarios else {
            throw PolicyError(problems: problems.problems)
        }
        return scenarios
    }

    init?(_ file: PolicyFile, _ manifest: PolicyManifest, _ problems: PolicyProblems) {
        let outcomes = Policy.outcomes
        let names =
            manifest.inputs.map(\.name) + PolicyCircumstance.allCases.map(\.rawValue)
            + Self.ownColumns
        guard let table = PolicyTable(file, rowsMaximum: PolicyLimits.scenarios, problems) else {
            return nil
        }
        path = file.path
        var known: [(place: Int, name: String)] = []
        var wanted: [(place: Int, name: String)] = []
        for (place, column) in table.header.enumerated() {
            if column.hasPrefix(Self.mark) {
                let name = String(column.dropFirst(Self.mark.count))
                if !outcomes.contains(name) {
                    let hint = NearestName.hint(outcomes, to: name)
                    problems.add(path, "line 1", "\"\(name)\" is not decided.\(hint)")
                }
                wanted.append((place, name))
            } else {
                if !names.contains(column) {
                    let hint = NearestName.hint(names, to: column)
                    problems.add(
                        path,
                        "line 1",
                        "\"\(column)\" is no input of the policy.\(hint)"
                    )
                }
                known.append((place, column))
            }
        }
        let numbers = Set(manifest.inputs.filter { $0.kind == .number }.map(\.name))
        Self.checkPoints(table, known.filter { numbers.contains($0.name) }.map(\.place), problems)
        let name = table.header.firstIndex(of: "scenario")
        scenarios = table.rows.map { line, cells in
            Scenario(
                name: name.map { cells[$0] } ?? "line \(line)",
                line: line,
                facts: known.compactMap {
                    cells[$0.place].isEmpty ? nil : ($0.name, cells[$0.place])
                },
                expected: wanted.compactMap {
                    cells[$0.place].isEmpty ? nil : ($0.name, cells[$0.place])
                }
            )
        }
    }

    /// Refuses a point that may part thousands: where no number shows what points are, 20.000 may
    /// be 20 and 20000.
    private static func checkPoints(
        _ table: PolicyTable,
        _ places: [Int],
        _ problems: PolicyProblems
    ) {
        var marks = DecimalMarks.ofFacts
        for (line, cells) in table.rows {
            for place in places { marks.note(cells[place], line: line) }
        }
        guard let doubt = marks.doubt else { return }
        problems.add(table.path, "line \(doubt.line)", "\(doubt.message); \(doubt.hint).")
    }
}
