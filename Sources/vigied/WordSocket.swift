// SPDX-License-Identifier: Apache-2.0

// One word from a process to another, and that it is gone.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// One end of a pair of sockets.
struct WordSocket: Sendable {
    let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Both ends; nil, with errno, when there are none.
    static func pair() -> (WordSocket, WordSocket)? {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
        return (WordSocket(descriptor: ends[0]), WordSocket(descriptor: ends[1]))
    }

    /// Says the word.
    func tell() {
        var word: UInt8 = 1
        _ = send(descriptor, &word, 1, Int32(MSG_NOSIGNAL))
    }

    /// Waits for the word. False when the other process is gone or takes too long.
    func awaitWord(seconds: Int) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, Int32(clamping: seconds * 1_000)) > 0 else { return false }
        var word: UInt8 = 0
        return recv(descriptor, &word, 1, 0) == 1
    }

    /// Lets go of it.
    func close() {
        #if canImport(Glibc)
            _ = Glibc.close(descriptor)
        #elseif canImport(Musl)
            _ = Musl.close(descriptor)
        #endif
    }
}
