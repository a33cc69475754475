// SPDX-License-Identifier: Apache-2.0

// The one mapping of errors to what the daemon's commands tell people and the shell.

internal import ArgumentParser
package import CommandFiles
internal import Documents
package import ServiceErrors

extension CommandFailure {
    /// The error of a command that `error` stops.
    package init(_ error: ServiceError) {
        self.init(CommandStatus(error.code), error.message, detail: "reason \(error.reason)")
    }

    /// Runs a command and turns a failure into words on stderr and the exit code.
    static func reporting(_ body: () async throws -> Void) async throws {
        let failure: CommandFailure
        do {
            return try await body()
        } catch let error as CommandFailure {
            failure = error
        } catch let error as InputError {
            failure = CommandFailure(error)
        } catch let error as ServiceError {
            failure = CommandFailure(error)
        }
        printError(failure.text(program: "vigied"))
        throw ExitCode(failure.status.rawValue)
    }
}

extension CommandStatus {
    /// What the shell is told of an error.
    fileprivate init(_ code: ServiceError.Code) {
        self =
            switch code {
            // What settings name is not as they say.
            case .invalidArgument, .resourceExhausted: .badConfiguration
            case .notFound, .permissionDenied: .cannotOpenInput
            case .dataLoss: .badInput
            case .alreadyExists, .failedPrecondition: .cannotCreateOutput
            case .internalError: .inputOutputError
            case .unavailable, .deadlineExceeded, .outOfRange: .failure
            }
    }
}
