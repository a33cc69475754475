// SPDX-License-Identifier: Apache-2.0

// Rules over blocks of columns. Nearly all companies stay where they are: for those a rule costs
// its one or two numbers, one cell and a comparison, and nothing is written.
//
// By estimate that is 2 to 4 ns, for 16 to 24 bytes that are read in order. Measured with
// alerts-bench on one core of a busy machine: 1.5 ns an evaluation, 670 million a second, of eight
// rules on a million companies of which one in fifty moved; 155 ns by the readable machine.

internal import Quantities
internal import VigieLimits

/// Evaluates rules; used by one thread at a time.
package final class AlertBlockEvaluator {
    /// The rules.
    package let plan: AlertBlockPlan
    /// What happened in the last block: rule by rule, and company by company.
    package private(set) var transitions: [AlertTransition] = []

    /// Evaluates the rules of a plan.
    package init(_ plan: AlertBlockPlan) { self.plan = plan }

    /// Evaluates all rules on a block.
    ///
    /// - Parameters:
    ///   - block: The block.
    ///   - cells: A column of cells for each rule, which are moved.
    /// - Returns: Whether that was done: false, with nothing touched, for a block of other columns
    ///   than those of the plan, or of too many rows.
    package func evaluate(
        _ block: AlertBlock,
        _ cells: [UnsafeMutablePointer<UInt64>]
    ) -> Bool {
        guard fits(block, cells) else { return false }
        transitions.removeAll(keepingCapacity: true)
        for place in plan.compiled.indices { evaluate(block, place, cells[place]) }
        return true
    }

    private func fits(
        _ block: AlertBlock,
        _ cells: [UnsafeMutablePointer<UInt64>]
    ) -> Bool {
        (0...AlertLimits.blockRows).contains(block.rowCount)
            && block.columns.count == plan.inputs.count && cells.count == plan.rules.count
    }

    private func evaluate(
        _ block: AlertBlock,
        _ place: Int,
        _ cells: UnsafeMutablePointer<UInt64>
    ) {
        let rule = plan.compiled[place]
        let columns = block.columns
        switch rule.step {
        case .value(let one):
            let one = columns[one]
            run(rule, place, block, cells) { one[$0] }
        case .difference(let one, let other):
            let (one, other) = (columns[one], columns[other])
            run(rule, place, block, cells) { one[$0] - other[$0] }
        case .distance(let one, let other):
            let (one, other) = (columns[one], columns[other])
            run(rule, place, block, cells) { abs(one[$0] - other[$0]) }
        case .ratio(let one, let other):
            let (one, other) = (columns[one], columns[other])
            run(rule, place, block, cells) { AlertFormula.ratio(one[$0], other[$0]) }
        case .growth(let one, let other):
            let (one, other) = (columns[one], columns[other])
            run(rule, place, block, cells) { AlertFormula.growth(one[$0], other[$0]) }
        case .use(let exposure, let limit, let cover):
            let (exposure, limit) = (columns[exposure], columns[limit])
            guard cover >= 0 else {
                return run(rule, place, block, cells) {
                    AlertFormula.use(exposure[$0], limit[$0], .nan)
                }
            }
            let covers = columns[cover]
            run(rule, place, block, cells) {
                AlertFormula.use(exposure[$0], limit[$0], covers[$0])
            }
        case .events(let wanted):
            guard let events = block.legalEvents else {
                return run(rule, place, block, cells) { _ in .nan }
            }
            run(rule, place, block, cells) { events[$0] & wanted == 0 ? 0 : 1 }
        }
    }

    /// Evaluates a rule on all rows; specialised for what it computes.
    @inline(__always)
    private func run(
        _ rule: CompiledAlertRule,
        _ place: Int,
        _ block: AlertBlock,
        _ cells: UnsafeMutablePointer<UInt64>,
        _ value: (Int) -> Double
    ) {
        let (sign, raise, clear) = (rule.edges.sign, rule.edges.raise, rule.edges.clear)
        let staysThrough = rule.staysThrough
        // Phase, without data, quiet, and runs without a value.
        let looked =
            AlertCell.phaseMask | AlertCell.withoutData | AlertCell.quiet
            | AlertCell.countMask << AlertCell.missingShift
        let raised = UInt64(AlertPhase.raised.rawValue)
        let day = block.day.dayNumber
        for row in 0..<block.rowCount {
            let severity = sign * value(row)
            let word = cells[row]
            let state = word & looked
            // At rest under the edge, or an alert that stays one. A missing value is neither.
            if state == 0, severity < raise { continue }
            if state == raised, severity >= clear, severity <= staysThrough { continue }
            let (next, change) = rule.step(word, severity, day)
            cells[row] = next
            guard let change else { continue }
            transitions.append(
                AlertTransition(
                    row: Int32(truncatingIfNeeded: row),
                    rule: Int32(truncatingIfNeeded: place),
                    change: change,
                    openings: UInt8(
                        truncatingIfNeeded: next >> AlertCell.openingsShift & AlertCell.countMask
                    )
                )
            )
        }
    }
}

extension AlertBlockEvaluator {
    /// Moves cells as another model alone does, before the run of the first day on which it scores:
    /// the columns of the day before are by the new model.
    ///
    /// - Parameters:
    ///   - block: The block.
    ///   - cells: A column of cells for each rule, which are moved; alerts that people put off or
    ///     hold for done are left as they are, and told.
    ///   - change: Takes how many alerts that raised and cleared.
    /// - Returns: Rows and rules of alerts to be rebased by themselves; nil for a block of other
    ///   columns than those of the plan, or of too many rows.
    package func rebase(
        _ block: AlertBlock,
        _ cells: [UnsafeMutablePointer<UInt64>],
        _ change: inout ModelChange
    ) -> [(row: Int, rule: Int)]? {
        guard fits(block, cells) else { return nil }
        var left: [(row: Int, rule: Int)] = []
        for (place, rule) in plan.compiled.enumerated() where rule.rebased >= 0 {
            let (column, cells) = (block.columns[rule.rebased], cells[place])
            for row in 0..<block.rowCount {
                guard cells[row] & AlertCell.quiet == 0 else {
                    left.append((row, place))
                    continue
                }
                let severity = rule.edges.severity(column[row])
                let (next, moved) = rule.rebase(cells[row], severity, block.day.dayNumber)
                cells[row] = next
                if moved == .opened { change.opened += 1 }
                if moved == .closed { change.closed += 1 }
            }
        }
        return left
    }
}
