// SPDX-License-Identifier: Apache-2.0

// Looks for rules that may not be meant: by the sets of rules that rows are answered with.

internal import Decisions
internal import FEEL
internal import VigieLimits

extension CompiledModel {
    /// Looks at the rules of all tables that are decisions.
    ///
    /// - Parameters:
    ///   - kinds: What is looked for.
    ///   - mayGoOn: Whether there is time left; it is asked now and then.
    package func lint(
        _ kinds: [TableFinding.Kind] = TableFinding.Kind.allCases,
        mayGoOn: @escaping () -> Bool = { true }
    ) -> [TableReport] {
        nodes.compactMap { node in
            guard model.table(of: node) != nil else { return nil }
            guard let place = tablePlaces[node] else {
                var report = TableReport(node: node)
                report.isInterpreted = true
                return report
            }
            var lint = TableLint(self, tables[place], mayGoOn)
            lint.run(kinds)
            return lint.report
        }
    }
}

/// A look at a table.
struct TableLint {
    let table: CompiledTable
    let told: DecisionTable
    let space: TableSpace
    let mayGoOn: () -> Bool
    var report: TableReport
    /// The rules that each rule has a row in common with.
    private let touching: [[UInt64]]
    /// Of each dimension and rule, the places of the classes that the rule lets through, as a set.
    private let letThrough: [[[UInt64]]]

    init(_ model: CompiledModel, _ table: CompiledTable, _ mayGoOn: @escaping () -> Bool) {
        self.table = table
        told = model.model.tables[table.table]
        space = TableSpace(table, model.sources)
        self.mayGoOn = mayGoOn
        report = TableReport(node: table.node)
        report.unseen = table.slowCells.indices.compactMap { rule in
            let inputs = table.slowCells[rule] + table.comparedCells[rule]
            return inputs.isEmpty ? nil : (rule, inputs.sorted())
        }
        (touching, letThrough) = space.touching
    }

    mutating func run(_ kinds: [TableFinding.Kind]) {
        if kinds.contains(.deadRule) {
            lookForRulesThatNeverMatch()
            if case .first = table.choice, told.hitPolicy != .collect { lookForTakenRules() }
        }
        if kinds.contains(.overlap) { lookForOverlaps() }
        if kinds.contains(.missingValueMatch) { lookForMissingMatches() }
        let standards = told.outputs.contains { $0.standard != nil }
        switch told.hitPolicy {
        case .unique, .any, .first, .priority: if !standards { lookForGaps(kinds) }
        case .collect, .ruleOrder, .outputOrder: break
        }
    }

    /// The rows that a rule, by its place among the sets, lets through.
    func box(of rule: Int) -> RowBox {
        RowBox(
            places: space.dimensions.map { dimension in
                dimension.sets.indices.filter { dimension.sets[$0].has(rule) }
            }
        )
    }

    func finding(
        _ kind: TableFinding.Kind,
        _ rules: [Int],
        _ words: String,
        _ box: RowBox,
        like example: RowBox? = nil
    ) -> TableFinding {
        let rules = rules.map { table.order[$0] }
        return TableFinding(kind, rules, words, box, like: example ?? box, space, told)
    }

    private func number(_ rule: Int) -> Int { table.order[rule] + 1 }

    // MARK: - Rules

    private mutating func lookForRulesThatNeverMatch() {
        for rule in 0..<space.ruleCount where touching[rule].isEmpty {
            let name = space.dimensions.first { dimension in
                !dimension.sets.contains { $0.has(rule) }
            }.map { told.inputs[$0.inputs[0]].name }
            let words =
                "rule \(number(rule)) never matches" + (name.map { ": no \($0) passes it" } ?? "")
            let all = RowBox(places: space.dimensions.map { Array($0.classes.indices) })
            var finding = finding(.deadRule, [rule], words, all)
            finding.description = words
            if !report.add(finding) { return }
        }
    }

    private mutating func lookForOverlaps() {
        let groups: [Int]?
        switch (told.hitPolicy, table.choice) {
        case (.unique, _): groups = nil
        case (.any, .same(let given)): groups = given
        default: return
        }
        for rule in 0..<space.ruleCount where space.examined.has(rule) {
            guard !touching[rule].isEmpty else { continue }
            guard mayGoOn() else {
                report.unfinished.append(.overlap)
                return
            }
            var others = touching[rule]
            others.formIntersection(space.examined)
            for other in others.rules where other > rule {
                if let groups, groups[table.order[rule]] == groups[table.order[other]] { continue }
                let (mine, its) = (box(of: rule), box(of: other))
                let both = zip(mine.places, its.places).map { mine, its in
                    mine.filter(Set(its).contains)
                }
                let words = "rules \(number(rule)) and \(number(other)) both match"
                let rules = [rule, other]
                guard report.add(finding(.overlap, rules, words, RowBox(places: both))) else {
                    return
                }
            }
        }
    }

