// SPDX-License-Identifier: Apache-2.0

// Whether the addresses can be had that a server listens on, and who has those that cannot.

internal import CommandFiles
internal import GRPCTransport
internal import NetworkAddresses

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Tries the addresses of a server, for a moment each.
struct PortCheck {
    let findings: [Finding]

    init(_ settings: DaemonSettings) {
        let addresses = settings.listen + [settings.metricsListen].compactMap(\.self)
        var taken: Set<String> = []
        findings = addresses.flatMap { address in
            address.path.map { [Self.check(path: $0, address)] } ?? Self.check(address, &taken)
        }
    }

    private static func check(_ address: NetworkAddress, _ taken: inout Set<String>) -> [Finding] {
        do throws(ListenError) {
            let found = try ListeningSocket.check(host: address.host, port: address.port)
            let isNew = found.map { address.port == 0 || taken.insert($0).inserted }
            guard isNew.allSatisfy(\.self) else {
                return [
                    .failed(
                        "address",
                        "\(address) is listened on twice",
                        "leave one out of --listen and --metrics-listen"
                    )
                ]
            }
            return [.good("address", "\(address) is free")]
        } catch {
            return [finding(address, error)]
        }
    }

    private static func finding(_ address: NetworkAddress, _ error: ListenError) -> Finding {
        switch error.number {
        case EADDRINUSE:
            let owner = PortOwner.find(port: address.port)
            if let owner, owner.name == "vigied" {
                return .good("address", "\(address) is served by vigied, process \(owner.process)")
            }
            let who = owner.map { "\($0.name), process \($0.process)" } ?? "another program"
            return .failed(
                "address",
                "\(address) is in use by \(who)",
                "stop it, or listen elsewhere"
            )
        case EACCES:
            return .failed(
                "address",
                "\(address): ports below 1024 are for root",
                "take another, or have systemd listen (vigied.socket)"
            )
        case EADDRNOTAVAIL:
            return .failed("address", "\(address) is no address of this machine")
        default:
            return .failed("address", "\(address): \(error)", "correct --listen")
        }
    }

    /// A socket that is a file needs a directory that takes it.
    private static func check(path: String, _ address: NetworkAddress) -> Finding {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let directory = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/") + "/"
        guard access(directory, W_OK) == 0 else {
            return .failed(
                "address",
                "\(address): \(directory): \(words(errno))",
                "make the directory, and give it to the user of the server"
            )
        }
        do throws(ListenError) {
            try ListeningSocket.check(path: path)
            return .good("address", "\(address) can be made")
        } catch {
            return .failed("address", "\(address): \(error)", "stop it, or listen elsewhere")
        }
    }

    private static func words(_ number: Int32) -> String { String(cString: strerror(number)) }
}
