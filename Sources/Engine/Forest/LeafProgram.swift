// SPDX-License-Identifier: Apache-2.0

// The program that finds the leaf number of 512 rows in one tree, bit by bit.

/// Compiles one tree of at most 64 leaves into steps `condition ? a : b` over whole vectors.
///
/// Bit b of the leaf number below a split is `goes left ? (bit b on the left) : (bit b on the
/// right)`: a step, unless the bit is the same on all leaves below, or 1 on all to the left and 0
/// on all to the right, where it is the condition itself. So numbers are worth choosing. The leaves
/// below a split have consecutive numbers; which side has the lower ones, at each split, and where
/// the numbers of the whole tree begin is found by dynamic programming for the fewest steps.
struct LeafProgram {
    private let ensemble: TreeEnsemble
    private let firstSplit: Int
    private let conditions: [UInt32]
    private let firstResult: Int
    private let leafCount: Int
    /// Leaves below each split.
    private var leafCounts: [Int]
    /// Fewest steps below each split for each first number, with whether left has the lower ones.
    private var plans: [(steps: Int, leftIsLow: Bool)?]

    /// `condition ? ifLeft : ifRight`, of places in the arena, in vectors.
    struct Step {
        var condition, ifLeft, ifRight: UInt32
    }

    /// Bits of the leaf number.
    private let bitCount: Int
    /// The steps, whose results lie one after another from `firstResult`.
    private(set) var steps: [Step] = []
    /// The leaf that each number is of.
    private(set) var leaves: [Int]

    /// A compiler of tree `tree` with the place of every split's condition, in vectors.
    init(_ ensemble: TreeEnsemble, tree: Int, conditions: [UInt32], firstResult: Int) {
        self.ensemble = ensemble
        self.conditions = conditions
        self.firstResult = firstResult
        firstSplit = ensemble.splitOffsets[tree]
        leafCount = ensemble.leafOffsets[tree + 1] - ensemble.leafOffsets[tree]
        bitCount = Int.bitWidth - (leafCount - 1).leadingZeroBitCount
        leafCounts = [Int](repeating: 1, count: leafCount)
        plans = .init(repeating: nil, count: leafCount << bitCount)
        leaves = [Int](repeating: 0, count: 1 << bitCount)
    }

    /// Compiles the tree; gives the place of each bit of its leaf number.
    mutating func compile() -> SIMD8<UInt32> {
        let root: Int32 = leafCount == 1 ? ~0 : 0
        _ = countLeaves(root)
        let first = (0...(1 << bitCount) - leafCount).min {
            plan(root, first: $0).steps < plan(root, first: $1).steps
        }
        return emit(root, first: first ?? 0)
    }

    private func count(_ node: Int32) -> Int { node < 0 ? 1 : leafCounts[Int(node)] }
    private func left(_ node: Int32) -> Int32 { ensemble.leftChildren[firstSplit + Int(node)] }
    private func right(_ node: Int32) -> Int32 { ensemble.rightChildren[firstSplit + Int(node)] }

    private mutating func countLeaves(_ node: Int32) -> Int {
        guard node >= 0 else { return 1 }
        let leaves = countLeaves(left(node)) + countLeaves(right(node))
        leafCounts[Int(node)] = leaves
        return leaves
    }

    /// The best plan below a node whose leaves are numbered from `first`.
    private mutating func plan(_ node: Int32, first: Int) -> (steps: Int, leftIsLow: Bool) {
        guard node >= 0 else { return (0, false) }
        let index = Int(node) << bitCount + first
        if let known = plans[index] { return known }
        let (leftCount, rightCount) = (count(left(node)), count(right(node)))
        let leftLow =
            plan(left(node), first: first).steps
            + plan(right(node), first: first + leftCount).steps
            + stepCount(first..<first + leftCount, count: rightCount, leftIsLow: true)
        let rightLow =
            plan(right(node), first: first).steps
            + plan(left(node), first: first + rightCount).steps
            + stepCount(first..<first + rightCount, count: leftCount, leftIsLow: false)
        let best = (min(leftLow, rightLow), leftLow < rightLow)
        plans[index] = best
        return best
    }

    /// Steps at a split whose one side has the numbers `low` and whose other side the next `count`.
    private func stepCount(_ low: Range<Int>, count: Int, leftIsLow: Bool) -> Int {
        let lastLow = low.upperBound - 1
        let last = lastLow + count
        var steps = 0
        for bit in 0..<bitCount where low.lowerBound >> bit != last >> bit {
            let isLowConstant = low.lowerBound >> bit == lastLow >> bit
            let isHighConstant = low.upperBound >> bit == last >> bit
            let isLeftSet = leftIsLow == (low.lowerBound >> bit & 1 == 1)
            steps += isLowConstant && isHighConstant && isLeftSet ? 0 : 1
        }
        return steps
    }

    /// Writes the steps below a node; gives the place of each bit of its leaf number.
    private mutating func emit(_ node: Int32, first: Int) -> SIMD8<UInt32> {
        var bits = SIMD8<UInt32>(repeating: 0)
        guard node >= 0 else {
            leaves[first] = Int(~node)
            for bit in 0..<bitCount { bits[bit] = UInt32(first >> bit & 1) }
            return bits
        }
        let leftIsLow = plan(node, first: first).leftIsLow
        let lowCount = count(leftIsLow ? left(node) : right(node))
        let ifLeft = emit(left(node), first: leftIsLow ? first : first + lowCount)
        let ifRight = emit(right(node), first: leftIsLow ? first + lowCount : first)
        let condition = conditions[firstSplit + Int(node)]
        for bit in 0..<bitCount {
            switch (ifLeft[bit], ifRight[bit]) {
            case let (left, right) where left == right:
                bits[bit] = left
            case (1, 0):
                bits[bit] = condition
            case let (left, right):
                bits[bit] = UInt32(firstResult + steps.count)
                steps.append(Step(condition: condition, ifLeft: left, ifRight: right))
            }
        }
        return bits
    }
}
