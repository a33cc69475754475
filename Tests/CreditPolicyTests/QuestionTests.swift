// SPDX-License-Identifier: Apache-2.0

// Questions as people write them.

import CreditPolicy
import DecimalNumbers
import Documents
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
        ("{\"facts\": {\"amount\": -5}}", "facts.amount: is -5, and must not be below 0."),
        ("{\"facts\": {\"probability\": 2}}", "probability: is 2, and must be from 0 to 1"),
        ("{\"facts\": {\"margin_rate\": 20}}", "margin_rate: is 20, and must be at most 1"),
        ("{\"facts\": {\"forecast_months\": 0}}", "forecast_months: is 0, and must be above 0"),
        ("{\"facts\": {\"open_invoices\": -1}}", "what was paid ahead is deposits"),
        (
            "{\"facts\": {\"grade\": {\"value\": 1, \"as_of\": \"2025-05-06\"}}}",
            "facts.grade: is of 2025-05-06, after 2025-05-05, the day that is decided for."
        ),
    ])
    func tells(_ text: String, _ says: String) {
        let error = #expect(throws: PolicyError.self) { try read(text) }
        #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
    }

    /// Where the model leaves it open which outcomes there are, those of assessments are.
    @Test func outcomesAreKnown() throws {
        let open = try samplePolicy(
            "cautious-supplier",
            replacing: [("typeRef=\"tOutcome\"", "typeRef=\"string\"")]
        )
        func read(_ outcome: String, _ policy: Policy) throws {
            _ = try CreditQuestion.read(
                json: Array("{\"facts\": {\"outcome\": \"\(outcome)\"}}".utf8),
                file: "facts.json",
                policy: policy,
                today: day("2025-05-05")
            )
        }
        for outcome in PolicyOutcome.allCases { try read(outcome.rawValue, open) }
        for policy in [open, try samplePolicy("cautious-supplier")] {
            let error = #expect(throws: PolicyError.self) { try read("Scored", policy) }
            #expect(error?.description.contains("is \"Scored\", and must be one of") == true)
        }
        let plan = try CreditBlockPlan(
            open,
            on: day("2025-05-05"),
            columns: [CreditColumn("outcome", .text)]
        )
        let decider = CreditBlockDecider(plan)
        let codes: [Int32] = [0, 1]
        try codes.withUnsafeBufferPointer { codes in
            let texts = try plan.texts(["scored", "Scored"], for: 0)
            let start = try #require(codes.baseAddress)
            #expect(decider.decide([.texts(start, texts)], rowCount: 2))
        }
        #expect(decider.slowCount == 1, "the row with what cannot be is decided alone")
        let asked = CreditQuestion(
            asOf: day("2025-05-05"),
            facts: ["outcome": CreditFact(.string("Scored"))]
        )
        let missing = try CreditDecider(open).decide(asked).missing
        #expect(missing.contains { $0.name == "outcome" && $0.reason.contains("must be one of") })
    }

    /// What looks the same and has other characters is another text for rules; that is told.
    @Test(arguments: ["h\u{F4}tel", "ho\u{302}tel"])
    func charactersThatLookAlike(_ sector: String) throws {
        let policy = try TestPolicy.read(replacing: [
            ("tables/sectors.csv", "carrier", "h\u{F4}tel"),
            ("tables/legal_terms.csv", "carrier", "h\u{F4}tel"),
        ])
        let asked = CreditQuestion(
            asOf: day("2025-05-05"),
            facts: ["grade": CreditFact(.number(1)), "sector": CreditFact(.string(sector))]
        )
        let decision = try CreditDecider(policy).decide(asked)
        let isKnown = sector.unicodeScalars.count == 5
        #expect(decision.terms.legalMaximumDays == (isKnown ? 30 : 60))
        let told = decision.notes.contains { $0.contains("It looks like one that is known") }
        #expect(told != isKnown, "\(decision.notes)")
    }

    /// As files of simulations have it.
    @Test(arguments: ["NaN", "n/a", "NA", "null"])
    func whatIsNotKnownIsNoNumber(_ text: String) throws {
        let policy = try TestPolicy.read()
        let file = try ScenarioFile.read(
            PolicyFile(
                path: "t.csv",
                bytes: Array("sector,equity,grade\n\(text),\(text),2\n".utf8)
            ),
            policy.manifest
        )
        let question = try CreditQuestion(
            file.scenarios[0],
            file: file.path,
            checks: FactChecks(policy),
            today: day("2025-05-05")
        )
        #expect(question.facts.keys.sorted() == ["grade", "sector"])
    }

    @Test func rowsAreRead() throws {
        let policy = try TestPolicy.read()
        func row(_ text: String) throws -> CreditQuestion {
            let file = try ScenarioFile.read(
                PolicyFile(path: "t.csv", bytes: Array(text.utf8)),
                policy.manifest
            )
            return try CreditQuestion(
                file.scenarios[0],
                file: file.path,
                checks: FactChecks(policy),
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
        let huge = #expect(throws: PolicyError.self) { try row("equity\n1e400\n") }
        #expect(huge?.description == "t.csv: line 2: equity: '1E+400' is not a finite number.")
        for (other, more) in [
            ("1", ""), ("0.5", ", and no other number of its column shows which"),
        ] {
            let doubt = #expect(throws: InputError.self) {
                try row("probability,equity\n\(other),20.000\n")
            }
            #expect(
                doubt?.message == "t.csv, line 2, equity: '20.000' may be 20000 or a decimal" + more
            )
        }
        #expect(try row("grade,equity\n1,20.000\n2,0.5\n").facts.count == 2)
        let error = #expect(throws: PolicyError.self) {
            try row("company;equity;amount\nA;-1;-5\n")
        }
        #expect(error?.description == "t.csv: line 2: amount: is -5, and must not be below 0.")
    }

    @Test func whatTheModelDoesNotAllowIsTold() throws {
        let policy = try TestPolicy.read(replacing: [
            (
                "policy.dmn", "<inputData id=\"sector\"",
                "<itemDefinition name=\"tSector\"><typeRef>string</typeRef><allowedValues><text>"
                    + "\"carrier\", \"mill\"</text></allowedValues></itemDefinition>"
                    + "<itemDefinition name=\"tGrade\"><typeRef>number</typeRef><allowedValues>"
                    + "<text>[1..9]</text></allowedValues></itemDefinition>"
                    + "<inputData id=\"sector\""
            ),
            (
                "policy.dmn", "name=\"sector\" typeRef=\"string\"",
                "name=\"sector\" typeRef=\"tSector\""
            ),
            (
                "policy.dmn", "name=\"grade\" typeRef=\"number\"",
                "name=\"grade\" typeRef=\"tGrade\""
            ),
        ])
        func fault(_ name: String, _ value: FEELValue) throws -> String? {
            let input = try #require(policy.manifest.inputs.first { $0.name == name })
            return FactChecks(policy).fault(CreditFact(value), input, asOf: day("2025-05-05"))
        }
        #expect(
            try fault("sector", .string("zzz")) == "is \"zzz\", and must be one of carrier, mill"
        )
        #expect(try fault("sector", .string("mill")) == nil && fault("sector", .null) == nil)
        #expect(
            try fault("grade", .number(12)) == "is 12, which the model does not allow as tGrade"
        )
        // Whoever does not ask is told by the decision.
        let decision = try CreditDecider(policy).decide(question(["grade": "12", "amount": "1"]))
        #expect(decision.outcome == .investigation)
        #expect(decision.missing.first?.name == "grade", "\(decision.missing)")
    }

    @Test func whatCannotBeIsLookedUp() throws {
        let decider = CreditDecider(try TestPolicy.read())
        var asked = question([
            "grade": "2", "amount": "800", "net_worth": "10000", "equity": "20000",
            "own_turnover": "1000000", "insurer_cover": "-5000",
        ])
        let negative = try decider.decide(asked)
        #expect(negative.missing.map(\.name) == ["insurer_cover"])
        asked.facts["insurer_cover"] = CreditFact(.number(1), observed: day("2025-07-01"))
        #expect(
            try decider.decide(asked).missing.first?.reason.hasPrefix("is of 2025-07-01") == true
        )
    }
}