    /// Cells such as `not("A")`, which null passes as the standard has it: whoever wrote one mostly
    /// thought of other values.
    private mutating func lookForMissingMatches() {
        for rule in 0..<space.ruleCount where !touching[rule].isEmpty {
            for (number, dimension) in space.dimensions.enumerated() {
                guard let missing = dimension.missing, dimension.sets[missing].has(rule) else {
                    continue
                }
                let tests = told.rules[table.order[rule]].tests
                let named = dimension.inputs.first { tests[$0].isNegated }
                guard let named else { continue }
                var box = box(of: rule)
                box.places[number] = [missing]
                let words =
                    "rule \(self.number(rule)) matches where \(told.inputs[named].name) is "
                    + "missing, since not(...) lets that through"
                guard report.add(finding(.missingValueMatch, [rule], words, box)) else { return }
            }
        }
    }

    /// Whether one rule lets through all that another one does.
    private func takes(all rule: Int, by other: Int) -> Bool {
        letThrough.allSatisfy { sets in
            zip(sets[rule], sets[other]).allSatisfy { $0 & ~$1 == 0 }
        }
    }

    /// Rules all of whose rows are those of rules that decide before them.
    private mutating func lookForTakenRules() {
        for rule in 0..<space.ruleCount where !touching[rule].isEmpty {
            var earlier = touching[rule]
            earlier.formIntersection(space.examined)
            for later in rule..<space.ruleCount {
                earlier[later / 64] &= ~(1 << UInt64(later % 64))
            }
            guard earlier.contains(where: { $0 != 0 }) else { continue }
            guard mayGoOn() else {
                report.unfinished.append(.deadRule)
                return
            }
            let mine = box(of: rule)
            let taker = earlier.rules.first { takes(all: rule, by: $0) }
            if taker == nil {
                var isOpen = false
                var search = GapSearch(space, within: mine.places, mayGoOn: mayGoOn) { _ in
                    isOpen = true
                    return false
                }
                search.run(earlier)
                guard search.isFinished else {
                    report.unfinished.append(.deadRule)
                    return
                }
                guard !isOpen else { continue }
            }
            let others = taker.map { "rule \(number($0)) takes" } ?? "rules before it take"
            let words = "rule \(number(rule)) never decides, since \(others) all its rows"
            let rules = [rule] + (taker.map { [$0] } ?? [])
            guard report.add(finding(.deadRule, rules, words, mine)) else { return }
        }
    }
}

extension TableSpace {
    /// The rules that each rule has a row in common with, empty for a rule that has no row; and of
    /// each dimension and rule the places of the classes that the rule lets through.
    ///
    /// Cost: for each rule a look at each class, and an AND of a set for each dimension; unions of
    /// sets are made once for rules that let the same classes through.
    var touching: (rules: [[UInt64]], places: [[[UInt64]]]) {
        var all: [[[UInt64]]] = []
        var result = [[UInt64]](repeating: self.all, count: ruleCount)
        for dimension in dimensions {
            var own = [[UInt64]](repeating: [], count: ruleCount)
            var known: [[UInt64]: [UInt64]] = [:]
            for rule in 0..<ruleCount where !result[rule].isEmpty {
                var places = [UInt64](repeating: 0, count: (dimension.sets.count + 63) / 64)
                for (place, set) in dimension.sets.enumerated() where set.has(rule) {
                    places[place / 64] |= 1 << UInt64(place % 64)
                }
                guard places.contains(where: { $0 != 0 }) else {
                    result[rule] = []
                    continue
                }
                if known[places] == nil {
                    var union = [UInt64](repeating: 0, count: self.all.count)
                    for place in places.rules { union.formUnion(dimension.sets[place]) }
                    known[places] = union
                }
                // Rules that are alike share the memory of the first one.
                guard let place = known.index(forKey: places) else { continue }
                own[rule] = known.keys[place]
                result[rule].formIntersection(known.values[place])
            }
            all.append(own)
        }
        return (result, all)
    }
}
