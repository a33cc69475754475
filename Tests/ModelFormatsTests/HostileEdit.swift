// SPDX-License-Identifier: Apache-2.0

// One way to break a model file.

import Testing

/// One edit of a sound file and the error it must give.
struct HostileEdit: Sendable, CustomTestStringConvertible {
    let find: String
    let replace: String
    /// What the error must say.
    let message: String
    /// Whether the error must say that the file is beyond the reader, not broken.
    let isUnsupported: Bool

    init(find: String, replace: String, message: String, _ isUnsupported: Bool = false) {
        self.find = find
        self.replace = replace
        self.message = message
        self.isUnsupported = isUnsupported
    }

    var testDescription: String { "\(find) -> \(replace)" }
}
