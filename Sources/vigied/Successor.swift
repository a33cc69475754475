// SPDX-License-Identifier: Apache-2.0

// A server that takes the place of this one: the same program, started with the sockets that
// listen. Whoever connects meanwhile is served by one or the other. The two have a few words: the
// new one says when it serves, this one when that is the main process of the service.
//
// A new process and not new code in this one: what is loaded and checked at a start is loaded and
// checked, and a version or a setting that is bad changes nothing.

internal import Dispatch
internal import GRPCTransport
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A process that is to take over.
struct Successor: Sendable {
    /// Why there is none.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Its process.
    let identifier: pid_t
    private let words: WordSocket

    /// Starts it.
    ///
    /// - Parameters:
    ///   - sockets: What it takes over, each with the name that says what it is for.
    ///   - environment: The environment of this process when it began.
    init(
        sockets: [(socket: ListeningSocket, name: String)],
        environment: [String: String]
    ) throws(Failure) {
        guard let (here, there) = WordSocket.pair() else {
            throw Failure(description: Self.words(errno))
        }
        let names = sockets.map(\.name) + [PassedSockets.Purpose.words.rawValue]
        var environment = environment
        // The number of the new process is not known yet; that of its parent is.
        for name in ["LISTEN_PID", "WATCHDOG_PID"] { environment[name] = nil }
        environment["LISTEN_FDS"] = "\(names.count)"
        environment["LISTEN_FDNAMES"] = names.joined(separator: ":")
        environment[PassedSockets.predecessorVariable] = "\(getpid())"
        let descriptors = sockets.map(\.socket.descriptor) + [there.descriptor]
        let spawned = Self.spawn(descriptors, environment)
        there.close()
        switch spawned {
        case .success(let process): (identifier, words) = (process, here)
        case .failure(let failure):
            here.close()
            throw failure
        }
    }

    /// Waits until it serves.
    ///
    /// - Returns: Why it does not; nil when it does.
    func awaitReady() async -> String? {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "successor").async {
                let isReady = words.awaitWord(seconds: ProcessLimits.handOverSeconds)
                continuation.resume(returning: isReady ? nil : end())
            }
        }
    }

    /// Ends it.
    ///
    /// - Returns: What has become of it.
    private func end() -> String {
        words.close()
        for tries in 0..<100 {
            var status: Int32 = 0
            if waitpid(identifier, &status, WNOHANG) == identifier {
                return status & 0x7F == 0
                    ? "it ended with code \(status >> 8 & 0xFF); its own lines say why"
                    : "it was ended by signal \(status & 0x7F)"
            }
            if tries == 25 { kill(identifier, SIGTERM) }
            usleep(20_000)
        }
        return "it was not ready within handOverSeconds"
    }

    /// Tells it that it is the one.
    func letTakeOver() {
        words.tell()
        words.close()
    }

    private static func spawn(
        _ descriptors: [Int32],
        _ environment: [String: String]
    ) -> Result<pid_t, Failure> {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Copies above all targets: a target must not be a source that is still needed.
        let first = PassedDescriptors.first
        let end = first + Int32(clamping: descriptors.count)
        var copies: [Int32] = []
        defer { for copy in copies { close(copy) } }
        for (index, descriptor) in descriptors.enumerated() {
            let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, end)
            guard copy >= 0 else {
                return .failure(Failure(description: Self.words(errno)))
            }
            copies.append(copy)
            posix_spawn_file_actions_adddup2(&actions, copy, first + Int32(index))
        }
        closeAllInNewProcesses()
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        // Signals that this process ignores stay so until the new one has its own mind about them.
        for number in ProcessSignals.ending + [SIGPIPE] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
        posix_spawnattr_setflags(&attributes, flags)
        var process: pid_t = 0
        let number = withTexts(CommandLine.arguments) { arguments in
            withTexts(environment.map { "\($0.key)=\($0.value)" }) { variables in
                posix_spawn(&process, path, &actions, &attributes, arguments, variables)
            }
        }
        guard number == 0 else {
            let reason = "\(path) cannot be started: \(words(number))"
            return .failure(Failure(description: reason))
        }
        return .success(process)
    }

    /// Connections of this process must end with it. Whoever opens descriptors here marks them so;
    /// this is for whoever does not.
    private static func closeAllInNewProcesses() {
        let end = min(sysconf(Int32(_SC_OPEN_MAX)), 1 << 16)
        for descriptor in (STDERR_FILENO + 1)..<Int32(clamping: max(end, 4)) {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    /// The program as it was started, so that a link that leads to another version by now is
    /// followed; where the shell looked for it, the file that it found.
    private static let path: String = {
        let name = CommandLine.arguments.first ?? ""
        if name.contains("/") { return name }
        var space = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &space, space.count - 1)
        let found = String(
            decoding: space.prefix(max(count, 0)).map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
        // What the system says of a file that was replaced meanwhile.
        let mark = " (deleted)"
        return found.hasSuffix(mark) ? String(found.dropLast(mark.count)) : found
    }()

    private static func words(_ number: Int32) -> String {
        strerror(number).map { String(cString: $0) } ?? "error \(number)"
    }

    private static func withTexts<Result>(
        _ texts: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}

/// The process that this one replaces, and that still serves.
struct Predecessor: Sendable {
    private let words: WordSocket

    init(descriptor: Int32) { words = WordSocket(descriptor: descriptor) }

    /// Tells it that this process serves, and waits until this is the main process of the service.
    /// One that has gone meanwhile leaves it to this one all the same.
    func takeOver() {
        words.tell()
        _ = words.awaitWord(seconds: 10)
        words.close()
    }
}
