// SPDX-License-Identifier: Apache-2.0

// Files of access: JSON, read whole, with all that is wrong with one told at once.

internal import Documents
internal import ServiceErrors
internal import VigieLimits

/// Reads files of access.
enum AccessDocument {
    /// The document of a file.
    static func read(_ json: [UInt8], _ path: String) throws(ServiceError) -> DocumentValue {
        do throws(DocumentError) {
            return try DocumentValue(json: json, depthLimit: AccessLimits.depth)
        } catch {
            throw bad("\(path), \(error.place): \(error.message)")
        }
    }

    /// Fails with all problems, if there are any.
    static func check(_ problems: ProblemList) throws(ServiceError) {
        guard !problems.problems.isEmpty else { return }
        throw bad(problems.problems.map(\.description).joined(separator: "\n  "))
    }

    /// A file that cannot be used.
    static func bad(_ message: String) -> ServiceError {
        ServiceError(.invalidArgument, "BAD_ACCESS_FILE", message)
    }
}
