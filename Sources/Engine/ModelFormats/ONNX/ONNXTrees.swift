// SPDX-License-Identifier: Apache-2.0

// The trees of an operator, in the one form that its three spellings share.

internal import Forest

/// How a node of a tree decides. The raw values are those of the TreeEnsemble operator.
enum ONNXNodeMode: Int {
    case lessOrEqual, less, greaterOrEqual, greater, equal, notEqual, member

    /// A mode of TreeEnsembleClassifier and TreeEnsembleRegressor; nil if there is no such.
    init?(name: String) {
        switch name {
        case "BRANCH_LEQ": self = .lessOrEqual
        case "BRANCH_LT": self = .less
        case "BRANCH_GTE": self = .greaterOrEqual
        case "BRANCH_GT": self = .greater
        case "BRANCH_EQ": self = .equal
        case "BRANCH_NEQ": self = .notEqual
        default: return nil
        }
    }
}

/// Trees of nodes that decide and leaves that hold weights for targets.
struct ONNXTrees {
    /// A node that decides.
    struct Node {
        var mode: ONNXNodeMode
        var feature: Int
        /// What the feature is compared with.
        var value = 0.0
        /// What the feature may be, for ``ONNXNodeMode/member``.
        var members = 0..<0
        /// Whether a missing value counts as true.
        var missingIsTrue = false
        /// `c >= 0` is a node, `c < 0` is leaf `~c`.
        var whenTrue = 0
        var whenFalse = 0
    }

    /// A weight of a leaf.
    struct Weight {
        var target: Int
        var value: Double
    }

    var nodes: [Node] = []
    /// Values of all nodes that test membership.
    var members: [Double] = []
    /// The weights of each leaf.
    var leaves: [[Weight]] = []
    /// Where each tree starts; `c < 0` is leaf `~c`.
    var roots: [Int] = []
    /// Whether comparisons and sums are of float64.
    var isDouble = false

    /// The targets that have a weight somewhere.
    var targets: Set<Int> {
        Set(leaves.lazy.flatMap { $0 }.map(\.target))
    }
}

/// A register of its own that a node tests, because the engine's splits have no such test.
struct ONNXCondition: Hashable {
    var feature: Int
    /// The bits of what the feature may be.
    var values: [UInt64]
    var missingIsTrue: Bool
}
