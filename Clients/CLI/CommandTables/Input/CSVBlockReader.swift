// SPDX-License-Identifier: Apache-2.0

// Records of delimited text to blocks of rows. The header line names the columns;
// each later record is a row. A cell that is no number, or a record that cannot be
// trusted as a whole, makes its row a bad row and no more.

package import Documents
internal import VigieClient

/// Reads a file of delimited text block by block.
package final class CSVBlockReader: BlockReader {
    /// What becomes of the columns of the file.
    package let plan: ColumnPlan
    private let buffer: InputBuffer
    private let table: TableReader
    private let plain: PlainNumberParser
    private let isGuessed: Bool
    private let hints: [String]
    private var hasRows = false

    /// Reads the header line and looks at the first rows.
    package init(
        _ buffer: InputBuffer,
        options: TableOptions = TableOptions(),
        choice: ColumnChoice = ColumnChoice(),
        inputs: [TableInput]
    ) throws(InputError) {
        self.buffer = buffer
        var options = options
        options.ignoresUnnamed = choice.ignoresUnknown
        table = try TableReader(buffer, options: options, inputs: inputs)
        plain = table.parser.plain
        isGuessed = table.marksAreGuessed
        plan = try ColumnPlan(
            header: table.header,
            choice: choice,
            inputs: inputs,
            source: buffer.source.name
        )
        if !plan.unknownColumns.isEmpty { throw Self.unknown(plan, table, inputs) }
        try plan.requireValues(
            table.header,
            inputs: inputs,
            source: buffer.source.name,
            hint: choice.hint
        )
        hints = try table.surveyNumbers(columns: Self.valueIndices(plan))
    }

    package var valueColumns: [String] { plan.valueColumns }

    package var categoryColumns: [String] { plan.categoryColumns }

    package var textColumns: [String] { plan.textColumns }

    package var hasIdentifier: Bool { plan.hasIdentifier }

    package var openingNotices: [String] {
        let ignored = plan.ignoredColumns
        return (ignored.isEmpty ? [] : ["columns left out: \(listed(ignored))"])
            + ColumnPlan.notices(keptInputs: plan.keptInputs) + hints
    }

    package var closingNotices: [String] { table.notices }

    package var summary: [String] {
        let delimiter =
            table.delimiter == UInt8(ascii: "\t")
            ? "tab" : String(Character(Unicode.Scalar(table.delimiter)))
        return ["delimiter \(delimiter)", "\(table.header.count) columns"]
    }

    package func readBlock(rowCountMaximum: Int) throws(InputError) -> InputBlock? {
        var block = InputBlock(
            textColumnCount: plan.textColumns.count,
            categoryColumnCount: plan.categoryColumns.count
        )
        block.values.reserveCapacity(rowCountMaximum * plan.valueColumns.count)
        block.lines.reserveCapacity(rowCountMaximum)
        while block.rowCount < rowCountMaximum, try table.next() {
            try appendRow(to: &block)
        }
        block.consumedBytes = buffer.consumedBytes
        if block.rowCount == 0, !hasRows { try refuseHeaderAlone() }
        hasRows = true
        return block.rowCount == 0 ? nil : block
    }

    /// A header without rows is an answer only when it fits the model.
    private func refuseHeaderAlone() throws(InputError) {
        let source = buffer.source.name
        if table.isOneOpenLine {
            throw InputError(
                .content,
                "\(source) is one line without an end, \(listed(table.header)), and no row",
                hint: "it is no table, or it was cut off"
            )
        }
        guard plan.lackingColumns.isEmpty else {
            throw InputError(
                .content,
                "\(source) has no rows, and its header lacks \(listed(plan.lackingColumns))",
                hint: "see `vigie models describe` for the names of the model's inputs"
            )
        }
    }

    private func appendRow(to block: inout InputBlock) throws(InputError) {
        var problem: BadRow?
        if table.hasProblem, let text = table.problem {
            problem = BadRow(
                row: block.rowCount,
                line: table.line,
                column: "",
                value: "",
                problem: text
            )
        }
        let looksAtAll = isGuessed && table.looksAtAllNumbers
        let cells = table.cells
        let record = table.record
        for (index, role) in plan.roles.enumerated() {
            let cell = index < cells.count ? cells[index] : nil
            switch role {
            case .ignored: break
            case .text(let column):
                guard let cell else {
                    block.texts[column].append("")
                    continue
                }
                if cell.hasDoubledQuotes {
                    block.texts[column].append(table.text(cell))
                } else {
                    block.texts[column].append(cell.bytes(of: record))
                }
            case .category(let column):
                guard problem == nil, let cell else {
                    block.categories[column].appendMissing()
                    continue
                }
                if cell.hasDoubledQuotes {
                    block.categories[column].append(table.text(cell))
                } else {
                    block.categories[column].append(cell.bytes(of: record))
                }
            case .value:
                guard problem == nil, let cell else {
                    block.values.append(.nan)
                    continue
                }
                let text = cell.bytes(of: record)
                guard let value = plain.value(text) ?? table.parser.value(text) else {
                    block.values.append(.nan)
                    problem = badCell(index, cell, row: block.rowCount)
                    try table.look(text, column: index)
                    continue
                }
                block.values.append(value)
                if isGuessed, plain.isAmbiguous(text) || looksAtAll && text.contains(0x2E) {
                    try table.look(text, column: index)
                }
            }
        }
        finishRow(problem, in: &block)
    }

    private func badCell(_ index: Int, _ cell: CSVRecordReader.Cell, row: Int) -> BadRow {
        .notANumber(
            row: row,
            line: table.line,
            column: table.header[index],
            value: table.text(cell)
        )
    }

    private func finishRow(_ problem: BadRow?, in block: inout InputBlock) {
        if let problem {
            let width = plan.valueColumns.count
            for index in (block.values.count - width)..<block.values.count {
                block.values[index] = .nan
            }
            block.badRows.append(problem)
        }
        block.lines.append(table.line)
        block.rowCount += 1
    }

    // MARK: Columns

    private static func valueIndices(_ plan: ColumnPlan) -> [Int] {
        plan.roles.indices.filter {
            if case .value = plan.roles[$0] { true } else { false }
        }
    }

    /// The error of a header with unknown columns; where the numbers look like a dialect, one more
    /// option to go on with says so.
    private static func unknown(
        _ plan: ColumnPlan,
        _ table: TableReader,
        _ inputs: [TableInput]
    ) -> InputError {
        var (error, guessed) = UnknownColumns.error(
            plan.unknownColumns,
            inputs: inputs,
            taken: Set(plan.valueColumns),
            hasIdentifier: plan.hasIdentifier,
            source: table.sourceName
        )
        let columns =
            valueIndices(plan)
            + table.header.indices.filter {
                guessed.contains(table.header[$0])
            }
        do throws(InputError) {
            _ = try table.surveyNumbers(columns: columns)
        } catch let numbers {
            error.message += "\nand \(numbers.message)"
            error.nextOptions += numbers.nextOptions
            if numbers.nextOptions.isEmpty { error.hint = numbers.hint }
        }
        return error
    }
}
