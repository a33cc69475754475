// SPDX-License-Identifier: Apache-2.0

// Runs a program over a chunk of rows, one operation at a time over all rows, so
// that each is a plain loop that the compiler turns into vector instructions.
//
// Missing is NaN, and no register ever holds an infinity: `finite` turns what
// overflows, and what is divided by zero, into NaN.

internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension ExpressionProgram {
    /// Computes the features of up to `ScoringLimits.rowsPerChunk` rows.
    ///
    /// - Parameters:
    ///   - registers: `registerCount` registers of `ScoringLimits.rowsPerChunk` values each,
    ///     the columns filled, finite or NaN.
    ///   - rowCount: Number of rows.
    ///   - features: Row-major float32 features, written.
    package func run(
        registers: UnsafeMutablePointer<Double>,
        rowCount: Int,
        features: UnsafeMutablePointer<Float>
    ) {
        let stride = ScoringLimits.rowsPerChunk
        for instruction in instructions {
            switch instruction {
            case .compute(let operation, let destination):
                let chunk = RegisterChunk(
                    registers: registers,
                    destination: registers + Int(destination) * stride,
                    rowCount: rowCount
                )
                chunk.compute(operation)
            case .store(let register, let feature):
                let values = registers + Int(register) * stride
                for row in 0..<rowCount {
                    features[row * featureCount + feature] = finite(Float(values[row]))
                }
            }
        }
    }
}

/// The value if it is finite, else NaN. The signs of zeros are kept.
@inline(__always)
private func finite<Value: BinaryFloatingPoint>(_ value: Value) -> Value {
    value - (value - value)
}

/// The registers of a chunk, with one of them to compute.
private struct RegisterChunk {
    let registers: UnsafeMutablePointer<Double>
    let destination: UnsafeMutablePointer<Double>
    let rowCount: Int

    func compute(_ operation: ProgramOperation) {
        switch operation {
        case .constant(let bits):
            destination.update(repeating: Double(bitPattern: bits), count: rowCount)
        case .column:
            break
        case .unary(let operation, let a):
            compute(operation, self[a])
        case .binary(let operation, let a, let b):
            compute(operation, self[a], self[b])
        case .choice(let condition, let chosen, let otherwise):
            map(self[condition], self[chosen], self[otherwise]) {
                $0.isNaN ? .nan : $0 != 0 ? $1 : $2
            }
        case .overYears(let operation, let a, let b, let c):
            compute(operation, self[a], self[b], self[c])
        }
    }

    private subscript(register: Int32) -> UnsafePointer<Double> {
        UnsafePointer(registers + Int(register) * ScoringLimits.rowsPerChunk)
    }

    private func compute(_ operation: UnaryOperation, _ a: UnsafePointer<Double>) {
        switch operation {
        case .negate: map(a, a) { value, _ in -value }
        case .absolute: map(a, a) { value, _ in abs(value) }
        case .logarithm: map(a, a) { value, _ in value > 0 ? log(value) : .nan }
        }
    }

    private func compute(
        _ operation: BinaryOperation,
        _ a: UnsafePointer<Double>,
        _ b: UnsafePointer<Double>
    ) {
        switch operation {
        case .add: map(a, b) { finite($0 + $1) }
        case .subtract: map(a, b) { finite($0 - $1) }
        case .multiply: map(a, b) { finite($0 * $1) }
        case .divide: map(a, b) { finite($0 / $1) }
        case .minimum: map(a, b, least)
        case .maximum: map(a, b, greatest)
        case .less: map(a, b) { known($0, $1, $0 < $1) }
        case .lessOrEqual: map(a, b) { known($0, $1, $0 <= $1) }
        case .greater: map(a, b) { known($0, $1, $0 > $1) }
        case .greaterOrEqual: map(a, b) { known($0, $1, $0 >= $1) }
        case .equal: map(a, b) { known($0, $1, $0 == $1) }
        case .notEqual: map(a, b) { known($0, $1, $0 != $1) }
        }
    }

    private func compute(
        _ operation: YearsOperation,
        _ a: UnsafePointer<Double>,
        _ b: UnsafePointer<Double>,
        _ c: UnsafePointer<Double>
    ) {
        switch operation {
        case .sum, .count:
            map(a, b, c) { finite($2.isNaN ? $0 + $1 : $0 + $1 + $2) }
        case .mean:
            map(a, b, c) { finite($2.isNaN ? ($0 + $1) / 2 : ($0 + $1 + $2) / 3) }
        case .minimum:
            map(a, b, c) { $2.isNaN ? least($0, $1) : least(least($0, $1), $2) }
        case .maximum:
            map(a, b, c) { $2.isNaN ? greatest($0, $1) : greatest(greatest($0, $1), $2) }
        case .deviation:
            map(a, b, c, deviation)
        }
    }

    @inline(__always)
    private func map(
        _ a: UnsafePointer<Double>,
        _ b: UnsafePointer<Double>,
        _ body: (Double, Double) -> Double
    ) {
        for row in 0..<rowCount { destination[row] = body(a[row], b[row]) }
    }

    @inline(__always)
    private func map(
        _ a: UnsafePointer<Double>,
        _ b: UnsafePointer<Double>,
        _ c: UnsafePointer<Double>,
        _ body: (Double, Double, Double) -> Double
    ) {
        for row in 0..<rowCount { destination[row] = body(a[row], b[row], c[row]) }
    }
}

/// The first unless the second is less; NaN if either is.
@inline(__always)
private func least(_ first: Double, _ second: Double) -> Double {
    second.isNaN ? second : second < first ? second : first
}

/// The first unless the second is greater; NaN if either is.
@inline(__always)
private func greatest(_ first: Double, _ second: Double) -> Double {
    second.isNaN ? second : second > first ? second : first
}

/// 1 or 0; NaN if either operand is.
@inline(__always)
private func known(_ first: Double, _ second: Double, _ holds: Bool) -> Double {
    (holds ? 1 : 0) + ((first - first) + (second - second))
}

/// Population standard deviation of two or, when the third is known, three years.
@inline(__always)
private func deviation(_ first: Double, _ second: Double, _ third: Double) -> Double {
    let two = third.isNaN
    let count: Double = two ? 2 : 3
    let mean = (two ? first + second : first + second + third) / count
    let (a, b, c) = (first - mean, second - mean, third - mean)
    let squares = a * a + b * b
    return finite(((two ? squares : squares + c * c) / count).squareRoot())
}
