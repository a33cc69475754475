// SPDX-License-Identifier: Apache-2.0

// Where the results of steps are kept while a block of rows is computed.

/// The instructions of a formula, and how many registers they take.
struct RegisterAllocation {
    private(set) var instructions: [Instruction] = []
    private(set) var wideSteps: [WideStep] = []
    private(set) var registerCount: Int
    /// Where the results that were asked for are kept.
    private(set) var outputPlaces: [Int] = []

    /// Keeps every result, each in the register of its number.
    init(keepingAllOf formula: Formula) {
        registerCount = formula.inputCount
        for step in formula.steps {
            append(step, target: registerCount)
            registerCount += step.resultCount
        }
    }

    /// Stores some results as they come, or keeps them in their registers, leaves out what none of
    /// them needs, and takes registers again once their last reader has run.
    init(storing outputs: [Int], of formula: Formula, keepsOutputs: Bool = false) {
        registerCount = formula.inputCount
        var lastReaders = Self.lastReaders(formula, outputs: outputs)
        if keepsOutputs { for output in outputs { lastReaders[output] = .max } }
        let columns =
            keepsOutputs ? [:] : Dictionary(grouping: outputs.indices) { outputs[$0] }
        var places = Array(0..<formula.registerCount)
        var free: [Int] = []
        for input in 0..<formula.inputCount { appendStores(input, columns[input] ?? []) }
        var first = formula.inputCount
        for (number, step) in formula.steps.enumerated() {
            let results = first..<first + step.resultCount
            first = results.upperBound
            guard results.contains(where: { lastReaders[$0] >= 0 }) else { continue }
            // Taken before those of the arguments are free: a loop whose target is one of its
            // sources cannot be vectorised.
            let target = take(results.count, &free)
            for (offset, result) in results.enumerated() { places[result] = target + offset }
            append(step.mapArguments { places[$0] }, target: target)
            for result in results { appendStores(places[result], columns[result] ?? []) }
            // A result that is only stored, or not needed, has its last reader in its own step.
            for done in Set(step.arguments).union(results)
            where lastReaders[done] <= number && done >= formula.inputCount {
                free.append(places[done])
            }
        }
        outputPlaces = outputs.map { places[$0] }
    }

    private mutating func take(_ count: Int, _ free: inout [Int]) -> Int {
        if count == 1, let register = free.popLast() { return register }
        defer { registerCount += count }
        return registerCount
    }

    private mutating func append(_ step: FormulaStep, target: Int) {
        let operation: Instruction.Operation
        if let plain = step.operation {
            operation = plain
        } else {
            operation = .wide(Int32(wideSteps.count))
            wideSteps.append(WideStep(step))
        }
        instructions.append(Instruction(operation: operation, target: Int32(target)))
    }

    private mutating func appendStores(_ register: Int, _ columns: [Int]) {
        for column in columns {
            let operation = Instruction.Operation.store(Int32(register), column: Int32(column))
            instructions.append(Instruction(operation: operation, target: Int32(register)))
        }
    }

    /// For each register the last step that reads it, its own if it is only stored, -1 if no
    /// output needs it.
    private static func lastReaders(_ formula: Formula, outputs: [Int]) -> [Int] {
        var lastReaders = [Int](repeating: -1, count: formula.registerCount)
        var owners = [Int](repeating: 0, count: formula.inputCount)
        for (number, step) in formula.steps.enumerated() {
            owners += repeatElement(number, count: step.resultCount)
        }
        for output in outputs { lastReaders[output] = owners[output] }
        var first = formula.registerCount
        for (number, step) in formula.steps.enumerated().reversed() {
            first -= step.resultCount
            guard lastReaders[first..<first + step.resultCount].contains(where: { $0 >= 0 }) else {
                continue
            }
            for argument in step.arguments {
                lastReaders[argument] = max(lastReaders[argument], number)
            }
        }
        return lastReaders
    }
}
