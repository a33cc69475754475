// SPDX-License-Identifier: Apache-2.0

// A socket that listens and the channel that accepts from it, and how both are let go without
// losing who has connected.

internal import NIOCore

/// What accepts the connections of one address.
struct Listener: Sendable {
    let socket: ListeningSocket
    let channel: any Channel

    /// Takes no more connections.
    ///
    /// - Parameters:
    ///   - isHandedOver: Whether another process has the sockets: what waits is for it.
    ///   - loops: All loops that connections go to.
    static func stop(
        _ listeners: [Listener],
        isHandedOver: Bool,
        loops: [any EventLoop]
    ) async {
        // A client whose connection is in the queue has connected, as far as it knows.
        if !isHandedOver {
            for listener in listeners { await listener.awaitEmptyQueue() }
        }
        for listener in listeners {
            try? await listener.channel.setOption(.autoRead, value: false).get()
        }
        // Connections that were just accepted are on their way to a loop and back.
        for loop in loops { try? await loop.submit {}.get() }
        for listener in listeners {
            try? await listener.channel.eventLoop.submit {}.get()
            try? await listener.channel.close()
            listener.socket.close(removesFile: !isHandedOver)
        }
        for loop in loops { try? await loop.submit {}.get() }
    }

    private func awaitEmptyQueue() async {
        // Some of those who flood a server never let it be empty.
        for _ in 0..<200 where socket.hasWaiting {
            try? await Task.sleep(for: .milliseconds(1))
        }
    }
}
