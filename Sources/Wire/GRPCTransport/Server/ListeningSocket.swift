// SPDX-License-Identifier: Apache-2.0

// A socket that listens: made here, or taken from whoever made it, such as systemd. There is one
// for each address, and never two that share a port: what waits in the queue of one that is closed
// would be lost, and a port that another program has would be taken for free.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Why an address cannot be listened on.
package struct ListenError: Error, CustomStringConvertible {
    /// The reason, without a full stop.
    package let description: String
    /// The system's number, where it is the system's reason.
    package let number: Int32

    /// Whether somebody else has the address.
    package var isOfUse: Bool { number == EADDRINUSE }

    /// Whether this machine does not have the address, or none of its kind.
    var isOfMissingAddress: Bool { number == EADDRNOTAVAIL || number == EAFNOSUPPORT }

    init(_ description: String) {
        self.description = description
        number = 0
    }

    init(errno number: Int32) {
        description = SystemErrorText.listening(number)
        self.number = number
    }
}

/// A socket that listens.
package struct ListeningSocket: Sendable, CustomStringConvertible {
    /// The file descriptor.
    package let descriptor: Int32
    /// The address as the system has it.
    let address: SystemAddress
    /// Whether the file of a socket that is one goes when the server stops.
    private let ownsFile: Bool
    /// The file; nil where there is none.
    private let file: FileIdentity?

    /// The path of a socket that is a file.
    package var path: String? { address.path }

    /// The port; 0 where there is none.
    package var port: Int { address.port }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool { address.isLoopback }

    /// The address as it is written, such as "[::1]:7443".
    package var description: String { address.description }

    private init(descriptor: Int32, address: SystemAddress, ownsFile: Bool) {
        self.descriptor = descriptor
        self.address = address
        self.ownsFile = ownsFile
        file = address.path.flatMap(FileIdentity.init)
    }

    /// Takes a socket that somebody else has made.
    ///
    /// - Parameter ownsFile: Whether its file, if it has one, is the server's to remove.
    /// - Throws: When it does not listen for streams.
    package init(taking descriptor: Int32, ownsFile: Bool) throws(ListenError) {
        var isListening: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &length) == 0 else {
            throw ListenError(errno: errno)
        }
        guard isListening != 0 else { throw ListenError("it does not listen for connections") }
        guard let address = SystemAddress(of: descriptor) else {
            throw ListenError("its address is neither of the Internet nor a file")
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        self.init(descriptor: descriptor, address: address, ownsFile: ownsFile)
    }

    /// Listens on an address.
    ///
    /// - Parameter takesIPv4: Whether a socket of all IPv6 addresses is one of all IPv4 addresses
    ///   too.
    init(
        on address: SystemAddress,
        backlog: Int,
        mode: UInt32? = nil,
        takesIPv4: Bool = true
    ) throws(ListenError) {
        let descriptor = try Self.bound(to: address, takesIPv4: takesIPv4)
        // Before it listens: nobody connects who may not.
        let isModeSet = mode.map { Self.setMode($0, address.path) } ?? true
        guard isModeSet, listen(descriptor, Int32(clamping: backlog)) == 0,
            let actual = SystemAddress(of: descriptor)
        else {
            let number = errno
            if let path = address.path { unlink(path) }
            Self.closeDescriptor(descriptor)
            throw ListenError(errno: number)
        }
        self.init(descriptor: descriptor, address: actual, ownsFile: true)
    }

    /// A socket that has an address, and does not listen yet.
    private static func bound(
        to address: SystemAddress,
        takesIPv4: Bool
    ) throws(ListenError) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(Int32(address.family), kind, 0)
        guard descriptor >= 0 else { throw ListenError(errno: errno) }
        if address.path == nil {
            var (yes, only): (Int32, Int32) = (1, takesIPv4 ? 0 : 1)
            let size = socklen_t(MemoryLayout<Int32>.size)
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size)
            if address.family == sa_family_t(AF_INET6) {
                setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &only, size)
            }
        }
        guard address.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
            let number = errno
            closeDescriptor(descriptor)
            throw ListenError(errno: number)
        }
        return descriptor
    }

    /// Looks whether the addresses of a name could be listened on, and changes nothing. One that
    /// this machine does not have is passed over if there is another, as `listening` does.
    ///
    /// - Returns: The addresses, as they are written.
    /// - Throws: Why not.
    package static func check(host: String, port: Int) throws(ListenError) -> [String] {
        var (found, missing): ([String], ListenError?) = ([], nil)
        for address in try SystemAddress.all(host: host, port: port) {
            do throws(ListenError) {
                closeDescriptor(try bound(to: address, takesIPv4: true))
                found.append(address.description)
            } catch {
                guard error.isOfMissingAddress else { throw error }
                missing = error
            }
        }
        if found.isEmpty, let missing { throw missing }
        return found
    }

    /// Says who may connect to the file of a socket.
    private static func setMode(_ mode: UInt32, _ path: String?) -> Bool {
        path.map { chmod($0, mode_t(mode)) == 0 } ?? true
    }

    /// Listens on all addresses of a name. One that this machine does not have is passed over if
    /// there is another.
    ///
    /// - Parameters:
    ///   - reusing: Sockets that listen already; those of the addresses are taken as they are.
    ///   - takesIPv4: Whether all IPv6 addresses stand for all IPv4 addresses too.
    package static func listening(
        host: String,
        port: Int,
        backlog: Int,
        reusing: [ListeningSocket] = [],
        takesIPv4: Bool = true
    ) throws(ListenError) -> [ListeningSocket] {
        let addresses = try SystemAddress.all(host: host, port: port)
        // With a port that the system picks, one that is free on the first address need not be on
        // the next.
        var tries = 16
        while true {
            do throws(ListenError) {
                return try listening(addresses, backlog, reusing, takesIPv4)
            } catch {
                tries -= 1
                guard port == 0, error.number == EADDRINUSE, tries > 0 else { throw error }
            }
        }
    }

    private static func listening(
        _ addresses: [SystemAddress],
        _ backlog: Int,
        _ reusing: [ListeningSocket],
        _ takesIPv4: Bool
    ) throws(ListenError) -> [ListeningSocket] {
        var (sockets, made): ([ListeningSocket], [ListeningSocket]) = ([], [])
        var missing: ListenError?
        for var address in addresses {
            if address.port == 0, let port = sockets.first?.port { address.setPort(port) }
            if let same = reusing.first(where: { $0.address.serves(address) }) {
                sockets.append(same)
                continue
            }
            do throws(ListenError) {
                let socket = try ListeningSocket(
                    on: address,
                    backlog: backlog,
                    takesIPv4: takesIPv4
                )
                sockets.append(socket)
                made.append(socket)
            } catch {
                guard error.isOfMissingAddress else {
                    for socket in made { socket.close() }
                    throw error
                }
                missing = error
            }
        }
        if sockets.isEmpty, let missing { throw missing }
        return sockets
    }

    /// Listens on a file. One that is left of a server that is gone is put away.
    ///
    /// - Parameters:
    ///   - mode: Who may connect; nil leaves that to the mask of the process.
    ///   - reusing: Sockets that listen already; that of the path is taken as it is.
    package static func listening(
        path: String,
        mode: UInt32?,
        backlog: Int,
        reusing: [ListeningSocket] = []
    ) throws(ListenError) -> ListeningSocket {
        if let same = reusing.first(where: { $0.path == path }) {
            if let mode, !setMode(mode, path) { throw ListenError(errno: errno) }
            return same
        }
        guard let address = SystemAddress(path: path) else {
            throw ListenError("the path is longer than the system allows")
        }
        if try isStale(address, path) { unlink(path) }
        return try ListeningSocket(on: address, backlog: backlog, mode: mode)
    }

    /// Looks whether a file could be listened on, and changes nothing.
    ///
    /// - Throws: Why not.
    package static func check(path: String) throws(ListenError) {
        guard let address = SystemAddress(path: path) else {
            throw ListenError("the path is longer than the system allows")
        }
        _ = try isStale(address, path)
    }

    /// Whether a file is that of a socket on which nobody listens any more.
    private static func isStale(
        _ address: SystemAddress,
        _ path: String
    ) throws(ListenError) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw ListenError("there is a file of that name, which is no socket")
        }
        let probe = socket(
            AF_UNIX,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
                | Int32(SOCK_NONBLOCK.rawValue),
            0
        )
        guard probe >= 0 else { throw ListenError(errno: errno) }
        defer { closeDescriptor(probe) }
        let answer = address.withPointer { connect(probe, $0, $1) }
        // A queue that is full is one of somebody who lives.
        guard answer != 0, errno == ECONNREFUSED else { throw ListenError(errno: EADDRINUSE) }
        return true
    }

    /// A descriptor more of the same socket, for whoever closes what he is given.
    package func duplicate() throws(ListenError) -> Int32 {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw ListenError(errno: errno) }
        return copy
    }

    /// Whether connections wait to be accepted.
    var hasWaiting: Bool {
        var request = pollfd(descriptor: descriptor)
        return poll(&request, 1, 0) > 0
    }

    /// Lets go of it: nobody listens any more, unless others have it too.
    ///
    /// - Parameter removesFile: Whether the file of it goes too.
    package func close(removesFile: Bool = false) {
        // Somebody else may have made another of the same name since.
        if removesFile, ownsFile, let path, file == FileIdentity(path) { unlink(path) }
        Self.closeDescriptor(descriptor)
    }

    private static func closeDescriptor(_ descriptor: Int32) {
        #if canImport(Glibc)
            _ = Glibc.close(descriptor)
        #elseif canImport(Musl)
            _ = Musl.close(descriptor)
        #endif
    }
}

/// What tells a file from another of its name.
private struct FileIdentity: Equatable {
    private let device: UInt64
    private let number: UInt64

    init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
    }
}

extension pollfd {
    fileprivate init(descriptor: Int32) {
        self.init(fd: descriptor, events: Int16(POLLIN), revents: 0)
    }
}
