// SPDX-License-Identifier: Apache-2.0

// Where servers are, and how calls are spread over them.

package import NetworkAddresses
internal import VigieLimits

/// Where a server is: a host and port, or a socket in the file system.
///
/// All addresses of a host name count: see ``LoadBalancing``.
public struct ServerAddress: Sendable, Hashable {
    let place: NetworkAddress

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

    /// Reads one address or several with commas between them: `HOST`, `HOST:PORT`, `[IPV6]:PORT`,
    /// `dns:///HOST:PORT`, `ipv4:ADDRESS:PORT,…`, `ipv6:[ADDRESS]:PORT,…`, `unix:PATH` and
    /// `unix:///PATH`.
    ///
    /// - Throws: ``VigieError`` for what is none.
    static func list(_ text: String) throws -> [ServerAddress] {
        do throws(AddressProblem) {
            return try form.list(text).map { ServerAddress(place: $0) }
        } catch {
            throw VigieError.invalidConfiguration("\(error.description).")
        }
    }

    /// How they are written.
    package static let form = AddressForm.calling(
        defaultPort: ScoringClientConfiguration.defaultPort,
        takesPaths: true,
        countMax: ClientLimits.addresses,
        example: "scoring.example.com:\(ScoringClientConfiguration.defaultPort)"
    )

    /// Refuses what nothing can be connected to with.
    func check() throws {
        if port == 0 { throw VigieError.invalidConfiguration("The port 0 is none to call.") }
        if let fault = place.fault {
            throw VigieError.invalidConfiguration("The address of a server is none: \(fault).")
        }
    }
}

extension ServerAddress: CustomStringConvertible {
    /// The address as ``ScoringClientConfiguration/init(server:tls:)`` reads it.
    public var description: String { place.description }
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
