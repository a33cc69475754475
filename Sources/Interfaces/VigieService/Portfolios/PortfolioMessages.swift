// SPDX-License-Identifier: Apache-2.0

// Portfolios and companies as messages, and back.

internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import VigieLimits
internal import VigieProtos

extension Vigie_V1_Portfolio {
    /// A portfolio, and what whoever asks may do with it.
    init(_ seen: SeenPortfolio) {
        self = .with {
            $0.name = seen.portfolio.name
            $0.note = seen.portfolio.note
            $0.createdBy = seen.portfolio.createdBy
            $0.createdAtMicroseconds = Int64(seen.portfolio.createdAtMicroseconds)
            $0.companyCount = Int64(seen.portfolio.companyCount)
            $0.access = .init(seen.access)
        }
    }
}

extension Vigie_V1_PortfolioAccess {
    /// What somebody may do.
    init(_ access: PortfolioAccess) {
        self =
            switch access {
            case .read: .read
            case .write: .write_p
            }
    }

    /// What somebody may do; nil for nothing.
    func value(_ field: String) throws(ServiceError) -> PortfolioAccess? {
        switch self {
        case .unspecified: return nil
        case .read: return .read
        case .write_p: return .write
        case .UNRECOGNIZED(let number): throw .noSuchValue(field, number)
        }
    }
}

extension [Vigie_V1_PortfolioShare] {
    /// With whom a portfolio is shared, by role.
    init(_ shares: [String: PortfolioAccess]) {
        self = shares.keys.sorted().compactMap { role in
            shares[role].map { access in
                .with {
                    $0.role = role
                    $0.access = .init(access)
                }
            }
        }
    }
}

extension Vigie_V1_CompanyIdentifier {
    /// Who a company is.
    init(_ identity: CompanyIdentity) {
        self = .with {
            switch identity {
            case .siren: $0.siren = identity.text
            case .lei: $0.lei = identity.text
            case .own: $0.own = identity.text
            }
        }
    }

    /// Who it is.
    func identity(_ field: String) throws(ServiceError) -> CompanyIdentity {
        do throws(IdentityError) {
            switch identifier {
            case .siren(let text)?: return try CompanyIdentity(kind: "siren", text: text)
            case .lei(let text)?: return try CompanyIdentity(kind: "lei", text: text)
            case .own(let text)?: return try CompanyIdentity(kind: "own", text: text)
            case nil:
                throw IdentityError(
                    message: "It is empty; give the siren, the lei or your own identifier."
                )
            }
        } catch {
            let end = error.message.hasSuffix(".") ? "" : "."
            throw .invalid(field, "BAD_IDENTIFIER", "\(field): \(error.message)\(end)")
        }
    }
}

extension Vigie_V1_MoneyAmount {
    /// An amount.
    init(_ money: Money) {
        self = .with {
            $0.minorUnits = money.minorUnits
            $0.currency = money.currency.code
        }
    }

    /// The amount.
    func money(_ field: String) throws(ServiceError) -> Money {
        guard let known = Currency(currency) else {
            throw .badCurrency("\(field).currency", currency)
        }
        return Money(minorUnits: minorUnits, currency: known)
    }
}

extension Vigie_V1_FollowedCompany {
    /// A company of a portfolio.
    init(_ line: PortfolioLine) {
        self = .with {
            $0.company = .init(line.identity)
            $0.name = line.name
            $0.reference = line.reference
            if let limit = line.limit { $0.limit = .init(limit) }
            if let exposure = line.exposure { $0.exposure = .init(exposure) }
            if let sector = line.traits.sector { $0.sector = sector }
            if let legalForm = line.traits.legalForm { $0.legalForm = legalForm }
            if let foundedOn = line.traits.foundedOn { $0.foundedOn = foundedOn }
            if let tags = line.traits.tags { $0.tags = .with { $0.tags = tags } }
        }
    }

    /// What kind of company it is, as far as that is told.
    fileprivate func traits(_ field: String) throws(ServiceError) -> CompanyTraits {
        var traits = CompanyTraits()
        if hasSector {
            traits.sector = try Self.trait(CompanyTraits.sector(sector), "\(field).sector") {
                "a sector has at most \(SegmentLimits.sectorBytes) bytes (sectorBytes), such as "
                    + "43.32A"
            }
        }
        if hasLegalForm {
            let form = CompanyTraits.legalForm(legalForm)
            traits.legalForm = try Self.trait(form, "\(field).legal_form") {
                "a legal form has at most \(SegmentLimits.legalFormBytes) bytes "
                    + "(legalFormBytes), none of them a control character"
            }
        }
        if hasFoundedOn {
            let day = CompanyTraits.foundedOn(foundedOn)
            traits.foundedOn = try Self.trait(day, "\(field).founded_on") {
                "it is no day; write one such as 2011-03-31"
            }
        }
        if hasTags {
            traits.tags = try Self.trait(CompanyTraits.tags(tags.tags), "\(field).tags") {
                "there are at most \(SegmentLimits.companyTags) words (companyTags) of at most "
                    + "\(SegmentLimits.tagBytes) bytes (tagBytes), without blanks, commas, "
                    + "semicolons and bars"
            }
        }
        return traits
    }

    private static func trait<Value>(
        _ value: Value?,
        _ field: String,
        _ words: () -> String
    ) throws(ServiceError) -> Value {
        guard let value else {
            throw .invalid(field, "BAD_TRAIT", "\(field) cannot be kept: \(words()).")
        }
        return value
    }
}

extension [Vigie_V1_FollowedCompany] {
    /// The companies.
    func lines() throws(ServiceError) -> [PortfolioLine] {
        var lines: [PortfolioLine] = []
        lines.reserveCapacity(count)
        for (index, company) in enumerated() {
            let field = "companies[\(index)]"
            var line = PortfolioLine(
                try company.company.identity("\(field).company"),
                name: company.name,
                reference: company.reference,
                limit: company.hasLimit ? try company.limit.money("\(field).limit") : nil,
                exposure: company.hasExposure
                    ? try company.exposure.money("\(field).exposure") : nil
            )
            line.traits = try company.traits(field)
            lines.append(line)
        }
        return lines
    }
}

extension [Vigie_V1_CompanyIdentifier] {
    /// The companies.
    func identities() throws(ServiceError) -> [CompanyIdentity] {
        var identities: [CompanyIdentity] = []
        identities.reserveCapacity(count)
        for (index, company) in enumerated() {
            identities.append(try company.identity("companies[\(index)]"))
        }
        return identities
    }
}

extension Vigie_V1_ImportCounts {
    /// What changed in a portfolio.
    init(_ summary: ImportSummary) {
        self = .with {
            $0.newCompanies = Int64(summary.newCompanies)
            $0.added = Int64(summary.added)
            $0.changed = Int64(summary.changed)
            $0.unchanged = Int64(summary.unchanged)
            $0.removed = Int64(summary.removed)
        }
    }
}

extension ServiceError {
    /// A text that is no currency.
    static func badCurrency(_ field: String, _ code: String) -> ServiceError {
        .invalid(
            field,
            "BAD_CURRENCY",
            "\(field) \"\(code.shownInMessages)\" is no currency; write its code of three letters, "
                + "such as EUR."
        )
    }
}
