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
    package private(set) var remarks = SimulationRemarks()
    private let inputs: SimulationInputs
    private let numbers: [SimulatedColumn]
    private let texts: [SimulatedColumn]

    /// Begins a simulation.
    ///
    /// - Parameters:
    ///   - inputs: The policies.
    ///   - day: The day for which is decided.
    ///   - numbers: The names of the columns of numbers.
    ///   - texts: The names of the columns of texts.
    ///   - greatest: How many of the greatest changes are told.
    /// - Throws: What is no column.
    package init(
        _ inputs: SimulationInputs,
        on day: CalendarDate,
        numbers: [String],
        texts: [String],
        greatest: Int
    ) throws(SimulationRefusal) {
        self.inputs = inputs
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
                columns: columns.joined().map(\.column),
                greatest: greatest
            )
        } catch {
            throw SimulationRefusal(error)
        }
    }

    /// Adds a block.
    ///
    /// - Throws: A value that no policy takes.
    package func add(_ rows: SimulatedRows) throws(SimulationRefusal) {
        let count = rows.rowCount
        guard (0...CompiledTableLimits.blockRows).contains(count), rows.texts.count == texts.count,
            rows.texts.allSatisfy({ $0.codes.count == count }),
            rows.numbers.count == numbers.count * count
        else { throw SimulationRefusal(nil, "a block of rows is none") }
        var values = numbers.enumerated().map { place, column in
            column.take(
                rows.numbers,
                from: place * rows.columnStride,
                stride: rows.rowStride,
                rowCount: count
            )
        }
        for (place, column) in texts.enumerated() {
            try look(rows.texts[place], column.column.name, rows)
            values.append(try self.values(rows.texts[place], place, rows))
        }
        let isAdded = simulation.add(values, rowCount: count) { row in
            let name = rows.name(row)
            return name.isEmpty ? rows.place(row) : name
        }
        guard isAdded else { throw SimulationRefusal(nil, "a block of rows is none") }
        try check(rows)
        remarks.note(rows)
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
            { (texts) throws(SimulationRefusal) in
                do throws(PolicyError) {
                    return try simulation.texts(texts, for: numbers.count + place)
                } catch {
                    throw SimulationRefusal(error)
                }
            },
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
