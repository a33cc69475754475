// SPDX-License-Identifier: Apache-2.0

// The committed ONNX models, with rows and what onnxruntime predicted for them.

import Documents
import FoundationEssentials
import ModelFormats

/// A model made by `Models/onnx/generate.py`.
struct ONNXModelFile {
    /// All of them.
    static let names: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(atPath: directory.path())
        return (files ?? []).filter { $0.hasSuffix(".onnx") }.map { String($0.dropLast(5)) }
            .sorted()
    }()

    private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Models/onnx")

    /// The model.
    let bytes: [UInt8]
    /// Names of the columns of the rows.
    let inputs: [String]
    /// Names of the columns of the predictions.
    let outputs: [String]
    /// Values of rows and predictions: bits of a float64, or a text after `'`.
    let rows: [(values: [String], predictions: [String])]

    init(_ name: String) throws {
        bytes = [UInt8](try Data(contentsOf: Self.directory.appending(path: "\(name).onnx")))
        let text = try Data(contentsOf: Self.directory.appending(path: "\(name).rows"))
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        inputs = lines[0].split(separator: " ").map(String.init)
        outputs = lines[1].split(separator: " ").map(String.init)
        rows = lines.dropFirst(2).map { line in
            let halves = line.split(separator: "|").map { half in
                half.split(separator: " ").map(String.init)
            }
            return (halves[0], halves[1])
        }
    }

    /// A row as the program takes it.
    static func row(_ values: [String], _ inputs: [ModelProgram.Input]) -> [Double] {
        zip(values, inputs).map { value, input in
            value.hasPrefix("'") ? input.number(of: String(value.dropFirst())) : number(value)
        }
    }

    /// The number of 16 hexadecimal digits.
    static func number(_ digits: String) -> Double {
        Double(bitPattern: UInt64(digits, radix: 16) ?? 0)
    }
}

/// Reads a model from an array.
func readONNX(_ bytes: [UInt8]) throws(ModelFormatError) -> ModelProgram {
    let result = bytes.withUnsafeBytes { bytes in
        Result { () throws(ModelFormatError) in try ONNXReader.read(bytes) }
    }
    return try result.get()
}
