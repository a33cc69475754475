// SPDX-License-Identifier: Apache-2.0

// Metrics as values, for every form in which they are told.

/// Numbers of one name and kind, told apart by labels.
package struct MetricFamily: Sendable {
    /// What samples of a family are.
    package enum Kind: String, Sendable {
        /// Only grows.
        case counter
        /// Goes up and down.
        case gauge
        /// Counts times by bounds, in seconds.
        case histogram
    }

    /// One of its numbers.
    package struct Sample: Sendable {
        /// Names and values that tell it apart; values are from closed sets.
        package let labels: [(String, String)]
        /// The number.
        package let value: Value

        /// Makes a sample.
        package init(_ labels: [(String, String)] = [], _ value: Value) {
            (self.labels, self.value) = (labels, value)
        }
    }

    /// What a sample says.
    package enum Value: Sendable {
        /// A whole number.
        case whole(UInt64)
        /// Any number.
        case number(Double)
        /// How many times there were within each of `CallTimes.bounds` and above the one before,
        /// the last above all; and their sum in nanoseconds.
        case times([UInt64], sum: UInt64)
    }

    /// Its name, as Prometheus has names.
    package let name: String
    /// What its samples are.
    package let kind: Kind
    /// What is told, in one sentence.
    package let help: String
    /// Its numbers.
    package let samples: [Sample]

    /// Makes a family.
    package init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        (self.name, self.kind, self.help, self.samples) = (name, kind, help, samples)
    }
}
