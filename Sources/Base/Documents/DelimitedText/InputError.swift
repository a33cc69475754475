// SPDX-License-Identifier: Apache-2.0

// Why a document cannot be read, in words for the person who sent it.

/// Why reading a document ends.
package struct InputError: Error, Equatable, Sendable {
    /// Where the fault lies.
    package enum Kind: Sendable {
        /// In what the document holds.
        case content
        /// In the options that say how to read it.
        case options
        /// Below it: its bytes cannot be had.
        case unreadable
    }

    /// Where the fault lies.
    package var kind: Kind
    /// What is wrong, without a full stop.
    package var message: String
    /// What to do next, without a full stop.
    package var hint: String?
    /// Options that make the next try go further, each word for itself.
    package var nextOptions: [String]

    /// Creates an error from its parts.
    package init(
        _ kind: Kind = .content,
        _ message: String,
        hint: String? = nil,
        nextOptions: [String] = []
    ) {
        self.kind = kind
        self.message = message
        self.hint = hint
        self.nextOptions = nextOptions
    }
}
