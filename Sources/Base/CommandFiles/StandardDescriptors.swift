// SPDX-License-Identifier: Apache-2.0

// A process that is started with a standard descriptor closed gives its number to the next file or
// socket it opens: what is then printed goes to a client.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Descriptors 0, 1 and 2.
package enum StandardDescriptors {
    /// Puts something in the place of those that are closed, before anything else is opened. To
    /// read or write there stays an error, as on what is closed.
    package static func fill() {
        for (descriptor, mode) in [
            (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
        ] where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
            // The least number that is free, which is this one.
            let opened = open("/dev/null", mode)
            if opened >= 0, opened != descriptor {
                dup2(opened, descriptor)
                close(opened)
            }
        }
    }
}
