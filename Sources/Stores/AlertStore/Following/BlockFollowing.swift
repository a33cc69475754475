// SPDX-License-Identifier: Apache-2.0

// The rules of one portfolio on one block: first what another model alone does to alerts, told of
// the portfolio and not of its companies, then what the run found of companies.

internal import Alerts
internal import Databases
internal import PortfolioStore
internal import Quantities

/// One portfolio's look at one block.
final class BlockFollowing {
    private let rules: [StoredRule]
    private let portfolio: Int
    private let scored: ScoredBlock
    private let columns: BlockColumns
    private let cells: BlockCells
    private let connection: any DatabaseConnection
    private let now: Int
    /// Open alerts by row and place of the rule, when anybody asked for them.
    private var openAlerts: [RowAndRule: OpenAlert]?
    private var changes: AlertChanges

    init(
        _ rules: [StoredRule],
        _ portfolio: Int,
        _ past: BlockPast,
        _ connection: any DatabaseConnection,
        _ now: Int
    ) throws(DatabaseError) {
        (self.rules, self.portfolio, scored) = (rules, portfolio, past.block)
        (self.connection, self.now) = (connection, now)
        columns = try BlockColumns(rules.map(\.rule), of: portfolio, past, connection)
        cells = try BlockCells(rules, of: portfolio, columns.members, connection)
        changes = AlertChanges(portfolio, now)
    }

    /// Evaluates all rules, and keeps what became of it.
    ///
    /// - Returns: What is to be told.
    func run() throws(DatabaseError) -> [StoreEvent] {
        guard !columns.companies.isEmpty else { return [] }
        let evaluator = AlertBlockEvaluator(columns.plan)
        if columns.hasOtherModel { try rebase(evaluator) }
        let before = cells.cells.map { column in
            Array(UnsafeBufferPointer(start: column, count: columns.companies.count))
        }
        let block = columns.block
        guard evaluator.evaluate(block, cells.cells) else {
            throw DatabaseError(.defect, "a block has other columns than its rules")
        }
        let transitions = evaluator.transitions.sorted { ($0.row, $0.rule) < ($1.row, $1.rule) }
        for transition in transitions {
            let place = RowAndRule(row: Int(transition.row), rule: Int(transition.rule))
            let open = transition.change == .raised ? nil : try open()[place]
            let word = before[place.rule][place.row]
            try take(transition, place, open, AlertCell(word: word) ?? .initial, block)
        }
        try cells.write(of: portfolio, columns.members, connection)
        return try changes.write(connection)
    }

    /// Takes what happened to a company with a rule.
    ///
    /// - Parameter before: Where it stood.
    private func take(
        _ transition: AlertTransition,
        _ place: RowAndRule,
        _ open: OpenAlert?,
        _ before: AlertCell,
        _ block: AlertBlock
    ) throws(DatabaseError) {
        let rule = rules[place.rule]
        var (event, handling) = (transition.event(block, columns.plan), open?.handling)
        if transition.change == .look || handling != nil {
            // What people did with it counts, too, which only the readable machine knows.
            var state = AlertState(before, handling: handling)
            event = state.step(rule.rule, block.reading(place.row, columns.plan))
            cells[place.rule, place.row] = AlertCell(state)
            handling = state.handling
        }
        let slot = columns.members[place.row].slot
        let isOpen = cells[place.rule, place.row].phase.isOpen
        guard let event else {
            if let open, !isOpen {
                changes.end(open.number, .resolved, on: scored.day)
            } else if let open, open.handling != handling {
                changes.change(open.number, handling, nil)
            }
            return
        }
        switch event.change {
        case .raised: changes.raise(rule, slot, event, handling)
        case .reopened, .woken:
            guard let open else { return changes.raise(rule, slot, event, handling) }
            changes.change(open.number, handling, event)
            changes.tell(slot, open.number, event)
        case .cleared:
            // One that another model alone raised was told to nobody.
            guard let open else { return }
            changes.end(open.number, .cleared, on: scored.day)
            changes.tell(slot, open.number, event)
        default:
            changes.tell(slot, open?.number, event)
        }
    }

    private func open() throws(DatabaseError) -> [RowAndRule: OpenAlert] {
        if let openAlerts { return openAlerts }
        let read = try connection.openAlerts(of: portfolio, columns.members, rules)
        openAlerts = read
        return read
    }
}

extension BlockFollowing {
    /// Moves all cells as the new model sees the day before.
    private func rebase(_ evaluator: AlertBlockEvaluator) throws(DatabaseError) {
        var change = ModelChange()
        for company in columns.companies {
            guard let byThisModel = company.beforeByThisModel else { continue }
            let (old, new) = (PastScore(company.before), PastScore(byThisModel))
            change.add(
                oldScore: old.score,
                newScore: new.score,
                oldClass: old.riskClass,
                newClass: new.riskClass
            )
        }
        var left: [(row: Int, rule: Int)] = []
        columns.withRebaseBlock { block in
            left = evaluator.rebase(block, cells.cells, &change) ?? []
        }
        for place in left where columns.companies[place.row].beforeByThisModel != nil {
            try rebase(RowAndRule(row: place.row, rule: place.rule), &change)
        }
        try endClosed()
        _ = try connection.execute(
            """
            update alert_block set model_change = $4 where run = $1 and portfolio = $2
                and block = $3
            """,
            [
                .integer(scored.run), .integer(portfolio), .integer(scored.slots.lowerBound),
                .text(change.part),
            ]
        )
    }

    /// Moves the state of an alert that somebody put off or holds for done.
    private func rebase(
        _ place: RowAndRule,
        _ change: inout ModelChange
    ) throws(DatabaseError) {
        let rule = rules[place.rule].rule
        guard let quantity = rule.ofModel, let open = try open()[place] else { return }
        let company = columns.companies[place.row]
        func value(_ score: PastScore) -> Double? {
            switch quantity {
            case .score: score.score
            case .riskClass: score.riskClass
            case .probability: score.probability
            default: nil
            }
        }
        var state = AlertState(cells[place.rule, place.row], handling: open.handling)
        let moved = state.rebase(
            rule,
            to: value(PastScore(company.beforeByThisModel)),
            from: value(PastScore(company.before)),
            on: scored.day
        )
        cells[place.rule, place.row] = AlertCell(state)
        switch moved {
        case .closed: change.closed += 1
        case .opened: change.opened += 1
        case nil:
            if state.handling != open.handling {
                changes.change(open.number, state.handling, nil)
                openAlerts?[place]?.handling = state.handling
            }
        }
    }

    /// Ends the alerts that the new model alone has cleared; nobody is told of each.
    private func endClosed() throws(DatabaseError) {
        for place in rules.indices where rules[place].rule.ofModel != nil {
            for row in columns.companies.indices {
                let kept = cells.keptWord(place, row)
                let cell = cells[place, row]
                guard cell.word != kept, !cell.phase.isOpen,
                    AlertCell(word: kept)?.phase.isOpen == true
                else { continue }
                let found = RowAndRule(row: row, rule: place)
                guard let open = try open()[found] else { continue }
                changes.end(open.number, .modelChanged, on: scored.day)
                openAlerts?[found] = nil
            }
        }
    }
}
