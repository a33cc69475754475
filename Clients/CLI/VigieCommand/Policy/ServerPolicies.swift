// SPDX-License-Identifier: Apache-2.0

// Policies of a server, for commands that do with them here what they do with a directory: so what
// they write is the same, and the server has no work with it.

internal import CommandFiles
internal import Documents
internal import Policies
internal import ServiceErrors
internal import VigieApplication
internal import VigieClient

/// Reads policies of a server.
enum ServerPolicies {
    /// Refuses what is a directory where names of a server are wanted.
    static func requireNames(
        _ names: [String],
        hint: String = "name a policy as vigie policy list --server ADDRESS shows it"
    ) throws(CommandFailure) {
        for name in names where name.contains("/") || PolicyBundles.isDirectory(name) {
            throw CommandFailure(
                .usage,
                "\(escaped(name)) is a path, and the server has names",
                hint: hint
            )
        }
    }

    /// The policy of a name: `name`, or `name@version`.
    static func policy(_ name: String, _ client: ScoringClient) async throws -> Policy {
        let (version, files) = try await client.downloadPolicy(name)
        return try ShelfTarget.reporting { () throws(ServiceError) in
            try PolicyUseCases.received(files, contentHash: version.contentHash).policy
        }
    }
}
