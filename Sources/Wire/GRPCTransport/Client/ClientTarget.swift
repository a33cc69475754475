// SPDX-License-Identifier: Apache-2.0

// Where a client connects to.

package import NIOCore

/// When a client asks a silent server whether it is still there, by pings of HTTP/2.
package struct ClientKeepalive: Sendable, Equatable {
    /// Time without a byte from the server after which it is asked.
    package var time: TimeAmount
    /// Time that it has for an answer.
    package var timeout: TimeAmount
    /// Whether it is asked too while no call is under way.
    package var withoutCalls: Bool

    /// Makes settings.
    package init(time: TimeAmount, timeout: TimeAmount, withoutCalls: Bool) {
        self.time = time
        self.timeout = timeout
        self.withoutCalls = withoutCalls
    }
}

/// Where a client connects, and as whom it greets.
package struct ClientTarget: Sendable {
    /// Host name or address.
    package var host: String
    /// Port.
    package var port: Int
    /// Where that leads; nil to have the name looked up.
    package var address: SocketAddress?
    /// The name that the server's certificate must carry.
    package var serverName: String
    /// Whether TLS is spoken there: what leaves this machine, always.
    package var usesTLS = true
    /// Time for the connection, TLS included.
    package var connectTimeout: TimeAmount
    /// When a silent server is asked whether it is there; nil for never.
    package var keepalive: ClientKeepalive?

    /// Makes a target.
    package init(
        host: String,
        port: Int,
        address: SocketAddress? = nil,
        serverName: String,
        connectTimeout: TimeAmount,
        keepalive: ClientKeepalive? = nil
    ) {
        self.host = host
        self.port = port
        self.address = address
        self.serverName = serverName
        self.connectTimeout = connectTimeout
        self.keepalive = keepalive
    }

    /// The target as URLs write it; of a socket in the file system `localhost`, as gRPC has it.
    package var authority: String {
        if isLocalSocket { return host }
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(name):\(port)"
    }

    /// The target as people are told of it: where a name leads to stands behind it.
    package var description: String {
        if isLocalSocket { return "unix:\(address?.pathname ?? "")" }
        guard let ip = address?.ipAddress, ip != host else { return authority }
        return "\(authority) (\(ip))"
    }

    /// Whether it is a socket in the file system.
    var isLocalSocket: Bool {
        if case .unixDomainSocket = address { true } else { false }
    }
}
