// SPDX-License-Identifier: Apache-2.0

// The other commands, and what goes wrong, against a real server over TLS.

import CommandFiles
import FoundationEssentials
import Glibc
import ProgramSettings
import TestCertificates
import Testing
import VigieCommand

@Suite(.server, .serialized) struct CommandTests {
    private let server: TestServer

    init() throws {
        server = try #require(TestServer.current)
    }

    @Test func healthIsServing() throws {
        let result = try server.vigie(["health"])
        #expect(result.status == 0 && result.output == "SERVING\n", "\(result.errors)")
        #expect(try server.vigie(["health", "--service", "vigie.v1.ScoringService"]).status == 0)
        #expect(try server.vigie(["health", "--service", "no.such.Service"]).status == 1)
    }

    @Test func modelsAreListed() throws {
        let table = try server.vigie(["models"])
        #expect(table.status == 0 && table.output.contains("us-listed-failure"))
        struct List: Decodable {
            struct Model: Decodable {
                var name: String
                var version: String
                var contentHash: String
                var isDefault: Bool
            }
            var models: [Model]
        }
        let json = try server.vigie(["models", "-o", "json"])
        let list = try decoded(List.self, json.output)
        #expect(list.models.filter(\.isDefault).count == 1)
        #expect(list.models.allSatisfy { $0.contentHash.count == 64 })
        for model in list.models {
            let name = "\(model.name)@\(model.version)"
            let text = try server.vigie(["models", "describe", name])
            #expect(text.status == 0 && text.output.contains(model.contentHash))
            #expect(text.output.contains("total_assets"))
            let card = try server.vigie(["models", "describe", name, "--card"])
            #expect(card.output.hasPrefix("# "))
        }
    }

