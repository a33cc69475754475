// SPDX-License-Identifier: Apache-2.0

import Documents
import Foundation
import Scoring
import Testing
import VigieLimits

@Suite("Bundle files")
struct BundleFilesTests {
    /// Runs a test in a directory of its own.
    private func withDirectory(_ body: (URL) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("vigie-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try body(directory)
    }

    private func write(_ bundle: TestBundle, to directory: URL) throws {
        for (name, bytes) in bundle.files {
            try Data(bytes).write(to: directory.appendingPathComponent(name))
        }
    }

    @Test("a directory is the same bundle as its files")
    func directory() throws {
        try withDirectory { directory in
            try write(.derived, to: directory)
            let model = try ScoringModel(bundle: BundleFiles(directory: directory.path))
            #expect(try model.contentHash == TestBundle.derived.load().contentHash)
        }
    }

    @Test("links, directories and missing files are refused")
    func notFiles() throws {
        try withDirectory { directory in
            try write(.derived, to: directory)
            let files = BundleFiles(directory: directory.path)
            let model = directory.appendingPathComponent("scorecard.json")
            let moved = directory.appendingPathComponent("moved")
            try FileManager.default.moveItem(at: model, to: moved)
            let missing = ModelCheck.problems(in: files)
            #expect(missing.first?.file == "scorecard.json")
            #expect(missing.first?.message.contains("No such file") == true)
            try FileManager.default.createSymbolicLink(at: model, withDestinationURL: moved)
            #expect(
                ModelCheck.problems(in: files).first?.message.contains("symbolic link") == true
            )
            try FileManager.default.removeItem(at: model)
            try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
            #expect(ModelCheck.problems(in: files).first?.message == "is no regular file.")
        }
        let nowhere = ModelCheck.problems(in: BundleFiles(directory: "/nonexistent/bundle"))
        #expect(nowhere.first?.file == "manifest.json")
    }

    @Test(
        "only plain names are opened",
        arguments: [
            "", ".", "..", "../x", "/etc/passwd", "a/b", ".hidden", "-x", "a b", "a\u{0}b", "é",
            String(repeating: "a", count: 129),
        ]
    )
    func names(name: String) throws {
        #expect(!BundleFiles.isPlainName(name))
        #expect(throws: BundleError.self) {
            try BundleFiles(directory: "/").read(name, limitBytes: 100)
        }
    }

    @Test("no more than the limit is read")
    func limits() throws {
        let files = BundleFiles(files: ["f": [1, 2, 3]])
        #expect(try files.read("f", limitBytes: 3) == [1, 2, 3])
        #expect(
            try #require(throws: BundleError.self) { try files.read("f", limitBytes: 2) }.code
                == .tooLarge
        )
        try withDirectory { directory in
            try Data([1, 2, 3]).write(to: directory.appendingPathComponent("f"))
            let files = BundleFiles(directory: directory.path)
            #expect(try files.read("f", limitBytes: 3) == [1, 2, 3])
            #expect(throws: BundleError.self) { try files.read("f", limitBytes: 2) }
        }
        let bomb = Array(repeating: UInt8(ascii: "["), count: ScoringLimits.manifestBytes)
        let problems = ModelCheck.problems(in: BundleFiles(files: ["manifest.json": bomb]))
        #expect(problems.first?.message.contains("levels deep") == true)
        let large = ModelCheck.problems(in: BundleFiles(files: ["manifest.json": bomb + [0]]))
        #expect(large.first?.message.contains("the limit is") == true)
    }

    @Test("damaged manifests never trap")
    func noise() throws {
        var generator = SeededGenerator(seed: 3)
        let sound = TestBundle.derived.files
        let manifest = try #require(sound["manifest.json"])
        for _ in 0..<300 {
            var files = sound
            var bytes = manifest
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.removeLast(bytes.count - max(place, 1))
                }
            }
            files["manifest.json"] = bytes
            _ = ModelCheck.problems(in: BundleFiles(files: files))
        }
    }
}
