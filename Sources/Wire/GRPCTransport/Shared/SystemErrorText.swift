// SPDX-License-Identifier: Apache-2.0

// Numbers of errno in words of people, with what they mean for a connection.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Words for an error number of the system.
enum SystemErrorText {
    /// What the number means for a connection, and its kind.
    static func connection(_ number: Int32) -> (text: String, failure: ConnectionFailure) {
        switch number {
        case ECONNREFUSED: ("nothing listens there (connection refused)", .refused)
        case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN:
            ("the network has no way to it (\(words(number)))", .unreachable)
        case ETIMEDOUT: ("nobody answered in time", .timedOut)
        case ECONNRESET, EPIPE, ECONNABORTED: ("the connection was reset", .closed)
        case ENOENT, ENOTDIR: ("there is no such socket", .refused)
        case EMFILE: ("this process has too many open files", .notAllowedHere)
        case ENFILE: ("this machine has too many open files", .notAllowedHere)
        case EADDRNOTAVAIL: ("this machine has no free port or no such address", .notAllowedHere)
        case EACCES, EPERM: ("this machine does not allow it (\(words(number)))", .notAllowedHere)
        default: (words(number), .other)
        }
    }

    /// Why an address cannot be listened on.
    static func listening(_ number: Int32) -> String {
        switch number {
        case EADDRINUSE: "it is in use already"
        case EADDRNOTAVAIL: "this machine has no such address"
        case EACCES, EPERM: "this user may not listen there"
        case EMFILE: "this process has too many open files"
        case ENOENT, ENOTDIR: "its directory is not there"
        default: words(number)
        }
    }

    /// Why a file cannot be read.
    static func file(_ number: Int32) -> String {
        switch number {
        case ENOENT: "there is no such file"
        case ENOTDIR: "a part of its path is no directory"
        case EACCES, EPERM: "this user may not read it"
        case EISDIR: "it is a directory"
        default: words(number)
        }
    }

    /// The system's own words.
    private static func words(_ number: Int32) -> String {
        // Safe in threads with glibc and musl: the text is constant or the thread's own.
        strerror(number).map { String(cString: $0) } ?? "error \(number)"
    }
}
