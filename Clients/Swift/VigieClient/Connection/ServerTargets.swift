// SPDX-License-Identifier: Apache-2.0

// The addresses that the servers of a configuration lead to.

internal import GRPCTransport
internal import NIOCore
internal import NetworkAddresses
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

    /// What names lead to.
    struct Found: Sendable {
        var addresses: [Address] = []
        /// Names that lead nowhere, each with the reason.
        var missing: [ClientCallError] = []
    }

    /// All addresses of all servers, in the order of the servers. A name that is not known, or not
    /// looked up in a second, counts for nothing where others are.
    func lookUp() async throws(ClientCallError) -> Found {
        if let known { return Found(addresses: known) }
        let (answers, continuation) = AsyncStream.makeStream(of: Answer.self)
        for (index, server) in servers.enumerated() {
            Task { continuation.yield(.server(index, await Self.addresses(server))) }
        }
        let late = Task {
            try? await Task.sleep(for: Self.patience)
            continuation.yield(.late)
        }
        defer { late.cancel() }
        var found: [Int: Result<[SocketAddress], ClientCallError>] = [:]
        var isLate = false
        for await answer in answers {
            switch answer {
            case .late: isLate = true
            case .server(let index, let result): found[index] = result
            }
            let isAny = found.values.contains { (try? $0.get().isEmpty) == false }
            if found.count == servers.count || (isLate && isAny) { break }
        }
        var all = Found()
        for (index, server) in servers.enumerated() {
            switch found[index] {
            case .success(let addresses):
                let news = addresses.map { Address(server: server, address: $0) }
                for address in news where !all.addresses.contains(address) {
                    all.addresses.append(address)
                }
            case .failure(let error): all.missing.append(error)
            case nil:
                let host = server.host ?? server.description
                let error = ClientCallError.nameNotFound(
                    host,
                    "no name server has told of the name \"\(host)\" within a second"
                )
                all.missing.append(error)
            }
        }
        if all.addresses.isEmpty { throw .combining(all.missing) }
        all.addresses = Array(all.addresses.prefix(ClientLimits.addresses))
        return all
    }

    private enum Answer: Sendable {
        case server(Int, Result<[SocketAddress], ClientCallError>)
        case late
    }

    /// How long a name is waited for when other addresses are known.
    private static let patience = Duration.seconds(1)

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
    ) async -> Result<[SocketAddress], ClientCallError> {
        if let address = literal(server) { return .success([address]) }
        guard case .host(let host, let port) = server.place else { return .success([]) }
        do throws(ClientCallError) {
            let all = try await AddressLookup.addresses(host: host, port: port)
            return .success(AddressLookup.interleaved(all))
        } catch {
            return .failure(error)
        }
    }

    private static func literal(_ server: ServerAddress) -> SocketAddress? {
        switch server.place {
        case .host(let host, let port): try? SocketAddress(ipAddress: host, port: port)
        case .unix(let path): try? SocketAddress(unixDomainSocketPath: path)
        }
    }
}
