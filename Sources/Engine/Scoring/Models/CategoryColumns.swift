// SPDX-License-Identifier: Apache-2.0

// The columns of categories of a batch as the codes that the model takes.

internal import ModelFormats

extension RowBatch {
    /// Fills the columns of categories, and marks the rows that a category unknown to the model
    /// leaves without a score.
    ///
    /// - Parameters:
    ///   - inputs: The model's input columns.
    ///   - marks: One entry a row.
    func fillCategories(
        _ inputs: [InputColumn],
        marks: UnsafeMutablePointer<UInt8>,
        _ found: inout BatchIssues
    ) {
        guard !binding.categoryInputs.isEmpty else { return }
        _ = workspace.codes.reserve(binding.categoryInputs.count * rowCount)
        for (place, input) in binding.categoryInputs.enumerated() {
            guard let categories = inputs[input].categories else { continue }
            let target = categoryColumn(place)
            var refusedCount = 0
            forEachCategory(input, categories) { row, value, isRefused in
                target[row] = value
                guard isRefused else { return }
                refusedCount += 1
                marks[row] |= RowMark.unscorable
            }
            guard refusedCount > 0 else { continue }
            found.count += refusedCount
            found.marks |= RowMark.unscorable
        }
    }

    /// Codes of an input of categories, by its place among those.
    func categoryColumn(_ place: Int) -> UnsafeMutablePointer<Double> {
        workspace.codes.reserve(binding.categoryInputs.count * rowCount) + place * rowCount
    }

    /// Calls `body` with the code of each row, and whether it ends the row's score.
    @inline(__always)
    private func forEachCategory(
        _ input: Int,
        _ categories: CategoryDictionary,
        _ body: (_ row: Int, _ value: Double, _ isRefused: Bool) -> Void
    ) {
        let text = binding.sources[input] - binding.columnCount
        guard text < 0 else {
            let table = block.codeTables[text]
            let codes = block.texts[text].codes
            table.values.withUnsafeBufferPointer { values in
                for row in 0..<rowCount {
                    let code = Int(codes[firstRow + row])
                    body(row, values[code], !table.isRefused.isEmpty && table.isRefused[code])
                }
            }
            return
        }
        let column = callersColumn(binding.sources[input])
        for row in 0..<rowCount {
            let value = categories.value(of: categories.match(column.value(row) ?? .nan))
            body(row, value ?? .nan, value == nil)
        }
    }

    /// Appends the issues of a marked row whose category the model does not know.
    func tellUnknownCategories(
        _ inputs: [InputColumn],
        _ row: Int,
        at place: Int,
        issuesMaximum: Int,
        result: ScoreColumns
    ) {
        for input in binding.categoryInputs {
            let text = binding.sources[input] - binding.columnCount
            var value = Double.nan
            if text >= 0 {
                let table = block.codeTables[text]
                let code = Int(block.texts[text].codes[firstRow + row])
                guard !table.isRefused.isEmpty, table.isRefused[code] else { continue }
            } else {
                value = callersColumn(binding.sources[input]).value(row) ?? .nan
                guard let categories = inputs[input].categories,
                    categories.value(of: categories.match(value)) == nil
                else { continue }
            }
            guard result.issueRows.count < issuesMaximum else { return }
            result.appendIssue(
                row: place,
                kind: .unknownCategory,
                column: binding.columnNumbers[input],
                value: value
            )
        }
    }
}
