// SPDX-License-Identifier: Apache-2.0

// Rows of tables against the assessor of facts: of the same companies both say the same, bit for
// bit. And rows with cells that make no sense against a plain reading of the rules.

import Assessment
import CreditFacts
import Quantities
import Scoring
import TestRandomness
import Testing

@Suite struct TableAssessorTests {
    private static let models = Result { try ScoringModel.bundledModels() }
    private let model: ScoringModel
    private let card: ScoringModel
    private var options = Assessor.Options(asOf: TableCompanies.asOf)

    init() throws {
        let models = try Self.models.get()
        model = try #require(models.first)
        card = try #require(models.dropFirst().first)
    }

    private func assessor(_ items: [String], reasons: Int = 3) throws -> TableAssessor {
        var options = options
        options.reasonCount = reasons
        return try TableAssessor(
            model: model,
            card: card,
            factColumns: TableCompanies.facts,
            itemColumns: items,
            options: options,
            issuesMaximum: 65_536
        )
    }

    private enum Form: CaseIterable { case doubleRows, doubleColumns, floatRows, floatColumns }

    /// Assesses rows, in chunks of some size.
    private func assess(
        _ rows: [[Double]],
        _ assessor: TableAssessor,
        _ form: Form = .doubleColumns,
        chunk: Int = .max,
        _ scratch: TableScratch = TableScratch()
    ) throws -> AssessedTable {
        let width = assessor.columnCount
        let isByRow = form == .doubleRows || form == .floatRows
        var cells = rows.flatMap { $0 }
        if !isByRow {
            cells = (0..<width).flatMap { column in rows.map { $0[column] } }
        }
        let answers = AssessedTable()
        let run = { (values: RowBlock.Values) throws in
            let block = try RowBlock(
                rowCount: rows.count,
                columnCount: width,
                layout: isByRow ? .rowMajor : .columnMajor,
                values: values
            )
            var first = 0
            while first < rows.count {
                let end = first + min(chunk, rows.count - first)
                assessor.assess(block, rows: first..<end, scratch, answers)
                first = end
            }
        }
        if form == .doubleRows || form == .doubleColumns {
            try cells.withUnsafeBufferPointer { try run(.float64($0)) }
        } else {
            try cells.map { Float($0) }.withUnsafeBufferPointer { try run(.float32($0)) }
        }
        #expect(answers.rowCount == rows.count)
        return answers
    }

    private func isSame(_ left: AssessedTable, _ right: AssessedTable) -> Bool {
        let bits = { (values: [Double]) in values.map(\.bitPattern) }
        return left.outcomes == right.outcomes && left.bases == right.bases
            && bits(left.baseProbabilities) == bits(right.baseProbabilities)
            && bits(left.probabilities) == bits(right.probabilities)
            && left.scores == right.scores && left.riskClasses == right.riskClasses
            && left.confidences == right.confidences && left.areCapped == right.areCapped
            && left.reasonFeatures == right.reasonFeatures
            && bits(left.reasonContributions) == bits(right.reasonContributions)
            && left.issueRows == right.issueRows && left.issueKinds == right.issueKinds
            && left.issueColumns == right.issueColumns
            && bits(left.issueValues) == bits(right.issueValues)
    }

    // MARK: Against facts

    @Test func rowsSayWhatFactsSay() throws {
        var maker = TableCompanies(model: model, card: card, seed: 41)
        let companies = (0..<1_300).map { _ in maker.company() }
        var options = options
        options.reasonCount = 3
        let expected = try Assessor(model: model, card: card).assess(companies, options)
        let rows = zip(companies, expected).map { maker.row($0, $1) }
        let assessor = try assessor(maker.items)
        let answers = try assess(rows, assessor)
        var kinds: [String: Int] = [:]
        for (row, assessment) in expected.enumerated() {
            kinds[assessment.basis?.rawValue ?? assessment.outcome.rawValue, default: 0] += 1
            try check(answers, row, assessment)
        }
        #expect(answers.issueCount == answers.issueRows.count)
        // What was made up has all there is.
        for kind in ["statements", "few_ratios", "payments", "closed", "in_proceedings", "review"] {
            #expect(kinds[kind, default: 0] >= 20, "\(kind): \(kinds[kind, default: 0])")
        }
        #expect(kinds["not_scorable", default: 0] >= 20)
        #expect(Set(answers.confidences).count == 7)
        // Whatever the layout and the chunks.
        let scratch = TableScratch()
        #expect(isSame(answers, try assess(rows, assessor, .doubleRows, chunk: 512, scratch)))
        #expect(isSame(answers, try assess(rows, assessor, .doubleColumns, chunk: 7, scratch)))
        let rounded = rows.map { $0.map { Double(Float($0)) } }
        let floats = try assess(rounded, assessor, .doubleRows)
        #expect(isSame(floats, try assess(rows, assessor, .floatRows, chunk: 100, scratch)))
        #expect(isSame(floats, try assess(rows, assessor, .floatColumns, scratch)))
    }

