// SPDX-License-Identifier: Apache-2.0

// Delimited text of a policy: columns by name, rows with their lines.

internal import Documents
internal import VigieLimits

/// A table as it is written.
struct PolicyTable {
    let path: String
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
            (path, header, rows) = (file.path, table.0, table.1)
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
        let header = records.cells.map { trimmedBlanks(records.text($0)) }
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
            let cells = records.cells.map { records.text($0) }
            if let code = cells.lazy.compactMap(\.unwritable).first {
                problems.add(
                    file.path,
                    place,
                    "has a character that is none of a text (U+\(code)); write the cell again."
                )
                continue
            }
            rows.append((records.line, cells.map { trimmedBlanks($0) }))
        }
        return (header, rows)
    }
}

extension String {
    /// The first character that no text of a policy can have, as people name it; nil without one.
    /// XML has no place for such characters, and whoever looks at a cell does not see them.
    var unwritable: String? {
        let scalar = unicodeScalars.first { scalar in
            scalar.value < 0x20 && ![0x09, 0x0A, 0x0D].contains(scalar.value)
                || [0xFFFE, 0xFFFF].contains(scalar.value)
        }
        guard let scalar else { return nil }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}
