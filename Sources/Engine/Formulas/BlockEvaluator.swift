// SPDX-License-Identifier: Apache-2.0

// Instructions over a block of rows: each is a plain loop over all rows, compiled for its operation
// and its arithmetic, that the compiler turns into vector instructions.

/// The registers of a block, and how results are rounded.
struct BlockEvaluator<Arithmetic: Rounding> {
    let registers: UnsafeMutablePointer<Double>
    /// Values from one register to the next.
    let stride: Int
    let rowCount: Int

    /// A register: one value for each row.
    @inline(__always)
    subscript(register: Int32) -> UnsafeMutablePointer<Double> {
        registers + Int(register) * stride
    }

    /// A register: one value for each row.
    @inline(__always)
    subscript(register: Int) -> UnsafeMutablePointer<Double> { registers + register * stride }

    /// Rounds the inputs, which are the first registers.
    func roundInputs(_ count: Int) {
        for input in 0..<count {
            let values = self[input]
            for row in 0..<rowCount { values[row] = Arithmetic.rounded(values[row]) }
        }
    }

    func run(_ operation: UnaryOperation, _ a: Int32, into target: Int32) {
        let column = Columns(self, target, a, a, a)
        switch operation {
        // What is exact in every arithmetic is not rounded.
        case .negate: column.exact { x, _, _ in UnaryOperation.negate.apply(x) }
        case .magnitude: column.exact { x, _, _ in UnaryOperation.magnitude.apply(x) }
        case .sign: column.exact { x, _, _ in UnaryOperation.sign.apply(x) }
        // Infinite beyond the range of float32, which a finite arithmetic has to see.
        case .float32: column.rounded { x, _, _ in UnaryOperation.float32.apply(x) }
        case .floor: column.exact { x, _, _ in UnaryOperation.floor.apply(x) }
        case .ceiling: column.exact { x, _, _ in UnaryOperation.ceiling.apply(x) }
        case .round: column.exact { x, _, _ in UnaryOperation.round.apply(x) }
        case .truncate: column.exact { x, _, _ in UnaryOperation.truncate.apply(x) }
        case .isMissing: column.exact { x, _, _ in UnaryOperation.isMissing.apply(x) }
        case .not: column.exact { x, _, _ in UnaryOperation.not.apply(x) }
        // Each of these costs many times more than the choice between them.
        default: column.rounded { x, _, _ in operation.apply(x) }
        }
    }

    func run(_ operation: BinaryOperation, _ a: Int32, _ b: Int32, into target: Int32) {
        let column = Columns(self, target, a, b, b)
        switch operation {
        case .add: column.rounded { x, y, _ in x + y }
        case .subtract: column.rounded { x, y, _ in x - y }
        case .multiply: column.rounded { x, y, _ in x * y }
        case .divide: column.rounded { x, y, _ in x / y }
        case .power: column.rounded { x, y, _ in BinaryOperation.power.apply(x, y) }
        case .minimum: column.exact { x, y, _ in BinaryOperation.minimum.apply(x, y) }
        case .maximum: column.exact { x, y, _ in BinaryOperation.maximum.apply(x, y) }
        case .less: column.exact { x, y, _ in BinaryOperation.less.apply(x, y) }
        case .lessOrEqual: column.exact { x, y, _ in BinaryOperation.lessOrEqual.apply(x, y) }
        case .equal: column.exact { x, y, _ in BinaryOperation.equal.apply(x, y) }
        case .knownLess: column.exact { x, y, _ in BinaryOperation.knownLess.apply(x, y) }
        case .knownLessOrEqual:
            column.exact { x, y, _ in BinaryOperation.knownLessOrEqual.apply(x, y) }
        case .knownEqual: column.exact { x, y, _ in BinaryOperation.knownEqual.apply(x, y) }
        case .knownNotEqual:
            column.exact { x, y, _ in BinaryOperation.knownNotEqual.apply(x, y) }
        case .and: column.exact { x, y, _ in BinaryOperation.and.apply(x, y) }
        case .or: column.exact { x, y, _ in BinaryOperation.or.apply(x, y) }
        }
    }

    func run(_ operation: FoldOperation, _ a: Int32, _ b: Int32, _ c: Int32, into target: Int32) {
        let column = Columns(self, target, a, b, c)
        switch operation {
        case .sum: column.rounded { FoldOperation.sum.apply($0, $1, $2) }
        case .mean: column.rounded { FoldOperation.mean.apply($0, $1, $2) }
        case .minimum: column.exact { FoldOperation.minimum.apply($0, $1, $2) }
        case .maximum: column.exact { FoldOperation.maximum.apply($0, $1, $2) }
        case .deviation: column.rounded { FoldOperation.deviation.apply($0, $1, $2) }
        }
    }

    /// Runs any instruction but those that need more than registers.
    func run(_ operation: Instruction.Operation, into target: Int32) {
        switch operation {
        case .constant(let value):
            self[target].update(repeating: Arithmetic.rounded(value), count: rowCount)
        case .unary(let operation, let a): run(operation, a, into: target)
        case .binary(let operation, let a, let b): run(operation, a, b, into: target)
        case .select(let condition, let then, let otherwise):
            Columns(self, target, condition, then, otherwise).exact { isTrue($0) ? $1 : $2 }
        case .choose(let condition, let then, let otherwise):
            Columns(self, target, condition, then, otherwise).exact {
                $0.isNaN ? .nan : $0 != 0 ? $1 : $2
            }
        case .fold(let operation, let a, let b, let c): run(operation, a, b, c, into: target)
        case .wide, .store: preconditionFailure("run by the plan")
        }
    }

    /// Stores a register as a column of rows of float32.
    func store(
        _ register: Int32,
        as column: Int32,
        of columnCount: Int,
        in rows: UnsafeMutablePointer<Float>
    ) {
        let values = self[register]
        let target = rows + Int(column)
        for row in 0..<rowCount { target[row * columnCount] = Arithmetic.narrowed(values[row]) }
    }
}

/// A register to write and three to read.
private struct Columns<Arithmetic: Rounding> {
    let target: UnsafeMutablePointer<Double>
    let a: UnsafePointer<Double>
    let b: UnsafePointer<Double>
    let c: UnsafePointer<Double>
    let rowCount: Int

    @inline(__always)
    init(
        _ block: BlockEvaluator<Arithmetic>,
        _ target: Int32,
        _ a: Int32,
        _ b: Int32,
        _ c: Int32
    ) {
        self.target = block[target]
        self.a = UnsafePointer(block[a])
        self.b = UnsafePointer(block[b])
        self.c = UnsafePointer(block[c])
        rowCount = block.rowCount
    }

    @inline(__always)
    func exact(_ body: (Double, Double, Double) -> Double) {
        for row in 0..<rowCount { target[row] = body(a[row], b[row], c[row]) }
    }

    @inline(__always)
    func rounded(_ body: (Double, Double, Double) -> Double) {
        for row in 0..<rowCount { target[row] = Arithmetic.rounded(body(a[row], b[row], c[row])) }
    }
}
