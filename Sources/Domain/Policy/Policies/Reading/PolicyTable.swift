// SPDX-License-Identifier: Apache-2.0

// Delimited text of a policy: columns by name, rows with their lines.

internal import Documents
internal import VigieLimits

/// A table as it is written.
struct PolicyTable {
    let header: [String]
    let rows: [(line: Int, cells: [String])]

    /// Reads a file; nil, with a problem, if it cannot be.
    init?(_ file: PolicyFile, rowsMaximum: Int, _ problems: PolicyProblems) {
        guard file.bytes.count <= PolicyLimits.partBytes else {
            problems.add(file.path, "", "has more than \(PolicyLimits.partBytes) bytes.")
            return nil
        }
        do throws(InputError) {
            guard let table = try Self.read(file, rowsMaximum: rowsMaximum, problems) else {
                return nil
            }
            (header, rows) = table
        } catch {
            // Options of other commands are none of the files of a policy.
            let hint =
                error.nextOptions.isEmpty
                ? error.hint : "save it as UTF-8, which Excel calls \"CSV UTF-8\""
            problems.add(file.path, "", error.message + (hint.map { "; \($0)" } ?? "") + ".")
            return nil
        }
    }

    private static func read(
        _ file: PolicyFile,
        rowsMaximum: Int,
        _ problems: PolicyProblems
    ) throws(InputError) -> ([String], [(line: Int, cells: [String])])? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = file.bytes.starts(with: mark) ? Array(file.bytes.dropFirst(3)) : file.bytes
        let source = ByteSource(name: file.path, totalBytes: nil) { _ throws(InputError) in 0 }
        let buffer = InputBuffer(source.following(bytes))
        try buffer.requireUTF8()
        var records = CSVRecordReader(buffer, delimiter: try buffer.headerDelimiter())
        guard try records.next() else {
            problems.add(file.path, "", "is empty; its first line has to name the columns.")
            return nil
        }
        let header = records.cells.map { records.text($0).trimmedBlanks }
        guard header.count <= PolicyLimits.tableColumns else {
            problems.add(file.path, "", "has more than \(PolicyLimits.tableColumns) columns.")
            return nil
        }
        for (place, name) in header.enumerated() where header[..<place].contains(name) {
            problems.add(file.path, "line 1", "the column \"\(name)\" is there twice.")
        }
        var rows: [(line: Int, cells: [String])] = []
        while try records.next() {
            let place = "line \(records.line)"
            guard records.fault == nil else {
                problems.add(file.path, place, "a quotation mark is not closed.")
                continue
            }
            guard records.cells.count == header.count else {
                problems.add(
                    file.path,
                    place,
                    "has \(records.cells.count) cells, and the first line names \(header.count)."
                )
                continue
            }
            guard rows.count < rowsMaximum else {
                problems.add(file.path, place, "is beyond the \(rowsMaximum) rows of a table.")
                return (header, rows)
            }
            rows.append((records.line, records.cells.map { records.text($0).trimmedBlanks }))
        }
        return (header, rows)
    }
}

extension String {
    /// Without blanks around it, as cells of a policy's tables and of facts are read.
    package var trimmedBlanks: String {
        let isBlank = { (byte: UInt8) in byte <= 0x20 }
        let front = utf8.drop(while: isBlank)
        return String(decoding: front.reversed().drop(while: isBlank).reversed(), as: UTF8.self)
    }
}
