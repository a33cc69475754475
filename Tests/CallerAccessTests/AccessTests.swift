// SPDX-License-Identifier: Apache-2.0

import CallerAccess
import Callers
import FoundationEssentials
import Quantities
import ServiceErrors
import Testing
import Turns

/// The paths of a server, as its routes have them.
private let paths = [
    "/vigie.v1.ScoringService/ScoreRows", "/vigie.v1.ModelService/ListModels",
    "/vigie.v1.AssessmentService/ReadPapers",
]

private func gate(_ policy: AccessPolicy, now: Int64 = 0) -> AccessGate {
    AccessGate(policy: policy, paths: paths) { now }
}

private func rules(_ json: String) throws -> AccessRules {
    try AccessRules(json: Array(json.utf8), path: "access.json")
}

private func credentials(
    _ authorization: String = "",
    names: [String]? = nil
) -> CallCredentials {
    CallCredentials(
        certificate: names.map { PeerCertificate(subject: "CN=a", names: $0) },
        authorization: Array(authorization.utf8)
    )
}

@Suite struct TokenTests {
    private let today = CalendarDate(secondsSince1970: 0)

    private func made(
        _ identity: String = "crm",
        _ grant: Grant = Grant(roles: ["score"]),
        expires: CalendarDate? = nil
    ) throws -> (token: AccessToken, text: String) {
        try AccessToken.make(identity: identity, grant: grant, created: today, expires: expires)
    }

    @Test func aFileSaysWhatWasWritten() throws {
        let tokens = [
            try made("crm").token,
            try made("é\"\\", Grant(roles: ["a", "b"], models: ["us-*"]), expires: .last).token,
        ]
        let file = TokenFile(tokens: tokens)
        let again = try TokenFile(json: Array(file.json.utf8), path: "tokens.json")
        #expect(again.tokens == tokens)
    }

    @Test func aTokenCountsThroughItsLastDay() throws {
        let day = try #require(CalendarDate("2026-03-01"))
        let made = try made(expires: day)
        var policy = AccessPolicy()
        policy.tokens = TokenFile(tokens: [made.token])
        let midnight = (Int64(day.dayNumber) + 1) * 86_400
        let header = credentials("Bearer \(made.text)")
        #expect(try gate(policy, now: midnight - 1).caller(header).identity == "crm")
        #expect(throws: CallRefusal.self) { try gate(policy, now: midnight).caller(header) }
    }

    @Test func damageOfAFileIsTold() throws {
        let good = TokenFile(tokens: [try made().token, try made("b").token]).json
        let bytes = Array(good.utf8)
        for place in bytes.indices {
            for byte in [UInt8(ascii: "}"), UInt8(ascii: "\""), 0, 0xFF] where bytes[place] != byte
            {
                var damaged = bytes
                damaged[place] = byte
                // Either it is refused in words, or it is still a file of two tokens.
                do {
                    #expect(try TokenFile(json: damaged, path: "t").tokens.count == 2)
                } catch {
                    #expect(error.message.contains("t"))
                }
            }
        }
    }

    @Test func whatCannotBeReadKeepsNoOtherFromCounting() throws {
        let good = try made("a").token
        let bad = TokenFile(tokens: [good, try made("b").token, try made("c").token]).json
            .replacing("\"b\"", with: "\"\\n\"").replacing("\"c\"", with: "7")
        let (file, problems) = try TokenFile.readable(json: Array(bad.utf8), path: "t")
        #expect(file.tokens == [good])
        for place in ["t: tokens[1].identity: ", "t: tokens[2].identity: "] {
            #expect(problems.contains { $0.hasPrefix(place) }, "\(place) in \(problems)")
        }
        // Of two with one id the first counts.
        let twice = TokenFile(tokens: [good, good]).json
        #expect(try TokenFile.readable(json: Array(twice.utf8), path: "t").file.tokens == [good])
        #expect(throws: ServiceError.self) { try TokenFile(json: Array(twice.utf8), path: "t") }
        // Many mistakes do not hide one.
        let many = TokenFile(
            tokens: try (0..<300).map { try made("\($0)", Grant(roles: [], models: ["a*b"])).token }
                + [good]
        )
        let read = try TokenFile.readable(json: Array(many.json.utf8), path: "t")
        #expect(read.file.tokens == [good])
        #expect(!read.problems.isEmpty)
    }

