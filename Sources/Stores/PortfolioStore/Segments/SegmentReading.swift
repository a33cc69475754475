// SPDX-License-Identifier: Apache-2.0

// The companies of a portfolio as segments look at them. What runs saw beside scores, and since
// when scores are what they are, is read only where a segment asks for it.

package import Databases
internal import Portfolios
internal import Quantities
package import Segments

extension DatabaseConnection {
    /// The companies of a portfolio, in the order of their slots.
    ///
    /// - Parameters:
    ///   - inputs: What segments look at.
    ///   - body: Takes a company.
    package func forEachSegmentMember(
        of portfolio: Int,
        _ inputs: Set<SegmentInput>,
        _ body: (SegmentMember) throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        let hasFigures = inputs.contains(where: \.isOfFigures)
        let hasChange = inputs.contains(where: \.isOfChange)
        let figures =
            hasFigures
            ? """
            left join company_figures f on f.slot = m.slot and f.day = (
                select max(g.day) from company_figures g where g.slot = m.slot)
            """ : ""
        let figureColumns =
            hasFigures
            ? "f.payment_index, f.days_beyond_terms, f.overdue_share, f.data_depth, f.last_closing"
            : "null, null, null, null, null"
        let since =
            hasChange
            ? """
            (select r.as_of_day from run r where r.number = (
                select max(x.run) from score_change x where x.slot = m.slot))
            """ : "null"
        try query(
            """
            select m.slot, c.kind, c.identity, coalesce(nullif(m.name, ''), c.name), m.reference,
                m.exposure_units, m.exposure_currency, m.limit_units, m.limit_currency,
                m.added_at, m.sector, m.legal_form, m.founded_on, m.tags,
                s.outcome, s.score, s.risk_class, s.probability, \(since), \(figureColumns)
            from portfolio_company m join company c on c.slot = m.slot
                left join company_score s on s.slot = m.slot \(figures)
            where m.portfolio = $1 order by m.slot
            """,
            [.integer(portfolio)]
        ) { row throws(DatabaseError) in
            try body(try Self.segmentMember(row))
            return true
        }
    }

    private static func segmentMember(
        _ row: DatabaseRow
    ) throws(DatabaseError) -> SegmentMember {
        var member = SegmentMember(
            try row.integer(0),
            kind: try row.text(1),
            identifier: try row.text(2)
        )
        (member.name, member.reference) = (try row.text(3), try row.text(4))
        (member.exposure, member.limit) = (try row.moneyIfAny(5), try row.moneyIfAny(7))
        member.followedSince = CalendarDate(
            secondsSince1970: Int64(try row.integer(9) / 1_000_000)
        )
        let traits = try Self.traits(row, 10)
        (member.sector, member.legalForm) = (traits.sector ?? "", traits.legalForm ?? "")
        (member.foundedOn, member.tags) = (traits.foundingDay, traits.tags ?? [])
        if let number = try row.integerIfAny(14) {
            guard let outcome = ScoredOutcome(rawValue: number) else {
                throw DatabaseError(.damaged, "a score in the store has no known outcome")
            }
            (member.score, member.riskClass) = (try row.integerIfAny(15), try row.integerIfAny(16))
            member.probability = try row.realIfAny(17)
            member.scoredSince = try day(row, 18)
            member.outcome = outcome.word
        }
        member.paymentIndex = try row.realIfAny(19)
        member.daysBeyondTerms = try row.realIfAny(20)
        member.overdueShare = try row.realIfAny(21)
        member.dataDepth = try row.realIfAny(22)
        member.lastClosing = try day(row, 23)
        return member
    }

    private static func day(
        _ row: DatabaseRow,
        _ column: Int
    ) throws(DatabaseError) -> CalendarDate? {
        try row.integerIfAny(column).flatMap { CalendarDate(dayNumber: $0) }
    }
}

extension ScoredOutcome {
    /// The word that conditions have for it.
    fileprivate var word: String {
        switch self {
        case .scored: "scored"
        case .notScorable: "not_scorable"
        case .closed: "closed"
        case .inProceedings: "in_proceedings"
        case .review: "review"
        }
    }
}
