// SPDX-License-Identifier: Apache-2.0

// What kind of file an input is: from its name, or else from its first bytes.

package import CommandFiles

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

extension InputBuffer {
    /// Guesses the format: an object at the start is JSON lines, anything else CSV.
    package func guessFormat() throws(CommandFailure) -> InputFormat {
        while true {
            let first = unread.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
            if let first { return first == UInt8(ascii: "{") ? .jsonl : .csv }
            if try !refill(line: 1) { return .csv }
        }
    }
}
