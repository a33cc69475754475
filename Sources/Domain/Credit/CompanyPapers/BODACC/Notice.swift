// SPDX-License-Identifier: Apache-2.0

// One notice of the bulletin of civil and commercial notices (BODACC), whatever form it came in.

internal import CreditFacts
internal import Quantities

/// A notice.
struct Notice {
    /// What a notice is about another one.
    enum Kind {
        /// By itself.
        case announcement
        /// In place of an earlier one.
        case correction
        /// Takes an earlier one back.
        case annulment
    }

    /// A judgment as the notice has it.
    struct Judgment {
        var nature = ""
        var family = ""
        var date = ""
        var words = ""
    }

    /// Letter, issue and number, such as "A20250133905".
    var identifier = ""
    /// The word for what it is about another one, as it is written.
    var kindWord = ""
    /// The family: collective, creation, radiation, modification, vente, dpc.
    var family = ""
    var published = ""
    /// Registration numbers of the companies that it speaks of, as they are written.
    var numbers: [String] = []
    /// Numbers that count as well, and of which some may be none.
    var otherNumbers: [String] = []
    var judgment: Judgment?
    /// Date and comment of a strike-off.
    var strikeOff: (date: String, comment: String)?
    /// Words of a modification.
    var modification = ""
    /// Date and kind of a registration.
    var registration: (date: String, category: String)?
    /// Whether a business was sold.
    var isSale = false
    /// The notice that it corrects or annuls, or that it refers to.
    var previous: String?
    var source = PaperReference(paper: 0, line: 0)
}

extension Notice.Kind {
    /// The kind of a word; nil for an unknown one.
    init?(_ word: String) {
        let word = FrenchText.folded(word)
        switch word {
        case "annonce", "creation", "initial", "avis initial", "": self = .announcement
        default:
            if word.contains("rectif") {
                self = .correction
            } else if word.contains("annul") {
                self = .annulment
            } else {
                return nil
            }
        }
    }
}
