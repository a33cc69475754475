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

    /// What is otherwise in another version.
    ///
    /// - Throws: INVALID_ARGUMENT with what is wrong with a scenario.
    package static func difference(
        _ before: Policy,
        _ after: Policy
    ) throws(ServiceError) -> PolicyDifference {
        do throws(PolicyError) {
            return try PolicyDifference(before, after)
        } catch {
            throw .invalid("after", "BAD_POLICY", error.description)
        }
    }
}
