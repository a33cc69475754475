// SPDX-License-Identifier: Apache-2.0

// What a model consists of.

package import FEEL

/// An input, a decision, business knowledge or a service.
package struct DecisionNode: Sendable {
    /// What it is.
    package enum Kind: String, Sendable {
        /// A value that is given.
        case input = "input"
        /// A value that is computed.
        case decision = "decision"
        /// A function.
        case knowledge = "business knowledge"
        /// Decisions as a function of some inputs.
        case service = "service"
    }

    /// What it is.
    package let kind: Kind
    /// Its name.
    package let name: String
    /// Its id; empty if it has none.
    package let id: String
    /// The namespace of its model.
    package let namespace: String
    /// What it is for, in the words of whoever made the model.
    package let description: String
    /// Which values it may have; of a function, its result.
    package let type: DecisionType
    /// The places of the nodes whose values it uses, in the order of their values. Of a service:
    /// its parameters.
    package let requirements: [Int]
    /// What a decision or function computes; nil for a decision that is left to people.
    let logic: BoxedExpression?
    /// What a function takes.
    package let parameters: [Parameter]
    /// The places of the decisions that a service gives.
    package let outputs: [Int]
    /// Where it is told.
    package let place: DecisionPlace

    /// What a function takes.
    package struct Parameter: Sendable {
        /// Its name.
        package let name: String
        /// Its type.
        package let type: FEELType
    }
}
