// SPDX-License-Identifier: Apache-2.0

// A column of texts as a caller sends it: each text once, and a code for each row. What a text is
// to the model is found out once for each text of a block; a row costs one look-up.

internal import ModelFormats

/// Texts of a column, borrowed for the time of one call.
package struct TextColumn {
    /// The different texts.
    package let texts: [UnsafeRawBufferPointer]
    /// For each row 0 for a missing value, or the place of its text, from 1.
    package let codes: UnsafeBufferPointer<UInt32>

    /// Takes a column, whose codes need not be trusted.
    package init(texts: [UnsafeRawBufferPointer], codes: UnsafeBufferPointer<UInt32>) {
        self.texts = texts
        self.codes = codes
    }

    /// Says what is wrong with the codes.
    ///
    /// - Parameter index: Place of the column among those of texts.
    func check(rowCount: Int, index: Int) throws(ScoringError) {
        guard codes.count == rowCount else {
            throw ScoringError(
                code: .invalidCode,
                message: "Text column \(index) has \(codes.count) codes; the block has "
                    + "\(rowCount) rows.",
                columnIndex: index
            )
        }
        // The greatest first, without a branch for each row.
        let greatest = codes.reduce(0) { max($0, $1) }
        guard greatest > texts.count, let row = codes.firstIndex(where: { $0 > texts.count })
        else { return }
        throw ScoringError(
            code: .invalidCode,
            message: "The code of row \(row) of text column \(index) is \(codes[row]); its "
                + "dictionary has \(texts.count) texts.",
            columnIndex: index
        )
    }
}

/// What the model is given for each code of a column of texts.
package struct CodeTable: Sendable {
    /// The values by code; NaN where the row has no score.
    let values: [Double]
    /// The codes of texts that end the score of their row, by code; empty when there are none.
    let isRefused: [Bool]

    init(_ texts: [UnsafeRawBufferPointer], _ categories: CategoryDictionary) {
        var values = [Double.nan]
        values.reserveCapacity(texts.count + 1)
        var refused: [Int] = []
        for text in texts {
            let value = categories.value(of: categories.match(text))
            if value == nil { refused.append(values.count) }
            values.append(value ?? .nan)
        }
        self.values = values
        var isRefused = [Bool](repeating: false, count: refused.isEmpty ? 0 : values.count)
        for code in refused { isRefused[code] = true }
        self.isRefused = isRefused
    }
}

extension ScoringModel {
    /// The block with its texts looked up: what scoring it from more than one place, or in parts,
    /// should not do again.
    package func lookingUpTexts(of block: RowBlock, _ binding: ColumnBinding) -> RowBlock {
        guard !block.texts.isEmpty, block.codeTables.isEmpty else { return block }
        var block = block
        for (index, column) in block.texts.enumerated() {
            let source = binding.columnCount + index
            let input = binding.categoryInputs.first { binding.sources[$0] == source }
            let categories = input.flatMap { inputColumns[$0].categories }
            block.codeTables.append(
                CodeTable(column.texts, categories ?? CategoryDictionary([], unknown: .missing))
            )
        }
        return block
    }

    /// What looking up the texts of a block takes, in nanoseconds of one core; an estimate.
    package func estimatedTextNanoseconds(of block: RowBlock) -> Double {
        block.texts.reduce(0) { sum, column in
            let bytes = column.texts.reduce(0) { $0 + $1.count }
            return sum + Double(column.texts.count) * Cost.nanosecondsPerText
                + Double(bytes) * Cost.nanosecondsPerTextByte
        }
    }
}
