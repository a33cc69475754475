// SPDX-License-Identifier: Apache-2.0

// The stock file of the directory of companies (Sirene, StockUniteLegale), by names of columns.

package import CreditFacts
package import Documents
internal import Quantities

/// Reads the stock file of the directory.
package struct DirectoryStock {
    /// The records of the file, with what was noticed.
    package private(set) var records: NamedRecords
    private let columns: Columns

    private struct Columns {
        var siren: Int?
        var diffusion: Int?
        var state: Int?
        var since: Int?
        var created: Int?
        var legalForm: Int?
        var activity: Int?
        var nomenclature: Int?
        var headcount: Int?
        var names: [Int?]
    }

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
            delimiter: UInt8(ascii: ","),
            paper: paper,
            findingsPerCodeMax: findingsPerCodeMax
        )
        let missing = records.missing(["siren", "etatAdministratifUniteLegale"])
        guard missing.isEmpty else {
            throw InputError(
                .content,
                "\(buffer.source.name) is no stock of the directory of companies: its header lacks "
                    + missing.joined(separator: ", ")
            )
        }
        columns = Columns(
            siren: records.place("siren"),
            diffusion: records.place("statutDiffusionUniteLegale"),
            state: records.place("etatAdministratifUniteLegale"),
            since: records.place("dateDebut"),
            created: records.place("dateCreationUniteLegale"),
            legalForm: records.place("categorieJuridiqueUniteLegale"),
            activity: records.place("activitePrincipaleUniteLegale"),
            nomenclature: records.place("nomenclatureActivitePrincipaleUniteLegale"),
            headcount: records.place("trancheEffectifsUniteLegale"),
            names: [
                "denominationUniteLegale", "nomUsageUniteLegale", "nomUniteLegale",
            ].map(records.place)
        )
    }

    /// The next company; nil at the end.
    package mutating func next() throws(InputError) -> RegisterEntry? {
        while try records.next() {
            let text = records.text(columns.siren) ?? ""
            guard let siren = try? SIREN(text) else {
                records.setAside(.badIdentifier, field: "siren", [text])
                continue
            }
            guard let state = records.text(columns.state), state == "A" || state == "C" else {
                records.setAside(
                    .badState,
                    field: "etatAdministratifUniteLegale",
                    [records.text(columns.state) ?? ""]
                )
                continue
            }
            return entry(siren, isActive: state == "A")
        }
        return nil
    }

    private mutating func entry(_ siren: SIREN, isActive: Bool) -> RegisterEntry {
        var entry = RegisterEntry(siren: siren, source: records.reference)
        entry.isActive = isActive
        entry.since = date(columns.since, "dateDebut")
        entry.created = date(columns.created, "dateCreationUniteLegale")
        let diffusion = records.text(columns.diffusion)
        entry.isHidden = diffusion == "P" || diffusion == "N"
        entry.legalForm = records.text(columns.legalForm)
        entry.activity = records.text(columns.activity)
        entry.nomenclature = records.text(columns.nomenclature)
        entry.headcount = records.text(columns.headcount).flatMap(HeadcountBand.init)
        entry.name = columns.names.lazy.compactMap { [records] in records.text($0) }
            .first { $0 != "[ND]" }
        return entry
    }

    /// A date; one that is none is noted and left out, the company stays.
    private mutating func date(_ place: Int?, _ field: String) -> CalendarDate? {
        guard let text = records.text(place), text != "[ND]" else { return nil }
        if let date = CalendarDate(text) { return date }
        records.findings.add(Finding(.badDate, at: records.reference, field: field, [text]))
        return nil
    }
}
