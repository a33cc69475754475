// SPDX-License-Identifier: Apache-2.0

// Steps over any number of registers. None of them takes memory for a row.

internal import Forest

extension BlockEvaluator {
    /// Runs a wide step.
    func run(_ wide: WideStep, into target: Int, _ workspace: FormulaWorkspace) {
        switch wide.step {
        case .trees(_, let arguments):
            guard let trees = wide.trees else { return }
            run(trees, arguments, into: target, workspace)
        case .linear(let model, let arguments): run(model, arguments, into: target)
        case .softmax(let arguments): softmax(arguments, into: target, workspace)
        case .softmax32(let arguments): softmax32(arguments, into: target, workspace)
        case .argumentOfMaximum(let arguments):
            let places = self[target]
            for row in 0..<rowCount {
                places[row] = Double(
                    placeOfLargest(arguments.count) { self[arguments[$0]][row] }
                )
            }
        case .lookup(let table, let otherwise, let argument):
            let values = self[argument]
            fill(target) { lookup(values[$0], in: table, otherwise: otherwise) }
        case .rules(let tree, let arguments): run(tree, arguments, into: target, workspace)
        case .median(let arguments):
            fill(target) { median(arguments, row: $0, workspace) }
        case .ranking(let arguments):
            for row in 0..<rowCount { rank(arguments, row: row, into: target, workspace) }
        case .constant, .unary, .binary, .select, .choose, .fold:
            preconditionFailure("not a wide step")
        }
    }

    /// Fills a register with rounded values.
    @inline(__always)
    private func fill(_ target: Int, _ value: (Int) -> Double) {
        let target = self[target]
        for row in 0..<rowCount { target[row] = Arithmetic.rounded(value(row)) }
    }

    private func run(
        _ plan: ForestPlan,
        _ arguments: [Int],
        into target: Int,
        _ workspace: FormulaWorkspace
    ) {
        let scores = workspace.scores(plan.outputCount)
        if Arithmetic.self == Float32Rounding.self {
            let columns = workspace.columns32(arguments.count)
            for (place, argument) in arguments.enumerated() {
                let values = self[argument]
                let column = columns + place * stride
                for row in 0..<rowCount { column[row] = Float(values[row]) }
            }
            plan.rawScores(
                columns: columns,
                columnStride: stride,
                rowCount: rowCount,
                output: scores
            )
        } else {
            workspace.columns64.removeAll(keepingCapacity: true)
            for argument in arguments { workspace.columns64.append(UnsafePointer(self[argument])) }
            plan.rawScores(columns: workspace.columns64, rowCount: rowCount, output: scores)
        }
        for output in 0..<plan.outputCount {
            let column = scores + output
            fill(target + output) { column[$0 * plan.outputCount] }
        }
    }

    private func run(_ model: LinearModel, _ arguments: [Int], into target: Int) {
        for (output, (weights, intercept)) in zip(model.weights, model.intercepts).enumerated() {
            let sums = self[target + output]
            sums.update(repeating: Arithmetic.rounded(intercept), count: rowCount)
            for (argument, weight) in zip(arguments, weights) {
                let weight = Arithmetic.rounded(weight)
                let values = self[argument]
                let skipsMissing = model.skipsMissing
                fill(target + output) { row in
                    if skipsMissing && values[row].isNaN { return sums[row] }
                    return sums[row] + Arithmetic.rounded(weight * values[row])
                }
            }
        }
    }

    private func run(
        _ tree: RuleTree,
        _ arguments: [Int],
        into target: Int,
        _ workspace: FormulaWorkspace
    ) {
        let results = UnsafeMutableBufferPointer(
            start: workspace.scores(tree.resultCount),
            count: tree.resultCount
        )
        for row in 0..<rowCount {
            tree.evaluate(into: results) { self[arguments[$0]][row] }
            for result in results.indices {
                self[target + result][row] = Arithmetic.rounded(results[result])
            }
        }
    }
}

// MARK: Shares, medians, ranks

