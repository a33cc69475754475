// SPDX-License-Identifier: Apache-2.0

// Everything that can be set on a client, with its defaults and limits.

internal import NetworkAddresses
internal import VigieLimits

/// How a client reaches its servers.
public struct ScoringClientConfiguration: Sendable, Hashable {
    /// Where the servers are. They hold the same models: any may answer a call.
    public var servers: [ServerAddress]

    /// How calls are spread over the addresses of the servers.
    public var loadBalancing = LoadBalancing.pickFirst

    /// How the connection is secured.
    public var tls: TLS

    /// Number of connections, with ``LoadBalancing/roundRobin`` to each address. One is enough for
    /// single calls; for bulk work, one for each core of the server lets streams use all of them.
    public var connectionCount = 1

    /// Time within which a single call must be answered, waiting and retries included.
    public var timeout: Duration = .seconds(10)

    /// Time that a stream may pass without an answer while one is due.
    public var streamIdleTimeout: Duration = .seconds(30)

    /// Time within which a connection must be made, TLS included.
    public var connectTimeout: Duration = .seconds(5)

    /// How long the client waits before it connects again after it could not.
    public var connectionBackoff = ConnectionBackoff()

    /// Time without a byte from the server after which it is asked whether it is there; `nil` for
    /// never, less than 10 seconds are 10. A server that is gone without a word is noticed so even
    /// when nothing is sent. Servers may forbid to ask often: the time is doubled when they do.
    public var keepaliveTime: Duration?

    /// Time that the server has to answer when it is asked; then the connection is closed.
    public var keepaliveTimeout: Duration = .seconds(20)

    /// Whether the server is asked too while no call is under way.
    public var keepaliveWithoutCalls = false

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
        self.init(servers: [.host(host, port: port)], tls: tls)
    }

    /// Makes a configuration of several servers.
    ///
    /// - Parameters:
    ///   - servers: Where they are, the preferred first.
    ///   - tls: How the connection is secured.
    public init(servers: [ServerAddress], tls: TLS = TLS()) {
        self.servers = servers
        self.tls = tls
    }

    /// Makes a configuration from an address such as `scoring.example.com:7443`, `10.0.0.7`,
    /// `[::1]:7443` or `unix:/run/vigie/vigied.sock`, or from several with commas between them.
    ///
    /// Addresses may be written as gRPC's targets too: `dns:///scoring.example.com:7443`,
    /// `ipv4:10.0.0.7:7443,10.0.0.8:7443`, `ipv6:[::1]:7443`, `unix:///run/vigie/vigied.sock`.
    ///
    /// - Parameters:
    ///   - server: The address or addresses.
    ///   - tls: How the connection is secured.
    /// - Throws: ``VigieError`` when an address cannot be read.
    public init(server: String, tls: TLS = TLS()) throws {
        self.init(servers: try ServerAddress.list(server), tls: tls)
    }
}

extension ScoringClientConfiguration {
    /// How calls that found the server unavailable are repeated. Only UNAVAILABLE is retried, and
    /// never once an answer has begun.
    public struct RetryPolicy: Sendable, Hashable {
        /// Most attempts of a call, the first included; 1 turns retries off, more than 4 is 4.
        public var attemptsMaximum: Int
        /// Wait before the second attempt; ±20 % of it is chance.
        public var initialBackoff: Duration
        /// Longest wait between two attempts.
        public var maximumBackoff: Duration
        /// What each wait is multiplied by for the next.
        public var backoffMultiplier: Double
        /// When no call is repeated since most fail; `nil` for never.
        public var throttling: RetryThrottling?

        /// Makes a policy.
        ///
        /// - Parameters:
        ///   - attemptsMaximum: Most attempts of a call, the first included.
        ///   - initialBackoff: Wait before the second attempt.
        ///   - maximumBackoff: Longest wait between two attempts.
        ///   - backoffMultiplier: What each wait is multiplied by for the next.
        ///   - throttling: When no call is repeated since most fail; `nil` for never.
        public init(
            attemptsMaximum: Int = 4,
            initialBackoff: Duration = .milliseconds(100),
            maximumBackoff: Duration = .seconds(1),
            backoffMultiplier: Double = 2.0,
            throttling: RetryThrottling? = RetryThrottling()
        ) {
            self.throttling = throttling
            self.attemptsMaximum = attemptsMaximum
            self.initialBackoff = initialBackoff
            self.maximumBackoff = maximumBackoff
            self.backoffMultiplier = backoffMultiplier
        }
    }

    /// When calls are not repeated since most fail, so that repeats do not keep a server down:
    /// gRPC's retry throttling. A client has `maxTokens` tokens; an attempt that fails takes one,
    /// a call that succeeds brings `tokenRatio` back, and with half of them or fewer nothing is
    /// repeated.
    public struct RetryThrottling: Sendable, Hashable {
        /// Tokens that a client has, up to 1,000.
        public var maxTokens: Double
        /// Tokens that a call that succeeds brings back.
        public var tokenRatio: Double

        /// Makes settings. By default 500 attempts may fail before nothing is repeated.
        ///
        /// - Parameters:
        ///   - maxTokens: Tokens that a client has.
        ///   - tokenRatio: Tokens that a call that succeeds brings back.
        public init(maxTokens: Double = 1_000, tokenRatio: Double = 0.1) {
            self.maxTokens = maxTokens
            self.tokenRatio = tokenRatio
        }
    }

    /// How long a client waits before it connects again after it could not: gRPC's connection
    /// backoff. A call that would have to wait beyond its deadline fails at once.
    public struct ConnectionBackoff: Sendable, Hashable {
        /// Wait after the first failure; ±20 % of it is chance.
        public var initialBackoff: Duration
        /// Longest wait.
        public var maximumBackoff: Duration
        /// What each wait is multiplied by for the next.
        public var backoffMultiplier: Double

        /// Makes a backoff.
        ///
        /// - Parameters:
        ///   - initialBackoff: Wait after the first failure.
        ///   - maximumBackoff: Longest wait.
        ///   - backoffMultiplier: What each wait is multiplied by for the next.
        public init(
            initialBackoff: Duration = .seconds(1),
            maximumBackoff: Duration = .seconds(120),
            backoffMultiplier: Double = 1.6
        ) {
            self.initialBackoff = initialBackoff
            self.maximumBackoff = maximumBackoff
            self.backoffMultiplier = backoffMultiplier
        }
    }

    /// Refuses what no connection can be made with.
    func check() throws {
        guard (1...ClientLimits.addresses).contains(servers.count) else {
            throw VigieError.invalidConfiguration(
                "There are \(servers.count) servers, not from 1 to \(ClientLimits.addresses)."
            )
        }
        for server in servers { try server.check() }
        if let name = tls.serverName, let fault = NetworkAddress.fault(ofName: name) {
            throw VigieError.invalidConfiguration("The name of the server is none: \(fault).")
        }
        guard loadBalancing == .pickFirst || loadBalancing == .roundRobin else {
            throw VigieError.invalidConfiguration(
                "loadBalancing \"\(loadBalancing.rawValue)\" is not known; there are pick_first "
                    + "and round_robin."
            )
        }
        let limit = TransportLimits().clientConnectionsMax
        guard (1...limit).contains(connectionCount) else {
            throw VigieError.invalidConfiguration(
                "connectionCount is \(connectionCount), not from 1 to \(limit)."
            )
        }
    }
}
