// SPDX-License-Identifier: Apache-2.0

// What a policy says of itself, in `policy.json`.

package import DecimalNumbers
package import FEEL
package import Quantities

/// A language of texts.
package enum PolicyLanguage: String, Sendable, CaseIterable {
    /// English.
    case en
    /// French.
    case fr
}

/// A text in the languages of a policy.
package struct PolicyText: Sendable, Equatable {
    /// English; empty if the policy is not in English.
    package let english: String
    /// French; empty if the policy is not in French.
    package let french: String

    /// The text in a language, or else in the other one.
    package func text(_ language: PolicyLanguage) -> String {
        let (first, second) = language == .en ? (english, french) : (french, english)
        return first.isEmpty ? second : first
    }
}

/// What has to be known of a company.
package struct PolicyInput: Sendable {
    /// The kinds of values.
    package enum Kind: String, Sendable, CaseIterable {
        /// A decimal number.
        case number
        /// A text.
        case string
        /// True or false.
        case boolean
        /// A day.
        case date
        /// Values in order.
        case list
        /// Values by name.
        case context

        /// The type of the language.
        package var type: FEELType { FEELType(name: rawValue) ?? .any }
    }

    /// What numbers count.
    package enum Unit: String, Sendable, CaseIterable {
        /// Money, in the currency of the policy.
        case currency
        /// Parts of something: 0.2 for 20 %.
        case ratio
        /// Points of a score or index.
        case points
        /// Days.
        case days
        /// Months.
        case months
        /// Years.
        case years
        /// A number of things.
        case count
        /// Nothing.
        case none
    }

    /// Its name, as the decisions use it.
    package let name: String
    /// What it is.
    package let label: PolicyText
    /// The kind of its value.
    package let kind: Kind
    /// What it counts.
    package let unit: Unit
    /// Where it comes from, in words.
    package let source: String
    /// How old it may be; nil if it does not age.
    package let ageDaysMaximum: Int?
    /// Whether nothing can be decided without it.
    package let isRequired: Bool
}

/// Who may grant what.
package struct PolicyAuthority: Sendable {
    /// A role with what it may grant.
    package struct Role: Sendable, Equatable {
        /// Its name.
        package let name: String
        /// What it is called.
        package let label: PolicyText
        /// The greatest limit that it may grant; nil for any.
        package let amount: DecimalNumber?
    }

    /// The roles, those that may grant least first.
    package let roles: [Role]
    /// Above which limit a second person has to agree; nil: never.
    package let fourEyesAbove: DecimalNumber?
    /// How long an override or temporary limit may stand.
    package let overrideDaysMaximum: Int

    /// The role of a name.
    package func role(_ name: String) -> Role? { roles.first { $0.name == name } }

    /// The first role that may grant a limit; nil if none may.
    package func role(granting limit: DecimalNumber) -> Role? {
        roles.first { $0.mayGrant(limit) }
    }
}

extension PolicyAuthority.Role {
    /// Whether it may grant a limit.
    package func mayGrant(_ limit: DecimalNumber) -> Bool { amount.map { limit <= $0 } ?? true }
}

/// What a policy says of itself.
package struct PolicyManifest: Sendable {
    /// A reference table that the policy has.
    package struct Table: Sendable {
        /// Its name: that of its file, and of the input of the decisions.
        package let name: String
        /// The columns that tell its rows apart on a day.
        package let key: [String]
        /// What it is.
        package let label: PolicyText
    }

    /// Its name.
    package let identifier: String
    /// Its version.
    package let version: String
    /// The version that it was made from; empty if there is none.
    package let parent: String
    /// What it is called.
    package let label: PolicyText
    /// Who wrote it.
    package let author: String
    /// The first day on which it holds.
    package let effectiveFrom: CalendarDate
    /// The last day on which it holds; nil if none is set.
    package let effectiveTo: CalendarDate?
    /// Its languages.
    package let languages: [PolicyLanguage]
    /// The currency of all amounts.
    package let currency: Currency
    /// The file of the model.
    package let modelFile: String
    /// Limits are a whole number of these.
    package let step: DecimalNumber
    /// What has to be known of a company.
    package let inputs: [PolicyInput]
    /// The reference tables.
    package let tables: [Table]
    /// The names of the decisions that answer each question.
    package let decisions: [PolicyQuestion: String]
    /// Who may grant what.
    package let authority: PolicyAuthority

    /// Whether it holds on a day.
    package func isEffective(on day: CalendarDate) -> Bool {
        effectiveFrom <= day && effectiveTo.map { day <= $0 } ?? true
    }
}
