// SPDX-License-Identifier: Apache-2.0

// Which facts can be changed, and how the lines of a statement hang together: a table.

internal import CCreditData
internal import CreditFacts

/// The table of changes.
struct WhatIfTable: Sendable {
    /// Something that a company can do.
    struct Driver: Sendable {
        var name: String
        var lines: [StatementLine]
        /// 1 for what is raised, -1 for what is lowered, 0 for what nobody looks for.
        var direction: Int64
        var french: String
        var english: String
    }

    /// A line that others add up to.
    struct Total: Sendable {
        var line: StatementLine
        var parts: [(line: StatementLine, sign: Int64)]
    }

    /// What holds for a form.
    struct Form: Sendable {
        var drivers: [Driver] = []
        /// In the order in which they are counted.
        var totals: [Total] = []
        var cash: StatementLine?
        /// What net assets are, and liabilities.
        var assets: [(line: StatementLine, sign: Int64)] = []
        var liabilities: [(line: StatementLine, sign: Int64)] = []
        /// Lines that move without cash, and those that can be negative.
        var noCash: Set<StatementLine> = []
        var signed: Set<StatementLine> = []
    }

    static let standard = WhatIfTable()

    private(set) var complete = Form()
    private(set) var simplified = Form()
    /// The driver that is no line: how late payments come.
    private(set) var late: Driver?
    /// Names of all drivers.
    private(set) var names: [String] = []

    private init() {
        var (complete, simplified) = (Form(), Form())
        for row in FactTable.rows(vigie_line_totals) where row.count == 2 {
            if let line = StatementLine(row[0]) {
                complete.totals.append(Total(line: line, parts: Self.sum(row[1])))
            }
        }
        for row in FactTable.rows(vigie_what_if) where row.count == 7 {
            if row[2] == "S" { add(row, to: &simplified) } else { add(row, to: &complete) }
        }
        (self.complete, self.simplified) = (complete, simplified)
    }

    private mutating func add(_ row: [String], to form: inout Form) {
        let terms = row[3].split(separator: " ").compactMap { word in
            let isNegative = word.first == "-"
            return StatementLine(isNegative ? word.dropFirst() : word)
                .map { (line: $0, sign: Int64(isNegative ? -1 : 1)) }
        }
        let lines = terms.map(\.line)
        switch row[0] {
        case "driver":
            let driver = Driver(
                name: row[1],
                lines: lines,
                direction: Int64(row[4]) ?? 0,
                french: row[5],
                english: row[6]
            )
            if !names.contains(driver.name) { names.append(driver.name) }
            if lines.isEmpty { late = driver } else { form.drivers.append(driver) }
        case "cash": form.cash = lines.first
        case "assets": form.assets = terms
        case "liabilities": form.liabilities = terms
        case "no_cash": form.noCash = Set(lines)
        case "signed": form.signed = Set(lines)
        case "total":
            if let line = StatementLine(row[1]) {
                form.totals.append(Total(line: line, parts: Self.sum(row[3])))
            }
        default: break
        }
    }

    /// The terms of a sum such as "FR-GF".
    private static func sum(_ text: String) -> [(line: StatementLine, sign: Int64)] {
        var terms: [(line: StatementLine, sign: Int64)] = []
        for part in text.split(separator: "+") {
            for (place, name) in part.split(separator: "-").enumerated() {
                if let line = StatementLine(name) { terms.append((line, place == 0 ? 1 : -1)) }
            }
        }
        return terms
    }

    func form(_ form: StatementForm) -> Form { form == .simplified ? simplified : complete }

    /// Whole euros as text.
    static func euros(_ cents: Int64) -> String { "\((cents + (cents < 0 ? -50 : 50)) / 100)" }
}
