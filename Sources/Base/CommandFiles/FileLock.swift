// SPDX-License-Identifier: Apache-2.0

// One command at a time: who changes a file holds a lock beside it until it is written.

internal import Glibc

/// A lock that is held until this is let go, or the process is gone.
package final class FileLock {
    private let descriptor: Int32

    /// Waits until nobody else has the lock of a file.
    package init(of path: String) throws(CommandFailure) {
        let lockPath = path + ".lock"
        descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .cannotCreateOutput,
                "cannot lock \(lockPath): \(errorText(errno))"
            )
        }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                throw CommandFailure(
                    .cannotCreateOutput,
                    "cannot lock \(lockPath): \(errorText(errno))"
                )
            }
        }
    }

    deinit { close(descriptor) }
}
