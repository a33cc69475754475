// SPDX-License-Identifier: Apache-2.0

import Foundation
import Telemetry
import TelemetryExport
import Testing

@Suite struct CallLineTests {
    private func record(path: String = "/s.S/M", caller: String = "", code: Int = 0) -> CallRecord {
        CallRecord(
            path: path,
            code: code,
            beginNanoseconds: 1_709_208_059_999_999_000,
            nanoseconds: 31_249,
            received: 1,
            sent: 2,
            peerAddress: "::1",
            peerPort: 7,
            caller: caller,
            trace: TraceContext(
                parent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"
            )
        )
    }

    private func object(_ record: CallRecord) throws -> [String: Any] {
        let line = record.line
        #expect(!line.contains(UInt8(ascii: "\n")))
        let value = try JSONSerialization.jsonObject(with: Data(line))
        return try #require(value as? [String: Any])
    }

    @Test func tellsOfACall() throws {
        let line = try object(record())
        #expect(line["time"] as? String == "2024-02-29T12:00:59.999999Z")
        #expect(line["method"] as? String == "/s.S/M" && line["code"] as? String == "OK")
        #expect(line["duration_us"] as? Double == 31.2)
        #expect(line["received"] as? Int == 1 && line["sent"] as? Int == 2)
        #expect(line["peer"] as? String == "::1" && line["peer_port"] as? Int == 7)
        #expect(line["trace_id"] as? String == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(line["parent_id"] as? String == "00f067aa0ba902b7")
        #expect(line["caller"] == nil && line["reason"] == nil)
    }

    @Test(arguments: ["a\"b\\c", "\u{0}\u{1F}\u{7F}\u{85}\n\r\t", "é漢😀", "</script>"])
    func callersMayHaveAnyName(_ name: String) throws {
        #expect(try object(record(caller: name))["caller"] as? String == name)
    }

    @Test func unknownMethodsAndCodesHaveALineToo() throws {
        #expect(try object(record(path: ""))["method"] as? String == "other")
        #expect(try object(record(code: 16))["code"] as? String == "UNAUTHENTICATED")
    }

    @Test func theReasonIsThatForPrograms() throws {
        var failed = record(code: 8)
        // google.rpc.Status with an ErrorInfo whose reason is "FULL".
        let type = "type.googleapis.com/google.rpc.ErrorInfo"
        let any =
            [0x0A, UInt8(type.utf8.count)] + Array(type.utf8) + [0x12, 6, 0x0A, 4]
            + Array("FULL".utf8)
        failed.details = [0x1A, UInt8(any.count)] + any
        #expect(try object(failed)["reason"] as? String == "FULL")
        failed.details = [0x1A, 0xFF]
        #expect(try object(failed)["reason"] == nil)
    }
}
