// SPDX-License-Identifier: Apache-2.0

// What is decided of a company, with everything that it was made of.

package import DecimalNumbers
package import Policies
internal import Quantities

/// A decision on credit.
package struct CreditDecision: Sendable {
    /// What becomes of it.
    package enum Outcome: String, Sendable, CaseIterable {
        /// The limit is granted, within what whoever asks may grant.
        case granted
        /// Somebody with more authority has to grant it.
        case routed
        /// No credit.
        case refused
        /// Something is missing: what is not known is no reason to refuse.
        case investigation
        /// It is about a person: somebody has to decide, and this is what he may decide by.
        case humanReview = "human_review"
    }

    /// Something that is missing.
    package struct Missing: Sendable, Equatable {
        /// The input or decision.
        package let name: String
        /// Why, in words.
        package let reason: String
    }

    /// A table that answered, and the rules that gave its answer.
    package struct Match: Sendable {
        /// The decision that the table is of.
        package let decision: String
        /// The place of the table in the model.
        package let table: Int
        /// The places of the rules, from 0; none where the default or nothing was given.
        package let rules: [Int]
        /// What the table answered.
        package let answer: String
    }

    /// A clause with its words.
    package struct ClauseText: Sendable {
        /// The clause.
        package let clause: Clause
        /// Its words in English and French, filled.
        package let english: String
        /// Its words in French.
        package let french: String
        /// What is not known and stands in brackets.
        package let missing: [String]
    }

    /// What was asked.
    package let question: CreditQuestion
    /// What becomes of it.
    package internal(set) var outcome: Outcome
    /// The class of risk.
    package let riskClass: String?
    /// The need; nil if the policy could not be asked.
    package let need: CreditNeed?
    /// The limit; nil if something is missing.
    package internal(set) var limit: CreditLimit?
    /// Until when it holds.
    package let validity: LimitValidity?
    /// How the company is to pay.
    package let terms: CreditTerms
    /// The days at which the need is within the limit; nil if it is anyhow, or never.
    package internal(set) var fittingDays: Int?
    /// What would lift the limit to the need.
    package internal(set) var offers: [GuaranteeOffer]
    /// What is owed, was ordered or is to be invoiced, without what was paid ahead.
    package let exposure: DecimalNumber?
    /// What the limit leaves beside what is owed.
    package internal(set) var headroom: DecimalNumber?
    /// What is to be expected to be lost of what is at our own risk.
    package let expectedLoss: DecimalNumber?
    /// What is to be expected to be lost of what is owed today and nobody else bears.
    package let exposedLoss: DecimalNumber?
    /// What a year's business is to be expected to bring.
    package let opportunity: DecimalNumber?
    /// What is done at the stage that was asked about.
    package let action: String?
    /// Clauses of the contract.
    package let clauses: [ClauseText]
    /// The role that may grant the limit; nil if none may, or nothing is to be granted.
    package internal(set) var grantingRole: String?
    /// Whether a second person has to agree.
    package internal(set) var needsSecondPerson: Bool
    /// What is missing.
    package let missing: [Missing]
    /// The tables that answered.
    package let matches: [Match]
    /// What is taken otherwise than one may think, in words.
    package let notes: [String]
    /// The same, and why something is null.
    package let messages: [String]

    /// What is decided under a name, as scenarios expect it; nil if there is nothing.
    package func text(_ name: String) -> String? {
        switch name {
        case "outcome": outcome.rawValue
        case "class": riskClass
        case "limit": limit.map(\.amount.plain)
        case "own_limit": limit.map(\.ownRisk.plain)
        case "need": need?.amount?.plain
        case "binding": limit?.binding
        case "term_days": "\(terms.days)"
        case "deposit": terms.deposit?.plain
        case "prepayment": terms.isPrepaid ? "true" : "false"
        case "action": action
        case "role": grantingRole
        case "guarantees": offers.map(\.guarantee.identifier).joined(separator: " ")
        case "clauses": clauses.map(\.clause.identifier).joined(separator: " ")
        case "valid_until": validity?.until.description
        case "missing": missing.map(\.name).joined(separator: " ")
        default: nil
        }
    }
}

extension DecimalNumber {
    /// The number without zeros behind its point, and without a power of ten: 50000, 0.9.
    package var plain: String {
        let number = normalized
        return (number.exponent > 0 ? number.rounded(scale: 0, .halfEven) ?? number : number)
            .description
    }
}
