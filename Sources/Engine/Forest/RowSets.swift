// SPDX-License-Identifier: Apache-2.0

// Sets of categories for rows alone, in the order in which groups of trees ask for them.

internal import CForest

/// Which bits groups of trees ask for: of each split by a set its place among all bits of a row.
struct RowSetBits {
    /// Words of 32 bits.
    private(set) var wordCount = 0
    private(set) var bits: [(place: Int, set: Int)] = []

    /// Adds the splits of a step, in their order, with the numbers of their sets.
    mutating func append(_ sets: [Int?]) {
        for (place, set) in sets.enumerated() {
            if let set { bits.append((32 * wordCount + place, set)) }
        }
        wordCount += sets.count / 32
    }
}

/// For each class of each feature with sets, the bits of a row that has it. The lines of different
/// features have no bits in common, so a row's bits are its lines together.
///
/// A split's set is hardly ever that of another, so there is nothing to be looked up for a group at
/// a time; but a line that is read once has the answers in the order in which they are wanted.
struct RowSets {
    /// Most bytes of all lines; where they would take more, trees with sets are walked.
    private static let bytesMaximum = 1 << 25  // tidy: limit: of the kernel

    private(set) var lineBytes = 0
    private(set) var tables: [UInt8] = []

    /// The lines for some groups.
    init(_ groups: RowGroups, _ sets: CategorySets, _ tables: SetTables) {
        guard groups.setBits.wordCount > 0 else { return }
        lineBytes = (4 * groups.setBits.wordCount + 63) / 64 * 64
        var bits = [[SetTables.Bit]](repeating: [], count: sets.features.count)
        for (place, number) in groups.setBits.bits {
            let index = sets.features.lastIndex { $0.firstSet <= number } ?? 0
            let feature = sets.features[index]
            bits[index].append((place, feature.sets[number - feature.firstSet]))
        }
        for (bounds, bits) in zip(tables.bounds, bits) {
            // Groups of sixteen go right where a bit is set, groups of eight left.
            self.tables += SetTables.lines(
                of: bits,
                bounds: bounds,
                lineBytes: lineBytes,
                areInverted: !groups.isOfEight
            )
        }
    }

    /// Whether there may be lines for the sliced trees, of which groups have so many.
    static func fit(
        _ sets: CategorySets,
        _ ensemble: TreeEnsemble,
        _ layout: ForestLayout,
        groupTrees: Int
    ) -> Bool {
        guard groupTrees > 0, !sets.features.isEmpty else { return false }
        let leafCounts = layout.forms.indices.filter { layout.forms[$0] == .sliced }
            .map { ensemble.leafOffsets[$0 + 1] - ensemble.leafOffsets[$0] }
        let most = leafCounts.max() ?? 0
        let stepCount = (most + 2) / RowGroups.stepSplits * (most > 32 ? 2 : 1)
        let groupCount = (leafCounts.count + groupTrees - 1) / groupTrees
        let bytes = groupCount * stepCount * RowGroups.stepSplits * groupTrees / 8
        return sets.features.reduce(0) { $0 + $1.bounds.count + 2 } * bytes <= bytesMaximum
    }
}
