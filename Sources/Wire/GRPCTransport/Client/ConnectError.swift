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

    /// The error of a connection to `target` that could not be made.
    static func cannotConnect(_ target: ClientTarget, _ error: any Error) -> ClientCallError {
        if let error = error as? ClientCallError { return error }
        if let error = error as? TLSError {
            return cannotConnect(error.failure ?? .tlsFailed, error.description)
        }
        let (text, failure) = words(error, target)
        return cannotConnect(
            failure,
            "cannot connect to \(target.authority): \(text)",
            detail: "\(error)"
        )
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
