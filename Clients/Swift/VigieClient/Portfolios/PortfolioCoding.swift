// SPDX-License-Identifier: Apache-2.0

// Portfolios and companies as messages, and back.

internal import ProtobufCoding
internal import VigieProtos

extension Portfolio {
    init(_ message: Vigie_V1_Portfolio) {
        self.init(
            name: message.name,
            note: message.note,
            createdBy: message.createdBy,
            createdAtMicroseconds: message.createdAtMicroseconds,
            companyCount: Int(clamping: message.companyCount),
            access: Access(message.access) ?? .read
        )
    }
}

extension Portfolio.Access {
    init?(_ message: Vigie_V1_PortfolioAccess) {
        switch message {
        case .read: self = .read
        case .write_p: self = .write
        case .unspecified, .UNRECOGNIZED: return nil
        }
    }
}

extension Vigie_V1_PortfolioAccess {
    init(_ access: Portfolio.Access?) {
        self =
            switch access {
            case .read: .read
            case .write: .write_p
            case nil: .unspecified
            }
    }
}

extension [Vigie_V1_PortfolioShare] {
    var byRole: [String: Portfolio.Access] {
        reduce(into: [:]) { $0[$1.role] = Portfolio.Access($1.access) }
    }
}

extension CompanyIdentifier {
    init?(_ message: Vigie_V1_CompanyIdentifier) {
        switch message.identifier {
        case .siren(let text)?: self = .siren(text)
        case .lei(let text)?: self = .lei(text)
        case .own(let text)?: self = .own(text)
        case nil: return nil
        }
    }
}

extension Vigie_V1_CompanyIdentifier {
    init(_ identifier: CompanyIdentifier) {
        self.init()
        switch identifier {
        case .siren(let text): siren = text
        case .lei(let text): lei = text
        case .own(let text): own = text
        }
    }
}

extension MoneyAmount {
    init(_ message: Vigie_V1_MoneyAmount) {
        self.init(minorUnits: message.minorUnits, currency: message.currency)
    }
}

extension Vigie_V1_MoneyAmount {
    init(_ amount: MoneyAmount) {
        self.init()
        (minorUnits, currency) = (amount.minorUnits, amount.currency)
    }
}

extension FollowedCompany {
    init?(_ message: Vigie_V1_FollowedCompany) {
        guard let company = CompanyIdentifier(message.company) else { return nil }
        self.init(
            company,
            name: message.name,
            reference: message.reference,
            limit: message.hasLimit ? MoneyAmount(message.limit) : nil,
            exposure: message.hasExposure ? MoneyAmount(message.exposure) : nil
        )
        sector = message.hasSector ? message.sector : nil
        legalForm = message.hasLegalForm ? message.legalForm : nil
        foundedOn = message.hasFoundedOn ? message.foundedOn : nil
        tags = message.hasTags ? message.tags.tags : nil
    }
}

extension Vigie_V1_FollowedCompany {
    init(_ followed: FollowedCompany) {
        self.init()
        company = .init(followed.company)
        (name, reference) = (followed.name, followed.reference)
        if let amount = followed.limit { limit = .init(amount) }
        if let amount = followed.exposure { exposure = .init(amount) }
        if let text = followed.sector { sector = text }
        if let text = followed.legalForm { legalForm = text }
        if let text = followed.foundedOn { foundedOn = text }
        if let words = followed.tags { tags = .with { $0.tags = words } }
    }
}

extension PortfolioChanges {
    init(_ message: Vigie_V1_ImportCounts) {
        self.init(
            newCompanies: Int(clamping: message.newCompanies),
            added: Int(clamping: message.added),
            changed: Int(clamping: message.changed),
            unchanged: Int(clamping: message.unchanged),
            removed: Int(clamping: message.removed)
        )
    }
}
