// SPDX-License-Identifier: Apache-2.0

// What the settings of a command come to.

import CommandFiles
import CommandTables
import ProgramSettings
import Testing
import VigieClient
import VigieCommand

@Suite struct SettingsTests {
    private func settings(
        flags: [ClientSetting: String] = [:],
        environment: [String: String] = [:],
        file: String = "{}"
    ) throws -> Settings {
        let file = SettingsFile<ClientSetting>(bytes: Array(file.utf8), path: "c.json")
        return try Settings(SettingValues(flags: flags, environment: environment, file: file))
    }

    @Test func eachSourceComesBeforeTheNext() throws {
        let settings = try settings(
            flags: [.server: "flag:3"],
            environment: [
                "VIGIE_SERVER": "env:2", "VIGIE_CA_CERT": "env.pem", "VIGIE_MODEL": "",
                "SERVER": "other",
            ],
            file: """
                {"server": "file:1", "ca_cert": "file.pem", "model": "file", "timeout": "1s"}
                """
        )
        #expect(settings.server == "flag:3")
        #expect(settings.caCertificate == "env.pem")
        #expect(settings.model == "file")
        #expect(settings.timeout == .seconds(1))
        #expect(settings.serverName == nil)
        #expect(settings.language == .en)
    }

    @Test func withoutAnythingTheDefaultsStand() throws {
        let settings = try settings()
        #expect(settings.server == "127.0.0.1:7443")
        let configuration = try settings.clientConfiguration()
        #expect(configuration.servers == [.host("127.0.0.1")])
        #expect(configuration.tls.roots == .system)
    }

    @Test(arguments: ClientSetting.allCases)
    func everySettingCanComeFromTheEnvironment(name: ClientSetting) throws {
        let values: [ClientSetting: String] = [
            .timeout: "2m", .language: "fr", .server: "h:1", .loadBalancing: "round_robin",
        ]
        var environment = [name.environmentVariable: values[name] ?? "x"]
        if name == .clientCertificate { environment["VIGIE_CLIENT_KEY"] = "key" }
        if name == .clientKey { environment["VIGIE_CLIENT_CERT"] = "cert" }
        #expect(try settings(environment: environment) != settings())
    }

    @Test func loadBalancingReachesTheClient() throws {
        let flags: [ClientSetting: String] = [.loadBalancing: "round_robin", .server: "a,b"]
        #expect(try settings(flags: flags).clientConfiguration().loadBalancing == .roundRobin)
        #expect(try settings().clientConfiguration().loadBalancing == .pickFirst)
    }

    @Test func timeoutReachesTheClient() throws {
        let configuration = try settings(flags: [.timeout: "500ms"]).clientConfiguration()
        #expect(configuration.timeout == .milliseconds(500))
        #expect(configuration.streamIdleTimeout == .milliseconds(500))
    }

    @Test(arguments: [
        (ClientSetting.timeout, "soon"), (.timeout, "-1s"), (.timeout, "0"), (.language, "de"),
        (.clientCertificate, "only.pem"), (.clientKey, "only.key"), (.server, "a:b"),
        (.server, ""), (.server, "unix:"), (.server, "unix:/\(String(repeating: "a", count: 108))"),
        (.server, "a,"), (.server, "1.2.3.400"), (.server, "u:p@a"), (.serverName, "a b"),
        (.serverName, "a/b"), (.loadBalancing, "grpclb"),
    ])
    func wrongFlagsAreUsageErrors(name: ClientSetting, value: String) {
        let failure = #expect(throws: CommandFailure.self) { try settings(flags: [name: value]) }
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

    @Test(arguments: [
        (#"{"servr": "a:1"}"#, #""servr" is no setting; did you mean "server"?"#),
        (#"{"server": 1}"#, "server must be a text"), ("[]", "JSON object"),
        (#"{"server": "a:1", "server": "a:1"}"#, "twice"),
        (#"{"language": "de"}"#, "one of en, fr"),
    ])
    func wrongFilesAreBadConfiguration(text: String, message: String) {
        let failure = #expect(throws: CommandFailure.self) { try settings(file: text) }
        #expect(failure?.status == .badConfiguration)
        #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
    }

    @Test func theUsersConfigFileMayBeAbsent() throws {
        let environment = ["XDG_CONFIG_HOME": "/nonexistent"]
        #expect(Settings.defaultPath(environment) == "/nonexistent/vigie/config.json")
        #expect(Settings.defaultPath(["HOME": "/h"]) == "/h/.config/vigie/config.json")
        #expect(try Settings.file(nil, environment: environment) == nil)
        #expect(throws: CommandFailure.self) {
            try Settings.file("/nonexistent/config.json", environment: environment)
        }
    }
}
