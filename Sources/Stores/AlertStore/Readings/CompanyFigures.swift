// SPDX-License-Identifier: Apache-2.0

// What runs saw in the facts of companies beside their scores, kept for rules that look back: a row
// for each day on which a company's became others.

internal import Databases
internal import PortfolioStore
internal import Quantities

/// Figures of a company as of a day.
struct DatedFigures: Equatable {
    let day: CalendarDate
    let figures: ScoredCompany.Figures
    let legalEvents: [String]
}

extension DatabaseConnection {
    private static var figureColumns: [String] {
        [
            "slot", "day", "payment_index", "days_beyond_terms", "broken_promises",
            "overdue_share", "last_closing", "data_depth", "divergence", "legal_events",
        ]
    }

    /// The figures of companies as of a day, by slot.
    func figures(
        of slots: Range<Int>,
        asOf day: Int
    ) throws(DatabaseError) -> [Int: DatedFigures] {
        var found: [Int: DatedFigures] = [:]
        try query(
            """
            select \(Self.figureColumns.map { "f.\($0)" }.joined(separator: ", "))
            from company_figures f
            where f.slot >= $1 and f.slot < $2 and f.day = (
                select max(g.day) from company_figures g where g.slot = f.slot and g.day <= $3)
            """,
            [.integer(slots.lowerBound), .integer(slots.upperBound), .integer(day)]
        ) { row throws(DatabaseError) in
            guard let day = CalendarDate(dayNumber: try row.integer(1)) else {
                throw DatabaseError(.damaged, "figures of a company have no day")
            }
            var figures = ScoredCompany.Figures()
            figures.paymentIndex = try row.realIfAny(2)
            figures.daysBeyondTerms = try row.realIfAny(3)
            figures.brokenPromises = try row.realIfAny(4)
            figures.overdueShare = try row.realIfAny(5)
            figures.lastClosing = try row.integerIfAny(6).flatMap { CalendarDate(dayNumber: $0) }
            figures.dataDepth = try row.realIfAny(7)
            figures.divergence = try row.realIfAny(8)
            found[try row.integer(0)] = DatedFigures(
                day: day,
                figures: figures,
                legalEvents: try row.text(9).split(separator: "\n").map { String($0) }
            )
            return true
        }
        return found
    }

    /// Keeps the figures of a block that are others than before.
    func keepFigures(of block: ScoredBlock) throws(DatabaseError) {
        guard block.companies.contains(where: \.hasFigures) else { return }
        let known = try figures(of: block.slots, asOf: Int(block.day.dayNumber))
        let news = block.companies.filter { company in
            guard let last = known[company.now.slot] else { return company.hasFigures }
            // What courts told is of its own day, also when nothing else is new.
            return last.figures != company.figures || !company.legalEvents.isEmpty
        }
        guard !news.isEmpty else { return }
        try loadFigures(news, Int(block.day.dayNumber))
        let columns = Self.figureColumns
        let changes = columns.dropFirst(2).map { "\($0) = excluded.\($0)" }
        // A company that was erased meanwhile is nobody's any more.
        _ = try execute(
            """
            insert into company_figures (\(columns.joined(separator: ", ")))
            select \(columns.map { "s.\($0)" }.joined(separator: ", "))
            from seen_figures s join company c on c.slot = s.slot where true
            on conflict (slot, day) do update set \(changes.joined(separator: ", "))
            """
        )
        try execute("drop table seen_figures")
    }

    private func loadFigures(_ companies: [ScoredCompany], _ day: Int) throws(DatabaseError) {
        let text = dialect == .sqlite ? "text" : "text collate \"C\""
        let double = dialect == .sqlite ? "real" : "double precision"
        try execute("drop table if exists seen_figures")
        try execute(
            """
            create temporary table seen_figures (slot bigint, day bigint, payment_index \(double),
                days_beyond_terms \(double), broken_promises \(double), overdue_share \(double),
                last_closing bigint, data_depth \(double), divergence \(double),
                legal_events \(text))
            """
        )
        _ = try load(into: "seen_figures", columns: Self.figureColumns) {
            writer throws(DatabaseError) in
            for company in companies {
                let figures = company.figures
                try writer.write(company.now.slot)
                try writer.write(day)
                try writer.write(figures.paymentIndex)
                try writer.write(figures.daysBeyondTerms)
                try writer.write(figures.brokenPromises)
                try writer.write(figures.overdueShare)
                try writer.write(figures.lastClosing.map { Int($0.dayNumber) })
                try writer.write(figures.dataDepth)
                try writer.write(figures.divergence)
                try writer.write(company.legalEvents.joined(separator: "\n"))
                try writer.endRow()
            }
        }
    }
}

extension ScoredCompany {
    /// Whether anything was seen beside the score.
    fileprivate var hasFigures: Bool { figures != Figures() || !legalEvents.isEmpty }
}
