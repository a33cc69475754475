// SPDX-License-Identifier: Apache-2.0

// What models are read from.

/// A file of a model.
package struct DecisionFile: Sendable {
    /// Its name, for messages.
    package let name: String
    /// What is in it.
    package let bytes: [UInt8]

    /// Takes name and bytes.
    package init(name: String, bytes: [UInt8]) {
        (self.name, self.bytes) = (name, bytes)
    }
}

/// What is done about mistakes in expressions.
package enum DecisionReading: Sendable {
    /// A model with any problem is refused: for policies.
    case strict
    /// What is wrong with an expression is told, and null when it is evaluated, as the standard has
    /// it; what makes no model is refused all the same.
    case standard
}
