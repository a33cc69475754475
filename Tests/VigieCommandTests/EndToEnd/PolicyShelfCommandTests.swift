// SPDX-License-Identifier: Apache-2.0

// `vigie policy activate`, `approve` and what is around them, as a shell would run them on copies
// of a policy that comes with the product.

import FoundationEssentials
import Testing

@Suite struct PolicyShelfCommandTests {
    private let directory: String
    private let policy: String
    private static let sample =
        #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        + "/Clients/CLI/Samples/Policies/cautious-supplier"

    init() throws {
        directory =
            FileManager.default.temporaryDirectory.path
            + "/vigie-shelf-\(UInt64.random(in: 0...(.max)))"
        policy = directory + "/shelf/first"
        try FileManager.default.createDirectory(
            atPath: directory + "/shelf",
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(
            atPath: Self.sample,
            toPath: policy
        )
    }

    private func vigie(_ arguments: String...) throws -> ProgramResult {
        try ChildProcess("vigie", ["policy"] + arguments, environment: [:], directory: directory)
            .wait()
    }

    @Test func onePersonIsNotTwo() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let first = try vigie("activate", policy, "--as", "ada")
        #expect(first.status == 0)
        #expect(first.output.contains("requested; another person has to agree"))
        for same in ["Ada", "ada ", "\u{FF21}da", "ad\u{200B}a", " "] {
            #expect(try vigie("approve", policy, "--as", same).status != 0, "\(same)")
        }
        #expect(try vigie("approve", policy, "--as", "bob").status == 0)
        let late = try vigie("approve", policy, "--as", "eve")
        #expect(late.status == 1 && late.errors.contains("It is active already"))
        // What holds may be asked for again; the line of where it stands does not say so.
        let again = try vigie("activate", policy, "--as", "ada")
        #expect(again.output.contains("active from") && again.output.contains("requested;"))
    }

    @Test func withoutTestsNothingIsRight() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.removeItem(atPath: policy + "/tests")
        let check = try vigie("check", policy)
        #expect(check.status == 1 && check.output.contains("failed tests: there are none"))
        #expect(check.output.split(separator: "there are none").count == 2, "told once")
        let asked = try vigie("activate", policy, "--as", "ada")
        #expect(asked.status == 1 && asked.errors.contains("tests: there are none"))
    }

    @Test func placesThatAreNone() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let shelf = try vigie("activate", directory + "/shelf", "--as", "ada")
        #expect(shelf.errors.contains("is a directory of policies"))
        #expect(shelf.errors.contains("name one of them: first"))
        for arguments in [["activate", "shelf/zzz"], ["history", "no/where"], ["list", "nope"]] {
            let result = try vigie(arguments[0], arguments[1])
            #expect(result.status != 0)
            #expect(result.errors.contains("there is no directory \(arguments[1])"), "\(result)")
        }
        // A name without a server may be a mistyped directory: by its person, or if none answers.
        let person = try vigie("activate", "zzz", "--as", "ada")
        #expect(person.errors.contains("there is no directory zzz"), "\(person)")
        let config = directory + "/settings.json"
        try Data("{\"server\": \"[::1]:1\"}".utf8).write(to: URL(filePath: config))
        let named = try vigie("history", "zzz", "--config", config, "--timeout", "5s")
        #expect(named.status != 0 && !named.errors.contains("there is no directory"), "\(named)")
        let empty = try vigie("list", directory)
        #expect(empty.output.isEmpty && empty.errors.contains("there are no policies in"))
        // What cannot be read is told with the others, and is no success.
        try Data("{".utf8).write(to: URL(filePath: policy + "/policy.json"))
        try FileManager.default.copyItem(
            atPath: Self.sample,
            toPath: directory + "/shelf/second"
        )
        let broken = try vigie("list", directory + "/shelf")
        #expect(broken.status == 65 && broken.output.contains("cautious-supplier@1.0.0"))
        #expect(broken.errors.contains("/shelf/first is passed over: "), "\(broken)")
        let stop = try vigie("stop", "a", "--server", "[::1]:1", "--as", "eve", "--reason", "x")
        #expect(stop.errors.contains("--as says who you are in a directory"))
    }
}
