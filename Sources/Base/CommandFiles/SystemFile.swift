// SPDX-License-Identifier: Apache-2.0

// Files in which the system tells of itself.

internal import FoundationEssentials

/// Small files of the system.
package enum SystemFile {
    /// The text of one; nil when it is not there.
    package static func text(_ path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8)
    }
}
