// SPDX-License-Identifier: Apache-2.0

// Files of settings: what is read, and where what is wrong with one stands.

import CommandFiles
import FoundationEssentials
import ProgramSettings
import Testing

@Suite struct SettingsFileTests {
    private func problem(_ text: String) -> String? {
        do {
            try values(flags: [.keyFile: "k"], file: text).check()
            return nil
        } catch {
            return error.message
        }
    }

    @Test(arguments: [
        "{}", " { } \n", "\u{FEFF}{}", #"{"workers":64}"#, "{\r\n\t\"mood\" :\n \"good\"\n}",
        #"{"mo\u006Fd": "b\u0061d"}"#, #"{"address": "a:\u00e9\"\\", "password": "{,}"}"#,
    ])
    func goodFilesAreRead(text: String) {
        #expect(problem(text) == nil)
    }

    @Test func escapesAreResolved() {
        let all = values(file: #"{"address": "a:\u00e9\"\\\/\n\ud83d\ude00"}"#)
        #expect(all.text(.address) == "a:é\"\\/\n😀")
    }

    /// Each with what the message must have.
    static let badFiles: [(text: String, part: String)] = [
        (#"{"addres": "x:1"}"#, #"column 2: "addres" is no setting; did you mean "address"?"#),
        (#"{"KEY-FILE": "x"}"#, #"did you mean "key_file"?"#),
        (#"{"port": 7}"#, "settings are address, key_file, workers, mood, password"),
        (
            "{\"mood\": \"bad\",\n \"mood\": \"good\"}",
            #"line 2, column 2: "mood" stands there twice"#
        ),
        (#"{"mood":"bad","mood":"bad"}"#, "twice"),
        (#"{"mood":"bad","mo\u006fd":"bad"}"#, "twice"),
        ("{\"mood\": \"bad\",\n}", "line 1, column 15: a comma with nothing behind it"),
        (#"{"mood": "bad",, "workers": 1}"#, "column 16: a key in double quotes"),
        (#"{,}"#, "a key in double quotes"), ("{'mood': 'bad'}", "a key in double quotes"),
        ("{mood: \"bad\"}", "a key in double quotes"),
        (#"{"mood" "bad"}"#, "':' is expected"), (#"{"mood":}"#, "a value is expected"),
        (#"{"mood": "bad" "workers": 1}"#, "',' or '}' is expected"),
        (#"{"mood": "bad"#, "closing quotation mark"),
        (#"{"mood": "bad\"#, "closing quotation mark"),
        (#"{"mood": "bad""#, "',' or '}' is expected"),
        (#"{"mood": "bad"} x"#, "something follows"), (#"{"mood": "bad"}{}"#, "something follows"),
        ("[]", "JSON object"), ("", "JSON object"), ("7", "JSON object"), ("{", "JSON object"),
        ("mood = bad", "JSON object"), (#"{"mood": {"x": 1}}"#, "mood must be a text"),
        (#"{"mood": ["bad"]}"#, "mood must be a text"), (#"{"mood": nope}"#, "mood must be a text"),
        (#"{"mood": 7}"#, "mood must be a text"), (#"{"mood": null}"#, "mood must be a text"),
        (#"{"mood": true}"#, "mood must be a text"),
        (#"{"workers": "7"}"#, "workers must be a whole number, without quotes"),
        (#"{"workers": 7.5}"#, "not a whole number"), (#"{"workers": 1e1}"#, "not a whole number"),
        (#"{"workers": 07}"#, "workers must be a whole"),
        (#"{"workers": -0x7}"#, "workers must be a whole"),
        (#"{"workers": 1e999}"#, "workers must be a whole"),
        (#"{"workers": 9223372036854775808}"#, "not a whole number"),
        ("{\"mood\": \"b\u{1}ad\"}", "control character"),
        (#"{"mood": "\ud83d"}"#, "surrogate pair"),
        (#"{"mood": "\q"}"#, "unknown escape"), (#"{"mood": "\u00g0"}"#, "hexadecimal digits"),
        ("{\"mood\": \"bad\" // comment\n}", "',' or '}' is expected"),
        ("\u{1F}\u{8B}\u{8}", "JSON object"),
    ]

    @Test(arguments: badFiles)
    func badFilesAreToldWithTheirPlace(text: String, part: String) {
        let problem = problem(text)
        #expect(problem?.contains(part) == true, "\(problem ?? "nil")")
        #expect(problem?.contains("t.json, ") == true)
    }

    /// Whatever stands in a file, it is read or refused.
    @Test func anyBytesAreRead() {
        let seed = Array(#"{"address": "a:\u00e9", "workers": 12, "mood": "good"}"#.utf8)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
            _ = SettingsFile<TestSetting>(bytes: bytes, path: "t.json")
        }
        for count in seed.indices {
            let file = SettingsFile<TestSetting>(bytes: Array(seed[..<count]), path: "t.json")
            let all = SettingValues(flags: [.keyFile: "k"], environment: [:], file: file)
            #expect(throws: CommandFailure.self) { try all.check() }
        }
    }

    @Test(arguments: ["/nowhere/settings.json", "/"])
    func aFileThatCannotBeReadIsTold(path: String) {
        let failure = #expect(throws: CommandFailure.self) {
            try SettingsFile<TestSetting>.named(nil, environment: ["TESTER_CONFIG": path])
        }
        #expect(failure?.status == .badConfiguration)
        #expect(failure?.message.contains(path) == true)
    }

    @Test func aFileWithoutAnEndIsRefused() {
        let failure = #expect(throws: CommandFailure.self) {
            try SettingsFile<TestSetting>.named("/dev/zero", environment: [:])
        }
        #expect(failure?.message.contains("/dev/zero has more than") == true)
    }

    @Test func noFileIsNamed() throws {
        let file = try SettingsFile<TestSetting>.named(nil, environment: ["TESTER_CONFIG": ""])
        #expect(file == nil)
    }
}
