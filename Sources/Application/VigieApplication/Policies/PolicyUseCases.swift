// SPDX-License-Identifier: Apache-2.0

// What one does with policies on disk, without a server.

internal import BundleStore
package import CreditPolicy
package import Policies
package import ServiceErrors

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
    /// - Throws: INVALID_ARGUMENT with what is wrong with a scenario; RESOURCE_EXHAUSTED for more
    ///   of them than are run.
    package static func difference(
        _ before: Policy,
        _ after: Policy
    ) throws(ServiceError) -> PolicyDifference {
        for policy in [before, after] { try PolicyGate.checkCases(of: policy) }
        do throws(PolicyError) {
            return try PolicyDifference(before, after)
        } catch {
            throw .invalid("after", "BAD_POLICY", error.description)
        }
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
}
