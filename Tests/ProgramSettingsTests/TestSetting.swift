// SPDX-License-Identifier: Apache-2.0

// The settings of a program that there is not.

import ArgumentParser
import ProgramSettings

enum TestSetting: String, SettingName {
    case address
    case keyFile = "key_file"
    case workers
    case mood
    case password

    static var program: String { "tester" }

    var setting: Setting {
        switch self {
        case .address:
            Setting(
                .text("host:port", form: "an address", accepts: { $0.contains(":") }),
                .value("localhost:1"),
                "Where to go."
            )
        case .keyFile: Setting(.file, .required("nothing opens without it"), "What opens.")
        case .workers:
            Setting(.wholeNumber(1...64, of: "count"), .value("3", shown: "a few"), "How many.")
        case .mood: Setting(.word(["good", "bad"]), .none(shown: "as it comes"), "How it feels.")
        case .password: Setting(.text("text"), .none(shown: "none"), "A secret.", isSecret: true)
        }
    }
}

struct TestCommand: ParsableCommand {
    @Option(TestSetting.address) var address: String?
    @Option(TestSetting.keyFile) var keyFile: String?
    @Option(TestSetting.workers) var workers: String?
    @Option(TestSetting.mood) var mood: String?
    @Option(TestSetting.password) var password: String?
    @Option var other: String?
}

/// Values from the three sources.
func values(
    flags: [TestSetting: String] = [.keyFile: "k"],
    environment: [String: String] = [:],
    file: String? = nil
) -> SettingValues<TestSetting> {
    SettingValues(
        flags: flags,
        environment: environment,
        file: file.map { SettingsFile(bytes: Array($0.utf8), path: "t.json") }
    )
}
