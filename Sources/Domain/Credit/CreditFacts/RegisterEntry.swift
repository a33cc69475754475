// SPDX-License-Identifier: Apache-2.0

// A company as the directory of companies (Sirene) has it.

package import Quantities

/// How many people a company has, by the directory's bands.
package struct HeadcountBand: Sendable, Hashable {
    /// The least and the most of the band; nil for a band without an end.
    package let least: Int
    /// See `least`.
    package let most: Int?

    /// The band of a code; nil for an empty or unknown one, which is not 0.
    package init?(code: String) {
        switch code {
        case "NN", "00": (least, most) = (0, 0)
        case "01": (least, most) = (1, 2)
        case "02": (least, most) = (3, 5)
        case "03": (least, most) = (6, 9)
        case "11": (least, most) = (10, 19)
        case "12": (least, most) = (20, 49)
        case "21": (least, most) = (50, 99)
        case "22": (least, most) = (100, 199)
        case "31": (least, most) = (200, 249)
        case "32": (least, most) = (250, 499)
        case "41": (least, most) = (500, 999)
        case "42": (least, most) = (1_000, 1_999)
        case "51": (least, most) = (2_000, 4_999)
        case "52": (least, most) = (5_000, 9_999)
        case "53": (least, most) = (10_000, nil)
        default: return nil
        }
    }
}

/// A company in the directory.
package struct RegisterEntry: Sendable, Hashable {
    /// The company.
    package var siren: SIREN
    /// Its name; nil where it is hidden or not given.
    package var name: String?
    /// Whether it hides who it is; its status is still valid.
    package var isHidden = false
    /// Whether it is active; nil where the paper does not say.
    package var isActive: Bool?
    /// Since when it is in that state.
    package var since: CalendarDate?
    /// When it was founded.
    package var created: CalendarDate?
    /// Its legal form: four digits.
    package var legalForm: String?
    /// Its activity, and the nomenclature of that code.
    package var activity: String?
    /// See `activity`: NAFRev2, NAFRev1, NAF1993, NAP or NAF25.
    package var nomenclature: String?
    /// How many people it has.
    package var headcount: HeadcountBand?
    /// Where it was read.
    package var source: PaperReference

    /// An entry of which nothing is known yet.
    package init(siren: SIREN, source: PaperReference) {
        self.siren = siren
        self.source = source
    }

    /// Whether it is a natural person trading under its own name.
    package var isSoleTrader: Bool { legalForm == "1000" }
}
