// SPDX-License-Identifier: Apache-2.0

// The stock file of establishments of the directory (Sirene, StockEtablissement). Whether an
// establishment is open says nothing of whether its company is: no entry of a register is made of
// it.

package import CreditFacts
package import Documents
package import Quantities

/// A place of business of a company.
package struct Establishment: Sendable, Hashable {
    /// The company.
    package var siren: SIREN
    /// The establishment; nil where its number is none of the directory's.
    package var siret: SIRET?
    /// Whether it is the company's seat.
    package var isSeat: Bool
    /// Whether it is open.
    package var isOpen: Bool
    /// Since when it is in that state.
    package var since: CalendarDate?
    /// Where it was read.
    package var source: PaperReference
}

/// Reads the stock file of establishments.
package struct EstablishmentStock {
    /// The records of the file, with what was noticed.
    package private(set) var records: NamedRecords
    private let siret: Int?
    private let state: Int?
    private let since: Int?
    private let seat: Int?

    /// Reads the header.
    ///
    /// - Throws: What is missing from it.
    package init(
        _ buffer: InputBuffer,
        paper: Int32,
        findingsPerCodeMax: Int
    ) throws(InputError) {
        records = try NamedRecords(
            buffer,
            delimiter: try buffer.headerDelimiter(),
            paper: paper,
            findingsPerCodeMax: findingsPerCodeMax
        )
        try records.require(
            ["siret", "etatAdministratifEtablissement"],
            else: "is no stock of establishments"
        )
        siret = records.place("siret")
        state = records.place("etatAdministratifEtablissement")
        since = records.place("dateDebut")
        seat = records.place("etablissementSiege")
    }

    /// The next establishment; nil at the end.
    ///
    /// - Throws: Also, at the end, that no record could be used.
    package mutating func next() throws(InputError) -> Establishment? {
        while try records.next() {
            let text = records.text(siret) ?? ""
            guard let number = CompanyNumber(text) else {
                records.setAside(.badIdentifier, field: "siret", [text])
                continue
            }
            let stateText = records.text(state) ?? ""
            guard stateText == "A" || stateText == "F" else {
                records.setAside(.badState, field: "etatAdministratifEtablissement", [stateText])
                continue
            }
            if number.isPseudo { records.note(.pseudoEstablishment, field: "siret", [text]) }
            var day: CalendarDate?
            if let since = records.text(since), since != "[ND]" {
                day = CalendarDate(since)
                if day == nil { records.note(.badDate, field: "dateDebut", [since]) }
            }
            return Establishment(
                siren: number.siren,
                siret: number.establishment,
                isSeat: records.text(seat) == "true",
                isOpen: stateText == "A",
                since: day,
                source: records.reference
            )
        }
        try records.requireRecords()
        return nil
    }
}
