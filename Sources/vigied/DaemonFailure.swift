// SPDX-License-Identifier: Apache-2.0

// Why the daemon ends, as one sentence for people and an exit code for programs.

internal import ArgumentParser
package import CommandFiles

/// A reason to end with an exit code.
package struct DaemonFailure: Error, Equatable, CustomStringConvertible {
    /// Exit codes.
    package typealias Code = CommandStatus

    /// The exit code.
    package let code: Code
    /// What is wrong and what to do.
    package let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Runs a command and turns a failure into a line on stderr and the exit code.
    static func reporting(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let failure as DaemonFailure {
            StandardError.print("vigied: \(failure)")
            throw ExitCode(failure.code.rawValue)
        } catch let failure as CommandFailure {
            StandardError.print(failure.text(program: "vigied"))
            throw ExitCode(failure.status.rawValue)
        }
    }
}

extension CommandStatus {
    /// A model file or a bundle is bad.
    package static var badModel: CommandStatus { .badInput }
}
