// SPDX-License-Identifier: Apache-2.0

// Which columns of a file of companies hold what, by their headings.

internal import Documents
internal import Portfolios
internal import Quantities
internal import VigieLimits

/// What a column can hold.
enum PortfolioField: String, CaseIterable {
    case siren, siret, lei, own, name, reference, limit, exposure, currency
    case limitCurrency = "limitcurrency"
    case exposureCurrency = "exposurecurrency"
    case sector, legalForm = "legalform", foundedOn = "foundedon", tags

    /// The fields that say which company it is, the one that counts most first.
    static let identifiers: [PortfolioField] = [.siren, .siret, .lei, .own]
}

/// Where each field stands.
struct PortfolioColumns {
    /// The headings as the file has them.
    let headings: [String]
    /// Headings that are none of those that are known.
    let unknown: [String]
    /// The columns that say which company it is, the one that counts most first.
    let identifiers: [(field: PortfolioField, place: Int)]
    /// The columns of names, the one that counts most first.
    let names: [Int]
    /// The column of the user's own number; nil if there is none.
    let reference: Int?
    /// The column of limits; nil if there is none.
    let limit: Int?
    /// The column of what is owed; nil if there is none.
    let exposure: Int?
    /// The columns that say what kind of company it is; nil where there is none.
    let traits: (sector: Int?, legalForm: Int?, foundedOn: Int?, tags: Int?)
    /// The columns of currencies: of limits, and of what is owed; nil if there is none.
    let currencies: (limit: Int?, exposure: Int?)

    /// What of a company the file tells, beside who it is and its name.
    var told: Set<PortfolioLine.Field> {
        var told: Set<PortfolioLine.Field> = []
        if reference != nil { told.insert(.reference) }
        if limit != nil { told.insert(.limit) }
        if exposure != nil { told.insert(.exposure) }
        return told
    }

    /// Finds the fields.
    ///
    /// - Throws: That none identifies companies, or that two columns would be the same field.
    init(_ headings: [String], currency: Currency, source: String) throws(InputError) {
        self.headings = headings
        var found: [PortfolioField: [(rank: Int, place: Int)]] = [:]
        var unknown: [String] = []
        for (place, heading) in headings.enumerated() where !heading.isEmpty {
            guard let (field, rank) = PortfolioHeadings.field(of: heading) else {
                unknown.append(heading)
                continue
            }
            if field == .limit || field == .exposure {
                try Self.checkSign(of: heading, currency, source)
            }
            found[field, default: []].append((rank, place))
        }
        self.unknown = unknown
        let places = found.mapValues { $0.sorted { $0.rank < $1.rank }.map(\.place) }
        try Self.checkMeanings(places, headings, source)
        identifiers = PortfolioField.identifiers.compactMap { field in
            places[field]?.first.map { (field, $0) }
        }
        names = places[.name] ?? []
        reference = places[.reference]?.first
        limit = places[.limit]?.first
        exposure = places[.exposure]?.first
        traits = (
            places[.sector]?.first, places[.legalForm]?.first, places[.foundedOn]?.first,
            places[.tags]?.first
        )
        let currency = places[.currency]?.first
        currencies = (
            places[.limitCurrency]?.first ?? currency, places[.exposureCurrency]?.first ?? currency
        )
        guard identifiers.isEmpty else { return }
        throw InputError(
            .content,
            "\(source) has no column that says which company a line is of; its columns are "
                + listed(headings.filter { !$0.isEmpty }),
            hint: "call the column of SIREN or SIRET numbers \"siren\", that of LEI \"lei\", that "
                + "of your own identifiers \"company_id\""
        )
    }

    /// A note of the headings that are unknown, each with what it may be meant for; nil for none.
    var unknownWords: String? {
        guard !unknown.isEmpty else { return nil }
        let guesses = unknown.prefix(InputLimits.namedColumnsMaximum).compactMap { heading in
            PortfolioHeadings.guess(heading).map { "; is '\(shortened(heading))' the \($0.words)?" }
        }
        return "columns that are unknown were left out: \(listed(unknown))\(guesses.joined())"
    }

    /// Only a name may stand in several columns, as the directory has it: which of two limits is
    /// meant would be a guess.
    private static func checkMeanings(
        _ places: [PortfolioField: [Int]],
        _ headings: [String],
        _ source: String
    ) throws(InputError) {
        for field in PortfolioField.allCases where field != .name {
            guard let places = places[field], places.count > 1 else { continue }
            throw InputError(
                .content,
                "\(source): the columns \(listed(places.map { headings[$0] })) would all be the "
                    + field.words,
                hint: "rename those that are not"
            )
        }
    }

    /// "Encours $" is none in euros.
    private static func checkSign(
        of heading: String,
        _ currency: Currency,
        _ source: String
    ) throws(InputError) {
        guard let sign = CurrencySigns.sign(in: heading), !CurrencySigns.sign(sign, fits: currency)
        else { return }
        throw InputError(
            .options,
            "\(source): the column '\(shortened(heading))' has a sign of another currency than "
                + "\(currency), which amounts are in that name none",
            hint: "say in which currency they are, or name it in a column \"currency\" and not in "
                + "the heading"
        )
    }
}

extension PortfolioField {
    /// What it is called in messages.
    var words: String {
        switch self {
        case .siren, .siret, .lei: rawValue.uppercased()
        case .own: "own identifier"
        case .limitCurrency: "currency of the limit"
        case .exposureCurrency: "currency of the exposure"
        case .legalForm: "legal form"
        case .foundedOn: "day of foundation"
        default: rawValue
        }
    }
}
