// SPDX-License-Identifier: Apache-2.0

// What is known about the terminal behind a file descriptor, if there is one.

internal import FoundationEssentials
internal import Glibc

/// A terminal, or what stands in its place.
package struct Terminal: Sendable {
    /// Descriptor of standard output.
    package static let standardOutput = STDOUT_FILENO
    /// Descriptor of standard error.
    package static let standardError = STDERR_FILENO

    /// Whether the descriptor is a terminal.
    package let isTerminal: Bool
    /// Whether colour may be used.
    package let hasColour: Bool

    /// Looks at a descriptor. There is no colour where the user does not want it: NO_COLOR,
    /// TERM=dumb, or `allowsColour` false.
    package init(descriptor: Int32, allowsColour: Bool = true) {
        let environment = ProcessInfo.processInfo.environment
        isTerminal = isatty(descriptor) == 1
        hasColour =
            isTerminal && allowsColour && environment["NO_COLOR", default: ""].isEmpty
            && environment["TERM"] != "dumb"
    }

    /// The text in bold where there is colour.
    package func bold(_ text: String) -> String {
        hasColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }
}
