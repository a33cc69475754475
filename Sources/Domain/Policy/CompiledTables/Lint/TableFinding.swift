// SPDX-License-Identifier: Apache-2.0

// What a look at the rules of a table finds.

internal import Decisions
package import FEEL
internal import VigieLimits

/// Something about the rules of a table that may not be meant.
package struct TableFinding: Sendable, CustomStringConvertible {
    /// What it is.
    package enum Kind: String, Sendable, CaseIterable {
        /// Rules that match the same rows, against the hit policy.
        case overlap
        /// Rows in which all is told, and no rule matches.
        case gap
        /// Rows in which something is missing, and no rule matches.
        case missingValueGap = "missing value gap"
        /// A rule that matches where a value is missing, only since its cell says what it is not.
        case missingValueMatch = "missing value match"
        /// A rule that never gives the result.
        case deadRule = "dead rule"
    }

    /// What it is.
    package let kind: Kind
    /// The rules that it is about, by their places in the table.
    package let rules: [Int]
    /// In words, with a row.
    package internal(set) var description: String
    /// A row: the value of each input that has classes, by its place in the table. Inputs that are
    /// not here are left to the interpreter.
    package let row: [(input: Int, value: FEELValue)]

    let box: RowBox
    let space: [(inputs: [Int], source: ValueSource, classes: [Int])]

    init(
        _ kind: Kind,
        _ rules: [Int],
        _ words: String,
        _ box: RowBox,
        like example: RowBox,
        _ space: TableSpace,
        _ table: DecisionTable
    ) {
        (self.kind, self.rules, self.box) = (kind, rules, box)
        self.space = space.dimensions.map { ($0.inputs, $0.source, $0.classes) }
        var (row, told) = ([(input: Int, value: FEELValue)](), [(input: Int, words: String)]())
        for (number, dimension) in space.dimensions.enumerated() {
            let places = box.places[number]
            let isAny = Set(places).isSuperset(of: dimension.told) && !dimension.told.isEmpty
            let classes = example.places[number].map { dimension.classes[$0] }
            let shown = dimension.source.plainest(of: classes)
            let value = dimension.source.example(of: shown)
            for input in dimension.inputs { row.append((input, value)) }
            let first = dimension.inputs[0]
            let words = isAny ? "any" : dimension.source.words(for: shown, among: classes)
            told.append((first, "\(table.inputs[first].name) \(words)"))
        }
        self.row = row.sorted { $0.input < $1.input }
        let shown = told.sorted { $0.input < $1.input }.map(\.words).joined(separator: ", ")
        description = shown.isEmpty ? words : "\(words): \(shown)"
    }

    /// Whether a row is one of those that are meant: values by the place of their input.
    package func contains(_ row: [Int: FEELValue]) -> Bool {
        zip(space, box.places).allSatisfy { dimension, places in
            guard let value = row[dimension.inputs[0]],
                let number = dimension.source.classNumber(of: value),
                let place = dimension.classes.firstIndex(of: number)
            else { return false }
            return places.contains(place)
        }
    }
}

/// What a look at a table found.
package struct TableReport: Sendable {
    /// The decision that consists of the table, by its place in the model.
    package let node: Int
    /// What was found, at most `LintLimits.findings` of each kind.
    package internal(set) var findings: [TableFinding] = []
    /// Kinds of which there are more than are told.
    package internal(set) var truncated: [TableFinding.Kind] = []
    /// Kinds that were not looked for to the end, since time was over.
    package internal(set) var unfinished: [TableFinding.Kind] = []
    /// Rules that were not looked at for overlaps, and for what they take from others, since the
    /// interpreter has a part in them, or they compare inputs: with the inputs of such cells.
    package internal(set) var unseen: [(rule: Int, inputs: [Int])] = []
    /// Whether the table is left to the interpreter, and nothing was looked at.
    package internal(set) var isInterpreted = false

    /// Leaves findings out that somebody lets stand.
    package mutating func leaveOut(_ isLeftOut: (TableFinding) -> Bool) {
        findings.removeAll(where: isLeftOut)
    }

    mutating func add(_ finding: TableFinding) -> Bool {
        let count = findings.count { $0.kind == finding.kind }
        guard count < LintLimits.findings else {
            if !truncated.contains(finding.kind) { truncated.append(finding.kind) }
            return false
        }
        findings.append(finding)
        return true
    }
}
