// SPDX-License-Identifier: Apache-2.0

// A directory of policies: a subdirectory for each version of each, whatever it is called, and one
// for the records of what was done with them. Hidden names are passed over: a policy that is being
// written has such a one.

internal import Policies
package import ServiceErrors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A directory of policies.
package enum PolicyShelfDirectory {
    /// The name of the subdirectory of records.
    package static let recordsName = "activations"

    /// Directories of the policies under a path, in the order of their names.
    ///
    /// - Throws: NOT_FOUND or PERMISSION_DENIED when it cannot be read; INVALID_ARGUMENT when it is
    ///   itself a policy.
    package static func policies(at path: String) throws(ServiceError) -> [String] {
        let names = try BundleDirectory.visibleNames(in: path)
        guard !isPolicy(path) else {
            throw ServiceError(
                .invalidArgument,
                "POLICY_ITSELF",
                "\(path) is a policy itself; name the directory that it is in, where what is done "
                    + "with it is kept beside it."
            )
        }
        return names.sorted().map { "\(path)/\($0)" }.filter(isPolicy)
    }

    /// Where the records of a policy are.
    package static func records(of name: String, at path: String) -> String {
        "\(path)/\(recordsName)/\(name)"
    }

    /// Where a version is put.
    package static func place(of reference: String, at path: String) -> String {
        "\(path)/\(reference)"
    }

    /// Whether a name of a policy can be that of a directory which is found again.
    package static func isName(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".") && !name.utf8.contains(0x2F)
    }

    /// All files and directories that what is on the shelf depends on, to see whether one changed.
    package static func watched(at path: String) -> [String] {
        let bundles = (try? policies(at: path)) ?? []
        let records = "\(path)/\(recordsName)"
        let logs = ((try? BundleDirectory.visibleNames(in: records)) ?? []).sorted()
            .map { "\(records)/\($0)" }
        // Each of them: one that is edited in place changes no directory.
        let files = logs.flatMap { log in
            (((try? BundleDirectory.visibleNames(in: log)) ?? []).sorted() + [RecordHead.fileName])
                .map { "\(log)/\($0)" }
        }
        let places = bundles + bundles.flatMap { ["\($0)/tables", "\($0)/tests"] }
        return [path, records] + logs + files + places
            + places.flatMap { place in
                ((try? BundleDirectory.visibleNames(in: place)) ?? []).sorted()
                    .map { "\(place)/\($0)" }
            }
    }

    private static func isPolicy(_ directory: String) -> Bool {
        access("\(directory)/\(PolicyManifest.fileName)", F_OK) == 0
    }
}
