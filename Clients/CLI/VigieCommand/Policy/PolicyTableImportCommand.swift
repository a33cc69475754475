// SPDX-License-Identifier: Apache-2.0

// `vigie policy table import`: the rules of a spreadsheet in the place of those of a policy.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Decisions
internal import Documents
internal import Policies
internal import TableArguments
internal import VigieApplication
internal import VigieLimits

/// The command that reads tables from a spreadsheet.
struct PolicyTableImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Puts the rules of a workbook (.xlsx) or .csv in the place of a policy's.",
        discussion: """
            Takes what `vigie policy table export` wrote, changed in a spreadsheet. Prints what is \
            otherwise, a line each. Everything else of the model stays as it is, byte for byte; if \
            anything is wrong, with a cell or with the policy that would come out, all of it is \
            told and nothing is changed.
            """
    )

    @Argument(
        help: ArgumentHelp("The directory of the policy.", valueName: "policy"),
        completion: .directory
    )
    var policy: String

    @Argument(
        help: ArgumentHelp("The file to read.", valueName: "file"),
        completion: .file(extensions: ["xlsx", "csv"])
    )
    var file: String

    @OptionGroup var dialect: SheetDialect

    @Option(
        help: ArgumentHelp(
            "Encoding of a .csv, such as windows-1252; else UTF-8, or by its byte-order mark.",
            valueName: "name"
        )
    )
    var encoding: String?

    @Flag(help: "Only say what would be otherwise.")
    var dryRun = false

    func run() async throws {
        do {
            try carryOut()
        } catch {
            throw ending(on: error, .en)
        }
    }

    private func carryOut() throws {
        let policy = try PolicyBundles.policy(policy)
        var sources: [String: DecisionFile] = [:]
        for file in policy.modelFiles { sources[file.name] = file }
        var changes: [String] = []
        var changed: [String: [UInt8]] = [:]
        var problems: [DocumentProblem] = []
        var decisions: [String] = []
        var imports: [TableImport] = []
        for sheet in try sheets() {
            guard let name = TableImport.decision(of: sheet) else {
                let title = escaped("\(file): sheet \"\(sheet.name)\"")
                printError(
                    "vigie: \(title): is no table, and left out: cell A1 is not \"decision\""
                )
                continue
            }
            guard !decisions.contains(name) else {
                throw CommandFailure(.badInput, escaped("\(file): \"\(name)\" is there twice"))
            }
            decisions.append(name)
            var source = try PolicyTables.source(name, policy)
            guard let place = policy.model.node(name), let table = policy.model.table(of: place)
            else { continue }
            do throws(PolicyError) {
                let wanted = try TableImport(
                    sheet,
                    file: file,
                    try numbers(),
                    into: source,
                    policy.model.tables[table]
                )
                guard !wanted.changes.isEmpty else { continue }
                imports.append(wanted)
                // Another table of the file may have changed already.
                if let bytes = changed[source.file.name] {
                    source = try Self.again(name, source.file.name, bytes)
                }
                changed[source.file.name] = source.rewritten(wanted.rules)
                changes += wanted.changes
            } catch {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw PolicyBundles.failure(PolicyError(problems: problems)) }
        guard !decisions.isEmpty else {
            throw CommandFailure(
                .badInput,
                "\(escaped(file)) holds no table",
                hint: "`vigie policy table export` writes one to begin with"
            )
        }
        try check(changed, imports)
        try write(changed, of: policy)
        for line in changes { try printOutput(escaped(line)) }
        let files = changed.keys.sorted().joined(separator: ", ")
        try printOutput(
            changes.isEmpty
                ? "nothing is otherwise" : dryRun ? "nothing was written" : "\(files): written"
        )
    }

    private func numbers() throws(PolicyError) -> SheetNumbers? {
        do throws(CommandFailure) {
            return try dialect.numbers()
        } catch {
            throw PolicyError(file: "--dialect", message: error.message)
        }
    }

    private static func again(
        _ name: String,
        _ file: String,
        _ bytes: [UInt8]
    ) throws(PolicyError) -> TableSource {
        do throws(DecisionModelError) {
            return try TableSource(name, in: DecisionFile(name: file, bytes: bytes))
        } catch {
            throw PolicyError(file: file, message: "\(error)")
        }
    }

    /// The sheets of the file.
    private func sheets() throws -> [Sheet] {
        let bytes = try SmallFile.bytes(path: file, bytesMax: WorkbookLimits.fileBytes)
        do throws(InputError) {
            if WorkbookReader.isWorkbook(bytes) { return try WorkbookReader(bytes).sheets }
            var dialect = TableDialect()
            if let encoding {
                guard let known = TextEncoding(name: encoding) else {
                    throw InputError(
                        .options,
                        "the encoding '\(encoding)' is not known",
                        hint: "there are "
                            + TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
                    )
                }
                dialect.encoding = known
            }
            return [try Sheet(text: bytes, file: file, encoding: dialect.encoding)]
        } catch {
            var told = error
            if WorkbookReader.isWorkbook(bytes) { told.message = "\(file): \(error.message)" }
            throw CommandFailure(told)
        }
    }

    /// Refuses what would make no policy.
    private func check(_ changed: [String: [UInt8]], _ imports: [TableImport]) throws {
        do throws(PolicyError) {
            _ = try PolicyUseCases.read(
                policy,
                with: changed.map { PolicyFile(path: $0.key, bytes: $0.value) }
            )
        } catch {
            let problems = error.problems.map { problem in
                imports.lazy.compactMap { $0.problem(problem) }.first ?? problem
            }
            let failure = PolicyBundles.failure(PolicyError(problems: problems))
            throw CommandFailure(failure.status, failure.message, hint: "nothing was changed")
        }
    }

    /// Writes all files, or none: what somebody else has written since is never lost.
    private func write(_ changed: [String: [UInt8]], of read: Policy) throws {
        guard !dryRun else { return }
        var files: [ByteSink] = []
        for (name, bytes) in changed.sorted(by: { $0.key < $1.key }) {
            let file = try ByteSink.file(policy + "/" + name)
            file.write(bytes)
            try file.flush()
            files.append(file)
        }
        for name in changed.keys.sorted() {
            let path = policy + "/" + name
            let bytes = try SmallFile.bytes(path: path, bytesMax: DecisionLimits.fileBytes)
            guard read.modelFiles.first(where: { $0.name == name })?.bytes == bytes else {
                throw CommandFailure(
                    .inputOutputError,
                    "\(escaped(path)) was changed by somebody else meanwhile; nothing was written",
                    hint: "look at what it says now, and import again"
                )
            }
        }
        for file in files { try file.finish() }
    }
}