    @Test(arguments: ["a\\u200bda", " ada", "ada\\u202e", "b\\u043eb", "", "a\\nb", "a\\u00a0b"])
    func whoCannotBeToldFromOthersIsNobody(_ identity: String) throws {
        let good = try made("a").token
        let file = TokenFile(tokens: [good, try made("QQ").token]).json
            .replacing("QQ", with: identity)
        let (read, problems) = try TokenFile.readable(json: Array(file.utf8), path: "t")
        #expect(read.tokens == [good])
        #expect(problems.first?.hasPrefix("t: tokens[1].identity: must be a name") == true)
        let access = "{\"identities\": {\"\(identity)\": {\"roles\": [\"read\"]}}}"
        let error = #expect(throws: ServiceError.self) { try rules(access) }
        #expect(error?.message.contains("must be a name") == true)
    }

    @Test func whoseCallIsOpenIsLookedAtAgain() throws {
        let day = try #require(CalendarDate("2026-03-01"))
        let made = try made(expires: day)
        var policy = AccessPolicy()
        policy.tokens = TokenFile(tokens: [made.token])
        let midnight = (Int64(day.dayNumber) + 1) * 86_400
        let header = credentials("Bearer \(made.text)")
        let early = try gate(policy, now: midnight - 1).caller(header)
        // That its time is over since ends no call that began before.
        let late = gate(policy, now: midnight + 9)
        #expect(throws: CallRefusal.self) { try late.caller(header) }
        #expect(try late.callerAgain(early).identity == "crm")
        late.replace { before in
            var policy = before
            policy.tokens = TokenFile()
            return policy
        }
        let error = #expect(throws: CallRefusal.self) { try late.callerAgain(early) }
        #expect(error?.reason == "UNKNOWN_TOKEN")
    }

