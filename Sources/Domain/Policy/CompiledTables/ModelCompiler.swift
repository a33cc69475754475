// SPDX-License-Identifier: Apache-2.0

// Makes the plan of a model: which columns are given, where they part, which tables are compiled.

internal import Decisions
internal import FEEL
internal import RuleTables

/// Compiles a model.
struct ModelCompiler {
    let model: DecisionModel
    /// The nodes that are needed, each after those that it needs.
    let nodes: [Int]
    private(set) var columns: [GivenColumn] = []
    private(set) var sources: [ValueSource] = []
    private(set) var tables: [CompiledTable] = []
    private(set) var tablePlaces: [Int: Int] = [:]
    private(set) var remarks = CompilationRemarks()
    /// How many columns and tables the decisions need that come first.
    private(set) var first = (columns: 0, tables: 0)
    private let evaluation: DecisionEvaluation
    /// How many of the nodes they need.
    private let firstNodeCount: Int

    init(_ model: DecisionModel, _ decisions: [Int], _ last: [Int]) {
        self.model = model
        evaluation = DecisionEvaluation(model, keepsMessages: false)
        var (order, seen) = ([Int](), Set<Int>())
        // As deep as requirements are, which is bounded.
        func visit(_ node: Int) {
            guard seen.insert(node).inserted else { return }
            for next in model.nodes[node].requirements { visit(next) }
            order.append(node)
        }
        for node in decisions { visit(node) }
        firstNodeCount = order.count
        for node in last { visit(node) }
        nodes = order
    }

    /// Compiles all that is needed.
    mutating func compile() {
        for (place, node) in nodes.enumerated() where model.nodes[node].kind == .input {
            let told = model.nodes[node]
            columns += GivenColumn.columns(of: node, told.name, told.type.type)
            if place < firstNodeCount { first.columns = columns.count }
        }
        for place in columns.indices { addSource(ofColumn: place) }
        for (place, node) in nodes.enumerated() where model.nodes[node].kind == .decision {
            compile(node)
            if place < firstNodeCount { first.tables = tables.count }
        }
    }

    // MARK: - Columns

    private mutating func addSource(ofColumn place: Int) {
        let column = columns[place]
        let told = model.nodes[column.node]
        // An entry that is not allowed makes the whole context null.
        guard column.path.count == 1 || told.type.rule == nil else { return }
        let path = Array(column.path.dropFirst())
        switch column.kind {
        case .value: return
        case .boolean:
            evaluation.reset()
            let values = [false, true].map { value -> FEELValue in
                path.isEmpty ? evaluation.taken(.boolean(value), by: column.node) : .boolean(value)
            }
            add(place, path, .values(values), refused: [])
        case .number, .day, .text:
            guard let scale = scale(column) else { return }
            var refused = scale.outside
            if let rule = told.type.rule, path.isEmpty {
                guard let allowed = rule.allowed, let verdict = scale.verdict(allowed) else {
                    return
                }
                refused += verdict.no.without(refused)
            }
            add(place, path, .scale(scale), refused: refused)
        }
    }

    private mutating func add(
        _ column: Int,
        _ path: [String],
        _ classes: ValueSource.Classes,
        refused: [Range<Int>]
    ) {
        sources.append(
            ValueSource(
                origin: .column(column),
                node: columns[column].node,
                path: path,
                classes: classes,
                refused: refused
            )
        )
    }

    /// The classes of a column's values, for all tables together.
    private func scale(_ column: GivenColumn) -> ValueScale? {
        var cuts = ScaleCuts(column.kind)
        if let allowed = model.nodes[column.node].type.rule?.allowed { cuts.add(allowed) }
        let path = Array(column.path.dropFirst())
        for node in nodes {
            guard let place = model.table(of: node) else { continue }
            let table = model.tables[place]
            for (number, input) in table.inputs.enumerated() {
                guard let named = input.expression.namedInput, named.path == path,
                    model.nodes[node].requirements[named.input] == column.node
                else { continue }
                if let values = input.values { cuts.add(values) }
                var seen: Set<ObjectIdentifier> = []
                for rule in table.rules
                where seen.insert(ObjectIdentifier(rule.tests[number].program)).inserted {
                    cuts.add(rule.tests[number])
                }
            }
        }
        return ValueScale(cuts)
    }