    private func check(
        _ answers: AssessedTable,
        _ row: Int,
        _ assessment: Assessment
    ) throws {
        let outcome = try #require(TableNumbers.outcomes.firstIndex(of: assessment.outcome))
        #expect(Int(answers.outcomes[row]) == outcome + 1, "row \(row)")
        let basis = assessment.basis.flatMap { TableNumbers.bases.firstIndex(of: $0) }
        #expect(Int(answers.bases[row]) == basis.map { $0 + 1 } ?? 0, "row \(row)")
        let base = assessment.base?.probability ?? .nan
        #expect(answers.baseProbabilities[row].bitPattern == base.bitPattern, "row \(row)")
        let adjusted = assessment.adjusted
        #expect(
            answers.probabilities[row].bitPattern
                == (adjusted?.probability ?? .nan).bitPattern,
            "row \(row)"
        )
        #expect(answers.scores[row] == adjusted?.score ?? 0, "row \(row)")
        #expect(UInt32(answers.riskClasses[row]) == adjusted?.riskClass ?? 0, "row \(row)")
        let confidence = try #require(
            TableNumbers.confidences.firstIndex(of: assessment.confidence)
        )
        #expect(
            Int(answers.confidences[row]) == confidence + 1,
            "row \(row): \(assessment.findings.map(\.code)) \(assessment.statements.map(\.closing))"
        )
        #expect((answers.areCapped[row] == 1) == assessment.isClassCapped, "row \(row)")
        let first = row * answers.reasonCount
        for place in 0..<answers.reasonCount {
            let reason = assessment.reasons.dropFirst(place).first
            let feature = Int(answers.reasonFeatures[first + place])
            #expect(feature == reason?.featureIndex ?? 0, "row \(row)")
            #expect(
                answers.reasonContributions[first + place].bitPattern
                    == (reason?.contribution ?? .nan).bitPattern,
                "row \(row)"
            )
        }
    }

    // MARK: Cells that make no sense

    /// What a fact may be, told once more.
    private func isBad(_ name: String, _ value: Double) -> Bool {
        if value.isNaN { return false }
        let isWhole = value == value.rounded()
        switch name.split(separator: "@")[0] {
        case "legal_state": return !(isWhole && value >= 0 && value <= 12)
        case "directory_activity": return !(isWhole && value >= 0 && value <= 2)
        case "doubtful": return value != 0 && value != 1
        case "payment_index": return !(value >= 0 && value <= 100)
        case "payment_count": return !(isWhole && value >= 0 && value < 2_147_483_648)
        case "months": return !(isWhole && value >= 0 && value <= 120)
        default: return !(isWhole && value >= -719_162 && value <= 2_932_896)
        }
    }

    @Test func badCellsAreIssuesOfTheirRows() throws {
        var maker = TableCompanies(model: model, card: card, seed: 43)
        let companies = (0..<700).map { _ in maker.company() }
        let known = try Assessor(model: model, card: card).assess(companies, options)
        let good = zip(companies, known).map { maker.row($0, $1) }
        var generator = SeededGenerator(seed: 44)
        let nasty: [Double] = [
            .nan, .infinity, -.infinity, -1, 0, -0.0, 0.5, 3, 12, 13, 1e300, -1e300,
            .leastNonzeroMagnitude, 2_147_483_648, -2_147_483_648, 20_088, 2_932_897, 1e9,
        ]
        let rows = good.map { row in
            row.map {
                generator.chance(1, of: 12) ? nasty.randomElement(using: &generator) ?? 0 : $0
            }
        }
        let assessor = try assessor(maker.items)
        let answers = try assess(rows, assessor)
        #expect(answers.issueCount == answers.issueRows.count)
        #expect(answers.issueRows == answers.issueRows.sorted())
        var found = Set<[UInt64]>()
        for place in answers.issueRows.indices {
            found.insert([
                UInt64(answers.issueRows[place]), UInt64(answers.issueColumns[place]),
                answers.issueValues[place].bitPattern,
            ])
        }
        for (row, cells) in rows.enumerated() {
            for (column, name) in TableCompanies.facts.enumerated()
            where isBad(name, cells[column]) {
                let key = [UInt64(row), UInt64(column + 1), cells[column].bitPattern]
                #expect(found.contains(key), "row \(row), \(name) \(cells[column])")
            }
            try checkAlone(cells, row, assessor, answers)
        }
    }

    /// A row alone, and without its bad cells, says what it says among others.
    private func checkAlone(
        _ cells: [Double],
        _ row: Int,
        _ assessor: TableAssessor,
        _ answers: AssessedTable
    ) throws {
        let alone = try assess([cells], assessor)
        #expect(alone.outcomes[0] == answers.outcomes[row])
        #expect(alone.probabilities[0].bitPattern == answers.probabilities[row].bitPattern)
        #expect(alone.confidences[0] == answers.confidences[row])
        #expect(alone.issueCount == answers.issueRows.count { $0 == UInt32(row) })
        var cleaned = cells
        var isDecisive = false
        for (column, name) in TableCompanies.facts.enumerated() where isBad(name, cells[column]) {
            cleaned[column] = .nan
            if column < 4 { isDecisive = true }
        }
        let bad = zip(cells, cleaned).contains { $0.bitPattern != $1.bitPattern }
        guard bad else { return }
        let doubtful = try #require(TableCompanies.facts.firstIndex(of: "doubtful"))
        cleaned[doubtful] = 1
        let plain = try assess([cleaned], assessor)
        #expect(plain.confidences[0] == answers.confidences[row])
        if isDecisive {
            // An outcome that hangs on what is not known is not told.
            let notScorable = UInt8(2)
            #expect([plain.outcomes[0], notScorable].contains(answers.outcomes[row]))
            #expect(answers.outcomes[row] != 1)
        } else {
            #expect(plain.outcomes[0] == answers.outcomes[row])
            #expect(plain.probabilities[0].bitPattern == answers.probabilities[row].bitPattern)
        }
    }

    @Test func statementsThatDoNotFollowEachOtherAreIssues() throws {
        var maker = TableCompanies(model: model, card: card, seed: 45)
        let assessor = try assessor(maker.items)
        let facts = maker.company()
        let known = try Assessor(model: model, card: card).assess([facts], options)
        var row = maker.row(facts, try #require(known.first))
        let place = { (name: String) in try #require(TableCompanies.facts.firstIndex(of: name)) }
        row[try place("closing_day")] = 20_088
        row[try place("closing_day@1")] = 20_088
        row[try place("closing_day@2")] = 20_089
        let answers = try assess([row], assessor)
        #expect(answers.issueColumns.map(Int.init).contains(try place("closing_day@1") + 1))
        #expect(answers.issueColumns.map(Int.init).contains(try place("closing_day@2") + 1))
    }

    @Test func onlySoManyIssuesAreTold() throws {
        let assessor = try TableAssessor(
            model: model,
            card: nil,
            factColumns: ["legal_state"],
            itemColumns: [],
            options: options,
            issuesMaximum: 5
        )
        let answers = try assess(Array(repeating: [99], count: 1_100), assessor, chunk: 512)
        #expect(answers.issueCount == 1_100)
        #expect(answers.issueRows == [0, 1, 2, 3, 4])
        #expect(answers.outcomes.allSatisfy { $0 == 2 })
    }

    // MARK: Statements by their number

    @Test func aNumberOfYearsDoesAsWell() throws {
        let items = model.inputColumns.map(\.name)
        let byCount = try TableAssessor(
            model: model,
            card: card,
            factColumns: ["statement_years", "statement_age_months"],
            itemColumns: items,
            options: options
        )
        let byDays = try TableAssessor(
            model: model,
            card: card,
            factColumns: ["closing_day", "closing_day@1", "closing_day@2"],
            itemColumns: items,
            options: options
        )
        var generator = SeededGenerator(seed: 46)
        let day = { (year: Int) in
            Double(CalendarDate(year: year, month: 12, day: 31)?.dayNumber ?? 0)
        }
        for years in 0...3 {
            let values = items.map { _ in Double.random(in: 1e5...1e7, using: &generator) }
            let closings = (0..<3).map { $0 < years ? day(2024 - $0) : .nan }
            let left = try assess([[Double(years), 12] + values], byCount)
            let right = try assess([closings + values], byDays)
            #expect(isSame(left, right), "\(years) years")
        }
    }

    // MARK: Columns

    @Test(
        arguments: [
            (["legal_stat"], [], "UNKNOWN_COLUMN", true, 0),
            (["legal_state", "legal_state"], [], "DUPLICATE_COLUMN", true, 1),
            (["closing_day"], ["net_sales", "net_sale"], "UNKNOWN_COLUMN", false, 1),
            (["closing_day"], ["net_sales", "net_sales"], "DUPLICATE_COLUMN", false, 1),
            (["closing_day@1"], [], "MISSING_COLUMN", true, 0),
            (["legal_state", "months"], [], "MISSING_COLUMN", true, 1),
            (["closing_day", "statement_years"], [], "AMBIGUOUS_COLUMNS", true, 1),
            (["legal_state"], ["net_sales"], "MISSING_COLUMN", true, nil),
        ] as [([String], [String], String, Bool, Int?)]
    )
    func columnsAreChecked(
        _ facts: [String],
        _ items: [String],
        _ reason: String,
        _ isOfFact: Bool,
        _ place: Int?
    ) throws {
        let problem = #expect(throws: TableProblem.self) {
            try TableAssessor(
                model: model,
                card: card,
                factColumns: facts,
                itemColumns: items,
                options: options
            )
        }
        #expect(problem?.reason == reason)
        #expect(problem?.isOfFact == isOfFact)
        #expect(problem?.place == place)
    }
}
