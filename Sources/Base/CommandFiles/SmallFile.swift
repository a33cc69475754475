// SPDX-License-Identifier: Apache-2.0

// Files that are read as a whole: settings, tokens, lists of who may what.

internal import Documents

/// A file of a size that is known to be small.
package enum SmallFile {
    /// The bytes of a file, or of standard input for "-".
    ///
    /// - Throws: What is wrong with it; one that is longer than `bytesMax` is not read to its end.
    package static func bytes(path: String, bytesMax: Int) throws(CommandFailure) -> [UInt8] {
        let source = try ByteSource.open(path: path)
        let bytes: [UInt8]
        do throws(InputError) {
            bytes = try source.start(count: bytesMax + 1)
        } catch {
            throw CommandFailure(error)
        }
        guard bytes.count <= bytesMax else {
            throw CommandFailure(.badInput, "\(source.name) has more than \(bytesMax) bytes")
        }
        return bytes
    }
}
