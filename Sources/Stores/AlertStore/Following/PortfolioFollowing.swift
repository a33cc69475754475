// SPDX-License-Identifier: Apache-2.0

// The rules of a portfolio on itself when a run has ended, and what another model made of it: one
// event, with how scores and classes moved.

internal import Alerts
internal import Databases
internal import PortfolioStore
internal import Quantities

/// One portfolio's look at a run that has ended.
struct PortfolioFollowing {
    private let rules: [StoredRule]
    private let portfolio: Int
    private let scoring: ScoringRun
    private let change: ModelChange
    private let connection: any DatabaseConnection
    private let now: Int

    init(
        _ rules: [StoredRule],
        _ portfolio: Int,
        _ run: ScoringRun,
        _ change: ModelChange,
        _ connection: any DatabaseConnection,
        _ now: Int
    ) {
        (self.rules, self.portfolio, scoring) = (rules, portfolio, run)
        (self.change, self.connection, self.now) = (change, connection, now)
    }

    /// Evaluates the rules, and keeps what became of it.
    ///
    /// - Returns: What is to be told.
    func run() throws(DatabaseError) -> [StoreEvent] {
        var changes = AlertChanges(portfolio, now)
        if !rules.isEmpty {
            let reading = try reading()
            for rule in rules { try step(rule, reading, &changes) }
        }
        return try changes.write(
            connection,
            modelChange: change.isEmpty ? nil : change,
            on: scoring.day
        )
    }

    /// What rules look at.
    private func reading() throws(DatabaseError) -> AlertReading {
        let inputs = AlertBlockPlan.inputs(of: rules.map(\.rule))
        var values: [AlertInput: Double] = [AlertInput(.modelChanged): change.isEmpty ? 0 : 1]
        if inputs.contains(where: { $0.quantity != .modelChanged }) {
            let figures = try connection.portfolioFigures(of: portfolio)
            try connection.keep(figures, of: portfolio, on: scoring.day)
            for input in inputs where input.quantity != .modelChanged {
                let then =
                    input.daysBefore == 0
                    ? figures
                    : try connection.figures(
                        of: portfolio,
                        asOf: Int(scoring.day.dayNumber) - input.daysBefore
                    )
                values[input] = then?.value(input.quantity)
            }
        }
        return AlertReading(day: scoring.day, values)
    }

    private func step(
        _ rule: StoredRule,
        _ reading: AlertReading,
        _ changes: inout AlertChanges
    ) throws(DatabaseError) {
        let last = try connection.lastAlert(of: portfolio, slot: nil, rule: rule.number)
        let open = last.flatMap { $0.clearedOn == nil ? $0 : nil }
        var state = AlertState(rule.cell, handling: open?.handling)
        let event = state.step(rule.rule, reading)
        let cell = AlertCell(state).settled(noDataRuns: rule.rule.noDataRuns)
        if cell != rule.cell {
            _ = try connection.execute(
                "update alert_rule set word = $2 where number = $1",
                [.integer(rule.number), .integer(cell.kept)]
            )
        }
        guard let event else {
            if let open, !state.phase.isOpen {
                changes.end(open.number, .resolved, on: scoring.day)
            }
            return
        }
        switch event.change {
        case .raised: changes.raise(rule, nil, event, state.handling)
        case .reopened, .woken:
            guard let open else { return changes.raise(rule, nil, event, state.handling) }
            changes.change(open.number, state.handling, event)
            changes.tell(nil, open.number, event)
        case .cleared:
            guard let open else { return }
            changes.end(open.number, .cleared, on: scoring.day)
            changes.tell(nil, open.number, event)
        default: changes.tell(nil, open?.number, event)
        }
    }
}
