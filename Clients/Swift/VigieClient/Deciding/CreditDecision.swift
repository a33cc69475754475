// SPDX-License-Identifier: Apache-2.0

// What a policy decides on a company.

/// A number of a decision, exact.
public struct ExactNumber: Sendable, Hashable, CustomStringConvertible {
    /// Its decimal digits, with a point: `"30000"`, `"0.02"`.
    public let text: String

    /// Takes digits.
    package init(_ text: String) { self.text = text }

    init?(unlessEmpty text: String) {
        guard !text.isEmpty else { return nil }
        self.text = text
    }

    /// The nearest double.
    public var double: Double { Double(text) ?? .nan }

    /// Its decimal digits.
    public var description: String { text }
}

/// What becomes of a decision.
public enum DecisionOutcome: Sendable, Hashable {
    /// The limit is granted, within what whoever asks may grant.
    case granted
    /// Somebody with more authority has to grant it, or a second person to agree.
    case routed
    /// No credit.
    case refused
    /// Something is missing: what is not known is no reason to refuse.
    case investigation
    /// It is about a person: somebody has to decide, and this is what he may decide by.
    case humanReview
    /// An outcome that this version of the client does not know, by its number.
    case other(Int)
}

/// A decision on credit. Amounts are in the currency of the policy.
public struct CreditDecision: Sendable, Hashable {
    /// The policy that decided.
    public var policy: DecidingPolicy
    /// What becomes of it. Look at it first.
    public var outcome: DecisionOutcome
    /// The class of risk, in the words of the policy.
    public var riskClass: String?
    /// What the company needs.
    public var need: CreditNeed
    /// The limit; `nil` where something is missing.
    public var limit: CreditLimit?
    /// How it is to pay.
    public var terms: CreditTerms
    /// What would lift the limit to the need, the strongest first.
    public var guarantees: [GuaranteeOffer] = []
    /// Clauses of the contract.
    public var clauses: [DecisionClause] = []
    /// What is done at the stage that was asked about.
    public var action: String?
    /// The role that may grant the limit.
    public var grantingRole: String?
    /// Whether a second person has to agree.
    public var needsSecondPerson = false
    /// The role of whoever asked, by which that was decided.
    public var role: String?
    /// What is missing, and why.
    public var missing: [MissingInput] = []
    /// What the limit leaves beside what is owed.
    public var headroom: ExactNumber?
    /// What is to be expected to be lost of what is at our own risk.
    public var expectedLoss: ExactNumber?
    /// What a year's business is to be expected to bring.
    public var opportunity: ExactNumber?
    /// The tables that answered.
    public var tables: [TableAnswer] = []
    /// Why something is not known or does not count, in words.
    public var messages: [String] = []
    /// Those of the messages that tell what is taken otherwise than one may think.
    public var notes: [String] = []
    /// What the assessment told the policy, beside what was told with the company.
    public var assessedFacts: [String: DecisionFact] = [:]
    /// The assessment, of a company whose facts were assessed.
    public var assessment: CompanyAssessment?
}

/// Which policy decided.
public struct DecidingPolicy: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its version.
    public var version: String
    /// SHA-256 over its files, in lower-case hexadecimal.
    public var contentHash: String
    /// The currency of all amounts, such as `"EUR"`.
    public var currency: String
    /// The day that was decided for.
    public var asOf: Day?
}

/// How much a company will owe at a time if all goes well.
public struct CreditNeed: Sendable, Hashable {
    /// The way that the policy takes: exposure, purchases, forecast or amount.
    public var method: String
    /// What it comes to; `nil` if a figure is missing.
    public var amount: ExactNumber?
    /// How, in figures.
    public var formula: String
}

/// A limit and what it is made of.
public struct CreditLimit: Sendable, Hashable {
    /// A part of a limit.
    public struct Part: Sendable, Hashable {
        /// What a part does.
        public enum Kind: Sendable, Hashable {
            /// Bounds what is at our own risk.
            case ownRisk
            /// Bears what is above that.
            case cover
            /// Bounds the whole.
            case total
            /// A kind that this version of the client does not know, by its number.
            case other(Int)
        }

        /// The name of a figure, of a guarantee, or of an output of the policy.
        public var name: String
        /// What it does.
        public var kind: Kind
        /// What it comes to.
        public var amount: ExactNumber?
        /// How, in figures.
        public var formula: String
    }

    /// The limit.
    public var amount: ExactNumber
    /// The part that binds: `"need"`, `"group"`, or the name of one of the parts.
    public var binding: String
    /// What of it is at our own risk.
    public var ownRisk: ExactNumber
    /// What of it an insurer and guarantees bear.
    public var covered: ExactNumber
    /// What may be at our own risk; `nil` if nothing bounds it.
    public var capacity: ExactNumber?
    /// What bounds the whole; `nil` if nothing does.
    public var total: ExactNumber?
    /// What it is made of.
    public var parts: [Part]
    /// The last day of it.
    public var validUntil: Day?
    /// What ends it: `"review"`, `"cover"`, or the name of a guarantee.
    public var validBy: String
}

/// How a company is to pay.
public struct CreditTerms: Sendable, Hashable {
    /// Days from the invoice to the payment.
    public var days: Int
    /// The most that the law allows in the trade.
    public var legalMaximumDays: Int?
    /// Whether the law bound the days.
    public var isBoundByLaw: Bool
    /// Whether all is to be paid before delivery.
    public var isPrepaid: Bool
    /// Which part is to be paid with the order.
    public var deposit: ExactNumber?
    /// What is taken off for early payment, as a part of the invoice.
    public var discount: ExactNumber?
    /// Within how many days a payment is early.
    public var discountDays: Int?
    /// The days at which the need is within the limit; `nil` if it is anyhow, or never.
    public var fittingDays: Int?
}

/// A guarantee that would lift a limit.
public struct GuaranteeOffer: Sendable, Hashable {
    /// Its name in the policy.
    public var identifier: String
    /// What it is called.
    public var name: LocalizedText
    /// What it is: personal, real or transfer.
    public var kind: String
    /// For how much it would have to be.
    public var amount: ExactNumber
    /// What the limit would then be.
    public var limit: ExactNumber
    /// For how many months it is taken.
    public var months: Int
    /// Within how many days after a default it has to be called.
    public var callDays: Int?
    /// What it costs a year.
    public var yearlyCost: ExactNumber?
}

/// A clause of a contract.
public struct DecisionClause: Sendable, Hashable {
    /// Its name in the policy.
    public var identifier: String
    /// Its words, filled.
    public var text: LocalizedText
    /// What is not known and stands in brackets.
    public var missing: [String]
}

/// Something that is missing.
public struct MissingInput: Sendable, Hashable {
    /// The input, or the decision of the policy.
    public var name: String
    /// Why, in words.
    public var reason: String
}
