// SPDX-License-Identifier: Apache-2.0

// Where the daemon takes its settings from, and what it says to bad ones.

import ArgumentParser
import CommandFiles
import GRPCTransport
import Logging
import ProgramSettings
import TelemetryExport
import Testing
import vigied

@Suite struct SettingsTests {
    private static let required: [SettingKey: String] = [
        .tlsCertificate: "cert.pem", .tlsKey: "key.pem",
    ]

    private func values(
        flags: [SettingKey: String] = required,
        environment: [String: String] = [:],
        file: String? = nil
    ) -> SettingValues<SettingKey> {
        SettingValues(
            flags: flags,
            environment: environment,
            file: file.map { SettingsFile(bytes: Array($0.utf8), path: "s.json") }
        )
    }

    @Test func hasDefaults() throws {
        let settings = try DaemonSettings(values())
        #expect(settings.listen.map(\.description) == ["127.0.0.1:7443"])
        #expect(settings.drainDelaySeconds == 0 && settings.socketMode == nil)
        #expect(settings.modelsDirectory == nil && settings.tls.clientCAPath == nil)
        #expect(settings.logLevel == .info && settings.logFormat == .text)
        #expect(settings.threadCount >= 1 && settings.drainTimeoutSeconds == 30)
        #expect(values().lines.contains("tls_cert = cert.pem (flag --tls-cert)"))
    }

    @Test func everySettingComesFromTheFile() throws {
        let file = """
            {"listen": ["[::1]:1", "unix:/a"], "models": "file", "threads": 3, "drain_timeout": 4,
             "default_model": "m@1", "tls_cert": "c", "tls_key": "k", "tls_client_ca": "a",
             "log_level": "trace", "log_format": "json", "allow_expired_certificate": "true",
             "read_papers": "true", "tls_client_auth": "optional", "tls_cert_dir": "d",
             "tls_min_version": "1.3", "tokens": "t", "access": "r", "jwt_keys": "j",
             "jwt_issuer": "i", "jwt_audience": "u", "jwt_roles_claim": "groups",
             "allow_anonymous": "true", "reload_interval": 7,
             "metrics_listen": "localhost:9", "reflection": "off", "access_log": "calls.json",
             "otlp_endpoint": "https://[::1]/", "otlp_ca": "o", "otlp_interval": 9,
             "otlp_headers": "/dev/null", "compress_answers": "true", "drain_delay": 5,
             "socket_mode": "0660", "proxies": ["10.0.0.5", "fd00::/8"],
             "proxy_protocol": "v2", "connections_per_address": 9}
            """
        let values = values(flags: [:], file: file)
        let settings = try DaemonSettings(values)
        #expect(settings.listen.map(\.description) == ["[::1]:1", "unix:/a"])
        #expect(settings.modelsDirectory == "file" && settings.socketMode == 0o660)
        #expect(settings.drainDelaySeconds == 5)
        #expect(settings.threadCount == 3 && settings.drainTimeoutSeconds == 4)
        #expect(settings.defaultModel == "m@1" && settings.tls.certificatePath == "c")
        #expect(settings.tls.keyPath == "k" && settings.tls.clientCAPath == "a")
        #expect(!settings.tls.isClientCertificateRequired && settings.tls.isModernOnly)
        #expect(settings.tls.certificateDirectory == "d" && settings.reloadIntervalSeconds == 7)
        #expect(settings.access.paths == ["t", "r", "j"])
        #expect(settings.proxies == ["10.0.0.5", "fd00::/8"].compactMap(AddressRange.init))
        #expect(settings.readsProxyHeaders && settings.connectionsPerAddress == 9)
        #expect(settings.metricsListen?.port == 9 && settings.accessLogPath == "calls.json")
        #expect(settings.collector?.host == "::1" && settings.collector?.port == 4317)
        #expect(settings.pushIntervalSeconds == 9)
        #expect(settings.isExpiredCertificateAllowed && settings.readsPapers)
        #expect(!settings.offersReflection && settings.compressesAnswers)
        #expect(settings.logLevel == .trace && settings.logFormat == .json)
        #expect(values.lines.allSatisfy { $0.contains("(file s.json, ") })
        #expect(values.lines.count == SettingKey.allCases.count)
    }

