// SPDX-License-Identifier: Apache-2.0

// The columns that the rules of a portfolio look at, of the companies of a block that are in it.

internal import Alerts
internal import Databases
internal import PortfolioStore
internal import Quantities
internal import ServiceErrors

/// Columns of a block, and the memory that they stand in.
final class BlockColumns {
    let plan: AlertBlockPlan
    /// The companies by their rows.
    let companies: [ScoredCompany]
    /// The same as the portfolio knows them.
    let members: [BlockMember]
    private let day: CalendarDate
    private let columns: [UnsafeMutablePointer<Double>]
    private let legalEvents: UnsafeMutablePointer<UInt64>
    private let arrivals: UnsafeMutablePointer<UInt8>

    /// The columns as rules take them.
    var block: AlertBlock {
        AlertBlock(
            day: day,
            rowCount: companies.count,
            columns: columns.map { UnsafePointer($0) },
            legalEvents: UnsafePointer(legalEvents),
            arrivals: UnsafePointer(arrivals)
        )
    }

    /// Whether another model scores some of the companies than scored them before.
    var hasOtherModel: Bool { companies.contains { $0.beforeByThisModel != nil } }

    /// Fills columns.
    init(
        _ rules: [AlertRule],
        of portfolio: Int,
        _ past: BlockPast,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        plan = try Self.plan(rules)
        let block = past.block
        (companies, members) = Self.joined(
            block.companies,
            try connection.blockMembers(of: portfolio, among: block.slots)
        )
        day = block.day
        let rows = max(companies.count, 1)
        columns = plan.inputs.map { _ in .allocate(capacity: rows) }
        for column in columns { column.initialize(repeating: .nan, count: rows) }
        legalEvents = .allocate(capacity: rows)
        legalEvents.initialize(repeating: 0, count: rows)
        arrivals = .allocate(capacity: rows)
        arrivals.initialize(repeating: 0, count: rows)
        for (input, column) in zip(plan.inputs, columns) { try fill(column, input, past) }
        noteEvents()
    }

    deinit {
        for column in columns { column.deallocate() }
        legalEvents.deallocate()
        arrivals.deallocate()
    }

    /// The rules bound to all that they look at, and to what the quantity was a day before where
    /// that is told, or another model changes it.
    private static func plan(_ rules: [AlertRule]) throws(DatabaseError) -> AlertBlockPlan {
        var inputs = AlertBlockPlan.inputs(of: rules)
        for rule in rules {
            guard case .value(let input) = rule.formula else { continue }
            let before = AlertInput(input.quantity, daysBefore: 1)
            if !inputs.contains(before) { inputs.append(before) }
        }
        var events: [String] = []
        for event in rules.flatMap(\.events) where !events.contains(event) { events.append(event) }
        do throws(ServiceError) {
            return try AlertBlockPlan(rules, inputs: inputs, legalEvents: events)
        } catch {
            throw DatabaseError(.damaged, "the rules of a portfolio cannot be evaluated together")
        }
    }

    /// The companies that are members, both in the order of their slots.
    private static func joined(
        _ companies: [ScoredCompany],
        _ members: [BlockMember]
    ) -> ([ScoredCompany], [BlockMember]) {
        var (found, lines) = ([ScoredCompany](), [BlockMember]())
        var rest = members[...]
        for company in companies {
            while let first = rest.first, first.slot < company.now.slot { rest.removeFirst() }
            guard let member = rest.first, member.slot == company.now.slot else { continue }
            found.append(company)
            lines.append(member)
        }
        return (found, lines)
    }

    private func noteEvents() {
        let bits = Dictionary(
            plan.legalEvents.enumerated().map { ($1, UInt64(1) << UInt64($0)) },
            uniquingKeysWith: { first, _ in first }
        )
        for (row, company) in companies.enumerated() {
            for event in company.legalEvents { legalEvents[row] |= bits[event] ?? 0 }
            arrivals[row] = company.now.cause == .dataArrived ? 1 : 0
        }
    }

    /// The same columns for what another model alone does: what a quantity was the day before only
    /// where another model scored then.
    func withRebaseBlock(_ body: (AlertBlock) -> Void) {
        let rows = max(companies.count, 1)
        let memory = columns.map { _ in UnsafeMutablePointer<Double>.allocate(capacity: rows) }
        defer { for column in memory { column.deallocate() } }
        for ((copy, column), input) in zip(zip(memory, columns), plan.inputs) {
            copy.initialize(from: column, count: rows)
            // How far published models differed from the new one nobody asked.
            let isKnown = input.quantity != .divergence
            for (row, company) in companies.enumerated()
            where company.beforeByThisModel == nil || !isKnown {
                copy[row] = .nan
            }
        }
        body(
            AlertBlock(
                day: day,
                rowCount: companies.count,
                columns: memory.map { UnsafePointer($0) }
            )
        )
    }
}