    @Test func benchMeasures() throws {
        struct Report: Decodable {
            struct Result: Decodable {
                var mode: String
                var calls: Int
                var rows: Int
                var rowsPerSecond: Double
                var latencyP50Seconds: Double?
                var latencyP99Seconds: Double?
            }
            var results: [Result]
        }
        let result = try server.vigie(
            ["bench", "--duration", "200ms", "--block-rows", "100", "-o", "json"])
        #expect(result.status == 0, "\(result.errors)")
        let report = try decoded(Report.self, result.output)
        #expect(report.results.map(\.mode) == ["bulk", "unary"])
        #expect(report.results.allSatisfy { $0.rows > 0 && $0.rowsPerSecond > 0 })
        let unary = report.results[1]
        #expect(
            try #require(unary.latencyP50Seconds) <= (try #require(unary.latencyP99Seconds))
        )
        let table = try server.vigie(["bench", "--duration", "100ms", "--mode", "unary"])
        #expect(table.output.contains("p99") && !table.output.contains("bulk  "))
    }

    @Test func theWrongCAIsNotTrusted() throws {
        let result = try server.vigie(
            ["health", "--ca-cert", server.certificates.otherCAPath, "--timeout", "5s"])
        #expect(result.status == 3, "\(result.errors)")
        #expect(result.errors.contains("--ca-cert"))
        #expect(result.errors.split(separator: "\n").count == 1)
        let system = try server.vigie(["health"], environment: ["VIGIE_CA_CERT": ""])
        #expect(system.status == 3)
    }

    @Test func theWrongNameIsNotTrusted() throws {
        let result = try server.vigie(["health", "--server-name", "other.example"])
        #expect(result.status == 3, "\(result.errors)")
    }

    @Test func aServerThatIsNotThereIsTold() throws {
        let result = try server.vigie(["models", "--server", "127.0.0.1:1", "--timeout", "2s"])
        #expect(result.status == 3, "\(result.errors)")
        #expect(result.errors.contains("127.0.0.1:1") && result.errors.contains("--server"))
        let verbose = try server.vigie(
            ["models", "--server", "127.0.0.1:1", "--timeout", "2s", "--verbose"])
        #expect(verbose.errors.contains("unavailable"))
    }

    @Test func anUnknownModelIsTold() throws {
        let result = try server.vigie(["models", "describe", "nope"])
        #expect(result.status == 1)
        #expect(result.errors.contains("nope") && result.errors.contains("vigie models"))
        let score = try server.vigie(["score", "-", "--model", "nope"], input: "a\n1\n")
        #expect(score.status == 1 && score.output.isEmpty)
    }

    private static let exitCodes: [(arguments: String, status: Int32)] = [
        ("score", 64), ("nonsense", 64), ("score - --reasons -1", 64), ("score - -o xml", 64),
        ("score - --timeout soon", 64), ("score - --delimiter ,,", 64), ("bench --duration x", 64),
        ("health --server a:b", 64), ("health --config /nonexistent", 78), ("health --wait 0", 64),
        ("models --language de", 64), ("score - -O /nonexistent/x", 73),
        ("health --ca-cert /nonexistent", 78), ("score /nonexistent.csv", 66), ("score /tmp", 66),
        ("score -", 65), ("--help", 0), ("--version", 0), ("score --help", 0),
    ]

    @Test(arguments: exitCodes)
    func exitCodesAreAsDocumented(arguments: String, status: Int32) throws {
        let result = try server.vigie(arguments.split(separator: " ").map(String.init))
        #expect(result.status == status, "\(result.errors)")
        #expect(status == 0 || !result.errors.isEmpty)
    }

    @Test func helpListsTheExitCodes() throws {
        // The parser breaks long lines.
        let words = try server.vigie(["--help"]).output.split(whereSeparator: \.isWhitespace)
        let help = words.joined(separator: " ")
        for status in CommandStatus.allCases {
            #expect(help.contains("\(status.rawValue) \(status.meaning)"))
        }
    }

    /// Every option that a command has is on the page of the commands.
    @Test(arguments: ["", "score", "models list", "models describe", "health", "bench"])
    func documentationNamesAllOptions(command: String) throws {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let page = try ChildProcess.text("/\(root)/Clients/CLI/vigie/Vigie.docc/Commands.md")
        let help = try server.vigie(command.split(separator: " ").map(String.init) + ["--help"])
        for option in help.output.matches(of: /--[a-z][a-z0-9-]+/) {
            #expect(page.contains(option.output), "\(option.output) of \(command)")
        }
    }

    @Test func everySettingHasAnOption() throws {
        let help = try ["models list", "models describe", "score"].map {
            try server.vigie($0.split(separator: " ").map(String.init) + ["--help"]).output
        }
        for name in ClientSetting.allCases {
            let option = "\(name.flag) <\(name.setting.kind.valueName)>"
            #expect(help.contains { $0.contains(option) }, "\(option)")
        }
    }

    @Test func printsTheSettingsWithTheirOrigins() throws {
        let printed = try server.vigie(
            ["score", "-", "--print-config", "--language", "fr"],
            environment: ["VIGIE_MODEL": "m"]
        )
        #expect(printed.status == 0, "\(printed.errors)")
        #expect(printed.output.contains("language = fr (flag --language)\n"))
        #expect(printed.output.contains("model = m (environment VIGIE_MODEL)\n"))
        #expect(printed.output.contains("server_name = the host (default)\n"))
    }

    @Test func waitsUntilTheServerServes() throws {
        #expect(try server.vigie(["health", "--wait"]).output == "SERVING\n")
        let began = ContinuousClock.now
        let absent = try server.vigie(["health", "--wait", "1", "--server", "127.0.0.1:1"])
        #expect(absent.status == 3, "\(absent.errors)")
        #expect(ContinuousClock.now - began >= .seconds(1))
        let untrusted = try server.vigie(
            ["health", "--wait", "600", "--ca-cert", server.certificates.otherCAPath])
        #expect(untrusted.status == 3)
    }

    @Test func settingsComeFromTheConfigFileToo() throws {
        let config = try server.file(
            "{\"server\": \"\(server.address)\", \"ca_cert\": \"\(server.certificates.caPath)\"}",
            ending: "json"
        )
        let environment = ["VIGIE_SERVER": "", "VIGIE_CA_CERT": ""]
        #expect(
            try server.vigie(["health", "--config", config], environment: environment).status == 0
        )
        let directory = server.directory + "/xdg/vigie"
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(atPath: config, toPath: directory + "/config.json")
        let users = environment.merging(["XDG_CONFIG_HOME": server.directory + "/xdg"]) { $1 }
        #expect(try server.vigie(["health"], environment: users).status == 0)
    }

    @Test func interruptionEndsAtOnce() async throws {
        // Nothing ever comes through a pipe that nobody writes to.
        let pipe = server.directory + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let keepOpen = open(pipe, O_RDWR)
        defer { close(keepOpen) }
        let process = try ChildProcess(
            "vigie",
            ["score", "-"],
            environment: [
                "VIGIE_SERVER": server.address, "VIGIE_CA_CERT": server.certificates.caPath,
            ],
            inputPath: pipe,
            directory: server.directory
        )
        try await Task.sleep(for: .milliseconds(500))
        kill(process.id, SIGINT)
        #expect(try process.wait().status == 130)
    }
}
