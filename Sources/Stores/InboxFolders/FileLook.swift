// SPDX-License-Identifier: Apache-2.0

// What the file system tells of a file without opening it.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A file as the file system tells of it.
package struct FileLook: Sendable, Equatable {
    /// Which file it is.
    package var inode: UInt64
    /// How long it is, in bytes.
    package var byteCount: Int
    /// When it was written last, in nanoseconds since 1970 in UTC.
    package var writtenNanoseconds: Int
    /// Whether it is a file at all, not a link, a pipe or a directory.
    package var isRegular: Bool

    /// Tells of a file.
    package init(inode: UInt64, byteCount: Int, writtenNanoseconds: Int, isRegular: Bool = true) {
        (self.inode, self.byteCount) = (inode, byteCount)
        (self.writtenNanoseconds, self.isRegular) = (writtenNanoseconds, isRegular)
    }
}

extension FileLook {
    /// A file as the system tells of it.
    init(_ status: stat) {
        self.init(
            inode: UInt64(status.st_ino),
            byteCount: Int(status.st_size),
            writtenNanoseconds: status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec,
            isRegular: status.st_mode & S_IFMT == S_IFREG
        )
    }
}
