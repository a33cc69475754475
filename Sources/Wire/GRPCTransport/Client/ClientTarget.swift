// SPDX-License-Identifier: Apache-2.0

// Where a client connects to.

package import NIOCore

/// Where a client connects, and as whom it greets.
package struct ClientTarget: Sendable {
    /// Host name or address.
    package var host: String
    /// Port.
    package var port: Int
    /// The name that the server's certificate must carry.
    package var serverName: String
    /// Time for the connection, TLS included.
    package var connectTimeout: TimeAmount

    /// Makes a target.
    package init(host: String, port: Int, serverName: String, connectTimeout: TimeAmount) {
        self.host = host
        self.port = port
        self.serverName = serverName
        self.connectTimeout = connectTimeout
    }

    /// The target as URLs write it.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(name):\(port)"
    }
}
