// SPDX-License-Identifier: Apache-2.0

// A ModelInferRequest taken apart where it lies: its tensors may be most of a message of many
// megabytes, and are not decoded before they are known to fit the model.

internal import ProtobufCoding
internal import ServiceErrors
internal import VigieLimits
internal import VigieProtos

/// The parts of a request; valid as long as its message.
struct InferRequest {
    /// A tensor that is sent.
    struct Input {
        var name = InferRequest.nothing
        var datatype = InferRequest.nothing
        /// Number of dimensions, of which more than three are as wrong as three.
        var rank = 0
        /// The first two of them; of one, the second is 1.
        var dimensions: (rows: Int64, width: Int64) = (0, 1)
        /// The encoded InferTensorContents.
        var contents: UnsafeRawBufferPointer?
    }

    static let messageName = "inference.ModelInferRequest"
    /// Dimensions that are looked at.
    fileprivate static let rankMax = 3  // tidy: limit: of what a table may be, and one more
    fileprivate static var nothing: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: nil, count: 0)
    }

    private(set) var modelName = Self.nothing
    private(set) var modelVersion = Self.nothing
    /// What the answer repeats.
    private(set) var id = Self.nothing
    private(set) var inputs: [Input] = []
    /// Names of the outputs that are asked for.
    private(set) var outputs: [UnsafeRawBufferPointer] = []
    /// The contents of the inputs in raw form.
    private(set) var rawContents: [UnsafeRawBufferPointer] = []
    private var fieldsLeft: Int
    private let inputsMax: Int
    private var problem: ServiceError?

    /// Finds the parts.
    ///
    /// - Throws: INVALID_ARGUMENT for bytes that are no request, or ask for what this server does
    ///   not do, or have more than twice as many inputs as `limits.columnsMax`: not all are looked
    ///   at then. RESOURCE_EXHAUSTED for too many parts.
    init(_ message: UnsafeRawBufferPointer, limits: ServiceLimits) throws(ServiceError) {
        fieldsLeft = limits.messageFieldsMax
        // Of a few too many it is told later which they are.
        inputsMax = 2 * limits.columnsMax
        var reader = ProtobufReader(message)
        do throws(ProtobufError) {
            try read(&reader)
        } catch {
            throw .malformed(Self.messageName)
        }
        if let problem { throw problem }
        if fieldsLeft < 0 { throw .tooManyFields("message", maximum: limits.messageFieldsMax) }
    }

    private mutating func read(_ reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try nextTag(&reader) {
            switch tag {
            case 10: modelName = try reader.borrowedText()
            case 18: modelVersion = try reader.borrowedText()
            case 26: id = try reader.borrowedText()
            case 34: _ = try parameter(try reader.borrowedBytes())
            case 42:
                guard inputs.count < inputsMax else { return problem = .tooManyInputs(inputsMax) }
                inputs.append(try input(try reader.borrowedBytes()))
            case 50: outputs.append(try output(try reader.borrowedBytes()))
            case 58:
                let contents = try reader.borrowedBytes()
                // How many there should be may not be known yet.
                if rawContents.count <= inputsMax { rawContents.append(contents) }
            default: try reader.skip(tag)
            }
        }
    }

    /// The next tag; nil at the end, and when there were too many.
    private mutating func nextTag(_ reader: inout ProtobufReader) throws(ProtobufError) -> UInt32? {
        guard fieldsLeft >= 0, let tag = try reader.nextTag() else { return nil }
        fieldsLeft -= 1
        return fieldsLeft < 0 ? nil : tag
    }

    private mutating func input(_ bytes: UnsafeRawBufferPointer) throws(ProtobufError) -> Input {
        var reader = ProtobufReader(bytes)
        var input = Input()
        while let tag = try nextTag(&reader) {
            switch tag {
            case 10: input.name = try reader.borrowedText()
            case 18: input.datatype = try reader.borrowedText()
            case 24: input.addDimension(try reader.int64())
            case 26:
                var dimensions = ProtobufReader(try reader.borrowedBytes())
                while dimensions.hasMore, input.rank < InferRequest.rankMax {
                    input.addDimension(try dimensions.int64())
                }
            case 34: check(parameter: try parameter(try reader.borrowedBytes()), of: input.name)
            case 42:
                if input.contents != nil { problem = .repeatedContents }
                input.contents = try reader.borrowedBytes()
            default: try reader.skip(tag)
            }
        }
        return input
    }

    private mutating func output(
        _ bytes: UnsafeRawBufferPointer
    ) throws(ProtobufError) -> UnsafeRawBufferPointer {
        var reader = ProtobufReader(bytes)
        var name = Self.nothing
        while let tag = try nextTag(&reader) {
            switch tag {
            case 10: name = try reader.borrowedText()
            case 18: check(parameter: try parameter(try reader.borrowedBytes()), of: name)
            default: try reader.skip(tag)
            }
        }
        return name
    }

    /// The name of a parameter.
    private mutating func parameter(
        _ entry: UnsafeRawBufferPointer
    ) throws(ProtobufError) -> UnsafeRawBufferPointer {
        var reader = ProtobufReader(entry)
        var key = Self.nothing
        while let tag = try nextTag(&reader) {
            switch tag {
            case 10: key = try reader.borrowedText()
            case 18:
                _ = try Inference_InferParameter(serializedBytes: try reader.borrowedBytes())
            default: try reader.skip(tag)
            }
        }
        return key
    }

    /// Looks at a parameter of a tensor: those that ask for another form of its contents cannot be
    /// passed over.
    private mutating func check(
        parameter: UnsafeRawBufferPointer,
        of tensor: UnsafeRawBufferPointer
    ) {
        let key = String(decoding: parameter.prefix(64), as: UTF8.self)
        guard key.hasPrefix("shared_memory_") || key == "classification" else { return }
        problem = .unsupported(key, of: String(decoding: tensor, as: UTF8.self))
    }
}

