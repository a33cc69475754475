// SPDX-License-Identifier: Apache-2.0

// Companies with what has to be decided of them, as a table: a column for each input, one for each
// thing that is expected (`expect.limit`), and one with the name of the scenario.

package import Documents
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

    /// Reads a table of companies.
    ///
    /// - Parameters:
    ///   - manifest: That of the policy whose inputs are columns.
    ///   - options: How the table is written.
    /// - Throws: `InputError` for what is wrong with the file as a table, and `PolicyError` for all
    ///   that is wrong with its columns and rows.
    package static func read(
        _ file: PolicyFile,
        _ manifest: PolicyManifest,
        _ options: TableOptions = TableOptions()
    ) throws -> ScenarioFile {
        let problems = PolicyProblems()
        let table = try PolicyTable(
            file,
            rowsMaximum: PolicyLimits.scenarios,
            options,
            inputs: Self.inputs(manifest),
            problems
        )
        let scenarios = ScenarioFile(
            table,
            manifest,
            NumberParser(options.dialect.numbers),
            problems
        )
        guard problems.isEmpty else { throw PolicyError(problems: problems.problems) }
        return scenarios
    }

    /// Reads scenarios of a policy, whose numbers nobody but they themselves tells the dialect of.
    init?(_ file: PolicyFile, _ manifest: PolicyManifest, _ problems: PolicyProblems) {
        guard let table = PolicyTable(file, rowsMaximum: PolicyLimits.scenarios, problems) else {
            return nil
        }
        self.init(table, manifest, NumberParser(), problems)
        let inputs = Self.inputs(manifest)
        table.checkPoints(
            problems,
            numbers: inputs.filter { !$0.isCategory }.map(\.name),
            amounts: inputs.filter(\.isAmount).map(\.name)
        )
    }

    /// What columns can be, beside those of what is expected. Numbers are amounts unless the policy
    /// says that they count something else.
    private static func inputs(_ manifest: PolicyManifest) -> [TableInput] {
        let others = PolicyCircumstance.allCases.map(\.rawValue) + ownColumns
        return manifest.inputs.map { input in
            TableInput(
                name: input.name,
                isCategory: input.kind != .number,
                isAmount: input.isAmount
            )
        } + others.map { TableInput(name: $0, isCategory: true) }
    }

    private init(
        _ table: PolicyTable,
        _ manifest: PolicyManifest,
        _ parser: NumberParser,
        _ problems: PolicyProblems
    ) {
        let outcomes = Policy.outcomes
        let names = Self.inputs(manifest).map(\.name)
        path = table.path
        var known: [(place: Int, name: String)] = []
        var wanted: [(place: Int, name: String)] = []
        for (place, column) in table.header.enumerated() where !column.isEmpty {
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
        let name = table.header.firstIndex(of: "scenario")
        scenarios = table.rows.map { line, cells in
            Scenario(
                name: name.map { cells[$0] } ?? "line \(line)",
                line: line,
                facts: known.compactMap { place, name in
                    let text = cells[place]
                    guard !text.isEmpty, numbers.contains(name) else {
                        return text.isEmpty ? nil : (name, text)
                    }
                    guard let number = parser.plainText(text) else {
                        let words = "\(name): '\(shortened(text))' is not a finite number."
                        problems.add(table.path, "line \(line)", words)
                        return nil
                    }
                    return number.isEmpty ? nil : (name, number)
                },
                expected: wanted.compactMap {
                    cells[$0.place].isEmpty ? nil : ($0.name, cells[$0.place])
                }
            )
        }
    }
}

extension PolicyInput {
    /// Whether it is an amount of money, as numbers are of which a policy says nothing else.
    package var isAmount: Bool { kind == .number && (unit == .currency || unit == .none) }
}
