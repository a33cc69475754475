// SPDX-License-Identifier: Apache-2.0

// What one does with policies on disk, without a server.

internal import BundleStore
package import Policies

/// Reads policies.
package enum PolicyUseCases {
    /// Reads the policy of a directory.
    ///
    /// - Throws: All that is wrong with it.
    package static func read(_ path: String) throws(PolicyError) -> Policy {
        try Policy.read(PolicyDirectory.files(at: path))
    }
}
