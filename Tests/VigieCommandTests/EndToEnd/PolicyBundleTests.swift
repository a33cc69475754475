// SPDX-License-Identifier: Apache-2.0

// `vigie policy check`, `test` and `diff`, and `vigie decide`, as a shell would run them on a
// policy that comes with the product.

import FoundationEssentials
import Testing

@Suite struct PolicyBundleTests {
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

    private func facts(_ more: String = "") throws -> String {
        try write(
            "facts.json",
            """
            {"company": "Moulin SA", "as_of": "2025-12-31", "stage": "order", "role": "analyst",
            "facts": {"outcome": "scored", "risk_class": 5, "years_known": 3, "equity": 400000,
            "net_worth": 350000, "amount": 30000, "yearly_purchases": 60000,
            "orders_not_invoiced": 30000, "open_invoices": 20000, "own_turnover": 10000000\(more)}}
            """
        )
    }

    @Test func checks() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let good = try vigie("policy", "check", policy)
        #expect(good.status == 0, "\(good.errors)")
        #expect(good.output.contains("tests hold\ntests hit "))
        let json = try vigie("policy", "check", policy, "-o", "json")
        #expect(json.output.contains("\"failed\":0") && json.output.contains("\"never_hit\":[]"))
        let lines = try vigie("policy", "test", policy)
        #expect(lines.status == 0 && lines.output.contains("ok tests/companies.csv Solid quote\n"))
        let broken = try changed("policy.dmn", "<text>0.08</text>", "<text>0.09</text>")
        let failed = try vigie("policy", "check", broken)
        #expect(failed.status == 0, "no scenario is that close: \(failed.output)")
        try FileManager.default.removeItem(atPath: broken + "/tests")
        let untested = try vigie("policy", "test", broken)
        #expect(untested.status == 65 && untested.errors.contains("there is no test in "))
        #expect(try vigie("policy", "check", directory + "/none").status == 66)
        #expect(try vigie("policy", "check", directory).status == 65)
    }

    @Test func tellsWhatDoesNotHoldAndWhatIsWrong() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let other = try changed("policy.dmn", "<text>150000</text>", "<text>100000</text>")
        let failed = try vigie("policy", "test", other)
        #expect(failed.status == 1)
        #expect(failed.output.contains("Solid and large: limit is 100000, expected 120000"))
        try FileManager.default.removeItem(atPath: other)
        let wrong = try changed("policy.dmn", "share_of_equity", "share_of_equities")
        let refused = try vigie("policy", "check", wrong)
        #expect(refused.status == 65)
        #expect(refused.errors.contains("policy.dmn: line"))
        #expect(refused.errors.contains("Did you mean \"share_of_equity\"?"))
    }

    /// Scenarios of days before the policy are told once, with what to do.
    @Test func tellsOnceThatScenariosAreTooEarly() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let later = try changed(
            "policy.json",
            "\"from\": \"2025-01-01\"",
            "\"from\": \"2026-11-29\""
        )
        let checked = try vigie("policy", "check", later)
        #expect(checked.status == 1)
        let told = checked.output.split(separator: "\n").filter { $0.contains("as_of is") }
        #expect(told.count == 1, "\(checked.output)")
        #expect(told.first?.contains(" more: as_of is 2025-06-30") == true)
        #expect(told.first?.contains("change the column as_of, or empty it") == true)
        #expect(!checked.output.contains("no test hits"))
        let tested = try vigie("policy", "test", later)
        #expect(tested.status == 1 && tested.output.contains(" tests hold\n"))
        #expect(tested.output.split(separator: "\n").count { $0.contains("as_of is") } == 1)
    }

    /// What would keep a policy from holding is told before anybody asks for that.
    @Test func tellsWhatIsInTheWay() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let good = try vigie("policy", "check", policy, "-o", "json")
        #expect(good.output.contains("\"in_the_way\":[]"), "\(good.output)")
        let cell =
            "<rule id=\"terms-c\">\n        <inputEntry><text>\"C\"</text></inputEntry> "
            + "<!-- class -->\n        "
        let gap = try changed(
            "policy.dmn",
            cell + "<inputEntry><text>-<",
            cell + "<inputEntry><text>null, &gt; 500<"
        )
        let checked = try vigie("policy", "check", gap)
        #expect(checked.output.contains("decision \"Terms\": gap: "), "\(checked.output)")
    }

    @Test(arguments: ["cautious-supplier", "export-wholesaler"])
    func looksAtRules(_ name: String) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let clean = try vigie(
            "policy",
            "lint",
            policy.replacing("cautious-supplier", with: name)
        )
        #expect(clean.status == 0, "\(clean.output)\(clean.errors)")
        #expect(!clean.output.contains("take it out"), "\(clean.output)")
        let bare = try changed("waivers.json", "\"Need\"", "\"Guarantees\"")
        let found = try vigie("policy", "lint", bare)
        let gap = "decision \"Need\": missing value gap: no rule matches where a value is missing"
        #expect(found.status == 1 && found.output.contains(gap), "\(found.output)")
        let unused = "waivers.json: [1]: nothing of the kind is found in \"Guarantees\""
        #expect(found.output.contains(unused))
    }

    @Test func compares() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let other = try changed("policy.dmn", "<text>150000</text>", "<text>100000</text>")
        let result = try vigie("policy", "diff", policy, other)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("Limit, rule limit-a, own_maximum: was 150000, is 100000\n"))
        #expect(result.output.contains("Solid and large: limit 120000 → 100000"))
        #expect(result.output.contains("1 of 21 companies are decided otherwise\n"))
        #expect(result.output.contains("\nto be granted by director: 1 → 0\n"))
        let json = try vigie("policy", "diff", policy, other, "-o", "json")
        #expect(json.output.contains("\"changed\":1"))
        let same = try vigie("policy", "diff", policy, policy)
        #expect(same.output == "no rule changed\n0 of 21 companies are decided otherwise\n")
    }

    @Test func simulates() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let other = try changed("policy.dmn", "<text>150000</text>", "<text>100000</text>")
        let rows = (1...9_000).map { row in
            let (worth, role) = (row * 1_000, row % 7 == 0 ? "" : "manager")
            return "C\(row),order,2025-06-30,scored,2,\(worth),\(worth),\(row * 500),0,10000000,"
                + "0.01,\(role)\n"
        }
        let header =
            "company,stage,as_of,outcome,risk_class,equity,net_worth,open_invoices,"
            + "orders_not_invoiced,own_turnover,probability,role\n"
        let facts = try write("portfolio.csv", header + rows.joined())
        let result = try vigie("policy", "simulate", policy, other, "--facts", facts, "--top", "2")
        #expect(result.status == 0, "\(result.errors)")
        let words = result.output
        #expect(
            words.contains("9000 companies, decided for 2025-06-30; amounts in EUR\n"),
            "\(words)"
        )
        #expect(
            words.contains(
                "C1000: outcome routed → granted, limit 150000 → 100000, binding equity → "
            )
        )
        #expect(
            try vigie("policy", "simulate", policy, other, "--facts", facts, "--top", "2").output
                == words
        )
        let json = try vigie("policy", "simulate", policy, other, "--facts", facts, "-o", "json")
        #expect(json.output.hasPrefix("{\"format\":\"vigie-policy-simulation/1\""))
        #expect(json.output.contains("\"decided_one_by_one\":0"))
        let csv = try vigie("policy", "simulate", policy, other, "--facts", facts, "-o", "csv")
        #expect(csv.output.hasPrefix("company,difference,outcome.before,outcome.after,"))
        #expect(csv.output.split(separator: "\n").count == 21)
        for (old, new, told) in [
            ("equity", "equty", "did you mean \"equity\"?"),
            ("C3,order", "C3,ordr", "\"ordr\" is no stage"),
            ("C5,order,2025-06-30", "C5,order,2025-07-01", "simulate one day at a time"),
            ("C5,order,2025-06-30", "C5,order,30.6.2025", "line 6, as_of: '30.6.2025' is no day"),
        ] {
            let text = (header + rows.prefix(9).joined()).replacing(old, with: new)
            let wrong = try vigie(
                "policy",
                "simulate",
                policy,
                other,
                "--facts",
                try write("wrong.csv", text)
            )
            #expect(wrong.status == 65 && wrong.errors.contains(told), "\(wrong.errors)")
        }
    }

    @Test func decides() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let facts = try facts()
        let text = try vigie("decide", policy, "--facts", facts)
        #expect(text.status == 0, "\(text.errors)")
        #expect(text.output.hasPrefix("Moulin SA: to be granted by others, class B\n"))
        #expect(text.output.contains("limit: 32 000 EUR, bound by equity"))
        #expect(text.output.contains("Class: rule 9 (class-stable)"))
        #expect(!text.output.contains("nearly"))
        let near = try vigie("decide", policy, "--facts", facts, "--explain", "near-miss")
        #expect(near.output.contains("nearly rule 3 (class-critical) → \"D\": "))
        #expect(near.output.contains("5, wanted >= 9 (4)"))
        let french = try vigie("decide", policy, "--facts", facts, "--language", "fr")
        #expect(french.output.contains("limite: 32 000 EUR, bornée par capitaux propres"))
        let json = try vigie("decide", policy, "--facts", facts, "-o", "json")
        #expect(json.output.contains("\"limit\":{\"amount\":32000,\"binding\":\"equity\""))
        #expect(json.output.contains("\"id\":\"class-stable\""))
        let table = policy + "/tests/companies.csv"
        let rows = try vigie("decide", policy, "--facts", table, "--summary")
        #expect(rows.output.split(separator: "\n").count == 22)
        let one = try vigie("decide", policy, "--facts", table, "--company", "Stable")
        #expect(one.output.hasPrefix("Stable: granted, class B\n"))
        #expect(try vigie("decide", policy, "--facts", table, "--company", "x").status == 65)
    }

    @Test(arguments: ["cautious-supplier", "export-wholesaler"])
    func decidesOnPapers(_ name: String) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let samples = policy.replacing("/Policies/cautious-supplier", with: "")
        let result = try vigie(
            "decide",
            "\(samples)/Policies/\(name)",
            "--papers",
            samples + "/Companies",
            "--facts",
            "\(samples)/Policies/trade-of-\(name).csv",
            "--as-of",
            "2025-12-31",
            "--summary"
        )
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.count { !$0.hasPrefix("note: ") } == 8)
        // What papers say, and what is told beside, come together: class and action.
        #expect(lines.contains { $0.hasPrefix("FONDERIE DU VALLON") && $0.hasSuffix("ship") })
        #expect(lines.contains { $0.hasPrefix("MENUISERIE") && $0.hasSuffix("offer_prepaid") })
        #expect(try vigie("decide", policy).status == 64)
    }

    @Test func writesPages() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let facts = try facts(", \"past_due\": 9000")
        let page = directory + "/page.html"
        func html(_ reader: String) throws -> String {
            let result = try vigie(
                "decide",
                policy,
                "--facts",
                facts,
                "--html",
                page,
                "--reader",
                reader
            )
            #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
            return try ChildProcess.text(page)
        }
        let credit = try html("credit")
        #expect(credit.contains("<h1>Moulin SA</h1>") && credit.contains("0.08 × 400000"))
        #expect(credit.contains("More than 5,000 past due."))
        let sales = try html("sales")
        #expect(sales.contains("– hold") && sales.contains("Held until what is past due is paid."))
        #expect(!sales.contains("0.08 × 400000"))
        // Nobody is promised what somebody else has to grant.
        let early = try html("customer")
        #expect(early.contains("being examined") && !early.contains("EUR"))
        // A letter says nothing of what is ours.
        let text = try ChildProcess.text(facts).replacing("analyst", with: "manager")
        try Data(text.utf8).write(to: URL(filePath: facts))
        let letter = try html("customer")
        #expect(letter.contains("Please settle the invoices that are past due."))
        #expect(letter.contains("The goods remain ours until Moulin SA has paid"))
        for inner in ["hold", "0.08", "equity", "class"] { #expect(!letter.contains(">\(inner)")) }
        #expect(try vigie("decide", policy, "--facts", facts, "--html", facts).status == 64)
        let both = try vigie("decide", policy, "--facts", facts, "--html", page, "--summary")
        #expect(both.status == 64)
    }

    @Test func tellsWhatIsWrongWithFacts() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let wrong = try vigie("decide", policy, "--facts", try facts(", \"equty\": 1"))
        #expect(wrong.status == 65)
        #expect(wrong.errors.contains("is no input of the policy. Did you mean \"equity\"?"))
        let early = try vigie(
            "decide",
            policy,
            "--facts",
            try write("e.json", "{\"facts\": {}}"),
            "--as-of",
            "2024-12-31"
        )
        #expect(early.status == 65 && early.errors.contains("holds from 2025-01-01 on"))
        #expect(try vigie("decide", policy, "--facts", "none.json").status == 66)
        let boss = try vigie(
            "decide",
            policy,
            "--facts",
            try write("b.csv", "company,role\nA,boss\n")
        )
        #expect(boss.status == 65)
        #expect(boss.errors.contains("line 2: role: \"boss\" is no role of the policy; roles are "))
        // A name without an ending says nothing: what does not begin as JSON is a table.
        let unnamed = try vigie("decide", policy, "--facts", try write("b", "company\nA\n"))
        #expect(unnamed.status == 0 && unnamed.output.contains("investigation"))
        let named = try vigie("decide", policy, "--facts", try write("b.json", "company\nA\n"))
        #expect(named.errors.contains("is not valid JSON") && named.errors.contains(".csv"))
        for (name, text) in [("n.json", "[]"), ("n.csv", "company,amount\n")] {
            let path = try write(name, text)
            for command in [["decide", policy], ["policy", "diff", policy, policy]] {
                let none = try ChildProcess(
                    "vigie",
                    command + ["--facts", path],
                    environment: [:],
                    directory: directory
                ).wait()
                #expect(none.status == 65 && none.output.isEmpty)
                #expect(none.errors.contains("\(path) names no company; "), "\(none.errors)")
            }
        }
        let latin = directory + "/latin.csv"
        try Data("company\nCaf".utf8 + [0xE9, 0x0A]).write(to: URL(filePath: latin))
        let unread = try vigie("decide", policy, "--facts", latin)
        #expect(unread.status == 65 && unread.errors.contains("--encoding latin-1"))
        let zzz = try facts().replacing("facts.json", with: "z.json")
        let text = try ChildProcess.text(try facts()).replacing("\"scored\"", with: "\"zzz\"")
        try Data(text.utf8).write(to: URL(filePath: zzz))
        let misspelled = try write(
            "m.json",
            try ChildProcess.text(try facts(", \"sector\": \"constuction\""))
        )
        let noted = try vigie("decide", policy, "--facts", misspelled)
        #expect(
            noted.output.contains("  note: no table knows the sector \"constuction\": what holds"),
            "\(noted.output)"
        )
        let two = "company,outcome,sector\nA,scored,constuction\nB,scored,constuction\n"
        let summed = try vigie("decide", policy, "--facts", try write("s.csv", two), "--summary")
        let once = "note: A (+ 1): no table knows the sector \"constuction\": what holds"
        #expect(summed.output.contains("\n" + once), "\(summed.output)")
        #expect(summed.output.split(separator: "\n").count == 4)
        let unknown = try vigie("decide", policy, "--facts", zzz)
        #expect(unknown.status == 65)
        #expect(unknown.errors.contains("facts.outcome: is \"zzz\", and must be one of scored"))
        #expect(try vigie("decide", policy, "--facts", try facts(), "--as-of", "now").status == 64)
    }
}
