// SPDX-License-Identifier: Apache-2.0

// The programs that find leaf numbers, and the leaves' values, of all sliced trees.

internal import CForest

/// Compiles trees into what their path runs: steps or splits, or subtrees where a register can be a
/// table of 64 bytes.
struct TreePrograms {
    private let ensemble: TreeEnsemble
    private let path: ForestPath

    private(set) var trees: [vigie_slice_tree] = []
    private(set) var steps: [vigie_slice_step] = []
    private(set) var splits: [vigie_slice_split] = []
    private(set) var leafPlaces: [UInt16] = []
    private(set) var subtrees: [vigie_slice_subtree] = []
    private(set) var tileSubtrees: [vigie_tile_subtree] = []
    /// Where each tree's begin, if it is the first of a group, and where they all end.
    private(set) var tileStarts: [UInt32] = []
    private(set) var tables: [UInt8] = []
    /// The number of each leaf of each tree.
    private var leafNumbers: [[UInt8]] = []
    /// Values of each tree's leaves, by number, `leafCount` to a tree.
    private(set) var leaves: [Double] = []
    /// The same in parts, for the paths that look up in registers.
    private(set) var leafParts: [UInt8] = []
    /// 32, or 64 if some tree has more leaves; with AVX2 8 or 16 if none has.
    let leafCount: Int
    /// Vectors that steps need for their results.
    private(set) var resultCount = 0

    /// No programs yet, of the trees of some runs.
    init(_ ensemble: TreeEnsemble, runs: [[Int]], path: ForestPath) {
        self.ensemble = ensemble
        self.path = path
        let most = runs.joined().lazy.map { ensemble.leafCount(tree: $0) }.max() ?? 0
        let counts = path == .avx2 ? [8, 16, 32] : [32]
        leafCount = counts.first { $0 >= most } ?? 64
    }

    /// Compiles all trees, run by run, with the place of each split's condition, in vectors, and
    /// what each split tests.
    mutating func compile(
        runs: [[Int]],
        conditions: [UInt32],
        tests: [SplitTest],
        hasTiles: Bool,
        resultStart: Int
    ) {
        for run in runs {
            if path == .avx512Vbmi {
                for tree in run {
                    addLeaves(of: tree, numbered: 0..<ensemble.leafCount(tree: tree))
                }
            } else {
                addPrograms(of: run, conditions: conditions, resultStart: resultStart)
            }
            guard hasTiles || path == .avx512Vbmi else { continue }
            for group in run.chunks(of: Int(vigie_slice_tree_group)) {
                addSubtrees(of: group, conditions: conditions, tests: tests)
            }
        }
        if !hasTiles { (tileSubtrees, tileStarts) = ([], []) }
        tileStarts.append(UInt32(tileSubtrees.count))
        subtrees += [vigie_slice_subtree](
            repeating: vigie_slice_subtree(conditions: (0, 0), number: 0),
            count: Int(vigie_slice_subtrees_ahead)
        )
        splits += [vigie_slice_split](
            repeating: vigie_slice_split(condition: 0, rows: 0),
            count: Int(vigie_slice_splits_ahead)
        )
    }

    /// Compiles trees whose leaves are added together.
    private mutating func addSubtrees(
        of group: ArraySlice<Int>,
        conditions: [UInt32],
        tests: [SplitTest]
    ) {
        var tiles: [[vigie_tile_subtree]] = []
        for tree in group {
            let program = SubtreeProgram(
                ensemble,
                tree: tree,
                slot: tiles.count,
                firstTable: tables.count / 64,
                conditions: conditions,
                tests: tests,
                leafNumbers: leafNumbers[tileStarts.count]
            )
            if path == .avx512Vbmi { addSubtrees(program) }
            tables += program.tables
            tileStarts.append(UInt32(tileSubtrees.count))
            tiles.append(program.tileSubtrees)
        }
        let most = tiles.lazy.map(\.count).max() ?? 0
        for index in 0..<most {
            tileSubtrees += tiles.compactMap { index < $0.count ? $0[index] : nil }
        }
    }

    private mutating func addSubtrees(_ program: SubtreeProgram) {
        trees.append(
            vigie_slice_tree(
                start: UInt32(subtrees.count),
                count: UInt32(program.subtrees.count),
                bits: (0, 0, 0, 0, 0, 0),
                last_count: 0,
                place_count: 0,
                place_start: 0
            )
        )
        subtrees += program.subtrees
    }

    /// Compiles some trees at a time into one program, so that enough of the steps or splits do not
    /// wait for each other.
    private mutating func addPrograms(of run: [Int], conditions: [UInt32], resultStart: Int) {
        let groupCount = 4
        for group in run.chunks(of: groupCount) {
            let (schedule, leaves) = schedule(group, conditions: conditions, resultStart)
            let program = SplitProgram(
                ensemble,
                trees: group,
                conditions: conditions,
                firstResult: resultStart
            )
            if program.isShorter(than: schedule) {
                addSplits(program, of: group)
            } else {
                addSteps(schedule, of: group, numbered: leaves)
            }
        }
    }

