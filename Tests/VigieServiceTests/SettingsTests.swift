// SPDX-License-Identifier: Apache-2.0

// Where the daemon takes its settings from, and what it says to bad ones.

import Glibc
import Logging
import Testing
import vigied

@Suite struct SettingsTests {
    private static let required: [SettingKey: String] = [
        .tlsCertificate: "cert.pem", .tlsKey: "key.pem",
    ]

    private func settings(
        flags: [SettingKey: String] = required,
        environment: [String: String] = [:],
        file: String? = nil
    ) throws -> DaemonSettings {
        guard let file else {
            return try DaemonSettings(
                sources: SettingSources(flags: flags, environment: environment, configPath: nil)
            )
        }
        var template = Array("/tmp/vigied-settings-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        let path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        defer { unlink(path) }
        write(descriptor, file, file.utf8.count)
        close(descriptor)
        return try DaemonSettings(
            sources: SettingSources(flags: flags, environment: environment, configPath: path)
        )
    }

    @Test func hasDefaults() throws {
        let settings = try settings()
        #expect(settings.listen.description == "127.0.0.1:7443")
        #expect(settings.modelsDirectory == nil && settings.tlsClientCAPath == nil)
        #expect(settings.logLevel == .info && settings.logFormat == .text)
        #expect(settings.threadCount >= 1 && settings.drainTimeoutSeconds == 30)
        #expect(settings.lines.contains("listen = 127.0.0.1:7443 (default)"))
        #expect(settings.lines.contains("tls_cert = cert.pem (flag --tls-cert)"))
    }

    @Test func takesTheStrongestSource() throws {
        let file = """
            {"listen": "10.0.0.1:1", "models": "file", "threads": 3, "drain_timeout": 4}
            """
        let environment = ["VIGIED_LISTEN": "10.0.0.2:2", "VIGIED_THREADS": "5", "HOME": "x"]
        var flags = Self.required
        flags[.listen] = "[::1]:3"
        let settings = try settings(flags: flags, environment: environment, file: file)
        #expect(settings.listen.description == "[::1]:3")
        #expect(settings.threadCount == 5)
        #expect(settings.modelsDirectory == "file")
        #expect(settings.drainTimeoutSeconds == 4)
        #expect(settings.lines.contains("threads = 5 (environment VIGIED_THREADS)"))
        #expect(settings.lines.contains { $0.hasPrefix("models = file (file /tmp/") })
    }

    @Test func readsTheFileThatTheEnvironmentNames() throws {
        let failure = #expect(throws: DaemonFailure.self) {
            try settings(environment: ["VIGIED_CONFIG": "/nowhere/settings.json"])
        }
        #expect(failure?.description.contains("/nowhere/settings.json") == true)
    }

    @Test func ignoresVariablesThatAreNoSetting() throws {
        let settings = try settings(environment: ["VIGIED_PORT": "tcp://10.0.0.1:7443"])
        #expect(settings.listen.port == 7443)
    }

    @Test(arguments: [SettingKey.tlsCertificate, .tlsKey])
    func needsACertificate(key: SettingKey) {
        var flags = Self.required
        flags[key] = nil
        let failure = #expect(throws: DaemonFailure.self) { try settings(flags: flags) }
        #expect(failure?.code == .badConfiguration)
        #expect(failure?.description.contains(key.flag) == true)
    }

    @Test(arguments: [
        (#"{"lisen": "x"}"#, #""lisen""#), (#"["listen"]"#, "JSON object"), ("{", "JSON object"),
        (#"{"listen": 7}"#, "listen must be a text"),
        (#"{"threads": "many"}"#, "threads must be a whole number"),
        (#"{"threads": 0}"#, "1 to 1024"), (#"{"log_level": "loud"}"#, #""loud" is unknown"#),
        (#"{"log_format": "xml"}"#, "text, json"), (#"{"drain_timeout": -1}"#, "0 to 86400"),
        (#"{"listen": "7443"}"#, "no address and port"), (#"{"tls": {"cert": "x"}}"#, #""tls""#),
    ])
    func refusesBadFiles(file: String, message: String) {
        let failure = #expect(throws: DaemonFailure.self) { try settings(file: file) }
        #expect(failure?.code == .badConfiguration)
        #expect(failure?.description.contains(message) == true, "\(String(describing: failure))")
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
        "", ":", "localhost", "localhost:", ":7443", "localhost:65536", "localhost:-1",
        "localhost:+1", "localhost:x", "::1:80", "[]:80", "[::1]",
    ])
    func refusesWhatIsNoAddress(text: String) {
        #expect(ListenAddress(text) == nil)
    }
}
