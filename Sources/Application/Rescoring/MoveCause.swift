// SPDX-License-Identifier: Apache-2.0

// What moved a score: another model, papers that came, or the company and time. Looks at findings
// only, so that the same is said wherever they come from.

internal import Alerts
package import PortfolioStore

/// What is known of a company's change.
package struct MoveFindings: Sendable, Equatable {
    /// What the run before found; nil where none did.
    package var before: CompanyScore?
    /// What this run finds.
    package var now: ScoreFinding
    /// What this run's model says of the facts of the run before; nil where that was scored by it.
    package var beforeByThisModel: ScoreFinding?
    /// What is found without the facts that came since the run before; nil where none came.
    package var withoutNews: ScoreFinding?

    /// Takes what was found.
    package init(
        before: CompanyScore?,
        now: ScoreFinding,
        beforeByThisModel: ScoreFinding? = nil,
        withoutNews: ScoreFinding? = nil
    ) {
        (self.before, self.now) = (before, now)
        (self.beforeByThisModel, self.withoutNews) = (beforeByThisModel, withoutNews)
    }

    /// Whether something else is found than by this model before: what the model alone changed is
    /// not the company's.
    package var hasCompanyPart: Bool {
        if let beforeByThisModel { return !now.isSame(as: beforeByThisModel) }
        guard let before else { return false }
        return before.outcome != now.outcome.rawValue || before.score != now.score
            || before.riskClass != now.riskClass
    }

    /// What moved it.
    package var cause: CompanyScore.Cause {
        guard before != nil else { return .company }
        guard hasCompanyPart else { return beforeByThisModel == nil ? .company : .modelChanged }
        guard let withoutNews else { return .company }
        let base = beforeByThisModel.map(\.score) ?? before?.score
        guard now.outcome == withoutNews.outcome, let base, let today = now.score,
            let without = withoutNews.score
        else { return now.isSame(as: withoutNews) ? .company : .dataArrived }
        let move = ScoreMove(
            yesterdayByOldModel: Double(before?.score ?? base),
            yesterdayByNewModel: Double(base),
            today: Double(today),
            todayWithoutPapers: Double(without)
        )
        return move.cause == .dataArrived ? .dataArrived : .company
    }
}
