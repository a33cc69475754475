// SPDX-License-Identifier: Apache-2.0

// Which file stands under a name: SQLite goes on with one that was taken away, and what it writes
// there is gone when it is closed.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Where a file is on disk.
struct FilePlace: Equatable {
    private let device: UInt64
    private let inode: UInt64
    /// How many names it has.
    let nameCount: Int

    /// Looks at a path; nil when there is nothing.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        nameCount = Int(status.st_nlink)
    }

    /// Whether both are one file, however many names it has.
    static func == (one: FilePlace, other: FilePlace) -> Bool {
        one.device == other.device && one.inode == other.inode
    }
}
