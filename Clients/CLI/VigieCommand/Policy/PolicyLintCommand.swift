// SPDX-License-Identifier: Apache-2.0

// `vigie policy lint`: are there rules that may not be meant?

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CompiledTables
internal import Decisions
internal import Documents
internal import Policies
internal import VigieApplication

/// The command that looks at the rules of a model.
struct PolicyLintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Looks for overlaps, gaps and dead rules in the tables of a model.",
        discussion: """
            Prints a line for each finding, with a row that shows it, and ends with 0 only if \
            there is none. What the hit policy of a table allows is not told: FIRST and COLLECT \
            may overlap, and a table with a default, or that collects, has no gaps. Cells and \
            decisions that are evaluated row by row, and so are slow, are told, too. A model in \
            which anything is wrong is refused. Of a policy, days on which its reference tables \
            say nothing and texts that are nearly others are told, too, and what its waivers.json \
            lets stand is not.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "A policy; or a model, and models that it imports: those beside it are found.",
            valueName: "file"
        ),
        completion: .file(extensions: ["dmn"])
    )
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "Seconds to look for; what was not finished by then is told.",
            valueName: "seconds"
        )
    )
    var seconds = 10

    func validate() throws {
        if files.isEmpty {
            throw ValidationError(
                "name a policy: a directory; or a model: a file whose name ends in .dmn"
            )
        }
        if seconds < 1 { throw ValidationError("--seconds: one at least") }
    }

    func run() async throws {
        let isClean: Bool
        do {
            isClean = try carryOut()
        } catch {
            throw ending(on: error, .en)
        }
        if !isClean { throw ArgumentParser.ExitCode(CommandStatus.failure.rawValue) }
    }

    /// Looks at all tables; whether nothing was found, and all was looked at in time.
    private func carryOut() throws -> Bool {
        let policy =
            files.count == 1 && PolicyBundles.isDirectory(files[0])
            ? try PolicyBundles.policy(files[0]) : nil
        let model = try policy?.model ?? PolicyFiles.strictModel(try PolicyFiles.files(files))
        let compiled = CompiledModel(model, deciding: model.nodes(.decision))
        let end = ContinuousClock.now + .seconds(seconds)
        var reports = compiled.lint { ContinuousClock.now < end }
        let waivers = policy.map { Waivers($0) }
        for place in reports.indices {
            let node = reports[place].node
            reports[place].leaveOut { waivers?.cover($0, of: node) ?? false }
        }
        let sink = try ByteSink.standardOutput()
        for report in reports {
            for line in lines(report, model) { sink.write(escaped(line) + "\n") }
            for line in policy?.unseen(report) ?? [] { sink.write(escaped(line) + "\n") }
            try sink.flushIfFull()
        }
        let review = policy.map { PolicyReview($0) { ContinuousClock.now < end } }
        let remarks = (review?.remarks ?? []).filter { !(waivers?.cover($0) ?? false) }
        for remark in remarks { sink.write(escaped("\(remark)") + "\n") }
        if review?.isFinished == false {
            sink.write("unknown texts: \(Self.notFinished(seconds))\n")
        }
        for remark in compiled.remarks.first { sink.write(escaped("slow: \(remark)") + "\n") }
        for line in waivers?.unused ?? [] { sink.write(escaped(line) + "\n") }
        for line in summary(reports, compiled) { sink.write(line + "\n") }
        if policy != nil {
            let holes = remarks.count { $0.kind == .hole }
            sink.write("holes: \(holes); unknown texts: \(remarks.count - holes)\n")
        }
        if let waivers { sink.write("let stand by waivers: \(waivers.count)\n") }
        try sink.flush()
        return remarks.isEmpty && review?.isFinished ?? true
            && reports.allSatisfy {
                $0.truncated.isEmpty && $0.findings.isEmpty && $0.unfinished.isEmpty
                    && policy?.unseen($0).isEmpty ?? true
            }
    }

    private static func notFinished(_ seconds: Int) -> String {
        "not finished in \(seconds) s; --seconds gives more"
    }

    private func lines(_ report: TableReport, _ model: DecisionModel) -> [String] {
        let place = model.nodes[report.node].place
        var lines = report.findings.map { "\(place): \($0.kind.rawValue): \($0)" }
        for kind in report.truncated {
            lines.append("\(place): \(kind.rawValue): there are more than are told")
        }
        for kind in report.unfinished {
            lines.append(
                "\(place): \(kind.rawValue): \(Self.notFinished(seconds))"
            )
        }
        return lines
    }

    private func summary(_ reports: [TableReport], _ compiled: CompiledModel) -> [String] {
        var lines: [String] = []
        let slow = "\(compiled.remarks)"
        if !slow.isEmpty { lines.append("evaluated row by row: \(slow)") }
        let rules = reports.reduce(0) { $0 + $1.unseen.count }
        if rules > 0 {
            lines.append("not looked at for overlaps: rules with slow cells: \(rules)")
        }
        let unseen =
            reports.count { $0.isInterpreted } + compiled.model.tables.count - reports.count
        if unseen > 0 {
            lines.append("not looked at: tables that no sets of rules were made of: \(unseen)")
        }
        let counts = TableFinding.Kind.allCases.map { kind in
            let count = reports.reduce(0) { $0 + $1.findings.count { $0.kind == kind } }
            let isCut = reports.contains { $0.truncated.contains(kind) }
            let isOpen = reports.contains { $0.unfinished.contains(kind) }
            let plural = kind.rawValue + (kind == .missingValueMatch ? "es" : "s")
            return "\(plural): \(count)"
                + (isCut ? " and more" : isOpen ? ", not finished" : "")
        }
        lines.append(counts.joined(separator: "; "))
        return lines
    }
}

/// What a policy lets stand of what is found.
private final class Waivers {
    private let policy: Policy
    /// How often each was of use.
    private var uses: [Int]

    init(_ policy: Policy) {
        self.policy = policy
        uses = policy.waivers.map { _ in 0 }
    }

    /// How many findings are let stand.
    var count: Int { uses.reduce(0, +) }

    /// Waivers of findings that are not there.
    var unused: [String] {
        zip(policy.waivers, uses).enumerated().compactMap { place, waiver in
            guard waiver.1 == 0, ![.neverHit, .notLookedAt].contains(waiver.0.kind) else {
                return nil
            }
            return "\(LintWaiver.fileName): [\(place)]: nothing of the kind is found in "
                + "\"\(waiver.0.decision)\"; take it out"
        }
    }

    /// Whether one lets a remark stand.
    func cover(_ remark: PolicyRemark) -> Bool {
        guard let place = policy.waivers.firstIndex(where: { remark.isLetStand(by: $0) }) else {
            return false
        }
        uses[place] += 1
        return true
    }

    /// Whether one lets a finding stand.
    func cover(_ finding: TableFinding, of node: Int) -> Bool {
        guard let table = policy.model.table(of: node) else { return false }
        let rules = finding.rules.map { policy.model.tables[table].rules[$0].id }
        let name = policy.model.nodes[node].name
        guard
            let place = policy.waivers.firstIndex(where: {
                $0.letsStand(finding.kind, of: name, rules: rules)
            })
        else { return false }
        uses[place] += 1
        return true
    }
}

extension PolicyFiles {
    /// The model of some files, the first of which it is; refused with all that is wrong.
    static func strictModel(_ files: [DecisionFile]) throws(CommandFailure) -> DecisionModel {
        do throws(DecisionModelError) {
            return try DecisionModel.read(files, .strict, zones: systemZones)
        } catch {
            let lines = error.problems.map { escaped($0.description) }
            throw CommandFailure(.badInput, lines.joined(separator: "\n"))
        }
    }
}
