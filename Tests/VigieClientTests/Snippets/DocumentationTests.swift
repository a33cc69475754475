// SPDX-License-Identifier: Apache-2.0

// Holds the documentation to code that compiles.

import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct DocumentationTests {
    /// Every block of Swift in the README, in the articles and in the comments of the public API
    /// stands in Snippets.swift, but for white space.
    @Test func theDocumentationCompiles() throws {
        let snippets = squeezed(try read("Tests/VigieClientTests/Snippets/Snippets.swift"))
        let client = "Clients/Swift/VigieClient"
        var blockCount = 0
        var paths = ["README.md"]
        for directory in ["VigieClient.docc", ".", "Values", "Assessing", "Policies"] {
            paths += try names(in: "\(client)/\(directory)").map { "\(client)/\(directory)/\($0)" }
        }
        for path in paths {
            for block in swiftBlocks(try read(path)) {
                blockCount += 1
                #expect(snippets.contains(squeezed(block)), "\(path):\n\(block)")
            }
        }
        #expect(blockCount >= 20)
    }

    private var root: String {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(4).joined(separator: "/")
    }

    private func names(in directory: String) throws -> [String] {
        let handle = try #require(opendir("\(root)/\(directory)"))
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".md") || name.hasSuffix(".swift") { names.append(name) }
        }
        return names
    }

    private func read(_ path: String) throws -> String {
        let file = try #require(fopen("\(root)/\(path)", "r"))
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }

    private func swiftBlocks(_ text: String) -> [String] {
        var blocks: [String] = []
        var current: [Substring]?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = line.drop { $0 == " " }
            if line.hasPrefix("///") { line = line.dropFirst(3).drop { $0 == " " } }
            if line == "```swift" {
                current = []
            } else if line == "```", let lines = current {
                blocks.append(lines.joined(separator: "\n"))
                current = nil
            } else {
                current?.append(line)
            }
        }
        return blocks
    }

    private func squeezed(_ text: String) -> String {
        String(text.filter { !$0.isWhitespace })
    }
}
