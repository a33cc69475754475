// SPDX-License-Identifier: Apache-2.0

// One row alone: a block of one row would spend most of its time on the way from loop to loop.

extension FormulaPlan {
    /// Runs a plan without wide steps for one row, whose registers lie one after the other, the
    /// inputs filled in. The results are those of a block, bit for bit.
    package func runRow(_ registers: UnsafeMutablePointer<Double>) {
        switch formula.arithmetic {
        case .float64: runRow(registers, Float64Rounding.self)
        case .finite: runRow(registers, FiniteRounding.self)
        case .float32:
            for input in 0..<formula.inputCount {
                registers[input] = Float32Rounding.rounded(registers[input])
            }
            runRow(registers, Float32Rounding.self)
        }
    }

    @inline(__always)
    private func runRow<Arithmetic: Rounding>(
        _ registers: UnsafeMutablePointer<Double>,
        _: Arithmetic.Type
    ) {
        for instruction in instructions {
            let result: Double
            switch instruction.operation {
            case .constant(let value): result = value
            // The four that most steps are, without a second choice among all.
            case .binary(.add, let a, let b): result = registers[Int(a)] + registers[Int(b)]
            case .binary(.subtract, let a, let b): result = registers[Int(a)] - registers[Int(b)]
            case .binary(.multiply, let a, let b): result = registers[Int(a)] * registers[Int(b)]
            case .binary(.divide, let a, let b): result = registers[Int(a)] / registers[Int(b)]
            case .binary(let operation, let a, let b):
                result = operation.apply(registers[Int(a)], registers[Int(b)])
            case .unary(let operation, let a): result = operation.apply(registers[Int(a)])
            case .select(let condition, let then, let otherwise):
                let isThen = isTrue(registers[Int(condition)])
                result = registers[Int(isThen ? then : otherwise)]
            case .choose(let condition, let then, let otherwise):
                let truth = registers[Int(condition)]
                result = truth.isNaN ? .nan : registers[Int(truth != 0 ? then : otherwise)]
            case .fold(let operation, let a, let b, let c):
                result = operation.apply(registers[Int(a)], registers[Int(b)], registers[Int(c)])
            case .wide: preconditionFailure("a wide step needs a workspace")
            case .store: continue
            }
            registers[Int(instruction.target)] = Arithmetic.rounded(result)
        }
    }
}
