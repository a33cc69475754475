// SPDX-License-Identifier: Apache-2.0

// Files of companies that have something wrong in them, as `vigie policy simulate` and `vigie
// decide` take them.

import FoundationEssentials
import Testing

@Suite struct PortfolioFileTests {
    let directory: String
    let policy: String
    let header = "company,stage,as_of,role,outcome,risk_class,equity,amount,sector\n"
    let good = "Moulin,order,2025-06-30,manager,scored,5,400000,1000,construction\n"

    init() throws {
        directory =
            FileManager.default.temporaryDirectory.path
            + "/vigie-portfolios-\(UInt64.random(in: 0...(.max)))"
        let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        policy = root + "/Clients/CLI/Samples/Policies/cautious-supplier"
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
    }

    func vigie(_ arguments: [String], _ text: String) throws -> ProgramResult {
        let path = directory + "/portfolio.csv"
        try Data(text.utf8).write(to: URL(filePath: path))
        let all = arguments + ["--facts", path]
        return try ChildProcess("vigie", all, environment: [:], directory: directory).wait()
    }

    func simulated(_ text: String) throws -> ProgramResult {
        try vigie(["policy", "simulate", policy, policy], text)
    }

    @Test func whatCannotBeEndsASimulation() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for (old, new, told) in [
            (",5,", ",50,", "line 3, risk_class: is 50, which the model does not allow"),
            (",5,", ",5.5,", "line 3, risk_class: is 5.5, which the model does not allow"),
            (",1000,", ",-9000,", "line 3, amount: is -9000, and must not be below 0"),
            ("scored", "Scored", "line 3, outcome: is \"Scored\", and must be one of scored"),
            ("manager", "boss", "line 3, role: \"boss\" is no role of the policies, which know an"),
            ("order", "Order", "line 3, stage: \"Order\" is no stage of the policies, which know"),
            (",400000,", ",1e400,", "line 3, equity: '1e400' is not a finite number"),
            ("2025-06-30", "2024-01-01", "does not hold on 2024-01-01; it holds from 2025-01-01"),
        ] {
            let rows = old == "2025-06-30" ? "" : good.replacing("Moulin", with: "Lys")
            let text = header + rows + good.replacing(old, with: new)
            let wrong = try simulated(text)
            #expect(wrong.status == 65 && wrong.output.isEmpty)
            #expect(wrong.errors.contains(told), "\(wrong.errors)")
            #expect(try vigie(["decide", policy], text).status == 65, "decide refuses it, too")
        }
        let two = try simulated(
            header + good.replacing(",5,", with: ",50,").replacing("1000", with: "-1")
        )
        #expect(two.errors.contains("(and 1 more)"), "\(two.errors)")
        for days in [[good, good.replacing("2025-06-30", with: "")], ["Lys,,,,,,1,,\n", good]] {
            let mixed = try simulated(header + days.joined())
            #expect(mixed.status == 65, "\(mixed.output)")
            #expect(mixed.errors.contains("as_of is empty, and other rows are"))
        }
        let none = try simulated(header)
        #expect(none.status == 65 && none.errors.contains("names no company"))
        let comma = try simulated("company,amount\nMoulin,\"0,5\"\n")
        #expect(comma.status == 65 && comma.errors.contains("--dialect"), "\(comma.errors)")
        let latin = directory + "/latin.csv"
        try Data("company,amount\n".utf8 + [0xC9, 0x2C, 0x31, 0x0A]).write(to: URL(filePath: latin))
        let arguments = ["policy", "simulate", policy, policy, "--facts", latin]
        let unread = try ChildProcess("vigie", arguments, environment: [:], directory: directory)
            .wait()
        #expect(unread.status == 65 && unread.errors.contains("--encoding"), "\(unread)")
        let named = arguments + ["--encoding", "latin-1"]
        let read = try ChildProcess("vigie", named, environment: [:], directory: directory).wait()
        #expect(read.status == 0, "\(read.errors)")
        let unknown = try simulated("company,equty\nMoulin,1\n")
        #expect(!unknown.errors.contains("models describe"), "\(unknown.errors)")
        #expect(unknown.errors.contains("as the policies name inputs, such as outcome"))
        let mistyped = try simulated("company,equty,amount\nMoulin,1,2\n")
        #expect(
            mistyped.errors.hasSuffix(
                "'equty' is no input of cautious-supplier@1.0.0; did you mean \"equity\"? rename "
                    + "or remove it\n"
            ),
            "\(mistyped.errors)"
        )
    }

    /// 20.000 is 20 in one country and 20000 in another.
    @Test(arguments: ["20.000", "-20.000"])
    func pointsThatMayPartThousandsAreRefused(_ amount: String) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let plain = amount.replacing(".", with: "")
        for delimiter in [",", ";"] {
            let text = (header + good.replacing("400000", with: amount)).replacing(
                ",",
                with: delimiter
            )
            for command in [["decide", policy], ["policy", "simulate", policy, policy]] {
                let result = try vigie(command, text)
                #expect(result.status == 65 && result.output.isEmpty, "\(result)")
                let told = "line 2, equity: '\(amount)' may be \(plain) or a decimal"
                #expect(result.errors.contains(told), "\(result.errors)")
                #expect(result.errors.contains("--decimal point if it is not"))
                // What points are in another column says nothing of this one.
                let other = text.replacing(
                    "\(delimiter)1000\(delimiter)",
                    with: "\(delimiter)0.5\(delimiter)"
                )
                let beside = try vigie(command, other)
                #expect(beside.status == 65 && beside.errors.contains("no other number of its col"))
                // Where another number of it shows what points are, all are; and who says it may.
                for shown in ["0.5", "1000.25", "12.5"] {
                    let more = good.replacing("Moulin", with: "Lys").replacing(
                        "400000",
                        with: shown
                    ).replacing(",", with: delimiter)
                    #expect(try vigie(command, text + more).status == 0, "\(shown)")
                }
                #expect(try vigie(command + ["--decimal", "point"], text).status == 0)
            }
        }
    }

    @Test func inputsWithoutAColumnAreTold() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let text = "company,amount\nMoulin,5000\nLys,6000\n"
        let required =
            "there is no column for 'outcome', which cautious-supplier@1.0.0 requires: known of no "
            + "company, and 2 of 2 need investigation and have no limit in the sums"
        let others =
            "every company needs investigation by cautious-supplier@1.0.0, whose rules may ask for "
            + "what no column tells: "
        let table = try simulated(text)
        #expect(table.status == 0 && table.output.contains("note: \(required)\n"), "\(table)")
        #expect(table.errors.contains("vigie: note: \(required)\n"), "\(table.errors)")
        #expect(table.output.contains("note: \(others)'risk_class', "), "\(table.output)")
        for form in [["-o", "json"], ["-o", "csv"], ["--html", directory + "/page.html"]] {
            let result = try vigie(["policy", "simulate", policy, policy] + form, text)
            #expect(result.status == 0 && result.errors.contains("vigie: note: \(required)\n"))
            #expect(form[1] != "json" || result.output.contains(required))
        }
        let page = try ChildProcess.text(directory + "/page.html")
        #expect(page.contains("there is no column for 'outcome', which"), "\(page)")
        let told = try simulated("company,outcome,amount\nMoulin,scored,5000\nLys,scored,6000\n")
        #expect(!told.output.contains("requires") && told.output.contains("note: \(others)"))
    }

    /// Blanks that nobody sees make no other sector, here as in tables.
    @Test func wideBlanksAroundATextAreNoneOfIt() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let blank = good.replacing("construction", with: "\u{A0}construction\u{2009}")
        for command in [["decide", policy], ["policy", "simulate", policy, policy]] {
            let (wide, plain) = (
                try vigie(command, header + blank), try vigie(command, header + good)
            )
            let lines = [wide, plain].map { result in
                result.output.split(separator: "\n").filter { !$0.hasPrefix("file ") }
            }
            #expect(wide.status == 0 && lines[0] == lines[1], "\(wide)")
        }
    }

    @Test func theDirectoryThatIsNoPolicyIsNamed() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let broken = directory + "/p3"
        try FileManager.default.createDirectory(atPath: broken, withIntermediateDirectories: true)
        for command in [["policy", "simulate", policy, broken], ["decide", broken + "/"]] {
            let result = try vigie(command, header + good)
            #expect(
                result.errors == "vigie: \(broken)/policy.json: is missing; every policy has one.\n"
            )
        }
        let ask = ["policy", "simulate", "--help"]
        let help = try ChildProcess("vigie", ask, environment: [:], directory: directory).wait()
        let words = help.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("listed, from 0 to 1000."), "\(help.output)")
    }

    @Test func textsOfJSONMayHaveAMark() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for name in ["facts", "facts.json"] {
            let path = directory + "/" + name
            let text = "\u{FEFF}{\"company\": \"Moulin\", \"facts\": {\"equity\": NUMBER}}"
            func decided(_ number: String) throws -> ProgramResult {
                try Data(text.replacing("NUMBER", with: number).utf8).write(to: URL(filePath: path))
                let arguments = ["decide", policy, "--facts", path, "--summary"]
                return try ChildProcess("vigie", arguments, environment: [:], directory: directory)
                    .wait()
            }
            let done = try decided("20.000")
            #expect(done.status == 0 && done.output.contains("\nMoulin"), "\(done)")
            let huge = try decided("1e400")
            #expect(huge.status == 65 && huge.errors.contains("is not a finite number"), "\(huge)")
        }
    }

    @Test func whatIsTakenOtherwiseIsCounted() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let odd = good.replacing("construction", with: "Construction")
        let result = try simulated(header + good + odd + ",,,,,,,,\n")
        #expect(result.status == 0, "\(result.errors)")
        let output = result.output
        #expect(output.contains("2 companies, decided for 2025-06-30"), "\(output)")
        #expect(
            output.contains("note: 1 row: no table of cautious-supplier@1.0.0 knows the sector")
        )
        #expect(output.contains("Did you mean \"construction\"?"), "\(output)")
        #expect(output.contains("note: 1 row names a company that an earlier row names"))
        #expect(output.contains("the first, line 3: Moulin"), "\(output)")
        let plain = try simulated(header + good)
        #expect(!plain.output.contains("note: 1 row"), "\(plain.output)")
        // Blanks around a text are none of it, as decide has it.
        let blanks = good.replacing("order", with: " order ").replacing("scored", with: "scored ")
            .replacing("construction", with: "\tconstruction ")
        let wide = try simulated(header + blanks)
        let lines = [wide, plain].map { result in
            result.output.split(separator: "\n").filter { !$0.hasPrefix("file ") }
        }
        #expect(wide.status == 0 && lines[0] == lines[1], "\(wide)")
    }

    @Test func whatOnlyOnePolicyRefusesIsCounted() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let copy = directory + "/changed"
        try FileManager.default.copyItem(atPath: policy, toPath: copy)
        let file = copy + "/policy.dmn"
        let text = try ChildProcess.text(file)
        let narrow = text.replacing("4, 5, 6, 7, 8", with: "4, 6, 7, 8")
        #expect(narrow != text)
        try FileManager.default.removeItem(atPath: file)
        try Data(narrow.utf8).write(to: URL(filePath: file))
        let result = try vigie(["policy", "simulate", policy, copy], header + good)
        #expect(result.status == 0, "\(result.errors)")
        let told = "note: cautious-supplier@1.0.0 (after) refuses 1 values, which count as not "
        #expect(result.output.contains(told), "\(result.output)")
        #expect(result.output.contains("line 2, risk_class: is 5, which the model does not allow"))
    }

    @Test(arguments: [
        ("\"manager\"", "\"chief\"", "line 2, role: \"manager\" is no role of it"),
        ("\"EUR\"", "\"USD\"", ""),
    ])
    func policiesThatCannotBeComparedAreTold(_ old: String, _ new: String, _ note: String) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let copy = directory + "/changed"
        try FileManager.default.copyItem(atPath: policy, toPath: copy)
        let file = copy + "/policy.json"
        let text = try ChildProcess.text(file)
        let other = text.replacing(old, with: new)
        #expect(other != text)
        try FileManager.default.removeItem(atPath: file)
        try Data(other.utf8).write(to: URL(filePath: file))
        let result = try vigie(["policy", "simulate", policy, copy], header + good)
        guard note.isEmpty else {
            #expect(result.status == 0 && result.output.contains(note), "\(result)")
            return
        }
        #expect(result.status == 65 && result.errors.contains("in EUR and "), "\(result)")
    }

    @Test func decideTellsPlaces() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for command in [["decide", policy, "--summary"], ["policy", "diff", policy, policy]] {
            let twice = try vigie(command, header + good + good + ",,,,,,,,\n")
            #expect(twice.status == 0, "\(twice.errors)")
            #expect(
                twice.errors.contains("\"Moulin\" stands in line 2 and line 3; each counts for"),
                "\(twice.errors)"
            )
            #expect(!twice.output.contains("line 4"), "\(twice.output)")
        }
        let once = try vigie(["decide", policy], header + good)
        #expect(once.status == 0 && once.errors.isEmpty, "\(once.errors)")
        let boss = try vigie(["decide", policy], header + good.replacing("manager", with: "boss"))
        #expect(boss.errors.contains("role: \"boss\" is no role of the policy; roles are an"))
        let early = try vigie(
            ["decide", policy],
            header + good.replacing("2025-06", with: "2024-06")
        )
        #expect(
            early.errors.contains("line 2: as_of: cautious-supplier@1.0.0 holds from 2025-01-01")
        )
        let other = directory + "/no-name"
        try Data((header + good).utf8).write(to: URL(filePath: other))
        let arguments = ["decide", policy, "--facts", other]
        let table = try ChildProcess("vigie", arguments, environment: [:], directory: directory)
            .wait()
        #expect(table.status == 0 && table.output.hasPrefix("Moulin: "), "\(table.errors)")
    }
}
