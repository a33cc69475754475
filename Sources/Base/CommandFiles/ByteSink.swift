// SPDX-License-Identifier: Apache-2.0

// Buffered output to a file descriptor or to memory.

import Glibc

/// Where output goes.
package final class ByteSink {
    private static let bufferBytes = 1 << 16
    private let descriptor: Int32?
    private let name: String
    private var buffer: [UInt8] = []

    /// Writes to standard output.
    package static func standardOutput() -> ByteSink {
        ByteSink(descriptor: STDOUT_FILENO, name: "standard output")
    }

    /// Keeps all output in memory.
    package static func memory() -> ByteSink {
        ByteSink(descriptor: nil, name: "memory")
    }

    /// Creates or empties a file and writes to it. The file stays open until the process ends.
    package static func file(_ path: String) throws(CommandFailure) -> ByteSink {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw CommandFailure(.cannotCreateOutput, "cannot write \(path): \(errorText(errno))")
        }
        return ByteSink(descriptor: descriptor, name: path)
    }

    private init(descriptor: Int32?, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    /// The output that is not yet written; with `memory`, all of it.
    package var pending: [UInt8] { buffer }

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
        var written = 0
        while written < buffer.count {
            let count = buffer.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                buffer.removeAll()
                throw CommandFailure(.inputOutputError, "cannot write \(name): \(errorText(errno))")
            }
            written += count
        }
        buffer.removeAll(keepingCapacity: true)
    }
}

/// Prints a line on standard error; with `ended` false, without its end.
package func printError(_ line: String, ended: Bool = true) {
    let bytes = Array((ended ? line + "\n" : line).utf8)
    // Nothing can be done when even that fails.
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
