// SPDX-License-Identifier: Apache-2.0

// Whom to call and to write to, as plain values.

internal import VigieProtos

/// A language of letters and reasons.
public enum CollectionLanguage: String, Sendable, Hashable, CaseIterable {
    /// French.
    case french = "fr"
    /// English.
    case english = "en"
}

/// Why something is as it is.
public struct CollectionReason: Sendable, Hashable {
    /// What holds, as a constant for programs, such as "gate_disputed".
    public let code: String
    /// The sentence, in the language that was asked for.
    public let text: String
}

/// A customer of a worklist. Amounts are in cents of the portfolio's currency.
public struct WorklistCustomer: Sendable, Hashable {
    /// Who it is.
    public let company: CompanyIdentifier
    /// Its name.
    public let name: String
    /// The level of the letter that it would get; 0 for none.
    public let level: Int
    /// What is late and can be asked for, credits taken off; negative for a credit balance.
    public let amountDueCents: Int64
    /// The amount due that no cover pays, times the probability.
    public let valueAtRiskCents: Int64
    /// The probability that it fails.
    public let probability: Double
    /// Whether nobody knows that probability, and the scenarios' own is taken.
    public let isProbabilityAssumed: Bool
    /// All that is open.
    public let openCents: Int64
    /// By how many days the oldest invoice that can be asked for is late.
    public let oldestDays: Int
    /// What to do next.
    public let action: CollectionReason
    /// What keeps letters back, or changes their level.
    public let reasons: [CollectionReason]
}

/// A worklist.
public struct Worklist: Sendable, Hashable {
    /// Customers to be worked on, the most at risk first.
    public let entries: [WorklistCustomer]
    /// Others that owe something.
    public let others: [WorklistCustomer]
    /// How many are to be worked on, with those that are not told.
    public let entryCount: Int
    /// How many others there are.
    public let otherCount: Int
    /// The day, as YYYY-MM-DD.
    public let asOf: String
}

/// A letter, or a task where nothing is written.
public struct DunningLetter: Sendable, Hashable {
    /// Whom it is to; `nil` for one that is not in the portfolio any more.
    public let company: CompanyIdentifier?
    /// The customer's name.
    public let name: String
    /// What it has in common with no other letter of the portfolio.
    public let key: String
    /// Its level, from 1.
    public let level: Int
    /// How it reaches the customer.
    public let channel: String
    /// What it asks for, in cents.
    public let totalCents: Int64
    /// The currency of that.
    public let currency: String
    /// Its subject; empty where nothing is written.
    public let subject: String
    /// Its text; empty where nothing is written.
    public let text: String
}

extension CollectionReason {
    init(_ message: Vigie_V1_CollectionReason) {
        (code, text) = (message.code, message.text)
    }
}

extension WorklistCustomer {
    /// `nil` for a customer without an identifier.
    init?(_ message: Vigie_V1_WorklistEntry) {
        guard let company = CompanyIdentifier(message.company) else { return nil }
        self.company = company
        name = message.name
        level = Int(message.level)
        amountDueCents = message.amountDueCents
        valueAtRiskCents = message.valueAtRiskCents
        probability = message.probability
        isProbabilityAssumed = message.probabilityIsAssumed
        openCents = message.openCents
        oldestDays = Int(message.oldestDays)
        action = CollectionReason(message.action)
        reasons = message.reasons.map(CollectionReason.init)
    }
}

extension DunningLetter {
    init(_ message: Vigie_V1_DunningLetter) {
        company = CompanyIdentifier(message.company)
        (name, key) = (message.name, message.key)
        (level, channel) = (Int(message.level), message.channel)
        (totalCents, currency) = (message.totalCents, message.currency)
        (subject, text) = (message.subject, message.text)
    }
}

extension CollectionLanguage {
    var message: Vigie_V1_CollectionLanguage { self == .french ? .french : .english }
}
