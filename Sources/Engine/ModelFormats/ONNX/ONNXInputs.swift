// SPDX-License-Identifier: Apache-2.0

// The inputs and outputs of a graph: which columns a row has, and what the model gives.

internal import Documents
internal import ExactTexts
internal import Formulas
internal import ONNXProtos
internal import VigieLimits

/// What a row brings, from the inputs of a graph.
struct ONNXInputs {
    /// An input of the graph: its columns are values of the row.
    struct Tensor {
        var name: String
        var type: ONNXElementType
        var shape: [Int]
        /// The first of its values in the row.
        var first: Int
        var count: Int
    }

    /// The inputs of the graph.
    private(set) var tensors: [Tensor] = []
    /// The values of a row.
    private(set) var list: [ModelProgram.Input] = []
    /// The number of rows, where the file fixes it. Each row is computed for itself, so that the
    /// rows of a table need not come in such blocks.
    private(set) var fixedRowCount: Int?

    /// Whether an input may hold numbers that float32 does not.
    var needDouble: Bool {
        tensors.contains { $0.type == .double || $0.type == .int64 || $0.type == .int32 }
    }

    /// The inputs that are not initializers, which old files list too.
    init(_ graph: ONNXGraphProto) throws(ModelFormatError) {
        let initializers = graph.initializer.lazy.map(\.name).exactTexts
        for input in graph.input where !initializers.contains(input.name) {
            try add(input)
        }
    }

    private mutating func add(_ input: ONNXValueInfoProto) throws(ModelFormatError) {
        let place = "input \"\(input.name.prefix(80))\""
        func unsupported(_ message: String) -> ModelFormatError {
            ModelFormatError(code: .unsupported, place: place, message: message)
        }
        guard input.type.hasTensorType,
            let type = ONNXElementType(dataType: input.type.tensorType.elemType)
        else { throw unsupported("it is no tensor of numbers or texts") }
        let axes = input.type.tensorType.shape.dim
        guard let rows = axes.first, axes.count <= ModelFormatLimits.graphAxes else {
            throw unsupported("it has \(axes.count) axes; the first must be the rows")
        }
        if case .dimValue(let length)? = rows.value, length > 0 {
            guard fixedRowCount ?? Int(length) == Int(length) else {
                throw unsupported(
                    "it fixes the number of rows to \(length), another input to "
                        + "\(fixedRowCount ?? 0)"
                )
            }
            fixedRowCount = Int(length)
        }
        var shape: [Int] = []
        for axis in axes.dropFirst() {
            guard case .dimValue(let length)? = axis.value, length > 0 else {
                throw unsupported("it does not fix the number of columns; convert it with one")
            }
            shape.append(Int(length))
        }
        guard let count = elementCount(shape),
            list.count + count <= ModelFormatLimits.unnamedFeatures
        else {
            throw unsupported("a row has more than \(ModelFormatLimits.unnamedFeatures) columns")
        }
        tensors.append(
            Tensor(name: input.name, type: type, shape: shape, first: list.count, count: count)
        )
        for column in 0..<count {
            let name = count == 1 ? input.name : "\(input.name)_\(column)"
            list.append(
                ModelProgram.Input(
                    name: name,
                    categories: type == .text ? .init(texts: [], unknown: .missing) : nil
                )
            )
        }
    }
}

extension ONNXGraph {
    /// Defines the inputs.
    mutating func define(_ inputs: ONNXInputs) throws(ModelFormatError) {
        fixedRowCount = inputs.fixedRowCount
        for tensor in inputs.tensors {
            var cells: [ONNXCell] = []
            for register in tensor.first..<tensor.first + tensor.count {
                cells.append(try rounded(register, tensor.type))
            }
            try define(
                tensor.name,
                ONNXTensor(type: tensor.type, hasRows: true, shape: tensor.shape, cells: cells)
            )
        }
    }

    /// Defines the tensors of the file.
    mutating func define(initializers: [ONNXTensorProto]) throws(ModelFormatError) {
        for proto in initializers {
            place = "initializer \"\(proto.name.prefix(80))\""
            let tensor = try fixed(ONNXTensorData(proto, place: place))
            allow(cells: tensor.cells.count)
            try define(proto.name, tensor)
        }
    }

    /// The program with the outputs of these names.
    mutating func finish(outputs names: [String]) throws(ModelFormatError) -> ModelProgram {
        var outputs: [ModelProgram.Output] = []
        var tensors: [(name: String, tensor: ONNXTensor)] = []
        for name in names {
            place = "output \"\(name.prefix(80))\""
            guard let value = values[name] else { throw malformed("no node gives it") }
            let tensor = try rowOfEqual(value) ?? value
            guard !tensor.cells.isEmpty else { throw malformed("it is empty") }
            guard outputs.count + tensor.cells.count <= ModelFormatLimits.outputs else {
                throw unsupported("more than \(ModelFormatLimits.outputs) outputs")
            }
            tensors.append((name, tensor))
            for (column, cell) in tensor.cells.enumerated() {
                let register = try register(cell)
                let label = tensor.names.map { $0[column] } ?? "\(column)"
                let name = tensor.cells.count == 1 ? name : "\(name)_\(label)"
                let categories = tensor.type == .text ? texts.texts(in: register) : nil
                outputs.append(.init(name: name, register: register, categories: categories))
            }
        }
        let logOdds = try logOdds(tensors)
        let inputs = program.inputs.enumerated().map { register, input in
            var input = input
            if input.categories != nil {
                input.categories = .init(texts: texts.texts(in: register), unknown: .missing)
            }
            return input
        }
        var program = ModelProgram(
            format: program.format,
            arithmetic: program.arithmetic,
            inputs: inputs
        )
        for step in self.program.steps { _ = program.append(step) }
        program.outputs = outputs
        program.rawOutputs = outputs.map { output in
            var raw = output
            if let link = links[output.register] { raw.register = link.score }
            return raw
        }
        program.logOdds = logOdds
        program.probability = logOdds == nil ? nil : eventProbability(tensors)
        program.mask(refusals)
        return program
    }
}

extension ModelProgram {
    /// Takes the results of rows away for which one of some registers is 1.
    fileprivate mutating func mask(_ refusals: [Int]) {
        guard let first = refusals.first else { return }
        var isRefused = first
        for refusal in refusals.dropFirst() {
            isRefused = append(.binary(.or, isRefused, refusal))
        }
        let missing = append(.constant(.nan))
        var masked: [Int: Int] = [:]
        func mask(_ register: Int) -> Int {
            if let known = masked[register] { return known }
            let step = ModelStep.select(condition: isRefused, then: missing, otherwise: register)
            let result = append(step)
            masked[register] = result
            return result
        }
        let registers = (outputs.map(\.register), rawOutputs.map(\.register), logOdds)
        let results = (
            registers.0.map(mask), registers.1.map(mask), registers.2.map(mask)
        )
        for (place, register) in results.0.enumerated() { outputs[place].register = register }
        for (place, register) in results.1.enumerated() { rawOutputs[place].register = register }
        logOdds = results.2
        probability = probability.map(mask)
    }
}
