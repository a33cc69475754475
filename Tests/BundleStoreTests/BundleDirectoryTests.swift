// SPDX-License-Identifier: Apache-2.0

import BundleStore
import Documents
import Foundation
import Scoring
import ServiceErrors
import TestModels
import Testing

@Suite("Bundles on disk")
struct BundleDirectoryTests {
    private let bundle: TreeBundle = {
        var bundle = TreeBundle()
        bundle.treeCount = 3
        return bundle
    }()

    private func write(_ files: [String: [UInt8]], to directory: URL) throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        for (name, bytes) in files {
            try Data(bytes).write(to: directory.appending(path: name))
        }
    }

    @Test("a directory is the same bundle as its files")
    func directory() throws {
        try withDirectory { directory in
            try write(bundle.files, to: directory)
            let model = try ScoringModel(bundle: BundleFiles(directory: directory.path))
            #expect(try model.contentHash == bundle.load().contentHash)
            #expect(try BundleDirectory.bundles(at: directory.path) == [directory.path])
        }
    }

    @Test("links, directories and missing files are refused")
    func notFiles() throws {
        try withDirectory { directory in
            try write(bundle.files, to: directory)
            let files = BundleFiles(directory: directory.path)
            let model = directory.appending(path: "model.txt")
            let moved = directory.appending(path: "moved")
            try FileManager.default.moveItem(at: model, to: moved)
            let missing = ModelCheck.problems(in: files)
            #expect(missing.first?.file == "model.txt")
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

    @Test("no more than the limit is read, and a pipe holds nobody up")
    func limits() throws {
        try withDirectory { directory in
            try Data([1, 2, 3]).write(to: directory.appending(path: "f"))
            let files = BundleFiles(directory: directory.path)
            #expect(try files.read("f", limitBytes: 3) == [1, 2, 3])
            let error = #expect(throws: BundleError.self) { try files.read("f", limitBytes: 2) }
            #expect(error?.code == .tooLarge)
            #expect(mkfifo(directory.appending(path: "pipe").path, 0o600) == 0)
            #expect(throws: BundleError.self) { try files.read("pipe", limitBytes: 2) }
        }
    }

    @Test("the bundles of a directory come in order, without hidden ones")
    func several() throws {
        try withDirectory { directory in
            for name in ["b", "a", ".vigie.x7Qw3A", "none"] {
                let files = name == "none" ? [:] : bundle.files
                try write(files, to: directory.appending(path: name))
            }
            let found = try BundleDirectory.bundles(at: directory.path)
            #expect(found == ["a", "b"].map { "\(directory.path)/\($0)" })
            #expect(try BundleDirectory.models(at: directory.path).count == 2)
        }
    }

    @Test("what is no directory of bundles is told apart")
    func faults() throws {
        try withDirectory { directory in
            let nowhere = directory.appending(path: "nowhere").path
            var error = #expect(throws: ServiceError.self) {
                try BundleDirectory.bundles(at: nowhere)
            }
            #expect(error?.code == .notFound)
            #expect(error?.message.contains(nowhere) == true)
            error = #expect(throws: ServiceError.self) {
                try BundleDirectory.bundles(at: directory.path)
            }
            #expect(error?.code == .dataLoss)
            #expect(error?.reason == "NO_BUNDLE")
            let bad = directory.appending(path: "bad")
            try write(["manifest.json": Array("{}".utf8)], to: bad)
            error = #expect(throws: ServiceError.self) {
                try BundleDirectory.models(at: directory.path)
            }
            #expect(error?.reason == "BAD_BUNDLE")
            #expect(error?.message.contains(bad.path) == true)
        }
    }
}

/// Runs a test in a directory of its own.
func withDirectory(_ body: (URL) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory
        .appending(path: "vigie-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try body(directory)
}