    /// The steps of some trees, and for each tree and number the leaf.
    private func schedule(
        _ trees: ArraySlice<Int>,
        conditions: [UInt32],
        _ resultStart: Int
    ) -> (StepSchedule, leaves: [[Int]]) {
        var schedule = StepSchedule(firstResult: resultStart)
        var leaves: [[Int]] = []
        for tree in trees {
            var program = LeafProgram(
                ensemble,
                tree: tree,
                conditions: conditions,
                firstResult: resultStart + schedule.steps.count
            )
            schedule.append(bits: program.compile(), steps: program.steps)
            leaves.append(program.leaves)
        }
        schedule.sort()
        return (schedule, leaves)
    }

    private mutating func addSteps(
        _ schedule: StepSchedule,
        of group: ArraySlice<Int>,
        numbered leaves: [[Int]]
    ) {
        for (index, tree) in group.enumerated() {
            let bits = schedule.bits[index]
            trees.append(
                vigie_slice_tree(
                    start: UInt32(steps.count),
                    count: index == 0 ? UInt32(schedule.steps.count) : 0,
                    bits: (bits[0], bits[1], bits[2], bits[3], bits[4], bits[5]),
                    last_count: 0,
                    place_count: 0,
                    place_start: 0
                )
            )
            addLeaves(of: tree, numbered: leaves[index])
        }
        steps += schedule.steps.map { packed($0.condition, $0.ifLeft, $0.ifRight) }
        resultCount = max(resultCount, schedule.steps.count)
    }

    private mutating func addSplits(_ program: SplitProgram, of group: ArraySlice<Int>) {
        for (index, tree) in group.enumerated() {
            let isFirst = index == 0
            trees.append(
                vigie_slice_tree(
                    start: UInt32(splits.count),
                    count: isFirst ? UInt32(program.fullCount) : 0,
                    bits: (0, 0, 0, 0, 0, 0),
                    last_count: isFirst ? UInt32(program.lastCount) : 0,
                    place_count: UInt32(program.leafPlaces[index].count),
                    place_start: UInt32(leafPlaces.count)
                )
            )
            leafPlaces += program.leafPlaces[index]
            addLeaves(of: tree, numbered: program.leaves[index])
        }
        splits += program.splits
        resultCount = max(resultCount, program.resultCount)
    }

    private mutating func addLeaves(of tree: Int, numbered numbers: some Collection<Int>) {
        let first = ensemble.leafOffsets[tree]
        var ownNumbers = [UInt8](repeating: 0, count: ensemble.leafCount(tree: tree))
        for (number, leaf) in numbers.enumerated() { ownNumbers[leaf] = UInt8(number) }
        leafNumbers.append(ownNumbers)
        var values = numbers.map { ensemble.leafValues[first + $0] }
        values += [Double](repeating: 0, count: leafCount - values.count)
        leaves += values
        // Bytes, words or dwords of the values, all lowest parts first.
        let partBytes: Int
        switch path {
        case .walk, .portable: return
        case .avx2: partBytes = leafCount == 8 ? 4 : 1
        case .avx512, .avx512Vbmi: partBytes = leafCount == 32 ? 4 : 2
        }
        let isFloat32 = ensemble.sum.isFloat32
        for firstByte in stride(from: 0, to: isFloat32 ? 4 : 8, by: partBytes) {
            for value in values {
                let bits = isFloat32 ? UInt64(Float(value).bitPattern) : value.bitPattern
                for byte in firstByte..<firstByte + partBytes {
                    leafParts.append(UInt8(truncatingIfNeeded: bits >> (8 * byte)))
                }
            }
        }
    }
}

extension Array {
    /// The elements, so many at a time.
    fileprivate func chunks(of size: Int) -> some Sequence<ArraySlice<Element>> {
        stride(from: 0, to: count, by: size).lazy.map { self[$0..<Swift.min($0 + size, count)] }
    }
}

/// Three places in the arena, which are in vectors.
func packed(_ place0: UInt32, _ place1: UInt32, _ place2: UInt32) -> vigie_slice_places {
    UInt64(place0) << UInt64(vigie_slice_place0_bit)
        | UInt64(place1) << UInt64(vigie_slice_place1_bit)
        | UInt64(place2) << UInt64(vigie_slice_place2_bit)
}

extension TreeEnsemble {
    fileprivate func leafCount(tree: Int) -> Int { leafOffsets[tree + 1] - leafOffsets[tree] }
}
