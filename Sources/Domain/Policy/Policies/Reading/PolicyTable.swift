// SPDX-License-Identifier: Apache-2.0

// Delimited text of a policy or of companies: columns by name, rows with their lines. It is read as
// all tables are, so that a file that one command takes is one for the others, too.

internal import Documents
internal import VigieLimits

/// A table as it is written.
struct PolicyTable {
    let path: String
    let header: [String]
    let rows: [(line: Int, cells: [String])]

    /// Reads a file of a policy; nil, with a problem, if it cannot be.
    init?(_ file: PolicyFile, rowsMaximum: Int, _ problems: PolicyProblems) {
        do throws(InputError) {
            try self.init(file, rowsMaximum: rowsMaximum, TableOptions(), inputs: [], problems)
        } catch {
            var error = error
            // Options of commands are none of the files of a policy.
            if !error.nextOptions.isEmpty {
                error.hint = "save it as UTF-8, which Excel calls \"CSV UTF-8\""
            }
            problems.add([DocumentProblem(error, file: file.path)])
            return nil
        }
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - options: How it is written.
    ///   - inputs: The columns that are expected; numbers of theirs have to have one reading.
    ///   - problems: Takes what is wrong with rows.
    /// - Throws: What is wrong with the file.
    init(
        _ file: PolicyFile,
        rowsMaximum: Int,
        _ options: TableOptions,
        inputs: [TableInput],
        _ problems: PolicyProblems
    ) throws(InputError) {
        guard file.bytes.count <= PolicyLimits.partBytes else {
            let words = "has more than \(PolicyLimits.partBytes) bytes"
            throw InputError(.content, "\(file.path) \(words)")
        }
        var options = options
        options.areFacts = true
        let source = ByteSource(name: file.path, totalBytes: nil) { _ throws(InputError) in 0 }
        let text = try TextInput(
            source.following(file.bytes),
            encoding: options.dialect.encoding
        )
        let table = try TableReader(text.buffer, options: options, inputs: inputs)
        (path, header) = (file.path, table.header)
        guard header.count <= PolicyLimits.tableColumns else {
            let words = "has more than \(PolicyLimits.tableColumns) columns"
            throw InputError(.content, "\(file.path) \(words)")
        }
        let names = Set(inputs.filter { !$0.isCategory }.map(\.name))
        let numbers = table.header.indices.filter { names.contains(table.header[$0]) }
        if !numbers.isEmpty { _ = try table.surveyNumbers(columns: numbers) }
        rows = try Self.rows(of: table, numbers, rowsMaximum: rowsMaximum, problems)
    }

    private static func rows(
        of table: TableReader,
        _ numbers: [Int],
        rowsMaximum: Int,
        _ problems: PolicyProblems
    ) throws(InputError) -> [(line: Int, cells: [String])] {
        let width = table.header.count
        var rows: [(line: Int, cells: [String])] = []
        while try table.next() {
            let place = "line \(table.line)"
            if table.hasProblem, let problem = table.problem {
                problems.add(table.sourceName, place, problem + ".")
                continue
            }
            guard rows.count < rowsMaximum else {
                let words = "is beyond the \(rowsMaximum) rows of a table."
                problems.add(table.sourceName, place, words)
                return rows
            }
            for column in numbers where column < table.cells.count {
                try table.look(table.bytes(table.cells[column]), column: column)
            }
            // What is behind the last column, or missing before it, is empty.
            var cells = table.cells.prefix(width).map { table.text($0) }
            cells += repeatElement("", count: width - cells.count)
            if let fault = cells.lazy.compactMap(\.unwritableFault).first {
                problems.add(table.sourceName, place, fault + ".")
                continue
            }
            rows.append((table.line, cells.map { trimmedBlanks($0) }))
        }
        return rows
    }
}

extension PolicyTable {
    /// Refuses a point that may part thousands: where nothing shows what points are, 20.000 may be
    /// 20 and 20000.
    ///
    /// - Parameters:
    ///   - numbers: The columns of numbers.
    ///   - amounts: Those of them that have to show it each by itself.
    func checkPoints(_ problems: PolicyProblems, numbers: [String], amounts: [String]) {
        var marks = DecimalMarks(amounts: header.map(amounts.contains))
        let places = header.indices.filter { numbers.contains(header[$0]) }
        for (line, cells) in rows {
            for place in places { marks.note(cells[place], line: line, column: place) }
        }
        guard let doubt = marks.doubt else { return }
        let words = "\(header[doubt.column]): \(doubt.message); \(doubt.hint)."
        problems.add(path, "line \(doubt.line)", words)
    }
}

extension DocumentProblem {
    /// What is wrong with a table; its name, which the words begin with, is said once.
    init(_ error: InputError, file: String) {
        var rest = error.message[...]
        var place = ""
        if rest.utf8.starts(with: file.utf8) {
            rest = Substring(rest.utf8.dropFirst(file.utf8.count))
            if rest.hasPrefix(", "), let end = rest.firstRange(of: ": ") {
                place = String(rest[..<end.lowerBound].dropFirst(2))
                rest = rest[end.upperBound...]
            } else {
                rest = rest.drop { $0 == ":" || $0 == " " }
            }
        }
        let hint = error.hint.map { "; \($0)" } ?? ""
        self.init(file: file, path: place, message: rest + hint + ".")
    }
}
