// SPDX-License-Identifier: Apache-2.0

// A file is there as a whole or not at all.

import CommandFiles
import Documents
import FoundationEssentials
import Glibc
import Testing

@Suite struct OutputFileTests {
    private let directory: String

    init() throws {
        var template = Array("/tmp/vigie-output-XXXXXX".utf8CString)
        _ = try #require(mkdtemp(&template))
        directory = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(directory)/\(name)")), as: UTF8.self)
    }

    private func make(_ name: String, _ text: String) throws -> String {
        let path = "\(directory)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    }

    @Test func theOldFileStandsUntilTheEnd() throws {
        let path = try make("scores.csv", "old")
        chmod(path, 0o640)
        let sink = try ByteSink.file(path)
        sink.write("new")
        try sink.flush()
        #expect(try text("scores.csv") == "old" && sink.replacedPath == path)
        try sink.finish()
        #expect(try text("scores.csv") == "new")
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o7777 == 0o640)
        #expect(try names() == ["scores.csv"])
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test func whatFailsLeavesNothing() throws {
        let path = try make("scores.csv", "old")
        do {
            let sink = try ByteSink.file(path)
            sink.write("new")
            try sink.flush()
            #expect(try names().count == 2)
        }
        #expect(try text("scores.csv") == "old")
        #expect(try names() == ["scores.csv"])
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test func theTargetOfALinkIsReplaced() throws {
        let path = try make("real.csv", "old")
        let link = "\(directory)/link.csv"
        #expect(symlink("real.csv", link) == 0)
        let dangling = "\(directory)/dangling.csv"
        #expect(symlink("\(directory)/later.csv", dangling) == 0)
        for path in [link, dangling] {
            let sink = try ByteSink.file(path)
            sink.write("new")
            try sink.finish()
        }
        #expect(try text("real.csv") == "new" && text("later.csv") == "new")
        var status = stat()
        #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        _ = path
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test func theInputIsNeverTheOutput() throws {
        let path = try make("in.csv", "rows")
        let link = "\(directory)/link.csv"
        #expect(symlink(path, link) == 0)
        let hard = "\(directory)/hard.csv"
        #expect(Glibc.link(path, hard) == 0)
        let input = try #require(try ByteSource.open(path: path).identity)
        for output in [path, link, hard, "\(directory)/./in.csv"] {
            let failure = #expect(throws: CommandFailure.self) {
                try ByteSink.file(output, inputs: [input])
            }
            #expect(failure?.status == .usage)
        }
        #expect(try text("in.csv") == "rows")
        #expect(try names() == ["hard.csv", "in.csv", "link.csv"])
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test func devicesAndPipesAreWrittenStraight() throws {
        let sink = try ByteSink.file("/dev/null")
        sink.write("x")
        try sink.finish()
        #expect(sink.replacedPath == nil)
        #expect(throws: CommandFailure.self) { try ByteSink.file(directory) }
        #expect(throws: CommandFailure.self) { try ByteSink.file("\(directory)/none/x.csv") }
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test func commandLinesAreQuotedForTheShell() {
        let text = CommandLineText.text(
            ["/usr/bin/vigie", "score", "my file.csv"],
            adding: ["--map", "chiffre d'affaires=net_sales"]
        )
        #expect(
            text == "vigie score 'my file.csv' --map 'chiffre d'\\''affaires=net_sales'"
        )
        // To Swift a mark and an accent behind it are one character; to the shell they are not.
        #expect(
            CommandLineText.text(["vigie"], adding: ["a'\u{301};ls"]) == "vigie 'a'\\''\u{301};ls'"
        )
    }
}
