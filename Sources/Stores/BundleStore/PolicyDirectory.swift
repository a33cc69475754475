// SPDX-License-Identifier: Apache-2.0

// The files of a policy in a directory, and in those of its tables and tests. As with bundles of
// models, links are not followed, and what is no regular file is not opened for long.

package import Policies
internal import Scoring
internal import ServiceErrors
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A directory of a policy.
package enum PolicyDirectory {
    private static let folders = ["tables", "tests"]

    /// Reads all files of a policy.
    ///
    /// - Throws: All that cannot be read.
    package static func files(at path: String) throws(PolicyError) -> [PolicyFile] {
        var files: [PolicyFile] = []
        var problems = PolicyError(problems: [])
        var byteCount = 0
        for name in try names(path) {
            do throws(BundleError) {
                guard files.count < PolicyLimits.files, byteCount <= PolicyLimits.bytes else {
                    throw BundleError(
                        code: .tooLarge,
                        file: name,
                        message: "is beyond the \(PolicyLimits.files) files or "
                            + "\(PolicyLimits.bytes) bytes of a policy."
                    )
                }
                let bytes = try BundleFiles.read(
                    "\(path)/\(name)",
                    name: name,
                    limitBytes: DecisionLimits.fileBytes
                )
                byteCount += bytes.count
                files.append(PolicyFile(path: name, bytes: bytes))
            } catch {
                problems = PolicyError(problems: problems.problems + error.problems)
                if error.code == .tooLarge { break }
            }
        }
        guard problems.problems.isEmpty else {
            // Of a directory that is no policy at all, one thing is worth telling.
            guard access("\(path)/\(PolicyManifest.fileName)", F_OK) == 0 else {
                throw PolicyError(
                    file: PolicyManifest.fileName,
                    message: "is missing; every policy has one."
                )
            }
            throw problems
        }
        return files
    }

    /// Hidden names, in order, from the directory on: what editors and file managers leave behind,
    /// which is no part of a policy and changes nothing of it.
    package static func passedOver(at path: String) throws(PolicyError) -> [String] {
        var hidden: [String] = []
        for folder in [""] + folders.map({ "\($0)/" }) {
            guard folder.isEmpty || isDirectory("\(path)/\(folder.dropLast())") else { continue }
            hidden += try names(in: "\(path)/\(folder)", BundleDirectory.hiddenNames)
                .map { folder + $0 }
        }
        return hidden
    }

    /// The names of the files, in order, from the directory on.
    private static func names(_ path: String) throws(PolicyError) -> [String] {
        var names: [String] = []
        for name in try self.names(in: path, BundleDirectory.visibleNames) {
            guard folders.contains(name), isDirectory("\(path)/\(name)") else {
                names.append(name)
                continue
            }
            names += try self.names(in: "\(path)/\(name)", BundleDirectory.visibleNames)
                .map { "\(name)/\($0)" }
        }
        return names
    }

    private static func names(
        in path: String,
        _ read: (String) throws(ServiceError) -> [String]
    ) throws(PolicyError) -> [String] {
        do throws(ServiceError) {
            return try read(path).sorted()
        } catch {
            throw PolicyError(file: path, message: error.message)
        }
    }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
