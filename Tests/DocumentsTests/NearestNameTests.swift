// SPDX-License-Identifier: Apache-2.0

// The guess at what somebody meant: the naive search's, and soon given up.

import Documents
import Foundation
import Testing

@Suite("Nearest names") struct NearestNameTests {
    /// The whole table of edit distances.
    private func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var table = [Array(0...right.count)]
        for (index, byte) in left.enumerated() {
            var row = [index + 1]
            for (column, other) in right.enumerated() {
                let substituted = table[index][column] + (byte == other ? 0 : 1)
                row.append(min(substituted, table[index][column + 1] + 1, row[column] + 1))
            }
            table.append(row)
        }
        return table[left.count][right.count]
    }

    private func naive(_ names: [String], _ wanted: String) -> String? {
        let wanted = Array(wanted.lowercased().utf8)
        let near = names.map { ($0, distance(wanted, Array($0.lowercased().utf8))) }
            .filter { $0.1 <= max(wanted.count, 6) / 3 }
            .filter { $0.1 < max(wanted.count, $0.0.utf8.count) }
        let least = near.map(\.1).min()
        return near.first { $0.1 == least }?.0
    }

    @Test("The same as of the whole table, on random names")
    func asNaive() {
        var random = SystemRandomNumberGenerator()
        func name() -> String {
            String(
                (0..<Int.random(in: 1...14, using: &random)).map { _ in
                    "abAB_"
                        .randomElement(using: &random) ?? "a"
                }
            )
        }
        for _ in 0..<1_000 {
            let names = (0..<20).map { _ in name() }
            let wanted = name()
            let found = NearestName.among(names, to: wanted)
            #expect(found == naive(names, wanted), "\(wanted) among \(names)")
        }
    }

    @Test("A name of which nothing stays is no guess", arguments: ["zz", "a", "ab"])
    func nothingInCommon(wanted: String) {
        #expect(NearestName.among(["*", "xy"], to: wanted) == nil)
    }

    /// What this thread has taken of a processor; other tests do not count.
    private func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    @Test("Very many long names take no long search", arguments: ["a", "ab"])
    func boundedWork(pattern: String) {
        let names = (0..<12_288).map { index in
            String(repeating: pattern, count: 110 / pattern.count) + "\(index)"
        }
        let wanted = String(repeating: "ba", count: 56)
        let begun = processorSeconds()
        _ = NearestName.among(names, to: wanted)
        // The whole tables took a second and more, in a release build.
        #expect(processorSeconds() - begun < 0.2)
    }
}
