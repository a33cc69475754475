// SPDX-License-Identifier: Apache-2.0

// Rows that no rule matches: where all is told, and where something is missing.

extension TableLint {
    mutating func lookForGaps(_ kinds: [TableFinding.Kind]) {
        let told = space.dimensions.map(\.told)
        if kinds.contains(.gap) { lookForGaps(told) }
        if kinds.contains(.missingValueGap) { lookForMissing(told) }
    }

    private mutating func lookForGaps(_ told: [[Int]]) {
        var boxes: [RowBox] = []
        search(told, .gap) { [space] box in
            guard !boxes.contains(where: { $0.holds(box) }) else { return nil }
            let whole = space.widened(box, within: told)
            boxes.append(whole)
            return whole
        }
    }

    /// Rows that have a rule if what is missing is told: for each value that alone is missing, and
    /// then for several of the others.
    private mutating func lookForMissing(_ told: [[Int]]) {
        var within = told
        for place in told.indices {
            guard let missing = space.dimensions[place].missing else { continue }
            var alone = told
            alone[place] = [missing]
            let count = report.findings.count
            search(alone, .missingValueGap) { [space] in space.missed($0) }
            if report.findings.count == count { within[place].append(missing) }
        }
        search(within, .missingValueGap) { [space] in space.missed($0) }
    }

    /// Searches rows without a rule; of each gap, what is to be told of it, or nil.
    private mutating func search(
        _ within: [[Int]],
        _ kind: TableFinding.Kind,
        _ shown: (RowBox) -> RowBox?
    ) {
        withoutActuallyEscaping(shown) { shown in
            var report = report
            var search = GapSearch(space, within: within, mayGoOn: mayGoOn) { [self] box in
                guard let shown = shown(box) else { return true }
                let words =
                    kind == .gap ? "no rule matches" : "no rule matches where a value is missing"
                let isAdded = report.add(
                    finding(kind, [], words, shown, like: kind == .gap ? box : shown)
                )
                return isAdded && kind == .gap
            }
            search.run(space.all)
            self.report = report
            if !search.isFinished, !self.report.unfinished.contains(kind) {
                self.report.unfinished.append(kind)
            }
        }
    }
}

extension TableSpace {
    /// The rules that some rows meet in a dimension.
    private func union(_ places: [Int], of dimension: Int) -> [UInt64] {
        var union = [UInt64](repeating: 0, count: all.count)
        for place in places { union.formUnion(dimensions[dimension].sets[place]) }
        return union
    }

    /// The most rows around some that no rule lets through either, within some.
    func widened(_ box: RowBox, within: [[Int]]) -> RowBox {
        var box = box
        for number in dimensions.indices {
            var left = all
            for (other, places) in box.places.enumerated() where other != number {
                left.formIntersection(union(places, of: other))
            }
            let rules = SparseRules(left)
            box.places[number] = within[number].filter {
                !rules.meets(dimensions[number].sets[$0])
            }
        }
        return box
    }

    /// Of rows that no rule lets through those that one would if what is missing were told; nil
    /// where there are none.
    func missed(_ box: RowBox) -> RowBox? {
        var (rules, isMissing) = (all, false)
        var narrow = box
        for (number, dimension) in dimensions.enumerated() {
            if let missing = dimension.missing, box.places[number].contains(missing) {
                isMissing = true
                narrow.places[number] = [missing]
                rules.formIntersection(union(dimension.told, of: number))
            } else {
                rules.formIntersection(union(box.places[number], of: number))
            }
        }
        guard isMissing, let rule = rules.rules.first else { return nil }
        for (number, dimension) in dimensions.enumerated()
        where narrow.places[number] == box.places[number]
            && narrow.places[number] != dimension.missing.map({ [$0] })
        {
            narrow.places[number] = box.places[number].filter { dimension.sets[$0].has(rule) }
        }
        return narrow
    }
}
