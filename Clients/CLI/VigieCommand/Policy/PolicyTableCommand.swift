// SPDX-License-Identifier: Apache-2.0

// `vigie policy table`: the rules of a policy in a spreadsheet, and back.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Decisions
internal import Documents
internal import Policies
internal import TableArguments

/// The parent of the commands on tables.
struct PolicyTableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table",
        abstract: "Writes the decision tables of a policy to a spreadsheet, and reads them back.",
        subcommands: [PolicyTableExportCommand.self, PolicyTableImportCommand.self]
    )
}

/// The command that writes tables to a spreadsheet.
struct PolicyTableExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes decision tables to a workbook (.xlsx), a sheet each, or one to a .csv.",
        discussion: """
            A row is a rule, a column an input, an output or a note. Rules are known by the id in \
            the first column; to add one, add a row without an id. `vigie policy table import` \
            reads the file back. Numbers of workbooks show as the country of whoever opens them \
            has it; those in texts have a point, unless a dialect is named.
            """
    )

    @Argument(
        help: ArgumentHelp("The directory of the policy.", valueName: "policy"),
        completion: .directory
    )
    var policy: String

    @Argument(
        help: ArgumentHelp("The file to write.", valueName: "file"),
        completion: .file(extensions: ["xlsx", "csv"])
    )
    var file: String

    @Option(
        help: ArgumentHelp(
            "Only the table of this decision; can be given again. (default: all)",
            valueName: "name"
        )
    )
    var decision: [String] = []

    @OptionGroup var dialect: SheetDialect

    func validate() throws {
        guard file.hasSuffix(".xlsx") || file.hasSuffix(".csv") else {
            throw ValidationError("the name of the file has to end in .xlsx or .csv")
        }
    }

    func run() async throws {
        do {
            try carryOut()
        } catch {
            throw ending(on: error, .en)
        }
    }

    private func carryOut() throws {
        let numbers = try dialect.numbers() ?? .plain
        let policy = try PolicyBundles.policy(policy)
        let names = decision.isEmpty ? policy.tableNames : decision
        let sheets = try names.map { TableSheet(try PolicyTables.source($0, policy), numbers) }
        let bytes: [UInt8]
        if file.hasSuffix(".csv") {
            guard let sheet = sheets.first, sheets.count == 1 else {
                throw CommandFailure(
                    .usage,
                    "a .csv holds one table",
                    hint: "name it with --decision (\(names.joined(separator: ", "))), or write an "
                        + ".xlsx"
                )
            }
            bytes = try PolicyTables.text(sheet, try dialect.named())
        } else {
            var workbook = Workbook()
            for sheet in sheets {
                let rows = sheet.rows.map { row in
                    row.map { cell -> Workbook.Cell in
                        switch cell {
                        case .text(let text): .exact(text)
                        case .number(let digits): .digits(digits)
                        }
                    }
                }
                workbook.add(sheet.name, rows: rows, frozen: TableSheet.headRows)
            }
            bytes = workbook.bytes()
        }
        let output = try ByteSink.file(file)
        output.write(bytes)
        try output.finish()
        let rules = sheets.reduce(0) { $0 + $1.rows.count - TableSheet.headRows }
        let tables = sheets.count == 1 ? "1 table" : "\(sheets.count) tables"
        try printOutput(escaped("\(file): \(tables), \(rules) rules"))
    }
}

/// How a sheet is written.
struct SheetDialect: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How numbers and days in texts are written, and a .csv as a whole: "
                + "\(TableFlags.dialectNames).",
            valueName: "name"
        )
    )
    var dialect: String?

    /// The dialect.
    func named() throws(CommandFailure) -> TableDialect {
        guard let dialect else { return .plain }
        return try TableFlags.dialect(named: dialect)
    }

    /// How numbers are written; nil if nobody says so.
    func numbers() throws(CommandFailure) -> SheetNumbers? {
        dialect == nil ? nil : SheetNumbers(try named()).named
    }
}

/// Tables of policies and their files.
enum PolicyTables {
    /// The table of a decision as it is written.
    static func source(_ name: String, _ policy: Policy) throws(CommandFailure) -> TableSource {
        guard let place = policy.model.node(name), policy.model.table(of: place) != nil,
            let file = policy.modelFiles.first(where: {
                $0.name == policy.model.nodes[place].place.file
            })
        else {
            throw CommandFailure(
                .badInput,
                "the policy has no decision \"\(escaped(name))\" that is a table",
                hint: "there are \(policy.tableNames.joined(separator: ", "))"
            )
        }
        do throws(DecisionModelError) {
            return try TableSource(name, in: file)
        } catch {
            throw CommandFailure(.badInput, escaped("\(error)"))
        }
    }

    /// A sheet as delimited text.
    static func text(_ sheet: TableSheet, _ dialect: TableDialect) throws -> [UInt8] {
        let delimiter = String(UnicodeScalar(dialect.outputDelimiter))
        let decimal = String(UnicodeScalar(dialect.numbers.decimal))
        var text = dialect.writesByteOrderMark ? "\u{FEFF}" : ""
        let width = sheet.rows.map(\.count).max() ?? 0
        for row in sheet.rows {
            let cells = row.map { cell in
                switch cell {
                case .text(let text): text
                case .number(let digits): digits.replacing(".", with: decimal)
                }
            }
            let all = cells + Array(repeating: "", count: width - cells.count)
            text += all.map { quoted($0, delimiter) }.joined(separator: delimiter) + "\r\n"
        }
        return Array(text.utf8)
    }

    private static func quoted(_ text: String, _ delimiter: String) -> String {
        let marks = [delimiter, "\"", "\n", "\r"]
        let isPlain = !marks.contains { text.contains($0) } && text == text.trimmingBlanks
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

extension Policy {
    /// The decisions that are tables.
    var tableNames: [String] {
        model.nodes(.decision).filter { model.table(of: $0) != nil }.map { model.nodes[$0].name }
    }
}

extension String {
    /// Without blanks around it.
    fileprivate var trimmingBlanks: String {
        let front = utf8.drop { $0 <= 0x20 }
        return String(decoding: front.reversed().drop { $0 <= 0x20 }.reversed(), as: UTF8.self)
    }
}
