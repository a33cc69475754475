// SPDX-License-Identifier: Apache-2.0

// What is known of a company, out of its message: columns become facts, or an error says which
// entry of which column cannot be meant.

package import CreditFacts
internal import ProtobufCoding
internal import Quantities
package import ServiceErrors
internal import StatementAnalysis
package import VigieLimits
package import VigieProtos

/// Turns messages of companies into facts.
package struct FactReader: Sendable {
    /// What lines of statements are called, by their place.
    let lines: [StatementLine]
    let limits: ServiceLimits

    /// Takes the names of lines that a header has.
    package init(lineNames: [String], limits: ServiceLimits) throws(ServiceError) {
        self.limits = limits
        guard lineNames.count <= limits.lineNamesMax else {
            throw .overLimit(
                "header.line_names",
                "lineNamesMax",
                "The header names \(lineNames.count) lines.",
                value: lineNames.count,
                maximum: limits.lineNamesMax,
                code: .resourceExhausted
            )
        }
        var lines: [StatementLine] = []
        lines.reserveCapacity(lineNames.count)
        for (index, name) in lineNames.enumerated() {
            guard let line = StatementLine(name), line.length == 2 || line.isOfDigits else {
                let shown = name.shownInMessages
                throw .invalid(
                    "header.line_names[\(index)]",
                    "BAD_VALUE",
                    "header.line_names[\(index)] is \"\(shown)\"; a line has two capital "
                        + "letters or digits, such as \"FL\", or three digits.",
                    metadata: ["value": shown]
                )
            }
            lines.append(line)
        }
        self.lines = lines
    }

    /// The facts of a company.
    package func facts(_ message: Vigie_V1_CompanyFacts) throws(ServiceError) -> CompanyFacts {
        try facts(FactFields(message))
    }

    /// The facts of a company.
    func facts(_ message: borrowing FactFields) throws(ServiceError) -> CompanyFacts {
        var facts = CompanyFacts(siren: try siren(message))
        let columns = try FactColumns("company", count: 0, limit: "", maximum: 0, limits)
        facts.name = message.name.isEmpty ? nil : try columns.text(message.name, "name", 0)
        facts.statements = try statements(message.statements, "company.statements", facts.siren)
        facts.comparatives = try statements(
            message.comparatives,
            "company.comparatives",
            facts.siren
        )
        facts.filings = try filings(message.filings)
        facts.events = try events(message.events, facts.siren)
        facts.corrections = try corrections(message.corrections)
        facts.registerEntries = try registerEntries(message.registerEntries, facts.siren)
        facts.owed = try invoices(message.owed, "company.owed")
        facts.receivable = try invoices(message.receivable, "company.receivable")
        facts.unallocated = try credits(message.unallocated, "company.unallocated")
        facts.receivableCredits = try credits(
            message.receivableCredits,
            "company.receivable_credits"
        )
        if let day = message.ledgerUntilDay {
            facts.ledgerUntil = try columns.day([day], "ledger_until_day", 0)
        }
        facts.ledgerOwner = try ledgerOwner(message, facts)
        facts.hasDoubtfulPapers = message.hasDoubtfulPapers
        if !message.sales.months.isEmpty || !message.sales.cents.isEmpty {
            facts.salesByMonth = try sales(message.sales)
        }
        return facts
    }

    /// What a creditor's book cannot say of its customer is refused and not left out.
    private func ledgerOwner(
        _ message: borrowing FactFields,
        _ facts: CompanyFacts
    ) throws(ServiceError) -> LedgerOwner {
        switch message.ledgerOwner {
        case .unspecified, .company: return .company
        case .UNRECOGNIZED(let number):
            throw .invalid(
                "company.ledger_owner",
                "BAD_VALUE",
                "company.ledger_owner is \(number), which is none of its values.",
                metadata: ["value": "\(number)"]
            )
        case .creditor: break
        }
        let isOthers =
            !facts.receivable.isEmpty || !facts.receivableCredits.isEmpty
            || !message.sales.months.isEmpty
        guard !isOthers else {
            throw .invalid(
                "company.ledger_owner",
                "NOT_OF_A_CREDITOR",
                "company.ledger_owner is LEDGER_OWNER_CREDITOR, and a creditor's book does not say "
                    + "what its customer sold; send receivable, receivable_credits and sales apart."
            )
        }
        return .creditor
    }

    private func siren(_ message: borrowing FactFields) throws(ServiceError) -> SIREN? {
        if message.siren.isEmpty {
            let needs =
                !message.events.kinds.isEmpty
                || !message.registerEntries.registers.isEmpty
            guard needs else { return nil }
            throw .invalid(
                "company.siren",
                "SIREN_MISSING",
                "company.siren is empty; events and entries of registers are of a company with a "
                    + "number."
            )
        }
        do {
            return try SIREN(message.siren)
        } catch {
            let shown = message.siren.shownInMessages
            throw .invalid(
                "company.siren",
                "BAD_SIREN",
                "company.siren is \"\(shown)\". \(error)",
                metadata: ["value": shown]
            )
        }
    }

    // MARK: Statements

    private func statements(
        _ message: Vigie_V1_StatementColumns,
        _ place: StaticString,
        _ siren: SIREN?
    ) throws(ServiceError) -> [FinancialStatement] {
        let columns = try FactColumns(
            place,
            count: message.closingDays.count,
            limit: "companyStatementsMax",
            maximum: limits.companyStatementsMax,
            limits
        )
        try columns.need(message.months.count, "months")
        try columns.allow(message.forms.count, "forms")
        try columns.allow(message.rules.count, "rules")
        try columns.allow(message.publishedDays.count, "published_days")
        try columns.need(message.lineCounts.count, "line_counts")
        let lineTotal = columns.total(message.lineCounts)
        try columns.need(message.lines.count, "lines", as: lineTotal)
        try columns.need(message.cents.count, "cents", as: lineTotal)
        try columns.checkPlaces(message.papers, message.paperLines)
        var statements: [FinancialStatement] = []
        statements.reserveCapacity(columns.count)
        var first = 0
        for index in 0..<columns.count {
            let end = first + Int(message.lineCounts[index])
            let amounts = try amounts(message, first..<end, columns)
            first = end
            statements.append(try statement(message, index, amounts, columns, siren))
        }
        return statements
    }

    private func statement(
        _ message: Vigie_V1_StatementColumns,
        _ index: Int,
        _ amounts: StatementAmounts,
        _ columns: FactColumns,
        _ siren: SIREN?
    ) throws(ServiceError) -> FinancialStatement {
        let closing = try columns.day(message.closingDays, "closing_days", index)
        let months = Int(message.months[index])
        guard months >= 1, months <= limits.statementMonthsMax else {
            throw columns.bad(
                "months",
                index,
                months,
                "a statement covers 1 to \(limits.statementMonthsMax) (statementMonthsMax)"
            )
        }
        let form = message.forms.isEmpty ? 0 : message.forms[index].rawValue
        let rules = message.rules.isEmpty ? 0 : message.rules[index].rawValue
        var statement = FinancialStatement(
            siren: siren,
            closing: closing,
            months: months,
            form: try columns.value(form, FactNumbers.forms, "forms", index) ?? .complete,
            rules: try columns.value(rules, FactNumbers.rules, "rules", index)
                ?? AccountingRules(closing: closing, months: months),
            amounts: amounts,
            source: try columns.source(message.papers, message.paperLines, index)
        )
        statement.published = try columns.optionalDay(
            message.publishedDays,
            "published_days",
            index
        )
        try check(statement, columns, index)
        return statement
    }

    /// A line that does not stand on the statement's form would be left out of every figure.
    private func check(
        _ statement: FinancialStatement,
        _ columns: FactColumns,
        _ index: Int
    ) throws(ServiceError) {
        let isSimplified = statement.form == .simplified
        guard let first = statement.amounts.first, let last = statement.amounts.last else { return }
        // In the order of their codes the shorter ones stand first.
        if isSimplified ? first.key.length == 3 : last.key.length == 2 { return }
        for (line, _) in statement.amounts where (line.length == 3) != isSimplified {
            // Accounts behind a line, which a book tells.
            if !isSimplified, StatementFormulas.complete.uses(line) { continue }
            let form = isSimplified ? "SIMPLIFIED" : "COMPLETE"
            let codes = isSimplified ? "three digits" : "two letters or digits"
            throw columns.bad(
                "forms",
                index,
                form,
                "line \(line) is none of it, whose lines have \(codes)"
            )
        }
    }

    /// Amounts of a statement: quickest where lines stand in the order of their codes.
    private func amounts(
        _ message: Vigie_V1_StatementColumns,
        _ range: Range<Int>,
        _ columns: FactColumns
    ) throws(ServiceError) -> StatementAmounts {
        // Most by far are in order and right.
        if let amounts = StatementAmounts(
            lines: lines,
            places: message.lines[range],
            cents: message.cents[range],
            centsMax: limits.amountCentsMax
        ) {
            return amounts
        }
        for index in range {
            let place = Int(message.lines[index])
            guard lines.indices.contains(place) else {
                throw columns.bad(
                    "lines",
                    index,
                    place,
                    "header.line_names has \(lines.count) entries"
                )
            }
            _ = try columns.cents(message.cents, "cents", index)
        }
        // Each line stands once, so that there are no more of them than names.
        guard range.count <= lines.count else { throw repeatedLine(message, range, columns) }
        // Line by line, since a sequence of them would be gone through by code that is not
        // specialised: a quarter of the time of a company.
        var amounts = StatementAmounts()
        amounts.reserveCapacity(range.count)
        for index in range {
            amounts.append(lines[Int(message.lines[index])], message.cents[index])
        }
        guard amounts.count == range.count else { throw repeatedLine(message, range, columns) }
        return amounts
    }

    private func repeatedLine(
        _ message: Vigie_V1_StatementColumns,
        _ range: Range<Int>,
        _ columns: FactColumns
    ) -> ServiceError {
        var seen: Set<StatementLine> = []
        let again = range.first { !seen.insert(lines[Int(message.lines[$0])]).inserted }
        let index = again ?? range.lowerBound
        return columns.bad(
            "lines",
            index,
            message.lines[index],
            "the statement has that line before"
        )
    }

    private func filings(
        _ message: Vigie_V1_FilingColumns
    ) throws(ServiceError) -> [AccountsFiling] {
        let columns = try eventColumns("company.filings", message.closingDays.count)
        try columns.allow(message.filedDays.count, "filed_days")
        try columns.allow(message.ofLiquidation.count, "of_liquidation")
        try columns.checkPlaces(message.papers, message.paperLines)
        var filings: [AccountsFiling] = []
        for index in 0..<columns.count {
            filings.append(
                AccountsFiling(
                    closing: try columns.day(message.closingDays, "closing_days", index),
                    filed: try columns.optionalDay(message.filedDays, "filed_days", index),
                    isOfLiquidation: message.ofLiquidation.isEmpty
                        ? false : message.ofLiquidation[index],
                    source: try columns.source(message.papers, message.paperLines, index)
                )
            )
        }
        return filings
    }

    /// Columns of which a company may have so many entries as events.
    func eventColumns(
        _ place: StaticString,
        _ count: Int
    ) throws(ServiceError) -> FactColumns {
        try FactColumns(
            place,
            count: count,
            limit: "companyEventsMax",
            maximum: limits.companyEventsMax,
            limits
        )
    }
}
