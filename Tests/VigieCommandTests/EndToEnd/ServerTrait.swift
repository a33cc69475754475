// SPDX-License-Identifier: Apache-2.0

// A real server for the tests of a suite: vigied with its bundled models and
// certificates made for the occasion, on a port that is free.

import FoundationEssentials
import Glibc
import TestCertificates
import TestModels
import Testing

/// A running server, and how to call it.
struct TestServer: Sendable {
    /// The server of the running test.
    @TaskLocal static var current: TestServer?

    /// Address with port.
    let address: String
    /// The certificates.
    let certificates: TestCertificates
    /// Directory for files of the tests.
    let directory: String

    /// Runs `vigie` with the server's address and CA, unless `environment` says otherwise.
    func vigie(
        _ arguments: [String],
        input: String? = nil,
        environment: [String: String] = [:]
    ) throws -> ProgramResult {
        try start(arguments, input: input, environment: environment).wait()
    }

    /// Starts `vigie` like that.
    func start(
        _ arguments: [String],
        input: String? = nil,
        environment: [String: String] = [:]
    ) throws -> ChildProcess {
        var all = [
            "HOME": directory, "VIGIE_SERVER": address, "VIGIE_CA_CERT": certificates.caPath,
        ]
        all.merge(environment) { _, new in new }
        let inputPath = try input.map { try file($0) }
        return try ChildProcess(
            "vigie",
            arguments,
            environment: all,
            inputPath: inputPath ?? "/dev/null",
            directory: directory
        )
    }

    /// Writes a file and returns its path.
    func file(_ text: String, ending: String = "csv") throws -> String {
        let path = "\(directory)/\(UInt64.random(in: 0...(.max))).\(ending)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }
}

/// Starts a server before the tests of a suite and stops it after them.
struct ServerTrait: SuiteTrait, TestScoping {
    /// The model to serve instead of the bundled ones.
    let bundle: TreeBundle?

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let certificates = try TestCertificates.make()
        defer { certificates.remove() }
        let directory = try Self.makeDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let process = try ChildProcess(
            "vigied",
            [
                "serve", "--listen", "127.0.0.1:0",
                "--tls-cert", certificates.serverCertificatePath,
                "--tls-key", certificates.serverKeyPath,
            ] + modelArguments(in: directory),
            environment: ["HOME": directory],
            directory: directory
        )
        defer {
            kill(process.id, SIGTERM)
            _ = try? process.wait()
        }
        let server = TestServer(
            address: try await Self.address(process),
            certificates: certificates,
            directory: directory
        )
        try await TestServer.$current.withValue(server) { try await function() }
    }

    /// Writes the bundle, if there is one.
    private func modelArguments(in directory: String) throws -> [String] {
        guard let bundle else { return [] }
        let models = "\(directory)/models"
        try FileManager.default.createDirectory(
            atPath: models,
            withIntermediateDirectories: false
        )
        for (name, bytes) in bundle.files {
            try Data(bytes).write(to: URL(filePath: "\(models)/\(name)"))
        }
        return ["--models", models]
    }

    /// Waits until the server tells where it listens.
    private static func address(_ process: ChildProcess) async throws -> String {
        for _ in 0..<300 {
            let log = try ChildProcess.text(process.errorPath)
            if let start = log.firstRange(of: "127.0.0.1:")?.lowerBound {
                let end = log[start...].firstIndex { $0.isWhitespace }
                if let end { return String(log[start..<end]) }
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw StartError(log: try ChildProcess.text(process.errorPath))
    }

    /// The server did not start.
    private struct StartError: Error {
        let log: String
    }

    private static func makeDirectory() throws -> String {
        var template = Array("/tmp/vigie-command-tests-XXXXXX\0".utf8).map(CChar.init)
        guard mkdtemp(&template) != nil else { throw SpawnError(number: errno) }
        return String(decoding: template.dropLast().map(UInt8.init), as: UTF8.self)
    }
}

extension Trait where Self == ServerTrait {
    /// Runs the tests of the suite with a real server.
    static var server: Self { Self(bundle: nil) }

    /// Runs the tests of the suite with a real server of one model.
    static func server(of bundle: TreeBundle) -> Self { Self(bundle: bundle) }
}
