// SPDX-License-Identifier: Apache-2.0

// One step of a program over one block of rows.

import Forest

/// Runs steps over some rows of a workspace.
struct ProgramBlock {
    let workspace: ProgramWorkspace
    let arithmetic: ModelProgram.Arithmetic
    let rowCount: Int
    /// Register of the step's first result.
    let firstResult: Int

    /// Runs a step of trees.
    func run(_ plan: ForestPlan, arguments: [Int]) {
        switch arithmetic {
        case .float32:
            for (place, argument) in arguments.enumerated() {
                let values = workspace.register(argument)
                let column = workspace.columns32 + place * workspace.blockRowsMax
                for row in 0..<rowCount { column[row] = Float(values[row]) }
            }
            plan.rawScores(
                columns: workspace.columns32,
                columnStride: workspace.blockRowsMax,
                rowCount: rowCount,
                output: workspace.scores
            )
        case .float64:
            plan.rawScores(
                columns: arguments.map { UnsafePointer(workspace.register($0)) },
                rowCount: rowCount,
                output: workspace.scores
            )
        }
        for output in 0..<plan.outputCount {
            let scores = workspace.scores + output
            store(at: output) { scores[$0 * plan.outputCount] }
        }
    }

    /// Runs any other step.
    func run(_ step: ModelStep) {
        switch step {
        case .constant(let value):
            store { _ in value }
        case .unary(let operation, let argument):
            let values = workspace.register(argument)
            store { operation.apply(values[$0]) }
        case .binary(let operation, let left, let right):
            let (left, right) = (workspace.register(left), workspace.register(right))
            store { operation.apply(left[$0], right[$0]) }
        case .select(let condition, let then, let otherwise):
            let conditions = workspace.register(condition)
            let (then, otherwise) = (workspace.register(then), workspace.register(otherwise))
            store { isTrue(conditions[$0]) ? then[$0] : otherwise[$0] }
        case .trees:
            preconditionFailure("trees are run by their plan")
        case .linear(let model, let arguments):
            run(model, arguments: arguments)
        case .softmax(let arguments):
            runSoftmax(arguments)
        case .argumentOfMaximum(let arguments):
            let columns = arguments.map(workspace.register)
            store { row in Double(placeOfLargest(columns.count) { columns[$0][row] }) }
        case .lookup(let table, let otherwise, let argument):
            let values = workspace.register(argument)
            store { lookup(values[$0], in: table, otherwise: otherwise) }
        case .rules(let tree, let arguments):
            run(tree, arguments: arguments)
        case .median(let arguments):
            let columns = arguments.map(workspace.register)
            store { row in median(columns.map { $0[row] }) }
        case .ranking(let arguments):
            let columns = arguments.map(workspace.register)
            storeAll(count: columns.count) { row in ranking(columns.map { $0[row] }) }
        }
    }

    /// Fills a result register.
    @inline(__always)
    private func store(at result: Int = 0, _ value: (Int) -> Double) {
        let target = workspace.register(firstResult + result)
        switch arithmetic {
        case .float64: for row in 0..<rowCount { target[row] = value(row) }
        case .float32: for row in 0..<rowCount { target[row] = Double(Float(value(row))) }
        }
    }

    private func run(_ model: LinearModel, arguments: [Int]) {
        for (output, (weights, intercept)) in zip(model.weights, model.intercepts).enumerated() {
            let sums = workspace.register(firstResult + output)
            store(at: output) { _ in intercept }
            for (argument, weight) in zip(arguments, weights) {
                let weight = arithmetic.rounded(weight)
                let values = workspace.register(argument)
                let skipsMissing = model.skipsMissing
                store(at: output) { row in
                    if skipsMissing && values[row].isNaN { return sums[row] }
                    return sums[row] + arithmetic.rounded(weight * values[row])
                }
            }
        }
    }

    private func run(_ tree: RuleTree, arguments: [Int]) {
        let columns = arguments.map(workspace.register)
        let targets = (0..<tree.resultCount).map { workspace.register(firstResult + $0) }
        let results = UnsafeMutableBufferPointer(start: workspace.scores, count: tree.resultCount)
        for row in 0..<rowCount {
            tree.evaluate(into: results) { columns[$0][row] }
            for (target, result) in zip(targets, results) {
                target[row] = arithmetic.rounded(result)
            }
        }
    }

    private func runSoftmax(_ arguments: [Int]) {
        let columns = arguments.map(workspace.register)
        storeAll(count: columns.count) { row in
            softmax(columns.map { $0[row] }, rounded: arithmetic.rounded)
        }
    }

    /// Fills several result registers, row by row.
    private func storeAll(count: Int, _ values: (Int) -> [Double]) {
        let targets = (0..<count).map { workspace.register(firstResult + $0) }
        for row in 0..<rowCount {
            for (target, value) in zip(targets, values(row)) {
                target[row] = arithmetic.rounded(value)
            }
        }
    }
}
