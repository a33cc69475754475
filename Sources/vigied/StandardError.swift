// SPDX-License-Identifier: Apache-2.0

// Lines on stderr: one write for each, so that lines of several threads do not mix.

internal import Documents

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The standard error stream.
enum StandardError {
    /// Writes a line.
    static func print(_ line: String) {
        let lines = line.split(separator: "\n", omittingEmptySubsequences: false)
        // Names and values of files stand in messages: none of them commands a terminal.
        var text = lines.map { escaped(String($0)) }.joined(separator: "\n") + "\n"
        text.withUTF8 { bytes in
            // What cannot be written cannot be reported either.
            _ = write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
