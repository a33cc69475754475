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
        makeParents(of: path)
        guard mkdir(path, 0o777) == 0 else {
            throw CommandFailure(
                .cannotCreateOutput,
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

    /// Makes the directories above a path that are not there yet. What then keeps the path itself
    /// from being made is told there.
    private static func makeParents(of path: String) {
        for slash in path.indices.dropFirst() where path[slash] == "/" {
            _ = mkdir(String(path[..<slash]), 0o777)
        }
    }

    /// Fails when a directory of bundles cannot be opened.
    static func checkReadable(_ path: String) throws(CommandFailure) {
        guard access(path, R_OK | X_OK) == 0 else {
            throw CommandFailure(
                .cannotOpenInput,
                "cannot open the directory of models \(path): \(errorText(errno))"
            )
        }
    }
}
