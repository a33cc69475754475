// SPDX-License-Identifier: Apache-2.0

// `vigie policy activate`, `approve` and what is around them, as a shell would run them on copies
// of a policy that comes with the product.

import FoundationEssentials
import Testing

@Suite struct PolicyShelfCommandTests {
    private let directory: String
    private let policy: String

    init() throws {
        directory =
            FileManager.default.temporaryDirectory.path
            + "/vigie-shelf-\(UInt64.random(in: 0...(.max)))"
        policy = directory + "/shelf/first"
        let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        try FileManager.default.createDirectory(
            atPath: directory + "/shelf",
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(
            atPath: root + "/Clients/CLI/Samples/Policies/cautious-supplier",
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
        let empty = try vigie("list", directory)
        #expect(empty.output.isEmpty && empty.errors.contains("there are no policies in"))
        let stop = try vigie("stop", "a", "--server", "[::1]:1", "--as", "eve", "--reason", "x")
        #expect(stop.errors.contains("--as says who you are in a directory"))
    }
}
