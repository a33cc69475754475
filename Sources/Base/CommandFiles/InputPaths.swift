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

/// The files in the folder of a file, in the order of their names; none if it cannot be read.
package func filesBeside(_ path: String) -> [String] {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        .joined(separator: "/")
    let isRoot = folder.isEmpty && path.hasPrefix("/")
    let place = folder.isEmpty ? (isRoot ? "/" : ".") : folder
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    let prefix = folder.isEmpty ? (isRoot ? "/" : "") : folder + "/"
    return names.sorted().map { prefix + $0 }.filter { FileIdentity(path: $0) != nil }
}

private func isHidden(_ name: Substring) -> Bool { name.hasPrefix(".") }
