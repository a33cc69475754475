// SPDX-License-Identifier: Apache-2.0

// What courts and registries make known of a company.

package import Quantities

/// A kind of event in the legal life of a company.
///
/// The raw values are those of the table of judgments, and of what is written out.
package enum LegalEventKind: String, Sendable, CaseIterable {
    /// Safeguard proceedings are opened, of any form.
    case sauvegardeOpened = "sauvegarde_opened"
    /// The proceedings of law 2021-689 (way out of the crisis) are opened, which go as safeguard.
    case crisisExitOpened = "sortie_de_crise_opened"
    /// Reorganisation (redressement judiciaire) is opened.
    case reorganisationOpened = "rj_opened"
    /// Proceedings become a reorganisation.
    case convertedToReorganisation = "converted_to_rj"
    /// Liquidation is opened.
    case liquidationOpened = "lj_opened"
    /// Proceedings become a liquidation.
    case convertedToLiquidation = "converted_to_lj"
    /// A liquidation that was closed goes on.
    case liquidationReopened = "lj_reopened"
    /// Another company's proceedings are extended to this one.
    case extended
    /// A plan is adopted.
    case planAdopted = "plan_adopted"
    /// The business is sold; the proceedings go on.
    case salePlanAdopted = "plan_cession_adopted"
    /// A plan is changed.
    case planModified = "plan_modified"
    /// A plan ends because it is not kept, and nothing is said of what follows.
    case planResolved = "plan_resolved"
    /// A plan ends because it is not kept, and reorganisation follows.
    case planResolvedToReorganisation = "plan_resolved_rj"
    /// A plan ends because it is not kept, and liquidation follows.
    case planResolvedToLiquidation = "plan_resolved_lj"
    /// Safeguard or reorganisation ends, the company goes on.
    case procedureEnded = "procedure_ended"
    /// Closed, all debts paid.
    case closedPaid = "closed_paid"
    /// Closed, assets not sufficient.
    case closedInsufficientAssets = "closed_insufficient_assets"
    /// Closed, and not said why.
    case closedUnspecified = "closed_unspecified"
    /// A court of appeal reverses a decision.
    case appealReversed = "appeal_reversed"
    /// Another decision of a court of appeal, which somebody has to read.
    case appealOther = "appeal_other"
    /// A judgment whose nature and words do not tell what it does; somebody has to read it.
    case unclear
    /// The date from which the company could not pay is changed.
    case cessationDateChanged = "cessation_date_changed"
    /// Administrators, liquidators or judges are named.
    case organsNamed = "organs_named"
    /// More time for the list of claims.
    case deadlineExtended = "deadline_extended"
    /// A list was deposited.
    case depositNotice = "deposit_notice"
    /// A person may not manage companies; says nothing of this one.
    case personalSanction = "personal_sanction"
    /// Proceedings of a person as such, not of a company.
    case notCompanyInsolvency = "not_company_insolvency"
    /// Struck off the register.
    case struckOff = "struck_off"
    /// A strike-off is taken back.
    case strikeOffWithdrawn = "strike_off_withdrawn"
    /// Entered in the register, for the first time or again.
    case registered
    /// The owners dissolve the company.
    case voluntaryDissolution = "voluntary_dissolution"
    /// The seat moved; old notices look like a strike-off.
    case seatMoved = "seat_moved"
    /// Accounts were deposited.
    case accountsDeposited = "accounts_deposited"
    /// The business, or a part of it, was sold.
    case businessSold = "business_sold"
}

/// Collective proceedings of French law, the lightest first.
package enum Proceeding: String, Sendable, CaseIterable, Comparable {
    /// Safeguard.
    case sauvegarde
    /// Reorganisation.
    case reorganisation = "rj"
    /// Liquidation.
    case liquidation = "lj"

    private var rank: Int {
        switch self {
        case .sauvegarde: 0
        case .reorganisation: 1
        case .liquidation: 2
        }
    }

    /// Whether one is lighter than another.
    package static func < (left: Proceeding, right: Proceeding) -> Bool { left.rank < right.rank }
}

/// One event, as a notice made it known.
package struct LegalEvent: Sendable, Hashable {
    /// The company.
    package var siren: SIREN
    /// What happened.
    package var kind: LegalEventKind
    /// The proceedings that the notice names; nil where it names none.
    package var proceeding: Proceeding?
    /// When it was decided; nil where no date, or an absurd one, is given.
    package var decided: CalendarDate?
    /// When it was made known: from this day on it counts.
    package var published: CalendarDate
    /// The notice, such as "A20250133905".
    package var notice: String
    /// Where it was read.
    package var source: PaperReference

    /// Makes an event.
    package init(
        siren: SIREN,
        kind: LegalEventKind,
        proceeding: Proceeding? = nil,
        decided: CalendarDate?,
        published: CalendarDate,
        notice: String,
        source: PaperReference
    ) {
        self.siren = siren
        self.kind = kind
        self.proceeding = proceeding
        self.decided = decided
        self.published = published
        self.notice = notice
        self.source = source
    }

    /// When it took effect, as far as is known.
    package var effective: CalendarDate { decided ?? published }
}

/// A notice that takes back or replaces an earlier one.
package struct NoticeCorrection: Sendable, Hashable {
    /// The notice that no longer holds.
    package var corrected: String
    /// The notice that says so.
    package var by: String
    /// When that was made known.
    package var published: CalendarDate
    /// The companies that the later notice is for.
    package var companies: [SIREN] = []
    /// What the notice told of that no longer holds, as far as the later one says.
    package var kind: LegalEventKind?
    /// When that was decided.
    package var decided: CalendarDate?
    /// Where the later notice was read; nil where nobody says.
    package var source: PaperReference?

    /// Tells of a correction.
    package init(corrected: String, by: String, published: CalendarDate) {
        self.corrected = corrected
        self.by = by
        self.published = published
    }
}
