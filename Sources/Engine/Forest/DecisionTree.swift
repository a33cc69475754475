// SPDX-License-Identifier: Apache-2.0

// One tree as a model reader hands it over, before it is checked and joined to the others.

/// One binary decision tree, as parallel arrays. A plain carrier: nothing is checked until the tree
/// becomes part of a ``TreeEnsemble``.
///
/// Splits are numbered from 0 (the root) and leaves from 0. A child `c >= 0` is split `c`; `c < 0`
/// is leaf `~c`. A tree without splits has one leaf.
package struct DecisionTree: Sendable {
    /// Output of the model that the tree adds to.
    package var output = 0
    /// Feature each split tests.
    package var features: [Int] = []
    /// Threshold of each numerical split; ignored by categorical ones.
    package var thresholds: [Double] = []
    /// How each split decides.
    package var kinds: [SplitKind] = []
    /// Where each split goes when its test holds.
    package var leftChildren: [Int] = []
    /// Where each split goes when its test fails.
    package var rightChildren: [Int] = []
    /// The words of ``categoryWords`` that are each split's set; empty for numerical splits.
    package var categoryRanges: [Range<Int>] = []
    /// Bit sets of categories: category `c` is bit `c % 32` of word `c / 32` of its range.
    package var categoryWords: [UInt32] = []
    /// Training rows that reached each split; all 0 when unknown.
    package var splitCovers: [Double] = []
    /// Value of each leaf.
    package var leafValues: [Double] = []
    /// Training rows that reached each leaf; all 0 when unknown.
    package var leafCovers: [Double] = []
    /// Empty, or for each leaf a linear function in place of its value.
    package var linearLeaves: [LinearLeaf] = []

    /// An empty tree, to be filled.
    package init() {}
}
