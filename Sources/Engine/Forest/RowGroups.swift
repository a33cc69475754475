// SPDX-License-Identifier: Apache-2.0

// Trees in the form in which one row goes through several of them at once.

internal import CForest

/// Groups of binned trees of up to 64 leaves, and what they run on: with AVX-512 sixteen trees,
/// which test the bytes of walked trees, with AVX2 eight, which test bins; and bits of sets.
struct RowGroups {
    /// Splits of each tree that a step decides.
    static let stepSplits = 4

    /// Most trees of a group.
    let treesMaximum: Int

    private(set) var groups: [vigie_row_group] = []
    private(set) var code: [UInt8] = []
    private(set) var leaves: [Double] = []
    /// The bytes that each group of sixteen tests, if there are more than one can.
    private(set) var bytes: [UInt32] = []
    /// The bits that splits by sets ask for.
    private(set) var setBits = RowSetBits()
    /// What there is to do in all groups.
    struct Work {
        var steps = 0
        var trees = 0
        /// Steps that ask for bits of sets, too.
        var setSteps = 0
    }

    private(set) var work = Work()

    /// No groups yet.
    init(treesMaximum: Int) { self.treesMaximum = treesMaximum }

    /// Whether groups are of eight trees.
    var isOfEight: Bool { treesMaximum == Int(vigie_row_eight) }

    /// A split as a group decides it.
    private struct Split {
        /// The place of what it tests.
        let place: UInt32
        /// What groups of eight add to that.
        let added: UInt8
        let rank: UInt8
        /// The leaves that stay if the row goes right: all but those on the left.
        let mask: UInt64
        /// The number of its set, if it has one, which then decides.
        var set: Int?

        /// The first 32 of them, or the others.
        func mask(word: Int) -> UInt32 { UInt32(truncatingIfNeeded: mask >> (32 * word)) }
    }

    /// Adds the trees, in order, with what splits test from the compiler.
    mutating func append(_ trees: [Int], from compiler: WalkCompiler) {
        // No split tests byte 0.
        let listsBytes = !isOfEight && compiler.bytes.count - 1 > Int(vigie_row_bytes_max)
        var group: [Int] = []
        var used: Set<UInt32> = []
        for tree in trees {
            let offsets = compiler.ensemble.splitOffsets
            let own = (offsets[tree]..<offsets[tree + 1])
                .filter { compiler.set(of: $0) == nil }
                .map { test(of: $0, compiler).place }
            let joined = used.union(own)
            if group.count == treesMaximum
                || listsBytes && joined.count > Int(vigie_row_bytes_max)
            {
                appendGroup(group, used: listsBytes ? used.sorted() : nil, compiler)
                (group, used) = ([], Set(own))
            } else {
                used = joined
            }
            group.append(tree)
        }
        if !group.isEmpty { appendGroup(group, used: listsBytes ? used.sorted() : nil, compiler) }
    }

    /// What a split tests; byte 1 has place 0. One by a set tests what sends every row right in
    /// groups of eight, left in those of sixteen; its bit turns those round that go the other way.
    private func test(
        of split: Int,
        _ compiler: WalkCompiler
    ) -> (place: UInt32, added: UInt8, rank: UInt8) {
        if compiler.set(of: split) != nil { return (0, 0, isOfEight ? 0 : 255) }
        if isOfEight { return compiler.binTest(of: split) }
        let rank = UInt8(truncatingIfNeeded: compiler.rank(of: split))
        return (compiler.byte(of: split) - 1, 0, rank)
    }