extension BlockColumns {
    private func fill(
        _ column: UnsafeMutablePointer<Double>,
        _ input: AlertInput,
        _ past: BlockPast
    ) throws(DatabaseError) {
        switch input.quantity {
        case .score, .riskClass, .probability, .outcome, .percentile:
            try fillScores(column, input, past)
        case .paymentIndex, .daysBeyondTerms, .brokenPromises, .overdueShare, .dataDepth,
            .divergence:
            try fillFigures(column, input, past)
        case .exposure where input.daysBefore == 0:
            for (row, member) in members.enumerated() { column[row] = member.exposure }
        case .limit where input.daysBefore == 0:
            for (row, member) in members.enumerated() { column[row] = member.limit }
        case .statementMonths where input.daysBefore == 0:
            for (row, company) in companies.enumerated() {
                // Who is closed owes no accounts any more.
                let isClosed = PastScore(company.now).outcome == PastScore.closed
                let closing = isClosed ? nil : company.figures.lastClosing
                column[row] = closing.map { Double(day.wholeMonths(since: $0)) } ?? .nan
            }
        case .daysWithoutScore where input.daysBefore == 0:
            try fillDaysWithoutScore(column, past)
        case .exposure, .limit, .statementMonths, .daysWithoutScore, .cover, .coverDays,
            .concentrationIndex, .topShare, .expectedLoss, .modelChanged:
            // Nobody knows, or it is one of portfolios.
            break
        }
    }

    private func fillScores(
        _ column: UnsafeMutablePointer<Double>,
        _ input: AlertInput,
        _ past: BlockPast
    ) throws(DatabaseError) {
        let ranks = input.quantity == .percentile ? try past.scoreRanks() : ScoreRanks([])
        let scores = input.daysBefore > 0 ? try past.scores(daysBefore: input.daysBefore) : nil
        for (row, company) in companies.enumerated() {
            let score = scores?.score(of: company) ?? PastScore(company.now)
            column[row] =
                switch input.quantity {
                case .riskClass: score.riskClass
                case .probability: score.probability
                case .outcome: score.outcome
                case .percentile: ranks.rank(score.score)
                default: score.score
                }
        }
    }

    private func fillFigures(
        _ column: UnsafeMutablePointer<Double>,
        _ input: AlertInput,
        _ past: BlockPast
    ) throws(DatabaseError) {
        let then = input.daysBefore > 0 ? try past.figures(daysBefore: input.daysBefore) : nil
        for (row, company) in companies.enumerated() {
            let figures = then.map { $0[company.now.slot]?.figures } ?? company.figures
            let value =
                switch input.quantity {
                case .paymentIndex: figures?.paymentIndex
                case .daysBeyondTerms: figures?.daysBeyondTerms
                case .brokenPromises: figures?.brokenPromises
                case .overdueShare: figures?.overdueShare
                case .dataDepth: figures?.dataDepth
                default: figures?.divergence
                }
            column[row] = value ?? .nan
        }
    }

    private func fillDaysWithoutScore(
        _ column: UnsafeMutablePointer<Double>,
        _ past: BlockPast
    ) throws(DatabaseError) {
        var known: [Int: Int]?
        for (row, company) in companies.enumerated() {
            guard company.now.score == nil else {
                column[row] = 0
                continue
            }
            let days: [Int: Int]
            if let known { days = known } else { days = try past.daysWithoutScore() }
            known = days
            if let found = days[company.now.slot] {
                column[row] = Double(found)
            } else if company.before?.score != nil {
                column[row] = 1
            } else {
                // Nobody ever scored it: since the portfolio has it.
                column[row] = Double(max(0, Int(day.dayNumber) - members[row].addedDay))
            }
        }
    }
}

extension CalendarDate {
    /// Months that are over since a day.
    func wholeMonths(since other: CalendarDate) -> Int {
        let (now, then) = (components, other.components)
        let months = (now.year - then.year) * 12 + now.month - then.month
        return now.day < then.day && !isLastOfMonth ? months - 1 : months
    }
}
