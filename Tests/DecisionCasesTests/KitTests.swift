// SPDX-License-Identifier: Apache-2.0

// The cases of the technology compatibility kit of DMN, and those of policies, where they are: in
// the directory that VIGIE_DATA names, or beside this one.

import DecisionCases
import Decisions
import FEEL
import Glibc
import Testing

@Suite(.enabled("the kit is not here (VIGIE_DATA)") { !Kit.folders.isEmpty })
struct KitTests {
    @Test func holds() throws {
        var tallies: [String: Tally] = [:]
        for folder in Kit.folders {
            let level = String(folder.split(separator: "/").dropLast().last ?? "")
            let tally = try Kit.tally(folder)
            tallies[level, default: Tally()].add(tally)
            #expect(tally.failures.isEmpty, "\(tally.failures.joined(separator: "\n"))")
        }
        for (level, tally) in tallies.sorted(by: { $0.key < $1.key }) {
            print("\(level): \(tally.total - tally.failures.count) of \(tally.total)")
        }
        let level2 = try #require(tallies["compliance-level-2"])
        let level3 = try #require(tallies["compliance-level-3"])
        #expect(level2.total >= 92 && level3.total >= 2_553)
    }
}

/// How many cases there are, and which do not hold.
struct Tally {
    var total = 0
    var failures: [String] = []

    mutating func add(_ other: Tally) {
        total += other.total
        failures += other.failures
    }
}

enum Kit {
    static let data: String = {
        let beside = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return getenv("VIGIE_DATA").map { String(cString: $0) } ?? "/\(beside)/shared/data"
    }()

    /// The directories of cases; with VIGIE_KIT only those whose path holds it.
    static let folders: [String] = {
        let root = "\(data)/dmn-tck/TestCases"
        let chosen = getenv("VIGIE_KIT").map { String(cString: $0) }
        return names(in: root).flatMap { level in
            names(in: "\(root)/\(level)").map { "\(root)/\(level)/\($0)" }
        }.filter { folder in chosen.map { folder.contains($0) } ?? true }
    }()

    /// Runs the cases of a directory.
    static func tally(_ folder: String) throws -> Tally {
        var tally = Tally()
        for name in names(in: folder) where name.hasSuffix(".xml") {
            let tests = try DecisionTestFile(
                name: name,
                bytes: bytes("\(folder)/\(name)"),
                zones: systemZones
            )
            let others = names(in: folder).filter { $0.hasSuffix(".dmn") && $0 != tests.modelName }
            let files = ([tests.modelName] + others).map {
                DecisionFile(name: $0, bytes: bytes("\(folder)/\($0)"))
            }
            let model = try DecisionModel.read(files, .standard, zones: systemZones)
            let run = DecisionTestRun(model, .kit, now: noon, zones: systemZones)
            for test in tests.cases {
                tally.total += 1
                let failures = run.failures(of: test)
                guard !failures.isEmpty else { continue }
                tally.failures.append("\(name) \(test.id): \(failures.joined(separator: "\n"))")
            }
        }
        return tally
    }

    /// Noon of a day.
    static let noon = FEELDate(year: 2026, month: 11, day: 29).map {
        FEELDateTime(date: $0, nanoseconds: 43_200_000_000_000, zone: .utc)
    }
}

/// The zones of the system that the tests run on.
let systemZones = FEELZones { name in
    let file = bytes("/usr/share/zoneinfo/\(name)")
    return file.isEmpty ? nil : file
}

/// What is in a file; nothing if there is none.
func bytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, file), count > 0 {
        bytes += part[..<count]
    }
    return bytes
}

/// The names in a folder, sorted.
func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
}
