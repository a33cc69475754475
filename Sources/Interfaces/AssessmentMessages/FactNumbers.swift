// SPDX-License-Identifier: Apache-2.0

// Numbers of the protos and what they stand for: value 1 is the first of a list, and so on. A
// test holds each list against the names of both sides.

package import Assessment
package import CreditFacts
package import LegalHistory
package import StatementAnalysis

/// What the numbers of enums stand for, in their order.
package enum FactNumbers {
    /// Forms of statements.
    package static let forms: [StatementForm] = [.complete, .simplified, .consolidated]
    /// Rules of accounting.
    package static let rules: [AccountingRules] = [.plan2024, .plan2025]
    /// Proceedings.
    package static let proceedings: [Proceeding] = [.sauvegarde, .reorganisation, .liquidation]
    /// Where due dates come from.
    package static let dueSources: [DueDateSource] = [.column, .terms, .legal]
    /// Registers.
    package static let registers: [RegisterEntry.Register] = [.directory, .businesses]
    /// How grave findings are.
    package static let severities: [FindingSeverity] = [.info, .warning, .error]
    /// Zones of published models.
    package static let zones: [ModelZones.Kind] = [.distress, .grey, .safe]
    /// Where companies stand in the register of trade.
    package static let registerStates: [RegisterState] = [
        .active, .dissolving, .struckOff, .ceased,
    ]
    /// Why companies are not scored.
    package static let notScorableReasons = NotScorableReason.allCases
    /// What probabilities are made from.
    package static let bases = TableNumbers.bases
    /// Outcomes.
    package static let outcomes = TableNumbers.outcomes
    /// Degrees of confidence.
    package static let confidences = TableNumbers.confidences
    /// Where companies stand in proceedings.
    package static let proceedingStates = TableNumbers.proceedingStates
    /// Kinds of events.
    package static let eventKinds: [LegalEventKind] = [
        .sauvegardeOpened, .crisisExitOpened, .reorganisationOpened, .convertedToReorganisation,
        .liquidationOpened, .convertedToLiquidation, .liquidationReopened, .extended, .planAdopted,
        .salePlanAdopted, .planModified, .planResolved, .planResolvedToReorganisation,
        .planResolvedToLiquidation, .procedureEnded, .closedPaid, .closedInsufficientAssets,
        .closedUnspecified, .appealReversed, .appealOther, .unclear, .cessationDateChanged,
        .organsNamed, .deadlineExtended, .depositNotice, .personalSanction, .notCompanyInsolvency,
        .struckOff, .strikeOffWithdrawn, .registered, .voluntaryDissolution, .seatMoved,
        .accountsDeposited, .businessSold,
    ]

    /// The number of a value; 0 for nil.
    package static func number<Value: Equatable>(_ value: Value?, _ values: [Value]) -> Int {
        guard let value, let place = values.firstIndex(of: value) else { return 0 }
        return place + 1
    }
}
