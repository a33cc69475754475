// SPDX-License-Identifier: Apache-2.0

// What the commands of `store` tell the shell, and how they read a backup.

internal import ArgumentParser
internal import CommandFiles
internal import Databases
internal import Documents
internal import ServiceErrors
internal import VigieLimits

extension StoreCommand {
    /// Runs a command, and turns what a database says into words and the exit code.
    static func reporting(_ body: () async throws -> Void) async throws {
        try await CommandFailure.reporting {
            do { try await body() } catch let error as DatabaseError {
                throw CommandFailure(
                    CommandStatus(error.kind),
                    ServiceError(error).message,
                    detail: error.code.isEmpty ? nil : "code \(error.code)"
                )
            }
        }
    }
}

extension CommandStatus {
    /// What the shell is told of what a database says.
    fileprivate init(_ kind: DatabaseError.Kind) {
        self =
            switch kind {
            case .unavailable, .busy: .cannotConnect
            case .damaged, .value: .badInput
            case .denied: .notAuthorised
            case .noSpace: .inputOutputError
            case .readOnly, .duplicate, .constraint: .cannotCreateOutput
            case .tooSlow: .deadlineExceeded
            case .defect: .failure
            }
    }
}

extension ByteSource {
    /// The next bytes of a backup; none at the end.
    func nextOfBackup() throws(DatabaseError) -> [UInt8] {
        var bytes: [UInt8] = []
        do throws(InputError) {
            _ = try append(to: &bytes, atMost: StoreLimits.backupBytes)
        } catch {
            throw DatabaseError(.unavailable, error.message)
        }
        return bytes
    }
}
