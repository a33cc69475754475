// SPDX-License-Identifier: Apache-2.0

// Where the daemon takes its settings from, and what it says to bad ones.

import ArgumentParser
import CommandFiles
import Databases
import Deliveries
import DeliveryApplication
import Foundation
import GRPCTransport
import Logging
import NetworkAddresses
import ProgramSettings
import Rescoring
import TelemetryExport
import Testing
import VigieService
import Webhooks
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

    /// A file of one line that nobody else can read, gone with this value.
    private final class SecretFile {
        let path = NSTemporaryDirectory() + "vigie-secret-\(UInt64.random(in: 0 ... .max))"

        init(_ line: String, mode: Int = 0o600) {
            let attributes: [FileAttributeKey: Any] = [.posixPermissions: mode]
            _ = FileManager.default.createFile(
                atPath: path,
                contents: Data((line + "\n").utf8),
                attributes: attributes
            )
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private static let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    @Test(arguments: [
        (key, 0o640), (key, 0o604), ("\(key)\nmore", 0o600), ("AAECAw==", 0o600), ("", 0o600),
    ])
    func aKeyThatIsNoneOrIsNoSecretIsRefused(_ line: String, _ mode: Int) {
        let file = SecretFile(line, mode: mode)
        let failure = #expect(throws: CommandFailure.self) {
            try DaemonSettings(
                values(
                    flags: [:],
                    file: #"{"tls_cert": "c", "tls_key": "k", "delivery_key": "\#(file.path)"}"#
                )
            )
        }
        #expect(failure?.message.contains("AAEC") == false)
    }

    @Test func everySettingComesFromTheFile() throws {
        let (key, password) = (SecretFile(Self.key), SecretFile("a b"))
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
             "proxy_protocol": "v2", "connections_per_address": 9, "policies": "p",
             "store": "s.sqlite", "store_backups": "b", "rescore_at": "03:30",
             "rescore_model": "m@1", "web": "on", "policy_facts": "f",
             "web_proxies": ["10.0.0.6"], "web_identity_header": "X-Remote-User",
             "inbox": "x", "inbox_portfolio": "y", "delivery_ca": "/dev/null",
             "delivery_networks": ["10.1.0.0/16"], "delivery_key": "\(key.path)",
             "smtp": "smtps://relay.example.com", "smtp_from": "vigie@example.com",
             "smtp_user": "vigie", "smtp_password": "\(password.path)"}
            """
        let values = values(flags: [:], file: file)
        let settings = try DaemonSettings(values)
        #expect(settings.listen.map(\.description) == ["[::1]:1", "unix:/a"])
        #expect(settings.modelsDirectory == "file" && settings.socketMode == 0o660)
        #expect(settings.policiesDirectory == "p" && settings.storeBackupsDirectory == "b")
        #expect(settings.store == .file(path: "s.sqlite"))
        #expect(settings.rescoring.daily?.seconds == 12_600 && settings.rescoring.model == "m@1")
        #expect(settings.inboxDirectory == "x" && settings.inboxPortfolio == "y")
        #expect(settings.deliveries.key != nil && settings.deliveries.trustPath == "/dev/null")
        #expect(settings.deliveries.guarded.allowsPlain)
        #expect(settings.deliveries.mail?.relay.port == 465)
        #expect(settings.deliveries.mail?.relay.login != nil)
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
        #expect(settings.hasWebDoor && settings.proxySignIn != nil)
        #expect(settings.policyFactsPath == "f")
        #expect(!settings.offersReflection && settings.compressesAnswers)
        #expect(settings.logLevel == .trace && settings.logFormat == .json)
        #expect(values.lines.allSatisfy { $0.contains("(file s.json, ") })
        #expect(values.lines.count == SettingKey.allCases.count)
        #expect(settings.warnings == [])
    }

    @Test(arguments: [
        (SettingKey.otlpCA, "a.pem", "--otlp-ca does nothing without --otlp-endpoint"),
        (.otlpHeaders, "/dev/null", "--otlp-headers does nothing without --otlp-endpoint"),
        (.otlpInterval, "61", "--otlp-interval does nothing without --otlp-endpoint"),
        (.tlsClientAuthentication, "optional", "nothing without --tls-client-ca"),
        (.inboxPortfolio, "p", "--inbox-portfolio does nothing without --inbox"),
        (.policyFacts, "f.json", "--policy-facts does nothing without --policies"),
        (.jwtRolesClaim, "groups", "--jwt-roles-claim does nothing without --jwt-keys"),
        (.socketMode, "0660", "--socket-mode does nothing without a unix: address in --listen"),
        (.proxies, "10.0.0.1", "--proxies does nothing without a host and port in --listen"),
        (.connectionsPerAddress, "9", "nothing without a host and port in --listen"),
    ])
    func settingsThatDoNothingAreWarnedOf(_ key: SettingKey, _ value: String, _ words: String)
        throws
    {
        var flags = Self.required
        flags[key] = value
        if key == .proxies || key == .connectionsPerAddress { flags[.listen] = "unix:/a" }
        let warnings = try DaemonSettings(values(flags: flags)).warnings
        #expect(warnings.count == 1 && warnings[0].contains(words), "\(warnings)")
        // What is the default is nothing that somebody thinks of.
        if case .value(let fallback, _) = key.setting.fallback {
            flags[key] = fallback
            #expect(try DaemonSettings(values(flags: flags)).warnings == [])
        }
    }

    @Test(arguments: [
        [SettingKey.webProxies: "10.0.0.5"], [.webIdentityHeader: "x-user"],
        [.webProxies: "10.0.0.5", .webIdentityHeader: "x-user"],
        [.webProxies: "10.0.0.5", .access: "a.json"],
    ])
    func whoAsksIsBelievedOfNamedProxiesInANamedHeaderByAFile(_ some: [SettingKey: String]) {
        let flags = Self.required.merging(some) { $1 }
        let failure = #expect(throws: CommandFailure.self) {
            try DaemonSettings(values(flags: flags))
        }
        #expect(failure?.status == .badConfiguration)
        #expect(failure?.message.contains("go together") == true)
    }

    @Test(arguments: [
        ("X-Remote-User", true), ("remote-user", true), ("", false), ("Authorization", false),
        ("cookie", false), ("Host", false), ("content-type", false), ("x user", false),
        ("x:user", false), (":path", false), ("x-usér", false), ("x_user", false),
        (String(repeating: "x", count: 1_000), false),
    ])
    func aHeaderOfAnotherPurposeNamesNobody(_ name: String, isName: Bool) {
        #expect(ProxySignIn.isName(name) == isName)
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
        (#"{"listen": "7443"}"#, "is a port without a host; write 127.0.0.1:7443"),
        (#"{"listen": ["[::1]:1", 2]}"#, "list of"),
        (#"{"listen": "[::1]:1,"}"#, "one of the addresses is empty"),
        (#"{"listen": []}"#, "list of"),
        (#"{"socket_mode": "888"}"#, "octal"), (#"{"metrics_listen": "unix:/a"}"#, "has a slash"),
        (#"{"proxies": "10.0.0.5,proxy:80"}"#, "\"proxy:80\" is no address or network"),
        (#"{"proxies": "10.0.0.0/33"}"#, "behind the slash"), (#"{"proxies": ","}"#, "is empty"),
        (#"{"otlp_endpoint": "collector:4317"}"#, "begins neither with https:// nor"),
        (#"{"tls_crt": "c"}"#, "\"tls_cert\"?"),
    ])
    func refusesBadFiles(file: String, message: String) {
        let failure = #expect(throws: CommandFailure.self) {
            try DaemonSettings(values(file: file))
        }
        #expect(failure?.status == .badConfiguration)
        #expect(failure?.message.contains(message) == true, "\(String(describing: failure))")
    }

    @Test func readsListsOfAddresses() throws {
        let listed = try DaemonAddresses.calls.list("localhost:1, [::]:2,unix:/a")
        #expect(listed.map(\.description) == ["localhost:1", "[::]:2", "unix:/a"])
        #expect(listed.map(\.isLoopback) == [true, false, true])
        let many = (1...17).map { "a:\($0)" }
        #expect(throws: AddressProblem.self) {
            try DaemonAddresses.calls.list(many.joined(separator: ","))
        }
        let most = many.dropLast().joined(separator: ",")
        #expect(try DaemonAddresses.calls.list(most).count == 16)
    }
}
