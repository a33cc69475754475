// SPDX-License-Identifier: Apache-2.0

// The text forms of header values, both ways and malformed.

import GRPCTransport
import Testing

@Suite("Header texts") struct HeaderTextTests {
    @Test("Messages survive percent-encoding", arguments: ["", "plain", "50 % é\n", "日本語", "%41"])
    func percentEncoding(text: String) {
        let encoded = HeaderText.percentEncoded(text)
        #expect(encoded.allSatisfy { $0 >= 0x20 && $0 <= 0x7e })
        #expect(HeaderText.percentDecoded(encoded) == text)
    }

    @Test("Malformed escapes stay as they are", arguments: ["%", "%4", "a%zz", "%%%"])
    func malformedEscapes(text: String) {
        #expect(HeaderText.percentDecoded(Array(text.utf8)) == text)
    }

    @Test("Bytes survive base64, with and without padding")
    func base64() {
        for count in 0..<40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 200) }
            let encoded = HeaderText.base64Encoded(bytes)
            #expect(HeaderText.base64Decoded(encoded) == bytes)
            let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - encoded.count % 4) % 4)
            #expect(HeaderText.base64Decoded(encoded + padding) == bytes)
        }
        #expect(HeaderText.base64Encoded(Array("hello!!".utf8)) == Array("aGVsbG8hIQ".utf8))
        #expect(HeaderText.base64Decoded(Array("a*b".utf8)) == nil)
    }

    @Test(
        "Timeouts are read with their units",
        arguments: [
            ("1H", 3_600_000_000_000), ("2M", 120_000_000_000), ("3S", 3_000_000_000),
            ("4m", 4_000_000), ("5u", 5_000), ("6n", 6), ("0n", 0),
            ("99999999H", 86_400_000_000_000),
        ] as [(String, Int64)]
    )
    func timeouts(text: String, nanoseconds: Int64) {
        #expect(read(text) == nanoseconds)
    }

    @Test(
        "Malformed timeouts are refused",
        arguments: ["", "5", "S", "-1S", "1.5S", "123456789S", "1x"]
    )
    func malformedTimeouts(text: String) {
        #expect(read(text) == nil)
    }

    @Test("A written timeout is never shorter than asked and at most a unit longer")
    func writtenTimeouts() throws {
        var value: Int64 = 1
        while value < 80_000_000_000_000 {
            let again = try #require(read(CallTimeout.text(nanoseconds: value)))
            #expect(again >= value)
            #expect(Double(again) <= Double(value) * 1.0001 + 1)
            value = value * 3 + 1
        }
    }

    private func read(_ text: String) -> Int64? {
        Array(text.utf8).withUnsafeBytes { CallTimeout.nanoseconds($0, secondsMax: 86_400) }
    }
}
