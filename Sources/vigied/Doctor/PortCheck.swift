// SPDX-License-Identifier: Apache-2.0

// Whether the addresses can be had that a server listens on, and who has those that cannot.

internal import CommandFiles
internal import GRPCTransport

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

    private static func check(_ address: ListenAddress, _ taken: inout Set<String>) -> [Finding] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(address.host, "\(address.port)", &hints, &list)
        defer { if list != nil { freeaddrinfo(list) } }
        guard result == 0, let first = list else {
            return [
                .failed(
                    "address",
                    "\(address): \(String(cString: gai_strerror(result)))",
                    "give --listen a name or an address of this machine"
                )
            ]
        }
        // Of a name with several addresses, what is wrong with one, or else that all are well.
        let all = sequence(first: first) { $0.pointee.ai_next }.map { entry -> Finding in
            let bytes = UnsafeRawBufferPointer(
                start: entry.pointee.ai_addr,
                count: Int(entry.pointee.ai_addrlen)
            )
            guard address.port == 0 || taken.insert("\(Array(bytes))").inserted else {
                return .failed(
                    "address",
                    "\(address) is listened on twice",
                    "leave one out of --listen and --metrics-listen"
                )
            }
            return check(address, entry.pointee)
        }
        let bad = all.filter { $0.state != .good }
        return bad.isEmpty ? Array(all.prefix(1)) : bad
    }

    /// A socket that is a file needs a directory that takes it.
    private static func check(path: String, _ address: ListenAddress) -> Finding {
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

    private static func check(_ address: ListenAddress, _ found: addrinfo) -> Finding {
        let descriptor = socket(found.ai_family, found.ai_socktype | O_CLOEXEC, found.ai_protocol)
        guard descriptor >= 0 else {
            return .failed("address", "\(address): \(words(errno))")
        }
        defer { close(descriptor) }
        var isOn: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isOn, size)
        guard bind(descriptor, found.ai_addr, found.ai_addrlen) != 0 else {
            return .good("address", "\(address) is free")
        }
        switch errno {
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
        case let number:
            return .failed("address", "\(address): \(words(number))")
        }
    }

    private static func words(_ number: Int32) -> String { String(cString: strerror(number)) }
}
