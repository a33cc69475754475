// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/assessment_service.proto; do not edit.

package import ProtobufCoding

/// A part of an assessment that can be left out.
package enum Vigie_V1_AssessmentPart: Sendable, Equatable {
    /// Not a valid choice.
    case unspecified
    /// Ratios and balances of the last statement.
    case ratios
    /// What published models say.
    case publishedModels
    /// What was noticed in statements.
    case findings
    /// How the company pays and is paid.
    case payments
    /// The statements that were used.
    case statements
    /// Labels of features and formulas.
    case labels
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .ratios, .publishedModels, .findings, .payments, .statements, .labels]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .ratios
        case 2: self = .publishedModels
        case 3: self = .findings
        case 4: self = .payments
        case 5: self = .statements
        case 6: self = .labels
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .ratios: 1
        case .publishedModels: 2
        case .findings: 3
        case .payments: 4
        case .statements: 5
        case .labels: 6
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Which form a statement was made on.
package enum Vigie_V1_StatementForm: Sendable, Equatable {
    /// Same as STATEMENT_FORM_COMPLETE.
    case unspecified
    /// Complete (2050 and following).
    case complete
    /// Simplified (2033).
    case simplified
    /// Of a group, on the complete form; shown apart, never scored.
    case consolidated
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .complete, .simplified, .consolidated]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .complete
        case 2: self = .simplified
        case 3: self = .consolidated
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .complete: 1
        case .simplified: 2
        case .consolidated: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Rules of accounting; amounts across them cannot be compared.
package enum Vigie_V1_AccountingRules: Sendable, Equatable {
    /// By the dates of the year.
    case unspecified
    /// The French general plan of accounts until 2024.
    case plan2024
    /// With regulation ANC 2022-06, for years that begin in 2025 or, by choice, 2024.
    case plan2025
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .plan2024, .plan2025]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .plan2024
        case 2: self = .plan2025
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .plan2024: 1
        case .plan2025: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A kind of event in the legal life of a company.
package enum Vigie_V1_LegalEventKind: Sendable, Equatable {
    /// Not a valid choice.
    case unspecified
    /// Safeguard proceedings are opened, of any form.
    case sauvegardeOpened
    /// The proceedings of law 2021-689 (way out of the crisis) are opened.
    case sortieDeCriseOpened
    /// Reorganisation (redressement judiciaire) is opened.
    case rjOpened
    /// Proceedings become a reorganisation.
    case convertedToRj
    /// Liquidation is opened.
    case ljOpened
    /// Proceedings become a liquidation.
    case convertedToLj
    /// A liquidation that was closed goes on.
    case ljReopened
    /// Another company's proceedings are extended to this one.
    case extended
    /// A plan is adopted.
    case planAdopted
    /// The business is sold; the proceedings go on.
    case planCessionAdopted
    /// A plan is changed.
    case planModified
    /// A plan ends because it is not kept, and nothing is said of what follows.
    case planResolved
    /// A plan ends because it is not kept, and reorganisation follows.
    case planResolvedRj
    /// A plan ends because it is not kept, and liquidation follows.
    case planResolvedLj
    /// Safeguard or reorganisation ends, the company goes on.
    case procedureEnded
    /// Closed, all debts paid.
    case closedPaid
    /// Closed, assets not sufficient.
    case closedInsufficientAssets
    /// Closed, and not said why.
    case closedUnspecified
    /// A court of appeal reverses a decision.
    case appealReversed
    /// Another decision of a court of appeal, which somebody has to read.
    case appealOther
    /// A judgment that does not tell what it does; somebody has to read it.
    case unclear
    /// The date from which the company could not pay is changed.
    case cessationDateChanged
    /// Administrators, liquidators or judges are named.
    case organsNamed
    /// More time for the list of claims.
    case deadlineExtended
    /// A list was deposited.
    case depositNotice
    /// A person may not manage companies; says nothing of this one.
    case personalSanction
    /// Proceedings of a person as such, not of a company.
    case notCompanyInsolvency
    /// Struck off the register.
    case struckOff
    /// A strike-off is taken back.
    case strikeOffWithdrawn
    /// Entered in the register, for the first time or again.
    case registered
    /// The owners dissolve the company.
    case voluntaryDissolution
    /// The seat moved; old notices look like a strike-off.
    case seatMoved
    /// Accounts were deposited.
    case accountsDeposited
    /// The business, or a part of it, was sold.
    case businessSold
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .sauvegardeOpened, .sortieDeCriseOpened, .rjOpened, .convertedToRj, .ljOpened, .convertedToLj, .ljReopened, .extended, .planAdopted, .planCessionAdopted, .planModified, .planResolved, .planResolvedRj, .planResolvedLj, .procedureEnded, .closedPaid, .closedInsufficientAssets, .closedUnspecified, .appealReversed, .appealOther, .unclear, .cessationDateChanged, .organsNamed, .deadlineExtended, .depositNotice, .personalSanction, .notCompanyInsolvency, .struckOff, .strikeOffWithdrawn, .registered, .voluntaryDissolution, .seatMoved, .accountsDeposited, .businessSold]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .sauvegardeOpened
        case 2: self = .sortieDeCriseOpened
        case 3: self = .rjOpened
        case 4: self = .convertedToRj
        case 5: self = .ljOpened
        case 6: self = .convertedToLj
        case 7: self = .ljReopened
        case 8: self = .extended
        case 9: self = .planAdopted
        case 10: self = .planCessionAdopted
        case 11: self = .planModified
        case 12: self = .planResolved
        case 13: self = .planResolvedRj
        case 14: self = .planResolvedLj
        case 15: self = .procedureEnded
        case 16: self = .closedPaid
        case 17: self = .closedInsufficientAssets
        case 18: self = .closedUnspecified
        case 19: self = .appealReversed
        case 20: self = .appealOther
        case 21: self = .unclear
        case 22: self = .cessationDateChanged
        case 23: self = .organsNamed
        case 24: self = .deadlineExtended
        case 25: self = .depositNotice
        case 26: self = .personalSanction
        case 27: self = .notCompanyInsolvency
        case 28: self = .struckOff
        case 29: self = .strikeOffWithdrawn
        case 30: self = .registered
        case 31: self = .voluntaryDissolution
        case 32: self = .seatMoved
        case 33: self = .accountsDeposited
        case 34: self = .businessSold
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .sauvegardeOpened: 1
        case .sortieDeCriseOpened: 2
        case .rjOpened: 3
        case .convertedToRj: 4
        case .ljOpened: 5
        case .convertedToLj: 6
        case .ljReopened: 7
        case .extended: 8
        case .planAdopted: 9
        case .planCessionAdopted: 10
        case .planModified: 11
        case .planResolved: 12
        case .planResolvedRj: 13
        case .planResolvedLj: 14
        case .procedureEnded: 15
        case .closedPaid: 16
        case .closedInsufficientAssets: 17
        case .closedUnspecified: 18
        case .appealReversed: 19
        case .appealOther: 20
        case .unclear: 21
        case .cessationDateChanged: 22
        case .organsNamed: 23
        case .deadlineExtended: 24
        case .depositNotice: 25
        case .personalSanction: 26
        case .notCompanyInsolvency: 27
        case .struckOff: 28
        case .strikeOffWithdrawn: 29
        case .registered: 30
        case .voluntaryDissolution: 31
        case .seatMoved: 32
        case .accountsDeposited: 33
        case .businessSold: 34
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Collective proceedings of French law.
package enum Vigie_V1_Proceeding: Sendable, Equatable {
    /// The notice names none.
    case unspecified
    /// Safeguard.
    case sauvegarde
    /// Reorganisation.
    case rj
    /// Liquidation.
    case lj
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .sauvegarde, .rj, .lj]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .sauvegarde
        case 2: self = .rj
        case 3: self = .lj
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .sauvegarde: 1
        case .rj: 2
        case .lj: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A register of companies.
package enum Vigie_V1_CompanyRegister: Sendable, Equatable {
    /// Not a valid choice.
    case unspecified
    /// The directory of companies (Sirene).
    case sirene
    /// The register of businesses (RNE).
    case rne
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .sirene, .rne]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .sirene
        case 2: self = .rne
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .sirene: 1
        case .rne: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Whether a register has a company as active.
package enum Vigie_V1_RegisterActivity: Sendable, Equatable {
    /// It does not say.
    case unspecified
    /// Active.
    case active
    /// Ceased.
    case ceased
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .active, .ceased]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .active
        case 2: self = .ceased
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .active: 1
        case .ceased: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Where a due date comes from; a weaker source lowers the confidence.
package enum Vigie_V1_DueSource: Sendable, Equatable {
    /// Not known.
    case unspecified
    /// The invoice or the ledger.
    case column
    /// Terms that were agreed with this customer.
    case terms
    /// The legal term, for want of anything else.
    case legal
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .column, .terms, .legal]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .column
        case 2: self = .terms
        case 3: self = .legal
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .column: 1
        case .terms: 2
        case .legal: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What a formula is.
package enum Vigie_V1_FormulaKind: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// One of the public set of ratios.
    case ratio
    /// An intermediate balance, or a part of the functional balance sheet.
    case balance
    /// A published model.
    case model
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .ratio, .balance, .model]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .ratio
        case 2: self = .balance
        case 3: self = .model
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .ratio: 1
        case .balance: 2
        case .model: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What can be said of a company at all.
