// SPDX-License-Identifier: Apache-2.0

// Secrets that are sealed: opened by their key, at their place, unchanged, and by nothing else.

import Digests
import Testing

@Suite struct SealingTests {
    private func key(_ byte: UInt8) throws -> SealingKey {
        try #require(SealingKey([UInt8](repeating: byte, count: SealingKey.byteCount)))
    }

    @Test(arguments: [0, 1, 15, 16, 17, 500])
    func whatIsSealedOpens(_ count: Int) throws {
        let secret = try #require(RandomBytes.make(count))
        let sealed = try #require(try key(7).seal(secret, at: "endpoint 1"))
        #expect(sealed.count == 1 + 12 + count + 16)
        #expect(try key(7).open(sealed, at: "endpoint 1") == secret)
        #expect(try key(8).open(sealed, at: "endpoint 1") == nil)
        #expect(try key(7).open(sealed, at: "endpoint 2") == nil)
        #expect(try key(7).open(sealed, at: "") == nil)
        // No two are the same, so that nobody sees that two secrets are.
        #expect(try key(7).seal(secret, at: "endpoint 1") != sealed)
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(try key(7).open(changed, at: "endpoint 1") == nil)
            #expect(try key(7).open(Array(sealed.prefix(place)), at: "endpoint 1") == nil)
        }
    }

    /// Python: AESGCM(bytes(range(32))).encrypt(bytes(range(12)), b"secret", b"place"), of
    /// cryptography.
    @Test func whatOthersSealedOpens() throws {
        let key = try #require(SealingKey(Array(0..<32)))
        let text = try #require(Base64.plain.bytes(Array("NGe1aaCR5t1+80Oc3D4Wn05yurzlow==".utf8)))
        #expect(key.open([1] + Array(0..<12) + text, at: "place") == Array("secret".utf8))
    }

    @Test func aKeyHasItsBytes() throws {
        #expect(SealingKey([UInt8](repeating: 0, count: 31)) == nil)
        #expect(SealingKey([UInt8](repeating: 0, count: 33)) == nil)
        #expect("\(try key(7))" == "a key")
    }
}
