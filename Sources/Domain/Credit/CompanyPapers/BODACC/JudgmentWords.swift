// SPDX-License-Identifier: Apache-2.0

// What the words of a judgment say, where its nature does not. Only words that leave no doubt are
// taken: exactly one thing that is pronounced, and no "not", no appeal, no third party's objection.

internal import CreditFacts

enum JudgmentWords {
    /// What folded words pronounce; nil when they do not say, or say more than one thing.
    static func meaning(_ words: String) -> JudgmentTable.Meaning? {
        guard !words.isEmpty, !doubts.contains(where: words.contains) else { return nil }
        // "Pronounces the liquidation, by conversion of the reorganisation" is one thing.
        if words.contains("conversion") {
            if words.contains("en liquidation") || words.contains("la liquidation") {
                return .init(kind: .convertedToLiquidation, proceeding: .liquidation)
            }
            return words.contains("en redressement")
                ? .init(kind: .convertedToReorganisation, proceeding: .reorganisation) : nil
        }
        var found: [JudgmentTable.Meaning] = []
        for (phrases, meaning) in phrases where phrases.contains(where: words.contains) {
            found.append(meaning)
        }
        return found.count == 1 ? found[0] : nil
    }

    /// Words that turn what else is said around.
    private static let doubts = [
        "infirm", "retract", "tierce opposition", "rejet", "dit n'y avoir lieu", "n'y a pas lieu",
        "sursoit", "annul", "appel", "non-lieu", "refus",
    ]

    private static let phrases: [([String], JudgmentTable.Meaning)] = [
        (
            [
                "ouverture d'une procedure de sauvegarde",
                "ouverture de la procedure de sauvegarde", "ouverture de sauvegarde",
            ],
            .init(kind: .sauvegardeOpened, proceeding: .sauvegarde)
        ),
        (
            [
                "ouverture d'une procedure de redressement judiciaire",
                "ouverture de la procedure de redressement judiciaire",
                "ouverture du redressement judiciaire", "ouverture de redressement judiciaire",
                "ouverture d'un redressement judiciaire", "ouvrant une procedure de redressement",
            ],
            .init(kind: .reorganisationOpened, proceeding: .reorganisation)
        ),
        (
            [
                "ouverture d'une procedure de liquidation judiciaire",
                "ouverture de la procedure de liquidation judiciaire",
                "ouverture de la liquidation judiciaire", "ouverture de liquidation judiciaire",
                "ouverture d'une liquidation judiciaire", "prononcant la liquidation judiciaire",
                "prononce la liquidation judiciaire", "ouvrant une procedure de liquidation",
            ],
            .init(kind: .liquidationOpened, proceeding: .liquidation)
        ),
        (
            ["arretant le plan de redressement", "arrete le plan de redressement"],
            .init(kind: .planAdopted, proceeding: .reorganisation)
        ),
        (
            ["arretant le plan de sauvegarde", "arrete le plan de sauvegarde"],
            .init(kind: .planAdopted, proceeding: .sauvegarde)
        ),
        (
            ["cloture pour insuffisance d'actif", "cloture de la procedure pour insuffisance"],
            .init(kind: .closedInsufficientAssets, proceeding: .liquidation)
        ),
        (
            ["cloture pour extinction du passif", "cloture de la procedure pour extinction"],
            .init(kind: .closedPaid, proceeding: .liquidation)
        ),
    ]
}
