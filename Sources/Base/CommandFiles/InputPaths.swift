// SPDX-License-Identifier: Apache-2.0

// Files behind the paths that a user gave.

internal import FoundationEssentials

/// The files behind a path: itself, or all that a folder and the folders in it hold, in the order
/// of their names. What is hidden is left out.
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
        if FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder {
            files.append(file)
        }
    }
    if files.isEmpty { throw CommandFailure(.cannotOpenInput, "the folder \(path) holds no file") }
    return files
}

private func isHidden(_ name: Substring) -> Bool { name.hasPrefix(".") }
