// SPDX-License-Identifier: Apache-2.0

// How customers are reminded, as data: for each segment a scenario, in it levels by how long what
// is owed is past due, and for each level a channel, texts and what is asked for beside the amount.

package import Documents
package import PaymentTerms

/// A language that letters are written in.
package enum LetterLanguage: String, Sendable, CaseIterable {
    /// French.
    case french = "fr"
    /// English.
    case english = "en"
}

/// The same text in all languages of letters.
package struct LetterText: Sendable, Hashable {
    private let french: PlacedText
    private let english: PlacedText

    /// Takes a text in both languages.
    package init(french: String, english: String) {
        (self.french, self.english) = (PlacedText(french), PlacedText(english))
    }

    /// The text in a language.
    package subscript(language: LetterLanguage) -> PlacedText {
        language == .french ? french : english
    }
}

/// A value that texts of letters can have a place for.
package enum LetterPlace: String, Sendable, CaseIterable {
    /// The customer's name.
    case customer
    /// The seller's name.
    case sender
    /// The day of the letter.
    case date
    /// What the level is called.
    case level
    /// How many invoices are past due.
    case count
    /// By how many days the oldest of them is late.
    case days
    /// What of them is open, credit notes and money on account taken off.
    case principal
    /// Interest for paying late.
    case interest
    /// The fixed compensation of 40 euros for each late invoice.
    case indemnity
    /// What the letter itself costs the customer.
    case fee
    /// All that is asked for.
    case total
    /// The last day to pay.
    case deadline
}

/// How a level reaches the customer.
package enum DunningChannel: String, Sendable, CaseIterable {
    /// By e-mail.
    case email
    /// By post.
    case letter
    /// By registered post: a formal notice to pay.
    case registeredLetter = "registered_letter"
    /// Somebody calls; nothing is sent.
    case call
    /// It is handed over to lawyers or collectors; nothing is sent.
    case handover

    /// Whether something is written to the customer.
    package var isWritten: Bool { self != .call && self != .handover }
}

/// A step of a scenario.
package struct DunningLevel: Sendable, Hashable {
    /// What it is called.
    package var name: LetterText
    /// From how many days past due on.
    package var fromDays: Int
    /// How it reaches the customer.
    package var channel: DunningChannel
    /// Days after it in which the customer is left alone.
    package var waitDays: Int
    /// Days that the customer is given to pay.
    package var payWithinDays: Int
    /// What it costs the customer, in cents.
    package var feeCents: Int64
    /// Whether interest for paying late is asked for.
    package var claimsInterest: Bool
    /// Whether the fixed compensation for each late invoice is asked for.
    package var claimsIndemnity: Bool
    /// The subject of what is written.
    package var subject: LetterText
    /// What is written above the list of invoices.
    package var opening: LetterText
    /// What is written below it.
    package var closing: LetterText
}

/// How customers of some segments are reminded.
package struct DunningScenario: Sendable, Hashable {
    /// Its name.
    package var name: String
    /// The segments that it is for; none for all customers whose segment no other names.
    package var segments: [String]
    /// What a customer must owe to be written to, in cents.
    package var minimumCents: Int64
    /// From which value at risk on a customer is called and not written to, in cents.
    package var callFromCents: Int64
    /// Whether a customer goes up by one level at a time, however late.
    package var isStepwise: Bool
    /// Whether invoices that are not due yet are listed too, for the customer to know.
    package var listsNotDue: Bool
    /// The contract's rate of interest, in hundredths of a percent a year; nil for the legal one.
    package var agreedRate: Int32?
    /// The levels, those of few days first.
    package var levels: [DunningLevel]

    /// The number of the level of so many days past due, from 1; 0 for none yet.
    @inline(__always)
    package func level(ofDaysLate days: Int) -> Int {
        var level = 0
        while level < levels.count, levels[level].fromDays <= days { level += 1 }
        return level
    }
}

/// All scenarios of a seller, in one version.
package struct DunningScenarios: Sendable, Hashable {
    /// Which version it is.
    package let version: String
    /// The probability that a customer fails of whom nobody knows it.
    package let assumedProbability: Double
    /// The scenarios.
    package let scenarios: [DunningScenario]
    /// The rates of late interest: those that were published when this was written, and those that
    /// the seller gives, which go before.
    package let rates: InterestRates
    private let placeOfSegment: [String: Int]
    private let placeOfOthers: Int

    /// Takes scenarios of which one is for all other segments; nil if none is.
    init?(
        version: String,
        assumedProbability: Double,
        rates: InterestRates = .published,
        _ scenarios: [DunningScenario]
    ) {
        self.rates = rates
        guard let others = scenarios.firstIndex(where: \.segments.isEmpty) else { return nil }
        (self.version, self.assumedProbability) = (version, assumedProbability)
        (self.scenarios, placeOfOthers) = (scenarios, others)
        var places: [String: Int] = [:]
        for (place, scenario) in scenarios.enumerated() {
            for segment in scenario.segments where places[segment] == nil {
                places[segment] = place
            }
        }
        placeOfSegment = places
    }

    /// Which scenario is for a segment.
    package func place(ofSegment segment: String) -> Int {
        placeOfSegment[segment] ?? placeOfOthers
    }
}
