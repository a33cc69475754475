// SPDX-License-Identifier: Apache-2.0

// What `vigie policy check` and `lint` find in a policy beside its rules and tests.

import FoundationEssentials
import Testing

@Suite struct PolicyFindingsTests {
    private let directory: String
    private let policy: String

    init() throws {
        directory =
            FileManager.default.temporaryDirectory.path
            + "/vigie-policies-\(UInt64.random(in: 0...(.max)))"
        let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        policy = root + "/Clients/CLI/Samples/Policies/cautious-supplier"
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
    }

    private func vigie(_ arguments: String...) throws -> ProgramResult {
        try ChildProcess("vigie", arguments, environment: [:], directory: directory).wait()
    }

    private func write(_ name: String, _ text: String) throws -> String {
        let path = directory + "/" + name
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    /// The policy with a text of a file in the place of another.
    private func changed(_ file: String, _ old: String, _ new: String) throws -> String {
        let copy = directory + "/changed"
        try FileManager.default.copyItem(atPath: policy, toPath: copy)
        let text = try ChildProcess.text(copy + "/" + file)
        #expect(text.contains(old))
        try FileManager.default.removeItem(atPath: copy + "/" + file)
        try Data(text.replacing(old, with: new).utf8).write(to: URL(filePath: copy + "/" + file))
        return copy
    }

    /// What editors and file managers leave behind is no part of a policy, and is told.
    @Test func hiddenFilesAreNoPart() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let copy = directory + "/copy"
        try FileManager.default.copyItem(atPath: policy, toPath: copy)
        let before = try vigie("policy", "check", copy)
        _ = try write("copy/.DS_Store", "x")
        _ = try write("copy/tables/.sectors.csv.swp", "x")
        let after = try vigie("policy", "check", copy)
        let told = "hidden, and no part of it: '.DS_Store', 'tables/.sectors.csv.swp'\n"
        #expect(after.status == 0 && after.output.contains(told), "\(after.output)")
        #expect(after.output.replacing(told, with: "") == before.output)
        _ = try write("copy/notes.txt", "x")
        #expect(try vigie("policy", "check", copy).errors.contains("is no part of a policy"))
    }

    /// Holes and texts that are nearly others are told by check and by lint, which then fails.
    @Test func tellsHolesAndUnknownTexts() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let other = try changed(
            "tables/sectors.csv",
            "2025-01-01,2026-06-30",
            "2025-01-01,2026-05-31"
        )
        let path = other + "/tables/sectors.csv"
        let text = try ChildProcess.text(path).replacing(
            "hospitality,high",
            with: "hospitality,hihg"
        )
        try Data(text.utf8).write(to: URL(filePath: path))
        let hole =
            "tables/sectors.csv: line 5: hole: no row for transport holds from 2026-06-01 to "
        let near = "tables/sectors.csv: line 3, risk: unknown text: no rule of Limit names \"hihg\""
        let checked = try vigie("policy", "check", other)
        for words in [hole, near] {
            #expect(checked.output.contains("in the way: \(words)"), "\(checked.output)")
        }
        let found = try vigie("policy", "lint", other)
        #expect(found.status == 1 && found.output.contains(hole) && found.output.contains(near))
        #expect(found.output.contains("holes: 1; unknown texts: 1\n"), "\(found.output)")
    }
}
