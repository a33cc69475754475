// SPDX-License-Identifier: Apache-2.0

// The tables of settings and exit codes in the documentation are those of the code.
// `make docs` writes them: it runs this test with VIGIE_WRITE_DOCS=1.

import CommandFiles
import FoundationEssentials
import ProgramSettings
import Testing
import VigieCommand
import vigied

@Suite(.serialized) struct DocumentedTablesTests {
    static let tables: [(page: String, name: String, table: String)] = [
        ("Sources/vigied/Vigied.docc/Operations.md", "settings", SettingKey.table),
        ("Sources/vigied/Vigied.docc/Operations.md", "exit codes", CommandStatus.table),
        ("Clients/CLI/vigie/Vigie.docc/Commands.md", "settings", ClientSetting.table),
        ("Clients/CLI/vigie/Vigie.docc/Commands.md", "exit codes", CommandStatus.table),
    ]

    @Test(arguments: tables)
    func tablesAreThoseOfTheCode(page: String, name: String, table: String) throws {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let url = URL(filePath: "/\(root)/\(page)")
        let text = try String(contentsOf: url, encoding: .utf8)
        let begin = "<!-- \(name): written by 'make docs' -->\n"
        let end = "\n<!-- end of \(name) -->"
        let before = try #require(text.firstRange(of: begin)).upperBound
        let behind = try #require(text.firstRange(of: end)).lowerBound
        if ProcessInfo.processInfo.environment["VIGIE_WRITE_DOCS"] == "1" {
            let new = text[..<before] + table + text[behind...]
            try Data(new.utf8).write(to: url)
        } else {
            #expect(text[before..<behind] == table, "stale; run 'make docs' and commit")
        }
    }
}
