// SPDX-License-Identifier: Apache-2.0

// Collects the steps of a PMML model, each of them once.

internal import Documents
internal import Forest
internal import Formulas
internal import VigieLimits

/// The steps so far. Constants and operations that are there already are not made again: nested
/// models treat the same fields the same way.
final class PMMLBuilder {
    private enum Key: Hashable {
        case constant(UInt64)
        case unary(UnaryOperation, Int)
        case binary(BinaryOperation, Int, Int)
        case select(Int, Int, Int)

        var step: ModelStep {
            switch self {
            case .constant(let bits): .constant(Double(bitPattern: bits))
            case .unary(let operation, let x): .unary(operation, x)
            case .binary(let operation, let x, let y): .binary(operation, x, y)
            case .select(let condition, let then, let otherwise):
                .select(condition: condition, then: then, otherwise: otherwise)
            }
        }
    }

    /// Number of inputs.
    let inputCount: Int
    /// The steps, in order.
    private(set) var steps: [ModelStep] = []
    /// Registers of inputs and steps together.
    private(set) var registerCount: Int
    /// Whether results of arithmetic are rounded to float32.
    var roundsToFloat32 = false
    private var known: [Key: Int] = [:]
    private var constants: [Int: Double] = [:]
    /// Registers that a file of its size may need. Function calls are expanded, so that a small
    /// file could otherwise ask for any number.
    private let registersMax: Int
    /// Numbers that trees hold for their nodes, and how many a file of its size may need. A node
    /// has one for each class, whether it names it or not.
    private var nodeValueCount = 0
    private let nodeValuesMax: Int
    /// Parts of the model that may still be looked at, and arguments of trees that may be inputs
    /// that the trees do not test.
    private var workLeft: Int
    private var spareArgumentsLeft: Int

    /// A program of so many inputs.
    init(inputCount: Int, fileBytes: Int) {
        self.inputCount = inputCount
        registerCount = inputCount
        registersMax = inputCount + ModelFormatLimits.modelSteps + fileBytes
        nodeValuesMax = 100_000 + 4 * fileBytes
        workLeft = ModelFormatLimits.modelWork + ModelFormatLimits.modelWorkPerByte * fileBytes
        spareArgumentsLeft = ModelFormatLimits.modelWork + fileBytes
    }

    /// Counts parts of the model that are about to be looked at. Functions that call functions and
    /// lists that many parts name could otherwise take any time.
    func work(_ parts: Int, _ element: XMLElement) throws(ModelFormatError) {
        workLeft -= parts
        guard workLeft >= 0 else {
            throw element.unsupported(
                "its functions, fields and lists expand to more than "
                    + "\(ModelFormatLimits.modelWork) parts beside those of the file"
            )
        }
    }

    /// Whether trees may have so many arguments that they do not test.
    func allowsSpareArguments(_ count: Int) -> Bool {
        guard count <= spareArgumentsLeft else { return false }
        spareArgumentsLeft -= count
        return true
    }

    /// Counts the numbers of a node; throws when there are more than a file of its size may need.
    func addNodeValues(_ count: Int, _ element: XMLElement) throws(ModelFormatError) {
        nodeValueCount += count
        guard nodeValueCount <= nodeValuesMax else {
            throw element.unsupported("nodes times classes are more than \(nodeValuesMax)")
        }
    }

    /// Throws when there are more registers than a file of its size may need.
    func checkSize(_ element: XMLElement) throws(ModelFormatError) {
        guard registerCount <= registersMax else {
            throw element.unsupported("the model expands to more than \(registersMax) steps")
        }
    }

    /// Appends a step; gives its first result.
    @inline(never)
    func append(_ step: ModelStep) -> Int {
        let first = registerCount
        steps.append(step)
        registerCount += step.resultCount
        return first
    }

    // Models are built of hundreds of calls of what follows: it is compiled once, not with each.

