// SPDX-License-Identifier: Apache-2.0

// Questions as people write them.

import CreditPolicy
import DecimalNumbers
import FEEL
import Policies
import Quantities
import TestPolicies
import Testing
import VigieLimits

/// Facts of a company that holds a guarantee.
private func held(_ guarantee: String) -> String {
    "{\"facts\": {\"guarantees_held\": [\(guarantee)]}}"
}

@Suite struct QuestionTests {
    private func read(_ text: String) throws -> [CreditQuestion] {
        try CreditQuestion.read(
            json: Array(text.utf8),
            file: "facts.json",
            policy: TestPolicy.read(),
            today: day("2025-05-05")
        )
    }

    @Test func isRead() throws {
        let questions = try read(
            """
            [{"company": "A", "group": "g", "as_of": "2025-06-30", "stage": "order",
            "subject": "natural_person", "role": "analyst", "facts": {
            "grade": {"value": 2, "as_of": "2025-06-01", "source": "score"},
            "amount": 12345678901234567890.12, "net_worth": "0.1", "sector": "carrier",
            "cover_expires": "2025-12-31", "equity": null,
            "guarantees_held": [{"id": "surety", "amount": 10.50}]}},
            {"facts": {"guarantees_held": null}}]
            """
        )
        #expect(questions.map(\.company) == ["A", ""])
        let first = questions[0]
        #expect(first.stage == .order && first.subject == .naturalPerson && first.group == "g")
        #expect(first.asOf == day("2025-06-30") && questions[1].asOf == day("2025-05-05"))
        #expect(first.facts["grade"]?.observed == day("2025-06-01"))
        guard case .number(let amount)? = first.facts["amount"]?.value else {
            Issue.record("no number")
            return
        }
        #expect(amount.description == "12345678901234567890.12", "no digit is lost")
        #expect(first.facts["equity"]?.value.isNull == true)
        guard case .list(let held)? = first.facts["guarantees_held"]?.value else {
            Issue.record("no list")
            return
        }
        #expect(held.elements.count == 1)
    }

    @Test(arguments: [
        ("{", "is not valid JSON"), ("{}", "facts: is missing"),
        (
            "{\"facts\": {\"grad\": 1}}",
            "facts.grad: is no input of the policy. Did you mean \"grade\"?"
        ),
        ("{\"facts\": {\"grade\": \"two\"}}", "facts.grade: must be a number"),
        ("{\"facts\": {\"cover_expires\": \"1.1.2026\"}}", "must be a date"),
        ("{\"facts\": {}, \"stage\": \"offer\"}", "stage: must be one of"),
        ("{\"facts\": {}, \"role\": \"analist\"}", "Did you mean \"analyst\"?"),
        ("{\"facts\": {}, \"as_of\": \"yesterday\"}", "written as 2026-01-31"),
        (held("{\"id\": \"suerty\", \"amount\": 1}"), "Did you mean \"surety\"?"),
        (held("{\"id\": \"surety\", \"amount\": \"1000\"}"), "[0].amount: must be a number"),
        (held("{\"id\": \"surety\", \"amount\": -1}"), "[0].amount: must be a number"),
        (
            held("{\"id\": \"surety\", \"amount\": 1, \"valid_to\": \"2025-02-30\"}"),
            "[0].valid_to: must be a day"
        ),
        (
            held("{\"id\": \"surety\", \"amount\": 1, \"validto\": \"2020-01-31\"}"),
            "Did you mean \"valid_to\"?"
        ),
        ("[{\"facts\": {}}, {\"fact\": {}}]", "Did you mean \"facts\"?"),
    ])
    func tells(_ text: String, _ says: String) {
        let error = #expect(throws: PolicyError.self) { try read(text) }
        #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
    }

    @Test func rowsAreRead() throws {
        let policy = try TestPolicy.read()
        func row(_ text: String) throws -> CreditQuestion {
            let file = try ScenarioFile.read(
                PolicyFile(path: "t.csv", bytes: Array(text.utf8)),
                inputs: policy.manifest.inputs.map(\.name) + ["as_of", "stage", "subject"],
                outcomes: Policy.outcomes
            )
            return try CreditQuestion(
                file.scenarios[0],
                file: file.path,
                policy: policy,
                today: day("2025-05-05")
            )
        }
        let question = try row(
            "company;group;role;stage;as_of;grade;sector;equity\n"
                + "A;g;analyst;order;2025-06-30;2;x;\n"
        )
        #expect(question.company == "A" && question.role == "analyst" && question.stage == .order)
        #expect(question.facts.keys.sorted() == ["grade", "sector"])
        let held = try row("guarantees_held\n\"[{\"\"id\"\":\"\"surety\"\",\"\"amount\"\":5}]\"\n")
        guard case .list(let list)? = held.facts["guarantees_held"]?.value else {
            Issue.record("no list")
            return
        }
        #expect(list.elements.count == 1)
        for text in [
            "guarantees_held\n[\n", "grade\ntwo\n", "stage\noffer\n", "role\nchief\n",
            "as_of\n1.1.2026\n",
        ] {
            #expect(throws: PolicyError.self, "\(text)") { try row(text) }
        }
    }
}
