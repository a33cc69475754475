// SPDX-License-Identifier: Apache-2.0

// Boxed expressions: what decisions and functions compute. The values that one may use stand in a
// frame; what binds names adds theirs at its end.

internal import FEEL

/// A boxed expression.
struct BoxedExpression: Sendable {
    /// What it is.
    let form: Form
    /// The type of its value.
    let type: DecisionType

    /// What it is.
    indirect enum Form: Sendable {
        case literal(FEELProgram)
        case context([Entry], result: BoxedExpression?)
        case list([BoxedExpression])
        case relation(columns: [String], rows: [[BoxedExpression]])
        case invocation(BoxedExpression, [Binding])
        case function(BoxedFunction)
        case conditional(BoxedExpression, then: BoxedExpression, otherwise: BoxedExpression)
        case iteration(Loop)
        case quantified(isEvery: Bool, Loop)
        case filter(Loop)
        case table(Int)
        /// What is missing in the file; the problem is told.
        case missing
    }

    /// An entry of a context.
    struct Entry: Sendable {
        let name: String
        let type: DecisionType
        let expression: BoxedExpression
    }

    /// An argument of an invocation.
    struct Binding: Sendable {
        let name: String
        let expression: BoxedExpression
    }

    /// What goes through a list. The body's frame has the item at its end.
    struct Loop: Sendable {
        let list: BoxedExpression
        let body: BoxedExpression
        /// Whether the body asks for what was made so far, which stands before the item.
        let usesPartial: Bool
    }
}

/// A function that is told in a model.
final class BoxedFunction: Sendable {
    let parameters: [DecisionNode.Parameter]
    let body: BoxedExpression

    init(parameters: [DecisionNode.Parameter], body: BoxedExpression) {
        (self.parameters, self.body) = (parameters, body)
    }
}
