// SPDX-License-Identifier: Apache-2.0

// Natures of judgments, and words where the nature says nothing.

import CompanyPapers
import CreditFacts
import Testing

@Suite struct JudgmentTableTests {
    private let table = JudgmentTable.standard

    @Test(arguments: [
        ("Jugement d'ouverture d'une procédure de sauvegarde", LegalEventKind.sauvegardeOpened),
        ("Jugement de clÃ´ture pour insuffisance d'actif", .closedInsufficientAssets),
        ("JUGEMENT D’OUVERTURE DE LIQUIDATION JUDICIAIRE", .liquidationOpened),
        (
            "Jugement prononçant la résolution du plan de sauvegarde et la liquidation judiciaire",
            .planResolvedToLiquidation
        ),
        ("Jugement d'ouverture de liquidation judiciaire simplifiée", .liquidationOpened),
        ("Jugement d'ouverture de redressement judiciaire", .reorganisationOpened),
        ("Jugement d'ouverture d'un redressement judiciaire", .reorganisationOpened),
        ("Jugement d'ouverture de sauvegarde", .sauvegardeOpened),
        ("Jugement refusant l'ouverture de liquidation judiciaire", .unclear),
        ("Jugement de faillite personnelle", .personalSanction),
        ("Arrêt de la cour d'appel infirmant une décision soumise à publicité", .appealReversed),
    ])
    func knowsNatures(nature: String, kind: LegalEventKind) {
        #expect(table.meaning(nature: nature, words: "").kind == kind)
    }

    @Test func aPlanSaysWhoseItIs() {
        let of = { table.meaning(nature: $0, words: "").proceeding }
        #expect(of("Jugement arrêtant le plan de sauvegarde") == .sauvegarde)
        #expect(of("Jugement arrêtant le plan de redressement") == .reorganisation)
        #expect(of("Jugement d'extension de liquidation judiciaire") == .liquidation)
    }

    /// Never "nothing happened": the words decide, or somebody has to read them.
    @Test(arguments: [
        (
            "Jugement prononçant l'ouverture de la procédure de redressement judiciaire.",
            LegalEventKind.reorganisationOpened
        ),
        ("Jugement prononçant la liquidation judiciaire", .liquidationOpened),
        (
            "Conversion de la procédure de redressement judiciaire en liquidation judiciaire",
            .convertedToLiquidation
        ),
        ("", .unclear), ("Le tribunal a statué.", .unclear),
        ("Arrêt infirmant l'ouverture de la procédure de redressement judiciaire", .unclear),
        ("Rejet de la demande d'ouverture d'une procédure de liquidation judiciaire", .unclear),
        (
            "Jugement arrêtant le plan de redressement et prononçant la liquidation judiciaire",
            .unclear
        ),
    ])
    func wordsDecideWhereTheNatureDoesNot(words: String, kind: LegalEventKind) {
        for nature in ["Autre jugement et ordonnance", "Extrait de jugement", "Jugement", ""] {
            #expect(table.meaning(nature: nature, words: words).kind == kind)
        }
    }
}
