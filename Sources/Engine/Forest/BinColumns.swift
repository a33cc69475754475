// SPDX-License-Identifier: Apache-2.0

// The columns of bins that decide the splits of an ensemble.

internal import CForest

/// Which thresholds a value is compared with. Each feature that a condition needs gets a column of
/// its distinct thresholds; one with more than fit a byte gets several, and each condition the one
/// that has its threshold.
struct BinColumns {
    /// What a column's bins are for.
    enum Use: Int {
        /// Conditions of sliced trees, and bytes.
        case conditions
        /// Bytes of trees that are only walked.
        case bytes
        /// Classes of categories.
        case classes
    }

    /// A feature's thresholds, or some of them.
    struct Column {
        let feature: Int32
        /// Distinct and ascending, 1 to 254 of them.
        let thresholds: [Double]
        /// Whether the bounds of zero are among them.
        let hasZero: Bool
        let use: Use

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

    /// In order of feature, and of their uses.
    private(set) var columns: [Column] = []
    /// Where each condition is decided.
    private(set) var places: [Place]

    /// Those that have the bounds of zero.
    var zeroColumns: [Int] { columns.indices.filter { columns[$0].hasZero } }

    /// Bins of all columns, and for those with the bounds of zero another each, with zero missing.
    var binCount: Int { columns.count + zeroColumns.count }

    /// The columns that the conditions of some splits need, and sets; thresholds of trees that are
    /// only walked have their own, as sliced trees have a vector made of each threshold of theirs.
    init(_ conditions: [SplitCondition], sliced: [Int], walked: [Int], sets: CategorySets) {
        places = [Place](repeating: Place(), count: conditions.count)
        var demands = sets.features.map {
            Demand(feature: $0.feature, use: .classes, splits: [], thresholds: $0.bounds)
        }
        for (use, splits) in [(Use.conditions, sliced), (.bytes, walked)] {
            let order = splits.sorted { conditions[$0].feature < conditions[$1].feature }
            for same in order.split(whereNeighbours: {
                conditions[$0].feature != conditions[$1].feature
            }) {
                demands.append(Demand(conditions, splits: Array(same), use: use))
            }
        }
        demands.sort { ($0.feature, $0.use.rawValue) < ($1.feature, $1.use.rawValue) }
        for demand in demands { addColumns(demand, conditions) }
    }

    /// What one use asks of a feature.
    fileprivate struct Demand {
        let feature: Int32
        let use: Use
        /// The splits whose conditions test it.
        let splits: [Int]
        /// Distinct and ascending.
        let thresholds: [Double]
    }

    /// Adds the columns of one feature and use.
    private mutating func addColumns(_ demand: Demand, _ conditions: [SplitCondition]) {
        let firstColumn = columns.count
        let hasZero = demand.splits.contains { conditions[$0].needsZero }
        let distinct = demand.thresholds
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
                    feature: demand.feature,
                    thresholds: thresholds,
                    hasZero: hasZero,
                    use: demand.use
                )
            )
        }
        for index in demand.splits {
            let threshold = conditions[index].threshold
            let position = threshold.isNaN ? 0 : distinct.firstPlace { $0 >= threshold }
            let column = firstColumn + position / size
            let rank =
                threshold.isNaN ? -1 : columns[column].thresholds.firstPlace { $0 >= threshold }
            places[index] = Place(column: column, rank: rank)
        }
    }
}

extension BinColumns.Demand {
    /// What these splits of a feature ask.
    fileprivate init(_ conditions: [SplitCondition], splits: [Int], use: BinColumns.Use) {
        feature = conditions[splits[0]].feature
        self.use = use
        self.splits = splits
        let sorted = splits.map { conditions[$0].threshold }.filter { !$0.isNaN }.sorted()
        thresholds = sorted.split(whereNeighbours: !=).map { $0[$0.startIndex] }
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
