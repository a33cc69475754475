// SPDX-License-Identifier: Apache-2.0

// Companies of portfolios as lines: for people, as CSV that can be imported again, as JSON.

internal import CommandFiles
internal import CommandTables
internal import Documents
internal import Quantities
internal import VigieClient

/// Companies as text, CSV and JSON.
enum CompanyLines {
    private static let columns = [
        "siren", "lei", "company_id", "name", "reference", "limit", "limit_currency", "exposure",
        "exposure_currency", "sector", "legal_form", "founded_on", "tags",
    ]

    static func writeCSVHeader(to sink: ByteSink) {
        sink.write(columns.joined(separator: ",") + "\n")
    }

    static func writeCSV(_ company: FollowedCompany, to sink: ByteSink) {
        for (index, cell) in cells(company).enumerated() {
            if index > 0 { sink.write(byte: UInt8(ascii: ",")) }
            sink.writeCSV(Array(cell.utf8)[...])
        }
        sink.write(byte: UInt8(ascii: "\n"))
    }

    static func writeJSON(_ company: FollowedCompany, to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.object {
            let amounts = ["limit", "exposure"]
            for (name, cell) in zip(columns, cells(company)) where !cell.isEmpty {
                if amounts.contains(name) {
                    writer.digits(name, cell)
                } else {
                    writer.text(name, cell)
                }
            }
        }
        sink.write(byte: UInt8(ascii: "\n"))
    }

    static func table(_ companies: [FollowedCompany], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("company", .left), ("name", .left), ("reference", .left), ("limit", .right),
                ("exposure", .right),
            ],
            rows: companies.map { company in
                [
                    "\(company.company)", company.name, company.reference,
                    text(company.limit), text(company.exposure),
                ].map { escaped($0) }
            },
            terminal: terminal
        )
    }

    private static func cells(_ company: FollowedCompany) -> [String] {
        var identity = ["", "", ""]
        switch company.company {
        case .siren(let text): identity[0] = text
        case .lei(let text): identity[1] = text
        case .own(let text): identity[2] = text
        }
        return identity + [
            company.name, company.reference, digits(company.limit),
            company.limit?.currency ?? "", digits(company.exposure),
            company.exposure?.currency ?? "", company.sector ?? "", company.legalForm ?? "",
            company.foundedOn ?? "", company.tags?.joined(separator: " ") ?? "",
        ]
    }

    private static func text(_ amount: MoneyAmount?) -> String {
        amount.map { "\(digits($0)) \($0.currency)" } ?? ""
    }

    /// An amount in the currency's main unit; of a currency that is not known here, in its
    /// smallest one.
    private static func digits(_ amount: MoneyAmount?) -> String {
        guard let amount else { return "" }
        guard let currency = Currency(amount.currency) else { return "\(amount.minorUnits)" }
        return Money(minorUnits: amount.minorUnits, currency: currency).decimal
    }
}
