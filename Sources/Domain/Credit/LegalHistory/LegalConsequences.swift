// SPDX-License-Identifier: Apache-2.0

// What open proceedings mean for a creditor. Sources: Code de commerce, articles L. 622-7 (earlier
// claims are not paid), L. 622-24 and R. 622-24 (declaration of claims: two months from the notice
// in the BODACC, two more for creditors outside of metropolitan France), L. 622-26 (relief from
// forfeiture: six months from the notice).

internal import CreditFacts
package import Quantities

/// What a creditor has to know of open proceedings.
package struct LegalConsequences: Sendable, Equatable {
    /// Claims that arose before this day are frozen: they are neither paid nor dunned for.
    package let frozenBefore: CalendarDate
    /// Last day to declare claims; later ones are forfeited.
    package let declarationDeadline: CalendarDate?
    /// The same for creditors who do not live in metropolitan France.
    package let declarationDeadlineAbroad: CalendarDate?
    /// Last day to ask for relief from forfeiture.
    package let reliefDeadline: CalendarDate?

    /// The consequences of the proceedings that a status tells of; nil when none are open.
    package init?(_ status: LegalStatus) {
        guard status.state.isOpen, let opening = status.events.first(where: \.opensProceedings)
        else { return nil }
        frozenBefore = opening.effective
        declarationDeadline = opening.published.adding(months: 2)
        declarationDeadlineAbroad = opening.published.adding(months: 4)
        reliefDeadline = opening.published.adding(months: 6)
    }
}

extension LegalEvent {
    /// Whether claims are frozen from this event on. A conversion opens nothing: what was frozen by
    /// the first opening stays so.
    fileprivate var opensProceedings: Bool {
        switch kind {
        case .sauvegardeOpened, .crisisExitOpened, .reorganisationOpened, .liquidationOpened,
            .extended, .planResolvedToReorganisation, .planResolvedToLiquidation:
            true
        default: false
        }
    }
}
