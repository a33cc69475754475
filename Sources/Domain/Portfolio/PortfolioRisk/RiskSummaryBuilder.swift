// SPDX-License-Identifier: Apache-2.0

// Adds up companies, one after the other. Cost, estimated: 50 to 100 ns a company, most of it
// dictionaries of a dozen entries; a million companies take a tenth of a second.

internal import Quantities

/// Makes a summary of lines.
package struct RiskSummaryBuilder {
    private var summary = RiskSummary()
    private let moverCount: Int
    private let largestCount: Int

    /// Begins with nothing.
    ///
    /// - Parameters:
    ///   - moverCount: Companies that fell, and that rose, to be told.
    ///   - largestCount: Companies that owe most to be told, of each currency.
    package init(moverCount: Int, largestCount: Int) {
        (self.moverCount, self.largestCount) = (max(0, moverCount), max(0, largestCount))
    }

    /// Adds a company; each comes once.
    package mutating func add(_ line: RiskLine) {
        summary.companies += 1
        summary.byState[line.state, default: 0] += 1
        summary.moves[RiskMove(from: line.stateBefore, to: line.state), default: 0] += 1
        addMover(line)
        guard let exposure = line.exposure else {
            summary.withoutExposure += 1
            return
        }
        let isOtherLimit = line.limit.map { $0.currency != exposure.currency } ?? false
        if isOtherLimit { summary.otherLimitCurrency += 1 }
        let limit = isOtherLimit ? nil : line.limit.map { Int128($0.minorUnits) }
        let (units, most) = (Int128(exposure.minorUnits), largestCount)
        Self.add(
            line,
            units,
            limit,
            isOtherLimit,
            most,
            to: &summary.currencies[exposure.currency, default: .init()]
        )
    }

    /// The summary of what was added.
    package func finished() -> RiskSummary { summary }

    private static func add(
        _ line: RiskLine,
        _ units: Int128,
        _ limit: Int128?,
        _ isOtherLimit: Bool,
        _ largestCount: Int,
        to risk: inout CurrencyRisk
    ) {
        guard units > 0 else {
            if units < 0 { risk.inCredit.add(units) }
            return
        }
        risk.owing.add(units)
        risk.byState[line.state, default: .init()].add(units)
        risk.squares += Double(units) * Double(units)
        if let chance = line.chanceOfFailure {
            risk.knownExposure += units
            risk.exposureAtFailure += Double(units) * chance
        }
        if let limit {
            risk.limits += limit
            for (place, edge) in CurrencyRisk.limitUseEdges.enumerated() {
                // A limit of nothing is passed by whoever owes anything.
                if Double(units) > edge * Double(limit) { risk.limitUse[place].add(units) }
            }
        } else if !isOtherLimit {
            risk.withoutLimit.add(units)
        }
        let entry = CurrencyRisk.LargestExposure(slot: line.slot, exposure: units)
        Self.insert(entry, into: &risk.largest, most: largestCount) {
            ($1.exposure, $0.slot) < ($0.exposure, $1.slot)
        }
    }

    private mutating func addMover(_ line: RiskLine) {
        guard let before = line.scoreBefore, let score = line.score, before != score else { return }
        let mover = RiskMover(
            slot: line.slot,
            scoreBefore: before,
            score: score,
            stateBefore: line.stateBefore,
            state: line.state
        )
        if score < before {
            Self.insert(mover, into: &summary.fallen, most: moverCount) {
                ($0.score - $0.scoreBefore, $0.slot) < ($1.score - $1.scoreBefore, $1.slot)
            }
        } else {
            Self.insert(mover, into: &summary.risen, most: moverCount) {
                ($1.score - $1.scoreBefore, $0.slot) < ($0.score - $0.scoreBefore, $1.slot)
            }
        }
    }

    /// Puts an entry into its place among the first ones.
    private static func insert<Entry>(
        _ entry: Entry,
        into list: inout [Entry],
        most: Int,
        _ isBefore: (Entry, Entry) -> Bool
    ) {
        // Nearly all are behind the last.
        if list.count >= most, let last = list.last, !isBefore(entry, last) { return }
        guard most > 0 else { return }
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(list[middle], entry) { low = middle + 1 } else { high = middle }
        }
        list.insert(entry, at: low)
        if list.count > most { list.removeLast() }
    }
}
