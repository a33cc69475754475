// SPDX-License-Identifier: Apache-2.0

// What kind of file an input is: from its name, or else from its first bytes.

/// The formats of input files.
package enum InputFormat: String, CaseIterable, Sendable {
    /// A header line and one line for each row, cells parted by a delimiter.
    case csv
    /// One JSON object on each line.
    case jsonl

    /// The format that the end of a path stands for.
    package init?(path: String) {
        let path = path.lowercased()
        if path.hasSuffix(".csv") || path.hasSuffix(".tsv") || path.hasSuffix(".txt") {
            self = .csv
        } else if path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson") {
            self = .jsonl
        } else {
            return nil
        }
    }
}
