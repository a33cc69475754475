// SPDX-License-Identifier: Apache-2.0

// Runs the built programs as a shell would.

import FoundationEssentials
import Glibc

/// Why a program could not be started.
struct SpawnError: Error {
    let number: Int32
}

/// What a program did.
struct ProgramResult {
    /// Exit code; 128 and the signal's number when a signal ended it.
    let status: Int32
    /// All of its standard output.
    let output: String
    /// All of its standard error.
    let errors: String
}

/// A program under way. Its output goes to files of a directory.
struct ChildProcess {
    /// Directory of the programs that the package built.
    static let programDirectory: String = {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes {
            readlink("/proc/self/exe", $0.baseAddress!, $0.count)
        }
        let path = String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
        return path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
    }()

    /// Process id.
    let id: pid_t
    /// File that takes standard output.
    let outputPath: String
    /// File that takes standard error.
    let errorPath: String

    /// Starts one of the package's programs with nothing but this environment.
    init(
        _ program: String,
        _ arguments: [String],
        environment: [String: String],
        inputPath: String = "/dev/null",
        directory: String
    ) throws {
        try self.init(
            path: "\(Self.programDirectory)/\(program)",
            arguments,
            environment: environment,
            inputPath: inputPath,
            directory: directory
        )
    }

    /// Starts any program.
    init(
        path: String,
        _ arguments: [String],
        environment: [String: String],
        inputPath: String = "/dev/null",
        directory: String
    ) throws {
        let program = path.split(separator: "/").last ?? ""
        let name = "\(directory)/\(program)-\(UInt64.random(in: 0...(.max)))"
        outputPath = name + ".out"
        errorPath = name + ".err"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, inputPath, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errorPath, flags, 0o600)
        var argumentPointers = ([path] + arguments).map { strdup($0) } + [nil]
        var environmentPointers = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (argumentPointers + environmentPointers).forEach { free($0) } }
        var id: pid_t = 0
        let number = posix_spawn(&id, path, &actions, nil, &argumentPointers, &environmentPointers)
        guard number == 0 else { throw SpawnError(number: number) }
        self.id = id
    }

    /// Waits for the end.
    func wait() throws -> ProgramResult {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 {
            guard errno == EINTR else { throw SpawnError(number: errno) }
        }
        let signal = status & 0x7F
        return ProgramResult(
            status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
            output: try Self.text(outputPath),
            errors: try Self.text(errorPath)
        )
    }

    /// What is in a file.
    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}

/// Reads JSON with names like "risk_class" into properties like `riskClass`.
func decoded<Value: Decodable>(_ type: Value.Type, _ text: some StringProtocol) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(text.utf8))
}
