// SPDX-License-Identifier: Apache-2.0

// What the reader of models stands on.

import FEEL

/// A function that the model carries out.
struct KitFunction: FEELCallable, @unchecked Sendable {
    let body: ([FEELValue], FEELEvaluation) -> FEELValue

    init(_ body: @escaping ([FEELValue], FEELEvaluation) -> FEELValue) { self.body = body }

    func call(_ arguments: [FEELValue], _ evaluation: FEELEvaluation) -> FEELValue {
        body(arguments, evaluation)
    }
}

struct KitBox: @unchecked Sendable {
    let element: KitElement?

    init(_ element: KitElement?) { self.element = element }
}

struct KitScope: @unchecked Sendable {
    let bindings: [KitModel.Binding]

    init(_ bindings: [KitModel.Binding]) { self.bindings = bindings }
}

extension KitElement {
    private static let logic: Set<String> = [
        "literalExpression", "context", "list", "relation", "invocation", "functionDefinition",
        "conditional", "for", "some", "every", "filter", "decisionTable",
    ]

    /// Whether it is a boxed expression.
    var isLogic: Bool { Self.logic.contains(name) }

    /// The boxed expression in it.
    var logic: KitElement? { children.first(where: \.isLogic) }

    /// What its href names.
    var reference: String { self["href"]?.split(separator: "#").last.map(String.init) ?? "" }
}

extension FEELType {
    /// What a function gives; of anything else itself.
    var resultType: FEELType {
        if case .function(_, let result) = self { return result }
        return self
    }
}

extension String {
    var trimmingSpace: String {
        let isSpace = { (character: Character) in character.isWhitespace }
        let front = drop(while: isSpace)
        return String(front.reversed().drop(while: isSpace).reversed())
    }
}
