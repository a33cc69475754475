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
        ("ada", "a da"), ("ada", "ada\u{2800}"), ("jean-paul", "jean\u{2010}paul"),
        ("o'brien", "o\u{2019}brien"), ("\u{259}d", "\u{4D9}\u{501}"), ("\u{130}da", "ida"),
        ("ada", "ada\u{E000}"), ("ada", "ada\u{378}"), ("ada", "ada\u{FFFC}"),
        ("\u{3A3}\u{3C2}", "\u{3C3}\u{3C3}"),
    ])
    func writtenOtherwiseItIsTheSame(_ one: String, _ other: String) {
        #expect(PersonIdentity.mayBeOne(one, other))
    }

    @Test(arguments: ["adab", "bob", "ad\u{E1}", "CN=Ada,O=Vigie", "a\u{301}da"])
    func othersAreOthers(_ other: String) {
        #expect(!PersonIdentity.mayBeOne("ada", other))
    }

    @Test(arguments: [
        // Cyrillic о; all of it in Cyrillic, small, with a capital, and in capitals; in Greek.
        ("bob", "b\u{43E}b"), ("ada", "\u{430}\u{501}\u{430}"), ("Eva", "\u{415}v\u{430}"),
        ("Tom", "\u{422}\u{43E}\u{43C}"), ("BOB", "\u{412}\u{41E}\u{412}"),
        ("nino", "\u{39D}\u{399}\u{39D}\u{39F}"), ("ivo", "\u{3B9}\u{3BD}\u{3BF}"),
        ("Anna Kim", "Anna \u{41A}im"), ("zo\u{EB}", "z\u{43E}\u{451}"), ("a1", "\u{430}1"),
        ("\u{43E}c\u{430}", "eve"), ("k\u{3B1}i", "eve"),
    ])
    func lettersOfOtherAlphabetsDoNotPassForASecond(_ one: String, _ other: String) {
        #expect(PersonIdentity.mayBeOne(one, other))
        #expect(PersonIdentity.mayBeOne(other, one))
    }

    @Test(arguments: [
        "b\u{43E}b", "Anna \u{41A}im", "\u{430}1b", "crm-b\u{3BF}b", "a\u{5D0}", "\u{430}\u{3B1}",
        "\u{10D0}a", "\u{738B}a",
    ])
    func wordsOfTwoAlphabetsAreNotPlain(_ mixed: String) {
        #expect(!PersonIdentity.isPlain(mixed))
    }

    @Test(arguments: [
        "\u{410}\u{43D}\u{43D}\u{430}", "Anna \u{418}\u{432}", "a\u{301}da", "b0b", "\u{430}-b",
        "\u{738B}\u{304B}\u{30AB}\u{AC00}", "\u{3B1}1\u{301}", "CN=\u{410}\u{434}\u{430},O=Vigie",
    ])
    func wordsOfOneAlphabetArePlain(_ name: String) {
        #expect(PersonIdentity.isPlain(name))
        #expect(!PersonIdentity.mayBeOne(name, "eve"))
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
