// SPDX-License-Identifier: Apache-2.0

// The blocks of a portfolio on their way into a simulation, whoever brings them: values and texts
// are looked at, and what nobody takes ends it.

internal import Documents
internal import Policies
package import Quantities
internal import VigieLimits

/// Some rows of a portfolio.
package struct SimulatedRows {
    /// How many there are, at most `CompiledTableLimits.blockRows`.
    package let rowCount: Int
    /// The columns of numbers; NaN is not known.
    package let numbers: [Double]
    /// How far a value is behind that of the column before, and of the row before.
    package let columnStride: Int, rowStride: Int
    /// The columns of texts.
    package let texts: [SimulatedWords]
    /// The name of a row; empty if it has none.
    package let name: (Int) -> String
    /// A number that stands for its name; nil if it has none.
    package let nameNumber: (Int) -> UInt64?
    /// Where a row stands, such as "line 3".
    package let place: (Int) -> String
    /// What two models say of the rows, of a simulation that is scored.
    package var scores: (before: SimulatedScores, after: SimulatedScores)?
    /// The places of the columns of numbers among those that there are; nil for all of them.
    package var numberPlaces: [Int]?

    /// Takes all of them.
    package init(
        rowCount: Int,
        numbers: [Double],
        columnStride: Int,
        rowStride: Int,
        texts: [SimulatedWords],
        name: @escaping (Int) -> String,
        nameNumber: @escaping (Int) -> UInt64?,
        place: @escaping (Int) -> String
    ) {
        (self.rowCount, self.numbers, self.texts) = (rowCount, numbers, texts)
        (self.columnStride, self.rowStride) = (columnStride, rowStride)
        (self.name, self.nameNumber, self.place) = (name, nameNumber, place)
    }
}

