// SPDX-License-Identifier: Apache-2.0

// Small tables by chance, and a look at every row that tells two of their rules apart.

import CompiledTables
import DecimalNumbers
import Decisions
import FEEL
import TestRandomness

/// A table of at most three inputs, of which two may look at the same value.
struct RandomTable {
    private var model: RandomModel
    /// The name and kind of the value that each input looks at.
    let kinds: [(name: String, kind: RandomModel.Kind)]
    private let text: String

    init(seed: Int) {
        model = RandomModel(seed: seed + 77)
        model.hasSlow = false
        let all: [(String, RandomModel.Kind)] = [
            ("n", .number), ("m", .number), ("s", .string), ("d", .date), ("b", .boolean),
        ]
        var kinds: [(name: String, kind: RandomModel.Kind)] = []
        for _ in 0..<model.dice.upTo(3) { kinds.append(model.dice.pick(all)) }
        self.kinds = kinds
        let policy = model.dice.pick(["UNIQUE", "ANY", "FIRST", "PRIORITY", "COLLECT", "FIRST"])
        var text = "<decisionTable hitPolicy=\"\(policy)\">"
        for (name, kind) in kinds {
            text += "<input><inputExpression typeRef=\"\(kind)\"><text>\(name)</text>"
            text += "</inputExpression>"
            if model.dice.once(in: 8) {
                text += "<inputValues><text>\(markup(model.constant(kind))), "
                text += "\(markup(model.constant(kind)))</text></inputValues>"
            }
            text += "</input>"
        }
        text += "<output typeRef=\"number\"><outputValues><text>1, 3, 2</text></outputValues>"
        if model.dice.once(in: 8) {
            text += "<defaultOutputEntry><text>1</text></defaultOutputEntry>"
        }
        text += "</output>"
        for _ in 0..<model.dice.upTo(9) {
            text += "<rule>"
            for (_, kind) in kinds {
                text += "<inputEntry><text>\(markup(model.cell(kind)))</text></inputEntry>"
            }
            text += "<outputEntry><text>\(model.dice.upTo(3))</text></outputEntry></rule>\n"
        }
        self.text = text + "</decisionTable>"
    }

