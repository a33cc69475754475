// SPDX-License-Identifier: Apache-2.0

// The models that are embedded in the program.

internal import CDefaultModels
internal import Documents

extension ScoringModel {
    /// The models that are part of the product; the first is the default.
    ///
    /// - Throws: Never in a product whose tests pass.
    package static func bundledModels() throws(BundleError) -> [ScoringModel] {
        var models: [ScoringModel] = []
        for bundle in embeddedBundles() { models.append(try ScoringModel(bundle: bundle)) }
        return models
    }

    private static func embeddedBundles() -> [BundleFiles] {
        var names: [String] = []
        var files: [String: [String: [UInt8]]] = [:]
        var index = 0
        while let entry = vigie_embedded_file_at(index)?.pointee {
            let bundle = String(cString: entry.bundle)
            let bytes = UnsafeBufferPointer(start: entry.bytes, count: entry.length)
            if names.last != bundle { names.append(bundle) }
            files[bundle, default: [:]][String(cString: entry.file)] = Array(bytes)
            index += 1
        }
        return names.map { BundleFiles(files: files[$0, default: [:]]) }
    }
}
