// SPDX-License-Identifier: Apache-2.0

// What a service implements.

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

/// A handler and what the transport must know to call it.
final class RoutedHandler {
    let handler: any CallHandler
    /// Whether the method takes just one message.
    let isUnary: Bool
    /// How long its messages may be.
    let messageLimit: MessageLimit

    init(_ handler: any CallHandler, isUnary: Bool, messageLimit: MessageLimit) {
        self.handler = handler
        self.isUnary = isUnary
        self.messageLimit = messageLimit
    }
}
