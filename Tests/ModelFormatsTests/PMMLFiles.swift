// SPDX-License-Identifier: Apache-2.0

// The committed PMML models, with their rows and what JPMML-Evaluator made of them.

import Documents
import FoundationEssentials
import ModelFormats

/// A model of `Models/pmml`, see `generate.py` there.
struct PMMLFile {
    /// The models that have expected results.
    static let names: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(atPath: directory.path)
        return (files ?? []).filter { $0.hasSuffix(".expected.csv") }
            .map { String($0.dropLast(".expected.csv".count)) }
            .sorted()
    }()

    /// The document.
    let bytes: [UInt8]
    /// The rows, by name of field; empty is missing.
    let rows: [[String: String]]
    /// The results, by name of output; empty is missing.
    let expected: [[String: String]]

    init(_ name: String) throws {
        bytes = try Self.read("\(name).pmml")
        let own = "\(name).rows.csv"
        let hasOwn = FileManager.default.fileExists(
            atPath: Self.directory.appending(path: own).path
        )
        rows = try Self.table(hasOwn ? own : "rows.csv")
        expected = try Self.table("\(name).expected.csv")
    }

    private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Models/pmml")

    private static func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: directory.appending(path: name)))
    }

    private static func table(_ name: String) throws -> [[String: String]] {
        let lines = String(decoding: try read(name), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }
}

extension PMMLReader {
    /// Reads a document that is a text.
    static func read(_ text: String) throws(ModelFormatError) -> ModelProgram {
        try read(Array(text.utf8))
    }

    /// Reads a document.
    static func read(_ bytes: [UInt8]) throws(ModelFormatError) -> ModelProgram {
        let result: Result<ModelProgram, ModelFormatError> = bytes.withUnsafeBytes { bytes in
            do throws(ModelFormatError) {
                return .success(try read(bytes))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}

extension ModelProgram {
    /// The outputs of a row of texts, by name; empty is missing.
    func texts(_ row: [String: String]) -> [String: String] {
        let values = inputs.map { input -> Double in
            let text = row[input.name] ?? ""
            if input.categories != nil { return input.number(of: text) }
            return text.isEmpty ? .nan : Double(text) ?? .nan
        }
        let results = ReferenceProgram(self).outputs(row: values)
        var texts: [String: String] = [:]
        for (output, result) in zip(outputs, results) {
            if result.isNaN {
                texts[output.name] = ""
            } else if let categories = output.categories {
                let index = Int(result)
                texts[output.name] = categories.indices.contains(index) ? categories[index] : "?"
            } else {
                texts[output.name] = "\(result)"
            }
        }
        return texts
    }
}
