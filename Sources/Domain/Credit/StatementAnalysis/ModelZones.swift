// SPDX-License-Identifier: Apache-2.0

// What the value of a published model means: a table, of which users may give their own, since
// sources disagree on cut-offs and every one of them is as old as its sample.

internal import CCreditData
package import CreditFacts
package import Documents

/// Zones of models.
package struct ModelZones: Sendable {
    /// What a zone says.
    package enum Kind: String, Sendable {
        /// Like firms that failed.
        case distress
        /// Neither.
        case grey
        /// Like firms that did not.
        case safe
    }

    /// A zone of a model.
    package struct Zone: Sendable, Equatable {
        /// What it says.
        package var kind: Kind
        /// It in the words of its source.
        package var band: String
        /// Who published it.
        package var source: String
        /// How sure that is: V found, C sources disagree, U from memory only.
        package var mark: String
        /// Where it ends; infinite for the last one.
        package var until: Double
        /// Whether that value is in it.
        package var includesEnd: Bool
    }

    /// Those that come with the product.
    package static let standard: ModelZones = {
        var zones = ModelZones()
        for row in FactTable.rows(vigie_model_zones) { _ = zones.add(row) }
        return zones
    }()

    /// The set of zones that is used, by model; "default" for those that are not named.
    package var chosenSets: [String: String] = [:]
    private var byModel: [String: [String: [Zone]]] = [:]

    private init() {}

    /// Reads a table with the columns model, set, until, zone, band, source and mark. Zones of a
    /// model stand in their order; the last one has no end.
    ///
    /// - Throws: A table without those columns or without a row that can be used.
    package init(
        _ buffer: InputBuffer,
        paper: Int32,
        findings: inout Findings
    ) throws(InputError) {
        let names = ["model", "set", "until", "zone", "band", "source", "mark"]
        try UserTable.read(buffer, columns: names, paper: paper, findings: &findings) { cells in
            add(cells)
        }
    }

    /// The column that is wrong; nil if the row was added.
    private mutating func add(_ row: [String]) -> String? {
        guard row.count == 7 else { return "" }
        guard let kind = Kind(rawValue: row[3]) else { return "zone" }
        let isInclusive = row[2].hasPrefix("<=")
        let number = row[2].drop { $0 == "<" || $0 == "=" || $0 == " " }
        guard row[2].isEmpty || row[2].hasPrefix("<"),
            let until = number.isEmpty ? .infinity : Double(number), !until.isNaN
        else { return "until" }
        let zones = byModel[row[0]]?[row[1]] ?? []
        if let last = zones.last, !(last.until <= until) || last.until == .infinity {
            return "until"
        }
        byModel[row[0], default: [:]][row[1], default: []].append(
            Zone(
                kind: kind,
                band: row[4],
                source: row[5],
                mark: row[6],
                until: until,
                includesEnd: isInclusive
            )
        )
        return nil
    }

    /// The sets of zones that a model has.
    package func sets(of model: String) -> [String] { (byModel[model] ?? [:]).keys.sorted() }

    /// The zones of a model, in their order.
    package func zones(of model: String) -> [Zone] {
        byModel[model]?[chosenSets[model] ?? "default"] ?? []
    }

    /// The zone of a value; nil for a model without zones.
    package func zone(of model: String, _ value: Double) -> Zone? {
        zones(of: model).first { zone in
            value < zone.until || (zone.includesEnd && value == zone.until)
                || zone.until == .infinity
        }
    }
}
