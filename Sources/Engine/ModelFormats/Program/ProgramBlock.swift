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
            workspace.columns64.removeAll(keepingCapacity: true)
            for argument in arguments {
                workspace.columns64.append(UnsafePointer(workspace.register(argument)))
            }
            plan.rawScores(
                columns: workspace.columns64,
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
        case .softmax32(let arguments):
            runSoftmax32(arguments)
        case .argumentOfMaximum(let arguments):
            store { row in
                Double(placeOfLargest(arguments.count) { value(arguments[$0], row) })
            }
        case .lookup(let table, let otherwise, let argument):
            let values = workspace.register(argument)
            store { lookup(values[$0], in: table, otherwise: otherwise) }
        case .rules(let tree, let arguments):
            run(tree, arguments: arguments)
        case .median(let arguments):
            store { row in median(arguments, row) }
        case .ranking(let arguments):
            for row in 0..<rowCount { rank(arguments, row) }
        }
    }

    /// What a register holds of a row.
    @inline(__always)
    private func value(_ register: Int, _ row: Int) -> Double { workspace.register(register)[row] }

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
        let results = UnsafeMutableBufferPointer(start: workspace.scores, count: tree.resultCount)
        for row in 0..<rowCount {
            tree.evaluate(into: results) { value(arguments[$0], row) }
            for result in 0..<tree.resultCount {
                workspace.register(firstResult + result)[row] = arithmetic.rounded(results[result])
            }
        }
    }
}

// Steps that look at several registers of a row at once.

extension ProgramBlock {
    private func runSoftmax(_ arguments: [Int]) {
        let (largest, sums) = (workspace.largest, workspace.sums)
        findLargest(arguments)
        sums.update(repeating: 0, count: rowCount)
        for (place, argument) in arguments.enumerated() {
            let (values, powers) = (workspace.register(argument), target(place))
            store(at: place) {
                UnaryOperation.exp.apply(arithmetic.rounded(values[$0] - largest[$0]))
            }
            for row in 0..<rowCount { sums[row] = arithmetic.rounded(sums[row] + powers[row]) }
        }
        for place in arguments.indices {
            let powers = target(place)
            store(at: place) { powers[$0] / sums[$0] }
        }
    }

    private func runSoftmax32(_ arguments: [Int]) {
        let (largest, sums) = (workspace.largest, workspace.sums)
        findLargest(arguments)
        sums.update(repeating: 0, count: rowCount)
        for (place, argument) in arguments.enumerated() {
            let (values, powers) = (workspace.register(argument), target(place))
            store(at: place) { UnaryOperation.exp32.apply(values[$0] - largest[$0]) }
            for row in 0..<rowCount { sums[row] += powers[row] }
        }
        for place in arguments.indices {
            let powers = target(place)
            store(at: place) { Double(Float(powers[$0]) / Float(sums[$0])) }
        }
    }

    /// The largest of the arguments for each row; one that is NaN counts only as the first.
    private func findLargest(_ arguments: [Int]) {
        let largest = workspace.largest
        for (place, argument) in arguments.enumerated() {
            let values = workspace.register(argument)
            for row in 0..<rowCount where place == 0 || largest[row] < values[row] {
                largest[row] = values[row]
            }
        }
    }

    private func median(_ arguments: [Int], _ row: Int) -> Double {
        let places = workspace.places(arguments.count)
        guard !places.isEmpty else { return .nan }
        for place in places.indices {
            guard !value(arguments[place], row).isNaN else { return .nan }
            places[place] = Int32(truncatingIfNeeded: place)
        }
        heapSort(places) { left, right in
            let (a, b) = (value(arguments[Int(left)], row), value(arguments[Int(right)], row))
            return a < b || (a == b && left < right)
        }
        let middle = places.count / 2
        let upper = value(arguments[Int(places[middle])], row)
        guard places.count % 2 == 0 else { return upper }
        return (value(arguments[Int(places[middle - 1])], row) + upper) / 2
    }

    private func rank(_ arguments: [Int], _ row: Int) {
        var places = workspace.places(arguments.count)
        var present = 0
        for place in places.indices where !value(arguments[place], row).isNaN {
            places[present] = Int32(truncatingIfNeeded: place)
            present += 1
        }
        places = UnsafeMutableBufferPointer(rebasing: places[..<present])
        heapSort(places) { left, right in
            let (a, b) = (value(arguments[Int(left)], row), value(arguments[Int(right)], row))
            return a > b || (a == b && left < right)
        }
        for rank in arguments.indices {
            target(rank)[row] = rank < present ? arithmetic.rounded(Double(places[rank])) : .nan
        }
    }

    private func target(_ result: Int) -> UnsafeMutablePointer<Double> {
        workspace.register(firstResult + result)
    }
}

/// Sorts in place, without memory of its own.
private func heapSort(
    _ places: UnsafeMutableBufferPointer<Int32>,
    _ isBefore: (Int32, Int32) -> Bool
) {
    func sink(from start: Int, count: Int) {
        var parent = start
        while true {
            var last = parent
            for child in 2 * parent + 1..<2 * parent + 3
            where child < count && isBefore(places[last], places[child]) {
                last = child
            }
            if last == parent { return }
            places.swapAt(parent, last)
            parent = last
        }
    }
    for start in (0..<places.count / 2).reversed() { sink(from: start, count: places.count) }
    for count in (1..<max(places.count, 1)).reversed() {
        places.swapAt(0, count)
        sink(from: 0, count: count)
    }
}
