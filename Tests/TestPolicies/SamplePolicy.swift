// SPDX-License-Identifier: Apache-2.0

// The policies that come with Vigie, for tests.

import Foundation
package import Policies

/// A policy that comes with Vigie.
///
/// - Parameters:
///   - changes: Texts of its models that are others.
///   - others: Texts of other files that are others.
package func samplePolicy(
    _ name: String,
    replacing changes: [(old: String, new: String)] = [],
    and others: [(file: String, old: String, new: String)] = []
) throws -> Policy {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Clients/CLI/Samples/Policies/\(name)")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    return try Policy.read(
        paths.sorted().compactMap { path in
            let file = root.appending(path: path)
            guard !file.hasDirectoryPath, let data = try? Data(contentsOf: file) else { return nil }
            var text = String(decoding: data, as: UTF8.self)
            if path.hasSuffix(".dmn") {
                for change in changes { text = text.replacing(change.old, with: change.new) }
            }
            for change in others where change.file == path {
                text = text.replacing(change.old, with: change.new)
            }
            return PolicyFile(path: path, bytes: Array(text.utf8))
        }
    )
}
