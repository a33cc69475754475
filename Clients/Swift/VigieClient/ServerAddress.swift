// SPDX-License-Identifier: Apache-2.0

// Where servers are, and how calls are spread over them.

internal import GRPCTransport
internal import NIOCore
internal import VigieLimits

/// Where a server is: a host and port, or a socket in the file system.
///
/// All addresses of a host name count: see ``LoadBalancing``.
public struct ServerAddress: Sendable, Hashable {
    enum Place: Hashable {
        case host(String, port: Int)
        case unix(path: String)
    }

    let place: Place

    /// A host by name or address.
    ///
    /// - Parameters:
    ///   - host: The name, or an address of IP version 4 or 6.
    ///   - port: The port.
    /// - Returns: The address.
    public static func host(
        _ host: String,
        port: Int = ScoringClientConfiguration.defaultPort
    ) -> ServerAddress {
        ServerAddress(place: .host(host, port: port))
    }

    /// A socket in the file system of this machine.
    ///
    /// - Parameter path: The path of the socket.
    /// - Returns: The address.
    public static func unix(_ path: String) -> ServerAddress {
        ServerAddress(place: .unix(path: path))
    }

    /// Host name or address; `nil` for a socket in the file system.
    public var host: String? {
        if case .host(let host, _) = place { host } else { nil }
    }

    /// Port; `nil` for a socket in the file system.
    public var port: Int? {
        if case .host(_, let port) = place { port } else { nil }
    }

    /// The name that the server's certificate must carry unless another is given: the host, or
    /// `localhost` for a socket in the file system.
    var serverName: String { host ?? "localhost" }

    /// Refuses what nothing can be connected to with.
    func check() throws {
        switch place {
        case .host(let host, let port):
            guard (1...65_535).contains(port) else {
                throw VigieError.invalidConfiguration("The port \(port) is not from 1 to 65535.")
            }
            try Self.check(name: host)
        case .unix(let path):
            guard !path.isEmpty, !path.utf8.contains(0),
                (try? SocketAddress(unixDomainSocketPath: path)) != nil
            else {
                throw VigieError.invalidConfiguration(
                    "\"\(path)\" is no path of a socket: it is empty, or longer than the system "
                        + "has them."
                )
            }
        }
    }

    /// Refuses what is no name.
    static func check(name: String) throws {
        guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw VigieError.invalidConfiguration(
                "A host or server name is empty, or has blanks or control characters in it."
            )
        }
    }
}

extension ServerAddress: CustomStringConvertible {
    /// The address as ``ScoringClientConfiguration/init(server:tls:)`` reads it.
    public var description: String {
        switch place {
        case .unix(let path): "unix:\(path)"
        case .host(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }
}

/// How calls are spread over several addresses, under the names that gRPC has for it.
public struct LoadBalancing: RawRepresentable, Sendable, Hashable {
    /// gRPC's name of the policy.
    public let rawValue: String

    /// Names a policy.
    ///
    /// - Parameter rawValue: gRPC's name of it.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// All calls go to the first address that can be connected to; the next is tried when one
    /// fails, or takes more than a quarter of a second.
    public static let pickFirst = LoadBalancing(rawValue: "pick_first")

    /// There are connections to all addresses, and calls go to those that stand, in turn.
    public static let roundRobin = LoadBalancing(rawValue: "round_robin")
}
