// SPDX-License-Identifier: Apache-2.0

// Whether two identities may be those of one person.

import Quantities
import Testing

@Suite struct PersonIdentityTests {
    @Test(arguments: [
        "Ada", "ada ", " ada", "ADA", "a\u{AD}da", "ad\u{200B}a", "ada\u{FEFF}", "ada\u{202E}",
        "\u{A0}ada", "\u{FF21}da", "ad\u{AA}", "a\u{3164}da", " ", "", "\u{200B}",
    ])
    func oneDoesNotPassForTwo(_ other: String) {
        #expect(PersonIdentity.mayBeOne("ada", other))
        #expect(PersonIdentity.mayBeOne(other, "ada"))
    }

    @Test(arguments: [
        ("Ren\u{E9}e", "rene\u{301}e"), ("Vo\u{DF}", "VOSS"), ("ada  b", "Ada b"),
        ("\u{3A3}\u{3C2}", "\u{3C3}\u{3C3}"),
    ])
    func writtenOtherwiseItIsTheSame(_ one: String, _ other: String) {
        #expect(PersonIdentity.mayBeOne(one, other))
    }

    @Test(arguments: ["adab", "ad a", "bob", "ad\u{E1}", "CN=Ada,O=Vigie", "a\u{301}da"])
    func othersAreOthers(_ other: String) {
        #expect(!PersonIdentity.mayBeOne("ada", other))
    }

    @Test func namesAreWrittenAsTheyAreSeen() {
        for plain in ["ada", "Ada Lovelace", "Ren\u{E9}e", "CN=Ada,O=Vigie", "a|b", "\u{738B}"] {
            #expect(PersonIdentity.isPlain(plain), "\(plain)")
        }
        for other in [
            "", " ", "ada ", " ada", "a\nb", "a\u{0}da", "a\u{AD}da", "\u{FF21}da", "\u{200B}",
            "ada\u{A0}l", "ada\u{2028}l", "ada\tl", "\u{202E}ada", "ada\u{2069}", "ad\u{200D}a",
        ] {
            #expect(!PersonIdentity.isPlain(other), "\(other)")
        }
    }
}
