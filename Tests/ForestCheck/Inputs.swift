// SPDX-License-Identifier: Apache-2.0

// Reads what forest-check works on.

import Forest
import Formulas
import FoundationEssentials
import ModelFormats

/// A problem with the arguments or files, for a person.
struct CheckError: Error, CustomStringConvertible {
    let description: String
}

/// Rows of one value type, row-major.
struct Rows<Value: Sendable>: Sendable {
    let values: [Value]
    let columnCount: Int
    var count: Int { values.count / columnCount }
}

/// Reads a model file of any format that is trees over its inputs.
func readModel(_ path: String) throws -> TreeEnsemble {
    let program = try ModelFile.read([UInt8](readFile(path)))
    guard let raw = program.rawOutputs.first?.register,
        let trees = program.directTrees(register: raw)
    else { throw CheckError(description: "\(path): more than trees over its inputs") }
    return trees.ensemble
}

/// Reads the trees of a model of any format, which may have several outputs.
func readTrees(_ path: String) throws -> TreeEnsemble {
    let program = try ModelFile.read([UInt8](readFile(path)))
    guard
        case .trees(let ensemble, let arguments) =
            program.formula.step(of: program.rawOutputs[0].register)?.step,
        arguments == Array(program.inputs.indices)
    else {
        throw CheckError(description: "\(path) is more than trees")
    }
    return ensemble
}

/// Reads a file of packed values in this machine's byte order.
func readValues<Value>(_ path: String, as type: Value.Type) throws -> [Value] {
    let data = try readFile(path)
    guard data.count % MemoryLayout<Value>.stride == 0 else {
        throw CheckError(description: "\(path): not a whole number of values")
    }
    return [Value](unsafeUninitializedCapacity: data.count / MemoryLayout<Value>.stride) {
        $1 = data.copyBytes(to: $0) / MemoryLayout<Value>.stride
    }
}

/// Reads rows of as many columns as the model has features.
func readRows<Value: Sendable>(_ path: String, as type: Value.Type, columnCount: Int) throws
    -> Rows<Value>
{
    let values = try readValues(path, as: type)
    guard columnCount > 0, values.count % columnCount == 0, !values.isEmpty else {
        throw CheckError(description: "\(path): not rows of \(columnCount) values")
    }
    return Rows(values: values, columnCount: columnCount)
}

private func readFile(_ path: String) throws -> Data {
    do {
        return try Data(contentsOf: URL(filePath: path))
    } catch {
        throw CheckError(description: "\(path): cannot be read")
    }
}
