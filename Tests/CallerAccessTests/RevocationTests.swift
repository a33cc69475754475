// SPDX-License-Identifier: Apache-2.0

// Tokens taken out of their file, whatever is wrong with others.

import CallerAccess
import Quantities
import ServiceErrors
import Testing

@Suite struct RevocationTests {
    private func made(_ identity: String) throws -> AccessToken {
        try AccessToken.make(
            identity: identity,
            grant: Grant(roles: ["score"]),
            created: CalendarDate(secondsSince1970: 0),
            expires: nil
        ).token
    }

    /// A token as its file has it.
    private func entry(_ token: AccessToken) throws -> String {
        let text = TokenFile(tokens: [token]).json
        let list = try #require(text.firstIndex(of: "["))
        let start = try #require(text[list...].firstIndex(of: "{"))
        let end = try #require(text.dropLast().dropLast().lastIndex(of: "}"))
        return String(text[start...end])
    }

    /// A file as people write it, with what is wrong in the middle.
    private func file(_ entries: [String]) -> String {
        "\u{FEFF} {\t\"note\": [1, [\"tokens\"]],\n \"tokens\" : [\n  "
            + entries.joined(separator: " ,\n\n  ") + "\n ]\r\n}\n"
    }

    @Test func aTokenIsRevokedAndAllElseStaysAsItWas() throws {
        let tokens = try ["a", "b", "c"].map { try made($0) }
        let (json, identifiers) = (try tokens.map(entry), tokens.map(\.identifier))
        // Each is wrong in another way, and one of them has its id.
        let bad = "{\"id\": \"bad\", \"created\": \"x\", \"roles\": [\"]\", {}]}"
        let all = [json[0], "7", json[1], bad, "[[]]", json[2]]
        let gone: [([String], [Int])] = [
            ([identifiers[0]], [0]), ([identifiers[1]], [2]), ([identifiers[2]], [5]),
            (["bad"], [3]), ([identifiers[2], identifiers[0]], [0, 5]),
            (identifiers + ["bad"], [0, 2, 3, 5]),
        ]
        for (named, places) in gone {
            let left = all.indices.filter { !places.contains($0) }
            let done = try TokenRevocation(of: named, in: Array(file(all).utf8), path: "t")
            #expect(String(decoding: done.json, as: UTF8.self) == file(left.map { all[$0] }))
            #expect(done.missing.isEmpty && done.alsoRevoked.isEmpty)
            #expect(done.problems.contains { $0.contains("must be an object") })
            let tellsOfBad = done.problems.contains { $0.contains("The id is \"bad\".") }
            #expect(tellsOfBad == !named.contains("bad"))
        }
        let only = try TokenRevocation(
            of: [identifiers[0]],
            in: Array(file([json[0]]).utf8),
            path: "t"
        )
        #expect(String(decoding: only.json, as: UTF8.self) == file([]))
        let none = try TokenRevocation(
            of: ["x", identifiers[0]],
            in: Array(file(all).utf8),
            path: "t"
        )
        #expect(none.missing == ["x"])
        for text in ["", "{", "[]", "{}", "{\"tokens\": {}}", "{\"tokens\": [\(json[0])}"] {
            #expect(throws: ServiceError.self) {
                try TokenRevocation(of: ["x"], in: Array(text.utf8), path: "t")
            }
        }
    }

    @Test func aTokenUnderTwoIdsIsRevokedWithBoth() throws {
        let made = try made("a")
        let id = made.identifier
        let (first, other) = (try entry(made), try entry(try self.made("b")))
        let twice = file([first, other, first.replacing(id, with: "again")])
            .replacing("\"note\": [1, [\"tokens\"]],", with: "")
        let done = try TokenRevocation(of: [id], in: Array(twice.utf8), path: "t")
        #expect(done.alsoRevoked == ["again"])
        let left = try TokenFile(json: done.json, path: "t").tokens
        #expect(left.map(\.identity) == ["b"])
    }
}
