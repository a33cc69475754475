// SPDX-License-Identifier: Apache-2.0

// The fast evaluator of formulas against the naive one.

import CAllocationCount
import Formulas
import TestRandomness
import Testing
import VigieLimits

@Suite("Formula plans")
struct FormulaPlanTests {
    private func rows(_ arithmetic: Arithmetic) -> [[Double]] {
        let values =
            arithmetic == .finite ? nastyValues.filter { !$0.isInfinite } : nastyValues
        return values.flatMap { a in values.map { [a, $0] } }
    }

    /// Fills the inputs of a workspace and runs a plan.
    private func run(_ plan: FormulaPlan, _ workspace: FormulaWorkspace, _ rows: [[Double]]) {
        for (row, values) in rows.enumerated() {
            for (input, value) in values.enumerated() { workspace.register(input)[row] = value }
        }
        plan.run(workspace, rowCount: rows.count)
    }

    @Test(
        "every register has the same bits",
        arguments: [Arithmetic.float64, .float32, .finite]
    )
    func everyRegister(arithmetic: Arithmetic) throws {
        let formula = try everyStep(arithmetic)
        let plan = FormulaPlan(formula)
        let workspace = FormulaWorkspace(plan)
        let rows = rows(arithmetic)
        run(plan, workspace, rows)
        for (row, values) in rows.enumerated() {
            let expected = ReferenceFormula(formula).registers(row: values)
            for register in expected.indices {
                let found = workspace.register(register)[row]
                #expect(
                    areSame(found, expected[register]),
                    "register \(register) of \(values): \(found), not \(expected[register])"
                )
            }
        }
    }

    /// All steps that need registers only.
    private func plainSteps(_ arithmetic: Arithmetic) -> Formula {
        var formula = Formula(arithmetic: arithmetic, inputCount: 2)
        for operation in UnaryOperation.allCases { _ = formula.append(.unary(operation, 1)) }
        for operation in BinaryOperation.allCases { _ = formula.append(.binary(operation, 0, 1)) }
        for operation in FoldOperation.allCases { _ = formula.append(.fold(operation, 0, 1, 1)) }
        let constant = formula.append(.constant(0.1))
        _ = formula.append(.select(condition: 0, then: 1, otherwise: constant))
        _ = formula.append(.choose(condition: 1, then: constant, otherwise: 0))
        return formula
    }

    /// What is kept is not written over by what comes later, in a block and in one row.
    @Test(
        "a row alone has the bits of a block",
        arguments: [Arithmetic.float64, .float32, .finite]
    )
    func oneRow(arithmetic: Arithmetic) {
        let formula = plainSteps(arithmetic)
        let wanted = Array(stride(from: 0, to: formula.registerCount, by: 3)).reversed() + [5, 5]
        let plan = FormulaPlan(formula, keeping: Array(wanted), blockRows: 4)
        #expect(plan.registerCount < formula.registerCount)
        for values in rows(arithmetic) {
            let expected = ReferenceFormula(formula).registers(row: values)
            var row = [Double](repeating: 7, count: plan.registerCount)
            row.replaceSubrange(0..<2, with: values)
            plan.runRow(&row)
            var block = [Double](repeating: 7, count: plan.registerCount * 4)
            for (input, value) in values.enumerated() { block[input * 4 + 2] = value }
            plan.run(registers: &block, rowCount: 3)
            for (register, place) in zip(wanted, plan.outputPlaces) {
                #expect(areSame(row[place], expected[register]), "\(register) of \(values)")
                #expect(areSame(block[place * 4 + 2], expected[register]), "\(register)")
            }
        }
    }

    @Test("a block takes no memory for each of its rows")
    func allocations() throws {
        for arithmetic in [Arithmetic.float64, .float32, .finite] {
            let plan = FormulaPlan(try everyStep(arithmetic))
            let workspace = FormulaWorkspace(plan)
            let block = Array(rows(arithmetic).prefix(200))
            run(plan, workspace, block)
            func allocations(_ rowCount: Int) -> UInt {
                let before = vigie_allocation_count()
                plan.run(workspace, rowCount: rowCount)
                return vigie_allocation_count() - before
            }
            #expect(vigie_allocation_count() > 0)
            // Trees take a few pieces for a block; a step that took one for a row would take 199.
            #expect(allocations(200) < allocations(1) + 100)
        }
    }

    @Test("a workspace fits one plan after the other")
    func sharedWorkspace() throws {
        let small = FormulaPlan(Formula(arithmetic: .float64, inputCount: 1))
        let large = FormulaPlan(try everyStep(.float64))
        let workspace = FormulaWorkspace(small)
        for plan in [large, small, large] {
            workspace.prepare(for: plan)
            run(plan, workspace, [[Double](repeating: 0.5, count: plan.formula.inputCount)])
        }
        let expected = ReferenceFormula(large.formula).registers(row: [0.5, 0.5])
        #expect(expected.indices.allSatisfy { areSame(workspace.register($0)[0], expected[$0]) })
    }

    @Test("a formula of very many registers gets blocks of few rows")
    func manyRegisters() {
        var formula = Formula(arithmetic: .float64, inputCount: 1)
        for _ in 0..<FormulaLimits.blockNumbers / 100 {
            _ = formula.append(.unary(.negate, formula.registerCount - 1))
        }
        #expect(FormulaPlan(formula).blockRowsMax == 99)
    }
}

