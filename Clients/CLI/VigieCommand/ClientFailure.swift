// SPDX-License-Identifier: Apache-2.0

// Errors of the client as errors of the command: which exit code, and what the
// user can do next.

internal import CommandFiles
internal import Documents
package import VigieClient

extension CommandFailure {
    /// The error of a command that `error` stops. `server` is the address that was called.
    package init(_ error: any Error, server: String) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as InputError: self.init(error)
        case let error as VigieError: self.init(error, server: server)
        case is CancellationError: self.init(.failure, "cancelled")
        default: self.init(.failure, "\(error)")
        }
    }

    /// The error of a command whose call failed.
    package init(_ error: VigieError, server: String) {
        let message = Self.sentence(error)
        if let cause = error.cause {
            self.init(cause, message, server: server)
        } else {
            self.init(error, message, server: server)
        }
        detail = Self.details(error)
    }

    /// The error of a command that got an answer, or none.
    private init(_ error: VigieError, _ message: String, server: String) {
        switch (error.reason, error.code) {
        case (VigieError.ClientReason.tlsFailed, _):
            self.init(.cannotConnect, "no trusted connection to \(server): \(message)")
        case (VigieError.ClientReason.cannotConnect, _):
            self.init(.cannotConnect, "cannot connect to \(server): \(message)")
            hint = "check that vigied is running there, or name another address with --server"
        case (VigieError.ClientReason.invalidConfiguration, _):
            self.init(.badConfiguration, message)
        case (_, .unavailable):
            self.init(.cannotConnect, "\(server) is not available: \(message)")
        case (_, .unauthenticated):
            self.init(.notAuthorised, "\(server) refused the call: \(message)")
            hint =
                "show a token with --token-file, or a certificate with --client-cert and "
                + "--client-key"
        case (_, .permissionDenied):
            self.init(.notAuthorised, "\(server) refused the call: \(message)")
        case (_, .deadlineExceeded):
            self.init(.deadlineExceeded, "no answer from \(server) in time: \(message)")
            hint = "allow more with --timeout"
        case ("UNKNOWN_POLICY", _):
            self.init(.cannotOpenInput, message)
            hint = "see `vigie policy list`"
        case ("UNKNOWN_PORTFOLIO", _):
            self.init(.cannotOpenInput, message, hint: "see `vigie portfolio list`")
        case ("UNKNOWN_COMPANY", _):
            // Companies of a universe are not those of a portfolio.
            let hint =
                message.hasPrefix("The universe") ? nil : "see `vigie portfolio companies`"
            self.init(.cannotOpenInput, message, hint: hint)
        case ("UNKNOWN_UNIVERSE", _):
            self.init(.cannotOpenInput, message, hint: "see `vigie universe list`")
        case ("UNKNOWN_RUN", _):
            self.init(.cannotOpenInput, message, hint: "see `vigie portfolio runs`")
        case ("PORTFOLIO_EXISTS", _): self.init(.cannotCreateOutput, message)
        case ("NO_STORE", _): self.init(.badConfiguration, "\(server) answered: \(message)")
        case ("UNKNOWN_MODEL", _), ("UNKNOWN_SERVICE", _):
            self.init(.failure, message, hint: "see `vigie models` and `vigie health`")
        case (_, .notFound): self.init(.failure, message)
        case ("UNKNOWN_COLUMN", _):
            self.init(.badInput, message)
            hint = "leave it out with --ignore-unknown-columns, or pass it through with --keep"
        case (_, .invalidArgument):
            self.init(CommandStatus(policyReason: error.reason) ?? .badInput, message)
        default:
            let status = CommandStatus(policyReason: error.reason)
            self.init(status ?? .failure, "\(server) answered: \(message)")
        }
    }

    /// The message without its full stop, with the fields at fault that it does not name.
    private static func sentence(_ error: VigieError) -> String {
        var text = error.message
        for violation in error.fieldViolations where !text.contains(violation.description) {
            text += " (\(violation.field): \(violation.description))"
        }
        while text.last == "." || text.last == "\n" { text.removeLast() }
        if text.isEmpty { return escaped("\(error.code)") }
        // What keeps a policy from holding comes in lines.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { escaped(String($0)) }.joined(separator: "\n")
    }

    private static func details(_ error: VigieError) -> String {
        var parts = ["code \(error.code) (\(error.code.rawValue))"]
        if let reason = error.reason { parts.append("reason \(reason)") }
        if let cause = error.cause { parts.append("cause \(cause)") }
        if let detail = error.detail { parts.append(detail) }
        for violation in error.fieldViolations {
            parts.append("\(violation.field): \(violation.description)")
        }
        for (name, value) in error.metadata.sorted(by: { $0.key < $1.key }) {
            parts.append("\(name)=\(value)")
        }
        return escaped(parts.joined(separator: ", "))
    }
}
