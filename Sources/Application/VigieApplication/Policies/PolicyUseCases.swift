// SPDX-License-Identifier: Apache-2.0

// What one does with policies on disk, without a server.

internal import BundleStore
package import CreditPolicy
package import Policies
package import ServiceErrors
internal import VigieLimits

/// Reads policies.
package enum PolicyUseCases {
    /// Reads the policy of a directory.
    ///
    /// - Throws: All that is wrong with it.
    package static func read(_ path: String) throws(PolicyError) -> Policy {
        try Policy.read(PolicyDirectory.files(at: path))
    }

    /// The files of the policy of a directory.
    ///
    /// - Throws: All that cannot be read.
    package static func files(_ path: String) throws(PolicyError) -> [PolicyFile] {
        try PolicyDirectory.files(at: path)
    }

    /// What in the directory of a policy is hidden, and so is no part of it.
    ///
    /// - Throws: That it cannot be read.
    package static func passedOver(_ path: String) throws(PolicyError) -> [String] {
        try PolicyDirectory.passedOver(at: path)
    }

    /// What is otherwise in another version.
    ///
    /// - Parameter isWanted: Whether somebody still waits for it.
    /// - Throws: INVALID_ARGUMENT with what is wrong with a scenario; RESOURCE_EXHAUSTED for more
    ///   of them than are run; DEADLINE_EXCEEDED when nobody waits any more.
    package static func difference(
        _ before: Policy,
        _ after: Policy,
        isWanted: () -> Bool = { true }
    ) throws(ServiceError) -> PolicyDifference {
        for policy in [before, after] { try PolicyGate.checkCases(of: policy) }
        let difference: PolicyDifference
        do throws(PolicyError) {
            difference = try PolicyDifference(before, after, mayGoOn: isWanted)
        } catch {
            throw .invalid("after", "BAD_POLICY", error.description)
        }
        guard difference.isComplete else { throw .nobodyWaits }
        return difference
    }

    /// Reads the policy of a directory as it would be with other files in the place of some.
    ///
    /// - Throws: All that is wrong with it.
    package static func read(
        _ path: String,
        with changes: [PolicyFile]
    ) throws(PolicyError) -> Policy {
        let paths = changes.map(\.path)
        let files = try PolicyDirectory.files(at: path).filter { !paths.contains($0.path) }
        return try Policy.read(files + changes)
    }

    /// Reads the files of a policy that come from elsewhere.
    ///
    /// - Parameter contentHash: What has to come out.
    /// - Throws: INVALID_ARGUMENT for files that are no policy, for paths that lead elsewhere, and
    ///   for other content.
    package static func received(
        _ files: [(path: String, bytes: [UInt8])],
        contentHash: String
    ) throws(ServiceError) -> (policy: Policy, files: [PolicyFile]) {
        var parts = PolicyParts()
        for file in files {
            var start = 0
            repeat {
                let end = min(start + PolicyLimits.uploadPartBytes, file.bytes.count)
                let part = Array(file.bytes[start..<end])
                try parts.add(path: file.path, offset: UInt64(start), bytes: part)
                start = end
            } while start < file.bytes.count
        }
        let policy = try PolicyShelf.read(parts.files, contentHash: contentHash)
        return (policy, parts.files)
    }

    /// Writes the files of a policy that come from elsewhere to a new directory, whole or not at
    /// all.
    ///
    /// - Parameter contentHash: What has to come out.
    /// - Throws: As `received`; ALREADY_EXISTS for a directory that is there.
    package static func keep(
        _ files: [(path: String, bytes: [UInt8])],
        contentHash: String,
        at directory: String
    ) throws(ServiceError) {
        var byPath: [String: [UInt8]] = [:]
        for file in try received(files, contentHash: contentHash).files {
            byPath[file.path] = file.bytes
        }
        try NewBundle.write(byPath, to: directory)
    }
}
