// SPDX-License-Identifier: Apache-2.0

// A company as a register has it: the directory of companies (Sirene), or the register of
// businesses (RNE). Each register has an entry of its own; nothing of one is put into that of the
// other.

package import Quantities

/// How many people a company has, by the directory's bands.
package struct HeadcountBand: Sendable, Hashable {
    /// The least and the most of the band; nil for a band without an end.
    package let least: Int
    /// See `least`.
    package let most: Int?

    /// The band that so many people are in.
    package init(holding people: Int) {
        let ends = [0, 2, 5, 9, 19, 49, 99, 199, 249, 499, 999, 1_999, 4_999, 9_999]
        let place = ends.firstIndex { people <= $0 } ?? ends.count
        least = place == 0 ? 0 : ends[place - 1] + 1
        most = place < ends.count ? ends[place] : nil
    }

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

/// Something that the register of businesses observes of a company, in its own words.
package struct RegisterObservation: Sendable, Hashable {
    /// When it was added; nil where the paper does not say.
    package var added: CalendarDate?
    /// What it says.
    package var text: String

    /// Takes an observation.
    package init(added: CalendarDate?, text: String) {
        (self.added, self.text) = (added, text)
    }
}

/// A company in a register.
package struct RegisterEntry: Sendable, Hashable {
    /// A register.
    package enum Register: String, Sendable {
        /// The directory of companies.
        case directory = "sirene"
        /// The register of businesses.
        case businesses = "rne"
    }

    /// The company.
    package var siren: SIREN
    /// Which register says so.
    package var register = Register.directory
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
    /// When it was registered, the last time if more than once.
    package var registered: CalendarDate?
    /// When it was struck off; nil where the register tells of none.
    package var struckOff: CalendarDate?
    /// When it ceased to act, as far as the register tells.
    package var ceased: CalendarDate?
    /// What the register observes, in the order in which it has that.
    package var observations: [RegisterObservation] = []
    /// When the record was last changed, as it stands in the paper, such as
    /// "2025-05-02T10:00:00+02:00".
    package var updatedAt: String?
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

    /// Takes from an older record what this one does not have: its absence says nothing.
    package mutating func fill(from older: RegisterEntry) {
        name = name ?? older.name
        isActive = isActive ?? older.isActive
        since = since ?? older.since
        created = created ?? older.created
        registered = registered ?? older.registered
        struckOff = struckOff ?? older.struckOff
        ceased = ceased ?? older.ceased
        if observations.isEmpty { observations = older.observations }
        legalForm = legalForm ?? older.legalForm
        if activity == nil { (activity, nomenclature) = (older.activity, older.nomenclature) }
        headcount = headcount ?? older.headcount
    }

    /// Whether it is a natural person trading under its own name.
    package var isSoleTrader: Bool { legalForm == "1000" }
}
