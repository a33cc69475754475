// SPDX-License-Identifier: Apache-2.0

// Flags before environment before config file before defaults.

import CommandFiles
import FoundationEssentials
import Testing
import VigieClient
import VigieCommand

@Suite struct SettingsTests {
    @Test func eachSourceComesBeforeTheNext() throws {
        let file = ["server": "file:1", "ca_cert": "file.pem", "model": "file", "timeout": "1s"]
        let environment = [
            "VIGIE_SERVER": "env:2", "VIGIE_CA_CERT": "env.pem", "VIGIE_MODEL": "",
            "SERVER": "other",
        ]
        let settings = try Settings(
            flags: ["server": "flag:3"],
            environment: environment,
            file: file
        )
        #expect(settings.server == "flag:3")
        #expect(settings.caCertificate == "env.pem")
        #expect(settings.model == "file")
        #expect(settings.timeout == .seconds(1))
        #expect(settings.serverName == nil)
        #expect(settings.language == .en)
    }

    @Test func withoutAnythingTheDefaultsStand() throws {
        let settings = try Settings(flags: [:], environment: [:], file: [:])
        #expect(settings.server == "127.0.0.1:7443")
        let configuration = try settings.clientConfiguration()
        #expect(configuration.host == "127.0.0.1" && configuration.port == 7443)
        #expect(configuration.tls.roots == .system)
    }

    @Test(arguments: Settings.names)
    func everySettingCanComeFromTheEnvironment(name: String) throws {
        var environment = ["VIGIE_\(name.uppercased())": name == "timeout" ? "2m" : "fr"]
        if name == "client_cert" { environment["VIGIE_CLIENT_KEY"] = "key" }
        if name == "client_key" { environment["VIGIE_CLIENT_CERT"] = "cert" }
        let settings = try Settings(flags: [:], environment: environment, file: [:])
        #expect(settings != (try Settings(flags: [:], environment: [:], file: [:])))
    }

    @Test func timeoutReachesTheClient() throws {
        let settings = try Settings(flags: ["timeout": "500ms"], environment: [:], file: [:])
        let configuration = try settings.clientConfiguration()
        #expect(configuration.timeout == .milliseconds(500))
        #expect(configuration.streamIdleTimeout == .milliseconds(500))
    }

    @Test(arguments: [
        ["timeout": "soon"], ["timeout": "-1s"], ["timeout": "0"], ["language": "de"],
        ["client_cert": "only.pem"], ["client_key": "only.key"],
    ])
    func wrongSettingsAreUsageErrors(flags: [String: String]) {
        let failure = #expect(throws: CommandFailure.self) {
            try Settings(flags: flags, environment: [:], file: [:])
        }
        #expect(failure?.status == .usage)
    }

    @Test(arguments: [
        ("1", 1), ("1.5s", 1.5), ("250ms", 0.25), ("2m", 120),
    ])
    func durationsAreRead(text: String, seconds: Double) {
        #expect(duration(from: text) == .seconds(seconds))
    }

    @Test(arguments: ["", "s", "ms", "1h", "-1", "1e3", "inf", "nan", "1 s", "999999m", "."])
    func otherTextsAreNoDurations(text: String) {
        #expect(duration(from: text) == nil)
    }

    @Test func configFileIsRead() throws {
        let text = "{\"server\": \"a:1\", \"ca_cert\": \"b.pem\"}"
        #expect(
            try ConfigFile.parse(Data(text.utf8), path: "p") == [
                "server": "a:1", "ca_cert": "b.pem",
            ]
        )
    }

    @Test(arguments: [
        ("{\"servr\": \"a\"}", "'servr'"), ("{\"server\": 1}", "JSON object of texts"),
        ("[]", "JSON object of texts"), ("{", "JSON object of texts"),
    ])
    func wrongConfigFilesAreUsageErrors(text: String, message: String) {
        let failure = #expect(throws: CommandFailure.self) {
            try ConfigFile.parse(Data(text.utf8), path: "p")
        }
        #expect(failure?.status == .usage)
        #expect(failure?.message.contains(message) == true)
    }

    @Test func aNamedConfigFileMustExist() {
        #expect(throws: CommandFailure.self) {
            try ConfigFile.read(path: "/nonexistent/config.json", environment: [:])
        }
    }

    @Test func theUsersConfigFileMayBeAbsent() throws {
        let environment = ["XDG_CONFIG_HOME": "/nonexistent"]
        #expect(ConfigFile.defaultPath(environment) == "/nonexistent/vigie/config.json")
        #expect(ConfigFile.defaultPath(["HOME": "/h"]) == "/h/.config/vigie/config.json")
        #expect(try ConfigFile.read(path: nil, environment: environment).isEmpty)
    }
}
