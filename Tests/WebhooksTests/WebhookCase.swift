// SPDX-License-Identifier: Apache-2.0

// Cases made of public reports, each with its right values.

import Documents
import Foundation
import Testing

enum WebhookCase {
    /// Input and what is expected of a case.
    static func read(_ name: String) throws -> (input: DocumentNode, expected: DocumentNode) {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Cases")
        )
        let bytes = Array(try Data(contentsOf: url))
        let root = DocumentNode(value: try DocumentValue(json: bytes, depthLimit: 16))
        return (try root.member("input"), try root.member("expected"))
    }
}

/// Seconds as the machines count time.
func microseconds(_ seconds: Int64) -> Int64 { seconds * 1_000_000 }
