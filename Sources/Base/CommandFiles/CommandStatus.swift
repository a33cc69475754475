// SPDX-License-Identifier: Apache-2.0

// What `vigie` tells the shell. These numbers are part of the interface: they
// are listed in `vigie --help` and in the documentation, and never change.

/// The exit codes of `vigie`.
package enum CommandStatus: Int32, Sendable, CaseIterable {
    /// Everything asked for was done.
    case success = 0
    /// Something failed that has no code of its own.
    case failure = 1
    /// The output is complete, and some of its rows have no score.
    case rowsWithoutScore = 2
    /// No connection to the server, or no trust in it.
    case cannotConnect = 3
    /// The server does not let this caller do that.
    case notAuthorised = 4
    /// The time allowed for the call was over.
    case deadlineExceeded = 5
    /// Wrong arguments or settings.
    case usage = 64
    /// The input file cannot be understood.
    case badInput = 65
    /// The input file cannot be opened.
    case cannotOpenInput = 66

    /// What the code means, for the help text.
    package var meaning: String {
        switch self {
        case .success: "everything was done"
        case .failure: "an error without a code of its own"
        case .rowsWithoutScore: "the output is complete; some of its rows have no score"
        case .cannotConnect: "no connection to the server, or its certificate is not trusted"
        case .notAuthorised: "the server does not let this caller do that"
        case .deadlineExceeded: "the time allowed for the call was over"
        case .usage: "wrong arguments, environment or config file"
        case .badInput: "the input file cannot be understood"
        case .cannotOpenInput: "the input file cannot be opened"
        }
    }
}