extension InferRequest.Input {
    fileprivate mutating func addDimension(_ size: Int64) {
        if rank == 0 { dimensions.rows = size }
        if rank == 1 { dimensions.width = size }
        rank += 1
    }
}

extension InferRequest {
    /// All that does not change from one request of a caller to the next, as a request: without
    /// rows, their number and the id.
    var key: [UInt8] {
        var writer = ProtobufWriter()
        writer.write(10, modelName)
        writer.write(18, modelVersion)
        for input in inputs {
            let start = writer.open(42)
            writer.write(10, input.name)
            writer.write(18, input.datatype)
            let shape = writer.open(26)
            for dimension in 0..<min(input.rank, Self.rankMax) {
                writer.int64(dimension == 1 ? input.dimensions.width : 0)
            }
            writer.close(shape)
            writer.close(start)
        }
        for output in outputs {
            let start = writer.open(50)
            writer.write(10, output)
            writer.close(start)
        }
        return writer.contents
    }
}

extension ProtobufWriter {
    /// A field of bytes.
    fileprivate mutating func write(_ tag: UInt32, _ bytes: UnsafeRawBufferPointer) {
        self.tag(tag)
        varint(UInt64(bytes.count))
        append(bytes)
    }
}

extension ServiceError {
    fileprivate static func tooManyInputs(_ maximum: Int) -> ServiceError {
        .invalid(
            "inputs",
            "TOO_MANY_COLUMNS",
            "there are more than \(maximum) inputs, which is twice as many as the widest model of "
                + "this server takes"
        )
    }

    fileprivate static var repeatedContents: ServiceError {
        .invalid(
            "inputs",
            "REPEATED_FIELD",
            "An input has its contents more than once; send them in one piece."
        )
    }

    fileprivate static func unsupported(_ parameter: String, of tensor: String) -> ServiceError {
        .invalid(
            "parameters",
            "UNSUPPORTED_PARAMETER",
            "the parameter '\(parameter.shownInMessages)' of the tensor "
                + "'\(tensor.shownInMessages)' is not supported: this server has no shared memory "
                + "and no classification; send contents, and ask for the outputs themselves",
            metadata: ["parameter": parameter.shownInMessages]
        )
    }
}
