// SPDX-License-Identifier: Apache-2.0

// Why a company was not scored.

internal import CreditFacts

/// Why nothing can be said of a company.
package enum NotScorableReason: String, Sendable, CaseIterable {
    /// Neither statements nor payments are known on that day.
    case nothingKnown = "nothing_known"
    /// No statement is known, and payments are fewer than it takes.
    case fewPayments = "few_payments"
    /// Statements lack what the model asks for, and payments are too few.
    case itemsMissing = "items_missing"
    /// Statements were made known after that day, and payments are too few.
    case knownLater = "known_later"

    /// What it says, without a full stop.
    package func text(inFrench isFrench: Bool) -> String {
        switch self {
        case .nothingKnown:
            isFrench
                ? "ni comptes ni paiements connus à cette date"
                : "neither accounts nor payments are known on that day"
        case .fewPayments:
            isFrench
                ? "pas de comptes, et trop peu de paiements" : "no accounts, and too few payments"
        case .itemsMissing:
            isFrench
                ? "les comptes n'ont pas ce que le modèle demande, et trop peu de paiements"
                : "the accounts lack what the model asks for, and payments are too few"
        case .knownLater:
            isFrench
                ? "comptes pas encore connus à cette date, et trop peu de paiements"
                : "the accounts were not known yet on that day, and payments are too few"
        }
    }
}

extension Assessment {
    /// Why it was not scored; nil for any other outcome.
    package var notScorableReason: NotScorableReason? {
        guard outcome == .notScorable else { return nil }
        if !statements.isEmpty { return .itemsMissing }
        if findings.contains(where: { $0.code == .accountsKnownLater }) { return .knownLater }
        let hasPayments = payments.payments > 0 || payments.open != 0 || payments.pastDue != 0
        return hasPayments ? .fewPayments : .nothingKnown
    }
}