    @Test(arguments: [("true", true), ("false", false), (#""true""#, true)])
    func switchesAreTruthValuesOrTexts(_ value: String, isOn: Bool) throws {
        let settings = values(file: #"{"read_papers": \#(value)}"#)
        #expect(try DaemonSettings(settings).readsPapers == isOn)
    }

    @Test func everySettingHasAnOption() throws {
        let flags = [
            SettingKey.allowExpiredCertificate, .readPapers, .allowAnonymous, .compressAnswers,
        ]
        for flag in flags {
            #expect(try ServeOptions.parse([flag.flag]).givenSettings() == [flag: "true"])
        }
        #expect(try ServeOptions.parse([]).givenSettings() == [SettingKey: String]())
        for name in SettingKey.allCases where !flags.contains(name) {
            let value = name.setting.kind.isNumber ? "1" : "v"
            let command = try ServeOptions.parse([name.flag, value])
            #expect(command.givenSettings() == [name: value])
        }
    }

    @Test(arguments: [SettingKey.tlsCertificate, .tlsKey])
    func needsACertificate(key: SettingKey) {
        var flags = Self.required
        flags[key] = nil
        let failure = #expect(throws: CommandFailure.self) {
            try DaemonSettings(values(flags: flags))
        }
        #expect(failure?.status == .badConfiguration)
        #expect(failure?.message.contains("\(key.flag) is missing") == true)
    }

    @Test(arguments: [
        (#"{"threads": 0}"#, "1 to 1024"), (#"{"threads": 1025}"#, "1 to 1024"),
        (#"{"log_level": "loud"}"#, "trace, debug, info, notice, warning, error, critical"),
        (#"{"read_papers": 1}"#, "must be true or false"),
        (#"{"read_papers": truth}"#, "must be true or false"),
        (#"{"log_format": "xml"}"#, "text, json"), (#"{"drain_timeout": -1}"#, "0 to 86400"),
        (#"{"listen": "7443"}"#, "an address and port"),
        (#"{"listen": ["[::1]:1", 2]}"#, "list of"),
        (#"{"listen": "[::1]:1,"}"#, "an address and port"), (#"{"listen": []}"#, "list of"),
        (#"{"socket_mode": "888"}"#, "octal"), (#"{"metrics_listen": "unix:/a"}"#, "an address"),
        (#"{"tls_crt": "c"}"#, "\"tls_cert\"?"),
    ])
    func refusesBadFiles(file: String, message: String) {
        let failure = #expect(throws: CommandFailure.self) {
            try DaemonSettings(values(file: file))
        }
        #expect(failure?.status == .badConfiguration)
        #expect(failure?.message.contains(message) == true, "\(String(describing: failure))")
    }

    @Test(arguments: [
        ("127.0.0.1:7443", "127.0.0.1", 7443), ("localhost:0", "localhost", 0),
        ("[::1]:80", "::1", 80), ("vigie.example.org:65535", "vigie.example.org", 65535),
    ])
    func readsAddresses(text: String, host: String, port: Int) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.host == host && address.port == port)
        #expect(address.description == text)
    }

    @Test(arguments: [
        ("unix:/run/v.sock", "/run/v.sock"), ("unix:///run/v.sock", "/run/v.sock"),
        ("unix:v.sock", "v.sock"),
    ])
    func readsPaths(text: String, path: String) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.path == path && address.isLoopback && address.description == "unix:\(path)")
    }

    @Test func readsListsOfAddresses() {
        let listed = ListenAddress.list("localhost:1, [::]:2,unix:/a")
        #expect(listed?.map(\.description) == ["localhost:1", "[::]:2", "unix:/a"])
        #expect(listed?.map(\.isLoopback) == [true, false, true])
        for text in ["", ",", "a:1,", "a:1,a:1", "a:1 b:2"] {
            #expect(ListenAddress.list(text) == nil, "\(text)")
        }
        let many = (1...17).map { "a:\($0)" }
        #expect(ListenAddress.list(many.joined(separator: ",")) == nil)
        #expect(ListenAddress.list(many.dropLast().joined(separator: ","))?.count == 16)
    }

    @Test(arguments: [
        "unix:", "unix://host/a", "unix:/\(String(repeating: "a", count: 107))",
        "", ":", "localhost", "localhost:", ":7443", "localhost:65536", "localhost:-1",
        "localhost:+1", "localhost:x", "::1:80", "[]:80", "[::1]",
    ])
    func refusesWhatIsNoAddress(text: String) {
        #expect(ListenAddress(text) == nil)
    }
}
