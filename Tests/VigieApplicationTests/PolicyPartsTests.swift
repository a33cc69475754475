// SPDX-License-Identifier: Apache-2.0

// Files of a policy as they come in parts: where they belong, and how long they may be.

import Policies
import ServiceErrors
import Testing
import VigieApplication
import VigieLimits

@Suite struct PolicyPartsTests {
    private func reason(
        _ parts: inout PolicyParts,
        _ path: String,
        _ offset: UInt64 = 0,
        _ bytes: [UInt8] = [1]
    ) -> String {
        do throws(ServiceError) {
            try parts.add(path: path, offset: offset, bytes: bytes)
            return "nothing"
        } catch {
            return error.metadata["limit"] ?? error.reason
        }
    }

    @Test func partsMakeFiles() throws {
        var parts = PolicyParts()
        try parts.add(path: "a", offset: 0, bytes: [1, 2])
        try parts.add(path: "a", offset: 2, bytes: [3])
        try parts.add(path: "tests/a", offset: 0, bytes: [])
        #expect(parts.files.map(\.path) == ["a", "tests/a"] && parts.byteCount == 3)
        #expect(parts.files[0].bytes == [1, 2, 3] && parts.files[1].bytes == [])
        #expect(reason(&parts, "tests/a", 1) == "PARTS_OUT_OF_ORDER")
        #expect(reason(&parts, "a", 3) == "DUPLICATE_PATH")
        #expect(reason(&parts, "TESTS/a") == "BAD_PATH")
        #expect(reason(&parts, "Tests") == "nothing")
    }

    @Test func nothingIsKeptThatIsTooLong() throws {
        var parts = PolicyParts()
        let part = [UInt8](repeating: 0, count: PolicyLimits.uploadPartBytes)
        #expect(reason(&parts, "a", 0, part + [0]) == "uploadPartBytes")
        let partsOfFile = DecisionLimits.fileBytes / part.count
        var count = 0
        for file in 0..<PolicyLimits.bytes / DecisionLimits.fileBytes {
            for index in 0..<partsOfFile {
                try parts.add(path: "f\(file)", offset: UInt64(index * part.count), bytes: part)
                count += part.count
            }
            let end = UInt64(DecisionLimits.fileBytes)
            let isFull = parts.byteCount == PolicyLimits.bytes
            #expect(reason(&parts, "f\(file)", end) == (isFull ? "bytes" : "fileBytes"))
        }
        #expect(parts.byteCount == count && count == PolicyLimits.bytes)
        var many = PolicyParts()
        for file in 0..<PolicyLimits.files { try many.add(path: "\(file)", offset: 0, bytes: []) }
        #expect(reason(&many, "one more") == "files")
    }
}
