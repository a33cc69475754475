// SPDX-License-Identifier: Apache-2.0

import BundleStore
import Foundation
import ServiceErrors
import Synchronization
import Testing
import VigieLimits

@Suite("Records on disk")
struct RecordDirectoryTests {
    @Test("records come back in order, and nothing else is there")
    func order() throws {
        try withDirectory { directory in
            let place = directory.appending(path: "activations/small").path
            let log = RecordDirectory(place)
            #expect(try log.read().isEmpty)
            for number in 0..<12 { #expect(try log.add([UInt8(number)], behind: number)) }
            #expect(try log.read().map(\.bytes) == (0..<12).map { [UInt8($0)] })
            #expect(try !log.add([99], behind: 5))
            let names = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
            #expect(names.count == 13 && names[..<2] == [".newest", "000001.json"])
        }
    }

    /// A directory of three records, and what it says of which one is the newest.
    private func withThree(
        _ body: (RecordDirectory, URL, _ newest: URL) throws -> Void
    ) throws {
        try withDirectory { directory in
            let place = directory.appending(path: "log")
            let log = RecordDirectory(place.path)
            for number in 0..<3 { _ = try log.add([UInt8(number)], behind: number) }
            try body(log, place, place.appending(path: ".newest"))
        }
    }

    @Test("that the newest record was taken out is noticed")
    func newest() throws {
        try withThree { log, place, newest in
            // As `sha256sum` has it of the byte 2.
            let hash = "dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986"
            let line = try String(contentsOf: newest, encoding: .utf8)
            #expect(line == "\(hash)  000003.json\n")
            for (index, name) in ["000003.json", "000002.json", "000001.json"].enumerated() {
                try FileManager.default.removeItem(at: place.appending(path: name))
                let error = #expect(throws: ServiceError.self) { try log.read() }
                #expect(error?.reason == "BAD_RECORDS")
                let words = "/log has no 000003.json, which was the newest record"
                #expect(error?.message.contains(words) == true, "\(index): \(error as Any)")
            }
        }
        try withThree { log, place, _ in
            try Data([9]).write(to: place.appending(path: "000003.json"))
            let error = #expect(throws: ServiceError.self) { try log.read() }
            #expect(error?.message.contains("000003.json is not what it was") == true)
        }
    }

    @Test("an older record than the newest may be noted, or none, and the next one mends that")
    func olderNewest() throws {
        try withThree { log, place, newest in
            let third = try Data(contentsOf: newest)
            _ = try log.add([3], behind: 3)
            // As if the process had ended before it noted the fourth.
            try third.write(to: newest)
            #expect(try log.read().count == 4)
            _ = try log.add([4], behind: 4)
            #expect(try String(contentsOf: newest, encoding: .utf8).contains("  000005.json"))
            try FileManager.default.removeItem(at: newest)
            #expect(try log.read().count == 5)
            try FileManager.default.removeItem(at: place.appending(path: "000005.json"))
            #expect(try log.read().count == 4)
            _ = try log.add([5], behind: 4)
            try FileManager.default.removeItem(at: place.appending(path: "000005.json"))
            #expect(throws: ServiceError.self) { try log.read() }
        }
    }

    @Test("what does not say which record is the newest is told")
    func badNewest() throws {
        try withThree { log, _, newest in
            for text in ["", "000003.json\n", "ab  000003.json\n", "\u{0}", "\(1 << 20)"] {
                try text.write(to: newest, atomically: false, encoding: .utf8)
                let error = #expect(throws: ServiceError.self) { try log.read() }
                #expect(error?.reason == "BAD_RECORDS", "\(text)")
            }
            try FileManager.default.removeItem(at: newest)
            try FileManager.default.createSymbolicLink(
                atPath: newest.path,
                withDestinationPath: "nowhere"
            )
            let error = #expect(throws: ServiceError.self) { try log.read() }
            #expect(error?.reason == "BAD_RECORDS")
        }
    }

    @Test("of those who add at once each is told, and no record is lost")
    func atOnce() throws {
        try withDirectory { directory in
            let log = RecordDirectory(directory.appending(path: "log").path)
            let failures = Mutex(0)
            DispatchQueue.concurrentPerform(iterations: 8) { writer in
                for number in 0..<25 {
                    let bytes = Array("\(writer) \(number)".utf8)
                    do {
                        while try !log.add(bytes, behind: try log.read().count) {}
                    } catch {
                        failures.withLock { $0 += 1 }
                    }
                }
            }
            #expect(failures.withLock { $0 } == 0)
            let texts = try log.read().map { String(decoding: $0.bytes, as: UTF8.self) }
            #expect(texts.count == 200 && Set(texts).count == 200)
            for writer in 0..<8 {
                let own = texts.filter { $0.hasPrefix("\(writer) ") }
                #expect(own == (0..<25).map { "\(writer) \($0)" })
            }
        }
    }

    @Test("what is missing, foreign or too long is told")
    func damage() throws {
        try withDirectory { directory in
            let place = directory.appending(path: "log")
            let log = RecordDirectory(place.path)
            for number in 0..<3 { _ = try log.add([1], behind: number) }
            try FileManager.default.removeItem(at: place.appending(path: "000002.json"))
            var error = #expect(throws: ServiceError.self) { try log.read() }
            #expect(error?.code == .dataLoss && error?.reason == "BAD_RECORDS")
            #expect(error?.message.contains("000003.json where 000002.json") == true)
            let long = Data(count: PolicyLimits.recordBytes + 1)
            try long.write(to: place.appending(path: "000002.json"))
            error = #expect(throws: ServiceError.self) { try log.read() }
            #expect(error?.reason == "BAD_RECORDS")
            error = #expect(throws: ServiceError.self) {
                try log.add([1], behind: PolicyLimits.records)
            }
            #expect(error?.code == .resourceExhausted)
            let nowhere = RecordDirectory("/proc/none/log")
            error = #expect(throws: ServiceError.self) { try nowhere.add([1], behind: 0) }
            #expect(error?.reason == "CANNOT_WRITE")
        }
    }

    @Test("a directory of policies has subdirectories, and is none itself")
    func shelf() throws {
        try withDirectory { directory in
            let policies = directory.appending(path: "policies")
            for name in ["b/tests", "a", ".vigie.1", "activations/small"] {
                let place = policies.appending(path: name)
                try FileManager.default.createDirectory(
                    at: place,
                    withIntermediateDirectories: true
                )
            }
            for name in ["a", "b", ".vigie.1"] {
                try Data().write(to: policies.appending(path: "\(name)/policy.json"))
            }
            let found = try PolicyShelfDirectory.policies(at: policies.path)
            #expect(found == ["a", "b"].map { "\(policies.path)/\($0)" })
            try Data().write(to: policies.appending(path: "activations/small/000001.json"))
            let watched = PolicyShelfDirectory.watched(at: policies.path)
            // Records themselves, too: one that is edited in place changes no directory.
            for name in [
                "activations/small", "activations/small/000001.json", "activations/small/.newest",
                "a/policy.json", "b/tests",
            ] {
                #expect(watched.contains("\(policies.path)/\(name)"))
            }
            let error = #expect(throws: ServiceError.self) {
                try PolicyShelfDirectory.policies(at: found[0])
            }
            #expect(error?.reason == "POLICY_ITSELF")
            #expect(!PolicyShelfDirectory.isName("..") && !PolicyShelfDirectory.isName("a/b"))
        }
    }
}
