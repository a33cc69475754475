// SPDX-License-Identifier: Apache-2.0

// Which texts a value of the model can be, as far as that follows from what is told: what the model
// allows, what rules give, what columns of reference tables say.

internal import Decisions
internal import ExactTexts
internal import FEEL
internal import VigieLimits

/// Texts that a value can be, each with where that is said.
struct KnownTexts {
    private(set) var places: [ExactText: String] = [:]
    /// The values that were passed on to it.
    fileprivate var sources: Set<[String]> = []
    /// Whether there may be others some day: rows of a table come and go, and a rule may name what
    /// none of them says today.
    var isOpen = false

    mutating func add(_ text: String, _ place: String) {
        let text = ExactText(text)
        if places[text] == nil { places[text] = place }
    }

    mutating func add(_ other: KnownTexts) {
        places.merge(other.places) { own, _ in own }
        isOpen = isOpen || other.isOpen
    }

    /// Nil for so many that they are no classes of anything.
    var bounded: KnownTexts? { places.count <= LintLimits.knownTexts ? self : nil }
}

/// Finds which texts values of a policy's model can be.
///
/// Cost: each value is looked at once, and takes what its rules and rows are.
final class TextSearch {
    private let policy: Policy
    private var found: [[String]: KnownTexts?] = [:]

    init(_ policy: Policy) { self.policy = policy }

    /// The texts of a node's value, or of an entry of it; nil if nobody can say. Requirements have
    /// no cycles.
    func texts(of node: Int, _ path: [String]) -> KnownTexts? {
        let key = ["\(node)"] + path
        if let known = found[key] { return known }
        let texts = search(node, path).flatMap(\.bounded)
        found[key] = .some(texts)
        return texts
    }

    private func search(_ node: Int, _ path: [String]) -> KnownTexts? {
        let told = policy.model.nodes[node]
        switch told.kind {
        case .input: return path.isEmpty ? input(told) : column(told.name, path)
        case .decision:
            if let table = policy.model.table(of: node) { return given(node, table, path) }
            guard path.isEmpty else { return nil }
            var known = KnownTexts()
            if let program = policy.model.program(of: node),
                add(program, node, "\(told.place)", to: &known)
            {
                return known
            }
            return allowed(told)
        case .knowledge, .service: return nil
        }
    }

    private func allowed(_ node: DecisionNode) -> KnownTexts? {
        node.type.rule?.allowed?.onlyTexts.map { Self.closed($0, "\(node.place)") }
    }

    private func input(_ node: DecisionNode) -> KnownTexts? {
        if let allowed = allowed(node) { return allowed }
        let place = "\(node.place)"
        switch node.name {
        case PolicyCircumstance.stage.rawValue:
            return Self.closed(BusinessStage.allCases.map(\.rawValue), place)
        case PolicyCircumstance.subject.rawValue:
            return Self.closed(PolicySubject.allCases.map(\.rawValue), place)
        case PolicyOutcome.input:
            return Self.closed(PolicyOutcome.allCases.map(\.rawValue), place)
        default: return nil
        }
    }

    private static func closed(_ texts: [String], _ place: String) -> KnownTexts {
        var known = KnownTexts()
        for text in texts { known.add(text, place) }
        return known
    }

    /// What a column of a reference table says.
    private func column(_ name: String, _ path: [String]) -> KnownTexts? {
        guard path.count == 1, let table = policy.tables.first(where: { $0.name == name }),
            let column = table.columns.firstIndex(of: path[0])
        else { return nil }
        var known = KnownTexts()
        known.isOpen = true
        for row in table.rows where !row.cells[column].isEmpty {
            let place = "\(ReferenceTable.folder)\(name).csv: line \(row.line), \(path[0])"
            known.add(row.cells[column], place)
        }
        return known
    }

    /// What the rules of a table give; nil where it collects, for a list is no text.
    private func given(_ node: Int, _ table: Int, _ path: [String]) -> KnownTexts? {
        let told = policy.model.tables[table]
        switch told.hitPolicy {
        case .unique, .any, .first, .priority: break
        case .collect, .ruleOrder, .outputOrder: return nil
        }
        let output =
            path.isEmpty && told.outputs.count == 1
            ? 0 : path.count == 1 ? told.outputs.firstIndex { $0.name == path[0] } : nil
        guard let output else { return nil }
        var known = KnownTexts()
        let decision = "decision \"\(told.decisionName)\""
        for (number, rule) in told.rules.enumerated() {
            let place = "\(told.place.file): line \(rule.line), \(decision), rule \(number + 1)"
            guard add(rule.outputs[output], node, place, to: &known) else { return nil }
        }
        if let standard = told.outputs[output].standard {
            let place = "\(told.place.file): line \(told.place.line ?? 1), \(decision), default"
            guard add(standard, node, place, to: &known) else { return nil }
        }
        return known
    }

    /// Adds the texts that an expression gives, which uses what its node needs; false if nobody can
    /// say which.
    private func add(
        _ program: FEELProgram,
        _ node: Int,
        _ place: String,
        to known: inout KnownTexts
    ) -> Bool {
        guard let origins = program.textOrigins else { return false }
        for text in origins.constants { known.add(text, place) }
        let needed = policy.model.nodes[node].requirements
        for (input, path) in origins.inputs {
            guard needed.indices.contains(input) else { return false }
            // Rules may pass on the same value by the thousand.
            guard known.sources.insert([needed[input].description] + path).inserted else {
                continue
            }
            guard let texts = texts(of: needed[input], path) else { return false }
            known.add(texts)
        }
        return true
    }
}
