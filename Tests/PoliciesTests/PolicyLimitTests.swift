// SPDX-License-Identifier: Apache-2.0

// What a policy may hold, and what is told of more.

import Policies
import TestPolicies
import Testing
import VigieLimits

@Suite struct PolicyLimitTests {
    /// What is told of a policy with other files.
    private func told(_ changes: [String: String?]) -> String {
        do throws(PolicyError) {
            _ = try TestPolicy.read(changes)
            return ""
        } catch {
            return error.description
        }
    }

    private func replaced(_ file: String, _ old: String, _ new: String) -> String {
        told([file: TestPolicy.parts[file]?.replacing(old, with: new)])
    }

    private func list(_ count: Int, _ element: (Int) -> String) -> String {
        "[" + (0..<count).map(element).joined(separator: ",") + "]"
    }

    @Test func files() {
        var many: [String: String?] = [:]
        for number in 0..<PolicyLimits.files { many["tests/\(number).csv"] = "scenario\n" }
        #expect(told(many).contains("more than \(PolicyLimits.files) files"))
    }

    @Test func bytes() {
        let half = String(repeating: " ", count: PolicyLimits.bytes / 2)
        #expect(
            told(["README.md": half, "tests/t.xml": half])
                .contains("more than \(PolicyLimits.bytes) bytes")
        )
        let long = String(repeating: " ", count: PolicyLimits.partBytes + 1)
        for file in ["policy.json", "tables/sectors.csv", "clauses.json", "tests/companies.csv"] {
            #expect(
                told([file: long]).contains(
                    "\(file): has more than \(PolicyLimits.partBytes) bytes"
                )
            )
        }
    }

    @Test func depth() {
        let deep = String(repeating: "[", count: PolicyLimits.jsonDepth + 1)
        let ends = String(repeating: "]", count: PolicyLimits.jsonDepth + 1)
        #expect(told(["waivers.json": deep + ends]).contains("waivers.json"))
    }

    @Test func texts() {
        let name = String(repeating: "n", count: PolicyLimits.nameBytes + 1)
        #expect(
            replaced("policy.json", "\"id\": \"small\"", "\"id\": \"\(name)\"")
                .contains("id: has more than \(PolicyLimits.nameBytes) bytes")
        )
        let text = String(repeating: "t", count: PolicyLimits.textBytes + 1)
        #expect(
            replaced("texts.en.json", "to you", text)
                .contains("has more than \(PolicyLimits.textBytes) bytes")
        )
        let rules = (0...PolicyLimits.ruleTexts).map { "\"r\($0)\":{}" }.joined(separator: ",")
        #expect(
            told(["texts.en.json": "{\(rules)}"])
                .contains("has more than \(PolicyLimits.ruleTexts) texts")
        )
    }

    @Test func lists() {
        let inputs = list(PolicyLimits.inputs + 1) { "{\"name\":\"i\($0)\"}" }
        let roles = list(PolicyLimits.roles + 1) { "{\"role\":\"r\($0)\"}" }
        let tables = list(PolicyLimits.tables + 1) { "{\"name\":\"t\($0)\"}" }
        let manifest = """
            {"inputs": \(inputs), "tables": \(tables), "authority": {"roles": \(roles),
            "override_days": \(PolicyLimits.overrideDays + 1)}}
            """
        let error = told(["policy.json": manifest])
        for (name, limit) in [
            ("inputs", PolicyLimits.inputs), ("roles", PolicyLimits.roles),
            ("tables", PolicyLimits.tables),
        ] {
            #expect(error.contains("\(name): has \(limit + 1) elements; the limit is \(limit)"))
        }
        #expect(error.contains("override_days: must be a whole number from 1 to"))
        for (file, limit) in [
            ("guarantees.json", PolicyLimits.guarantees), ("clauses.json", PolicyLimits.clauses),
            ("waivers.json", PolicyLimits.waivers),
        ] {
            let more = list(limit + 1) { "{\"id\":\"g\($0)\"}" }
            #expect(told([file: more]).contains("has \(limit + 1) elements; the limit is \(limit)"))
        }
        #expect(
            replaced(
                "guarantees.json",
                "\"call_days\": 15",
                "\"call_days\": \(PolicyLimits.days + 1)"
            )
            .contains("call_days: must be a whole number from 0 to \(PolicyLimits.days)")
        )
    }

    @Test func problemsOfAFile() {
        let rows = String(repeating: "x,1,,yesterday,\n", count: DocumentLimits.problems + 5)
        let lines = told(["tables/sectors.csv": "code,risk,note,valid_from,valid_to\n" + rows])
            .split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("tables/sectors.csv") } == DocumentLimits.problems)
    }

    @Test func tables() {
        let rows = String(
            repeating: "x,1,,2025-01-01,2025-01-01\n",
            count: PolicyLimits.tableRows + 1
        )
        #expect(
            told(["tables/sectors.csv": "code,risk,note,valid_from,valid_to\n" + rows])
                .contains("is beyond the \(PolicyLimits.tableRows) rows")
        )
        let columns = (0...PolicyLimits.tableColumns).map { "c\($0)" }.joined(separator: ",")
        #expect(
            told(["tables/sectors.csv": columns])
                .contains("has more than \(PolicyLimits.tableColumns) columns")
        )
        let scenarios = String(repeating: "1\n", count: PolicyLimits.scenarios + 1)
        #expect(
            told(["tests/companies.csv": "grade\n" + scenarios])
                .contains("is beyond the \(PolicyLimits.scenarios) rows")
        )
    }
}
