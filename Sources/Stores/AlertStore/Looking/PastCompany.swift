// SPDX-License-Identifier: Apache-2.0

// All that the store has of a company's past, for rules that are tried on it: what each day was,
// as the model of a later day sees it. Amounts are those of today: nobody keeps what they were.

internal import Alerts
internal import PortfolioStore
internal import Quantities

/// The past of a company.
struct PastCompany {
    let member: BlockMember
    /// Its scores by the day from which on it had them, the oldest first.
    var scores: [(day: Int, score: PastScore)] = []
    /// How other models moved it, by day.
    var shifts: [(day: Int, shift: ModelShift)] = []
    /// What else was seen, by day.
    var figures: [DatedFigures] = []

    init(_ member: BlockMember) { self.member = member }

    /// What a rule looks at on a day.
    func reading(_ rule: AlertRule, on day: CalendarDate, _ ranks: ScoreRanks) -> AlertReading {
        var inputs = rule.formula.inputs
        if case .value(let input) = rule.formula {
            inputs.append(AlertInput(input.quantity, daysBefore: 1))
        }
        var values: [AlertInput: Double] = [:]
        for input in inputs {
            let value = value(input, Int(day.dayNumber), ranks)
            if !value.isNaN { values[input] = value }
        }
        let events = figures.last { $0.day == day }?.legalEvents
        return AlertReading(day: day, values, legalEvents: events ?? [])
    }

    /// A quantity on a day, as the model of `day` sees it.
    func value(_ input: AlertInput, _ day: Int, _ ranks: ScoreRanks) -> Double {
        let then = day - input.daysBefore
        switch input.quantity {
        case .score: return score(then, seenOn: day).score
        case .riskClass: return score(then, seenOn: day).riskClass
        case .probability: return score(then, seenOn: day).probability
        case .outcome: return score(then, seenOn: day).outcome
        case .percentile: return ranks.rank(score(then, seenOn: day).score)
        case .exposure: return member.exposure
        case .limit: return member.limit
        case .daysWithoutScore: return daysWithoutScore(then)
        case .statementMonths:
            guard score(then, seenOn: day).outcome != PastScore.closed,
                let closing = figures(then)?.lastClosing,
                let now = CalendarDate(dayNumber: then)
            else { return .nan }
            return Double(now.wholeMonths(since: closing))
        case .paymentIndex: return figures(then)?.paymentIndex ?? .nan
        case .daysBeyondTerms: return figures(then)?.daysBeyondTerms ?? .nan
        case .brokenPromises: return figures(then)?.brokenPromises ?? .nan
        case .overdueShare: return figures(then)?.overdueShare ?? .nan
        case .dataDepth: return figures(then)?.dataDepth ?? .nan
        case .divergence: return figures(then)?.divergence ?? .nan
        case .cover, .coverDays, .concentrationIndex, .topShare, .expectedLoss, .modelChanged:
            return .nan
        }
    }

    /// The score as of a day, as the model of a later one sees it.
    func score(_ day: Int, seenOn later: Int) -> PastScore {
        guard var score = scores.last(where: { $0.day <= day })?.score else { return PastScore() }
        for (moved, shift) in shifts where moved > day && moved <= later { score.move(by: shift) }
        return score
    }

    private func figures(_ day: Int) -> ScoredCompany.Figures? {
        figures.last { $0.day.dayNumber <= day }?.figures
    }

    private func daysWithoutScore(_ day: Int) -> Double {
        let known = scores.filter { $0.day <= day }
        guard let last = known.last else { return Double(max(0, day - member.addedDay)) }
        guard last.score.score.isNaN else { return 0 }
        guard let scored = known.lastIndex(where: { !$0.score.score.isNaN }) else {
            return Double(max(0, day - member.addedDay))
        }
        return Double(day - known[scored + 1].day + 1)
    }
}