/// A simulation of a portfolio. For one thread at a time.
package final class SimulationRun {
    /// What comes out.
    package let simulation: PolicySimulation
    /// What is worth telling of the rows so far.
    private var remarks = SimulationRemarks()
    /// The columns that there are, those that scores tell included.
    private let given: Set<String>
    private let inputs: SimulationInputs
    private let numbers: [SimulatedColumn]
    private let texts: [SimulatedColumn]
    /// What scores tell the policies, behind all other columns.
    private let scored: [SimulatedScores.Fact]
    private var outcomeTexts: SimulatedTexts?

    /// Begins a simulation.
    ///
    /// - Parameters:
    ///   - inputs: The policies.
    ///   - day: The day for which is decided.
    ///   - numbers: The names of the columns of numbers.
    ///   - texts: The names of the columns of texts.
    ///   - greatest: How many of the greatest changes are told.
    ///   - isScored: Whether rows come with what two models say of them: the first to the policy
    ///     as it is, the second to the other one.
    /// - Throws: What is no column.
    package init(
        _ inputs: SimulationInputs,
        on day: CalendarDate,
        numbers: [String],
        texts: [String],
        greatest: Int,
        isScored: Bool = false
    ) throws(SimulationRefusal) {
        self.inputs = inputs
        scored = isScored ? try inputs.scored(without: numbers + texts) : []
        given = Set(numbers + texts + scored.map(\.rawValue))
        var columns: [[SimulatedColumn]] = []
        for (names, isNumber) in [(numbers, true), (texts, false)] {
            var found: [SimulatedColumn] = []
            for name in names { found.append(try inputs.column(name, isNumber: isNumber)) }
            columns.append(found)
        }
        (self.numbers, self.texts) = (columns[0], columns[1])
        do throws(PolicyError) {
            simulation = try PolicySimulation(
                inputs.before,
                inputs.after,
                on: day,
                columns: columns.joined().map(\.column)
                    + scored.map { CreditColumn($0.rawValue, $0.kind) },
                greatest: greatest
            )
        } catch {
            throw SimulationRefusal(error)
        }
    }

    /// What is worth telling of the columns and of the rows so far, a line each.
    package var notes: [String] {
        let place = CreditDecision.Outcome.allCases.firstIndex(of: .investigation) ?? 0
        return inputs.lacking(
            given,
            of: (
                simulation.companyCount,
                (simulation.before.sums.outcomes[place], simulation.after.sums.outcomes[place])
            )
        ) + remarks.lines
    }

    /// Adds a block.
    ///
    /// - Throws: A value that no policy takes.
    package func add(_ rows: SimulatedRows) throws(SimulationRefusal) {
        let count = rows.rowCount
        guard (0...CompiledTableLimits.blockRows).contains(count), rows.texts.count == texts.count,
            rows.texts.allSatisfy({ $0.codes.count == count }),
            rows.numberPlaces.map({ $0.count == numbers.count }) ?? true,
            rows.numbers.count >= (rows.numberPlaces.map { ($0.max() ?? -1) + 1 } ?? numbers.count)
                * count,
            scored.isEmpty || rows.scores != nil
        else { throw SimulationRefusal(nil, "a block of rows is none") }
        var values = numbers.enumerated().map { place, column in
            column.take(
                rows.numbers,
                from: (rows.numberPlaces?[place] ?? place) * rows.columnStride,
                stride: rows.rowStride,
                rowCount: count
            )
        }
        for (place, column) in texts.enumerated() {
            try look(rows.texts[place], column.column.name, rows)
            values.append(try self.values(rows.texts[place], place, rows))
        }
        try addScores(rows, to: &values)
        let isAdded = simulation.add(values, rowCount: count) { row in
            let name = rows.name(row)
            return name.isEmpty ? rows.place(row) : name
        }
        guard isAdded else { throw SimulationRefusal(nil, "a block of rows is none") }
        try check(rows)
        remarks.note(rows)
    }

    private func addScores(
        _ rows: SimulatedRows,
        to values: inout [PolicySimulation.Values]
    ) throws(SimulationRefusal) {
        for (model, said) in [("before", rows.scores?.before), ("after", rows.scores?.after)] {
            guard let found = said?.unscored(of: rows.rowCount) else { continue }
            remarks.note(unscored: found.count, by: model, first: rows.place(found.first))
        }
        for fact in scored {
            if fact == .outcome, outcomeTexts == nil {
                outcomeTexts = try bound(SimulatedScores.outcomes, values.count)
            }
            values.append(
                .apart(
                    before: rows.scores?.before.values(fact, outcomeTexts?.before),
                    after: rows.scores?.after.values(fact, outcomeTexts?.after)
                )
            )
        }
    }

    /// What both policies make of texts of a column.
    private func bound(
        _ texts: [String],
        _ column: Int
    ) throws(SimulationRefusal) -> SimulatedTexts {
        do throws(PolicyError) {
            return try simulation.texts(texts, for: column)
        } catch {
            throw SimulationRefusal(error)
        }
    }

    /// What no policy takes ends the simulation, as it ends `vigie decide`: counted as not known,
    /// it would look like a company that is.
    private func check(_ rows: SimulatedRows) throws(SimulationRefusal) {
        let faults = simulation.faults
        let wrong = faults.filter { $0.policy == nil }
        if let first = wrong.first {
            let more = wrong.count > 1 ? " (and \(wrong.count - 1) more)" : ""
            throw SimulationRefusal(
                "\(rows.place(first.row)), \(first.column)",
                "\(first.words)\(more)"
            )
        }
        for fault in faults { remarks.note(fault, at: rows.place(fault.row)) }
    }

    /// Looks at the texts of what has its own words: stages, subjects, roles; and at sectors, of
    /// which any is taken.
    private func look(
        _ words: SimulatedWords,
        _ name: String,
        _ rows: SimulatedRows
    ) throws(SimulationRefusal) {
        for (place, text) in words.texts.enumerated() where !text.isEmpty {
            if let fault = inputs.fault(text, name) {
                throw SimulationRefusal("\(rows.place(words.row(of: place))), \(name)", fault)
            }
            for policy in inputs.unknowing(text, name) {
                remarks.note(
                    unknown: "\(name): \"\(shortened(text))\" is no \(name) of it",
                    to: policy,
                    rows: words.codes.count { Int($0) == place + 1 },
                    first: rows.place(words.row(of: place))
                )
            }
            if name == CreditBlockPlan.sector, let note = simulation.note(ofSector: text) {
                remarks.note(sector: note, rows: words.codes.count { Int($0) == place + 1 })
            }
        }
    }

    private func values(
        _ words: SimulatedWords,
        _ place: Int,
        _ rows: SimulatedRows
    ) throws(SimulationRefusal) -> PolicySimulation.Values {
        let column = texts[place]
        return try column.take(
            words,
            { (texts) throws(SimulationRefusal) in try bound(texts, numbers.count + place) },
            { place, text in
                SimulationRefusal(
                    "\(rows.place(words.row(of: place))), \(column.column.name)",
                    "'\(shortened(text))' cannot be understood",
                    hint: "days are written as 2026-01-31, truth as true or false, lists in JSON"
                )
            }
        )
    }
}
