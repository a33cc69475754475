// SPDX-License-Identifier: Apache-2.0

// Writes a bundle to disk.

internal import CommandFiles
internal import Scoring

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Directories of new bundles.
enum BundleDirectory {
    /// The last part of a path.
    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? ""
    }

    /// Checks the files and writes them to a directory that is made for them. Nothing is written
    /// when the bundle could not be served.
    static func write(_ files: [String: [UInt8]], to path: String) throws {
        do throws(BundleError) {
            _ = try ScoringModel(bundle: BundleFiles(files: files))
        } catch {
            let problems = error.problems.prefix(5).map { "\n  \($0)" }.joined()
            throw DaemonFailure(.badModel, "the model cannot be made into a bundle:\(problems)")
        }
        try makeParents(of: path)
        guard mkdir(path, 0o777) == 0 else {
            throw CommandFailure(
                .failure,
                "cannot make the directory \(path): \(errorText(errno))",
                hint: errno == EEXIST ? "give the name of one that is not there yet" : nil
            )
        }
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
            let sink = try ByteSink.file(path + "/" + name)
            sink.write(bytes)
            try sink.flush()
        }
    }

    /// Makes the directories that a new one lies in, unless they are there.
    private static func makeParents(of path: String) throws {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
        var parent = path.hasPrefix("/") ? "/" : ""
        for part in parts {
            parent += part
            guard mkdir(parent, 0o777) == 0 || errno == EEXIST || errno == EISDIR else {
                throw CommandFailure(
                    .failure,
                    "cannot make the directory \(parent): \(errorText(errno))"
                )
            }
            parent += "/"
        }
    }
}
