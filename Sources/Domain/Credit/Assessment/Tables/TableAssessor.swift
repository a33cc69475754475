// SPDX-License-Identifier: Apache-2.0

// Assessments of companies that come as rows of a table: what registers and courts say, how much is
// known, payment figures and items of statements as columns. Of the same facts a row gets the
// outcome and the figures that Assessor gives; the rules are the same code, but a company is some
// cells here and nothing is made for it.
//
// Estimate for a row of 10 facts and 3 statements of 14 items, in float64, among many, without
// reasons: cells of facts, checked, 10 at 2 ns, 20 ns; outcome, series of statements and confidence
// 40 ns; items missing, 14 at 1.5 ns, 21 ns; items gathered, 42 at 1.5 ns, 63 ns; features and
// trees as for any row, 0.3 us; calibration by depth, a logarithm, an exponential and a score,
// 60 ns; what payments add, the same again; columns of the answer 10 ns. In all 0.6 us in the
// stage; on the wire 416 bytes in and 25 out, 0.1 us to decrypt and encrypt. A company without
// statements costs 70 ns.

internal import LegalHistory
package import Scoring

/// What is wrong with the columns of a table.
package struct TableProblem: Error, Sendable {
    /// A constant for programs, such as "UNKNOWN_COLUMN".
    package let reason: String
    /// Whether it is about a column of facts, not of items.
    package let isOfFact: Bool
    /// Its place among those; nil for none.
    package let place: Int?
    /// What is wrong, and what to do.
    package let message: String
}

