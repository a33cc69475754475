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
    var kind = Kind.announcement
    /// The family: collective, creation, radiation, modification, vente, dpc.
    var family = ""
    var published = ""
    /// Registration numbers of the companies that it speaks of, as they are written.
    var numbers: [String] = []
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
        switch FrenchText.folded(word) {
        case "annonce", "creation", "initial", "avis initial", "": self = .announcement
        case "rectificatif", "avis rectificatif": self = .correction
        case "annulation", "avis d'annulation": self = .annulment
        default: return nil
        }
    }
}
