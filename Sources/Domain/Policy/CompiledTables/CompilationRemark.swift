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
        if case .cell(let rule, let input) = part, let table = model.table(of: node) {
            let told = model.tables[table]
            place = told.place
            (place.line, place.rule) = (told.rules[rule].line, rule + 1)
            place.part = "input \"\(told.inputs[input].name)\""
            description = "\(place): is looked at row by row"
        } else {
            description = "\(place): is decided row by row"
        }
    }
}

/// What is left to the interpreter: how much, and the first parts of it.
package struct CompilationRemarks: Sendable, CustomStringConvertible {
    /// How many cells.
    package private(set) var cellCount = 0
    /// How many decisions.
    package private(set) var decisionCount = 0
    /// The first ones.
    package private(set) var first: [CompilationRemark] = []

    mutating func add(_ model: DecisionModel, _ node: Int, _ part: CompilationRemark.Part) {
        if part == .interpreted { decisionCount += 1 } else { cellCount += 1 }
        guard first.count < CompiledTableLimits.remarks else { return }
        first.append(CompilationRemark(model, node, part))
    }

    /// How much in a few words: `3 slow cells`; empty if nothing is.
    package var description: String {
        let cells = "\(cellCount) slow \(cellCount == 1 ? "cell" : "cells")"
        let decisions = "\(decisionCount) slow \(decisionCount == 1 ? "decision" : "decisions")"
        return [cellCount > 0 ? cells : nil, decisionCount > 0 ? decisions : nil]
            .compactMap { $0 }.joined(separator: ", ")
    }
}
