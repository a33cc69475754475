// SPDX-License-Identifier: Apache-2.0

// Policies on disk, and facts of companies, as commands name them.

internal import CommandFiles
internal import CreditPolicy
internal import Documents
internal import FoundationEssentials
internal import Policies
internal import Quantities
internal import VigieApplication
internal import VigieLimits

/// Reads policies and facts.
enum PolicyBundles {
    /// Whether a path is a directory.
    static func isDirectory(_ path: String) -> Bool {
        var isDirectory = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            && isDirectory
    }

    /// The policy of a directory.
    static func policy(_ path: String) throws(CommandFailure) -> Policy {
        guard isDirectory(path) else {
            throw CommandFailure(
                .cannotOpenInput,
                "there is no directory \(escaped(path))",
                hint: "name the directory of a policy: one with a \(PolicyManifest.fileName)"
            )
        }
        do throws(PolicyError) {
            return try PolicyUseCases.read(path)
        } catch {
            // Several directories may be named: each problem says in which one it is.
            let place = path.hasSuffix("/") ? path : path + "/"
            let lines = error.problems.map { escaped("\(place)\($0)") }
            throw CommandFailure(.badInput, lines.joined(separator: "\n"))
        }
    }

    /// What is wrong with a policy or with facts, one problem a line.
    static func failure(_ error: PolicyError) -> CommandFailure {
        CommandFailure(
            .badInput,
            error.problems.map { escaped($0.description) }.joined(separator: "\n")
        )
    }

    /// The questions of a file of facts: JSON, or a table with a company a row. What stands in it
    /// twice is told.
    ///
    /// - Parameters:
    ///   - today: The day that is decided for where the file names none.
    ///   - options: How the table is written.
    ///   - isTrial: Whether the policy is tried on days on which it does not hold.
    static func questions(
        _ path: String,
        _ policy: Policy,
        today: CalendarDate,
        _ options: TableOptions,
        isTrial: Bool = false
    ) throws(CommandFailure) -> [CreditQuestion] {
        let bytes = try SmallFile.bytes(path: path, bytesMax: PolicyLimits.partBytes)
        let file = PolicyFile(path: path, bytes: bytes)
        let told = try self.questions(file, policy, today, options)
        guard !told.isEmpty else {
            throw CommandFailure(
                .badInput,
                "\(escaped(path)) names no company",
                hint: "below its line of titles it needs a row a company; in JSON, an object each"
            )
        }
        if !isTrial { try checkDays(told, path, policy, today) }
        noteRepeated(told, path)
        noteAlikeGroups(told, path)
        return told.map(\.question)
    }

    /// A question with the place where it stands in its file.
    private typealias PlacedQuestion = (place: String, question: CreditQuestion)

    /// Says which rows are for days on which the policy does not hold.
    private static func checkDays(
        _ questions: [PlacedQuestion],
        _ path: String,
        _ policy: Policy,
        _ today: CalendarDate
    ) throws(CommandFailure) {
        let wrong = questions.filter { !policy.manifest.isEffective(on: $0.question.asOf) }
        guard let first = wrong.first else { return }
        let last = policy.manifest.effectiveTo.map { " to \($0)" } ?? " on"
        let more = wrong.count > 1 ? " (and \(wrong.count - 1) more)" : ""
        // The day of rows that name none stands in no column.
        let isOwn = first.question.asOf != today
        throw CommandFailure(
            .badInput,
            "\(escaped(path)): \(first.place): \(isOwn ? "as_of: " : "")\(policy.reference) holds "
                + "from \(policy.manifest.effectiveFrom)\(last), and is asked for "
                + "\(first.question.asOf)\(more)",
            hint: isOwn ? nil : "name another day with --as-of"
        )
    }

    /// Names of groups are compared as they are: those that only capitals tell apart are two, and
    /// hardly meant to be, since each would get what the whole is bounded by. The first are told.
    private static func noteAlikeGroups(_ questions: [PlacedQuestion], _ path: String) {
        var names: [String: (place: String, group: String)] = [:]
        for (place, question) in questions {
            guard let group = question.group else { continue }
            let folded = group.lowercased()
            guard let first = names[folded] else {
                names[folded] = (place, group)
                continue
            }
            // As groups are told apart: an accent is the same however it is composed.
            guard first.group != group else { continue }
            let words = "the groups \(quoted(first.group)) and \(quoted(group)) are two"
            printError(
                "vigie: note: \(escaped(path)): \(words) (\(first.place) and \(place)), and "
                    + "bounded each by itself"
            )
            return
        }
    }

    /// A company that stands in a file twice is decided twice, and counts twice in all sums.
    private static func noteRepeated(_ questions: [PlacedQuestion], _ path: String) {
        var places: [String: String] = [:]
        var repeated: [String] = []
        for (place, question) in questions where !question.company.isEmpty {
            if let first = places[question.company] {
                repeated.append("\"\(escaped(question.company))\" stands in \(first) and \(place)")
            } else {
                places[question.company] = place
            }
        }
        guard let first = repeated.first else { return }
        let more = repeated.count > 1 ? " (and \(repeated.count - 1) more)" : ""
        printError("vigie: note: \(escaped(path)): \(first)\(more); each counts for itself")
    }

    private static func questions(
        _ file: PolicyFile,
        _ policy: Policy,
        _ today: CalendarDate,
        _ options: TableOptions
    ) throws(CommandFailure) -> [PlacedQuestion] {
        let path = file.path
        do {
            guard isTable(file) else {
                guard options == TableOptions() else {
                    throw CommandFailure(
                        .usage,
                        "options that say how a table is written do nothing for \(escaped(path))",
                        hint: "it is JSON; the name of a table ends in .csv"
                    )
                }
                let questions = try CreditQuestion.read(
                    json: file.bytes,
                    file: path,
                    policy: policy,
                    today: today
                )
                return questions.enumerated().map { ("[\($0 + 1)]", $1) }
            }
            let table = try ScenarioFile.read(file, policy.manifest, options)
            var questions: [PlacedQuestion] = []
            let checks = FactChecks(policy)
            // A line of nothing but commas is no company.
            for scenario in table.scenarios where !scenario.facts.isEmpty {
                let question = try CreditQuestion(
                    scenario,
                    file: path,
                    checks: checks,
                    today: today
                )
                questions.append(("line \(scenario.line)", question))
            }
            return questions
        } catch let error as PolicyError {
            throw failure(error)
        } catch {
            throw CommandFailure(error, server: "")
        }
    }

    /// Whether a file of facts is a table: by its name, or where that says nothing, since JSON
    /// begins with a bracket.
    private static func isTable(_ file: PolicyFile) -> Bool {
        if file.path.hasSuffix(".csv") { return true }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = file.bytes.dropFirst(file.bytes.starts(with: mark) ? mark.count : 0)
        guard !file.path.hasSuffix(".json"), let first = text.first(where: { $0 > 0x20 })
        else { return false }
        return first != UInt8(ascii: "{") && first != UInt8(ascii: "[")
    }

    /// The day of today, in UTC.
    static var today: CalendarDate {
        CalendarDate(secondsSince1970: Int64(Date().timeIntervalSince1970.rounded(.down)))
    }
}
