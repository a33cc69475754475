// SPDX-License-Identifier: Apache-2.0

// What a server knows of companies of portfolios, as plain values.

internal import VigieProtos

/// What became of facts that were recorded.
public struct RecordedFacts: Sendable, Hashable {
    /// Facts that were not known.
    public var added: Int
    /// Facts that were known just so.
    public var unchanged: Int
    /// Facts in whose place others stand now.
    public var superseded: Int
    /// Companies that the portfolio does not have, and that were left out.
    public var unknown: [CompanyIdentifier]
}

/// A fact that a server knows of a company.
public struct KnownFact: Sendable, Hashable {
    /// Kinds of facts.
    public enum Kind: Sendable, Hashable {
        /// Statements of a year, with their filing and what they say of the year before.
        case statement
        /// Invoices and what was paid of them.
        case ledger
        /// How others were paid.
        case payment
        /// What a court or a register made known.
        case event
        /// A paper as it was handed over.
        case paper
        /// What was decided.
        case decision
        /// What it owes to whoever follows it, by that one's customers' ledger.
        case account
        /// One that this version of the client does not know, by its number.
        case other(Int)
    }

    /// Its number: the later it came, the higher.
    public let number: Int
    /// What it is.
    public let kind: Kind
    /// The day that it is about; `nil` for one that no calendar has.
    public let day: Day?
    /// Who or what said so.
    public let source: String
    /// Since when it is known, in microseconds since 1970 in UTC.
    public let knownAtMicroseconds: Int64
    /// Since when another one stands in its place; `nil` when none does.
    public let supersededAtMicroseconds: Int64?
    /// How long it is as it is kept, in bytes.
    public let byteCount: Int
}

/// What a server says of a company by what it knows.
public struct KnownAssessment: Sendable, Hashable {
    /// The assessment.
    public let assessment: CompanyAssessment
    /// How many facts were known then.
    public let factCount: Int
    /// When the last of them came, in microseconds since 1970 in UTC; `nil` when there is none.
    public let lastKnownAtMicroseconds: Int64?
}

extension RecordedFacts {
    init(_ message: Vigie_V1_RecordFactsResponse) {
        self.init(
            added: Int(clamping: message.addedCount),
            unchanged: Int(clamping: message.unchangedCount),
            superseded: Int(clamping: message.supersededCount),
            unknown: message.unknown.compactMap { CompanyIdentifier($0) }
        )
    }
}

extension KnownFact {
    init(_ message: Vigie_V1_ListedFact) {
        self.init(
            number: Int(clamping: message.number),
            kind: Kind(message.kind),
            day: Day(number: message.day),
            source: message.source,
            knownAtMicroseconds: message.knownAtMicroseconds,
            supersededAtMicroseconds: message.hasSupersededAtMicroseconds
                ? message.supersededAtMicroseconds : nil,
            byteCount: Int(clamping: message.byteCount)
        )
    }
}

extension KnownFact.Kind {
    init(_ kind: Vigie_V1_FactKind) {
        switch kind {
        case .statement: self = .statement
        case .ledger: self = .ledger
        case .payment: self = .payment
        case .event: self = .event
        case .paper: self = .paper
        case .decision: self = .decision
        case .account: self = .account
        case .unspecified: self = .other(0)
        case .UNRECOGNIZED(let number): self = .other(number)
        }
    }
}
