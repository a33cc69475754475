// SPDX-License-Identifier: Apache-2.0

// Lines of the tax forms as a plain table: code and amount, and where the table has them the amount
// of the year before, the company and the closing date. A table with the columns m1 to m4 is in the
// office's dialect, where only the first code of a line is given; one with FL or HN of its own is
// in that of the form.

package import CreditFacts
package import Documents
package import Quantities

/// Statements out of tables of lines.
package struct FormLines {
    /// The statements: for each company and closing date the year itself, then the one before if
    /// the table has it.
    package private(set) var statements: [FinancialStatement] = []
    /// What was noticed.
    package var findings: Findings { records.findings }
    /// Lines that were read, and those set aside.
    package var counts: RecordCounts { records.counts }
    private var records: NamedRecords

    /// What is known of the statement beside its lines.
    package struct Heading: Sendable {
        /// The company, if the table does not say.
        package var siren: SIREN?
        /// The closing date, if the table does not say.
        package var closing: CalendarDate?
        /// How many months the year has.
        package var months = 12

        /// Takes what is known.
        package init(siren: SIREN? = nil, closing: CalendarDate? = nil, months: Int = 12) {
            (self.siren, self.closing, self.months) = (siren, closing, months)
        }
    }

    private struct Key: Hashable {
        var siren: SIREN?
        var closing: CalendarDate
    }

    private struct Part {
        var current: [StatementLine: Int64] = [:]
        var previous: [StatementLine: Int64] = [:]
        var cells: [FiledCells.Cell] = []
        var source: PaperReference
    }

    /// Reads a table.
    ///
    /// - Throws: What is missing, that its dialects are mixed, or that it has no lines.
    package init(
        _ buffer: InputBuffer,
        heading: Heading,
        paper: Int32,
        findingsPerCodeMax: Int
    ) throws(InputError) {
        let name = buffer.source.name
        records = try NamedRecords(
            buffer,
            delimiter: try buffer.headerDelimiter(),
            paper: paper,
            findingsPerCodeMax: findingsPerCodeMax
        )
        let code = records.place(anyOf: ["code", "ligne", "line", "poste"])
        let amount = records.place(anyOf: ["amount", "montant", "valeur", "n", "exercice n"])
        let columns = ["m1", "m2", "m3", "m4"].map { records.place($0) }
        guard let code, amount != nil || columns[0] != nil else {
            throw InputError(.content, "\(name) is no table of lines: it needs code and amount")
        }
        let before = records.place(
            anyOf: ["amount_n1", "previous", "montant_n1", "montant n-1", "n-1", "exercice n-1"]
        )
        let identity = (
            siren: records.place("siren"),
            closing: records.place(anyOf: ["date_cloture_exercice", "closing", "cloture"]),
            page: records.place(anyOf: ["page", "numero"])
        )
        var parts: [Key: Part] = [:]
        var order: [Key] = []
        while try records.next() {
            guard let key = key(heading, identity.siren, identity.closing, name) else { continue }
            let text = (records.text(code) ?? "").uppercased()
            guard let line = StatementLine(text) else {
                records.setAside(.missingValue, field: "code", [text])
                continue
            }
            if parts[key] == nil {
                order.append(key)
                parts[key] = Part(source: records.reference)
            }
            if let amount {
                guard let cents = cents(amount, text) else { continue }
                if parts[key]?.current.updateValue(cents, forKey: line) != nil {
                    records.note(.repeatedColumn, field: text)
                }
                if before != nil, let cents = self.cents(before, text) {
                    parts[key]?.previous[line] = cents
                }
            } else {
                let page = records.text(identity.page).flatMap { Int($0) } ?? Self.page(of: text)
                let cell = FiledCells.Cell(
                    page: page,
                    code: text,
                    columns: columns.map { records.text($0) }
                )
                if parts[key]?.cells.count ?? 0 < FiledCells.cellsMax {
                    parts[key]?.cells.append(cell)
                }
            }
        }
        for key in order {
            if let part = parts[key] { try add(part, key, heading.months, name) }
        }
        try records.requireRecords()
        if statements.isEmpty, heading.closing == nil, identity.closing == nil {
            throw InputError(.options, "\(name) does not say when the year ended: say it")
        }
    }

    private mutating func key(
        _ heading: Heading,
        _ siren: Int?,
        _ closing: Int?,
        _ name: String
    ) -> Key? {
        var key = Key(siren: heading.siren, closing: heading.closing ?? .first)
        if let text = records.text(siren) {
            guard let number = try? SIREN(text) else {
                records.setAside(.badIdentifier, field: "siren", [text])
                return nil
            }
            key.siren = number
        }
        if let text = records.text(closing) {
            guard let date = FrenchDate.read(text) else {
                records.setAside(.badDate, field: "closing", [text])
                return nil
            }
            key.closing = date
        } else if heading.closing == nil {
            records.setAside(.missingValue, field: "closing")
            return nil
        }
        return key
    }

    /// An amount in euros; nil, with the line set aside, for what is none.
    private mutating func cents(_ place: Int?, _ code: String) -> Int64? {
        guard let text = records.text(place) else { return 0 }
        let amount = Array(text.utf8).withUnsafeBytes { LedgerAmount.read($0, decimal: nil) }
        switch amount {
        case .number(let number): return number.cents
        // Whole euros, so that a mark before three digits is one of thousands.
        case .unclear(let mark):
            let plain = Array(text.utf8.filter { $0 != mark })
            let amount = plain.withUnsafeBytes { LedgerAmount.read($0, decimal: nil) }
            if case .number(let number) = amount { return number.cents }
        case .none: return 0
        case .bad: break
        }
        records.setAside(.badAmount, field: code, [text])
        return nil
    }

    private mutating func add(
        _ part: Part,
        _ key: Key,
        _ months: Int,
        _ name: String
    ) throws(InputError) {
        var part = part
        let codes = part.cells.map(\.code) + part.current.keys.map(\.description)
        let isSimplified = codes.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        let form = isSimplified ? StatementForm.simplified : .complete
        if !part.cells.isEmpty {
            let amounts = FiledAmounts(part.cells, form: form)
            if amounts.isMixed {
                throw InputError(
                    .content,
                    "\(name) mixes two dialects: it has codes that only the form has, such as FL, "
                        + "and the column m3",
                    hint: "give code and amount only, or the office's cells only"
                )
            }
            for bad in amounts.bad { records.note(.badAmount, field: bad.code, [bad.text]) }
            for line in amounts.unknown {
                records.note(.lineUnknown, field: line.code, [line.text])
            }
            for line in amounts.twice {
                records.note(.lineTwice, field: line.code, [line.first, line.second])
            }
            (part.current, part.previous) = (amounts.current, amounts.previous)
        } else if part.current.keys.contains(where: { $0.description == "FJ" }),
            !part.current.keys.contains(where: { $0.description == "FL" })
        {
            // Sales in France alone, or all of them: the table does not tell.
            records.note(.mixedDialects, field: "FJ")
        }
        for (line, cents) in part.current where part.cells.isEmpty {
            let code = line.description
            guard FormCodes.isMeant(code, in: form), !FormCodes.has(code, in: form) else {
                continue
            }
            records.note(.lineUnknown, field: code, [CentsText.text(cents)])
        }
        let length = StatementMonths.possible.contains(months) ? months : 12
        if length != months {
            records.note(.badMonths, field: "months", ["\(months)", "\(length)"])
        }
        var closings = [(key.closing, part.current, length)]
        if !part.previous.isEmpty, part.previous.values.contains(where: { $0 != 0 }),
            let before = key.closing.adding(months: -length, endOfMonth: .kept)
        {
            closings.append((before, part.previous, 12))
        }
        for (closing, amounts, months) in closings where !amounts.isEmpty {
            statements.append(
                FinancialStatement(
                    siren: key.siren,
                    closing: closing,
                    months: months,
                    form: form,
                    rules: AccountingRules(closing: closing, months: months),
                    amounts: amounts,
                    source: part.source
                )
            )
        }
    }

    /// The page of a code in the office's dialect, where the table has no column for it.
    static func page(of code: String) -> Int {
        if let number = Int(code) { return number < 200 ? 1 : 2 }
        switch code.utf8.first {
        case 0x41, 0x42, 0x43: return 1
        case 0x44, 0x45: return 2
        // The income statement goes on to GW on its first page, and begins with HA on the second.
        case 0x46, 0x47: return 3
        case 0x59: return 11
        default: return 4
        }
    }
}
