// SPDX-License-Identifier: Apache-2.0

// An address of a socket in the form that the system has (sockaddr).

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// An address of the Internet, or the path of a socket that is a file.
struct SystemAddress: Sendable, Equatable, CustomStringConvertible {
    private let storage: [UInt8]
    /// AF_INET, AF_INET6 or AF_UNIX.
    let family: sa_family_t

    private init?(_ bytes: [UInt8]) {
        guard bytes.count >= MemoryLayout<sa_family_t>.size else { return nil }
        family = bytes.withUnsafeBytes { $0.loadUnaligned(as: sa_family_t.self) }
        let sizes = [
            sa_family_t(AF_INET): MemoryLayout<sockaddr_in>.size,
            sa_family_t(AF_INET6): MemoryLayout<sockaddr_in6>.size,
            sa_family_t(AF_UNIX): MemoryLayout<sa_family_t>.size,
        ]
        guard let least = sizes[family], bytes.count >= least else { return nil }
        storage = family == sa_family_t(AF_UNIX) ? bytes : Array(bytes.prefix(least))
    }

    /// The address of a socket here; nil when it is of another family.
    init?(of descriptor: Int32) {
        var space = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let isKnown = withUnsafeMutablePointer(to: &space) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isKnown else { return nil }
        self.init(withUnsafeBytes(of: &space) { Array($0.prefix(Int(length))) })
    }

    /// A path; nil when it is too long, or holds a zero byte.
    init?(path: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard !bytes.isEmpty, bytes.count < room, !bytes.contains(0) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
        self.init(withUnsafeBytes(of: &address) { Array($0.prefix(offset + bytes.count + 1)) })
    }

    /// All addresses of a name, each once.
    static func all(host: String, port: Int) throws(ListenError) -> [SystemAddress] {
        // Both, whatever a list of names on this machine says (RFC 6761).
        guard host != "localhost" else {
            return try resolve(host: "127.0.0.1", port: port) + resolve(host: "::1", port: port)
        }
        return try resolve(host: host, port: port)
    }

    private static func resolve(host: String, port: Int) throws(ListenError) -> [SystemAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &list)
        guard code == 0 else {
            throw ListenError("the name leads nowhere (\(String(cString: gai_strerror(code))))")
        }
        defer { freeaddrinfo(list) }
        var found: [SystemAddress] = []
        var next = list
        while let entry = next?.pointee {
            next = entry.ai_next
            guard let pointer = entry.ai_addr else { continue }
            let raw = UnsafeRawBufferPointer(start: pointer, count: Int(entry.ai_addrlen))
            if let address = SystemAddress(Array(raw)), !found.contains(address) {
                found.append(address)
            }
        }
        guard !found.isEmpty else { throw ListenError("the name has no address") }
        return found
    }

    /// Calls `body` with the address as system calls want it.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var space = sockaddr_storage()
        return withUnsafeMutablePointer(to: &space) { pointer in
            UnsafeMutableRawBufferPointer(
                start: pointer,
                count: MemoryLayout<sockaddr_storage>.size
            ).copyBytes(from: storage)
            return pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(storage.count))
            }
        }
    }

    // The port stands behind the family; the address behind that, in IPv6 after four bytes more.
    private var isNetwork: Bool { family != sa_family_t(AF_UNIX) }

    /// The port; 0 where there is none.
    var port: Int { isNetwork ? Int(storage[2]) << 8 | Int(storage[3]) : 0 }

    /// The same address with another port.
    mutating func setPort(_ port: Int) {
        guard isNetwork else { return }
        var bytes = storage
        bytes[2] = UInt8(truncatingIfNeeded: port >> 8)
        bytes[3] = UInt8(truncatingIfNeeded: port)
        if let changed = SystemAddress(bytes) { self = changed }
    }

    /// Whether a socket of this address is what `wanted` asks for, which may leave its port open.
    func serves(_ wanted: SystemAddress) -> Bool {
        var wanted = wanted
        if wanted.port == 0 { wanted.setPort(port) }
        return self == wanted
    }

    /// The path of a socket that is a file; of one without a name, "".
    var path: String? {
        guard !isNetwork else { return nil }
        var bytes = storage.dropFirst(MemoryLayout<sa_family_t>.size)
        // Abstract names begin with a zero byte, and are written with an at sign.
        if bytes.first == 0 {
            return "@" + String(decoding: bytes.dropFirst(), as: UTF8.self)
        }
        bytes = bytes.prefix { $0 != 0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether only this machine can reach it.
    var isLoopback: Bool {
        switch Int32(family) {
        case AF_INET: storage[4] == 127
        case AF_INET6: storage[8..<23].allSatisfy { $0 == 0 } && storage[23] == 1
        default: true
        }
    }

    /// Address and port, or "unix:" and the path.
    var description: String {
        if let path { return "unix:\(path)" }
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let isKnown = withPointer { pointer, length in
            getnameinfo(
                pointer,
                length,
                &host,
                socklen_t(host.count),
                nil,
                0,
                NI_NUMERICHOST
            ) == 0
        }
        guard isKnown else { return "an address of family \(family)" }
        let text = String(
            decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
        return text.contains(":") ? "[\(text)]:\(port)" : "\(text):\(port)"
    }
}
