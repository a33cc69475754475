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
        var activity2025: Int?
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
            delimiter: try buffer.headerDelimiter(),
            paper: paper,
            findingsPerCodeMax: findingsPerCodeMax
        )
        try records.require(
            ["siren", "etatAdministratifUniteLegale"],
            else: "is no stock of the directory of companies"
        )
        columns = Columns(
            siren: records.place("siren"),
            diffusion: records.place("statutDiffusionUniteLegale"),
            state: records.place("etatAdministratifUniteLegale"),
            since: records.place("dateDebut"),
            created: records.place("dateCreationUniteLegale"),
            legalForm: records.place("categorieJuridiqueUniteLegale"),
            activity: records.place("activitePrincipaleUniteLegale"),
            nomenclature: records.place("nomenclatureActivitePrincipaleUniteLegale"),
            activity2025: records.place("activitePrincipaleNAF25UniteLegale"),
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
        entry.legalForm = known(columns.legalForm)
        entry.activity = known(columns.activity)
        entry.nomenclature = known(columns.nomenclature)
        if entry.activity == nil, let activity = known(columns.activity2025) {
            (entry.activity, entry.nomenclature) = (activity, "NAF25")
        }
        entry.headcount = records.text(columns.headcount).flatMap(HeadcountBand.init)
        for place in columns.names where entry.name == nil { entry.name = known(place) }
        return entry
    }

    /// A text that is not hidden.
    private func known(_ place: Int?) -> String? {
        records.text(place).flatMap { $0 == "[ND]" ? nil : $0 }
    }

    /// A date; one that is none is noted and left out, the company stays.
    private mutating func date(_ place: Int?, _ field: String) -> CalendarDate? {
        guard let text = known(place) else { return nil }
        if let date = CalendarDate(text) { return date }
        records.findings.add(Finding(.badDate, at: records.reference, field: field, [text]))
        return nil
    }
}
