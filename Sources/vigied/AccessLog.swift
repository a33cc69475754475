// SPDX-License-Identifier: Apache-2.0

// A line for each call, in a file of its own. Event loops queue lines and never wait.

internal import CommandFiles
internal import Telemetry
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The file of calls.
struct AccessLog: Sendable {
    private let path: String
    private let descriptor: Int32
    private let queue: LogQueue

    /// Opens the file; `-` is standard output.
    ///
    /// - Throws: A file that cannot be made or written to.
    init(path: String, counters: CounterRegistry) throws(CommandFailure) {
        self.path = path
        descriptor = path == "-" ? STDOUT_FILENO : try Self.open(path)
        queue = LogQueue(
            descriptor: descriptor,
            gatherMilliseconds: ProcessLimits.logGatherMilliseconds,
            counters: counters
        ) { count in "{\"dropped\":\(count)}" }
    }

    /// Writes the line of a call.
    func write(_ line: [UInt8]) { queue.write(line) }

    /// Waits for the last lines to be written, for a short time.
    func flush() { queue.flush() }

    /// Goes on in a file of the same name, after what had it was given another: calls that have
    /// ended stand in the old one, unless its disk keeps them waiting.
    ///
    /// - Throws: A file that cannot be made; lines go on into the old one.
    func reopen() throws(CommandFailure) {
        guard path != "-" else { return }
        let new = try Self.open(path)
        defer { close(new) }
        flush()
        // The number stays, so that whoever writes at the moment writes into one of them.
        dup2(new, descriptor)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    private static func open(_ path: String) throws(CommandFailure) -> Int32 {
        let descriptor = AppendedFile.open(path, makesFile: true)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .cannotCreateOutput,
                "\(path), the access log, cannot be opened: \(String(cString: strerror(errno)))"
            )
        }
        return descriptor
    }
}
