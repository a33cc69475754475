// SPDX-License-Identifier: Apache-2.0

// The order in which the steps of some trees are run.

/// The programs of some trees, made one.
struct StepSchedule {
    /// Place of the first step's result in the arena, in vectors; the others follow.
    let firstResult: Int
    private(set) var steps: [LeafProgram.Step] = []
    /// Where each bit of each tree's leaf numbers is, in vectors.
    private(set) var bits: [SIMD8<UInt32>] = []

    /// A schedule of no trees.
    init(firstResult: Int) { self.firstResult = firstResult }

    /// Adds a tree whose steps' results come after those that are there.
    mutating func append(bits: SIMD8<UInt32>, steps: [LeafProgram.Step]) {
        self.bits.append(bits)
        self.steps += steps
    }

    /// Orders the steps by how many must come before them, so that neighbours do not wait for each
    /// other.
    mutating func sort() {
        var depths: [Int] = []
        func depth(_ place: UInt32) -> Int {
            place < firstResult ? 0 : depths[Int(place) - firstResult] + 1
        }
        for step in steps { depths.append(max(depth(step.ifLeft), depth(step.ifRight))) }
        let order = steps.indices.sorted { (depths[$0], $0) < (depths[$1], $1) }
        var places = [UInt32](repeating: 0, count: steps.count)
        for (position, step) in order.enumerated() { places[step] = UInt32(firstResult + position) }
        func moved(_ place: UInt32) -> UInt32 {
            place < firstResult ? place : places[Int(place) - firstResult]
        }
        steps = order.map {
            LeafProgram.Step(
                condition: steps[$0].condition,
                ifLeft: moved(steps[$0].ifLeft),
                ifRight: moved(steps[$0].ifRight)
            )
        }
        for tree in bits.indices {
            for bit in 0..<bits[tree].scalarCount { bits[tree][bit] = moved(bits[tree][bit]) }
        }
    }
}
