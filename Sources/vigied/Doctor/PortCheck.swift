// SPDX-License-Identifier: Apache-2.0

// Whether the addresses can be had that a server listens on, and who has those that cannot.

internal import FoundationEssentials

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Tries the addresses of a server, for a moment each.
struct PortCheck {
    let findings: [Finding]

    init(_ settings: DaemonSettings) {
        findings = [settings.listen, settings.metricsListen].compactMap(\.self).flatMap(Self.check)
    }

    private static func check(_ address: ListenAddress) -> [Finding] {
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
        return [check(address, first.pointee)]
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
                "take another, or give the unit AmbientCapabilities=CAP_NET_BIND_SERVICE"
            )
        case EADDRNOTAVAIL:
            return .failed("address", "\(address) is no address of this machine")
        case let number:
            return .failed("address", "\(address): \(words(number))")
        }
    }

    private static func words(_ number: Int32) -> String { String(cString: strerror(number)) }
}

/// A program that has a port.
struct PortOwner {
    /// Its name.
    let name: String
    /// Its process.
    let process: Int

    /// Who listens on a port; nil when that is nobody, or nobody that this user can see.
    static func find(port: Int) -> PortOwner? {
        let sockets = Set(["/proc/net/tcp", "/proc/net/tcp6"].flatMap { inodes($0, port) })
        guard !sockets.isEmpty else { return nil }
        for process in names(in: "/proc").compactMap({ Int($0) }) {
            let directory = "/proc/\(process)/fd"
            for name in names(in: directory)
            where sockets.contains(target("\(directory)/\(name)")) {
                let text = SystemFile.text("/proc/\(process)/comm") ?? ""
                return PortOwner(name: text.filter { !$0.isNewline }, process: process)
            }
        }
        return nil
    }

    /// The sockets that listen on a port, as the links to them are called.
    private static func inodes(_ path: String, _ port: Int) -> [String] {
        let lines = (SystemFile.text(path) ?? "").split(separator: "\n").dropFirst()
        return lines.compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[3] == "0A",
                let digits = fields[1].split(separator: ":").last, Int(digits, radix: 16) == port
            else { return nil }
            return "socket:[\(fields[9])]"
        }
    }

    private static func names(in path: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }

    private static func target(_ path: String) -> String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? ""
    }
}
