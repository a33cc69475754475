// SPDX-License-Identifier: Apache-2.0

// Everything that can be set on a client, with its defaults and limits.

internal import VigieLimits

/// How a client reaches its server.
public struct ScoringClientConfiguration: Sendable, Hashable {
    /// Host name or address of the server.
    public var host: String

    /// Port of the server.
    public var port: Int

    /// How the connection is secured.
    public var tls: TLS

    /// Number of connections. One is enough for single calls; for bulk work, one for each core of
    /// the server lets streams use all of them.
    public var connectionCount = 1

    /// Time within which a single call must be answered, waiting and retries included.
    public var timeout: Duration = .seconds(10)

    /// Time that a stream may pass without an answer while one is due.
    public var streamIdleTimeout: Duration = .seconds(30)

    /// Time within which a connection must be made, TLS included.
    public var connectTimeout: Duration = .seconds(5)

    /// Headers of all calls, such as a token; those of a call itself take the place of these.
    public var metadata = CallMetadata()

    /// How calls that found the server unavailable are repeated.
    public var retry = RetryPolicy()

    /// How many blocks of a stream may be under way: read from the caller's sequence, and the
    /// result not yet taken. Bounds the memory of a stream.
    public var streamBlockWindow = 16

    /// How many calls may wait for a connection. One more fails at once.
    public var waitingCallLimit = 1024  // tidy: limit: the caller sets it

    /// The largest message that the client accepts, in bytes.
    public var messageBytesMaximum = 64 << 20  // tidy: limit: the caller sets it

    /// The port of Vigie.
    public static let defaultPort = 7443

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - host: Host name or address of the server.
    ///   - port: Port of the server.
    ///   - tls: How the connection is secured.
    public init(host: String, port: Int = defaultPort, tls: TLS = TLS()) {
        self.host = host
        self.port = port
        self.tls = tls
    }

    /// Makes a configuration from an address such as `scoring.example.com:7443`, `10.0.0.7` or
    /// `[::1]:7443`.
    ///
    /// - Parameters:
    ///   - server: Host and optional port.
    ///   - tls: How the connection is secured.
    /// - Throws: ``VigieError`` when the address cannot be read.
    public init(server: String, tls: TLS = TLS()) throws {
        let (host, port) = try Self.parse(server: server)
        self.init(host: host, port: port ?? Self.defaultPort, tls: tls)
    }
}

extension ScoringClientConfiguration {
    /// How calls that found the server unavailable are repeated, and how connections are made
    /// again. Only UNAVAILABLE is retried, and never once an answer has begun.
    public struct RetryPolicy: Sendable, Hashable {
        /// Most attempts of a call, the first included; 1 turns retries off, more than 4 is 4.
        public var attemptsMaximum: Int
        /// Wait before the second attempt; ±20 % of it is chance.
        public var initialBackoff: Duration
        /// Longest wait between two attempts.
        public var maximumBackoff: Duration
        /// What each wait is multiplied by for the next.
        public var backoffMultiplier: Double

        /// Makes a policy.
        ///
        /// - Parameters:
        ///   - attemptsMaximum: Most attempts of a call, the first included.
        ///   - initialBackoff: Wait before the second attempt.
        ///   - maximumBackoff: Longest wait between two attempts.
        ///   - backoffMultiplier: What each wait is multiplied by for the next.
        public init(
            attemptsMaximum: Int = 4,
            initialBackoff: Duration = .milliseconds(100),
            maximumBackoff: Duration = .seconds(1),
            backoffMultiplier: Double = 2.0
        ) {
            self.attemptsMaximum = attemptsMaximum
            self.initialBackoff = initialBackoff
            self.maximumBackoff = maximumBackoff
            self.backoffMultiplier = backoffMultiplier
        }
    }

    /// Refuses what no connection can be made with.
    func check() throws {
        guard (1...65_535).contains(port) else {
            throw VigieError.invalidConfiguration("The port \(port) is not from 1 to 65535.")
        }
        for name in [host, tls.serverName ?? host] {
            guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
                throw VigieError.invalidConfiguration(
                    "A host or server name is empty, or has blanks or control characters in it."
                )
            }
        }
        let limit = TransportLimits().clientConnectionsMax
        guard (1...limit).contains(connectionCount) else {
            throw VigieError.invalidConfiguration(
                "connectionCount is \(connectionCount), not from 1 to \(limit)."
            )
        }
    }

    /// Splits `host`, `host:port` or `[address]:port`.
    private static func parse(server: String) throws -> (host: String, port: Int?) {
        let error = VigieError.invalidConfiguration(
            "\"\(server)\" is no server address; write HOST, HOST:PORT or [IPV6]:PORT."
        )
        var host = server[...]
        var portText: Substring?
        if server.hasPrefix("[") {
            guard let end = server.firstIndex(of: "]") else { throw error }
            host = server[server.index(after: server.startIndex)..<end]
            let rest = server[server.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw error }
            portText = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = server.firstIndex(of: ":"), server.lastIndex(of: ":") == colon {
            host = server[..<colon]
            portText = server[server.index(after: colon)...]
        }
        guard !host.isEmpty else { throw error }
        guard let portText else { return (String(host), nil) }
        guard let port = UInt16(portText), port > 0 else { throw error }
        return (String(host), Int(port))
    }
}
