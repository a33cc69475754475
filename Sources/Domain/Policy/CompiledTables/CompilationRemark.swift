// SPDX-License-Identifier: Apache-2.0

// What of a model is left to the interpreter.

internal import Decisions
internal import VigieLimits

/// Something that is left to the interpreter.
package struct CompilationRemark: Sendable, Equatable, CustomStringConvertible {
    /// What it is.
    package enum Part: Sendable, Equatable {
        /// A decision, in each row.
        case interpreted
        /// An input of a table, in each row or for each text that decides it.
        case input(Int)
        /// A cell, in rows in which all others of its rule match; both numbers from 0.
        case cell(rule: Int, input: Int)
    }

    /// The decision, by its place in the model.
    package let node: Int
    /// What it is.
    package let part: Part
    /// In words.
    package let description: String

    init(_ model: DecisionModel, _ node: Int, _ part: Part) {
        (self.node, self.part) = (node, part)
        var place = model.nodes[node].place
        let table = model.table(of: node).map { model.tables[$0] }
        if let table, part != .interpreted { place = table.place }
        switch part {
        case .interpreted: description = "\(place): is decided row by row"
        case .input(let input):
            place.part = table.map { "input \"\($0.inputs[input].name)\"" }
            description = "\(place): is computed row by row"
        case .cell(let rule, let input):
            (place.line, place.rule) = (table?.rules[rule].line, rule + 1)
            place.part = table.map { "input \"\($0.inputs[input].name)\"" }
            description = "\(place): is looked at row by row"
        }
    }
}

/// What is left to the interpreter: how much, and the first parts of it.
package struct CompilationRemarks: Sendable, CustomStringConvertible {
    /// How many cells.
    package private(set) var cellCount = 0
    /// How many inputs.
    package private(set) var inputCount = 0
    /// How many decisions.
    package private(set) var decisionCount = 0
    /// The first ones.
    package private(set) var first: [CompilationRemark] = []

    mutating func add(_ model: DecisionModel, _ node: Int, _ part: CompilationRemark.Part) {
        switch part {
        case .interpreted: decisionCount += 1
        case .input: inputCount += 1
        case .cell: cellCount += 1
        }
        guard first.count < CompiledTableLimits.remarks else { return }
        first.append(CompilationRemark(model, node, part))
    }

    /// How much in a few words: `3 slow cells`; empty if nothing is.
    package var description: String {
        let parts = [(cellCount, "cell"), (inputCount, "input"), (decisionCount, "decision")]
        return parts.filter { $0.0 > 0 }.map { "\($0) slow \($1)\($0 == 1 ? "" : "s")" }
            .joined(separator: ", ")
    }
}
