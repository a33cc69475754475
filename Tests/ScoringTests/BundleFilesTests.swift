// SPDX-License-Identifier: Apache-2.0

import Documents
import Scoring
import TestRandomness
import Testing
import VigieLimits

@Suite("Bundle files")
struct BundleFilesTests {
    @Test(
        "only plain names are asked for",
        arguments: [
            "", ".", "..", "../x", "/etc/passwd", "a/b", ".hidden", "-x", "a b", "a\u{0}b", "é",
            String(repeating: "a", count: 129),
        ]
    )
    func names(name: String) throws {
        #expect(!BundleFiles.isPlainName(name))
        #expect(throws: BundleError.self) {
            try BundleFiles { _, _ in [] }.read(name, limitBytes: 100)
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
