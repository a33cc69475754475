// SPDX-License-Identifier: Apache-2.0

// The quantiser of a model as callers get it: with a digest that ties rows of bytes to it, and the
// way back from bytes to values that the model takes for the same.

internal import Digests
package import Forest

/// Turns a row of a model's float32 inputs into bytes that give the same scores, bit for bit.
package struct ModelQuantiser: Sendable {
    /// Makes the bytes; its features are the model's input columns.
    package let quantiser: Quantiser
    /// SHA-256 over names and thresholds of the columns: another model has another one, unless its
    /// rows of bytes mean the same.
    package let digest: [UInt8]
    /// For each column, 256 values: one with each byte.
    private let values: [Float]

    init(_ quantiser: Quantiser, columnNames: [String]) {
        self.quantiser = quantiser
        var content: [UInt8] = []
        for column in quantiser.columns {
            content += columnNames[column.feature].utf8
            // No name has a zero byte.
            content.append(0)
        }
        digest = Digest.sha256(content + quantiser.canonicalBytes)
        values = quantiser.columns.flatMap { column in
            // A threshold itself is the greatest value that does not exceed it.
            let numbers = column.thresholds + [.infinity]
            return numbers + Array(repeating: .nan, count: 256 - numbers.count)
        }
    }

    /// Bytes of a row.
    package var rowBytes: Int { quantiser.columns.count }

    /// Turns rows of bytes into values that the model takes for the ones they were made from.
    ///
    /// - Parameters:
    ///   - rows: Rows of bytes, one after the other.
    ///   - output: Rows of values, `stride` apart; those that no tree looks at become NaN.
    func restore(
        rows: UnsafePointer<UInt8>,
        rowCount: Int,
        into output: UnsafeMutablePointer<Float>,
        stride: Int
    ) {
        output.update(repeating: .nan, count: rowCount * stride)
        for (place, column) in quantiser.columns.enumerated() {
            values.withUnsafeBufferPointer { values in
                for row in 0..<rowCount {
                    let bin = Int(rows[row * quantiser.columns.count + place])
                    let value = values[place << 8 | bin]
                    let target = output + (row * stride + column.feature)
                    // Each column of a feature bounds it from above; the least bound is in all.
                    if target.pointee.isNaN || value < target.pointee { target.pointee = value }
                }
            }
        }
    }
}

/// Whether rows of a model can be quantised.
package enum ModelQuantisation: Sendable {
    /// They can, with this.
    case available(ModelQuantiser)
    /// They cannot; says why, as the end of a sentence.
    case unavailable(String)

    /// The quantiser, if there is one.
    package var quantiser: ModelQuantiser? {
        if case .available(let quantiser) = self { quantiser } else { nil }
    }
}

extension ModelQuantisation {
    /// Decides for a model.
    ///
    /// A row with a value outside of a declared range is told which value that was, and a byte
    /// does not hold it: such models take values only.
    init(
        form: ModelForm,
        program: ExpressionProgram?,
        rules: [ColumnRule],
        inputColumns: [InputColumn]
    ) {
        guard program == nil else {
            self = .unavailable("its features are computed from the values of the inputs")
            return
        }
        if let column = inputColumns.first(where: { $0.categories != nil }) {
            self = .unavailable("\"\(column.name)\" holds texts")
            return
        }
        if let rule = rules.first {
            let name = inputColumns[rule.inputColumn].name
            self = .unavailable(
                "the values of \"\(name)\" are checked, as its range or missing values demand"
            )
            return
        }
        guard let quantiser = form.quantiser else {
            self = .unavailable("bytes do not tell all that its trees ask of a value")
            return
        }
        guard !quantiser.columns.isEmpty else {
            self = .unavailable("it looks at no value")
            return
        }
        self = .available(.init(quantiser, columnNames: inputColumns.map(\.name)))
    }
}
