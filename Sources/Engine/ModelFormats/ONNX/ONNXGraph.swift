// SPDX-License-Identifier: Apache-2.0

// The graph while it is read: the program so far, and the tensors that names stand for.

internal import Documents
internal import ExactTexts
internal import Formulas
internal import VigieLimits

/// How a register came out of a link function, so that the score before it can be found again.
enum ONNXLink {
    /// The logistic function of another register.
    case logistic(of: Int)
    /// One of the results of a softmax; the register that was its own.
    case softmax(of: Int)
    /// Another function of a register.
    case other(of: Int)

    /// The register before the link.
    var score: Int {
        switch self {
        case .logistic(let score), .softmax(let score), .other(let score): score
        }
    }
}

/// Turns nodes into steps, one after another. Elements that the file fixes are computed here and
/// now; only what depends on the rows becomes a step.
struct ONNXGraph {
    /// The steps so far.
    var program: ModelProgram
    /// The tensors by name.
    private(set) var values: [ExactText: ONNXTensor] = [:]
    /// What errors call the place that is being read.
    var place = "graph"
    /// How registers came out of a link function.
    var links: [Int: ONNXLink] = [:]
    /// Columns of classifiers that are known to be probabilities, or known not to be.
    var isProbability: [Int: Bool] = [:]
    /// The texts of the file.
    var texts = ONNXTexts()
    /// The number of rows where the file fixes it, so that an axis of that length may be the rows.
    var fixedRowCount: Int?
    /// Registers that are 1 for rows that an operator refuses, so that they get no result.
    var refusals: [Int] = []

    private var constants: [UInt64: Int] = [:]
    private var cellsLeft = ModelFormatLimits.graphCells
    private var readsLeft = ModelFormatLimits.graphReads

    init(program: ModelProgram) {
        self.program = program
    }

    /// Gives a tensor its name. A name is given once.
    @inline(never)
    mutating func define(_ name: String, _ tensor: ONNXTensor) throws(ModelFormatError) {
        guard tensor.rank <= ModelFormatLimits.graphAxes else {
            throw unsupported("a tensor of \(tensor.rank) axes")
        }
        try reserve(cells: tensor.cells.count)
        guard elementCount(tensor.shape) == tensor.cells.count else {
            throw malformed("\(tensor.cells.count) elements for a shape of \(tensor.shape)")
        }
        guard values.updateValue(tensor, forKey: name) == nil else {
            throw malformed("\"\(name.prefix(80))\" is defined twice")
        }
    }

    /// Gives a node's output its tensor, if it is wanted.
    @inline(never)
    mutating func define(
        _ node: ONNXNode,
        output: Int = 0,
        _ tensor: ONNXTensor
    ) throws(ModelFormatError) {
        guard output < node.outputs.count, !node.outputs[output].isEmpty else { return }
        try define(node.outputs[output], tensor)
    }

    /// A node's input that must be there.
    @inline(never)
    func input(_ node: ONNXNode, _ index: Int) throws(ModelFormatError) -> ONNXTensor {
        guard let tensor = try optionalInput(node, index) else {
            throw node.malformed("input \(index) is missing")
        }
        return tensor
    }

    /// A node's input, or nil when it is left out.
    @inline(never)
    func optionalInput(_ node: ONNXNode, _ index: Int) throws(ModelFormatError) -> ONNXTensor? {
        guard index < node.inputs.count, !node.inputs[index].isEmpty else { return nil }
        guard let tensor = values[node.inputs[index]] else {
            throw node.malformed(
                "input \"\(node.inputs[index].prefix(80))\" is no input, initializer or output of"
                    + " an earlier node that is supported"
            )
        }
        return tensor
    }

    /// All inputs of a node.
    @inline(never)
    func allInputs(_ node: ONNXNode) throws(ModelFormatError) -> [ONNXTensor] {
        var tensors: [ONNXTensor] = []
        for index in node.inputs.indices {
            tensors.append(try input(node, index))
        }
        guard !tensors.isEmpty else { throw node.malformed("no inputs") }
        return tensors
    }

    /// Stands for the number of rows in a shape, where the tensor that holds the shape has NaN.
    static let rowCount = -2

    /// Whole numbers that an input fixes, such as axes; nil when it is left out. In a shape one may
    /// be the number of rows.
    @inline(never)
    func fixedIntegers(
        _ node: ONNXNode,
        _ index: Int,
        isShape: Bool = false
    ) throws(ModelFormatError) -> [Int]? {
        guard let tensor = try optionalInput(node, index) else { return nil }
        guard tensor.type != .text, let numbers = tensor.numbers,
            isShape || !numbers.contains(where: \.isNaN)
        else { throw node.unsupported("input \(index) is not fixed by the file") }
        return numbers.map { number in
            // The largest numbers, which stand for "to the end", are not exact in float64.
            number.isNaN
                ? Self.rowCount : Int(exactly: number.rounded()) ?? (number > 0 ? .max : .min)
        }
    }

    /// Lets nodes make more elements, for those that the file holds.
    mutating func allow(cells: Int) {
        cellsLeft += ModelFormatLimits.graphCellsPerElement * cells
        readsLeft += ModelFormatLimits.graphReadsPerElement * cells
    }

    /// Counts the elements that a node is about to read: many small nodes could read one large
    /// tensor again and again.
    mutating func countReads(_ node: ONNXNode) throws(ModelFormatError) {
        for name in node.inputs { readsLeft -= 1 + (values[name]?.cells.count ?? 0) }
        guard readsLeft >= 0 else {
            throw unsupported(
                "its nodes read more than \(ModelFormatLimits.graphReads) elements beside those of "
                    + "the file"
            )
        }
    }

    /// Counts elements that a node is about to make or keep, before there is memory for them.
    mutating func reserve(cells: Int?) throws(ModelFormatError) {
        guard let cells, cells <= cellsLeft else {
            throw unsupported(
                "the tensors of the graph have more than \(ModelFormatLimits.graphCells) elements"
                    + " beside those of the file"
            )
        }
        cellsLeft -= cells
    }

    /// Appends a step; the register of its first result.
    @inline(never)
    mutating func append(_ step: ModelStep) throws(ModelFormatError) -> Int {
        try reserve(cells: step.arguments.count)
        guard program.registerCount + step.resultCount <= ModelFormatLimits.graphRegisters else {
            throw unsupported(
                "the graph computes more than \(ModelFormatLimits.graphRegisters) numbers for a row"
            )
        }
        return program.append(step)
    }

    /// The register of an element.
    @inline(never)
    mutating func register(_ cell: ONNXCell) throws(ModelFormatError) -> Int {
        switch cell {
        case .register(let register):
            return register
        case .number(let number):
            if let register = constants[number.bitPattern] { return register }
            let register = try append(.constant(number))
            constants[number.bitPattern] = register
            return register
        }
    }

    /// The registers of elements.
    @inline(never)
    mutating func registers(_ cells: [ONNXCell]) throws(ModelFormatError) -> [Int] {
        var registers: [Int] = []
        registers.reserveCapacity(cells.count)
        for cell in cells {
            registers.append(try register(cell))
        }
        return registers
    }

    /// An error of the file at the place that is being read.
    @inline(never)
    func malformed(_ message: String) -> ModelFormatError {
        ModelFormatError(code: .malformed, place: place, message: message)
    }

    /// Something sound at the place that is being read, but not read.
    @inline(never)
    func unsupported(_ message: String) -> ModelFormatError {
        ModelFormatError(code: .unsupported, place: place, message: message)
    }
}