@Suite("Formula plans that store columns")
struct StoringPlanTests {
    /// A formula of steps drawn over what is there already.
    private func random(
        _ generator: inout SeededGenerator,
        inputCount: Int,
        stepCount: Int
    ) -> Formula {
        var formula = Formula(arithmetic: .finite, inputCount: inputCount)
        for _ in 0..<stepCount {
            func draw() -> Int { Int.random(in: 0..<formula.registerCount, using: &generator) }
            let step: FormulaStep
            switch Int.random(in: 0..<12, using: &generator) {
            case 0: step = .constant(Double.random(in: -2...2, using: &generator))
            case 1: step = .unary(.ln, draw())
            case 2: step = .unary(.magnitude, draw())
            case 3: step = .fold(.deviation, draw(), draw(), draw())
            case 4: step = .choose(condition: draw(), then: draw(), otherwise: draw())
            case 5: step = .softmax([draw(), draw(), draw()])
            case 6: step = .ranking([draw(), draw()])
            default:
                let operations: [BinaryOperation] = [
                    .add, .subtract, .multiply, .divide, .minimum, .knownLess,
                ]
                step = .binary(
                    operations.randomElement(using: &generator) ?? .add,
                    draw(),
                    draw()
                )
            }
            _ = formula.append(step)
        }
        return formula
    }

    @Test("columns are those of the naive evaluator, whatever registers are used again")
    func columns() {
        var generator = SeededGenerator(seed: 5)
        let values = nastyValues.filter { !$0.isInfinite }
        for _ in 0..<60 {
            let formula = random(&generator, inputCount: 3, stepCount: 40)
            let outputs = (0..<6).map { _ in
                Int.random(in: 0..<formula.registerCount, using: &generator)
            }
            let plan = FormulaPlan(formula, storing: outputs, blockRows: 32)
            let workspace = FormulaWorkspace(plan)
            let rows = (0..<32).map { _ in
                (0..<3).map { _ in values.randomElement(using: &generator) ?? 0 }
            }
            for (row, inputs) in rows.enumerated() {
                for input in 0..<3 { workspace.register(input)[row] = inputs[input] }
            }
            var stored = [Float](repeating: -1, count: rows.count * outputs.count)
            plan.run(workspace, rowCount: rows.count, rows: &stored)
            for (row, inputs) in rows.enumerated() {
                let registers = ReferenceFormula(formula).registers(row: inputs)
                for (column, output) in outputs.enumerated() {
                    let exact = Float(registers[output])
                    let expected = exact.isFinite ? exact : .nan
                    let found = stored[row * outputs.count + column]
                    #expect(areSame(Double(found), Double(expected)))
                }
            }
        }
    }

    @Test("registers are used again, and what no column needs is left out")
    func reuse() {
        var formula = Formula(arithmetic: .finite, inputCount: 1)
        for _ in 0..<100 { _ = formula.append(.unary(.negate, formula.registerCount - 1)) }
        let plan = FormulaPlan(formula, storing: [50], blockRows: 8)
        // A register is written while another is read.
        #expect(plan.registerCount == 3)
        #expect(plan.instructionCount == 51)
    }
}
