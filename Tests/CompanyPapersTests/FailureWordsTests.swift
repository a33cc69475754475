// SPDX-License-Identifier: Apache-2.0

// Failures in French.

import CreditFacts
import Testing

@Suite struct FailureWordsTests {
    @Test(arguments: [
        ("it is empty", "elle est vide"),
        ("a b.csv is empty", "a b.csv est vide"),
        (
            "x: no profile of ledgers knows its columns",
            "x : aucun profil de livres ne connaît ses colonnes"
        ),
        (
            "of 12 records 3 were set aside and 4 left out",
            "sur 12 enregistrements, 3 ont été écartés et 4 laissés"
        ),
        ("of 12 records 3 were set aside", "sur 12 enregistrements, 3 ont été écartés"),
        // The name of the paper stands elsewhere.
        (
            "no profile of ledgers knows its columns",
            "aucun profil de livres ne connaît ses colonnes"
        ),
        (
            "is nearest to the profile sap, and has no column for due",
            "ressemble le plus au profil sap, et n'a pas de colonne pour due"
        ),
        (
            "line 3: the record is longer than 9 bytes",
            "ligne 3 : l'enregistrement dépasse 9 octets"
        ),
        (
            "line 3 (XML): not well-formed XML: mismatched tag",
            "ligne 3 (XML) : XML mal formé : un élément est fermé sous le nom d'un autre"
        ),
        // What varies is a sentence itself.
        (
            "cannot open /x: No such file or directory",
            "/x ne peut pas être ouvert : aucun fichier ni dossier de ce nom"
        ),
        (
            "it is a PDF document, which is no paper that can be read",
            "c'est un document PDF, et aucune pièce qui puisse être lue"
        ),
    ])
    func areTranslated(english: String, french: String) {
        #expect(FailureWords.french(english) == french)
    }

    @Test(arguments: ["", "{1}", "nobody ever wrote this", "it is empty ", "é\u{301} is"])
    func whatIsNotKnownStays(text: String) {
        #expect(FailureWords.french(text) == text)
    }

    @Test func namesOfFilesDoNotCount() {
        let name = "{2} of {1} records, {3}.csv"
        #expect(FailureWords.french("\(name) is empty") == "\(name) est vide")
        #expect(
            FailureWords.french("\(name) is nearest to the profile sap, and has no column for {1}")
                == "\(name) ressemble le plus au profil sap, et n'a pas de colonne pour {1}"
        )
    }

    @Test(arguments: ["rj_obs", "lj_opened", "lj", "sales"])
    func wordsAreThereInBothLanguages(name: String) {
        let words = [true, false].map { FactWords.text(name, inFrench: $0) }
        #expect(words[0] != words[1] && !words.contains(name))
        #expect(FactWords.text("no_such_name", inFrench: true) == "no_such_name")
    }

    @Test(arguments: LegalEventKind.allCases)
    func eachEventHasWords(kind: LegalEventKind) {
        #expect(FactWords.text(kind.rawValue, inFrench: true) != kind.rawValue)
    }
}
