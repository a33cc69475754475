// SPDX-License-Identifier: Apache-2.0

// What a service implements and how the transport finds it.

/// Why a call is over.
package enum CallEndReason: Sendable {
    /// The handler finished it.
    case completed
    /// The client reset the stream.
    case cancelled
    /// The client's deadline passed; the transport has told it so.
    case deadlineExceeded
    /// The client broke a rule; the transport has told it so.
    case rejected
    /// The connection is gone.
    case connectionLost
}

/// The service's end of a call. All functions run on the call's event loop and
/// must not block it.
package protocol CallHandler: AnyObject {
    /// One whole message. Its bytes are valid until this function returns;
    /// `ServerCall.retainMessage` keeps them longer.
    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall)
    /// The client sends no more messages.
    func receiveEnd(call: ServerCall)
    /// The call is over: called once, last, for calls that got a handler.
    func callEnded(call: ServerCall, reason: CallEndReason)
}

/// A method and who handles it.
package struct MethodRoute: Sendable {
    /// Path of the method, such as `/vigie.v1.ScoringService/ScoreRows`.
    package let path: String
    /// Whether the client sends any number of messages. Otherwise the transport
    /// sees to it that the handler receives just one, and then the end.
    package let clientStreaming: Bool
    /// Whether one handler serves all calls of an event loop: it is made for the first.
    package let sharesHandler: Bool
    /// Makes the handler of a call.
    package let makeHandler: @Sendable (ServerCall) -> any CallHandler

    /// Makes a route.
    package init(
        path: String,
        clientStreaming: Bool,
        sharesHandler: Bool = false,
        makeHandler: @escaping @Sendable (ServerCall) -> any CallHandler
    ) {
        self.path = path
        self.clientStreaming = clientStreaming
        self.sharesHandler = sharesHandler
        self.makeHandler = makeHandler
    }
}

/// A handler and what the transport must know to call it.
final class RoutedHandler {
    let handler: any CallHandler
    /// Whether the method takes just one message.
    let isUnary: Bool

    init(_ handler: any CallHandler, isUnary: Bool) {
        self.handler = handler
        self.isUnary = isUnary
    }
}
