// SPDX-License-Identifier: Apache-2.0

// What `vigie` and `vigied` tell the shell: one table for both, after the cause.
// The help texts and the documentation have it from here.

/// The exit codes of both programs; those from 64 on have their meanings in sysexits.h.
package enum CommandStatus: Int32, Sendable, CaseIterable {
    /// Everything asked for was done.
    case success = 0
    /// Something failed that has no code of its own.
    case failure = 1
    /// The output is complete, and some of its rows have no score.
    case rowsWithoutScore = 2
    /// No connection to the server, or no trust in it.
    case cannotConnect = 3
    /// Whoever calls may not do that.
    case notAuthorised = 4
    /// The time allowed for the call was over.
    case deadlineExceeded = 5
    /// A wrong command line (EX_USAGE).
    case usage = 64
    /// An input, a model file or a bundle is bad (EX_DATAERR).
    case badInput = 65
    /// It cannot be opened (EX_NOINPUT).
    case cannotOpenInput = 66
    /// The address cannot be listened on (EX_UNAVAILABLE).
    case cannotListen = 69
    /// A file or directory of output cannot be made (EX_CANTCREAT).
    case cannotCreateOutput = 73
    /// Reading or writing stopped on the way (EX_IOERR).
    case inputOutputError = 74
    /// The environment, a file of settings, or a certificate or key that they name, is bad
    /// (EX_CONFIG).
    case badConfiguration = 78
    /// Interrupted (SIGINT).
    case interrupted = 130
    /// Nobody reads the output any more (SIGPIPE): as a shell tells it of a command that the signal
    /// ended.
    case outputClosed = 141

    /// What the code means.
    package var meaning: String {
        switch self {
        case .success: "everything was done; a server: stopped as asked"
        case .failure:
            "an error without a code of its own; `health`: not serving; `policy test` and "
                + "`policy check`: a test does not hold; `policy lint`: something is found"
        case .rowsWithoutScore: "the output is complete; some of its rows have no score"
        case .cannotConnect: "no connection to the server, or its certificate is not trusted"
        case .notAuthorised:
            "whoever calls may not do that: by the server, or as the second person for a policy"
        case .deadlineExceeded: "the time allowed for the call was over"
        case .usage: "wrong command line"
        case .badInput:
            "an input file, a model file or a bundle cannot be understood; a policy does not hold "
                + "on the day, is stopped, is not what was approved, or its records are not whole"
        case .cannotOpenInput:
            "an input file, a model file or a bundle cannot be opened; the server has no such "
                + "policy"
        case .cannotListen: "the address cannot be listened on"
        case .cannotCreateOutput:
            "a file or directory of output cannot be made; that version of a policy is there"
        case .inputOutputError: "reading a file or writing one stopped on the way"
        case .badConfiguration:
            "a bad setting of the environment or the settings file, or a "
                + "certificate or key that cannot be used; `vigied serve --check-config`: a policy "
                + "cannot be used; `vigied token list`: a token cannot be read"
        case .interrupted: "interrupted (SIGINT)"
        case .outputClosed: "whoever reads the output has seen enough, as `head` does (SIGPIPE)"
        }
    }

    /// All codes with their meaning, one on each line, for a help text.
    package static var helpText: String {
        allCases.map { status in
            let number = String(status.rawValue)
            return number + String(repeating: " ", count: 5 - number.count) + status.meaning
        }
        .joined(separator: "\n")
    }

    /// All codes as a table of Markdown.
    package static var table: String {
        let rows = allCases.map { "| \($0.rawValue) | \($0.meaning) |" }
        return (["| code | meaning |", "|---|---|"] + rows).joined(separator: "\n")
    }
}
