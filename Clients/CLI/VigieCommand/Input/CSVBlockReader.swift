// SPDX-License-Identifier: Apache-2.0

// CSV records to blocks of rows. The header line names the columns; each later
// record is a row. A cell that is no number, or a record with another number
// of cells than the header, makes its row a bad row and no more.

package import CommandFiles
package import ExactTexts
internal import VigieClient

/// Reads a CSV file block by block.
package final class CSVBlockReader: BlockReader {
    /// How a CSV file is written.
    package struct Dialect: Equatable, Sendable {
        /// The byte between cells; nil to guess it from the header line.
        package var delimiter: UInt8?
        /// Whether numbers are written with a decimal comma.
        package var decimalComma: Bool

        /// Creates a dialect; without arguments, the delimiter is guessed.
        package init(delimiter: UInt8? = nil, decimalComma: Bool = false) {
            self.delimiter = delimiter
            self.decimalComma = decimalComma
        }
    }

    /// What becomes of the columns of the file.
    package let plan: ColumnPlan
    private let buffer: InputBuffer
    private var reader: CSVRecordReader
    private let parser: NumberParser
    private let header: [String]

    /// Reads the header line. The buffer stands behind a byte-order mark.
    package init(
        _ buffer: InputBuffer,
        dialect: Dialect,
        choice: ColumnChoice,
        known: Set<String>,
        categories: Set<ExactText> = []
    ) throws(CommandFailure) {
        self.buffer = buffer
        parser = NumberParser(decimalComma: dialect.decimalComma)
        let delimiter: UInt8
        if let given = dialect.delimiter {
            delimiter = given
        } else {
            delimiter = try buffer.guessDelimiter(decimalComma: dialect.decimalComma)
        }
        reader = CSVRecordReader(buffer, delimiter: delimiter)
        guard try reader.next() else {
            throw CommandFailure(
                .badInput,
                "\(buffer.source.name) is empty",
                hint: "the first line must name the columns"
            )
        }
        header = reader.cells.map { [reader] in trimmedBlanks(reader.text($0)) }
        plan = try ColumnPlan(
            header: header,
            choice: choice,
            known: known,
            categories: categories,
            source: buffer.source.name
        )
    }

    package var valueColumns: [String] { plan.valueColumns }

    package var categoryColumns: [String] { plan.categoryColumns }

    package var textColumns: [String] { plan.textColumns }

    package var hasIdentifier: Bool { plan.hasIdentifier }

    package func readBlock(rowCountMaximum: Int) throws(CommandFailure) -> InputBlock? {
        var block = InputBlock(
            textColumnCount: plan.textColumns.count,
            categoryColumnCount: plan.categoryColumns.count
        )
        block.values.reserveCapacity(rowCountMaximum * plan.valueColumns.count)
        block.lines.reserveCapacity(rowCountMaximum)
        while block.rowCount < rowCountMaximum, try reader.next() {
            appendRow(to: &block)
        }
        block.consumedBytes = buffer.consumedBytes
        return block.rowCount == 0 ? nil : block
    }

    private func appendRow(to block: inout InputBlock) {
        var problem: BadRow?
        if reader.cells.count != header.count {
            problem = BadRow(
                row: block.rowCount,
                line: reader.line,
                column: "",
                value: "",
                problem: "\(reader.cells.count) cells where the header has \(header.count)"
            )
        }
        let record = reader.record
        for (index, role) in plan.roles.enumerated() {
            let cell = index < reader.cells.count ? reader.cells[index] : nil
            switch role {
            case .ignored: break
            case .text(let column):
                guard let cell else {
                    block.texts[column].append("")
                    continue
                }
                if cell.hasDoubledQuotes {
                    block.texts[column].append(reader.text(cell))
                } else {
                    let text = UnsafeRawBufferPointer(rebasing: record[cell.start..<cell.end])
                    block.texts[column].append(text)
                }
            case .category(let column):
                guard let cell, !cell.isMalformed else {
                    block.categories[column].appendMissing()
                    if cell != nil, problem == nil {
                        problem = .notACategory(
                            row: block.rowCount,
                            line: reader.line,
                            column: header[index],
                            value: ""
                        )
                    }
                    continue
                }
                if cell.hasDoubledQuotes {
                    block.categories[column].append(reader.text(cell))
                } else {
                    let text = UnsafeRawBufferPointer(rebasing: record[cell.start..<cell.end])
                    block.categories[column].append(text)
                }
            case .value:
                guard problem == nil, let cell else {
                    block.values.append(.nan)
                    continue
                }
                let text = UnsafeRawBufferPointer(rebasing: record[cell.start..<cell.end])
                if !cell.isMalformed, let value = parser.value(text) {
                    block.values.append(value)
                } else {
                    block.values.append(.nan)
                    problem = .notANumber(
                        row: block.rowCount,
                        line: reader.line,
                        column: header[index],
                        value: reader.text(cell)
                    )
                }
            }
        }
        finishRow(problem, in: &block)
    }

    private func finishRow(_ problem: BadRow?, in block: inout InputBlock) {
        if let problem {
            let width = plan.valueColumns.count
            for index in (block.values.count - width)..<block.values.count {
                block.values[index] = .nan
            }
            block.badRows.append(problem)
        }
        block.lines.append(reader.line)
        block.rowCount += 1
    }
}
