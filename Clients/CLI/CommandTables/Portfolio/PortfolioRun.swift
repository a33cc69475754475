// SPDX-License-Identifier: Apache-2.0

// The blocks of a portfolio's file, one after the other.

internal import CreditPolicy
internal import Documents
internal import Policies
internal import Quantities
internal import VigieClient
internal import VigieLimits

/// Blocks of a file on their way into a simulation.
struct PortfolioRun {
    private(set) var simulation: PolicySimulation?
    private(set) var remarks = PortfolioRemarks()
    private let inputs: PortfolioInputs
    private let file: String
    private let asOf: CalendarDate?
    private let greatest: Int
    private let width: Int
    private let numbers: [PortfolioColumn]
    private let texts: [(place: Int, column: PortfolioColumn)]
    private let dayPlace: Int?
    private let namePlace: Int?

    init(
        _ inputs: PortfolioInputs,
        _ reader: CSVBlockReader,
        _ file: String,
        asOf: CalendarDate?,
        greatest: Int
    ) {
        (self.inputs, self.file, self.asOf, self.greatest) = (inputs, file, asOf, greatest)
        width = reader.valueColumns.count
        numbers = reader.valueColumns.compactMap(inputs.column)
        let categories = reader.categoryColumns
        texts = categories.enumerated().compactMap { place, name in
            inputs.column(name).map { (place, $0) }
        }
        dayPlace = categories.firstIndex(of: PortfolioInputs.asOf)
        let names = reader.textColumns
        namePlace = PortfolioInputs.names.lazy.compactMap { names.firstIndex(of: $0) }.first
    }

    /// Adds a block.
    mutating func add(_ block: InputBlock) throws {
        if let bad = block.badRows.first {
            let more = block.badRows.count > 1 ? " (and \(block.badRows.count - 1) more)" : ""
            throw InputError(.content, "\(file), \(bad.message)\(more)")
        }
        let told = try day(of: block)
        let day = told?.day
        if simulation == nil { try inputs.checkDay(day ?? asOf, file, line: told?.line) }
        let columns = numbers.map(\.column) + texts.map(\.column.column)
        let simulation =
            try self.simulation ?? inputs.simulation(on: day ?? asOf, columns, greatest: greatest)
        self.simulation = simulation
        if let day, day != simulation.day {
            throw InputError(
                .content,
                "\(file) has rows for \(simulation.day) and for \(day)",
                hint: "simulate one day at a time"
            )
        }
        var values: [PolicySimulation.Values] = numbers.enumerated().map { place, column in
            column.take(block.values, place, width: width, rowCount: block.rowCount)
        }
        for (place, column) in texts {
            try look(block, block.categories[place], column.column.name, simulation)
            values.append(try self.values(block, place, column, numbers.count, simulation))
        }
        let isAdded = simulation.add(values, rowCount: block.rowCount) { row in
            let name = namePlace.map { block.texts[$0].text(row) } ?? ""
            return name.isEmpty ? "line \(block.lines[row])" : name
        }
        guard isAdded else { throw InputError(.content, "\(file): a block of rows is none") }
        try check(simulation.faults, block)
        if let namePlace { remarks.note(block.texts[namePlace], block.lines) }
    }

    /// What no policy takes ends the simulation, as it ends `vigie decide`: counted as not known,
    /// it would look like a company that is.
    private mutating func check(_ faults: [SimulatedFault], _ block: InputBlock) throws(InputError)
    {
        let wrong = faults.filter { $0.policy == nil }
        if let first = wrong.first {
            let more = wrong.count > 1 ? " (and \(wrong.count - 1) more)" : ""
            throw InputError(
                .content,
                "\(file), line \(block.lines[first.row]), \(first.column): \(first.words)\(more)"
            )
        }
        for fault in faults {
            let line = block.lines[fault.row]
            remarks.note(fault, line: line)
        }
    }

    /// Looks at the texts of what has its own words: stages, subjects, roles; and at sectors, of
    /// which any is taken.
    private mutating func look(
        _ block: InputBlock,
        _ cells: TextColumnBuffer,
        _ name: String,
        _ simulation: PolicySimulation
    ) throws(InputError) {
        for place in 0..<cells.textCount where !cells[place].isEmpty {
            let text = String(decoding: cells[place], as: UTF8.self).trimmedBlanks
            guard !text.isEmpty else { continue }
            if let fault = inputs.fault(text, name) {
                let row = cells.codes.firstIndex { Int($0) == place + 1 } ?? 0
                throw InputError(
                    .content,
                    "\(file), line \(block.lines[row]), \(name): \(fault)"
                )
            }
            if name == "sector", let note = simulation.note(ofSector: text) {
                remarks.note(sector: note, rows: cells.codes.count { Int($0) == place + 1 })
            }
        }
    }

    private func values(
        _ block: InputBlock,
        _ place: Int,
        _ column: PortfolioColumn,
        _ offset: Int,
        _ simulation: PolicySimulation
    ) throws -> PolicySimulation.Values {
        let number = offset + (texts.firstIndex { $0.place == place } ?? 0)
        return try column.take(
            block.categories[place],
            { try simulation.texts($0, for: number) },
            { code, text in
                let row = block.categories[place].codes.firstIndex { Int($0) == code } ?? 0
                return InputError(
                    .content,
                    "\(file), line \(block.lines[row]), \(column.column.name): "
                        + "'\(shortened(text))' cannot be understood",
                    hint: "days are written as 2026-01-31, truth as true or false, lists in JSON"
                )
            }
        )
    }

    /// The day that a block names, if it names one, and the first line that does.
    private func day(
        of block: InputBlock
    ) throws(InputError) -> (day: CalendarDate, line: Int)? {
        guard let dayPlace else { return nil }
        let cells = block.categories[dayPlace]
        var found: (day: CalendarDate, line: Int)?
        for place in 0..<cells.textCount where !cells[place].isEmpty {
            let text = String(decoding: cells[place], as: UTF8.self).trimmedBlanks
            guard !text.isEmpty else { continue }
            let row = cells.codes.firstIndex { Int($0) == place + 1 } ?? 0
            guard let day = CalendarDate(text) else {
                throw InputError(
                    .content,
                    "\(file), line \(block.lines[row]), \(PortfolioInputs.asOf): "
                        + "'\(shortened(text))' is no day",
                    hint: "write it as 2026-01-31"
                )
            }
            if let found, found.day != day {
                throw InputError(
                    .content,
                    "\(file), line \(block.lines[row]): a row for \(day) after rows for "
                        + "\(found.day)",
                    hint: "simulate one day at a time"
                )
            }
            if found == nil { found = (day, block.lines[row]) }
        }
        return found
    }
}
