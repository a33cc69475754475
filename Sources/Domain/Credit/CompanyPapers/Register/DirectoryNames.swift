// SPDX-License-Identifier: Apache-2.0

// Names and addresses of the directory's stock files (Sirene), for whoever looks for a company
// without its number. What those who asked not to be found have hidden is not told here either.

internal import CreditFacts
package import Documents
package import Quantities

/// A company of the directory, and what it is called.
package struct DirectoryCompany: Sendable, Equatable {
    /// The company.
    package var siren: SIREN
    /// Its legal name; of a natural person first name and surname.
    package var name: String
    /// Names that it uses beside it, acronyms among them.
    package var tradeNames: [String] = []
    /// Its legal category, such as 5499; empty for none.
    package var category = ""
    /// Whether it has ended.
    package var isEnded: Bool
}

/// Reads names of the stock file of companies.
package struct DirectoryNames {
    /// The records of the file, with what was noticed.
    package private(set) var records: NamedRecords
    private let siren: Int?
    private let state: Int?
    private let category: Int?
    private let names: [Int?]
    private let tradeNames: [Int?]
    private let surnames: [Int?]
    private let firstNames: [Int?]

    /// Reads the header.
    ///
    /// - Throws: What is missing from it.
    package init(_ buffer: InputBuffer) throws(InputError) {
        records = try NamedRecords(
            buffer,
            delimiter: try buffer.headerDelimiter(),
            paper: 0,
            findingsPerCodeMax: 1
        )
        try records.require(
            ["siren", "etatAdministratifUniteLegale", "denominationUniteLegale"],
            else: "is no stock of the directory of companies"
        )
        siren = records.place("siren")
        state = records.place("etatAdministratifUniteLegale")
        category = records.place("categorieJuridiqueUniteLegale")
        names = [records.place("denominationUniteLegale")]
        tradeNames = [
            "denominationUsuelle1UniteLegale", "denominationUsuelle2UniteLegale",
            "denominationUsuelle3UniteLegale", "sigleUniteLegale",
        ].map(records.place)
        surnames = ["nomUsageUniteLegale", "nomUniteLegale"].map(records.place)
        firstNames = ["prenomUsuelUniteLegale", "prenom1UniteLegale"].map(records.place)
    }

    /// The next company that has a name; nil at the end.
    package mutating func next() throws(InputError) -> DirectoryCompany? {
        while try records.next() {
            let text = records.text(siren) ?? ""
            guard let number = try? SIREN(text) else {
                records.setAside(.badIdentifier, field: "siren", [text])
                continue
            }
            let name = first(names) ?? person
            var others = tradeNames.compactMap(known)
            guard let name = name ?? others.first else { continue }
            others.removeAll { $0 == name }
            return DirectoryCompany(
                siren: number,
                name: name,
                tradeNames: others,
                category: known(category) ?? "",
                isEnded: records.text(state) == "C"
            )
        }
        return nil
    }

    private var person: String? {
        guard let surname = first(surnames) else { return nil }
        return first(firstNames).map { "\($0) \(surname)" } ?? surname
    }

    private func first(_ places: [Int?]) -> String? { places.lazy.compactMap(known).first }

    private func known(_ place: Int?) -> String? { records.toldText(place) }
}

/// Where a company is, as the directory has it, and what stands over its door there.
package struct DirectoryAddress: Sendable, Equatable {
    /// The company.
    package var siren: SIREN
    /// Its postcode; empty for none.
    package var postcode: String
    /// Its town; empty for none.
    package var town: String
    /// Number, kind and name of the street; empty for none.
    package var street: String
    /// Names under which it is known there.
    package var signs: [String]
    /// Whether it is the company's seat.
    package var isSeat: Bool
    /// Whether it is open.
    package var isOpen: Bool
}

/// Reads addresses of the stock file of establishments.
package struct DirectoryAddresses {
    /// The records of the file, with what was noticed.
    package private(set) var records: NamedRecords
    private let places: [String: Int?]

    private static let columns = [
        "siret", "etatAdministratifEtablissement", "etablissementSiege",
        "codePostalEtablissement", "libelleCommuneEtablissement", "numeroVoieEtablissement",
        "typeVoieEtablissement", "libelleVoieEtablissement", "enseigne1Etablissement",
        "enseigne2Etablissement", "enseigne3Etablissement", "denominationUsuelleEtablissement",
    ]

    /// Reads the header.
    ///
    /// - Throws: What is missing from it.
    package init(_ buffer: InputBuffer) throws(InputError) {
        let records = try NamedRecords(
            buffer,
            delimiter: try buffer.headerDelimiter(),
            paper: 0,
            findingsPerCodeMax: 1
        )
        try records.require(
            ["siret", "codePostalEtablissement"],
            else: "is no stock of establishments with addresses"
        )
        places = Dictionary(
            Self.columns.map { ($0, records.place($0)) },
            uniquingKeysWith: { first, _ in first }
        )
        self.records = records
    }

    /// The next address; nil at the end.
    package mutating func next() throws(InputError) -> DirectoryAddress? {
        while try records.next() {
            let number = text("siret")
            guard let siret = CompanyNumber(number) else {
                records.setAside(.badIdentifier, field: "siret", [number])
                continue
            }
            return DirectoryAddress(
                siren: siret.siren,
                postcode: text("codePostalEtablissement"),
                town: text("libelleCommuneEtablissement"),
                street: ["numeroVoieEtablissement", "typeVoieEtablissement"]
                    .map(text).filter { !$0.isEmpty }.map { $0 + " " }.joined()
                    + text("libelleVoieEtablissement"),
                signs: Self.columns.suffix(4).map(text).filter { !$0.isEmpty },
                isSeat: text("etablissementSiege") == "true",
                isOpen: text("etatAdministratifEtablissement") != "F"
            )
        }
        return nil
    }

    private func text(_ column: String) -> String {
        records.toldText(places[column] ?? nil) ?? ""
    }
}

extension NamedRecords {
    /// How many records could not be used.
    package var setAsideCount: Int { counts.setAside }

    /// The text of a cell that is not hidden.
    fileprivate func toldText(_ place: Int?) -> String? {
        text(place).flatMap { $0 == "[ND]" ? nil : $0 }
    }
}
