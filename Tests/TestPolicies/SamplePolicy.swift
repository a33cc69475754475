// SPDX-License-Identifier: Apache-2.0

// The policies that come with Vigie, for tests.

import Foundation
package import Policies

/// A policy that comes with Vigie.
package func samplePolicy(
    _ name: String,
    replacing changes: [(old: String, new: String)] = []
) throws -> Policy {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Clients/CLI/Samples/Policies/\(name)")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    return try Policy.read(
        paths.sorted().compactMap { path in
            let file = root.appending(path: path)
            guard !file.hasDirectoryPath, let data = try? Data(contentsOf: file) else { return nil }
            guard path.hasSuffix(".dmn") else { return PolicyFile(path: path, bytes: Array(data)) }
            var text = String(decoding: data, as: UTF8.self)
            for change in changes { text = text.replacing(change.old, with: change.new) }
            return PolicyFile(path: path, bytes: Array(text.utf8))
        }
    )
}