    @Test func thePageSaysWhatRolesOpen() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let page = try String(
            contentsOf: root.appending(path: "Sources/vigied/Vigied.docc/Access.md"),
            encoding: .utf8
        ).filter { $0 != "`" }
        for role in Role.builtIn {
            #expect(page.contains("| \(role.name) | \(role.meaning) |"), "\(role.name)")
        }
    }

    @Test func rolesOpenMethodsAndNothingElse() throws {
        let score = try made("a", Grant(roles: ["score"]))
        let papers = try made("b", Grant(roles: ["papers", "unknown"]))
        let all = try made("c", Grant(roles: ["operate"]))
        var policy = AccessPolicy()
        policy.tokens = TokenFile(tokens: [score.token, papers.token, all.token])
        let gate = gate(policy)
        for (text, may) in [
            (score.text, [true, true, false]), (papers.text, [false, false, true]),
            (all.text, [true, true, true]),
        ] {
            let caller = try gate.caller(credentials("Bearer \(text)"))
            #expect(paths.indices.map { caller.mayCall(route: $0) } == may)
        }
    }

    /// What stands with an identity counts before what stands with roles, of which the greatest.
    @Test(arguments: [
        (["score"], "{}", TurnPriority.normal), (["slow"], "{}", .low), (["fast"], "{}", .high),
        (["slow", "score", "fast"], "{}", .high), (["slow", "score"], "{}", .low),
        (["fast"], #"{"identities": {"crm": {"roles": [], "priority": "low"}}}"#, .low),
        (["slow"], #"{"identities": {"crm": {"roles": [], "priority": "high"}}}"#, .high),
        (["fast"], #"{"identities": {"crm": {"roles": ["slow"]}}}"#, .high),
        (["score"], #"{"others": {"priority": "low"}}"#, .low),
        (
            ["score"], #"{"others": {"priority": "low"}, "identities": {"crm": {"roles": []}}}"#,
            .low
        ),
    ])
    func callersWeighAsTheFileSays(
        _ roles: [String],
        _ file: String,
        _ priority: TurnPriority
    ) throws {
        let made = try made("crm", Grant(roles: roles))
        var policy = AccessPolicy()
        policy.tokens = TokenFile(tokens: [made.token])
        let own =
            #""roles": {"slow": {"methods": ["*"], "priority": "low"}, "#
            + #""fast": {"methods": ["*"], "priority": "high"}}"#
        policy.rules = try rules("{\(own)\(file == "{}" ? "" : ", ")\(file.dropFirst())")
        let caller = try gate(policy).caller(credentials("Bearer \(made.text)"))
        #expect(caller.priority == priority)
    }

    /// Roles in policies are somebody's: no token brings one, and others have none.
    @Test(arguments: [
        (#"{"identities": {"crm": {"roles": [], "credit_role": "analyst"}}}"#, "analyst"),
        (#"{"identities": {"crm": {"roles": []}}}"#, nil), ("{}", nil),
    ])
    func rolesInPoliciesComeFromTheFile(_ file: String, _ role: String?) throws {
        let made = try made("crm", Grant(roles: ["score"]))
        var policy = AccessPolicy()
        policy.tokens = TokenFile(tokens: [made.token])
        policy.rules = try rules(file)
        let caller = try gate(policy).caller(credentials("Bearer \(made.text)"))
        #expect(caller.creditRole == role)
    }

    @Test(arguments: [
        #"{"others": {"credit_role": "analyst"}}"#,
        #"{"anonymous": {"roles": [], "credit_role": "analyst"}}"#,
        #"{"identities": {"crm": {"roles": [], "credit_role": ""}}}"#,
    ])
    func rolesInPoliciesThatNobodyHasAreTold(_ file: String) throws {
        let error = #expect(throws: ServiceError.self) { try rules(file) }
        #expect(try #require(error).message.contains("credit_role"))
    }

    @Test func prioritiesThatThereAreNotAreTold() throws {
        let error = #expect(throws: ServiceError.self) {
            try rules(
                #"{"roles": {"r": {"methods": ["*"], "priority": "highest"}}, "#
                    + #""others": {"priority": 3}}"#
            )
        }
        let message = try #require(error).message
        #expect(message.contains("must be low, normal or high, not \"highest\""))
        #expect(message.contains("others.priority"))
    }

    @Test func anotherPolicyIsAnotherGeneration() throws {
        let made = try made()
        var policy = AccessPolicy()
        policy.tokens = TokenFile(tokens: [made.token])
        policy.rules = try rules(
            #"{"identities": {"crm": {"roles": [], "calls_at_once": 1}}}"#
        )
        let gate = gate(policy)
        let header = credentials("bearer \(made.text)")
        let caller = try gate.caller(header)
        #expect(caller.usage.begin(nowNanoseconds: 0) == nil)
        let before = gate.generation
        gate.replace { _ in policy }
        #expect(gate.generation != before)
        // What somebody takes is not forgotten with the policy.
        #expect(try gate.caller(header).usage.begin(nowNanoseconds: 0) != nil)
        gate.replace {
            var policy = $0
            policy.tokens = TokenFile()
            return policy
        }
        #expect(throws: CallRefusal.self) { try gate.caller(header) }
    }
}

@Suite struct CertificateAccessTests {
    private func identity(_ patterns: [String], _ names: [String]) -> String? {
        let list = patterns.map { "\"\($0)\"" }.joined(separator: ", ")
        var policy = AccessPolicy()
        policy.acceptsCertificates = true
        guard
            let rules = try? rules(
                "{\"identities\": {\"x\": {\"roles\": [\"score\"], \"certificates\": [\(list)]}}}"
            )
        else { return "bad rules" }
        policy.rules = rules
        return try? gate(policy).caller(credentials(names: names)).identity
    }

    @Test(arguments: [
        ("dns:a.example", "dns:a.example", true), ("dns:a.example", "uri:a.example", false),
        ("dns:*.example", "dns:a.example", true), ("dns:*.example", "dns:a.b.example", false),
        ("dns:*.example", "dns:.example", false), ("dns:*.example", "dns:example", false),
        ("dns:*.example", "dns:a.example.evil", false),
        ("uri:spiffe://x/*", "uri:spiffe://x/y/z", true),
        ("uri:spiffe://x/*", "uri:spiffe://xx/y", false), ("subject:CN=a", "dns:b", true),
        ("subject:CN=b", "dns:b", false), ("ip:10.0.0.7", "ip:10.0.0.7", true),
        ("email:a@example.com", "email:a@example.com.evil", false),
    ])
    func namesAreHeldAgainstTheList(_ pattern: String, _ name: String, _ isIn: Bool) {
        #expect(identity([pattern], [name]) == (isIn ? "x" : nil))
    }

    @Test func anyNameOfACertificateCounts() {
        #expect(identity(["dns:b", "dns:c"], ["dns:a", "dns:c"]) == "x")
        #expect(identity([], ["dns:a"]) == "dns:a")
    }

    @Test(arguments: ["*", "dns:*", "uri:*", "a.example", "dns:", "dns:a*b", "uri:*.x", "dns:*.*"])
    func patternsThatStandForTooMuchAreRefused(_ pattern: String) {
        #expect(identity([pattern], ["dns:a"]) == "bad rules")
    }

    @Test func withoutCAsACertificateIsNothing() {
        #expect(throws: CallRefusal.self) {
            try gate(AccessPolicy()).caller(credentials(names: ["dns:a"]))
        }
    }
}

@Suite struct RuleFileTests {
    @Test func allThatIsWrongIsToldAtOnce() throws {
        let error = try #require(throws: ServiceError.self) {
            try rules(
                """
                {"roles": {"score": {"methods": ["*"]}, "x": {"methods": ["a"]}},
                 "identities": {"a": {"roles": ["rad"], "calls_at_once": -1},
                                "b": {"roles": ["read"], "certificates": ["dns:a", "dns:a"]}},
                 "other": 1}
                """
            )
        }
        for words in [
            "roles.score", "roles.x.methods[0]", "identities.a.roles[0]", "\"read\"",
            "calls_at_once", "identities.b.certificates[1]", "other",
        ] {
            #expect(error.message.contains(words), "\(words) in \(error.message)")
        }
    }

    @Test func methodsThatDoNotExistAreFound() throws {
        var policy = AccessPolicy()
        policy.rules = try rules(
            """
            {"roles": {"x": {"methods": ["vigie.v1.ScoringService/*", "vigie.v1.Scoring/*",
                                         "vigie.v1.ModelService/ListModel"]}}}
            """
        )
        #expect(
            gate(policy).unknownMethods()
                == ["vigie.v1.ModelService/ListModel", "vigie.v1.Scoring/*"]
        )
    }

    @Test func strangersAreAskedForWhatCounts() throws {
        var policy = AccessPolicy()
        policy.tokens = TokenFile()
        let refusal = try #require(throws: CallRefusal.self) {
            try gate(policy).caller(credentials())
        }
        #expect(refusal.reason == "NO_CREDENTIALS" && refusal.message.contains("Bearer"))
        policy.rules = try rules(#"{"anonymous": {"roles": ["read"]}}"#)
        let caller = try gate(policy).caller(credentials())
        #expect(paths.indices.map { caller.mayCall(route: $0) } == [false, true, false])
    }
}
