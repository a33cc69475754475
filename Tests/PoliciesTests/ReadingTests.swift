// SPDX-License-Identifier: Apache-2.0

// What is read of a policy, and what is told of one that is wrong.

import DecimalNumbers
import Decisions
import Documents
import FEEL
import Policies
import Quantities
import TestPolicies
import Testing
import VigieLimits

@Suite struct ReadingTests {
    @Test func isRead() throws {
        let policy = try TestPolicy.read()
        #expect(policy.reference == "small@1")
        #expect(policy.model.tables.count == 7)
        #expect(policy.guarantees.map(\.identifier) == ["demand", "surety"], "the strongest first")
        #expect(policy.clauses.first?.data == ["company", "term_days", "limit", "currency"])
        #expect(policy.texts.text("good", .fr, .sales) == "to sales")
        #expect(policy.texts.text("fair", .en, .sales) == nil)
        #expect(policy.waivers.first?.reason == "not tested here")
        #expect(policy.manifest.authority.roles.map(\.name) == ["analyst", "manager", "director"])
        let days = ["2024-12-31", "2025-01-01", "2026-12-31", "2027-01-01"].compactMap {
            CalendarDate($0)
        }
        #expect(days.map { policy.manifest.isEffective(on: $0) } == [false, true, true, false])
    }

    @Test func hashIsOfEveryFile() throws {
        let hash = try TestPolicy.read().contentHash
        #expect(hash.utf8.count == 64)
        #expect(try TestPolicy.read().contentHash == hash, "the order of files is nothing")
        for path in TestPolicy.parts.keys where path != "policy.dmn" {
            let changed = try TestPolicy.read([path: (TestPolicy.parts[path] ?? "") + "\n"])
            #expect(changed.contentHash != hash, "\(path)")
        }
        // A byte that moves from the name into the file changes it, too.
        #expect(try TestPolicy.read(["README.md": "x"]).contentHash != hash)
    }

    @Test func tablesHoldOnDays() throws {
        let table = try #require(try TestPolicy.read().tables.first { $0.name == "sectors" })
        let day = { (text: String) throws in try #require(CalendarDate(text)) }
        func risk(_ text: String) throws -> String? {
            table.text("risk", where: "code", is: "carrier", on: try day(text))?.text
        }
        #expect(try risk("2026-06-30") == "0.5")
        #expect(try risk("2026-07-01") == "0.25")
        #expect(try risk("2024-12-31") == nil)
        guard case .list(let rows) = table.value(on: try day("2026-07-01")),
            case .context(let row)? = rows.elements.first
        else {
            Issue.record("no list of contexts")
            return
        }
        #expect(rows.elements.count == 1)
        #expect(row.names == ["code", "risk"], "what the model does not know stays out")
        guard case .number(let risk)? = row["risk"] else {
            Issue.record("no number")
            return
        }
        #expect(risk.description == "0.25")
    }

    /// A change of a file, and what is said of it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let file: String
        let old: String
        let new: String
        let says: String

        init(_ file: String, _ old: String, _ new: String, _ says: String) {
            (self.file, self.old, self.new, self.says) = (file, old, new, says)
        }

        var testDescription: String { says }
    }