    /// The inputs of a table that can be compiled, and sources for those that have none and are of
    /// a kind that has classes.
    private mutating func inputs(
        _ place: Int,
        _ compiler: TableCompiler,
        _ find: (Int, [String]) -> Int?
    ) -> [TableCompiler.Input] {
        let table = model.tables[place]
        return table.inputs.indices.compactMap { number in
            if let input = compiler.input(number, find, sources) { return input }
            guard table.rules.contains(where: { !$0.tests[number].isAny }),
                table.inputs[number].values?.program.mayAskForTime != true,
                let classes = classes(of: number, table)
            else { return nil }
            let source = ValueSource(
                origin: .computed(table: tables.count, input: number),
                node: -1 - sources.count,
                path: [],
                classes: classes,
                refused: []
            )
            guard let input = compiler.computed(number, sources.count, source) else { return nil }
            sources.append(source)
            return input
        }
    }

    /// Inputs of a table's rules that look at how two numbers stand to each other, `> limit`:
    /// their order is what has classes.
    private mutating func compared(_ place: Int, _ requirements: [Int]) -> [TableCompiler.Input] {
        let table = model.tables[place]
        var inputs: [TableCompiler.Input] = []
        for (number, input) in table.inputs.enumerated() {
            guard let named = input.expression.namedInput, named.path.isEmpty,
                input.type == .number || input.type == .any,
                let left = numbers(of: requirements[named.input])
            else { continue }
            var found: [Int: Int] = [:]
            for rule in table.rules {
                guard let (comparison, other) = rule.tests[number].comparedInput,
                    let right = numbers(of: requirements[other])
                else { continue }
                if found[right] == nil {
                    found[right] = inputs.count
                    inputs.append(order(left, right, number))
                }
                let cell = ObjectIdentifier(rule.tests[number].program)
                found[right].map { inputs[$0].cells[cell] = comparison.orders }
            }
        }
        return inputs
    }

    /// The column of an input that is a number, and any.
    private func numbers(of node: Int) -> Int? {
        guard model.nodes[node].type.rule == nil else { return nil }
        return columns.firstIndex { column in
            if case .number = column.kind { return column.node == node && column.path.count == 1 }
            return false
        }
    }

    private mutating func order(_ left: Int, _ right: Int, _ input: Int) -> TableCompiler.Input {
        let orders = (-1...1).map { FEELValue.number($0) }
        sources.append(
            ValueSource(
                origin: .order(left, right),
                node: -1 - sources.count,
                path: [],
                classes: .values(orders),
                refused: []
            )
        )
        return TableCompiler.Input(
            place: input,
            source: sources.count - 1,
            invalid: [],
            isCompared: true
        )
    }

    private func classes(of input: Int, _ table: DecisionTable) -> ValueSource.Classes? {
        let kind = GivenColumn.Kind(table.inputs[input].type)
        switch kind {
        case .value: return nil
        case .boolean: return .values([.boolean(false), .boolean(true)])
        case .number, .day, .text:
            var cuts = ScaleCuts(kind, isDecimal: true)
            if let values = table.inputs[input].values { cuts.add(values) }
            for rule in table.rules { cuts.add(rule.tests[input]) }
            return ValueScale(cuts).map { .scale($0) }
        }
    }

    // MARK: - Decisions

    private mutating func compile(_ node: Int) {
        guard let place = model.table(of: node) else {
            remarks.add(model, node, .interpreted)
            return
        }
        let compiler = TableCompiler(table: model.tables[place], evaluation: evaluation)
        let requirements = model.nodes[node].requirements
        let find = { [sources] (input: Int, path: [String]) in
            sources.firstIndex { $0.node == requirements[input] && $0.path == path }
        }
        let known = sources.count
        let inputs = inputs(place, compiler, find) + compared(place, requirements)
        guard let table = compiler.compiled(node, place, inputs, sources)
        else {
            sources.removeLast(sources.count - known)
            remarks.add(model, node, .interpreted)
            return
        }
        tablePlaces[node] = tables.count
        tables.append(table)
        for input in inputs where input.source >= known && !input.isCompared {
            remarks.add(model, node, .input(input.place))
        }
        for (rule, inputs) in table.slowCells.enumerated() {
            for input in inputs {
                remarks.add(model, node, .cell(rule: rule, input: input))
            }
        }
        guard let values = table.values else { return }
        sources.append(
            ValueSource(
                origin: .decision(node),
                node: node,
                path: [],
                classes: .values(values),
                refused: []
            )
        )
    }
}

extension FEELComparison {
    /// The orders that it lets through: less, the same, greater.
    fileprivate var orders: [Range<Int>] {
        switch self {
        case .less: [0..<1]
        case .lessOrEqual: [0..<2]
        case .equal: [1..<2]
        case .greaterOrEqual: [1..<3]
        case .greater: [2..<3]
        case .notEqual: [0..<1, 2..<3]
        }
    }
}
