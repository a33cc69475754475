// SPDX-License-Identifier: Apache-2.0

// Finds the bundles of a directory: the directory itself when it is one, otherwise each of its
// subdirectories that has a manifest. Hidden ones are passed over: a bundle that is being written
// has such a name.

internal import Documents
package import Scoring
package import ServiceErrors
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A directory of one bundle, or of several.
package enum BundleDirectory {
    /// Directories of the bundles under `path`, in the order of their names.
    ///
    /// - Throws: NOT_FOUND or PERMISSION_DENIED when the directory cannot be read, DATA_LOSS when
    ///   it has no bundle.
    package static func bundles(at path: String) throws(ServiceError) -> [String] {
        let names = try visibleNames(in: path)
        if isBundle(path) { return [path] }
        let bundles = names.sorted().map { "\(path)/\($0)" }.filter(isBundle)
        guard !bundles.isEmpty else {
            throw ServiceError(
                .dataLoss,
                "NO_BUNDLE",
                "\(path): Neither the directory nor a subdirectory has a "
                    + "\(BundleFiles.manifestName), so there is no model bundle."
            )
        }
        return bundles
    }

    /// The models of all bundles under `path`.
    ///
    /// - Throws: What is wrong with the first bundle that cannot be loaded.
    package static func models(at path: String) throws(ServiceError) -> [ScoringModel] {
        try models(of: bundles(at: path))
    }

    /// The models of bundles.
    ///
    /// - Throws: What is wrong with the first bundle that cannot be loaded.
    package static func models(of bundles: [String]) throws(ServiceError) -> [ScoringModel] {
        var models: [ScoringModel] = []
        for bundle in bundles {
            do throws(BundleError) {
                models.append(try ScoringModel(bundle: BundleFiles(directory: bundle)))
            } catch {
                throw ServiceError(.dataLoss, "BAD_BUNDLE", "\(bundle): \(error)")
            }
        }
        return models
    }

    /// What the manifest of a bundle says that it is; nil where it says nothing that can be read,
    /// which whoever loads it tells.
    package static func format(of bundle: String) -> String? {
        let files = BundleFiles(directory: bundle)
        guard
            let bytes = try? files.read(
                BundleFiles.manifestName,
                limitBytes: ScoringLimits.manifestBytes
            ),
            let value = try? DocumentValue(json: bytes, depthLimit: ScoringLimits.jsonDepth)
        else { return nil }
        let object = DocumentReader(value, ProblemList(file: "")).lenientObject()
        return object.optional("format")?.string()
    }

    private static func isBundle(_ directory: String) -> Bool {
        access("\(directory)/\(BundleFiles.manifestName)", F_OK) == 0
    }

    static func visibleNames(in path: String) throws(ServiceError) -> [String] {
        try names(in: path).filter { !$0.hasPrefix(".") }
    }

    /// The names of all that is hidden in a directory.
    static func hiddenNames(in path: String) throws(ServiceError) -> [String] {
        try names(in: path).filter { $0.hasPrefix(".") && $0 != "." && $0 != ".." }
    }

    private static func names(in path: String) throws(ServiceError) -> [String] {
        guard access(path, X_OK) == 0, let directory = opendir(path) else {
            throw ServiceError(
                errno == EACCES ? .permissionDenied : .notFound,
                "UNREADABLE_DIRECTORY",
                "cannot open the directory \(path): \(errorText(errno))"
            )
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
        }
        return names
    }
}
