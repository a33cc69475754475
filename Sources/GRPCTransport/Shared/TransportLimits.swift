// SPDX-License-Identifier: Apache-2.0

// All limits of the transport. Every queue, buffer and loop on the network
// path cites one of them; a limit that is hit is answered with its name.

/// Limits and timeouts of one side of the transport.
package struct TransportLimits: Sendable {
    /// Longest message accepted, in bytes, without its 5-byte prefix.
    package var messageBytesMax = 64 << 20
    /// Bytes that all partly received messages of a server may hold together.
    package var assemblyBytesMax = 512 << 20
    /// Streams that a peer may have open on one connection.
    package var concurrentStreamsMax = 256
    /// Bytes of names and values of one header list.
    package var headerListBytesMax = 16 << 10
    /// Entries of one header list.
    package var headerCountMax = 100
    /// Flow-control window of a stream, in bytes: what a peer may send ahead of
    /// its consumption.
    package var streamWindowBytes = 4 << 20
    /// Flow-control window of a connection, in bytes.
    package var connectionWindowBytes = 16 << 20
    /// Longest HTTP/2 frame accepted, in bytes.
    package var frameBytesMax = 1 << 20
    /// Bytes of answers that one call may have waiting for its client before
    /// its next message is left unread.
    package var callOutboundBytesMax = 8 << 20
    /// Bytes that one connection may have waiting in the socket before frames
    /// are held back.
    package var connectionOutboundBytesMax = 1 << 20
    /// Connections that a server serves at once, over all event loops.
    package var connectionsMax = 10_000
    /// Length of the queue of connections that wait to be accepted.
    package var listenBacklog = 1_024
    /// Time for a TLS handshake.
    package var handshakeTimeoutSeconds = 10
    /// Time until a connection with no call is closed.
    package var idleTimeoutSeconds = 3_600
    /// Time for which a peer with an open call or unread answers may show no
    /// progress at all.
    package var stallTimeoutSeconds = 300
    /// PING frames without data between them until a peer is sent away.
    package var pingStrikesMax = 100
    /// Empty DATA frames in a row until a peer is sent away.
    package var emptyDataFramesMax = 100
    /// Longest `grpc-timeout` honoured; longer ones are cut to it.
    package var timeoutSecondsMax = 24 * 3_600

    /// The limits above.
    package init() {}
}
