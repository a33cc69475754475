// SPDX-License-Identifier: Apache-2.0

// Buffered output to a file descriptor or to memory.

package import Documents
internal import Glibc

/// Where output goes.
package final class ByteSink {
    private static let bufferBytes = 1 << 16
    private let descriptor: Int32?
    private let name: String
    private let file: OutputFile?
    private var buffer: [UInt8] = []

    /// Writes to standard output, which must not be one of the `inputs`.
    package static func standardOutput(
        inputs: [FileIdentity] = []
    ) throws(CommandFailure) -> ByteSink {
        if let identity = FileIdentity(descriptor: STDOUT_FILENO), inputs.contains(identity) {
            throw CommandFailure(
                .usage,
                "standard output goes to the input itself",
                hint: "write to another file"
            )
        }
        return ByteSink(descriptor: STDOUT_FILENO, name: "standard output")
    }

    /// Keeps all output in memory.
    package static func memory() -> ByteSink {
        ByteSink(descriptor: nil, name: "memory")
    }

    /// Writes to a file that takes the place of the one at `path` with `finish`; it must not be one
    /// of the `inputs`.
    ///
    /// - Parameter isPrivate: Whether a new file is for its owner alone.
    package static func file(
        _ path: String,
        inputs: [FileIdentity] = [],
        isPrivate: Bool = false
    ) throws(CommandFailure) -> ByteSink {
        let file = try OutputFile(path, inputs: inputs, isPrivate: isPrivate)
        return ByteSink(descriptor: file.descriptor, name: path, file: file)
    }

    private init(descriptor: Int32?, name: String, file: OutputFile? = nil) {
        self.descriptor = descriptor
        self.name = name
        self.file = file
    }

    /// The output that is not yet written; with `memory`, all of it.
    package var pending: [UInt8] { buffer }

    /// The path of a file that stays as it was until `finish`; nil for any other output.
    package var replacedPath: String? {
        file.flatMap { $0.isReplacedAtEnd ? $0.path : nil }
    }

    /// Adds a text.
    package func write(_ text: String) {
        buffer.append(contentsOf: text.utf8)
    }

    /// Adds bytes.
    package func write(_ bytes: some Sequence<UInt8>) {
        buffer.append(contentsOf: bytes)
    }

    /// Adds one byte.
    package func write(byte: UInt8) {
        buffer.append(byte)
    }

    /// Writes out what is there once it is worth a system call.
    package func flushIfFull() throws(CommandFailure) {
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    /// Writes out what is there.
    package func flush() throws(CommandFailure) {
        guard let descriptor else { return }
        guard writeAll(buffer, to: descriptor) else {
            if errno == EPIPE { endByBrokenPipe() }
            buffer.removeAll()
            throw CommandFailure(.inputOutputError, "cannot write \(name): \(errorText(errno))")
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes out what is there and, for a file, puts it in its place.
    package func finish() throws(CommandFailure) {
        try flush()
        try file?.commit()
    }

    /// Whoever reads the output has seen enough, as `head` does: the process ends as any tool then
    /// ends, without a word.
    private func endByBrokenPipe() {
        Leftovers.removeAll()
        signal(SIGPIPE, SIG_DFL)
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(SIGPIPE)
    }
}

/// Writes all bytes; false when that stops on the way, for the reason in `errno`.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
        let count = bytes.withUnsafeBytes { bytes in
            bytes.baseAddress.map {
                Glibc.write(descriptor, $0 + written, bytes.count - written)
            }
                ?? 0
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
    }
    return true
}

/// Prints a line on standard output.
///
/// - Throws: When it cannot be written: whoever waits for it must not take silence for an answer.
package func printOutput(_ text: String) throws(CommandFailure) {
    let output = try ByteSink.standardOutput()
    output.write(text + "\n")
    try output.finish()
}

/// Prints a line on standard error. Nothing in it can command a terminal.
package func printError(_ line: String) {
    let lines = line.split(separator: "\n", omittingEmptySubsequences: false)
    drawError(lines.map { escaped(String($0)) }.joined(separator: "\n") + "\n")
}

/// Writes to standard error as it is.
package func drawError(_ text: String) {
    let bytes = Array(text.utf8)
    // Nothing can be done when even that fails.
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
