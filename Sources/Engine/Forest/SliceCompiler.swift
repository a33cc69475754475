// SPDX-License-Identifier: Apache-2.0

// Turns an ensemble into the bit-sliced form: its thresholds, conditions and trees.

internal import CForest

/// Compiles the columns of bins, and the trees that the bit-sliced kernel takes.
struct SliceCompiler {
    let ensemble: TreeEnsemble
    private let columns: BinColumns
    private let searchesNearest: Bool
    private(set) var features: [vigie_slice_feature] = []
    private(set) var pivots32: [Float] = []
    private(set) var pivots64: [Double] = []
    private(set) var nearest32: [Float] = []
    /// The thresholds of each column for one row's search.
    private(set) var ranks32: [Float] = []
    private(set) var ranks64: [Double] = []
    private(set) var patches: [vigie_slice_patch] = []
    /// The first set's place in the arena, in vectors.
    private(set) var firstSet = 0
    /// The trees' programs.
    private(set) var programs: TreePrograms
    /// Vectors of the arena.
    private(set) var vectorCount = Int(vigie_slice_constants)

    /// Compiles the columns and, run by run, the sliced trees.
    init(
        _ ensemble: TreeEnsemble,
        conditions: [SplitCondition],
        columns: BinColumns,
        sets: CategorySets,
        walk: WalkCompiler,
        runs: [[Int]],
        path: ForestPath
    ) {
        self.ensemble = ensemble
        self.columns = columns
        searchesNearest = path.searchesNearest
        programs = TreePrograms(ensemble, runs: runs, path: path)
        let splits = runs.joined().flatMap { ensemble.splits(of: $0) }
            .filter { !ensemble.kinds[$0].isCategorical }
        var places = makeConditions(conditions, splits: splits, walk: walk)
        vectorCount += Int(vigie_slice_vectors_after)
        firstSet = vectorCount
        for (split, number) in sets.numbers { places[split] = UInt32(firstSet + number) }
        vectorCount += sets.count
        programs.compile(
            runs: runs,
            conditions: places,
            tests: walk.tests,
            hasTiles: path.hasTiles && sets.features.isEmpty,
            resultStart: vectorCount
        )
        vectorCount += programs.resultCount
    }
}

// MARK: Conditions

extension SliceCompiler {
    /// Fills in features, pivots and patches. Gives the place of each split's condition in the
    /// arena, in vectors.
    private mutating func makeConditions(
        _ conditions: [SplitCondition],
        splits: [Int],
        walk: WalkCompiler
    ) -> [UInt32] {
        // Conditions that never hold are the vector of zeros.
        var places = [UInt32](repeating: 0, count: conditions.count)
        var byColumn = [[Int]](repeating: [], count: columns.columns.count)
        for split in splits
        where !conditions[split].threshold.isNaN || conditions[split].missing != .plain {
            byColumn[columns.places[split].column].append(split)
        }
        for (index, column) in columns.columns.enumerated() {
            addFeature(column, bytes: walk.byteRanges[index], set: walk.setFeature(of: index))
            // By threshold and kind; equal neighbours share a condition.
            let keyed = byColumn[index].map {
                (rank: columns.places[$0].rank, kind: conditions[$0].missing.rawValue, split: $0)
            }
            let order = keyed.sorted { ($0.rank, $0.kind) < ($1.rank, $1.kind) }
            for equals in order.split(whereNeighbours: { $0.rank != $1.rank }) {
                let byKind = equals.split(whereNeighbours: { $0.kind != $1.kind })
                for same in byKind {
                    let first = same[same.startIndex]
                    let isOnly = byKind.count == 1
                    let place = addCondition(rank: first.rank, kind: first.kind, isOnly: isOnly)
                    for item in same { places[item.split] = place }
                }
            }
        }
        return places
    }

    /// Adds a column and its plain conditions.
    private mutating func addFeature(_ column: BinColumns.Column, bytes: Range<Int>, set: Int) {
        let count = column.thresholds.count
        let bounds = SplitCondition.zeroBounds
        let zeroLow = column.thresholds.firstPlace { $0 >= bounds.low }
        let zeroHigh = column.thresholds.firstPlace { $0 >= bounds.high }
        let planeCount = planeCount(thresholds: count)
        features.append(
            vigie_slice_feature(
                feature: UInt32(column.feature),
                plane_count: UInt32(planeCount),
                threshold_count: column.use == .conditions ? UInt32(count) : 0,
                first_condition: UInt32(vectorCount),
                zero_low: UInt32(vectorCount + (column.hasZero ? zeroLow : 0)),
                zero_high: UInt32(vectorCount + (column.hasZero ? zeroHigh : 0)),
                patch_start: UInt32(patches.count),
                nan_left_count: 0,
                zero_left_count: 0,
                zero_right_count: 0,
                byte_start: UInt32(bytes.lowerBound),
                byte_count: UInt32(bytes.count),
                same_count: UInt32(column.sameCount),
                set_feature: UInt32(set),
                bound_count: column.use == .classes ? UInt32(count) : 0
            )
        )
        pivots32 += searchTree(
            column.thresholds.map(SplitCondition.roundedDown),
            planeCount: planeCount
        )
        pivots64 += searchTree(column.thresholds, planeCount: planeCount)
        if searchesNearest {
            let nearest = column.thresholds.map { Float($0) }
            nearest32 += searchTree(nearest, planeCount: planeCount)
            nearest32 += searchRanks(nearest).dropFirst(16)
        }
        ranks32 += searchRanks(column.thresholds.map(SplitCondition.roundedDown))
        ranks64 += searchRanks(column.thresholds)
        if column.use == .conditions { vectorCount += count }
    }

    /// Adds a condition of the last column; gives its place in the arena, in vectors. A patched one
    /// takes the place of the plain one if it is the only one of this threshold.
    private mutating func addCondition(rank: Int, kind: UInt32, isOnly: Bool) -> UInt32 {
        let last = features.count - 1
        let source = rank < 0 ? 0 : Int(features[last].first_condition) + rank
        guard kind != SplitCondition.Missing.plain.rawValue else { return UInt32(source) }
        var target = source
        if rank < 0 || !isOnly {
            target = vectorCount
            vectorCount += 1
        }
        let patch = packed(UInt32(source), UInt32(target), 0)
        let feature = features[last]
        var place = Int(feature.patch_start + feature.nan_left_count)
        switch Int(kind) {
        case vigie_slice_nan_left:
            features[last].nan_left_count += 1
        case vigie_slice_zero_left:
            place += Int(feature.zero_left_count)
            features[last].zero_left_count += 1
        default:
            place = patches.count
            features[last].zero_right_count += 1
        }
        patches.insert(patch, at: place)
        return UInt32(target)
    }
}
