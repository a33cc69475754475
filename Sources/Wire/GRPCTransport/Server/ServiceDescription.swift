// SPDX-License-Identifier: Apache-2.0

// A service is told once: its name, and for each method its name, what it takes, how much of
// it, and who handles it. Routes come from it, and what else lists the services of a server.

package import Callers

/// A service of a server.
package struct ServiceDescription: Sendable {
    /// Full name, such as `vigie.v1.ScoringService`.
    package let name: String
    /// Its methods.
    package let methods: [MethodDescription]
    /// Whether anyone may call them, whoever he is.
    package let isOpenToAll: Bool

    /// Describes a service.
    package init(_ name: String, isOpenToAll: Bool = false, methods: [MethodDescription]) {
        self.name = name
        self.isOpenToAll = isOpenToAll
        self.methods = methods
    }

    /// Where the transport sends the calls of the methods.
    package var routes: [MethodRoute] {
        methods.map { method in
            MethodRoute(
                path: "/\(name)/\(method.name)",
                clientStreaming: method.requests == .stream,
                messageLimit: method.messageLimit,
                sharesHandler: method.sharesHandler,
                isOpenToAll: isOpenToAll,
                makeHandler: method.makeHandler
            )
        }
    }
}

/// A method of a service.
package struct MethodDescription: Sendable {
    /// How many messages a call of it carries.
    package enum Requests: Sendable {
        /// One, and then the end: the transport sees to it.
        case one
        /// Any number.
        case stream
    }

    /// Name, such as `ScoreRows`.
    package let name: String
    /// What a client sends.
    package let requests: Requests
    /// How long a message of a client may be.
    package let messageLimit: MessageLimit
    /// Whether one handler serves all calls of an event loop: it is made for the first.
    package let sharesHandler: Bool
    /// Makes the handler of a call.
    package let makeHandler: @Sendable (ServerCall) -> any CallHandler
    /// Answers an encoded request by itself, for calls that do not come in gRPC; may wait. Nil for
    /// methods that only calls of gRPC can have.
    package var direct: DirectAnswer?

    /// Describes a method.
    package init(
        _ name: String,
        requests: Requests,
        messageLimit: MessageLimit,
        sharesHandler: Bool = false,
        makeHandler: @escaping @Sendable (ServerCall) -> any CallHandler
    ) {
        self.name = name
        self.requests = requests
        self.messageLimit = messageLimit
        self.sharesHandler = sharesHandler
        self.makeHandler = makeHandler
    }
}

/// Answers an encoded request with an encoded response, or says why not.
package typealias DirectAnswer =
    @Sendable (_ request: [UInt8], _ caller: Caller?) -> Result<[UInt8], GRPCStatus>

/// The path of a method and who handles it.
package struct MethodRoute: Sendable {
    /// Path of the method, such as `/vigie.v1.ScoringService/ScoreRows`.
    package let path: String
    /// Whether the client sends any number of messages. Otherwise the transport
    /// sees to it that the handler receives just one, and then the end.
    package let clientStreaming: Bool
    /// How long a message of a client may be; nil leaves it at `messageBytesMax`, above which no
    /// method has its limit.
    package let messageLimit: MessageLimit?
    /// Whether one handler serves all calls of an event loop: it is made for the first.
    package let sharesHandler: Bool
    /// Whether anyone may call it, whoever he is.
    package let isOpenToAll: Bool
    /// Makes the handler of a call.
    package let makeHandler: @Sendable (ServerCall) -> any CallHandler

    /// Makes a route.
    package init(
        path: String,
        clientStreaming: Bool,
        messageLimit: MessageLimit? = nil,
        sharesHandler: Bool = false,
        isOpenToAll: Bool = false,
        makeHandler: @escaping @Sendable (ServerCall) -> any CallHandler
    ) {
        self.path = path
        self.clientStreaming = clientStreaming
        self.messageLimit = messageLimit
        self.sharesHandler = sharesHandler
        self.isOpenToAll = isOpenToAll
        self.makeHandler = makeHandler
    }

    /// The limit of the method under that of all messages.
    func messageLimit(atMost bytes: Int) -> MessageLimit {
        if let messageLimit, messageLimit.bytes < bytes { return messageLimit }
        return MessageLimit("messageBytesMax", bytes: bytes)
    }
}
