// SPDX-License-Identifier: Apache-2.0

// Failures to connect, in words of people: what NIO and the system say about
// them stays here, but for a detail that is shown on request.

internal import NIOCore
internal import NIOPosix

extension ClientCallError {
    /// A connection that could not be made, for the reason given.
    static func cannotConnect(
        _ failure: ConnectionFailure,
        _ message: String,
        detail: String? = nil
    ) -> ClientCallError {
        ClientCallError(
            failure.isOfTLS ? .tlsFailed : .cannotConnect,
            GRPCStatus(.unavailable, message),
            failure: failure,
            detail: detail
        )
    }

    /// A host whose name leads nowhere.
    package static func nameNotFound(
        _ host: String,
        _ reason: String,
        detail: String? = nil
    ) -> ClientCallError {
        var error = cannotConnect(
            .nameNotFound,
            "cannot connect to \(host): \(reason)",
            detail: detail
        )
        error.address = host
        return error
    }

    /// The error of a connection to `target` that could not be made.
    static func cannotConnect(_ target: ClientTarget, _ error: any Error) -> ClientCallError {
        if let error = error as? ClientCallError { return error }
        if let error = error as? TLSError {
            return cannotConnect(error.failure ?? .tlsFailed, error.description)
        }
        let (text, failure) = words(error, target)
        return cannotConnect(
            failure,
            "cannot connect to \(target.description): \(text)",
            detail: "\(error)"
        )
    }

    /// The one error of attempts that have all failed: which were made, and why each failed.
    package static func combining(_ errors: [ClientCallError]) -> ClientCallError {
        guard let first = errors.first else {
            return cannotConnect(.nameNotFound, "there is no address to connect to")
        }
        if errors.count == 1 { return first }
        // Trying again does not help where it is TLS that fails everywhere. Else the first address
        // that is not out of the way says most.
        let curable = errors.filter { $0.kind != .tlsFailed }
        let told =
            curable.first { $0.failure != .unreachable && $0.failure != .nameNotFound }
            ?? curable.first ?? first
        var parts: [String] = []
        for error in errors {
            let part =
                error.address.map { "\($0): \(error.reason(at: $0))" } ?? error.status.message
            // One address may be told of once for each connection to it.
            if !parts.contains(part) { parts.append(part) }
        }
        guard parts.count > 1 else { return told }
        let details = errors.compactMap(\.detail)
        return cannotConnect(
            told.failure ?? .other,
            "cannot connect to any address: \(parts.joined(separator: "; "))",
            detail: details.isEmpty ? nil : details.joined(separator: "; ")
        )
    }

    /// The message without the address, where it begins with it.
    private func reason(at address: String) -> String {
        let (message, beginning) = (status.message, "cannot connect to \(address): ")
        return message.hasPrefix(beginning)
            ? String(message.dropFirst(beginning.count)) : message
    }

    /// What an error that is none of ours means for a connection.
    private static func words(
        _ error: any Error,
        _ target: ClientTarget
    ) -> (text: String, failure: ConnectionFailure) {
        switch error {
        case let error as NIOConnectionError:
            // One for each address of the name; the first that answered says most.
            let all = error.connectionErrors.map { words($0.error, target) }
            if let told = all.first(where: { $0.failure != .unreachable }) ?? all.first {
                return told
            }
            return ("the name \"\(target.host)\" is not known", .nameNotFound)
        case is SocketAddressError:
            return ("the name \"\(target.host)\" is not known", .nameNotFound)
        case let error as IOError:
            return SystemErrorText.connection(error.errnoCode)
        case ChannelError.connectTimeout:
            let milliseconds = target.connectTimeout.nanoseconds / 1_000_000
            return ("nobody answered within \(milliseconds) ms", .timedOut)
        default:
            return ("it failed for a reason of no known kind", .other)
        }
    }

    /// Why a connection broke, in words of people.
    static func words(ofBreak error: any Error) -> String {
        switch error {
        case let error as ClientCallError: error.status.message
        case let error as TLSError: error.description
        case let error as IOError:
            "the connection broke: \(SystemErrorText.connection(error.errnoCode).text)"
        default: "the connection broke"
        }
    }
}
