// SPDX-License-Identifier: Apache-2.0

// The states of collective proceedings.

internal import CreditFacts

/// Where a company stands in collective proceedings.
package enum ProceedingState: String, Sendable, CaseIterable {
    /// In none.
    case none
    /// Safeguard, the court observes.
    case sauvegardeObservation = "sauvegarde_obs"
    /// Safeguard, a plan is carried out.
    case sauvegardePlan = "sauvegarde_plan"
    /// Reorganisation, the court observes.
    case reorganisationObservation = "rj_obs"
    /// Reorganisation, a plan is carried out.
    case reorganisationPlan = "rj_plan"
    /// Liquidation.
    case liquidation = "lj"
    /// A plan was not kept, and what follows is not known.
    case afterResolution = "none_after_resolution"
    /// Closed, all debts paid.
    case closedPaid = "closed_paid"
    /// Closed, assets not sufficient.
    case closedInsufficientAssets = "closed_insufficient_assets"
    /// Closed, and not said why.
    case closedUnspecified = "closed_unspecified"
    /// A judgment has to be read by somebody.
    case review
    /// A court of appeal undid the last decision; somebody has to read what holds now.
    case reviewAfterAppeal = "review_after_appeal"

    /// Whether proceedings are open.
    package var isOpen: Bool {
        switch self {
        case .sauvegardeObservation, .sauvegardePlan, .reorganisationObservation,
            .reorganisationPlan, .liquidation:
            true
        default: false
        }
    }

    /// Whether a plan is carried out.
    package var isPlan: Bool { self == .sauvegardePlan || self == .reorganisationPlan }

    /// Whether proceedings ended with the company's liquidation.
    package var isClosed: Bool {
        switch self {
        case .closedPaid, .closedInsufficientAssets, .closedUnspecified: true
        default: false
        }
    }

    /// Whether somebody has to look before anything is said.
    package var needsReview: Bool {
        self == .afterResolution || self == .review || self == .reviewAfterAppeal
    }

    /// The state in which the proceedings begin.
    static func observation(of proceeding: Proceeding) -> ProceedingState {
        switch proceeding {
        case .sauvegarde: .sauvegardeObservation
        case .reorganisation: .reorganisationObservation
        case .liquidation: .liquidation
        }
    }

    /// The state while their plan is carried out; a liquidation has none.
    static func plan(of proceeding: Proceeding) -> ProceedingState {
        proceeding == .sauvegarde ? .sauvegardePlan : .reorganisationPlan
    }
}
