// SPDX-License-Identifier: Apache-2.0

// Whether what a policy declares and what its model asks for fit together.

internal import Decisions
internal import Documents
internal import FEEL

/// Holds manifest and model against each other.
struct PolicyChecks {
    let manifest: PolicyManifest
    let model: DecisionModel
    let problems: PolicyProblems

    func run() {
        checkInputs()
        checkDeclared()
        checkDecisions()
    }

    private func add(_ path: String, _ message: String) {
        problems.add(PolicyManifest.fileName, path, message)
    }

    /// Each input of the model is declared, a table, or given to every decision.
    private func checkInputs() {
        let tables = manifest.tables.map(\.name)
        for place in model.nodes(.input) {
            let node = model.nodes[place]
            if let declared = manifest.inputs.first(where: { $0.name == node.name }) {
                check(declared, node)
            } else if let wanted = Self.given[node.name] {
                check(node, wanted)
            } else if !tables.contains(node.name) {
                let known = manifest.inputs.map(\.name) + tables + Self.given.keys.sorted()
                let hint = NearestName.hint(known, to: node.name)
                problems.add(
                    node.place.file,
                    "line \(node.place.line ?? 1), input \"\(node.name)\"",
                    "is neither an input that \(PolicyManifest.fileName) declares, nor a table, "
                        + "nor given to every decision.\(hint)"
                )
            }
        }
    }

    /// What is given to every decision, with its type.
    private static let given: [String: FEELType] = {
        var given: [String: FEELType] = [:]
        for name in PolicyCircumstance.allCases {
            given[name.rawValue] = name == .asOf ? .date : .string
        }
        for name in PolicyResult.allCases {
            given[name.rawValue] = name == .binding ? .string : .number
        }
        return given
    }()

    private func check(_ declared: PolicyInput, _ node: DecisionNode) {
        let type = node.type.type
        switch (declared.kind, type) {
        case (.list, .list), (.context, .context): return
        default: check(node, declared.kind.type)
        }
    }

    private func check(_ node: DecisionNode, _ wanted: FEELType) {
        guard node.type.type != wanted else { return }
        let type = node.type.type == .any ? "of no type" : "a \(node.type.type)"
        problems.add(
            node.place.file,
            "line \(node.place.line ?? 1), input \"\(node.name)\"",
            "is \(type), and has to be a \(wanted): give its variable typeRef=\"\(wanted)\"."
        )
    }

    /// Each input that is declared is used, by the model or by the calculation.
    private func checkDeclared() {
        let figures = PolicyFigure.allCases.map(\.rawValue) + Self.native
        let asked = model.nodes(.input).map { model.nodes[$0].name }
        for (place, input) in manifest.inputs.enumerated()
        where !asked.contains(input.name) && !figures.contains(input.name) {
            let hint = NearestName.hint(asked + figures, to: input.name)
            add(
                "inputs[\(place)].name",
                "\"\(input.name)\" is used by no decision and no calculation.\(hint)"
            )
        }
        for (place, table) in manifest.tables.enumerated()
        where manifest.inputs.contains(where: { $0.name == table.name }) {
            add("tables[\(place)].name", "\"\(table.name)\" is an input as well; rename one.")
        }
        for (place, table) in manifest.tables.enumerated()
        where !asked.contains(table.name) && table.name != Self.legalTerms {
            let hint = NearestName.hint(asked + [Self.legalTerms], to: table.name)
            add(
                "tables[\(place)].name",
                "\"\(table.name)\" is used by no decision; make it an input of the model.\(hint)"
            )
        }
    }

    /// The table of the latest days that may be agreed, which the calculation reads itself.
    static let legalTerms = Policy.legalTermsTable
    /// Inputs that the calculation reads beside figures.
    private static let native = ["sector", "guarantees_held", "cover_expires"]

    private func checkDecisions() {
        let decisions = model.nodes(.decision)
        for question in PolicyQuestion.allCases {
            guard let name = manifest.decisions[question] else { continue }
            guard let place = decisions.first(where: { model.nodes[$0].name == name }) else {
                let hint = NearestName.hint(decisions.map { model.nodes[$0].name }, to: name)
                add(
                    "decisions.\(question.rawValue)",
                    "the model has no decision \"\(name)\".\(hint)"
                )
                continue
            }
            checkOutputs(question, name)
            guard !question.isLast else { continue }
            let early = reached(from: place).map { model.nodes[$0].name }
            for result in PolicyResult.allCases where early.contains(result.rawValue) {
                add(
                    "decisions.\(question.rawValue)",
                    "\"\(name)\" needs \"\(result.rawValue)\", which is computed of it; only "
                        + "actions and clauses may use what was computed."
                )
            }
        }
    }

    /// An output that nobody reads is a mistake: most often in its name.
    private func checkOutputs(_ question: PolicyQuestion, _ name: String) {
        guard let table = model.tables.first(where: { $0.decisionName == name }),
            table.outputs.count > 1
        else { return }
        for output in table.outputs where !question.outputs.contains(output.name) {
            let hint = NearestName.hint(question.outputs, to: output.name)
            let known =
                question.outputs.isEmpty
                ? "the decision has to give one value"
                : "known are " + question.outputs.joined(separator: ", ")
            problems.add(
                table.place.file,
                "line \(table.place.line ?? 1), decision \"\(name)\"",
                "the output \"\(output.name)\" is not used; \(known).\(hint)"
            )
        }
    }

    private func reached(from node: Int) -> Set<Int> {
        var found: Set<Int> = [node]
        var open = [node]
        while let next = open.popLast() {
            for other in model.nodes[next].requirements where found.insert(other).inserted {
                open.append(other)
            }
        }
        return found
    }
}

extension Policy {
    /// The table of the latest days that may be agreed by sector: columns `sector` (`*` for all
    /// others) and `maximum_days`.
    package static let legalTermsTable = "legal_terms"
}

extension DecisionTable {
    /// The name of the decision that it is of: `Limit` of `decision "Limit"`.
    package var decisionName: String {
        let element = place.element ?? ""
        return element.split(separator: "\"").dropFirst().first.map(String.init) ?? element
    }
}
