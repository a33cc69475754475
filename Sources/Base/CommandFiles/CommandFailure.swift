// SPDX-License-Identifier: Apache-2.0

// The one error type of the commands. It is printed as one line, or as one for
// each column that it tells about: what went wrong and, where there is something
// to do about it, what to do next.

/// Why a command stops.
package struct CommandFailure: Error, Equatable, Sendable {
    /// What the shell is told.
    package var status: CommandStatus
    /// What went wrong, without a full stop.
    package var message: String
    /// What to do next, without a full stop.
    package var hint: String?
    /// Code and details of the cause, shown with `--verbose`.
    package var detail: String?

    /// Creates an error from its parts.
    package init(
        _ status: CommandStatus,
        _ message: String,
        hint: String? = nil,
        detail: String? = nil
    ) {
        self.status = status
        self.message = message
        self.hint = hint
        self.detail = detail
    }

    /// The error as `program` prints it: one line, and one more with `verbose` when there are
    /// details.
    package func text(program: String = "vigie", verbose: Bool = false) -> String {
        var text = "\(program): \(message)"
        // A message of several lines leaves the last one to what to do next.
        if let hint { text += (message.contains("\n") ? "\n  " : "; ") + hint }
        if verbose, let detail { text += "\n  \(detail)" }
        return text
    }
}
