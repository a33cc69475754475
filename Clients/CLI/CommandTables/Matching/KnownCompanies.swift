// SPDX-License-Identifier: Apache-2.0

// The companies that lines are looked for among: out of stock files of the directory, and out of
// portfolios. What is shown of them stays as it was written; what is compared is the index's.

internal import CommandFiles
internal import CompanyMatching
internal import CompanyPapers
package import Documents
internal import Quantities
package import VigieClient
internal import VigieLimits

/// Companies that are known, before they can be looked for.
package struct KnownCompanies: Sendable {
    private var builder = CompanyIndexBuilder()
    private var identifiers: [CompanyIdentifier] = []
    private var names: [String] = []
    private var places: [String] = []
    private var companyOfSIREN: [UInt32: Int] = [:]
    private var companyOfOther: [CompanyIdentifier: Int] = [:]

    /// Begins without companies.
    package init() {}

    /// How many there are.
    package var count: Int { builder.companyCount }

    /// Takes the companies of a stock file of the directory.
    ///
    /// - Parameter skipsEnded: Whether those that have ended are left out.
    /// - Returns: How many of its records could not be used, as their numbers are none.
    package mutating func addDirectory(_ source: ByteSource, skipsEnded: Bool) throws -> Int {
        var directory = try DirectoryNames(try source.textOfPaper())
        while let company = try directory.next() {
            if skipsEnded, company.isEnded { continue }
            let number = try place(
                of: .siren(company.siren.description),
                siren: company.siren.number,
                name: company.name,
                isEnded: company.isEnded,
                category: company.category
            )
            builder.add(name: company.name, of: number)
            for name in company.tradeNames { builder.add(name: name, of: number, isTrade: true) }
        }
        try directory.records.requireRecords()
        return directory.records.setAsideCount
    }

    /// Takes the addresses of companies that are known from a stock file of establishments.
    ///
    /// - Returns: How many of its records are of companies that are not known, and how many could
    ///   not be used, as their numbers are none.
    package mutating func addAddresses(
        _ source: ByteSource
    ) throws -> (unknown: Int, setAside: Int) {
        var addresses = try DirectoryAddresses(try source.textOfPaper())
        var unknownCount = 0
        while let address = try addresses.next() {
            guard let company = companyOfSIREN[address.siren.number] else {
                unknownCount += 1
                continue
            }
            // A place that was given up may still stand in the list of who knew it then.
            let place = CompanyPlace(
                postcode: address.postcode,
                town: address.town,
                street: address.street
            )
            builder.add(place, of: company)
            if places[company].isEmpty || address.isSeat {
                places[company] = [address.street, address.postcode, address.town]
                    .filter { !$0.isEmpty }.joined(separator: " ")
            }
            for sign in address.signs { builder.add(name: sign, of: company, isTrade: true) }
        }
        try addresses.records.requireRecords()
        return (unknownCount, addresses.records.setAsideCount)
    }

    /// Takes a company of a portfolio; one without a name is of no use here.
    package mutating func add(_ company: FollowedCompany) throws {
        guard !company.name.isEmpty else { return }
        var siren: UInt32?
        if case .siren(let text) = company.company { siren = (try? SIREN(text))?.number }
        let number = try place(of: company.company, siren: siren, name: company.name)
        builder.add(name: company.name, of: number)
    }

    private mutating func place(
        of identifier: CompanyIdentifier,
        siren: UInt32?,
        name: String,
        isEnded: Bool = false,
        category: String = ""
    ) throws -> Int {
        let before = siren.map { companyOfSIREN[$0] } ?? companyOfOther[identifier]
        if let before { return before }
        let number: Int
        do throws(MatchLimitError) {
            number = try builder.add(isEnded: isEnded, category: category)
        } catch {
            throw CommandFailure(.badInput, "\(error)")
        }
        if let siren { companyOfSIREN[siren] = number } else { companyOfOther[identifier] = number }
        identifiers.append(identifier)
        names.append(name)
        places.append("")
        return number
    }

    /// The companies, ready to be looked for.
    package func directory() -> CompanyDirectory {
        CompanyDirectory(
            index: CompanyIndex(builder),
            identifiers: identifiers,
            names: names,
            places: places
        )
    }
}

/// Companies that can be looked for.
package struct CompanyDirectory: Sendable {
    let index: CompanyIndex
    let identifiers: [CompanyIdentifier]
    let names: [String]
    let places: [String]
}
