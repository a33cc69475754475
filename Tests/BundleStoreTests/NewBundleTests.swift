// SPDX-License-Identifier: Apache-2.0

import BundleStore
import Foundation
import Scoring
import ServiceErrors
import TestModels
import Testing

@Suite("Bundles that are written")
struct NewBundleTests {
    private let files: [String: [UInt8]] = ["a.txt": [1, 2, 3], "b.txt": [], "manifest.json": [4]]

    private func names(in directory: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    }

    private func mode(of path: URL) throws -> UInt32 {
        let found = try FileManager.default.attributesOfItem(atPath: path.path)
        return try #require(found[.posixPermissions] as? NSNumber).uint32Value
    }

    @Test("files, directories above and modes are as one would make them")
    func whole() throws {
        try withDirectory { directory in
            let target = directory.appending(path: "above/higher/new")
            try NewBundle.write(files, to: target.path + "/")
            #expect(try names(in: target) == files.keys.sorted())
            for (name, bytes) in files {
                #expect(try [UInt8](Data(contentsOf: target.appending(path: name))) == bytes)
            }
            #expect(try names(in: target.deletingLastPathComponent()) == ["new"])
            // As others make them: asking for the mask would change it for other tests.
            let plain = directory.appending(path: "plain")
            try FileManager.default.createDirectory(at: plain, withIntermediateDirectories: false)
            try Data().write(to: plain.appending(path: "a.txt"))
            #expect(try mode(of: target) == mode(of: plain))
            #expect(
                try mode(of: target.appending(path: "a.txt"))
                    == mode(of: plain.appending(path: "a.txt"))
            )
        }
    }

    @Test("files may be in folders, and nothing of them is left behind either")
    func folders() throws {
        try withDirectory { directory in
            let target = directory.appending(path: "new")
            let files: [String: [UInt8]] = ["a": [1], "tables/b": [2], "tests/c": [3]]
            try NewBundle.write(files, to: target.path)
            #expect(try names(in: target) == ["a", "tables", "tests"])
            let bytes = try Data(contentsOf: target.appending(path: "tables/b"))
            #expect([UInt8](bytes) == [2])
            #expect(throws: ServiceError.self) {
                try NewBundle.write(
                    ["a": [1], "tests/b": [2], "tests/c/d": [3]],
                    to: directory.appending(path: "other").path
                )
            }
            #expect(try names(in: directory) == ["new"])
        }
    }

    @Test("what is there stays as it is")
    func existing() throws {
        try withDirectory { directory in
            let target = directory.appending(path: "here")
            for isFile in [true, false] {
                if isFile {
                    try Data([9]).write(to: target)
                } else {
                    try FileManager.default.removeItem(at: target)
                    try FileManager.default.createDirectory(
                        at: target,
                        withIntermediateDirectories: true
                    )
                }
                let error = #expect(throws: ServiceError.self) {
                    try NewBundle.write(files, to: target.path)
                }
                #expect(error?.code == .alreadyExists)
                #expect(error?.message.contains("File exists") == true)
                #expect(try names(in: directory) == ["here"])
            }
            #expect(try names(in: target) == [])
        }
    }

    @Test("a failure in the middle leaves nothing behind")
    func failure() throws {
        try withDirectory { directory in
            // Deep enough that short names of files fit into a path, and a long one does not.
            var place = directory
            while place.path.utf8.count < 3_700 {
                place = place.appending(path: String(repeating: "d", count: 200))
            }
            let rest = 3_950 - place.path.utf8.count
            place = place.appending(path: String(repeating: "e", count: max(1, min(rest, 200))))
            let target = place.appending(path: "new")
            let long = String(repeating: "m", count: 160)
            let error = #expect(throws: ServiceError.self) {
                try NewBundle.write(["a.txt": [1], long: [2], "z.txt": [3]], to: target.path)
            }
            #expect(error?.code == .internalError)
            #expect(error?.message.contains("File name too long") == true)
            #expect(try names(in: place) == [])
            // The same place takes a bundle whose names fit.
            try NewBundle.write(["a.txt": [1]], to: target.path)
            #expect(try names(in: place) == ["new"])
        }
    }

    @Test("a directory that cannot be made is told")
    func nowhere() throws {
        let error = #expect(throws: ServiceError.self) {
            try NewBundle.write(files, to: "/proc/none/bundle")
        }
        #expect(error?.code == .failedPrecondition)
        #expect(error?.message.contains("/proc/none/bundle") == true)
    }

    @Test("what is written is a bundle")
    func served() throws {
        try withDirectory { directory in
            let bundle = TreeBundle()
            let target = directory.appending(path: "trees")
            try NewBundle.write(bundle.files, to: target.path)
            let models = try BundleDirectory.models(at: directory.path)
            #expect(try models.map(\.contentHash) == [bundle.load().contentHash])
        }
    }
}
