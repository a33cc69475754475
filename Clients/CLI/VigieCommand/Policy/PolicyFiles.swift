// SPDX-License-Identifier: Apache-2.0

// The files of a model, and its tests on them.

internal import CommandFiles
internal import CommandTables
internal import DecisionCases
internal import Decisions
internal import Documents
internal import FEEL
internal import FoundationEssentials
internal import VigieLimits

/// A model on disk.
final class PolicyFiles {
    /// The name of its file.
    let name: String
    private let files: [DecisionFile]
    private let isStrict: Bool
    private var run: DecisionTestRun?

    init(_ files: [DecisionFile], isStrict: Bool) {
        self.files = files
        self.isStrict = isStrict
        name = files.first?.name ?? ""
    }

    /// The files that are named, and those beside the first one which any of them imports.
    static func files(_ paths: [String]) throws(CommandFailure) -> [DecisionFile] {
        var files: [DecisionFile] = []
        for path in paths { files.append(try file(path)) }
        guard let first = paths.first else { return files }
        var known = Set(files.compactMap { $0.namespaces?.own })
        var wanted = Set(files.flatMap { $0.namespaces?.imported ?? [] }).subtracting(known)
        guard !wanted.isEmpty else { return files }
        var others: [(own: String, imported: [String], file: DecisionFile)] = []
        for path in filesBeside(first)
        where path.hasSuffix(".dmn") && others.count < DecisionLimits.files {
            guard let file = try? file(path), let (own, imported) = file.namespaces else {
                continue
            }
            others.append((own, imported, file))
        }
        while let next = others.firstIndex(where: { wanted.contains($0.own) }) {
            let other = others.remove(at: next)
            files.append(other.file)
            known.insert(other.own)
            wanted = wanted.union(other.imported).subtracting(known)
        }
        return files
    }

    private static func file(_ path: String) throws(CommandFailure) -> DecisionFile {
        DecisionFile(
            name: path.split(separator: "/").last.map(String.init) ?? path,
            bytes: try SmallFile.bytes(path: path, bytesMax: DecisionLimits.fileBytes)
        )
    }

    /// Reads a file of tests.
    static func tests(_ path: String) throws(CommandFailure) -> DecisionTestFile {
        let bytes = try SmallFile.bytes(path: path, bytesMax: DecisionLimits.fileBytes)
        do throws(DocumentError) {
            return try DecisionTestFile(name: path, bytes: bytes, zones: systemZones)
        } catch {
            throw CommandFailure(.badInput, "\(path): \(error)")
        }
    }

    /// What becomes of each test: its id, and why it does not hold.
    func outcomes(
        of tests: DecisionTestFile
    ) throws(CommandFailure) -> [(test: String, failure: String?)] {
        if let refusal = tests.refusal {
            let failure = failure(ofRefusal: refusal)
            return tests.cases.map { ($0.id, failure) }
        }
        if run == nil { run = try loaded() }
        guard let run else { return [] }
        return tests.cases.map { test in
            let failures = run.failures(of: test)
            return (test.id, failures.isEmpty ? nil : failures.joined(separator: "; "))
        }
    }

    private func failure(ofRefusal words: String) -> String? {
        do throws(DecisionModelError) {
            _ = try DecisionModel.read(files, .strict, zones: Self.systemZones)
            return "the model is not refused"
        } catch {
            let isSaid = error.problems.contains { $0.description.contains(words) }
            return isSaid ? nil : "the model is refused with other words: \(error)"
        }
    }

    private func loaded() throws(CommandFailure) -> DecisionTestRun {
        do throws(DecisionModelError) {
            let model = try DecisionModel.read(
                files,
                isStrict ? .strict : .standard,
                zones: Self.systemZones
            )
            if let first = model.problems.first {
                let count = model.problems.count
                printError(
                    "vigie: \(escaped("\(first)"))"
                        + (count > 1 ? " (and \(count - 1) more)" : "")
                        + "; --strict tells and refuses all that is wrong"
                )
            }
            return DecisionTestRun(
                model,
                isStrict ? .exact : .kit,
                now: Self.now,
                zones: Self.systemZones
            )
        } catch {
            let lines = error.problems.map { escaped($0.description) }
            throw CommandFailure(.badInput, lines.joined(separator: "\n"))
        }
    }

    /// The path of a file from the root on.
    static func fullPath(_ path: String) -> String {
        let path =
            path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The time at which the tests are run.
    private static var now: FEELDateTime? {
        let seconds = Date().timeIntervalSince1970
        let day = (seconds / 86_400).rounded(.down)
        return FEELDate(dayNumber: Int(day)).map {
            FEELDateTime(
                date: $0,
                nanoseconds: Int64((seconds - day * 86_400) * 1e9),
                zone: .utc
            )
        }
    }

    /// The zones of the system.
    static let systemZones = FEELZones { name in
        try? SmallFile.bytes(
            path: "/usr/share/zoneinfo/\(name)",
            bytesMax: FEELLimits.zoneFileBytes
        )
    }
}
