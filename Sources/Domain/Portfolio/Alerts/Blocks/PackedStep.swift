// SPDX-License-Identifier: Apache-2.0

// A step of a state that is a cell: what `AlertState.step` does, in numbers.

extension CompiledAlertRule {
    /// Moves a cell that does not just stay as it is.
    ///
    /// - Parameters:
    ///   - word: The cell.
    ///   - severity: What was found, turned so that high is bad; no number if it is missing.
    ///   - day: The day.
    /// - Returns: The cell after it, and what happened; nil if nothing that has to be told.
    func step(
        _ word: UInt64,
        _ severity: Double,
        _ day: Int32
    ) -> (word: UInt64, change: AlertTransition.Change?) {
        if word & AlertCell.quiet != 0 { return (word, .look) }
        if severity.isNaN { return missed(word) }
        let wasWithoutData = word & AlertCell.withoutData != 0
        let missing = AlertCell.countMask << AlertCell.missingShift
        let word = word & ~(AlertCell.withoutData | missing)
        let moved = moved(word, severity, day)
        return (moved.word, moved.change ?? (wasWithoutData ? .dataBack : nil))
    }

    private func missed(_ word: UInt64) -> (word: UInt64, change: AlertTransition.Change?) {
        let runs = word >> AlertCell.missingShift & AlertCell.countMask
        let next = min(runs + 1, AlertCell.countMask)
        let word = word + (next - runs) << AlertCell.missingShift
        guard word & AlertCell.withoutData == 0, noDataRuns > 0, next >= noDataRuns else {
            return (word, nil)
        }
        return (word | AlertCell.withoutData, .noData)
    }

    private func moved(
        _ word: UInt64,
        _ severity: Double,
        _ day: Int32
    ) -> (word: UInt64, change: AlertTransition.Change?) {
        let phase = AlertPhase(rawValue: UInt8(truncatingIfNeeded: word & AlertCell.phaseMask))
        switch phase ?? .ok {
        case .ok, .pending:
            guard edges.isOver(severity) else { return (Self.entered(.ok, word, day), nil) }
            let runs = word >> AlertCell.runsShift & AlertCell.countMask
            if runs + 1 < confirmRuns {
                let entered = Self.entered(.pending, word, day)
                return (Self.counted(runs + 1, entered), nil)
            }
            return (Self.opened(word, day), .raised)
        case .raised, .recovering:
            if isOccurrence, edges.isOver(severity) {
                return (Self.dated(Self.opened(word, day), day), .reopened)
            }
            guard edges.isClear(severity) else { return (Self.entered(.raised, word, day), nil) }
            let entered = Self.entered(.recovering, word, day)
            let since = Int32(truncatingIfNeeded: entered >> AlertCell.sinceShift)
            // Days of the calendar are far from where numbers end.
            guard day &- since >= keepForDays else { return (entered, nil) }
            return (Self.entered(.ok, entered, day), .cleared)
        }
    }

    private static func entered(_ phase: AlertPhase, _ word: UInt64, _ day: Int32) -> UInt64 {
        let code = UInt64(phase.rawValue)
        guard word & AlertCell.phaseMask != code else { return word }
        return dated(counted(0, word & ~AlertCell.phaseMask | code), day)
    }

    private static func opened(_ word: UInt64, _ day: Int32) -> UInt64 {
        let word = entered(.raised, word, day)
        let openings = word >> AlertCell.openingsShift & AlertCell.countMask
        return openings == AlertCell.countMask ? word : word + 1 << AlertCell.openingsShift
    }

    private static func counted(_ runs: UInt64, _ word: UInt64) -> UInt64 {
        word & ~(AlertCell.countMask << AlertCell.runsShift) | runs << AlertCell.runsShift
    }

    private static func dated(_ word: UInt64, _ day: Int32) -> UInt64 {
        let low = word & (1 << AlertCell.sinceShift - 1)
        return low | UInt64(UInt32(bitPattern: day)) << AlertCell.sinceShift
    }

    /// Moves a cell as another model alone does: what `AlertState.rebase` does.
    func rebase(_ word: UInt64, _ severity: Double, _ day: Int32) -> (UInt64, AlertState.Rebase?) {
        guard !severity.isNaN else { return (word, nil) }
        let phase = AlertPhase(rawValue: UInt8(truncatingIfNeeded: word & AlertCell.phaseMask))
        let wasOpen = phase?.isOpen ?? false
        if edges.isOver(severity) {
            return wasOpen
                ? (Self.entered(.raised, word, day), nil) : (Self.opened(word, day), .opened)
        }
        if edges.isClear(severity) {
            return (Self.entered(.ok, word, day), wasOpen ? .closed : nil)
        }
        return (phase == .pending ? Self.entered(.ok, word, day) : word, nil)
    }
}