    @inline(never)
    private func append(_ key: Key) -> Int {
        if let register = known[key] { return register }
        let register = append(key.step)
        known[key] = register
        return register
    }

    /// A constant.
    @inline(never)
    func constant(_ value: Double) -> Int {
        let register = append(Key.constant(value.bitPattern))
        constants[register] = value
        return register
    }

    /// The value of a register that is a constant.
    func constantValue(_ register: Int) -> Double? { constants[register] }

    /// An operation, not rounded.
    @inline(never)
    func unary(_ operation: UnaryOperation, _ x: Int) -> Int {
        append(Key.unary(operation, x))
    }

    /// An operation, not rounded.
    @inline(never)
    func binary(_ operation: BinaryOperation, _ x: Int, _ y: Int) -> Int {
        append(Key.binary(operation, x, y))
    }

    /// An operation whose result is rounded as the model's arithmetic says.
    @inline(never)
    func calculate(_ operation: UnaryOperation, _ x: Int) -> Int {
        rounded(unary(operation, x))
    }

    /// An operation whose result is rounded as the model's arithmetic says.
    @inline(never)
    func calculate(_ operation: BinaryOperation, _ x: Int, _ y: Int) -> Int {
        rounded(binary(operation, x, y))
    }

    /// A number rounded as the model's arithmetic says.
    @inline(never)
    func rounded(_ register: Int) -> Int {
        roundsToFloat32 ? unary(.float32, register) : register
    }

    /// A choice; none where the condition is a constant.
    @inline(never)
    func select(_ condition: Int, _ then: Int, _ otherwise: Int) -> Int {
        if then == otherwise { return then }
        if let value = constants[condition] { return isTrue(value) ? then : otherwise }
        return append(Key.select(condition, then, otherwise))
    }

    /// Missing.
    var missing: Int { constant(.nan) }

    /// The value, or missing where any of the arguments is.
    @inline(never)
    func unlessMissing(_ arguments: [Int], _ value: Int) -> Int {
        var result = value
        for argument in arguments where constants[argument].map(\.isNaN) ?? true {
            result = select(unary(.isMissing, argument), missing, result)
        }
        return result
    }

    /// 1 where the register has one of the values.
    @inline(never)
    func isOne(of values: [Double], _ register: Int) -> Int {
        guard values.count > 8, let table = denseTable(values.map { ($0, 1) }) else {
            return values.reduce(constant(0)) { found, value in
                let equal = binary(.equal, register, constant(value))
                return constants[found] == 0 ? equal : binary(.or, found, equal)
            }
        }
        // NaN stays NaN in a look-up, but is no value.
        let found = append(.lookup(table: table, otherwise: 0, register))
        return binary(.equal, found, constant(1))
    }

    /// The second number of the first pair whose first number the register has; missing where it is
    /// missing.
    @inline(never)
    func lookup(_ pairs: [(Double, Double)], otherwise: Double, _ register: Int) -> Int {
        if pairs.count > 4, let table = denseTable(pairs, otherwise) {
            return append(.lookup(table: table, otherwise: otherwise, register))
        }
        var result = constant(otherwise)
        for (key, value) in pairs.reversed() {
            result = select(binary(.equal, register, constant(key)), constant(value), result)
        }
        return unlessMissing([register], result)
    }

    /// A table of pairs whose first numbers are whole and small, if it is not mostly empty.
    private func denseTable(_ pairs: [(Double, Double)], _ otherwise: Double = 0) -> [Double]? {
        let largest = pairs.reduce(-1) { max($0, $1.0) }
        guard largest < Double(8 * pairs.count + 8),
            pairs.allSatisfy({ $0.0 >= 0 && $0.0 == $0.0.rounded() })
        else { return nil }
        var table = [Double](repeating: otherwise, count: Int(largest) + 1)
        for (key, value) in pairs.reversed() { table[Int(key)] = value }
        return table
    }
}
