// SPDX-License-Identifier: Apache-2.0

// Finds the bundles of a directory: the directory itself when it is one, otherwise
// each of its subdirectories that has a manifest.

internal import FoundationEssentials
package import Scoring

/// Loads models from a directory.
package enum ModelDirectory {
    /// Directories of the bundles under `path`, in the order of their names.
    ///
    /// - Throws: When the directory cannot be read or has no bundle.
    package static func bundles(at path: String) throws(ModelDirectoryError) -> [String] {
        let files = FileManager.default
        if files.fileExists(atPath: manifest(in: path)) { return [path] }
        guard let names = try? files.contentsOfDirectory(atPath: path) else {
            throw ModelDirectoryError(path: path, message: "The directory cannot be read.")
        }
        let bundles = names.sorted().map { "\(path)/\($0)" }.filter {
            files.fileExists(atPath: manifest(in: $0))
        }
        guard !bundles.isEmpty else {
            throw ModelDirectoryError(
                path: path,
                message: "Neither the directory nor a subdirectory has a "
                    + "\(BundleFiles.manifestName), so there is no model bundle."
            )
        }
        return bundles
    }

    /// The models of all bundles under `path`.
    ///
    /// - Throws: What is wrong with the first bundle that cannot be loaded.
    package static func models(at path: String) throws(ModelDirectoryError) -> [ScoringModel] {
        var models: [ScoringModel] = []
        for bundle in try bundles(at: path) {
            do throws(BundleError) {
                models.append(try ScoringModel(bundle: BundleFiles(directory: bundle)))
            } catch {
                throw ModelDirectoryError(path: bundle, message: error.description)
            }
        }
        return models
    }

    private static func manifest(in directory: String) -> String {
        "\(directory)/\(BundleFiles.manifestName)"
    }
}

/// A directory from which no models can be loaded.
package struct ModelDirectoryError: Error, Sendable, CustomStringConvertible {
    /// The directory at fault.
    package let path: String
    /// What is wrong with it.
    package let message: String

    /// Directory and fault.
    package var description: String { "\(path): \(message)" }
}
