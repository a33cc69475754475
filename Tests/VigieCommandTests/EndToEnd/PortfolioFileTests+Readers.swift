// SPDX-License-Identifier: Apache-2.0

// Files of companies as all commands read them, and what is told of what stands in them, or not.

import FoundationEssentials
import Testing

extension PortfolioFileTests {
    /// A file that one command takes is one for the others, and what a dialect names is read by it.
    @Test func allCommandsReadTheSameFiles() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let commands = [
            ["decide", policy, "--summary"], ["policy", "simulate", policy, policy],
            ["policy", "diff", policy, policy],
        ]
        let text = header + good
        let french = text.replacing(",", with: ";").replacing("400000", with: "4 000,50 €")
        var wide: [UInt8] = [0xFF, 0xFE]
        for unit in text.utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        let path = directory + "/portfolio.csv"
        for command in commands {
            func run(_ bytes: [UInt8], _ more: [String] = []) throws -> ProgramResult {
                try Data(bytes).write(to: URL(filePath: path))
                let arguments = command + ["--facts", path] + more
                return try ChildProcess("vigie", arguments, environment: [:], directory: directory)
                    .wait()
            }
            func lines(_ result: ProgramResult) -> [Substring] {
                result.output.split(separator: "\n").filter { !$0.hasPrefix("file ") }
            }
            let plain = try run(Array(text.utf8))
            #expect(plain.status == 0, "\(plain.errors)")
            let marked = try run(Array(("sep=;\r\n" + text.replacing(",", with: ";")).utf8))
            #expect(lines(marked) == lines(plain), "\(marked)")
            #expect(lines(try run(wide)) == lines(plain))
            #expect(try run(Array(french.utf8)).status == 65)
            let told = try run(Array(french.utf8), ["--dialect", "excel-fr"])
            #expect(told.status == 0 && !told.errors.contains("--dialect"), "\(told.errors)")
            // With a comma for decimals a point is none.
            let odd =
                french + good.replacing(",", with: ";").replacing("400000", with: "1.5")
                + good.replacing(",", with: ";") + good.replacing(",", with: ";")
            let point = try run(Array(odd.utf8), ["--dialect", "excel-fr"])
            #expect(point.status == 65 && point.errors.contains("line 3"), "\(point)")
            for place in ["Mou\0lin", "const\0ruction"] {
                let name = place.replacing("\0", with: "")
                let bad = try run(Array(text.replacing(name, with: place).utf8))
                #expect(bad.status == 65 && bad.output.isEmpty)
                #expect(
                    bad.errors.contains("line 2: has a character that is none of a text (U+0000)"),
                    "\(bad.errors)"
                )
            }
            for (wrong, words) in [
                (
                    header.replacing("equity", with: "amount") + good,
                    "more than one column 'amount'"
                ),
                (header + "Moulin,order\n", "line 2: 2 cells where the header has 9"),
                (header + good.replacing("1000", with: "1 000"), "looks like excel-fr"),
                (header + good.replacing("Moulin", with: "\"Moulin"), "mark is not closed"),
            ] {
                let result = try run(Array(wrong.utf8))
                #expect(result.status == 65 && result.errors.contains(words), "\(result.errors)")
                #expect(
                    result.errors.split(separator: "\n")[0].components(separatedBy: path).count
                        == 2,
                    "named once"
                )
            }
        }
        let json = directory + "/facts.json"
        try Data("[]".utf8).write(to: URL(filePath: json))
        let arguments = ["decide", policy, "--facts", json, "--dialect", "excel-fr"]
        let result = try ChildProcess("vigie", arguments, environment: [:], directory: directory)
            .wait()
        #expect(result.status == 64 && result.errors.contains("it is JSON"), "\(result.errors)")
    }

    /// What only models take are figures and ratios: a point of any column shows what theirs are.
    @Test(arguments: [("1.250,0.5", 0), ("1.250,5", 65), ("1250,5", 0)])
    func featuresAreNoAmounts(_ cells: String, _ status: Int32) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let models = "us-listed-failure,us-listed-scorecard"
        let result = try vigie(
            ["policy", "simulate", "--policy", policy, "--models", models],
            "company,total_assets,total_liabilities,net_income\nMoulin,\(cells),3\n"
        )
        #expect(result.status == status, "\(result.errors)")
        #expect(status == 0 || result.errors.contains("line 2, total_assets: '1.250' may be 1250"))
    }

    @Test func groupsAreTold() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let rows = [("Moulin", "Nord"), ("Lys", "nord"), ("Orme", "nord")].map { name, group in
            good.replacing("Moulin", with: "\(name),\(group)")
        }
        let text = header.replacing("company", with: "company,group") + rows.joined()
        let decided = try vigie(["decide", policy, "--summary"], text)
        #expect(decided.status == 0, "\(decided.errors)")
        #expect(
            decided.errors.hasSuffix(
                "the groups \"Nord\" and \"nord\" are two (line 2 and line 3), and bounded each by "
                    + "itself\n"
            ),
            "\(decided.errors)"
        )
        let same = try vigie(["decide", policy, "--summary"], text.replacing("Nord", with: "nord"))
        #expect(same.status == 0 && same.errors.isEmpty, "\(same.errors)")
        let simulated = try simulated(text)
        #expect(simulated.output.contains("note: the column 'group' is left out"), "\(simulated)")
    }

    @Test func whatIsNotInTheFileIsNotToldOfIt() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let text = header + good.replacing("2025-06-30", with: "")
        let early = try vigie(["decide", policy, "--as-of", "2024-01-31"], text)
        #expect(early.status == 65 && !early.errors.contains("as_of"), "\(early.errors)")
        #expect(early.errors.hasSuffix("for 2024-01-31; name another day with --as-of\n"))
        // An order of nothing was told.
        let zero = try vigie(["decide", policy], header + good.replacing("1000", with: "0"))
        #expect(zero.output.contains("the order that is asked about is of 0"), "\(zero.output)")
        let odd = try simulated(header + good.replacing("construction", with: "zz"))
        #expect(
            odd.output.contains("knows the sector \"zz\": what holds for all others is taken.\n")
        )
        for command in [["decide", policy + "x"], ["policy", "check"], ["policy", "test"]] {
            let place = command.count == 2 && command[0] == "policy" ? [policy + "x"] : []
            let arguments = command + place + (command[0] == "decide" ? ["--facts", policy] : [])
            let none = try ChildProcess("vigie", arguments, environment: [:], directory: directory)
                .wait()
            #expect(none.status == 66 && none.errors.contains("there is no directory"), "\(none)")
        }
    }
}
