// SPDX-License-Identifier: Apache-2.0

// Where values come from, and what is said of bad ones.

import ArgumentParser
import CommandFiles
import ProgramSettings
import Testing

@Suite struct SettingValuesTests {
    @Test func theStrongestSourceWins() throws {
        let all = values(
            flags: [.address: "flag:1"],
            environment: [
                "TESTER_ADDRESS": "environment:1", "TESTER_WORKERS": "5", "TESTER_MOOD": "",
                "TESTER_PORT": "tcp://10.0.0.1:1", "ADDRESS": "x", "TESTER_KEY_FILE": "e",
            ],
            file: #"{"address": "file:1", "key_file": "f", "workers": 7, "mood": "bad"}"#
        )
        try all.check()
        #expect(all.text(.address) == "flag:1" && all.text(.keyFile) == "e")
        #expect(all.number(.workers) == 5 && all.optional(.mood) == "bad")
        #expect(all.optional(.password) == nil)
        #expect(
            all.lines == [
                "address = flag:1 (flag --address)", "key_file = e (environment TESTER_KEY_FILE)",
                "workers = 5 (environment TESTER_WORKERS)", "mood = bad (file t.json, mood)",
                "password = none (default)",
            ]
        )
    }

    @Test func defaultsStand() throws {
        let all = values()
        try all.check()
        #expect(all.text(.address) == "localhost:1" && all.number(.workers) == 3)
        #expect(all.lines.contains("mood = as it comes (default)"))
    }

    @Test func allThatIsWrongIsToldAtOnce() {
        let all = values(
            flags: [.workers: "0"],
            environment: ["TESTER_ADDRESS": "nowhere"],
            file: #"{"mood": "so-so", "adress": "x:1"}"#
        )
        let failure = #expect(throws: CommandFailure.self) { try all.check() }
        #expect(failure?.status == .badConfiguration)
        for part in [
            "flag --workers: \"0\" is not a whole number from 1 to 64",
            "environment TESTER_ADDRESS: \"nowhere\" is not an address",
            "file t.json, mood: \"so-so\" is not one of good, bad",
            "--key-file is missing: nothing opens without it",
            "t.json, line 1, column 19: \"adress\" is no setting; did you mean \"address\"?",
        ] {
            #expect(failure?.message.contains(part) == true, "\(failure?.message ?? "")")
        }
    }

    @Test(arguments: [
        "", "0", "65", "-1", "+1", "1.0", "1e1", " 1", "x", "99999999999999999999", "١",
    ])
    func whatIsNoNumberInTheRangeIsWrongUsage(text: String) {
        let all = values(flags: [.keyFile: "k", .workers: text])
        let failure = #expect(throws: CommandFailure.self) { try all.check() }
        #expect(failure?.status == .usage)
    }

    @Test func secretsAreNotShown() throws {
        let all = values(flags: [.keyFile: "k", .password: "hunter2"])
        #expect(all.text(.password) == "hunter2")
        #expect(!all.lines.joined().contains("hunter2"))
        let empty = values(flags: [.keyFile: "k", .password: ""])
        let failure = #expect(throws: CommandFailure.self) { try empty.check() }
        #expect(failure?.message == "flag --password: the value is not a text")
    }

    @Test func foreignTextIsCutAndHarmless() {
        let all = values(
            flags: [.keyFile: "k", .mood: "\u{1B}[2J" + String(repeating: "a", count: 1_000)]
        )
        let failure = #expect(throws: CommandFailure.self) { try all.check() }
        #expect(failure?.message.contains("\u{1B}") == false)
        #expect(failure?.message.utf8.count ?? 1_000 < 200)
    }

    @Test func optionsTakeValuesForAllSettings() throws {
        for name in TestSetting.allCases {
            let command = try TestCommand.parse([name.flag, "v", "--other", "o"])
            #expect(command.givenSettings() == [name: "v"])
        }
        let help = TestCommand.helpMessage()
        for name in TestSetting.allCases {
            #expect(help.contains("\(name.flag) <\(name.setting.kind.valueName)>"))
        }
        #expect(help.contains("(default: a few)") && help.contains("Required."))
    }

    @Test func theTableHasAllNames() {
        let rows = TestSetting.table.split(separator: "\n")
        #expect(rows.count == TestSetting.allCases.count + 2)
        #expect(
            rows[3]
                == "| `--key-file FILE` | `TESTER_KEY_FILE` | `key_file` | required | What opens. |"
        )
    }
}
