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
