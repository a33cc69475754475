// SPDX-License-Identifier: Apache-2.0

// Whether files have changed, by what the file system says of them: replaced, rewritten, put
// elsewhere by a link, as Kubernetes does with secrets, or given to others to read.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Files as they were when somebody looked.
struct FileWatch: Equatable {
    private struct Look: Equatable {
        var device: UInt64 = 0
        var inode: UInt64 = 0
        var size: Int64 = 0
        var seconds: Int = 0
        var nanoseconds: Int = 0
        var statusSeconds: Int = 0
        var statusNanoseconds: Int = 0
    }

    private let looks: [Look]

    /// Looks at files; one that is not there is seen as such.
    init(_ paths: [String]) {
        looks = paths.map { path in
            var status = stat()
            guard stat(path, &status) == 0 else { return Look() }
            return Look(
                device: UInt64(status.st_dev),
                inode: UInt64(status.st_ino),
                size: Int64(status.st_size),
                seconds: status.st_mtim.tv_sec,
                nanoseconds: status.st_mtim.tv_nsec,
                statusSeconds: status.st_ctim.tv_sec,
                statusNanoseconds: status.st_ctim.tv_nsec
            )
        }
    }
}
