// SPDX-License-Identifier: Apache-2.0

// Files behind the paths that a user gave.

internal import Documents
internal import FoundationEssentials

/// The files behind a path: itself, or all regular files that a folder and the folders in it hold,
/// in the order of their names. What is hidden is left out.
package func inputFiles(_ path: String) throws(CommandFailure) -> [String] {
    var isFolder = false
    guard path != "-", FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        isFolder
    else { return [path] }
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: path) else {
        throw CommandFailure(.cannotOpenInput, "cannot read the folder \(path)")
    }
    var files: [String] = []
    for name in names.sorted() where !name.split(separator: "/").contains(where: isHidden) {
        let file = path + "/" + name
        // A pipe in a folder would be waited for without end.
        if FileIdentity(path: file) != nil { files.append(file) }
    }
    if files.isEmpty { throw CommandFailure(.cannotOpenInput, "the folder \(path) holds no file") }
    return files
}

private func isHidden(_ name: Substring) -> Bool { name.hasPrefix(".") }
