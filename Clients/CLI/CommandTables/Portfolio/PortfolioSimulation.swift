// SPDX-License-Identifier: Apache-2.0

// A file of a portfolio through a simulation: a company a row, a column an input, in blocks, so
// that memory does not grow with the file.

package import CreditPolicy
internal import Decisions
internal import Digests
package import Documents
internal import FEEL
package import Policies
package import Quantities
internal import VigieClient
internal import VigieLimits

/// A simulation of a file.
package struct PortfolioSimulation {
    /// What came out.
    package let simulation: PolicySimulation
    /// The name of the file.
    package let file: String
    /// SHA-256 of the file, in lower-case hexadecimal.
    package let fileHash: String
    /// Columns that were left out.
    package let ignoredColumns: [String]
    /// What is worth telling of its rows, a line each.
    package let notes: [String]

    /// Simulates.
    ///
    /// - Parameters:
    ///   - source: The file: delimited text with a header.
    ///   - before: The policy as it is.
    ///   - after: The policy as it is to be.
    ///   - asOf: The day for which is decided where the file names none; the first day of `after`
    ///     if that is nil, too.
    ///   - greatest: How many of the greatest changes are told.
    /// - Throws: What is wrong with the file.
    package init(
        _ source: ByteSource,
        _ before: Policy,
        _ after: Policy,
        asOf: CalendarDate?,
        greatest: Int
    ) throws {
        file = source.name
        let digest = RunningDigest()
        let passing = ByteSource(
            name: source.name,
            totalBytes: source.totalBytes,
            identity: source.identity
        ) { buffer throws(InputError) in
            let count = try source.read(buffer)
            digest.add(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            return count
        }
        let inputs = try PortfolioInputs(before, after, file)
        do {
            let reader = try CSVBlockReader(
                try TextInput(passing).buffer,
                choice: inputs.choice,
                inputs: inputs.tableInputs
            )
            ignoredColumns = try inputs.ignored(reader.textColumns, file)
            var run = PortfolioRun(inputs, reader, file, asOf: asOf, greatest: greatest)
            while let block = try reader.readBlock(rowCountMaximum: CompiledTableLimits.blockRows) {
                try run.add(block)
            }
            guard let simulation = run.simulation else {
                throw InputError(
                    .content,
                    "\(file) names no company",
                    hint: "below its line of titles it needs a row a company"
                )
            }
            (self.simulation, notes) = (simulation, run.remarks.lines)
        } catch let error as InputError {
            throw Self.withoutDialects(error)
        }
        fileHash = Digest.hexadecimal(digest.finished())
    }

    /// The reader of tables advises dialects and encodings, which a simulation has none of.
    private static func withoutDialects(_ error: InputError) -> InputError {
        if error.nextOptions.contains("--encoding") {
            return InputError(
                error.kind,
                error.message,
                hint: "save it as UTF-8, which Excel calls \"CSV UTF-8\""
            )
        }
        let isOfDialects = error.hint?.contains("--dialect") ?? false
        guard isOfDialects || error.nextOptions.contains("--dialect") else { return error }
        return InputError(
            error.kind,
            error.message,
            hint: "write numbers with a point and no mark for thousands, such as 1234.5"
        )
    }
}

/// What two policies take of a file.
struct PortfolioInputs {
    let before: Policy
    let after: Policy
    private let file: String
    private var types: [(column: CreditColumn, type: FEELType)] = []

    /// The column that tells the day.
    static let asOf = PolicyCircumstance.asOf.rawValue
    /// Columns that name a row, the best first.
    static let names = ["company", "scenario", "id"]

    init(_ before: Policy, _ after: Policy, _ file: String) throws(InputError) {
        (self.before, self.after, self.file) = (before, after, file)
        let own = [PolicyCircumstance.stage.rawValue, PolicyCircumstance.subject.rawValue]
        for policy in [before, after] {
            let names = policy.manifest.inputs.map(\.name) + own + [CreditColumn.role]
            for name in names {
                guard let column = CreditColumn(name, of: policy) else { continue }
                guard let known = types.first(where: { $0.column.name == name }) else {
                    types.append((column, Self.type(name, policy)))
                    continue
                }
                guard known.column == column else {
                    throw InputError(
                        .content,
                        "\(name) is a \(known.column.kind) for one policy and a \(column.kind) for "
                            + "the other",
                        hint: "give it another name in one of them"
                    )
                }
            }
        }
    }

    /// What cells of an input are read as: the model knows what lists hold.
    private static func type(_ name: String, _ policy: Policy) -> FEELType {
        let input = policy.manifest.inputs.first { $0.name == name }
        let node = policy.model.node(name).map { policy.model.nodes[$0].type.type }
        return node ?? input?.kind.type ?? .string
    }

    /// What the reader of the file is to expect.
    var tableInputs: [TableInput] {
        types.map { TableInput(name: $0.column.name, isCategory: $0.column.kind != .number) }
            + [TableInput(name: Self.asOf, isCategory: true)]
    }

    /// The column of a name, with memory.
    func column(_ name: String) -> PortfolioColumn? {
        types.first { $0.column.name == name }.map { PortfolioColumn($0.column, $0.type) }
    }

    /// The columns that are left out: names, expectations, groups.
    ///
    /// - Throws: Columns that are no such, most likely inputs that are mistyped.
    func ignored(_ columns: [String], _ file: String) throws(InputError) -> [String] {
        let unknown = columns.filter { name in
            !Self.names.contains(name) && name != "group" && !name.hasPrefix("expect.")
        }
        if let first = unknown.first {
            let hint = NearestName.hint(types.map(\.column.name), to: first)
            let verb = unknown.count > 1 ? "are no inputs" : "is no input"
            throw InputError(
                .content,
                "\(file): \(listed(unknown)) \(verb) of \(before.reference) or "
                    + "\(after.reference).\(hint)",
                hint: "rename or remove them"
            )
        }
        return columns.filter { !Self.names.contains($0) }
    }

    /// All columns are kept, so that those that are mistyped are told by their names.
    var choice: ColumnChoice {
        var choice = ColumnChoice(keepsAll: true)
        let some = types.prefix(3).map(\.column.name).joined(separator: ", ")
        choice.hint = "name columns as the policies name inputs, such as \(some)"
        return choice
    }

    /// What is wrong with a text of a column of which policies know all values; nil if nothing is.
    func fault(_ text: String, _ name: String) -> String? {
        let isInput = [before, after].contains { $0.manifest.inputs.contains { $0.name == name } }
        guard !isInput else { return nil }
        let known: [String]
        switch name {
        case PolicyCircumstance.stage.rawValue: known = BusinessStage.allCases.map(\.rawValue)
        case PolicyCircumstance.subject.rawValue: known = PolicySubject.allCases.map(\.rawValue)
        case CreditColumn.role:
            let roles = [before, after].flatMap { $0.manifest.authority.roles.map(\.name) }
            known = roles.enumerated().filter { !roles[..<$0.offset].contains($0.element) }
                .map(\.element)
        default: return nil
        }
        guard !known.contains(text) else { return nil }
        let list = known.joined(separator: ", ")
        return "\"\(shortened(text))\" is no \(name) of the policies, which know \(list)"
    }

    /// Refuses a day on which neither policy holds.
    func checkDay(_ day: CalendarDate?, _ file: String, line: Int?) throws(InputError) {
        let policies = [before, after]
        guard let day, !policies.contains(where: { $0.manifest.isEffective(on: day) }) else {
            return
        }
        let place = line.map { "\(file), line \($0), \(Self.asOf): " } ?? ""
        throw InputError(
            .content,
            "\(place)neither \(before.reference) nor \(after.reference) holds on \(day)",
            hint: "they hold from \(before.manifest.effectiveFrom) and from "
                + "\(after.manifest.effectiveFrom) on"
        )
    }

    /// A simulation on a day, or on the first day of the policy as it is to be.
    func simulation(
        on day: CalendarDate?,
        _ columns: [CreditColumn],
        greatest: Int
    ) throws -> PolicySimulation {
        try PolicySimulation(
            before,
            after,
            on: day ?? after.manifest.effectiveFrom,
            columns: columns,
            greatest: greatest
        )
    }
}
