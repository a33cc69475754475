// SPDX-License-Identifier: Apache-2.0

// Which values are allowed: types of the language, and the tests that item definitions add.

package import FEEL

/// Which values are allowed.
package struct DecisionType: Sendable {
    /// The name by which it is known; empty for one without.
    package let name: String
    /// The type of the language.
    package let type: FEELType
    /// What values of the type have to satisfy besides.
    package let rule: ValueRule?

    /// Any value.
    package static let any = DecisionType(name: "", type: .any, rule: nil)

    init(name: String, type: FEELType, rule: ValueRule?) {
        (self.name, self.type, self.rule) = (name, type, rule)
    }
}

/// What values have to satisfy, beside being of a type. Null always may stand in the place of one.
package final class ValueRule: Sendable {
    /// What a value has to pass; of a collection, each element.
    package let allowed: FEELUnaryTests?
    /// What a collection has to pass as a whole.
    package let whole: FEELUnaryTests?
    /// The rules of entries, by name.
    package let components: [(name: String, rule: ValueRule)]
    /// Whether it is for each element of a list.
    package let isCollection: Bool

    init(
        allowed: FEELUnaryTests?,
        whole: FEELUnaryTests?,
        components: [(name: String, rule: ValueRule)],
        isCollection: Bool
    ) {
        self.allowed = allowed
        self.whole = whole
        self.components = components
        self.isCollection = isCollection
    }

    /// Whether a value satisfies it; what is neither satisfied nor violated does not count as
    /// violated.
    func admits(_ value: FEELValue, _ evaluation: FEELEvaluation) -> Bool {
        guard !value.isNull, evaluation.take(1) else { return true }
        if isCollection, case .list(let list) = value {
            if let whole, whole.program.evaluate([value], evaluation).boolean == false {
                return false
            }
            return list.elements.allSatisfy { admitsItem($0, evaluation) }
        }
        return admitsItem(value, evaluation)
    }

    private func admitsItem(_ value: FEELValue, _ evaluation: FEELEvaluation) -> Bool {
        guard !value.isNull else { return true }
        if let allowed, allowed.program.evaluate([value], evaluation).boolean == false {
            return false
        }
        guard case .context(let context) = value else { return true }
        return components.allSatisfy { component in
            component.rule.admits(context[component.name] ?? .null, evaluation)
        }
    }
}
