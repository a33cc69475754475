// SPDX-License-Identifier: Apache-2.0

// The addresses that the servers of a configuration lead to.

internal import GRPCTransport
internal import NIOCore
internal import Synchronization
internal import VigieLimits

/// Where a client may connect to, looked up as often as it is asked.
final class ServerTargets: Sendable {
    /// One address, with the server of the configuration that it is of.
    struct Address: Hashable, Sendable {
        let server: ServerAddress
        let address: SocketAddress
        /// Which of several connections to it.
        var number = 0
    }

    private let servers: [ServerAddress]
    private let serverName: String?
    private let connectTimeout: TimeAmount
    /// Doubled when a server says that it is asked too often.
    private let keepalive: Mutex<ClientKeepalive?>

    /// As gRPC has it: a client that pings more often than this is no use to anyone.
    private static let keepaliveTimeMinimum = TimeAmount.seconds(10)

    init(_ configuration: ScoringClientConfiguration) {
        servers = configuration.servers
        serverName = configuration.tls.serverName
        connectTimeout = TimeAmount(configuration.connectTimeout)
        let settings = configuration.keepaliveTime.map { time in
            ClientKeepalive(
                time: max(Self.keepaliveTimeMinimum, TimeAmount(time)),
                timeout: max(.milliseconds(10), TimeAmount(configuration.keepaliveTimeout)),
                withoutCalls: configuration.keepaliveWithoutCalls
            )
        }
        keepalive = Mutex(settings)
    }

    /// The servers, as people are told of them.
    var description: String { servers.map(\.description).joined(separator: ", ") }

    /// The addresses that are known without looking up a name; nil when one is to be looked up.
    var known: [Address]? {
        var all: [Address] = []
        for server in servers {
            guard let address = Self.literal(server) else { return nil }
            all.append(Address(server: server, address: address))
        }
        return all
    }

    /// All addresses of all servers, in the order of the servers. A name that is not known counts
    /// for nothing where others are.
    func lookUp() async throws(ClientCallError) -> [Address] {
        var all: [Address] = []
        var failures: [ClientCallError] = []
        for server in servers {
            do throws(ClientCallError) {
                for address in try await Self.addresses(server) {
                    let found = Address(server: server, address: address)
                    if !all.contains(found) { all.append(found) }
                }
            } catch {
                failures.append(error)
            }
        }
        if all.isEmpty { throw .combining(failures) }
        return Array(all.prefix(ClientLimits.addresses))
    }

    /// How to connect to an address.
    func target(_ address: Address) -> ClientTarget {
        ClientTarget(
            host: address.server.host ?? address.server.serverName,
            port: address.server.port ?? 0,
            address: address.address,
            serverName: serverName ?? address.server.serverName,
            connectTimeout: connectTimeout,
            keepalive: keepalive.withLock { $0 }
        )
    }

    /// A server has sent the client away since it asks too often whether it is there.
    func doubleKeepaliveTime() {
        keepalive.withLock { keepalive in
            guard let time = keepalive?.time, time < .hours(24) else { return }
            keepalive?.time = .nanoseconds(time.nanoseconds * 2)
        }
    }

    private static func addresses(
        _ server: ServerAddress
    ) async throws(ClientCallError) -> [SocketAddress] {
        if let address = literal(server) { return [address] }
        guard case .host(let host, let port) = server.place else { return [] }
        return AddressLookup.interleaved(
            try await AddressLookup.addresses(host: host, port: port)
        )
    }

    private static func literal(_ server: ServerAddress) -> SocketAddress? {
        switch server.place {
        case .host(let host, let port): try? SocketAddress(ipAddress: host, port: port)
        case .unix(let path): try? SocketAddress(unixDomainSocketPath: path)
        }
    }
}