extension BlockEvaluator {
    private func softmax(_ arguments: [Int], into target: Int, _ workspace: FormulaWorkspace) {
        let (largest, sums) = workspace.largestAndSums
        findLargest(arguments, largest)
        sums.update(repeating: 0, count: rowCount)
        for (place, argument) in arguments.enumerated() {
            let (values, powers) = (self[argument], self[target + place])
            fill(target + place) {
                UnaryOperation.exp.apply(Arithmetic.rounded(values[$0] - largest[$0]))
            }
            for row in 0..<rowCount { sums[row] = Arithmetic.rounded(sums[row] + powers[row]) }
        }
        for place in arguments.indices {
            let powers = self[target + place]
            fill(target + place) { powers[$0] / sums[$0] }
        }
    }

    private func softmax32(_ arguments: [Int], into target: Int, _ workspace: FormulaWorkspace) {
        let (largest, sums) = workspace.largestAndSums
        findLargest(arguments, largest)
        sums.update(repeating: 0, count: rowCount)
        for (place, argument) in arguments.enumerated() {
            let (values, powers) = (self[argument], self[target + place])
            fill(target + place) { UnaryOperation.exp32.apply(values[$0] - largest[$0]) }
            for row in 0..<rowCount { sums[row] += powers[row] }
        }
        for place in arguments.indices {
            let powers = self[target + place]
            fill(target + place) { Double(Float(powers[$0]) / Float(sums[$0])) }
        }
    }

    /// The largest of the arguments for each row; one that is NaN counts only as the first.
    private func findLargest(_ arguments: [Int], _ largest: UnsafeMutablePointer<Double>) {
        for (place, argument) in arguments.enumerated() {
            let values = self[argument]
            for row in 0..<rowCount where place == 0 || largest[row] < values[row] {
                largest[row] = values[row]
            }
        }
    }

    private func median(_ arguments: [Int], row: Int, _ workspace: FormulaWorkspace) -> Double {
        let places = workspace.places(arguments.count)
        guard !places.isEmpty else { return .nan }
        for place in places.indices {
            guard !self[arguments[place]][row].isNaN else { return .nan }
            places[place] = Int32(truncatingIfNeeded: place)
        }
        heapSort(places) { left, right in
            let (a, b) = (self[arguments[Int(left)]][row], self[arguments[Int(right)]][row])
            return a < b || (a == b && left < right)
        }
        let middle = places.count / 2
        let upper = self[arguments[Int(places[middle])]][row]
        guard places.count % 2 == 0 else { return upper }
        return (self[arguments[Int(places[middle - 1])]][row] + upper) / 2
    }

    private func rank(
        _ arguments: [Int],
        row: Int,
        into target: Int,
        _ workspace: FormulaWorkspace
    ) {
        let all = workspace.places(arguments.count)
        var present = 0
        for place in all.indices where !self[arguments[place]][row].isNaN {
            all[present] = Int32(truncatingIfNeeded: place)
            present += 1
        }
        heapSort(UnsafeMutableBufferPointer(rebasing: all[..<present])) { left, right in
            let (a, b) = (self[arguments[Int(left)]][row], self[arguments[Int(right)]][row])
            return a > b || (a == b && left < right)
        }
        for rank in arguments.indices {
            self[target + rank][row] =
                rank < present ? Arithmetic.rounded(Double(all[rank])) : .nan
        }
    }
}

/// Sorts in place, without memory of its own.
private func heapSort(
    _ places: UnsafeMutableBufferPointer<Int32>,
    _ isBefore: (Int32, Int32) -> Bool
) {
    var start = places.count / 2
    while start > 0 {
        start -= 1
        sink(places, from: start, count: places.count, isBefore)
    }
    var count = places.count
    while count > 1 {
        count -= 1
        places.swapAt(0, count)
        sink(places, from: 0, count: count, isBefore)
    }
}

/// Moves a place down the heap to where it belongs.
private func sink(
    _ places: UnsafeMutableBufferPointer<Int32>,
    from start: Int,
    count: Int,
    _ isBefore: (Int32, Int32) -> Bool
) {
    var parent = start
    while true {
        var last = parent
        var child = 2 * parent + 1
        while child < min(2 * parent + 3, count) {
            if isBefore(places[last], places[child]) { last = child }
            child += 1
        }
        if last == parent { return }
        places.swapAt(parent, last)
        parent = last
    }
}