package enum Vigie_V1_AssessmentOutcome: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// It was scored.
    case scored
    /// Too little is known.
    case notScorable
    /// It has ended.
    case closed
    /// Collective proceedings are open: it has failed.
    case inProceedings
    /// Somebody has to read a judgment first.
    case review
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .scored, .notScorable, .closed, .inProceedings, .review]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .scored
        case 2: self = .notScorable
        case 3: self = .closed
        case 4: self = .inProceedings
        case 5: self = .review
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .scored: 1
        case .notScorable: 2
        case .closed: 3
        case .inProceedings: 4
        case .review: 5
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What a probability was made from.
package enum Vigie_V1_AssessmentBasis: Sendable, Equatable {
    /// There is no probability.
    case unspecified
    /// Statements, by the model.
    case statements
    /// Few ratios of statements, by the card.
    case fewRatios
    /// Payments alone, from the model's base rate; not fitted.
    case payments
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .statements, .fewRatios, .payments]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .statements
        case 2: self = .fewRatios
        case 3: self = .payments
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .statements: 1
        case .fewRatios: 2
        case .payments: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// How far an assessment is to be trusted, by how much is known.
package enum Vigie_V1_Confidence: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// Most is known.
    case a
    /// Less.
    case b
    /// Less.
    case c
    /// Less.
    case d
    /// Less.
    case e
    /// Less.
    case f
    /// Nothing.
    case g
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .a, .b, .c, .d, .e, .f, .g]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .a
        case 2: self = .b
        case 3: self = .c
        case 4: self = .d
        case 5: self = .e
        case 6: self = .f
        case 7: self = .g
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .a: 1
        case .b: 2
        case .c: 3
        case .d: 4
        case .e: 5
        case .f: 6
        case .g: 7
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Where a company stands in collective proceedings.
package enum Vigie_V1_ProceedingState: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// In none.
    case none
    /// Safeguard, the court observes.
    case sauvegardeObs
    /// Safeguard, a plan is carried out.
    case sauvegardePlan
    /// Reorganisation, the court observes.
    case rjObs
    /// Reorganisation, a plan is carried out.
    case rjPlan
    /// Liquidation.
    case lj
    /// A plan was not kept, and what follows is not known.
    case noneAfterResolution
    /// Closed, all debts paid.
    case closedPaid
    /// Closed, assets not sufficient.
    case closedInsufficientAssets
    /// Closed, and not said why.
    case closedUnspecified
    /// A judgment has to be read by somebody.
    case review
    /// A court of appeal undid the last decision; somebody has to read what holds.
    case reviewAfterAppeal
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .none, .sauvegardeObs, .sauvegardePlan, .rjObs, .rjPlan, .lj, .noneAfterResolution, .closedPaid, .closedInsufficientAssets, .closedUnspecified, .review, .reviewAfterAppeal]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .none
        case 2: self = .sauvegardeObs
        case 3: self = .sauvegardePlan
        case 4: self = .rjObs
        case 5: self = .rjPlan
        case 6: self = .lj
        case 7: self = .noneAfterResolution
        case 8: self = .closedPaid
        case 9: self = .closedInsufficientAssets
        case 10: self = .closedUnspecified
        case 11: self = .review
        case 12: self = .reviewAfterAppeal
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .none: 1
        case .sauvegardeObs: 2
        case .sauvegardePlan: 3
        case .rjObs: 4
        case .rjPlan: 5
        case .lj: 6
        case .noneAfterResolution: 7
        case .closedPaid: 8
        case .closedInsufficientAssets: 9
        case .closedUnspecified: 10
        case .review: 11
        case .reviewAfterAppeal: 12
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Where a company stands in the register of trade.
package enum Vigie_V1_RegisterStanding: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// Nothing says that it is not on it.
    case active
    /// The owners dissolve it.
    case dissolving
    /// It is off it.
    case struckOff
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .active, .dissolving, .struckOff]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .active
        case 2: self = .dissolving
        case 3: self = .struckOff
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .active: 1
        case .dissolving: 2
        case .struckOff: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Kinds of conflict.
package enum Vigie_V1_LegalConflictKind: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// Struck off, and active in the directory; it counts as closed.
    case struckOffYetActive
    /// Active in the directory again, since after it was struck off.
    case activeAgain
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .struckOffYetActive, .activeAgain]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .struckOffYetActive
        case 2: self = .activeAgain
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .struckOffYetActive: 1
        case .activeAgain: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Why a formula has no value.
package enum Vigie_V1_NoValueReason: Sendable, Equatable {
    /// It has one.
    case unspecified
    /// Lines without which it says nothing are not there.
    case linesMissing
    /// They are not there in the year before.
    case earlierLinesMissing
    /// It asks for a value that no statement has.
    case notGiven
    /// There is no statement of the year before.
    case noYearBefore
    /// A divisor is 0, or a logarithm is taken of what has none.
    case notComputable
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .linesMissing, .earlierLinesMissing, .notGiven, .noYearBefore, .notComputable]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .linesMissing
        case 2: self = .earlierLinesMissing
        case 3: self = .notGiven
        case 4: self = .noYearBefore
        case 5: self = .notComputable
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .linesMissing: 1
        case .earlierLinesMissing: 2
        case .notGiven: 3
        case .noYearBefore: 4
        case .notComputable: 5
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What the value of a published model means.
package enum Vigie_V1_ModelZone: Sendable, Equatable {
    /// There is none.
    case unspecified
    /// Like firms that failed.
    case distress
    /// Neither.
    case grey
    /// Like firms that did not.
    case safe
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .distress, .grey, .safe]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .distress
        case 2: self = .grey
        case 3: self = .safe
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .distress: 1
        case .grey: 2
        case .safe: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// How grave a finding is.
package enum Vigie_V1_FindingSeverity: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// Worth knowing.
    case info
    /// Lowers how far the result is trusted.
    case warning
    /// Something was not read.
    case error
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .info, .warning, .error]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .info
        case 2: self = .warning
        case 3: self = .error
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Who reads an assessment.
package enum Vigie_V1_TermReader: Sendable, Equatable {
    /// Same as TERM_READER_CREDIT.
    case unspecified
    /// Who grants credit.
    case credit
    /// Who sells.
    case sales
    /// The company that is assessed.
    case company
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .credit, .sales, .company]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .credit
        case 2: self = .sales
        case 3: self = .company
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .credit: 1
        case .sales: 2
        case .company: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A language of texts for people.
package enum Vigie_V1_TermLanguage: Sendable, Equatable {
    /// Same as TERM_LANGUAGE_ENGLISH.
    case unspecified
    /// English.
    case english
    /// French.
    case french
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .english, .french]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .english
        case 2: self = .french
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .english: 1
        case .french: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Asks for the assessment of one company.
package struct Vigie_V1_AssessRequest: ProtobufMessage {
    /// How it is assessed.
    package var header: Vigie_V1_AssessHeader {
        get { .only(_header) }
        set { _header = [newValue] }
    }
    /// Whether the message has `header`.
    package var hasHeader: Bool { !_header.isEmpty }
    /// Takes `header` out of the message.
    package mutating func clearHeader() { _header = [] }
    private var _header: [Vigie_V1_AssessHeader] = []

    /// What is known of it.
    package var company: Vigie_V1_CompanyFacts {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_CompanyFacts] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_header)
            case 18: try reader.boxed(&_company)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _header)
        writer.messages(18, _company)
    }
}

/// The assessment of one company.
package struct Vigie_V1_AssessResponse: ProtobufMessage {
    /// What the numbers in it mean; of features only those that it names.
    package var context: Vigie_V1_AssessmentContext {
        get { .only(_context) }
        set { _context = [newValue] }
    }
    /// Whether the message has `context`.
    package var hasContext: Bool { !_context.isEmpty }
    /// Takes `context` out of the message.
    package mutating func clearContext() { _context = [] }
    private var _context: [Vigie_V1_AssessmentContext] = []

    /// The assessment.
    package var assessment: Vigie_V1_CompanyAssessment {
        get { .only(_assessment) }
        set { _assessment = [newValue] }
    }
    /// Whether the message has `assessment`.
    package var hasAssessment: Bool { !_assessment.isEmpty }
    /// Takes `assessment` out of the message.
    package mutating func clearAssessment() { _assessment = [] }
    private var _assessment: [Vigie_V1_CompanyAssessment] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_context)
            case 18: try reader.boxed(&_assessment)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _context)
        writer.messages(18, _assessment)
    }
}

