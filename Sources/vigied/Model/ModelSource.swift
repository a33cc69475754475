// SPDX-License-Identifier: Apache-2.0

// Model files on disk.

internal import ArgumentParser
internal import CommandFiles
internal import Documents
internal import ModelFormats
internal import VigieLimits

/// Reads model files.
enum ModelSource {
    /// The model of a file.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - path: What errors call it.
    ///   - trees: Which trees count where early stopping found an iteration best.
    ///   - categoricalColumns: Names of the columns that had categories, with commas between; nil
    ///     to find out.
    static func read(
        _ bytes: [UInt8],
        path: String,
        trees: ModelTrees?,
        categoricalColumns: String?
    ) throws -> ModelProgram {
        let names = categoricalColumns?.split(separator: ",").map(String.init)
        do {
            return try ModelFile.read(bytes, trees: trees, categoricalColumns: names)
        } catch {
            throw CommandFailure(.badInput, "\(path) cannot be read as a model: \(error)")
        }
    }

    /// All bytes of a file, up to the limit of a bundle.
    static func bytes(_ path: String) throws -> [UInt8] {
        let buffer = InputBuffer(try ByteSource.open(path: path))
        var bytes: [UInt8] = []
        while try buffer.refill(line: 1) {
            bytes.append(contentsOf: buffer.unread)
            buffer.consume(buffer.unread.count)
            guard bytes.count <= ScoringLimits.bundleBytes else {
                throw CommandFailure(
                    .badInput,
                    "\(path) has more than \(ScoringLimits.bundleBytes) bytes, the limit of a model"
                )
            }
        }
        return bytes
    }
}

/// What ``ModelTrees`` is called on a command line.
enum TreesOption: String, CaseIterable, ExpressibleByArgument {
    case best, all

    var trees: ModelTrees { self == .best ? .best : .all }
}