    @Test(arguments: [
        Fault(
            "policy.json",
            "vigie-policy/1",
            "vigie-policy/2",
            "format: must be \"vigie-policy/1\""
        ),
        Fault(
            "policy.json",
            "\"to\": \"2026-12-31\"",
            "\"to\": \"2024-12-31\"",
            "effective: ends before"
        ),
        Fault(
            "policy.json",
            "\"from\": \"2025-01-01\"",
            "\"from\": \"1.1.2025\"",
            "written as 2026-01-31"
        ),
        Fault("policy.json", "[\"en\", \"fr\"]", "[]", "languages: must name"),
        Fault("policy.json", "\"EUR\"", "\"EURO\"", "currency: must be a currency"),
        Fault("policy.json", "\"step\": 100", "\"step\": 0", "step: must be above 0"),
        Fault("policy.json", "policy.dmn", "policies.dmn", "Did you mean \"policy.dmn\"?"),
        Fault("policy.json", "\"Limit\"", "\"Limits\"", "Did you mean \"Limit\"?"),
        Fault(
            "policy.json",
            "\"action\": \"Action\"",
            "\"actions\": \"Action\"",
            "is not a known key"
        ),
        Fault("policy.json", "\"amount\": 50000", "\"amount\": 500", "may not grant more"),
        Fault("policy.json", "\"name\": \"grade\"", "\"name\": \"grad\"", "Did you mean \"grad\"?"),
        Fault(
            "policy.json",
            "\"name\": \"grade\"",
            "\"name\": \"headroom\"",
            "is given to every decision"
        ),
        Fault(
            "policy.json",
            "\"grade\", \"type\": \"number\"",
            "\"grade\", \"type\": \"string\"",
            "give its variable typeRef=\"string\""
        ),
        Fault(
            "policy.json",
            "\"equity\", \"type\": \"number\"",
            "\"equity\", \"type\": \"string\"",
            "\"equity\" has to be a number"
        ),
        Fault(
            "policy.json",
            "\"name\": \"equity\"",
            "\"name\": \"equities\"",
            "is used by no decision and no calculation"
        ),
        Fault(
            "policy.json",
            "\"name\": \"sectors\"",
            "\"name\": \"trades\"",
            "tables/trades.csv: is missing"
        ),
        Fault(
            "policy.json",
            "\"name\": \"net_worth\"",
            "\"name\": \"equity\"",
            "\"equity\" is there twice"
        ),
        Fault(
            "policy.json",
            "\"need\": \"Need\"",
            "\"need\": \"Action\"",
            "needs \"headroom\", which is computed of it"
        ),
        Fault(
            "policy.dmn",
            "0.2 * Risk",
            "0.2 * Risky",
            "decision \"Limit\", rule 1, output \"share_of_net_worth\", column 7: Risky is not"
        ),
        Fault(
            "policy.dmn",
            "name=\"share_of_equity\"",
            "name=\"share_of_equities\"",
            "Did you mean \"share_of_equity\"?"
        ),
        Fault("policy.dmn", "isCollection=\"true\"", "", "make it a list of contexts"),
        Fault("tables/sectors.csv", "code,risk", "code,risc", "has no column \"risk\""),
        Fault("tables/sectors.csv", "0.25", "\"0,25\"", "line 3: risk: \"0,25\" is no number"),
        Fault(
            "policy.dmn",
            "<text>0.25</text>",
            "<text>25</text>",
            "rule 2, output \"share_of_equity\": must be from 0 to 1"
        ),
        Fault(
            "policy.dmn",
            "<text>0.3</text>",
            "<text>-0.3</text>",
            "output \"deposit\": must be from 0 to 1"
        ),
        Fault(
            "policy.dmn",
            "<text>45</text>",
            "<text>\(PolicyLimits.termDays + 1)</text>",
            "output \"days\": must be a whole number of days from 0 to 1830."
        ),
        Fault(
            "policy.dmn",
            "<outputEntry><text>6</text>",
            "<outputEntry><text>\(PolicyLimits.reviewMonths + 1)</text>",
            "output \"valid_months\": must be a whole number of months from 0 to 120."
        ),
        Fault(
            "policy.dmn",
            "<output name=\"deposit\" typeRef=\"number\"/>",
            "<output name=\"deposit\" typeRef=\"number\"><defaultOutputEntry><text>2</text>"
                + "</defaultOutputEntry></output>",
            "default output \"deposit\": must be from 0 to 1"
        ),
        Fault(
            "tables/legal_terms.csv",
            "*,60,2025-01-01,",
            "mill,60,2025-01-01,",
            "no row \"*\" holds on 2025-01-01"
        ),
        Fault(
            "tables/legal_terms.csv",
            "*,60,2025-01-01,",
            "*,60,2025-01-01,2026-06-30",
            "no row \"*\" holds on 2026-07-01"
        ),
        Fault(
            "tests/companies.csv",
            "expect.outcome\none,1,800,10000,10000,100000,analyst,800,need,granted\n"
                + "two,2,8000,10000,20000,100000,analyst,1000,net_worth,granted",
            "expect.outcome",
            "tests/companies.csv: names no company"
        ),
        Fault(
            "policy.dmn",
            "\"exposure\"",
            "\"exposures\"",
            "nothing is known as \"exposures\". Did you mean \"exposure\"?"
        ),
        Fault(
            "policy.dmn",
            "<text>\"surety\"</text>",
            "<text>\"surty\"</text>",
            "Did you mean \"surety\"?"
        ),
        Fault(
            "policy.dmn",
            "<text>\"cover\"</text>",
            "<text>\"covers\"</text>",
            "Did you mean \"cover\"?"
        ),
        Fault(
            "policy.json",
            "\"name\": \"sector\"",
            "\"name\": \"sectors\"",
            "\"sectors\" is an input as well"
        ),
        Fault(
            "tables/sectors.csv",
            "2026-07-01",
            "2026-06-30",
            "holds on days on which line 2 holds"
        ),
        Fault(
            "tables/sectors.csv",
            "carrier,0.25",
            "car\u{0}rier,0.25",
            "line 3: has a character that is none of a text (U+0000)"
        ),
        Fault(
            "tables/sectors.csv",
            "0.5,until the middle of 2026,2025-01-01,2026-06-30\ncarrier,0.25",
            "20.000,until the middle of 2026,2025-01-01,2026-06-30\ncarrier,1",
            "line 2: risk: '20.000' may be 20000 or a decimal"
        ),
        Fault("tests/companies.csv", ",20000,", ",20.000,", "'20.000' may be 20000 or a decimal"),
        Fault("tables/sectors.csv", ",2026-06-30", ",2024-06-30", "valid_to is before valid_from"),
        Fault("tables/sectors.csv", "2025-01-01", "1.1.2025", "valid_from has to be a day"),
        Fault("tables/sectors.csv", "from then on,", "", "4 cells where the header has 5"),
        Fault(
            "policy.dmn",
            "<itemComponent name=\"code\"><typeRef>string</typeRef>",
            "<itemComponent name=\"code\"><typeRef>string</typeRef><allowedValues>"
                + "<text>\"carriers\", \"mill\"</text></allowedValues>",
            "line 2: code: \"carrier\" must be one of carriers, mill. Did you mean \"carriers\"?"
        ),
        Fault(
            "policy.dmn",
            "<definitions",
            "<?xml version=\"1.0\" encoding='ISO-8859-1'?><!-- à --><definitions",
            "says that it is in ISO-8859-1, and is written in UTF-8"
        ),
        Fault("tables/legal_terms.csv", "valid_to", "valid_until", "has no column \"valid_to\""),
        Fault("tables/legal_terms.csv", "maximum_days", "maximum", "no column \"maximum_days\""),
        Fault("tables/legal_terms.csv", ",30,", ",\"30,5\",", "\"30,5\" must be a whole number"),
        Fault("tables/legal_terms.csv", "carrier,30", "carrier,", "\"\" must be a whole number"),
        Fault("tables/legal_terms.csv", "carrier,30", "carrier,-30", "\"-30\" must be a whole"),
        Fault("texts.en.json", "good", "god", "Did you mean \"good\"?"),
        Fault("texts.fr.json", "good", "fair", "texts.en.json: fair: is missing"),
        Fault("texts.fr.json", "\"to you\"", "\"\"", "must not be empty"),
        Fault("guarantees.json", "0.8", "8", "must be from 0 to 1"),
        Fault("guarantees.json", "surety", "demand", "\"demand\" is there twice"),
        Fault(
            "clauses.json",
            "{limit}",
            "{limite}",
            "nothing is known as {limite}. Did you mean \"limit\"?"
        ),
        Fault("clauses.json", "Couvert à {insurer_cover}.", "Couvert.", "lacks {insurer_cover}"),
        Fault("clauses.json", "{company} pays", "{company pays", "a brace is not closed"),
        Fault("waivers.json", "\"Limit\"", "\"Limits\"", "the model has no decision \"Limits\""),
        Fault("waivers.json", "\"bad\"", "\"bat\"", "is the id of no rule"),
        Fault("waivers.json", "not tested here", "", "reason: must not be empty"),
        Fault("tests/companies.csv", "equity", "equities", "\"equities\" is no input"),
        Fault("tests/companies.csv", "expect.limit", "expect.limits", "Did you mean \"limit\"?"),
    ])
    func tells(_ fault: Fault) throws {
        #expect(
            TestPolicy.parts[fault.file]?.contains(fault.old) == true,
            "the test changes something"
        )
        let error = #expect(throws: PolicyError.self) {
            try TestPolicy.read(replacing: [(fault.file, fault.old, fault.new)])
        }
        #expect(error?.description.contains(fault.says) == true, "\(error?.description ?? "")")
    }

    @Test func tellsAllAtOnce() {
        let error = #expect(throws: PolicyError.self) {
            try TestPolicy.read(
                ["sub/file.txt": "", "policy.jsn": "", "tests/t.xml": "<a/>"],
                replacing: [
                    ("policy.json", "\"step\": 100", "\"step\": -1"),
                    ("guarantees.json", "0.8", "8"), ("tables/sectors.csv", "0.25", "much"),
                ]
            )
        }
        let files = Set(error?.problems.map(\.file) ?? [])
        #expect(
            files == [
                "sub/file.txt", "policy.jsn", "tests/t.xml", "policy.json", "guarantees.json",
                "tables/sectors.csv",
            ]
        )
        #expect(error?.description.contains("Did you mean \"policy.json\"?") == true)
    }

    @Test func tellsWhatItCanWithoutTheModel() {
        let error = #expect(throws: PolicyError.self) {
            try TestPolicy.read(
                ["policy.dmn": "<a/>", "tests/t.xml": "<a/>"],
                replacing: [
                    ("guarantees.json", "0.8", "8"), ("tests/companies.csv", "equity", "equities"),
                ]
            )
        }
        let files = Set(error?.problems.map(\.file) ?? [])
        #expect(
            files == ["policy.dmn", "tests/t.xml", "guarantees.json", "tests/companies.csv"]
        )
    }

    @Test func manifestAndModelHaveToBeThere() {
        for path in ["policy.json", "policy.dmn"] {
            let error = #expect(throws: PolicyError.self) { try TestPolicy.read([path: nil]) }
            #expect(error?.problems.isEmpty == false, "\(path)")
        }
        #expect(throws: PolicyError.self) { try TestPolicy.read(["policy.json": "{"]) }
        #expect(throws: PolicyError.self) { try TestPolicy.read(["policy.dmn": "<a>"]) }
        #expect(throws: PolicyError.self) { try TestPolicy.read(["texts.fr.json": nil]) }
    }
}
