// SPDX-License-Identifier: Apache-2.0

// Digests against values of their standards, and base 64 against what it must not take.

import Digests
import Testing

@Suite struct DigestTests {
    /// RFC 4231, cases 1, 2, 3, 4 and 6: also a key longer than a block.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            Array(1...25), [UInt8](repeating: 0xCD, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func hmacIsThatOfItsStandard(_ vector: (key: [UInt8], text: [UInt8], digest: String)) {
        let digest = Digest.hmacSHA256(vector.text, key: vector.key)
        #expect(Digest.hexadecimal(digest) == vector.digest)
    }

    @Test func hmacOfNothing() {
        // Python: hmac.new(b"", b"", "sha256").hexdigest()
        let wanted = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
        #expect(Digest.hexadecimal(Digest.hmacSHA256([], key: [])) == wanted)
    }

    @Test func digestsAreTheSameOrNot() {
        #expect(Digest.areSame([], []) && Digest.areSame([1, 2], [1, 2]))
        #expect(!Digest.areSame([1, 2], [1, 3]) && !Digest.areSame([1], [1, 2]))
    }

    /// RFC 4648, 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func base64IsThatOfItsStandard(_ plain: String, _ text: String) {
        #expect(Base64.plain.text(plain.utf8) == text)
        #expect(Base64.plain.bytes(Array(text.utf8)) == Array(plain.utf8))
        let bare = String(text.prefix { $0 != "=" })
        #expect(Base64.addresses.text(plain.utf8) == bare)
        #expect(Base64.addresses.bytes(Array(bare.utf8)) == Array(plain.utf8))
    }

    @Test func base64HasTwoAlphabets() {
        #expect(Base64.plain.text([0xFB, 0xFF]) == "+/8=")
        #expect(Base64.addresses.text([0xFB, 0xFF]) == "-_8")
        for wrong in ["-_8=", "+/8", "+/8==", "+/9=", "Zg=", "Zg", "Z===", "====", "Zm9v=", " Zg="]
        {
            #expect(Base64.plain.bytes(Array(wrong.utf8)) == nil, "\(wrong)")
        }
        for wrong in ["+/8", "-_8=", "-_9", "Z", "Zg "] {
            #expect(Base64.addresses.bytes(Array(wrong.utf8)) == nil, "\(wrong)")
        }
    }
}