/// Assesses rows of tables.
package struct TableAssessor: Sendable {
    let trees: TableModel
    let card: TableModel?
    let table = AssessmentTable.standard
    let options: Assessor.Options
    let issuesMaximum: Int
    /// For each fact the place of its column; -1 for none.
    let factPlaces: [Int]
    /// Facts that have a column.
    let facts: [TableFact]
    /// Where a company stands, by numbers; the first for none.
    let states = [.none] + TableNumbers.proceedingStates
    /// The best class by the number of a confidence.
    let classBest: [UInt32]
    /// Columns of a row: those of facts, and those of items.
    package let columnCount: Int

    /// Makes an assessor for a table.
    ///
    /// - Parameters:
    ///   - model: The bundle that scores statements.
    ///   - card: The one for statements of which many items are missing; nil for none.
    ///   - factColumns: Names of the columns of facts.
    ///   - itemColumns: Names of the columns of items, which follow them.
    ///   - options: How assessments are asked for.
    ///   - issuesMaximum: Issues of a block that are told.
    /// - Throws: What is wrong with a column.
    package init(
        model: ScoringModel,
        card: ScoringModel?,
        factColumns: [String],
        itemColumns: [String],
        options: Assessor.Options,
        issuesMaximum: Int = .max
    ) throws(TableProblem) {
        self.options = options
        self.issuesMaximum = issuesMaximum
        guard !factColumns.isEmpty || !itemColumns.isEmpty else {
            throw TableProblem(
                reason: "NO_COLUMNS",
                isOfFact: true,
                place: nil,
                message: "No columns are named; name those of the facts and items that rows have."
            )
        }
        let factPlaces = try Self.factPlaces(factColumns)
        self.factPlaces = factPlaces
        facts = TableFact.allCases.filter { factPlaces[$0.rawValue] >= 0 }
        var known = TableModel.names(model)
        if let card { known.formUnion(TableModel.names(card)) }
        let items = try Self.itemPlaces(itemColumns, known, after: factColumns.count)
        columnCount = factColumns.count + itemColumns.count
        try Self.check(factPlaces, hasItems: !items.isEmpty)
        do {
            trees = try TableModel(model, table, items)
            if let card { self.card = try TableModel(card, table, items) } else { self.card = nil }
        } catch {
            throw TableProblem(
                reason: "UNUSABLE_MODEL",
                isOfFact: false,
                place: nil,
                message: error.message
            )
        }
        let table = table
        classBest = [1] + TableNumbers.confidences.map { table.classBest[$0] ?? 1 }
    }

    /// Reasons of each row.
    package var reasonCount: Int { options.reasonCount }

    /// Issues that a row can have at most.
    package var rowIssuesMaximum: Int {
        let card = card?.scorer.model.rowIssuesMaximum ?? 0
        return facts.count + max(trees.scorer.model.rowIssuesMaximum, card)
    }

    /// Issues that are told of some rows at most.
    package func toldIssuesMaximum(rowCount: Int) -> Int {
        let (all, overflow) = rowCount.multipliedReportingOverflow(by: rowIssuesMaximum)
        return overflow ? issuesMaximum : min(all, issuesMaximum)
    }

    /// Bytes that the answers to some rows take when they are encoded: as many as in memory, and a
    /// tag and a length for each column.
    package func encodedBytes(rowCount: Int) -> Int {
        256 + rowCount * AssessedTable.rowBytes(reasonCount: reasonCount)
            + toldIssuesMaximum(rowCount: rowCount) * AssessedTable.issueBytes
    }

    var request: ScoreRequest {
        ScoreRequest(
            outputs: [.probability, .score, .riskClass],
            reasonCount: options.reasonCount,
            issuesMaximum: issuesMaximum
        )
    }

    /// What rows will take, in nanoseconds of one core; an estimate.
    package func estimatedNanoseconds(rowCount: Int) -> Double {
        trees.scorer.model.estimatedNanoseconds(
            rowCount: rowCount,
            request: request,
            isDouble: true
        ) + Double(rowCount) * (160 + 3 * Double(facts.count))
    }

    // MARK: Columns

    private static func factPlaces(_ names: [String]) throws(TableProblem) -> [Int] {
        var places = [Int](repeating: -1, count: TableFact.rules.count)
        for (place, name) in names.enumerated() {
            let problem = { (reason: String, message: String) in
                TableProblem(reason: reason, isOfFact: true, place: place, message: message)
            }
            guard let fact = TableFact.rules.firstIndex(where: { $0.name == name }) else {
                let known = TableFact.rules.map(\.name).joined(separator: ", ")
                throw problem(
                    "UNKNOWN_COLUMN",
                    "There is no fact of this name; the facts are \(known)."
                )
            }
            guard places[fact] < 0 else {
                throw problem("DUPLICATE_COLUMN", "The fact \"\(name)\" is named twice.")
            }
            places[fact] = place
        }
        return places
    }

    private static func itemPlaces(
        _ names: [String],
        _ known: Set<String>,
        after factCount: Int
    ) throws(TableProblem) -> [String: Int] {
        var places: [String: Int] = [:]
        for (place, name) in names.enumerated() {
            let problem = { (reason: String, message: String) in
                TableProblem(reason: reason, isOfFact: false, place: place, message: message)
            }
            guard known.contains(name) else {
                throw problem(
                    "UNKNOWN_COLUMN",
                    "Neither the model nor the card has an input of this name; DescribeModel lists "
                        + "their inputs. Facts are named in fact_columns."
                )
            }
            guard places.updateValue(factCount + place, forKey: name) == nil else {
                throw problem("DUPLICATE_COLUMN", "The column \"\(name)\" is named twice.")
            }
        }
        return places
    }

    /// Facts that make no sense without others, or with them.
    private static func check(_ places: [Int], hasItems: Bool) throws(TableProblem) {
        for (fact, rule) in TableFact.rules.enumerated() where places[fact] >= 0 {
            guard let other = rule.needs, places[other.rawValue] < 0 else { continue }
            throw TableProblem(
                reason: "MISSING_COLUMN",
                isOfFact: true,
                place: places[fact],
                message: "The fact \"\(rule.name)\" says nothing without "
                    + "\"\(TableFact.rules[other.rawValue].name)\"; name that, too."
            )
        }
        let years = places[TableFact.statementYears.rawValue]
        let closing = places[TableFact.closingDay.rawValue]
        if years >= 0, closing >= 0 {
            throw TableProblem(
                reason: "AMBIGUOUS_COLUMNS",
                isOfFact: true,
                place: years,
                message: "statement_years and closing_day both say which statements there are; "
                    + "name one of them."
            )
        }
        if hasItems, years < 0, closing < 0 {
            throw TableProblem(
                reason: "MISSING_COLUMN",
                isOfFact: true,
                place: nil,
                message: "There are items of statements, but no fact says which statements there "
                    + "are; name closing_day or statement_years."
            )
        }
    }
}
