// SPDX-License-Identifier: Apache-2.0

// Runs tests of a model.

internal import DecimalNumbers
package import Decisions
package import FEEL

/// Runs tests of a model, one after the other.
package final class DecisionTestRun {
    /// When numbers are the same.
    package enum Comparison: Sendable {
        /// As the kit does it: when they differ by less than 1e-8.
        case kit
        /// Only when they are equal.
        case exact
    }

    private let model: DecisionModel
    private let comparison: Comparison
    private let zones: FEELZones
    private let evaluation: DecisionEvaluation
    private let given: [(node: Int, value: FEELValue)]
    /// What the tables answered in the last test.
    package private(set) var outcomes: [TableOutcome] = []

    /// Takes the model, when numbers are the same, the time and the zones.
    ///
    /// - Parameter given: Inputs that each test has, unless it says something else of them.
    package init(
        _ model: DecisionModel,
        _ comparison: Comparison,
        now: FEELDateTime?,
        zones: FEELZones,
        given: [(node: Int, value: FEELValue)] = []
    ) {
        self.model = model
        self.comparison = comparison
        (self.zones, self.given) = (zones, given)
        evaluation = DecisionEvaluation(model, now: now)
    }

    /// What does not hold in a test; empty if all does.
    package func failures(of test: DecisionTestFile.Case) -> [String] {
        var failures: [String] = []
        outcomes.removeAll(keepingCapacity: true)
        for result in test.results {
            if let failure = failure(of: result, test) { failures.append(failure) }
            outcomes += evaluation.outcomes
        }
        return failures
    }

    private func failure(
        of result: DecisionTestFile.Result,
        _ test: DecisionTestFile.Case
    ) -> String? {
        evaluation.reset()
        let isCall = test.callee != nil || result.isService
        let name = isCall ? test.callee ?? result.name : result.name
        guard let node = model.node(name, namespace: result.namespace) else {
            return "\(result.name): the model has no \"\(name)\""
        }
        var given: FEELValue
        switch isCall ? called(node, test) : asked(node, test) {
        case .success(let value): given = value
        case .failure(let missing): return "\(result.name): \(missing.message)"
        }
        // Of a service that gives several decisions, the result by its name.
        if isCall, case .context(let context) = given, let part = context[result.name] {
            given = part
        }
        let messages = evaluation.messages.map(\.message.description)
        if let says = result.says, !messages.contains(where: { $0.contains(says) }) {
            return "\(result.name): no message says \"\(says)\"; there are: "
                + messages.joined(separator: "; ")
        }
        guard let expected = result.expected else { return nil }
        let wanted = expected.value(like: given, zones)
        guard !isSame(given, wanted) else { return nil }
        let why = evaluation.messages.first.map { " (\($0.place): \($0.message))" } ?? ""
        let (left, right) = Self.shown(text(given), text(wanted))
        return "\(result.name): \(left), expected \(right)\(why)"
    }

    private struct Missing: Error {
        let message: String
    }

    /// Gives the inputs, and asks for a decision.
    private func asked(_ node: Int, _ test: DecisionTestFile.Case) -> Result<FEELValue, Missing> {
        for (place, value) in given { evaluation.set(place, to: value) }
        for input in test.inputs {
            guard let place = model.node(input.name, namespace: input.namespace) else {
                return .failure(Missing(message: "the model has no input \"\(input.name)\""))
            }
            let type = model.nodes[place].type.type
            evaluation.set(place, to: input.value.value(as: type, zones))
        }
        return .success(evaluation.value(of: node))
    }

    /// Calls a service or function with the inputs by the names of its parameters.
    private func called(_ node: Int, _ test: DecisionTestFile.Case) -> Result<FEELValue, Missing> {
        let parameters = model.nodes[node].parameters
        var arguments = [FEELValue](repeating: .null, count: parameters.count)
        for input in test.inputs {
            guard let place = parameters.firstIndex(where: { $0.name == input.name }) else {
                return .failure(
                    Missing(message: "\"\(model.nodes[node].name)\" takes no \"\(input.name)\"")
                )
            }
            arguments[place] = input.value.value(as: parameters[place].type, zones)
        }
        return .success(evaluation.call(node, arguments))
    }

    private func isSame(_ left: FEELValue, _ right: FEELValue) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)):
            if left == right { return true }
            return comparison == .kit && abs(left.doubleValue - right.doubleValue) < 1e-8
        case (.list(let left), .list(let right)):
            return left.elements.count == right.elements.count
                && zip(left.elements, right.elements).allSatisfy { isSame($0, $1) }
        case (.context(let left), .context(let right)):
            return left.count == right.count
                && left.names.allSatisfy { name in
                    guard let one = left[name], let other = right[name] else { return false }
                    return isSame(one, other)
                }
        default: return evaluation.expressions.isEqual(left, right) == true
        }
    }

    /// A value as text. The evaluation may have used up its steps on it: this one has its own.
    private func text(_ value: FEELValue) -> String {
        let text = FEELEvaluation(zones: zones, keepsMessages: false).text(of: .list([value]))
        guard let text else { return "a \(value.typeName) that is too long to be written" }
        return String(text.dropFirst().dropLast())
    }

    /// Two long texts from where they begin to differ.
    private static func shown(_ left: String, _ right: String) -> (String, String) {
        let common = zip(left.unicodeScalars, right.unicodeScalars).prefix { $0 == $1 }.count
        let start = common > 300 ? common - 50 : 0
        func part(_ text: String) -> String {
            let scalars = text.unicodeScalars.dropFirst(start)
            return (start > 0 ? "…" : "") + String(String.UnicodeScalarView(scalars.prefix(400)))
                + (scalars.count > 400 ? "…" : "")
        }
        return (part(left), part(right))
    }
}
