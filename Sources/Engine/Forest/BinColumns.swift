// SPDX-License-Identifier: Apache-2.0

// The columns of bins that decide the numerical splits of an ensemble.

internal import CForest

/// Which thresholds a value is compared with. Each feature that a condition needs gets a column of
/// its distinct thresholds; one with more than fit a byte gets several, and each condition the one
/// that has its threshold.
struct BinColumns {
    /// A feature's thresholds, or some of them.
    struct Column {
        let feature: Int32
        /// Distinct and ascending, 1 to 254 of them.
        let thresholds: [Double]
        /// Whether the bounds of zero are among them.
        let hasZero: Bool
        /// Whether sliced trees use it.
        let isSliced: Bool

        /// Most thresholds that are one number as the nearest float32.
        var sameCount: Int {
            let nearest = thresholds.map { Float($0) }
            return nearest.split(whereNeighbours: !=).map(\.count).max() ?? 0
        }
    }

    /// Where a condition is decided.
    struct Place {
        var column = 0
        /// Which of its thresholds the value is compared with; -1 if none, as no number goes left.
        var rank = -1
    }

    /// Those of sliced trees first, then those of walked trees, each in order of feature.
    private(set) var columns: [Column] = []
    /// Where each condition is decided.
    private(set) var places: [Place]

    /// Those that have the bounds of zero.
    var zeroColumns: [Int] { columns.indices.filter { columns[$0].hasZero } }

    /// Bins that decide all conditions: one for each column, and for those with the bounds of zero
    /// another, with zero missing.
    var binCount: Int { columns.count + zeroColumns.count }

    /// The columns that conditions of some splits need; thresholds of trees that are only walked
    /// have their own, as sliced trees have a vector made of each threshold of theirs.
    init(_ conditions: [SplitCondition], sliced: [Int], walked: [Int]) {
        places = [Place](repeating: Place(), count: conditions.count)
        for (splits, isSliced) in [(sliced, true), (walked, false)] {
            let order = splits.sorted { conditions[$0].feature < conditions[$1].feature }
            for same in order.split(whereNeighbours: {
                conditions[$0].feature != conditions[$1].feature
            }) {
                addColumns(Array(same), conditions, isSliced: isSliced)
            }
        }
    }

    /// Adds the columns of one feature, which these conditions test.
    private mutating func addColumns(
        _ same: [Int],
        _ conditions: [SplitCondition],
        isSliced: Bool
    ) {
        let firstColumn = columns.count
        let feature = conditions[same[0]].feature
        let hasZero = same.contains { conditions[$0].needsZero }
        let sorted = same.map { conditions[$0].threshold }.filter { !$0.isNaN }.sorted()
        let distinct = sorted.split(whereNeighbours: !=).map { $0[$0.startIndex] }
        let bounds = SplitCondition.zeroBounds
        let size = Int(vigie_slice_thresholds_max) - (hasZero ? 2 : 0)
        for start in stride(from: 0, to: max(distinct.count, 1), by: size) {
            var thresholds = Array(distinct[start..<min(start + size, distinct.count)])
            if hasZero {
                thresholds += [bounds.low, bounds.high].filter { !thresholds.contains($0) }
                thresholds.sort()
            }
            // A column without thresholds still tells NaN apart.
            if thresholds.isEmpty { thresholds = [0] }
            columns.append(
                Column(
                    feature: feature,
                    thresholds: thresholds,
                    hasZero: hasZero,
                    isSliced: isSliced
                )
            )
        }
        for index in same {
            let threshold = conditions[index].threshold
            let position = threshold.isNaN ? 0 : distinct.firstPlace { $0 >= threshold }
            let column = firstColumn + position / size
            let rank =
                threshold.isNaN ? -1 : columns[column].thresholds.firstPlace { $0 >= threshold }
            places[index] = Place(column: column, rank: rank)
        }
    }
}

extension RandomAccessCollection {
    /// The runs between neighbours for which `isBoundary` holds.
    func split(whereNeighbours isBoundary: (Element, Element) -> Bool) -> [SubSequence] {
        var runs: [SubSequence] = []
        var start = startIndex
        var previous = startIndex
        for index in indices.dropFirst() {
            if isBoundary(self[previous], self[index]) {
                runs.append(self[start..<index])
                start = index
            }
            previous = index
        }
        if !isEmpty { runs.append(self[start...]) }
        return runs
    }
}

extension [Double] {
    /// The first place for which `holds`, which holds for all places after it, too.
    func firstPlace(where holds: (Double) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