    private mutating func appendGroup(_ trees: [Int], used: [UInt32]?, _ compiler: WalkCompiler) {
        let ensemble = compiler.ensemble
        var places: [UInt32: UInt32] = [:]
        for (place, byte) in (used ?? []).enumerated() { places[byte] = UInt32(place) }
        var splits: [[Split]] = []
        let leafCounts = trees.map { ensemble.leafOffsets[$0 + 1] - ensemble.leafOffsets[$0] }
        let wordCount = (leafCounts.max() ?? 0) > 32 ? 2 : 1
        let leafStart = leaves.count
        for tree in trees {
            var order: [Int] = []
            splits.append(self.splits(of: tree, compiler, order: &order))
            leaves += order.map { ensemble.leafValues[$0] }
            leaves += [Double](repeating: 0, count: 32 * wordCount - order.count)
        }
        let codeStart = code.count / 32
        let ownPlaces = used == nil ? nil : places
        let hasSets = splits.joined().contains { $0.set != nil }
        let setStart = hasSets ? setBits.wordCount : 0
        let stepCount = appendSteps(splits, word: 0, places: ownPlaces)
        let upperStepCount = appendSteps(splits, word: 1, places: ownPlaces)
        work.steps += stepCount + upperStepCount
        work.trees += trees.count
        work.setSteps += hasSets ? stepCount + upperStepCount : 0
        groups.append(
            vigie_row_group(
                code_start: UInt32(codeStart),
                step_count: UInt32(stepCount),
                upper_step_count: UInt32(upperStepCount),
                word_count: UInt32(wordCount),
                tree_count: UInt32(trees.count),
                leaf_start: UInt32(leafStart),
                byte_start: UInt32(bytes.count),
                has_sets: hasSets ? 1 : 0,
                set_start: UInt32(setStart)
            )
        )
        guard let used else { return }
        bytes += used.map { $0 + 1 }
        bytes += [UInt32](repeating: 0, count: Int(vigie_row_bytes_max) - used.count)
    }

    /// Adds the steps for one word of the masks, of the splits that take leaves away from it; gives
    /// their number.
    private mutating func appendSteps(
        _ splits: [[Split]],
        word: Int,
        places: [UInt32: UInt32]?
    ) -> Int {
        let own = splits.map { $0.filter { $0.mask(word: word) != .max } }
        let splitsMaximum = own.lazy.map(\.count).max() ?? 0
        let stepCount = (splitsMaximum + Self.stepSplits - 1) / Self.stepSplits
        let hasSets = splits.joined().contains { $0.set != nil }
        for step in 0..<stepCount {
            let all = stepSplits(step, of: own)
            appendStep(all, word: word, places: places)
            if hasSets { setBits.append(all.map(\.set)) }
        }
        return stepCount
    }

    /// The splits that a step decides, in their order.
    private func stepSplits(_ step: Int, of splits: [[Split]]) -> [Split] {
        // Where there is no split, nothing is taken away.
        let none = Split(place: 0, added: 0, rank: 255, mask: .max)
        func split(_ place: Int, _ tree: Int) -> Split {
            let index = step * Self.stepSplits + place
            return tree < splits.count && index < splits[tree].count ? splits[tree][index] : none
        }
        return (0..<Self.stepSplits * treesMaximum).map {
            isOfEight
                ? split($0 % Self.stepSplits, $0 / Self.stepSplits)
                : split($0 / treesMaximum, $0 % treesMaximum)
        }
    }

    private mutating func appendStep(_ all: [Split], word: Int, places: [UInt32: UInt32]?) {
        for split in all {
            let place = places.map { $0[split.place] ?? 0 } ?? split.place
            code.append(UInt8(truncatingIfNeeded: place))
        }
        if isOfEight { for split in all { code.append(split.added) } }
        for split in all { code.append(split.rank) }
        for place in 0..<Self.stepSplits {
            for tree in 0..<treesMaximum {
                let index =
                    isOfEight ? tree * Self.stepSplits + place : place * treesMaximum + tree
                code.append(contentsOf: wordBytes(all[index].mask(word: word)))
            }
        }
    }

    /// The splits of a tree; `order` gets its leaves from left to right.
    private func splits(
        of tree: Int,
        _ compiler: WalkCompiler,
        order: inout [Int]
    ) -> [Split] {
        let ensemble = compiler.ensemble
        let firstSplit = ensemble.splitOffsets[tree]
        let firstLeaf = ensemble.leafOffsets[tree]
        var splits: [Split] = []
        func visit(_ node: Int32) {
            guard node >= 0 else {
                order.append(firstLeaf + Int(~node))
                return
            }
            let split = firstSplit + Int(node)
            let first = order.count
            visit(ensemble.leftChildren[split])
            let below: UInt64 = order.count < 64 ? 1 << order.count : 0
            let left = (below &- 1) & ~((1 << first) &- 1)
            let (place, added, rank) = test(of: split, compiler)
            splits.append(
                Split(
                    place: place,
                    added: added,
                    rank: rank,
                    mask: ~left,
                    set: compiler.set(of: split)
                )
            )
            visit(ensemble.rightChildren[split])
        }
        visit(firstSplit == ensemble.splitOffsets[tree + 1] ? ~0 : 0)
        return splits
    }
}

/// A word in this machine's order.
private func wordBytes(_ word: UInt32) -> [UInt8] {
    withUnsafeBytes(of: word) { Array($0) }
}
