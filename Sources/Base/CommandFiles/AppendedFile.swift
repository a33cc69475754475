// SPDX-License-Identifier: Apache-2.0

// Files that others move away while lines are added to them.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A file to whose end lines are added.
package enum AppendedFile {
    /// Opens one. Whoever opens a pipe does not wait for a reader.
    ///
    /// - Parameter makesFile: Whether one that is not there is made, for its owner and group.
    /// - Returns: Its descriptor; negative when it cannot be opened, for the reason in `errno`.
    package static func open(_ path: String, makesFile: Bool) -> Int32 {
        let flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | (makesFile ? O_CREAT : 0)
        #if canImport(Glibc)
            return Glibc.open(path, flags, 0o640)
        #elseif canImport(Musl)
            return Musl.open(path, flags, 0o640)
        #endif
    }
}