/// One message of a stream of companies.
package struct Vigie_V1_BatchAssessRequest: ProtobufMessage {
    /// The first message of the stream, and only the first.
    package var header: Vigie_V1_AssessHeader {
        get {
            if case .header(let value)? = message { return value }
            return Vigie_V1_AssessHeader()
        }
        set { message = .header(newValue) }
    }

    /// Companies to assess.
    package var batch: Vigie_V1_CompanyBatch {
        get {
            if case .batch(let value)? = message { return value }
            return Vigie_V1_CompanyBatch()
        }
        set { message = .batch(newValue) }
    }

    /// Header first, then companies.
    package var message: OneOf_Message?

    /// Header first, then companies.
    package indirect enum OneOf_Message: Sendable {
        /// The first message of the stream, and only the first.
        case header(Vigie_V1_AssessHeader)
        /// Companies to assess.
        case batch(Vigie_V1_CompanyBatch)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.BatchAssessRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_AssessHeader()
                if case .header(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .header(value)
            case 18:
                var value = Vigie_V1_CompanyBatch()
                if case .batch(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .batch(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .header(let value)? = message {
            writer.message(10, value)
        }
        if case .batch(let value)? = message {
            writer.message(18, value)
        }
    }
}

/// Some companies.
package struct Vigie_V1_CompanyBatch: ProtobufMessage {
    /// What is known of each.
    package var companies: [Vigie_V1_CompanyFacts] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyBatch" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&companies)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, companies)
    }
}

/// One message of a stream of assessments.
package struct Vigie_V1_BatchAssessResponse: ProtobufMessage {
    /// What the numbers in all assessments mean. Sent once, when the header is
    /// accepted.
    package var context: Vigie_V1_AssessmentContext {
        get {
            if case .context(let value)? = message { return value }
            return Vigie_V1_AssessmentContext()
        }
        set { message = .context(newValue) }
    }

    /// The answer to one message of companies.
    package var batch: Vigie_V1_AssessmentBatch {
        get {
            if case .batch(let value)? = message { return value }
            return Vigie_V1_AssessmentBatch()
        }
        set { message = .batch(newValue) }
    }

    /// Context first, then assessments.
    package var message: OneOf_Message?

    /// Context first, then assessments.
    package indirect enum OneOf_Message: Sendable {
        /// What the numbers in all assessments mean. Sent once, when the header is
        /// accepted.
        case context(Vigie_V1_AssessmentContext)
        /// The answer to one message of companies.
        case batch(Vigie_V1_AssessmentBatch)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.BatchAssessResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_AssessmentContext()
                if case .context(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .context(value)
            case 18:
                var value = Vigie_V1_AssessmentBatch()
                if case .batch(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .batch(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .context(let value)? = message {
            writer.message(10, value)
        }
        if case .batch(let value)? = message {
            writer.message(18, value)
        }
    }
}

/// Answers to some companies.
package struct Vigie_V1_AssessmentBatch: ProtobufMessage {
    /// One for each company, in their order.
    package var answers: [Vigie_V1_CompanyAnswer] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessmentBatch" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&answers)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, answers)
    }
}

/// The answer to one company.
package struct Vigie_V1_CompanyAnswer: ProtobufMessage {
    /// The assessment.
    package var assessment: Vigie_V1_CompanyAssessment {
        get {
            if case .assessment(let value)? = answer { return value }
            return Vigie_V1_CompanyAssessment()
        }
        set { answer = .assessment(newValue) }
    }

    /// What is wrong with its facts.
    package var error: Vigie_V1_CompanyError {
        get {
            if case .error(let value)? = answer { return value }
            return Vigie_V1_CompanyError()
        }
        set { answer = .error(newValue) }
    }

    /// An assessment, or why there is none.
    package var answer: OneOf_Answer?

    /// An assessment, or why there is none.
    package indirect enum OneOf_Answer: Sendable {
        /// The assessment.
        case assessment(Vigie_V1_CompanyAssessment)
        /// What is wrong with its facts.
        case error(Vigie_V1_CompanyError)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyAnswer" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_CompanyAssessment()
                if case .assessment(let before)? = answer {
                    value = before
                    answer = nil
                }
                try reader.message(&value)
                answer = .assessment(value)
            case 18:
                var value = Vigie_V1_CompanyError()
                if case .error(let before)? = answer {
                    value = before
                    answer = nil
                }
                try reader.message(&value)
                answer = .error(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .assessment(let value)? = answer {
            writer.message(10, value)
        }
        if case .error(let value)? = answer {
            writer.message(18, value)
        }
    }
}

/// Why a company of a batch was not assessed.
package struct Vigie_V1_CompanyError: ProtobufMessage {
    /// The code that the call would have ended with, by its number in gRPC.
    package var code: UInt32 = 0

    /// What is wrong, as a constant for programs, such as "WRONG_COLUMN_LENGTH".
    package var reason: String = ""

    /// The field at fault, such as "company.statements.cents".
    package var field: String = ""

    /// What is wrong, and what to do about it.
    package var message: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyError" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: code = try reader.uint32()
            case 18: reason = try reader.string()
            case 26: field = try reader.string()
            case 34: message = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, code)
        writer.string(18, reason)
        writer.string(26, field)
        writer.string(34, message)
    }
}

/// How companies are assessed.
package struct Vigie_V1_AssessHeader: ProtobufMessage {
    /// The model that scores statements: its name, or "name@version". Empty means
    /// the server's default model.
    package var model: String = ""

    /// The model for statements of which many items are missing. Empty leaves the
    /// choice to the server, which takes the first of its scorecards of the same
    /// event. The name of the model itself means that there is none.
    package var card: String = ""

    /// The day for which companies are assessed, as YYYY-MM-DD: nothing that was
    /// made known later is used. Empty means today in UTC.
    package var asOfDate: String = ""

    /// Reasons of each company, the strongest first. At most the number of
    /// features of the model.
    package var reasonCount: UInt32 = 0

    /// Whether notices that were taken back after as_of_date never stood. Without
    /// it, they count as they did on that day.
    package var knowsLaterCorrections: Bool = false

    /// Codes of the lines of statements, such as "FL", which StatementColumns names
    /// by their place in this list. Those of the forms 2050 to 2053 and 2058, or of
    /// the simplified form 2033.
    package var lineNames: [String] = []

    /// Parts of assessments that are not wanted.
    package var omittedParts: [Vigie_V1_AssessmentPart] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessHeader" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: model = try reader.string()
            case 18: card = try reader.string()
            case 26: asOfDate = try reader.string()
            case 32: reasonCount = try reader.uint32()
            case 40: knowsLaterCorrections = try reader.bool()
            case 50: try reader.strings(&lineNames)
            case 56: omittedParts.append(Vigie_V1_AssessmentPart(rawValue: try reader.enumeration()))
            case 58:
                let outer = try reader.enter()
                while reader.hasMore {
                    omittedParts.append(Vigie_V1_AssessmentPart(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, model)
        writer.string(18, card)
        writer.string(26, asOfDate)
        writer.uint32(32, reasonCount)
        writer.bool(40, knowsLaterCorrections)
        writer.strings(50, lineNames)
        if !omittedParts.isEmpty {
            let start = writer.open(58)
            for value in omittedParts { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
    }
}

/// What is known of a company. Everything may be absent.
package struct Vigie_V1_CompanyFacts: ProtobufMessage {
    /// Its number in the French directory (SIREN): nine digits. Empty if unknown;
    /// needed with events and register_entries.
    package var siren: String = ""

    /// Its name. Not repeated in answers.
    package var name: String = ""

    /// Its statements, in any order.
    package var statements: Vigie_V1_StatementColumns {
        get { .only(_statements) }
        set { _statements = [newValue] }
    }
    /// Whether the message has `statements`.
    package var hasStatements: Bool { !_statements.isEmpty }
    /// Takes `statements` out of the message.
    package mutating func clearStatements() { _statements = [] }
    private var _statements: [Vigie_V1_StatementColumns] = []

    /// What filings say of the year before theirs.
    package var comparatives: Vigie_V1_StatementColumns {
        get { .only(_comparatives) }
        set { _comparatives = [newValue] }
    }
    /// Whether the message has `comparatives`.
    package var hasComparatives: Bool { !_comparatives.isEmpty }
    /// Takes `comparatives` out of the message.
    package mutating func clearComparatives() { _comparatives = [] }
    private var _comparatives: [Vigie_V1_StatementColumns] = []

    /// Filings of its accounts, with or without their statements.
    package var filings: Vigie_V1_FilingColumns {
        get { .only(_filings) }
        set { _filings = [newValue] }
    }
    /// Whether the message has `filings`.
    package var hasFilings: Bool { !_filings.isEmpty }
    /// Takes `filings` out of the message.
    package mutating func clearFilings() { _filings = [] }
    private var _filings: [Vigie_V1_FilingColumns] = []

    /// What courts and registers made known.
    package var events: Vigie_V1_EventColumns {
        get { .only(_events) }
        set { _events = [newValue] }
    }
    /// Whether the message has `events`.
    package var hasEvents: Bool { !_events.isEmpty }
    /// Takes `events` out of the message.
    package mutating func clearEvents() { _events = [] }
    private var _events: [Vigie_V1_EventColumns] = []

    /// What later notices took back.
    package var corrections: Vigie_V1_CorrectionColumns {
        get { .only(_corrections) }
        set { _corrections = [newValue] }
    }
    /// Whether the message has `corrections`.
    package var hasCorrections: Bool { !_corrections.isEmpty }
    /// Takes `corrections` out of the message.
    package mutating func clearCorrections() { _corrections = [] }
    private var _corrections: [Vigie_V1_CorrectionColumns] = []

    /// What registers say, the newest entry of each last.
    package var registerEntries: Vigie_V1_RegisterColumns {
        get { .only(_registerEntries) }
        set { _registerEntries = [newValue] }
    }
    /// Whether the message has `registerEntries`.
    package var hasRegisterEntries: Bool { !_registerEntries.isEmpty }
    /// Takes `registerEntries` out of the message.
    package mutating func clearRegisterEntries() { _registerEntries = [] }
    private var _registerEntries: [Vigie_V1_RegisterColumns] = []

    /// What it owes and owed: its book of suppliers, or what creditors tell.
    package var owed: Vigie_V1_InvoiceColumns {
        get { .only(_owed) }
        set { _owed = [newValue] }
    }
    /// Whether the message has `owed`.
    package var hasOwed: Bool { !_owed.isEmpty }
    /// Takes `owed` out of the message.
    package mutating func clearOwed() { _owed = [] }
    private var _owed: [Vigie_V1_InvoiceColumns] = []

    /// What its customers owe and owed it.
    package var receivable: Vigie_V1_InvoiceColumns {
        get { .only(_receivable) }
        set { _receivable = [newValue] }
    }
    /// Whether the message has `receivable`.
    package var hasReceivable: Bool { !_receivable.isEmpty }
    /// Takes `receivable` out of the message.
    package mutating func clearReceivable() { _receivable = [] }
    private var _receivable: [Vigie_V1_InvoiceColumns] = []

    /// Money of it, and credit notes, that belong to no invoice that it owes.
    package var unallocated: Vigie_V1_CreditColumns {
        get { .only(_unallocated) }
        set { _unallocated = [newValue] }
    }
    /// Whether the message has `unallocated`.
    package var hasUnallocated: Bool { !_unallocated.isEmpty }
    /// Takes `unallocated` out of the message.
    package mutating func clearUnallocated() { _unallocated = [] }
    private var _unallocated: [Vigie_V1_CreditColumns] = []

    /// The last day that its own book speaks of; absent without a book. What is
    /// open is looked at on that day, for what came later is not known.
    package var ledgerUntilDay: Int32 {
        get { _ledgerUntilDay ?? 0 }
        set { _ledgerUntilDay = newValue }
    }
    /// Whether the message has `ledgerUntilDay`.
    package var hasLedgerUntilDay: Bool { _ledgerUntilDay != nil }
    /// Takes `ledgerUntilDay` out of the message.
    package mutating func clearLedgerUntilDay() { _ledgerUntilDay = nil }
    private var _ledgerUntilDay: Int32?

    /// Whether records of papers about it could not be used: it lowers the
    /// confidence.
    package var hasDoubtfulPapers: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyFacts" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: siren = try reader.string()
            case 18: name = try reader.string()
            case 26: try reader.boxed(&_statements)
            case 34: try reader.boxed(&_comparatives)
            case 42: try reader.boxed(&_filings)
            case 50: try reader.boxed(&_events)
            case 58: try reader.boxed(&_corrections)
            case 66: try reader.boxed(&_registerEntries)
            case 74: try reader.boxed(&_owed)
            case 82: try reader.boxed(&_receivable)
            case 90: try reader.boxed(&_unallocated)
            case 96: _ledgerUntilDay = try reader.sint32()
            case 104: hasDoubtfulPapers = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, siren)
        writer.string(18, name)
        writer.messages(26, _statements)
        writer.messages(34, _comparatives)
        writer.messages(42, _filings)
        writer.messages(50, _events)
        writer.messages(58, _corrections)
        writer.messages(66, _registerEntries)
        writer.messages(74, _owed)
        writer.messages(82, _receivable)
        writer.messages(90, _unallocated)
        if let value = _ledgerUntilDay {
            writer.tag(96)
            writer.sint32(value)
        }
        writer.bool(104, hasDoubtfulPapers)
    }
}

/// Statements as columns.
package struct Vigie_V1_StatementColumns: ProtobufMessage {
    /// The day on which each year ends.
    package var closingDays: [Int32] = []

    /// Months that each covers, 1 to 36.
    package var months: [UInt32] = []

    /// The form of each. Optional: empty means COMPLETE.
    package var forms: [Vigie_V1_StatementForm] = []

    /// The rules that each follows. Optional: empty leaves it to the dates.
    package var rules: [Vigie_V1_AccountingRules] = []

    /// When each was filed. Optional: one whose day is not known counts from the
    /// end of its year.
    package var publishedDays: [Int32] = []

    /// How many lines of each follow in the next columns, statement after statement.
    package var lineCounts: [UInt32] = []

    /// The line: a place in the header's line_names, from 0. As many as all
    /// line_counts together; a line stands once in a statement.
    package var lines: [UInt32] = []

    /// The amount of each line in cents; of an asset that is written off, its gross
    /// amount. As many as lines. A line that is not there is empty on the form.
    package var cents: [Int64] = []

    /// Where each stands. Optional.
    package var papers: [UInt32] = []

    /// Where each stands. Optional.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StatementColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.sint32s(tag, &closingDays)
            case 16, 18: try reader.uint32s(tag, &months)
            case 24: forms.append(Vigie_V1_StatementForm(rawValue: try reader.enumeration()))
            case 26:
                let outer = try reader.enter()
                while reader.hasMore {
                    forms.append(Vigie_V1_StatementForm(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 32: rules.append(Vigie_V1_AccountingRules(rawValue: try reader.enumeration()))
            case 34:
                let outer = try reader.enter()
                while reader.hasMore {
                    rules.append(Vigie_V1_AccountingRules(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 40, 42: try reader.sint32s(tag, &publishedDays)
            case 48, 50: try reader.uint32s(tag, &lineCounts)
            case 56, 58: try reader.uint32s(tag, &lines)
            case 64, 66: try reader.sint64s(tag, &cents)
            case 72, 74: try reader.uint32s(tag, &papers)
            case 80, 82: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.sint32s(10, closingDays)
        writer.uint32s(18, months)
        if !forms.isEmpty {
            let start = writer.open(26)
            for value in forms { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        if !rules.isEmpty {
            let start = writer.open(34)
            for value in rules { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.sint32s(42, publishedDays)
        writer.uint32s(50, lineCounts)
        writer.uint32s(58, lines)
        writer.sint64s(66, cents)
        writer.uint32s(74, papers)
        writer.uint32s(82, paperLines)
    }
}

/// Filings of accounts as columns.
package struct Vigie_V1_FilingColumns: ProtobufMessage {
    /// The day on which each year ends.
    package var closingDays: [Int32] = []

    /// When each was filed. Optional.
    package var filedDays: [Int32] = []

    /// Whether these are accounts at the beginning of a liquidation. Optional.
    package var ofLiquidation: [Bool] = []

    /// Where each stands. Optional.
    package var papers: [UInt32] = []

    /// Where each stands. Optional.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.FilingColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.sint32s(tag, &closingDays)
            case 16, 18: try reader.sint32s(tag, &filedDays)
            case 24, 26: try reader.bools(tag, &ofLiquidation)
            case 32, 34: try reader.uint32s(tag, &papers)
            case 40, 42: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.sint32s(10, closingDays)
        writer.sint32s(18, filedDays)
        writer.bools(26, ofLiquidation)
        writer.uint32s(34, papers)
        writer.uint32s(42, paperLines)
    }
}

/// Events of a company's legal life as columns.
package struct Vigie_V1_EventColumns: ProtobufMessage {
    /// What happened.
    package var kinds: [Vigie_V1_LegalEventKind] = []

    /// When each was made known: from this day on it counts.
    package var publishedDays: [Int32] = []

    /// When each was decided. Optional.
    package var decidedDays: [Int32] = []

    /// The proceedings that the notice of each names. Optional.
    package var proceedings: [Vigie_V1_Proceeding] = []

    /// The notice of each, such as "A20250133905". Optional: without it an event
    /// cannot be taken back. The same notice and kind twice count once.
    package var notices: [String] = []

    /// Where each stands. Optional.
    package var papers: [UInt32] = []

    /// Where each stands. Optional.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.EventColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: kinds.append(Vigie_V1_LegalEventKind(rawValue: try reader.enumeration()))
            case 10:
                let outer = try reader.enter()
                while reader.hasMore {
                    kinds.append(Vigie_V1_LegalEventKind(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 16, 18: try reader.sint32s(tag, &publishedDays)
            case 24, 26: try reader.sint32s(tag, &decidedDays)
            case 32: proceedings.append(Vigie_V1_Proceeding(rawValue: try reader.enumeration()))
            case 34:
                let outer = try reader.enter()
                while reader.hasMore {
                    proceedings.append(Vigie_V1_Proceeding(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 42: try reader.strings(&notices)
            case 48, 50: try reader.uint32s(tag, &papers)
            case 56, 58: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if !kinds.isEmpty {
            let start = writer.open(10)
            for value in kinds { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.sint32s(18, publishedDays)
        writer.sint32s(26, decidedDays)
        if !proceedings.isEmpty {
            let start = writer.open(34)
            for value in proceedings { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.strings(42, notices)
        writer.uint32s(50, papers)
        writer.uint32s(58, paperLines)
    }
}

/// Notices that take back or replace earlier ones, as columns.
package struct Vigie_V1_CorrectionColumns: ProtobufMessage {
    /// The notice that no longer holds.
    package var corrected: [String] = []

    /// The notice that says so.
    package var by: [String] = []

    /// When that was made known.
    package var publishedDays: [Int32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CorrectionColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.strings(&corrected)
            case 18: try reader.strings(&by)
            case 24, 26: try reader.sint32s(tag, &publishedDays)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.strings(10, corrected)
        writer.strings(18, by)
        writer.sint32s(26, publishedDays)
    }
}

/// What registers say of a company, as columns.
package struct Vigie_V1_RegisterColumns: ProtobufMessage {
    /// Which register says it.
    package var registers: [Vigie_V1_CompanyRegister] = []

    /// Whether it is active there. Optional.
    package var activities: [Vigie_V1_RegisterActivity] = []

    /// Since when it is in that state. Optional.
    package var sinceDays: [Int32] = []

    /// When it was struck off. Optional.
    package var struckOffDays: [Int32] = []

    /// When the entry was last changed: from this day on it is known. Optional: one
    /// whose day is not known counts from since_days, or always.
    package var updatedDays: [Int32] = []

    /// Where each stands. Optional.
    package var papers: [UInt32] = []

    /// Where each stands. Optional.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RegisterColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: registers.append(Vigie_V1_CompanyRegister(rawValue: try reader.enumeration()))
            case 10:
                let outer = try reader.enter()
                while reader.hasMore {
                    registers.append(Vigie_V1_CompanyRegister(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 16: activities.append(Vigie_V1_RegisterActivity(rawValue: try reader.enumeration()))
            case 18:
                let outer = try reader.enter()
                while reader.hasMore {
                    activities.append(Vigie_V1_RegisterActivity(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 24, 26: try reader.sint32s(tag, &sinceDays)
            case 32, 34: try reader.sint32s(tag, &struckOffDays)
            case 40, 42: try reader.sint32s(tag, &updatedDays)
            case 48, 50: try reader.uint32s(tag, &papers)
            case 56, 58: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if !registers.isEmpty {
            let start = writer.open(10)
            for value in registers { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        if !activities.isEmpty {
            let start = writer.open(18)
            for value in activities { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.sint32s(26, sinceDays)
        writer.sint32s(34, struckOffDays)
        writer.sint32s(42, updatedDays)
        writer.uint32s(50, papers)
        writer.uint32s(58, paperLines)
    }
}

/// Invoices, and what became of them, as columns.
package struct Vigie_V1_InvoiceColumns: ProtobufMessage {
    /// Amounts with tax, in cents; negative for a credit note.
    package var cents: [Int64] = []

    /// What is open of each, in cents.
    package var openCents: [Int64] = []

    /// What credit notes and write-offs took off each, in cents. Optional.
    package var creditedCents: [Int64] = []

    /// Dates of the invoices. Optional.
    package var issuedDays: [Int32] = []

    /// When each is due. Optional: the age of one without is not known.
    package var dueDays: [Int32] = []

    /// Where these days come from. Optional.
    package var dueSources: [Vigie_V1_DueSource] = []

    /// The other side of each: any number that is the same for the same. Optional.
    package var parties: [UInt32] = []

    /// The number of each. Optional.
    package var references: [String] = []

    /// Whether each was booked as doubtful. Optional.
    package var doubtful: [Bool] = []

    /// Currencies of ISO 4217 that the next column names, such as "USD".
    package var currencyNames: [String] = []

    /// The currency of each: 1 for the first of currency_names, 0 for none.
    /// Optional.
    package var currencies: [UInt32] = []

    /// How many payments of each follow in the next columns, invoice after invoice,
    /// in the order of their days. Optional.
    package var paymentCounts: [UInt32] = []

    /// When each payment was made.
    package var paymentDays: [Int32] = []

    /// How much of the invoice it paid, in cents. As many as payment_days.
    package var paymentCents: [Int64] = []

    /// When the bank took it back. Optional, else as many as payment_days.
    package var paymentReturnedDays: [Int32] = []

    /// Whether nothing said that it is for this invoice. Optional, else as many as
    /// payment_days.
    package var paymentPresumed: [Bool] = []

    /// How many disputes of each follow in the next columns. Optional.
    package var disputeCounts: [UInt32] = []

    /// When each dispute began.
    package var disputeOpenedDays: [Int32] = []

    /// When it ended. Optional, else as many as dispute_opened_days.
    package var disputeClosedDays: [Int32] = []

    /// How many promises to pay of each follow in the next columns. Optional.
    package var promiseCounts: [UInt32] = []

    /// When each promise was made.
    package var promiseMadeDays: [Int32] = []

    /// For when. As many as promise_made_days.
    package var promiseDays: [Int32] = []

    /// How much, in cents; -1 for all that is open. As many as promise_made_days.
    package var promiseCents: [Int64] = []

    /// Whether the ledger goes as far as that day, so that a payment would be seen.
    /// As many as promise_made_days.
    package var promiseVerifiable: [Bool] = []

    /// Where each stands. Optional.
    package var papers: [UInt32] = []

    /// Where each stands. Optional.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.InvoiceColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.sint64s(tag, &cents)
            case 16, 18: try reader.sint64s(tag, &openCents)
            case 24, 26: try reader.sint64s(tag, &creditedCents)
            case 32, 34: try reader.sint32s(tag, &issuedDays)
            case 40, 42: try reader.sint32s(tag, &dueDays)
            case 48: dueSources.append(Vigie_V1_DueSource(rawValue: try reader.enumeration()))
            case 50:
                let outer = try reader.enter()
                while reader.hasMore {
                    dueSources.append(Vigie_V1_DueSource(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 56, 58: try reader.uint32s(tag, &parties)
            case 66: try reader.strings(&references)
            case 72, 74: try reader.bools(tag, &doubtful)
            case 82: try reader.strings(&currencyNames)
            case 88, 90: try reader.uint32s(tag, &currencies)
            case 96, 98: try reader.uint32s(tag, &paymentCounts)
            case 104, 106: try reader.sint32s(tag, &paymentDays)
            case 112, 114: try reader.sint64s(tag, &paymentCents)
            case 120, 122: try reader.sint32s(tag, &paymentReturnedDays)
            case 128, 130: try reader.bools(tag, &paymentPresumed)
            case 136, 138: try reader.uint32s(tag, &disputeCounts)
            case 144, 146: try reader.sint32s(tag, &disputeOpenedDays)
            case 152, 154: try reader.sint32s(tag, &disputeClosedDays)
            case 160, 162: try reader.uint32s(tag, &promiseCounts)
            case 168, 170: try reader.sint32s(tag, &promiseMadeDays)
            case 176, 178: try reader.sint32s(tag, &promiseDays)
            case 184, 186: try reader.sint64s(tag, &promiseCents)
            case 192, 194: try reader.bools(tag, &promiseVerifiable)
            case 200, 202: try reader.uint32s(tag, &papers)
            case 208, 210: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.sint64s(10, cents)
        writer.sint64s(18, openCents)
        writer.sint64s(26, creditedCents)
        writer.sint32s(34, issuedDays)
        writer.sint32s(42, dueDays)
        if !dueSources.isEmpty {
            let start = writer.open(50)
            for value in dueSources { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.uint32s(58, parties)
        writer.strings(66, references)
        writer.bools(74, doubtful)
        writer.strings(82, currencyNames)
        writer.uint32s(90, currencies)
        writer.uint32s(98, paymentCounts)
        writer.sint32s(106, paymentDays)
        writer.sint64s(114, paymentCents)
        writer.sint32s(122, paymentReturnedDays)
        writer.bools(130, paymentPresumed)
        writer.uint32s(138, disputeCounts)
        writer.sint32s(146, disputeOpenedDays)
        writer.sint32s(154, disputeClosedDays)
        writer.uint32s(162, promiseCounts)
        writer.sint32s(170, promiseMadeDays)
        writer.sint32s(178, promiseDays)
        writer.sint64s(186, promiseCents)
        writer.bools(194, promiseVerifiable)
        writer.uint32s(202, papers)
        writer.uint32s(210, paperLines)
    }
}

/// Money and credit notes that belong to no invoice, as columns.
package struct Vigie_V1_CreditColumns: ProtobufMessage {
    /// How much is left of each, in cents.
    package var cents: [Int64] = []

    /// When each was booked.
    package var days: [Int32] = []

    /// Whether each is money, not a credit note. Optional.
    package var payments: [Bool] = []

    /// The other side of each. Optional.
    package var parties: [UInt32] = []

    /// Currencies of ISO 4217 that the next column names.
    package var currencyNames: [String] = []

    /// The currency of each: 1 for the first of currency_names, 0 for none.
    /// Optional.
    package var currencies: [UInt32] = []

    /// Where each stands. Optional.
    package var papers: [UInt32] = []

    /// Where each stands. Optional.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreditColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.sint64s(tag, &cents)
            case 16, 18: try reader.sint32s(tag, &days)
            case 24, 26: try reader.bools(tag, &payments)
            case 32, 34: try reader.uint32s(tag, &parties)
            case 42: try reader.strings(&currencyNames)
            case 48, 50: try reader.uint32s(tag, &currencies)
            case 56, 58: try reader.uint32s(tag, &papers)
            case 64, 66: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.sint64s(10, cents)
        writer.sint32s(18, days)
        writer.bools(26, payments)
        writer.uint32s(34, parties)
        writer.strings(42, currencyNames)
        writer.uint32s(50, currencies)
        writer.uint32s(58, papers)
        writer.uint32s(66, paperLines)
    }
}

/// What is the same for all assessments of a response or stream.
package struct Vigie_V1_AssessmentContext: ProtobufMessage {
    /// The model that scores statements.
    package var model: Vigie_V1_ModelIdentity {
        get { .only(_model) }
        set { _model = [newValue] }
    }
    /// Whether the message has `model`.
    package var hasModel: Bool { !_model.isEmpty }
    /// Takes `model` out of the message.
    package mutating func clearModel() { _model = [] }
    private var _model: [Vigie_V1_ModelIdentity] = []

    /// The one for statements of which many items are missing; absent if none.
    package var card: Vigie_V1_ModelIdentity {
        get { .only(_card) }
        set { _card = [newValue] }
    }
    /// Whether the message has `card`.
    package var hasCard: Bool { !_card.isEmpty }
    /// Takes `card` out of the message.
    package mutating func clearCard() { _card = [] }
    private var _card: [Vigie_V1_ModelIdentity] = []

    /// Features of the model.
    package var modelFeatures: [Vigie_V1_FeatureLabel] = []

    /// Features of the card.
    package var cardFeatures: [Vigie_V1_FeatureLabel] = []

    /// Ratios, balances and published models.
    package var formulas: [Vigie_V1_FormulaLabel] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessmentContext" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_model)
            case 18: try reader.boxed(&_card)
            case 26: try reader.messages(&modelFeatures)
            case 34: try reader.messages(&cardFeatures)
            case 42: try reader.messages(&formulas)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _model)
        writer.messages(18, _card)
        writer.messages(26, modelFeatures)
        writer.messages(34, cardFeatures)
        writer.messages(42, formulas)
    }
}

/// What a feature is called.
package struct Vigie_V1_FeatureLabel: ProtobufMessage {
    /// The number that reasons have: index into the features that
    /// ModelService.DescribeModel gives.
    package var feature: UInt32 = 0

    /// Its name, the same in all languages.
    package var name: String = ""

    /// Its label.
    package var label: Vigie_V1_LocalizedText {
        get { .only(_label) }
        set { _label = [newValue] }
    }
    /// Whether the message has `label`.
    package var hasLabel: Bool { !_label.isEmpty }
    /// Takes `label` out of the message.
    package mutating func clearLabel() { _label = [] }
    private var _label: [Vigie_V1_LocalizedText] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.FeatureLabel" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: feature = try reader.uint32()
            case 18: name = try reader.string()
            case 26: try reader.boxed(&_label)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, feature)
        writer.string(18, name)
        writer.messages(26, _label)
    }
}

/// What a formula is called.
package struct Vigie_V1_FormulaLabel: ProtobufMessage {
    /// The number that results have. Holds for this response or stream only.
    package var formula: UInt32 = 0

    /// Its name, the same in all languages, such as "altman_z".
    package var name: String = ""

    /// Its label.
    package var label: Vigie_V1_LocalizedText {
        get { .only(_label) }
        set { _label = [newValue] }
    }
    /// Whether the message has `label`.
    package var hasLabel: Bool { !_label.isEmpty }
    /// Takes `label` out of the message.
    package mutating func clearLabel() { _label = [] }
    private var _label: [Vigie_V1_LocalizedText] = []

    /// What it is.
    package var kind: Vigie_V1_FormulaKind = Vigie_V1_FormulaKind()

    /// Unit of its values: euro, percent, days, years, score, logit or probit.
    package var unit: String = ""

    /// Who published it.
    package var source: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.FormulaLabel" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: formula = try reader.uint32()
            case 18: name = try reader.string()
            case 26: try reader.boxed(&_label)
            case 32: kind = Vigie_V1_FormulaKind(rawValue: try reader.enumeration())
            case 42: unit = try reader.string()
            case 50: source = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, formula)
        writer.string(18, name)
        writer.messages(26, _label)
        writer.enumeration(32, kind.rawValue)
        writer.string(42, unit)
        writer.string(50, source)
    }
}

/// What is said of a company.
package struct Vigie_V1_CompanyAssessment: ProtobufMessage {
    /// Its number, as the request has it.
    package var siren: String = ""

    /// What can be said at all. It comes first: only SCORED has figures.
    package var outcome: Vigie_V1_AssessmentOutcome = Vigie_V1_AssessmentOutcome()

    /// Since when, of proceedings and of an end; absent when not known.
    package var sinceDay: Int32 {
        get { _sinceDay ?? 0 }
        set { _sinceDay = newValue }
    }
    /// Whether the message has `sinceDay`.
    package var hasSinceDay: Bool { _sinceDay != nil }
    /// Takes `sinceDay` out of the message.
    package mutating func clearSinceDay() { _sinceDay = nil }
    private var _sinceDay: Int32?

    /// Where the company stands in law.
    package var legal: Vigie_V1_LegalStanding {
        get { .only(_legal) }
        set { _legal = [newValue] }
    }
    /// Whether the message has `legal`.
    package var hasLegal: Bool { !_legal.isEmpty }
    /// Takes `legal` out of the message.
    package mutating func clearLegal() { _legal = [] }
    private var _legal: [Vigie_V1_LegalStanding] = []

    /// What the probability was made from. UNSPECIFIED without one.
    package var basis: Vigie_V1_AssessmentBasis = Vigie_V1_AssessmentBasis()

    /// The model's figures, calibrated by data depth; absent without a score.
    package var base: Vigie_V1_RiskFigures {
        get { .only(_base) }
        set { _base = [newValue] }
    }
    /// Whether the message has `base`.
    package var hasBase: Bool { !_base.isEmpty }
    /// Takes `base` out of the message.
    package mutating func clearBase() { _base = [] }
    private var _base: [Vigie_V1_RiskFigures] = []

    /// With what payments add; absent without a score.
    package var adjusted: Vigie_V1_RiskFigures {
        get { .only(_adjusted) }
        set { _adjusted = [newValue] }
    }
    /// Whether the message has `adjusted`.
    package var hasAdjusted: Bool { !_adjusted.isEmpty }
    /// Takes `adjusted` out of the message.
    package mutating func clearAdjusted() { _adjusted = [] }
    private var _adjusted: [Vigie_V1_RiskFigures] = []

    /// What payments added, in log-odds.
    package var paymentLogOdds: Double = 0

    /// What the calibration by data depth added to the model's log-odds.
    package var depthLogOdds: Double = 0

    /// How far it is to be trusted.
    package var confidence: Vigie_V1_Confidence = Vigie_V1_Confidence()

    /// Whether the class was lowered because little is known.
    package var classCapped: Bool = false

    /// Why, the strongest first; of the model, or with the basis FEW_RATIOS of the
    /// card.
    package var reasons: Vigie_V1_ReasonColumns {
        get { .only(_reasons) }
        set { _reasons = [newValue] }
    }
    /// Whether the message has `reasons`.
    package var hasReasons: Bool { !_reasons.isEmpty }
    /// Takes `reasons` out of the message.
    package mutating func clearReasons() { _reasons = [] }
    private var _reasons: [Vigie_V1_ReasonColumns] = []

    /// Ratios and balances of the last statement.
    package var ratios: Vigie_V1_ResultColumns {
        get { .only(_ratios) }
        set { _ratios = [newValue] }
    }
    /// Whether the message has `ratios`.
    package var hasRatios: Bool { !_ratios.isEmpty }
    /// Takes `ratios` out of the message.
    package mutating func clearRatios() { _ratios = [] }
    private var _ratios: [Vigie_V1_ResultColumns] = []

    /// What published models say.
    package var publishedModels: Vigie_V1_PublishedModelColumns {
        get { .only(_publishedModels) }
        set { _publishedModels = [newValue] }
    }
    /// Whether the message has `publishedModels`.
    package var hasPublishedModels: Bool { !_publishedModels.isEmpty }
    /// Takes `publishedModels` out of the message.
    package mutating func clearPublishedModels() { _publishedModels = [] }
    private var _publishedModels: [Vigie_V1_PublishedModelColumns] = []

    /// How the company pays what it owes.
    package var payments: Vigie_V1_PaymentFigures {
        get { .only(_payments) }
        set { _payments = [newValue] }
    }
    /// Whether the message has `payments`.
    package var hasPayments: Bool { !_payments.isEmpty }
    /// Takes `payments` out of the message.
    package mutating func clearPayments() { _payments = [] }
    private var _payments: [Vigie_V1_PaymentFigures] = []

    /// How its customers pay it.
    package var receivables: Vigie_V1_PaymentFigures {
        get { .only(_receivables) }
        set { _receivables = [newValue] }
    }
    /// Whether the message has `receivables`.
    package var hasReceivables: Bool { !_receivables.isEmpty }
    /// Takes `receivables` out of the message.
    package mutating func clearReceivables() { _receivables = [] }
    private var _receivables: [Vigie_V1_PaymentFigures] = []

    /// The statements that were used, the newest first.
    package var statements: Vigie_V1_UsedStatementColumns {
        get { .only(_statements) }
        set { _statements = [newValue] }
    }
    /// Whether the message has `statements`.
    package var hasStatements: Bool { !_statements.isEmpty }
    /// Takes `statements` out of the message.
    package mutating func clearStatements() { _statements = [] }
    private var _statements: [Vigie_V1_UsedStatementColumns] = []

    /// What is odd about the statements; it lowers the confidence.
    package var findings: [Vigie_V1_PaperFinding] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyAssessment" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: siren = try reader.string()
            case 16: outcome = Vigie_V1_AssessmentOutcome(rawValue: try reader.enumeration())
            case 24: _sinceDay = try reader.sint32()
            case 34: try reader.boxed(&_legal)
            case 40: basis = Vigie_V1_AssessmentBasis(rawValue: try reader.enumeration())
            case 50: try reader.boxed(&_base)
            case 58: try reader.boxed(&_adjusted)
            case 65: paymentLogOdds = try reader.double()
            case 73: depthLogOdds = try reader.double()
            case 80: confidence = Vigie_V1_Confidence(rawValue: try reader.enumeration())
            case 88: classCapped = try reader.bool()
            case 98: try reader.boxed(&_reasons)
            case 106: try reader.boxed(&_ratios)
            case 114: try reader.boxed(&_publishedModels)
            case 122: try reader.boxed(&_payments)
            case 130: try reader.boxed(&_receivables)
            case 138: try reader.boxed(&_statements)
            case 146: try reader.messages(&findings)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, siren)
        writer.enumeration(16, outcome.rawValue)
        if let value = _sinceDay {
            writer.tag(24)
            writer.sint32(value)
        }
        writer.messages(34, _legal)
        writer.enumeration(40, basis.rawValue)
        writer.messages(50, _base)
        writer.messages(58, _adjusted)
        writer.double(65, paymentLogOdds)
        writer.double(73, depthLogOdds)
        writer.enumeration(80, confidence.rawValue)
        writer.bool(88, classCapped)
        writer.messages(98, _reasons)
        writer.messages(106, _ratios)
        writer.messages(114, _publishedModels)
        writer.messages(122, _payments)
        writer.messages(130, _receivables)
        writer.messages(138, _statements)
        writer.messages(146, findings)
    }
}

/// A probability and what follows from it.
package struct Vigie_V1_RiskFigures: ProtobufMessage {
    /// Probability of the model's event within its horizon, 0 to 1.
    package var probability: Double = 0

    /// Score on the model's scale.
    package var score: UInt32 = 0

    /// Risk class of the model, from 1 for the safest.
    package var riskClass: UInt32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RiskFigures" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 9: probability = try reader.double()
            case 16: score = try reader.uint32()
            case 24: riskClass = try reader.uint32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.double(9, probability)
        writer.uint32(16, score)
        writer.uint32(24, riskClass)
    }
}

/// Where a company stands in law.
package struct Vigie_V1_LegalStanding: ProtobufMessage {
    /// The state of its proceedings.
    package var state: Vigie_V1_ProceedingState = Vigie_V1_ProceedingState()

    /// Since when; with NONE, when the last proceedings ended. Absent if never.
    package var sinceDay: Int32 {
        get { _sinceDay ?? 0 }
        set { _sinceDay = newValue }
    }
    /// Whether the message has `sinceDay`.
    package var hasSinceDay: Bool { _sinceDay != nil }
    /// Takes `sinceDay` out of the message.
    package mutating func clearSinceDay() { _sinceDay = nil }
    private var _sinceDay: Int32?

    /// Where it stands in the register of trade.
    package var register: Vigie_V1_RegisterStanding = Vigie_V1_RegisterStanding()

    /// Whether somebody has to read a judgment, whatever the outcome.
    package var needsReview: Bool = false

    /// Whether it failed before: a liquidation ended for want of assets.
    package var hasFailed: Bool = false

    /// Sources that do not agree.
    package var conflicts: [Vigie_V1_LegalConflict] = []

    /// Notices that led to the state, the last one last.
    package var notices: [String] = []

    /// What each of them made known.
    package var noticeKinds: [Vigie_V1_LegalEventKind] = []

    /// When each was made known.
    package var noticePublishedDays: [Int32] = []

    /// Where each stands.
    package var noticePapers: [UInt32] = []

    /// Where each stands.
    package var noticePaperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.LegalStanding" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: state = Vigie_V1_ProceedingState(rawValue: try reader.enumeration())
            case 16: _sinceDay = try reader.sint32()
            case 24: register = Vigie_V1_RegisterStanding(rawValue: try reader.enumeration())
            case 32: needsReview = try reader.bool()
            case 40: hasFailed = try reader.bool()
            case 50: try reader.messages(&conflicts)
            case 58: try reader.strings(&notices)
            case 64: noticeKinds.append(Vigie_V1_LegalEventKind(rawValue: try reader.enumeration()))
            case 66:
                let outer = try reader.enter()
                while reader.hasMore {
                    noticeKinds.append(Vigie_V1_LegalEventKind(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 72, 74: try reader.sint32s(tag, &noticePublishedDays)
            case 80, 82: try reader.uint32s(tag, &noticePapers)
            case 88, 90: try reader.uint32s(tag, &noticePaperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, state.rawValue)
        if let value = _sinceDay {
            writer.tag(16)
            writer.sint32(value)
        }
        writer.enumeration(24, register.rawValue)
        writer.bool(32, needsReview)
        writer.bool(40, hasFailed)
        writer.messages(50, conflicts)
        writer.strings(58, notices)
        if !noticeKinds.isEmpty {
            let start = writer.open(66)
            for value in noticeKinds { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.sint32s(74, noticePublishedDays)
        writer.uint32s(82, noticePapers)
        writer.uint32s(90, noticePaperLines)
    }
}

/// Two sources that do not agree.
package struct Vigie_V1_LegalConflict: ProtobufMessage {
    /// Which kind.
    package var kind: Vigie_V1_LegalConflictKind = Vigie_V1_LegalConflictKind()

    /// When the company was struck off.
    package var struckOffDay: Int32 = 0

    /// Since when the directory has it as active; absent when it does not say.
    package var activeSinceDay: Int32 {
        get { _activeSinceDay ?? 0 }
        set { _activeSinceDay = newValue }
    }
    /// Whether the message has `activeSinceDay`.
    package var hasActiveSinceDay: Bool { _activeSinceDay != nil }
    /// Takes `activeSinceDay` out of the message.
    package mutating func clearActiveSinceDay() { _activeSinceDay = nil }
    private var _activeSinceDay: Int32?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.LegalConflict" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: kind = Vigie_V1_LegalConflictKind(rawValue: try reader.enumeration())
            case 16: struckOffDay = try reader.sint32()
            case 24: _activeSinceDay = try reader.sint32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, kind.rawValue)
        writer.sint32(16, struckOffDay)
        if let value = _activeSinceDay {
            writer.tag(24)
            writer.sint32(value)
        }
    }
}

/// Reasons as columns.
package struct Vigie_V1_ReasonColumns: ProtobufMessage {
    /// The feature, by its number.
    package var features: [UInt32] = []

    /// What it adds to the calibrated log-odds; positive raises the risk.
    package var contributions: [Double] = []

    /// Where the newest statement behind it stands.
    package var papers: [UInt32] = []

    /// Where the newest statement behind it stands.
    package var paperLines: [UInt32] = []

    /// The day on which that statement's year ends.
    package var closingDays: [Int32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReasonColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.uint32s(tag, &features)
            case 17, 18: try reader.doubles(tag, &contributions)
            case 24, 26: try reader.uint32s(tag, &papers)
            case 32, 34: try reader.uint32s(tag, &paperLines)
            case 40, 42: try reader.sint32s(tag, &closingDays)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32s(10, features)
        writer.doubles(18, contributions)
        writer.uint32s(26, papers)
        writer.uint32s(34, paperLines)
        writer.sint32s(42, closingDays)
    }
}

/// Results of formulas as columns.
package struct Vigie_V1_ResultColumns: ProtobufMessage {
    /// The formula, by its number.
    package var formulas: [UInt32] = []

    /// The value; NaN where there is none.
    package var values: [Double] = []

    /// Why there is none.
    package var reasons: [Vigie_V1_NoValueReason] = []

    /// Places of values that were computed for twelve months, since the year has
    /// another length and they differ from those as filed.
    package var annualised: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ResultColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.uint32s(tag, &formulas)
            case 17, 18: try reader.doubles(tag, &values)
            case 24: reasons.append(Vigie_V1_NoValueReason(rawValue: try reader.enumeration()))
            case 26:
                let outer = try reader.enter()
                while reader.hasMore {
                    reasons.append(Vigie_V1_NoValueReason(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 32, 34: try reader.uint32s(tag, &annualised)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32s(10, formulas)
        writer.doubles(18, values)
        if !reasons.isEmpty {
            let start = writer.open(26)
            for value in reasons { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.uint32s(34, annualised)
    }
}

/// What published models say, as columns.
package struct Vigie_V1_PublishedModelColumns: ProtobufMessage {
    /// Their values.
    package var results: Vigie_V1_ResultColumns {
        get { .only(_results) }
        set { _results = [newValue] }
    }
    /// Whether the message has `results`.
    package var hasResults: Bool { !_results.isEmpty }
    /// Takes `results` out of the message.
    package mutating func clearResults() { _results = [] }
    private var _results: [Vigie_V1_ResultColumns] = []

    /// The probability of failure that each gives; NaN where it gives none.
    package var probabilities: [Double] = []

    /// The zone of each value.
    package var zones: [Vigie_V1_ModelZone] = []

    /// Whether some see a sound firm and some one that fails.
    package var diverge: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PublishedModelColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_results)
            case 17, 18: try reader.doubles(tag, &probabilities)
            case 24: zones.append(Vigie_V1_ModelZone(rawValue: try reader.enumeration()))
            case 26:
                let outer = try reader.enter()
                while reader.hasMore {
                    zones.append(Vigie_V1_ModelZone(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 32: diverge = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _results)
        writer.doubles(18, probabilities)
        if !zones.isEmpty {
            let start = writer.open(26)
            for value in zones { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.bool(32, diverge)
    }
}

/// How somebody pays. Amounts in cents.
package struct Vigie_V1_PaymentFigures: ProtobufMessage {
    /// Payments within the last twelve months.
    package var payments: UInt32 = 0

    /// Index from 0 to 100, 80 for prompt; absent below the least experience.
    package var index: Double {
        get { _index ?? 0 }
        set { _index = newValue }
    }
    /// Whether the message has `index`.
    package var hasIndex: Bool { _index != nil }
    /// Takes `index` out of the message.
    package mutating func clearIndex() { _index = nil }
    private var _index: Double?

    /// Mean days beyond terms, weighted by amount, with what is open and late.
    package var daysBeyondTerms: Double {
        get { _daysBeyondTerms ?? 0 }
        set { _daysBeyondTerms = newValue }
    }
    /// Whether the message has `daysBeyondTerms`.
    package var hasDaysBeyondTerms: Bool { _daysBeyondTerms != nil }
    /// Takes `daysBeyondTerms` out of the message.
    package mutating func clearDaysBeyondTerms() { _daysBeyondTerms = nil }
    private var _daysBeyondTerms: Double?

    /// How many days later payments of the last months came than those before.
    package var daysTrend: Double {
        get { _daysTrend ?? 0 }
        set { _daysTrend = newValue }
    }
    /// Whether the message has `daysTrend`.
    package var hasDaysTrend: Bool { _daysTrend != nil }
    /// Takes `daysTrend` out of the message.
    package mutating func clearDaysTrend() { _daysTrend = nil }
    private var _daysTrend: Double?

    /// Part of what was paid that came more than 30 days late, 0 to 1.
    package var shareLateOver30: Double {
        get { _shareLateOver30 ?? 0 }
        set { _shareLateOver30 = newValue }
    }
    /// Whether the message has `shareLateOver30`.
    package var hasShareLateOver30: Bool { _shareLateOver30 != nil }
    /// Takes `shareLateOver30` out of the message.
    package mutating func clearShareLateOver30() { _shareLateOver30 = nil }
    private var _shareLateOver30: Double?

    /// Part of what was paid that came more than 90 days late, 0 to 1.
    package var shareLateOver90: Double {
        get { _shareLateOver90 ?? 0 }
        set { _shareLateOver90 = newValue }
    }
    /// Whether the message has `shareLateOver90`.
    package var hasShareLateOver90: Bool { _shareLateOver90 != nil }
    /// Takes `shareLateOver90` out of the message.
    package mutating func clearShareLateOver90() { _shareLateOver90 = nil }
    private var _shareLateOver90: Double?

    /// Promises whose day passed without a payment.
    package var brokenPromises: UInt32 = 0

    /// Payments that a bank gave back.
    package var returnedPayments: UInt32 = 0

    /// What is open.
    package var openCents: Int64 = 0

    /// What is open and past due.
    package var pastDueCents: Int64 = 0

    /// What is open and disputed; it is no delay.
    package var disputedCents: Int64 = 0

    /// Money and credit notes that belong to no invoice; never taken off.
    package var creditCents: Int64 = 0

    /// What is open by age: not due, up to 30 days past due, up to 60, up to 90,
    /// more, and of unknown age.
    package var openCentsByAge: [Int64] = []

    /// Whether due dates are only the legal ones.
    package var legalTermsOnly: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PaymentFigures" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: payments = try reader.uint32()
            case 17: _index = try reader.double()
            case 25: _daysBeyondTerms = try reader.double()
            case 33: _daysTrend = try reader.double()
            case 41: _shareLateOver30 = try reader.double()
            case 49: _shareLateOver90 = try reader.double()
            case 56: brokenPromises = try reader.uint32()
            case 64: returnedPayments = try reader.uint32()
            case 72: openCents = try reader.sint64()
            case 80: pastDueCents = try reader.sint64()
            case 88: disputedCents = try reader.sint64()
            case 96: creditCents = try reader.sint64()
            case 104, 106: try reader.sint64s(tag, &openCentsByAge)
            case 112: legalTermsOnly = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, payments)
        if let value = _index {
            writer.tag(17)
            writer.double(value)
        }
        if let value = _daysBeyondTerms {
            writer.tag(25)
            writer.double(value)
        }
        if let value = _daysTrend {
            writer.tag(33)
            writer.double(value)
        }
        if let value = _shareLateOver30 {
            writer.tag(41)
            writer.double(value)
        }
        if let value = _shareLateOver90 {
            writer.tag(49)
            writer.double(value)
        }
        writer.uint32(56, brokenPromises)
        writer.uint32(64, returnedPayments)
        writer.sint64(72, openCents)
        writer.sint64(80, pastDueCents)
        writer.sint64(88, disputedCents)
        writer.sint64(96, creditCents)
        writer.sint64s(106, openCentsByAge)
        writer.bool(112, legalTermsOnly)
    }
}

/// Statements that were used, as columns.
package struct Vigie_V1_UsedStatementColumns: ProtobufMessage {
    /// The day on which each year ends.
    package var closingDays: [Int32] = []

    /// Months that each covers.
    package var months: [UInt32] = []

    /// The form of each.
    package var forms: [Vigie_V1_StatementForm] = []

    /// Where each stands.
    package var papers: [UInt32] = []

    /// Where each stands.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UsedStatementColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.sint32s(tag, &closingDays)
            case 16, 18: try reader.uint32s(tag, &months)
            case 24: forms.append(Vigie_V1_StatementForm(rawValue: try reader.enumeration()))
            case 26:
                let outer = try reader.enter()
                while reader.hasMore {
                    forms.append(Vigie_V1_StatementForm(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 32, 34: try reader.uint32s(tag, &papers)
            case 40, 42: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.sint32s(10, closingDays)
        writer.uint32s(18, months)
        if !forms.isEmpty {
            let start = writer.open(26)
            for value in forms { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.uint32s(34, papers)
        writer.uint32s(42, paperLines)
    }
}

/// Something that was noticed.
package struct Vigie_V1_PaperFinding: ProtobufMessage {
    /// What it is about, the same in all languages, such as "identity_differs".
    package var code: String = ""

    /// How grave it is.
    package var severity: Vigie_V1_FindingSeverity = Vigie_V1_FindingSeverity()

    /// Where it is.
    package var paper: UInt32 = 0

    /// Where it is.
    package var paperLine: UInt32 = 0

    /// The column or field; empty where there is none.
    package var field: String = ""

    /// What the words name: values, amounts, counts.
    package var values: [String] = []

    /// What it says, without a full stop. Not in answers of BatchAssess.
    package var text: Vigie_V1_LocalizedText {
        get { .only(_text) }
        set { _text = [newValue] }
    }
    /// Whether the message has `text`.
    package var hasText: Bool { !_text.isEmpty }
    /// Takes `text` out of the message.
    package mutating func clearText() { _text = [] }
    private var _text: [Vigie_V1_LocalizedText] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PaperFinding" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: code = try reader.string()
            case 16: severity = Vigie_V1_FindingSeverity(rawValue: try reader.enumeration())
            case 24: paper = try reader.uint32()
            case 32: paperLine = try reader.uint32()
            case 42: field = try reader.string()
            case 50: try reader.strings(&values)
            case 58: try reader.boxed(&_text)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, code)
        writer.enumeration(16, severity.rawValue)
        writer.uint32(24, paper)
        writer.uint32(32, paperLine)
        writer.string(42, field)
        writer.strings(50, values)
        writer.messages(58, _text)
    }
}

/// One message of a stream of papers.
package struct Vigie_V1_ReadPapersRequest: ProtobufMessage {
    /// The first message of the stream, and only the first.
    package var header: Vigie_V1_ReadPapersHeader {
        get {
            if case .header(let value)? = message { return value }
            return Vigie_V1_ReadPapersHeader()
        }
        set { message = .header(newValue) }
    }

    /// A part of a paper.
    package var part: Vigie_V1_PaperPart {
        get {
            if case .part(let value)? = message { return value }
            return Vigie_V1_PaperPart()
        }
        set { message = .part(newValue) }
    }

    /// Header first, then parts of papers.
    package var message: OneOf_Message?

    /// Header first, then parts of papers.
    package indirect enum OneOf_Message: Sendable {
        /// The first message of the stream, and only the first.
        case header(Vigie_V1_ReadPapersHeader)
        /// A part of a paper.
        case part(Vigie_V1_PaperPart)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReadPapersRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_ReadPapersHeader()
                if case .header(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .header(value)
            case 18:
                var value = Vigie_V1_PaperPart()
                if case .part(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .part(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .header(let value)? = message {
            writer.message(10, value)
        }
        if case .part(let value)? = message {
            writer.message(18, value)
        }
    }
}

/// How papers are read.
package struct Vigie_V1_ReadPapersHeader: ProtobufMessage {
    /// The day up to which messages about invoices count, as YYYY-MM-DD. Empty
    /// means today in UTC.
    package var asOfDate: String = ""

    /// How packages of one's own write ledgers: a JSON file of profiles, or nothing.
    package var ledgerProfiles: [UInt8] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReadPapersHeader" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: asOfDate = try reader.string()
            case 18: ledgerProfiles = try reader.bytes()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, asOfDate)
        writer.bytes(18, ledgerProfiles)
    }
}

/// A part of a paper.
package struct Vigie_V1_PaperPart: ProtobufMessage {
    /// The name of the paper, which begins with this part: that of its file, for
    /// some papers say only there whose they are. Empty when the part goes on with
    /// the paper of the part before.
    package var fileName: String = ""

    /// The bytes, at most 1 MiB; those of a file that is packed with gzip, or not.
    package var content: [UInt8] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PaperPart" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: fileName = try reader.string()
            case 18: content = try reader.bytes()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, fileName)
        writer.bytes(18, content)
    }
}

/// What papers say.
package struct Vigie_V1_ReadPapersResponse: ProtobufMessage {
    /// The header of AssessRequest takes them as they are.
    package var lineNames: [String] = []

    /// The companies, in the order in which papers name them.
    package var companies: [Vigie_V1_CompanyFacts] = []

    /// The papers. Facts and findings name them by their place in this list: terms
    /// of payment first, which others need, then as they were sent.
    package var papers: [Vigie_V1_ReadPaper] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReadPapersResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.strings(&lineNames)
            case 18: try reader.messages(&companies)
            case 26: try reader.messages(&papers)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.strings(10, lineNames)
        writer.messages(18, companies)
        writer.messages(26, papers)
    }
}

/// What became of a paper.
package struct Vigie_V1_ReadPaper: ProtobufMessage {
    /// Its name.
    package var fileName: String = ""

    /// What it is, such as "journal"; empty where that was not found out.
    package var kind: String = ""

    /// Records that were used.
    package var kept: UInt64 = 0

    /// Records that could not be used.
    package var setAside: UInt64 = 0

    /// Records that the rules of the paper leave out.
    package var leftOut: UInt64 = 0

    /// Why nothing could be read; empty where something was.
    package var error: String = ""

    /// What to do about that.
    package var advice: String = ""

    /// What was noticed: the first of each kind.
    package var findings: [Vigie_V1_PaperFinding] = []

    /// How many findings there are, with those that are not told.
    package var findingCount: UInt64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReadPaper" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: fileName = try reader.string()
            case 18: kind = try reader.string()
            case 24: kept = try reader.uint64()
            case 32: setAside = try reader.uint64()
            case 40: leftOut = try reader.uint64()
            case 50: error = try reader.string()
            case 58: advice = try reader.string()
            case 66: try reader.messages(&findings)
            case 72: findingCount = try reader.uint64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, fileName)
        writer.string(18, kind)
        writer.uint64(24, kept)
        writer.uint64(32, setAside)
        writer.uint64(40, leftOut)
        writer.string(50, error)
        writer.string(58, advice)
        writer.messages(66, findings)
        writer.uint64(72, findingCount)
    }
}

/// Asks for what words mean.
package struct Vigie_V1_ListTermsRequest: ProtobufMessage {
    /// For whom.
    package var reader: Vigie_V1_TermReader = Vigie_V1_TermReader()

    /// In which language.
    package var language: Vigie_V1_TermLanguage = Vigie_V1_TermLanguage()

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListTermsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: self.reader = Vigie_V1_TermReader(rawValue: try reader.enumeration())
            case 16: language = Vigie_V1_TermLanguage(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, self.reader.rawValue)
        writer.enumeration(16, language.rawValue)
    }
}

/// What words mean.
package struct Vigie_V1_ListTermsResponse: ProtobufMessage {
    /// The terms, in the order of a glossary that is read from its start.
    package var terms: [Vigie_V1_Term] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListTermsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&terms)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, terms)
    }
}

/// A term of assessments.
package struct Vigie_V1_Term: ProtobufMessage {
    /// Its name, the same in all languages.
    package var name: String = ""

    /// What it is called.
    package var title: String = ""

    /// What it says.
    package var meaning: String = ""

    /// Where it comes from.
    package var origin: String = ""

    /// What it does not say.
    package var caveat: String = ""

    /// What the reader does with it.
    package var advice: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.Term" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: title = try reader.string()
            case 26: meaning = try reader.string()
            case 34: origin = try reader.string()
            case 42: caveat = try reader.string()
            case 50: advice = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, title)
        writer.string(26, meaning)
        writer.string(34, origin)
        writer.string(42, caveat)
        writer.string(50, advice)
    }
}
