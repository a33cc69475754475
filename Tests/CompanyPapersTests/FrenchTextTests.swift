// SPDX-License-Identifier: Apache-2.0

// French texts and dates as they really come.

import CompanyPapers
import Quantities
import Testing

@Suite struct FrenchTextTests {
    @Test(arguments: [
        (
            "Jugement de clÃ´ture pour insuffisance d'actif",
            "jugement de cloture pour insuffisance d'actif"
        ),
        ("  L’ÉTAT\u{A0}des   CRÉANCES ", "l'etat des creances"),
        ("Cœur", "coeur"), ("cafe\u{301}", "cafe"), ("Ã\u{A9}tÃ\u{A9}", "ete"),
        ("lâ€™actif", "l'actif"), ("", ""), ("Â", "a"), ("AÃB", "aab"),
    ])
    func folds(text: String, folded: String) {
        #expect(FrenchText.folded(text) == folded)
    }

    /// What was never broken is not touched.
    @Test func soundTextsAreNotRepaired() {
        for text in ["clôture", "Ângela", "Århus", "naïve Ã", "déjà"] {
            #expect(FrenchText.repaired(text) == text)
        }
    }

    @Test func everyAccentSurvivesBeingBroken() {
        for text in ["àâäçéèêëîïôöùûüÿœæ", "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ", "l’œuvre – «été»", "10 €"] {
            let broken = String(String.UnicodeScalarView(Array(text.utf8).map(Unicode.Scalar.init)))
            #expect(FrenchText.repaired(broken) == text)
        }
    }

    @Test(arguments: [
        ("2008-11-27", "2008-11-27"), ("27/11/2008", "2008-11-27"), ("20081127", "2008-11-27"),
        ("27\u{A0}novembre 2008", "2008-11-27"), ("1er janvier 2020", "2020-01-01"),
        ("1ER MARS 2010", "2010-03-01"), ("jeudi 27 novembre 2008", "2008-11-27"),
        ("2 aoÃ»t 2021", "2021-08-02"), ("2025-01-31T23:59:59+01:00", "2025-01-31"),
        ("20250101 10:25:37", "2025-01-01"), ("03.02.2015", "2015-02-03"),
    ])
    func readsDates(text: String, date: String) {
        #expect(FrenchDate.read(text)?.description == date)
    }

    @Test(arguments: [
        "", "00000000", "2025-02-30", "31/04/2025", "32 mars 2025", "mars 2025", "27 novembre",
        "novembre 27 2008", "hier", "99999999999999999999", "1-2-3", "//", "12/2025", "2025",
        "-- janvier 2020",
    ])
    func whatIsNoDateIsNone(text: String) {
        #expect(FrenchDate.read(text) == nil)
    }
}
