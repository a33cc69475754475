// SPDX-License-Identifier: Apache-2.0

// Portfolios of a server, and the companies in them, as plain values.

/// A list of companies that is watched.
public struct Portfolio: Sendable, Hashable {
    /// What somebody may do with a portfolio.
    public enum Access: Sendable, Hashable, CaseIterable {
        /// See it and its companies.
        case read
        /// Change it, too.
        case write
    }

    /// Its name, which no other portfolio has.
    public let name: String
    /// What it is for.
    public let note: String
    /// Who made it; empty where the server does not tell callers apart.
    public let createdBy: String
    /// When, in microseconds since 1970 in UTC.
    public let createdAtMicroseconds: Int64
    /// How many companies it has.
    public let companyCount: Int
    /// What whoever asked may do with it.
    public let access: Access
}

/// Who a company is.
public enum CompanyIdentifier: Sendable, Hashable, CustomStringConvertible {
    /// Its number in the French directory: nine digits.
    case siren(String)
    /// Its identifier as a legal entity (ISO 17442).
    case lei(String)
    /// What the user calls it: 1 to 128 bytes.
    case own(String)

    /// The kind and the identifier, such as `siren:552100554`.
    public var description: String {
        switch self {
        case .siren(let text): "siren:\(text)"
        case .lei(let text): "lei:\(text)"
        case .own(let text): "own:\(text)"
        }
    }
}

/// An amount of money.
public struct MoneyAmount: Sendable, Hashable {
    /// The amount in the currency's smallest units, such as cents.
    public var minorUnits: Int64
    /// The currency (ISO 4217), such as EUR.
    public var currency: String

    /// Makes an amount.
    public init(minorUnits: Int64, currency: String) {
        (self.minorUnits, self.currency) = (minorUnits, currency)
    }
}

/// A company in a portfolio, as the user gives it.
public struct FollowedCompany: Sendable, Hashable {
    /// Who it is.
    public var company: CompanyIdentifier
    /// Its name; an empty one keeps the name that the server knows.
    public var name: String
    /// The user's own number for it, such as that of the customer's account.
    public var reference: String
    /// The limit that the user grants it; `nil` for none.
    public var limit: MoneyAmount?
    /// What it owes; negative when it has paid too much, `nil` where that is not known.
    public var exposure: MoneyAmount?
    /// Its sector, such as `4332A`. Of this and what follows `nil` leaves what the server knows,
    /// and an empty value takes it away.
    public var sector: String?
    /// Its legal form.
    public var legalForm: String?
    /// When it was founded, as YYYY-MM-DD.
    public var foundedOn: String?
    /// Words that the user puts to it, by which segments find it.
    public var tags: [String]?

    /// Makes one.
    public init(
        _ company: CompanyIdentifier,
        name: String = "",
        reference: String = "",
        limit: MoneyAmount? = nil,
        exposure: MoneyAmount? = nil
    ) {
        (self.company, self.name, self.reference) = (company, name, reference)
        (self.limit, self.exposure) = (limit, exposure)
    }
}

/// What changed in a portfolio.
public struct PortfolioChanges: Sendable, Hashable {
    /// Companies that the store did not know.
    public let newCompanies: Int
    /// Companies that came into the portfolio.
    public let added: Int
    /// Companies of it of which something became another.
    public let changed: Int
    /// Companies of it that are as was said.
    public let unchanged: Int
    /// Companies that left it.
    public let removed: Int
}

/// What became of companies that were copied or moved.
public struct PortfolioTransfer: Sendable, Hashable {
    /// How many the second portfolio did not have.
    public let added: Int
    /// How many left the first one.
    public let removed: Int
    /// How many the first one did not have.
    public let absent: Int
}