    /// The file of a model with the table.
    func file() -> DecisionFile {
        let types = ["n": "number", "m": "number", "s": "string", "d": "date", "b": "boolean"]
        var all = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="def" name="m" \
            namespace="urn:m">
            """
        var needs = ""
        for (name, type) in types.sorted(by: { $0.key < $1.key }) {
            all += "<inputData id=\"\(name)\" name=\"\(name)\"><variable name=\"\(name)\" "
            all += "typeRef=\"\(type)\"/></inputData>\n"
            needs += "<informationRequirement><requiredInput href=\"#\(name)\"/>"
            needs += "</informationRequirement>"
        }
        all += "<decision id=\"o\" name=\"Out\"><variable name=\"Out\"/>\(needs)\(text)</decision>"
        return DecisionFile(name: "m.dmn", bytes: Array((all + "</definitions>").utf8))
    }
}

/// Rows that tell all rules apart, each looked at with the interpreter.
struct NaiveLook {
    /// A row that may be.
    struct Row {
        /// The number of the value of each input; two inputs of one value have the same.
        let numbers: [Int]
        /// The value of each input.
        let values: [FEELValue]
        /// The rules that match.
        let rules: [Int]
    }

    private let table: DecisionTable
    private let names: [String]
    private var rows: [Row] = []

    init(_ table: DecisionTable, _ kinds: [(name: String, kind: RandomModel.Kind)]) {
        self.table = table
        names = kinds.map(\.name)
        var pools: [String: [FEELValue]] = [:]
        var combinations: [[String: Int]] = [[:]]
        for (name, kind) in kinds where pools[name] == nil {
            let inputs = kinds.indices.filter { kinds[$0].name == name }
            let values = Self.values(kind, inputs.flatMap { Self.constants(table, $0) })
            pools[name] = values
            combinations = combinations.flatMap { row in
                values.indices.map { row.merging([name: $0]) { $1 } }
            }
        }
        // Each cell is asked once about each value.
        let evaluation = FEELEvaluation(keepsMessages: false)
        let nulls = [FEELValue](repeating: .null, count: table.names.count)
        let answers = kinds.indices.map { input in
            (pools[kinds[input].name] ?? []).map { value in
                table.rules.map { rule in
                    evaluation.reset()
                    let tests = rule.tests[input]
                    return tests.isAny
                        || tests.program.evaluate(nulls + [value], evaluation).boolean == true
                }
            }
        }
        for combination in combinations {
            let numbers = kinds.map { combination[$0.name] ?? 0 }
            let values = zip(kinds, numbers).map { pools[$0.name]?[$1] ?? .null }
            let isAllowed = zip(table.inputs, values).allSatisfy { input, value in
                guard let allowed = input.values, !value.isNull else { return true }
                evaluation.reset()
                return allowed.program.evaluate([value], evaluation).boolean != false
            }
            guard isAllowed else { continue }
            let rules = table.rules.indices.filter { rule in
                numbers.enumerated().allSatisfy { answers[$0][$1][rule] }
            }
            rows.append(Row(numbers: numbers, values: values, rules: rules))
        }
    }

    /// The constants that an input is compared with.
    private static func constants(_ table: DecisionTable, _ input: Int) -> [FEELValue] {
        let all =
            table.rules.map { $0.tests[input] } + [table.inputs[input].values].compactMap { $0 }
        return all.flatMap(\.tests).flatMap { test -> [FEELValue] in
            switch test {
            case .comparison(_, let value), .equal(let value): [value]
            case .range(let range): [range.start, range.end]
            case .other: []
            }
        }
    }

    /// Values of a kind between which all constants lie, and no value.
    private static func values(
        _ kind: RandomModel.Kind,
        _ constants: [FEELValue]
    ) -> [FEELValue] {
        var numbers: Set<Double> = [-1e300, 1e300]
        var days: Set<Int> = [-1_000_000, 1_000_000]
        var texts = ["", "zz"]
        for constant in constants {
            switch constant {
            case .number(let number):
                let near = number.doubleValue
                numbers.formUnion([near, near.nextUp, near.nextDown].filter(\.isFinite))
            case .date(let date): days.formUnion([-1, 0, 1].map { date.dayNumber + $0 })
            case .string(let text): texts += [text, text + "\u{0}"]
            default: break
            }
        }
        switch kind {
        case .number:
            return numbers.compactMap { DecimalNumber(shortest: $0) }.map { .number($0) } + [.null]
        case .string: return texts.map { .string($0) } + [.null]
        case .date: return days.compactMap { FEELDate(dayNumber: $0) }.map { .date($0) } + [.null]
        case .boolean: return [.boolean(true), .boolean(false), .null]
        }
    }

    /// Where a report is not what a look at all rows gives; nil where it is.
    func difference(from report: TableReport) -> String? {
        overlaps(report) ?? gaps(report) ?? missing(report) ?? negated(report) ?? dead(report)
    }

    private func overlaps(_ report: TableReport) -> String? {
        var wanted: Set<[Int]> = []
        let isAny = table.hitPolicy == .any
        guard table.hitPolicy == .unique || isAny else {
            return report.findings.contains { $0.kind == .overlap } ? "overlaps are told" : nil
        }
        for row in rows {
            for (place, rule) in row.rules.enumerated() {
                for other in row.rules[(place + 1)...] {
                    let outputs = [rule, other].map { "\(table.rules[$0].outputs[0].constant!)" }
                    if !isAny || outputs[0] != outputs[1] { wanted.insert([rule, other]) }
                }
            }
        }
        let found = report.findings.filter { $0.kind == .overlap }
        for finding in found {
            guard let row = row(of: finding), Set(row.rules).isSuperset(of: finding.rules) else {
                return "the row of \(finding) is none"
            }
        }
        return Set(found.map(\.rules)) == wanted ? nil : "overlaps are \(wanted)"
    }

    /// What matches the row that a finding shows.
    private func row(of finding: TableFinding) -> (values: [FEELValue], rules: [Int])? {
        let values = finding.row.map(\.value)
        let evaluation = FEELEvaluation(keepsMessages: false)
        let nulls = [FEELValue](repeating: .null, count: table.names.count)
        let rules = table.rules.indices.filter { rule in
            zip(table.rules[rule].tests, values).allSatisfy {
                evaluation.reset()
                return $0.isAny
                    || $0.program.evaluate(nulls + [$1], evaluation).boolean == true
            }
        }
        return values.count == table.inputs.count ? (values, rules) : nil
    }

    private var isGapToTell: Bool {
        table.hitPolicy != .collect && table.outputs[0].standard == nil
    }

    private func inputs(_ values: [FEELValue]) -> [Int: FEELValue] {
        Dictionary(uniqueKeysWithValues: values.enumerated().map { ($0, $1) })
    }

    private func gaps(_ report: TableReport) -> String? {
        let found = report.findings.filter { $0.kind == .gap }
        guard isGapToTell else { return found.isEmpty ? nil : "gaps are told" }
        for finding in found {
            guard row(of: finding)?.rules == [] else { return "\(finding) is no gap" }
        }
        for row in rows where !row.values.contains(where: \.isNull) {
            let isTold = found.contains { $0.contains(inputs(row.values)) }
            if isTold != row.rules.isEmpty { return "\(row.values) is \(row.rules)" }
        }
        return nil
    }

    private func missing(_ report: TableReport) -> String? {
        let found = report.findings.filter { $0.kind == .missingValueGap }
        guard isGapToTell else { return found.isEmpty ? nil : "missing values are told" }
        for finding in found {
            guard let row = row(of: finding), row.rules == [], row.values.contains(where: \.isNull)
            else { return "\(finding) is no gap" }
        }
        // The names that are missing in rows without a rule, which have one if these are told.
        var open: Set<Set<String>> = []
        let matched = rows.filter { !$0.rules.isEmpty }
        for row in rows where row.rules.isEmpty && row.values.contains(where: \.isNull) {
            let missing = row.values.indices.filter { row.values[$0].isNull }
            let known = Set(missing.map { names[$0] })
            guard !open.contains(known) else { continue }
            let isMissed = matched.contains { other in
                other.values.indices.allSatisfy { place in
                    missing.contains(place)
                        ? !other.values[place].isNull : other.numbers[place] == row.numbers[place]
                }
            }
            if isMissed { open.insert(known) }
        }
        let told = Set(
            found.compactMap { finding in
                row(of: finding).map { Set(zip(names, $0.values).filter(\.1.isNull).map(\.0)) }
            }
        )
        let alone = open.filter { $0.count == 1 }
        guard told.filter({ $0.count == 1 }) == alone else { return "missing alone are \(alone)" }
        let known = Set(alone.flatMap { $0 })
        let others = open.filter { $0.isDisjoint(with: known) }
        let toldOthers = told.filter { $0.count > 1 }
        guard toldOthers.isSubset(of: others), toldOthers.isEmpty == others.isEmpty else {
            return "missing together are \(others)"
        }
        return nil
    }

    /// Rules that match while a value is missing that they only say is not another.
    private func negated(_ report: TableReport) -> String? {
        var wanted: Set<[String]> = []
        for row in rows {
            for rule in row.rules {
                for input in names.indices where row.values[input].isNull {
                    let name = names[input]
                    let isNegated = names.indices.contains {
                        names[$0] == name && table.rules[rule].tests[$0].isNegated
                    }
                    if isNegated { wanted.insert(["\(rule)", name]) }
                }
            }
        }
        let found = report.findings.filter { $0.kind == .missingValueMatch }
        for finding in found where row(of: finding)?.rules.contains(finding.rules[0]) != true {
            return "the row of \(finding) is none"
        }
        return found.count == wanted.count ? nil : "missing values match in \(wanted)"
    }

    private func dead(_ report: TableReport) -> String? {
        let order: [Int]
        switch table.hitPolicy {
        case .priority:
            let rank = { (rule: Int) in
                ["1", "3", "2"].firstIndex(of: text(rule)) ?? 9
            }
            order = table.rules.indices.sorted { (rank($0), $0) < (rank($1), $1) }
        default: order = Array(table.rules.indices)
        }
        let hasOrder = table.hitPolicy == .first || table.hitPolicy == .priority
        var alive: Set<Int> = []
        for row in rows {
            if hasOrder {
                if let first = order.first(where: row.rules.contains) { alive.insert(first) }
            } else {
                alive.formUnion(row.rules)
            }
        }
        let found = report.findings.filter { $0.kind == .deadRule }.compactMap(\.rules.first)
        let wanted = table.rules.indices.filter { !alive.contains($0) }
        return Set(found) == Set(wanted) && found.count == wanted.count
            ? nil : "dead rules are \(wanted.map { $0 + 1 })"
    }

    private func text(_ rule: Int) -> String {
        FEELEvaluation().text(of: table.rules[rule].outputs[0].constant ?? .null) ?? ""
    }
}
