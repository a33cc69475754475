// SPDX-License-Identifier: Apache-2.0

// The file of ratios of the INPI and the Banque de France (ratios_inpi_bce), whose columns come in
// any case. For one company, year and type the latest deposit counts.

package import CreditFacts
package import Documents
package import Quantities

/// Published ratios of a file.
package struct PublishedRatiosList {
    /// What the values are: the names of the columns of ratios, in small letters.
    package let names: [String]
    /// One for each company, year and type.
    package private(set) var ratios: [PublishedRatios] = []
    /// What was noticed.
    package var findings: Findings { records.findings }
    /// Records that were read, set aside, and left out since nobody wants that company.
    package private(set) var counts = RecordCounts()
    private var records: NamedRecords
    private var places: [Key: Int] = [:]

    private struct Key: Hashable {
        var siren: SIREN
        var closing: CalendarDate
        var type: String
    }

    private static let others = [
        "siren", "date_cloture_exercice", "type_bilan", "confidentiality", "date_depot",
    ]

    /// Reads a file.
    ///
    /// - Parameter wants: Whether a company is wanted; the file has millions of others.
    /// - Throws: What is missing from it, or that it has no records.
    package init(
        _ buffer: InputBuffer,
        paper: Int32,
        findingsPerCodeMax: Int,
        wants: (SIREN) -> Bool = { _ in true }
    ) throws(InputError) {
        records = try NamedRecords(
            buffer,
            delimiter: try buffer.headerDelimiter(),
            paper: paper,
            findingsPerCodeMax: findingsPerCodeMax
        )
        try records.require(
            ["siren", "date_cloture_exercice", "type_bilan"],
            else: "is no file of published ratios"
        )
        let folded = records.names.map(FrenchText.folded)
        names = folded.filter { !Self.others.contains($0) && !$0.isEmpty }
        let columns = names.map { records.place($0) }
        let identity = Self.others.map { records.place($0) }
        while try records.next() { add(identity, columns, wants) }
        counts.read = records.counts.read
        counts.setAside = records.counts.setAside
        if counts.leftOut == 0 { try records.requireRecords() }
    }

    private mutating func add(_ identity: [Int?], _ columns: [Int?], _ wants: (SIREN) -> Bool) {
        let text = records.text(identity[0]) ?? ""
        // Leading zeros get lost in spreadsheets.
        let padded = String(repeating: "0", count: max(0, 9 - text.utf8.count)) + text
        guard let siren = try? SIREN(padded) else {
            return records.setAside(.badIdentifier, field: "siren", [text])
        }
        guard wants(siren) else {
            counts.leftOut += 1
            return
        }
        let closingText = records.text(identity[1]) ?? ""
        guard let closing = FrenchDate.read(closingText) else {
            return records.setAside(.badDate, field: "date_cloture_exercice", [closingText])
        }
        var values: [Double] = []
        for (name, column) in zip(names, columns) { values.append(value(column, name)) }
        let ratios = PublishedRatios(
            siren: siren,
            closing: closing,
            type: records.text(identity[2])?.uppercased() ?? "",
            filed: records.text(identity[4]).flatMap(FrenchDate.read),
            confidentiality: records.text(identity[3]) ?? "",
            values: values,
            source: records.reference
        )
        let key = Key(siren: siren, closing: closing, type: ratios.type)
        guard let place = places[key] else {
            places[key] = self.ratios.count
            self.ratios.append(ratios)
            return
        }
        records.note(.filedTwice, field: "date_depot", [text, closingText, ratios.type])
        let held = self.ratios[place].filed ?? .first
        if ratios.filed ?? .first >= held { self.ratios[place] = ratios }
    }

    /// A number; NaN, with a finding, for what is none.
    private mutating func value(_ column: Int?, _ name: String) -> Double {
        guard let text = records.text(column) else { return .nan }
        let bytes = Array(text.utf8).map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
        if let value = bytes[...].double, value.isFinite { return value }
        if !["na", "nan", "null"].contains(text.lowercased()) {
            records.note(.badAmount, field: name, [text])
        }
        return .nan
    }
}
