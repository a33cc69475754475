// SPDX-License-Identifier: Apache-2.0

// What each rule of a table gives, where that is always the same: then the values that the decision
// can have are known, and tables that need it know them by number.

internal import DecimalNumbers
internal import Decisions
internal import FEEL
internal import VigieLimits

extension TableCompiler {
    /// What the rules of a table give.
    struct Results {
        /// The rules in an order in which the first one that matches decides.
        var order: [Int]
        var choice: CompiledTable.Choice
        var values: [FEELValue]?
        var codes: [UInt16] = []
        /// Whether it is a list of constants, of whichever rules match.
        var isSound = false
    }

    /// What the rules of a decision's table give.
    func results(_ node: Int) -> Results {
        let identity = Array(table.rules.indices)
        let together = Results(order: identity, choice: .together, values: nil)
        let unsure = Results(order: identity, choice: .unsure, values: nil)
        if table.aggregation == .count { return counted(node, identity) ?? together }
        evaluation.reset()
        guard let cells = evaluation.constantCells(of: table) else {
            switch table.hitPolicy {
            case .first: return Results(order: identity, choice: .first, values: nil)
            case .unique: return Results(order: identity, choice: .only, values: nil)
            case .any: return unsure
            default: return together
            }
        }
        switch table.hitPolicy {
        case .first: return coded(node, identity, .first)
        case .unique: return coded(node, identity, .only)
        case .any: return groups(cells).map { coded(node, identity, .same($0)) } ?? unsure
        case .priority: return coded(node, evaluation.precedence(of: table, cells), .first)
        case .ruleOrder, .outputOrder: return together
        case .collect: break
        }
        if table.aggregation == nil {
            return Results(
                order: identity,
                choice: .together,
                values: nil,
                isSound: isSound(node)
            )
        }
        switch table.aggregation {
        case .minimum: return ranked(cells, .before).map { coded(node, $0, .first) } ?? together
        case .maximum: return ranked(cells, .after).map { coded(node, $0, .first) } ?? together
        case .sum: return summed(cells).map { Results(order: identity, choice: $0) } ?? together
        case .count, nil: return together
        }
    }

    /// Whether nothing is wrong with what no rule gives, with what each does, and with all of that
    /// together: then neither is with what some of them do.
    private func isSound(_ node: Int) -> Bool {
        guard table.outputs.allSatisfy({ $0.standard == nil }) else { return false }
        let all = Array(table.rules.indices)
        return ([[], all] + all.map { [$0] }).allSatisfy { matches in
            evaluation.reset()
            _ = evaluation.value(of: node, matches: matches, inputs: [], frame)
            return evaluation.faults.isEmpty
        }
    }

    /// The numbers that rules add, as whole ones; nil if they are not of one number of decimals, or
    /// too large.
    private func summed(_ cells: [[FEELValue]]) -> CompiledTable.Choice? {
        var (numbers, exponent, total) = ([Int64](), Int?.none, Int64(0))
        for cell in cells {
            guard case .number(let number)? = cell.first, number.exponent <= 0,
                number.exponent == exponent ?? number.exponent,
                let value = Int64(exactly: number.coefficient),
                let magnitude = Int64(exactly: value.magnitude)
            else { return nil }
            let (sum, isOver) = total.addingReportingOverflow(magnitude)
            if isOver { return nil }
            total = sum
            exponent = number.exponent
            numbers.append(value)
        }
        return .sum(numbers, decimals: -(exponent ?? 0))
    }

    /// Numbers for rules: those of one say the same. Nil where they are too alike to be told apart
    /// in good time.
    private func groups(_ cells: [[FEELValue]]) -> [Int]? {
        var known: [String: [Int]] = [:]
        var groups: [Int] = []
        for (rule, own) in cells.enumerated() {
            evaluation.reset()
            // What is equal has the same text but for numbers and times.
            let key = own.map(self.key).joined(separator: ",")
            if known[key]?.count ?? 0 > CompiledTableLimits.alikeRules { return nil }
            let same = known[key]?.first { other in
                zip(cells[other], own).allSatisfy {
                    evaluation.expressions.isEqual($0, $1) == true
                }
            }
            groups.append(same ?? rule)
            if same == nil { known[key, default: []].append(rule) }
        }
        return groups
    }

    /// Values that are equal have the same key.
    private func key(of value: FEELValue) -> String {
        switch value {
        case .number(let number): "\(number.doubleValue)"
        case .string(let text): "\"\(text)\""
        case .date(let date): "\(date.dayNumber)"
        default: value.typeName
        }
    }

    /// The rules by their only output; nil if two of these do not compare.
    private func ranked(_ cells: [[FEELValue]], _ wanted: FEELValue.Order) -> [Int]? {
        let values = cells.compactMap(\.first)
        guard values.count == cells.count, let first = values.first,
            values.allSatisfy({ FEELValue.order($0, first) != nil })
        else { return nil }
        return values.indices.sorted {
            switch FEELValue.order(values[$0], values[$1]) {
            case .same, nil: $0 < $1
            case let order: order == wanted
            }
        }
    }

    /// Numbers for the values that rules give.
    private func coded(_ node: Int, _ order: [Int], _ choice: CompiledTable.Choice) -> Results {
        let unknown = Results(order: order, choice: choice)
        var results = unknown
        guard table.outputs.allSatisfy({ $0.standard?.constant != nil || $0.standard == nil })
        else { return unknown }
        var values: [FEELValue] = []
        var known: [String: Int] = [:]
        var codes: [Int?] = []
        for matches in table.rules.indices.map({ [$0] }) + [[]] {
            evaluation.reset()
            let value = evaluation.value(of: node, matches: matches, inputs: [], frame)
            guard !value.isNull else {
                codes.append(nil)
                continue
            }
            guard let text = evaluation.expressions.text(of: .list([value])) else { return unknown }
            let key = value.typeName + text
            if known[key] == nil {
                guard values.count < RuleTableLimits.classes - 1 else { return unknown }
                known[key] = values.count
                values.append(value)
            }
            codes.append(known[key])
        }
        // No value has the number behind the last, wherever it comes from.
        results.codes = (codes + [nil]).map { UInt16($0 ?? values.count) }
        results.values = values
        return results
    }

    /// Numbers for counts of rules.
    private func counted(_ node: Int, _ order: [Int]) -> Results? {
        guard table.rules.count < RuleTableLimits.classes - 1,
            table.outputs.allSatisfy({ $0.standard == nil })
        else { return nil }
        let values = (0...table.rules.count).map { count in
            evaluation.reset()
            return evaluation.settled(.number(count), of: node)
        }
        return Results(
            order: order,
            choice: .count,
            values: values,
            codes: (0...values.count).map { UInt16($0) }
        )
    }
}
