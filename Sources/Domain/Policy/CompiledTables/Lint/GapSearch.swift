// SPDX-License-Identifier: Apache-2.0

// Rows that none of some rules lets through. One dimension after the other is gone through; classes
// that leave the same rules are one case. A case is over when no rule is left, which is a gap, or
// when a rule is left that lets all of the remaining dimensions through.
//
// Cost, expected: for 3,700 rules that part three numbers at 50, 50 and 200 places, and two texts
// of 21 and 8: 450,000 cases before the last dimension, each of 200 classes and some ten words:
// one second.

/// A search for rows that no rule lets through.
struct GapSearch {
    let space: TableSpace
    /// The places of the classes that rows may have, of each dimension.
    let within: [[Int]]
    /// Whether there is time left.
    let mayGoOn: () -> Bool
    /// Takes a gap; false to end the search.
    let found: (RowBox) -> Bool

    /// The rules that let each remaining dimension through as a whole.
    private let covering: [[UInt64]]
    private var path: [[Int]]
    private var caseCount = 0
    /// Classes that were gone through since the time was looked at.
    private var work = 0
    /// Whether the search came to its end.
    private(set) var isFinished = true
    private var isOver = false

    init(
        _ space: TableSpace,
        within: [[Int]],
        mayGoOn: @escaping () -> Bool,
        found: @escaping (RowBox) -> Bool
    ) {
        (self.space, self.within, self.mayGoOn, self.found) = (space, within, mayGoOn, found)
        path = within
        var covering = [space.all]
        for (dimension, places) in zip(space.dimensions, within).reversed() {
            var set = covering[0]
            for place in places { set.formIntersection(dimension.sets[place]) }
            covering.insert(set, at: 0)
        }
        self.covering = covering
    }

    /// Searches the rows that none of some rules lets through.
    mutating func run(_ rules: [UInt64]) {
        guard within.allSatisfy({ !$0.isEmpty }) else { return }
        search(0, SparseRules(rules))
    }

    private mutating func search(_ depth: Int, _ rules: SparseRules) {
        guard !isOver else { return }
        guard !rules.isEmpty else {
            for later in depth..<within.count { path[later] = within[later] }
            if !found(RowBox(places: path)) { isOver = true }
            return
        }
        guard depth < within.count, !rules.meets(covering[depth]) else { return }
        work += within[depth].count
        if caseCount == 0 || work > Self.workMax {
            work = 0
            guard mayGoOn() else {
                (isOver, isFinished) = (true, false)
                return
            }
        }
        caseCount += 1
        depth == within.count - 1 ? searchLast(depth, rules) : searchFurther(depth, rules)
    }

    // tidy: limit: after so many classes, less than a millisecond, the time is looked at.
    private static let workMax = 4_096
    // tidy: limit: cases that are not found to be alike are gone through each for itself.
    private static let alikeMax = 64

    private mutating func searchLast(_ depth: Int, _ rules: SparseRules) {
        let sets = space.dimensions[depth].sets
        let open = within[depth].filter { !rules.meets(sets[$0]) }
        guard !open.isEmpty else { return }
        path[depth] = open
        if !found(RowBox(places: path)) { isOver = true }
    }

    private mutating func searchFurther(_ depth: Int, _ rules: SparseRules) {
        let isOrdered = space.dimensions[depth].source.isOrdered
        var cases: [(rules: SparseRules, places: [Int])] = []
        for place in within[depth] {
            let left = rules.intersection(space.dimensions[depth].sets[place])
            // Parts of an order that are alike are neighbours; other values that are, are anywhere.
            let same =
                isOrdered
                ? cases.indices.last.flatMap { cases[$0].rules == left ? $0 : nil }
                : cases.indices.suffix(Self.alikeMax).last { cases[$0].rules == left }
            if let same {
                cases[same].places.append(place)
            } else {
                cases.append((left, [place]))
            }
        }
        for (left, places) in cases {
            path[depth] = places
            search(depth + 1, left)
            if isOver { return }
        }
    }
}
