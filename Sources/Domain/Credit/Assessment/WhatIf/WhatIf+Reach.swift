// SPDX-License-Identifier: Apache-2.0

// The smallest change of one thing that reaches a class. Trees are steps, and not monotone: more
// equity may be worse at some point. So steps from nothing to all that is possible are tried first,
// and only between the last step that does not reach the class and the first that does the border
// is halved. Between two steps that do not reach it the class may still be there: the answer is the
// smallest among the steps, no less.

internal import CreditFacts
internal import Quantities

extension WhatIf {
    /// The smallest change of one driver that reaches a class.
    package struct Reach: Sendable {
        /// Why there is none.
        package enum Reason: Sendable, Equatable {
            /// The company is there already.
            case alreadyThere
            /// Nothing that is possible reaches it.
            case nothing
            /// So little is known that no company gets a better class than this.
            case capped(UInt32)
            /// It cannot be changed.
            case impossible(WhatIfError)
        }

        /// The driver.
        package var driver: String
        /// What it is called in French.
        package var french: String
        /// What it is called in English.
        package var english: String
        /// The change; nil if there is none.
        package var effect: Effect?
        /// What is said then.
        package var after: Assessment?
        /// Why there is no change.
        package var reason: Reason?
        /// How far it was looked: the last step that is possible; nil if none is.
        package var limit: FactChange?
    }

    /// Steps that are tried between nothing and all.
    static let stepCount: Int64 = 64  // tidy: limit: the size of our own search
    /// Halvings of the border.
    static let halvings = 24  // tidy: limit: of 2^63 cents the border is found to some thousands

    /// The smallest change of each driver that reaches a class.
    package func reach(_ riskClass: UInt32) throws(WhatIfError) -> [Reach] {
        let form = before.statements.first.map { WhatIfTable.standard.form($0.form) }
        var found: [Reach] = []
        var drivers = form?.drivers ?? []
        if let late = WhatIfTable.standard.late { drivers.append(late) }
        for driver in drivers where driver.direction != 0 {
            found.append(try reach(riskClass, driver))
        }
        return found
    }

    /// The smallest change of one driver that reaches a class; nil for no driver.
    package func reach(_ riskClass: UInt32, by name: String) throws(WhatIfError) -> Reach? {
        try reach(riskClass).first { $0.driver == name }
    }

    private func reach(
        _ riskClass: UInt32,
        _ driver: WhatIfTable.Driver
    ) throws(WhatIfError) -> Reach {
        var reach = Reach(driver: driver.name, french: driver.french, english: driver.english)
        if let held = before.adjusted?.riskClass, held <= riskClass {
            reach.reason = .alreadyThere
            return reach
        }
        if let best = AssessmentTable.standard.classBest[before.confidence], best > riskClass {
            reach.reason = .capped(best)
            return reach
        }
        let steps = driver.lines.isEmpty ? delaySteps(driver) : amountSteps(driver)
        var possible: [(change: FactChange, facts: CompanyFacts, effect: Effect)] = []
        var failure: WhatIfError?
        for change in steps {
            var changed = facts
            do throws(WhatIfError) {
                let effect = try apply(change, to: &changed)
                possible.append((change, changed, effect))
            } catch {
                failure = failure ?? error
            }
        }
        guard let last = possible.last else {
            reach.reason = failure.map { .impossible($0) } ?? .nothing
            return reach
        }
        reach.limit = last.change
        let answers = try assess(companies: possible.map(\.facts))
        for (place, answer) in answers.enumerated() where isThere(answer, riskClass) {
            let low = place == 0 ? nil : possible[place - 1].change
            (reach.effect, reach.after) = try border(
                riskClass,
                from: low,
                to: (possible[place].change, possible[place].effect, answer)
            )
            return reach
        }
        reach.reason = .nothing
        return reach
    }

    private func isThere(_ assessment: Assessment, _ riskClass: UInt32) -> Bool {
        assessment.adjusted.map { $0.riskClass <= riskClass } ?? false
    }

    /// Halves what lies between a change that does not reach a class and one that does.
    private func border(
        _ riskClass: UInt32,
        from low: FactChange?,
        to high: (change: FactChange, effect: Effect, after: Assessment)
    ) throws(WhatIfError) -> (Effect, Assessment) {
        var low = low.map(Self.size) ?? 0
        var best = high
        for _ in 0..<Self.halvings {
            let middle = Self.middle(low, Self.size(best.change), like: best.change)
            guard let middle, Self.size(middle) != low, middle != best.change else { break }
            var changed = facts
            guard let effect = try? apply(middle, to: &changed),
                let after = try assess(companies: [changed]).first
            else { break }
            if isThere(after, riskClass) {
                best = (middle, effect, after)
            } else {
                low = Self.size(middle)
            }
        }
        return (best.effect, best.after)
    }

    // MARK: Steps

    /// Parts of the delays, from most of them to none.
    private func delaySteps(_ driver: WhatIfTable.Driver) -> [FactChange] {
        (1...Self.stepCount).map { step in
            FactChange(
                driver.name,
                .toPercent(100 - 100 * Double(step) / Double(Self.stepCount))
            )
        }
    }

    /// Whole amounts in thousands of euros up to what is there, or to net assets for what is added.
    private func amountSteps(_ driver: WhatIfTable.Driver) -> [FactChange] {
        guard let last = before.statements.first,
            let amounts = Self.amounts(facts, like: last)
        else { return [FactChange(driver.name, .by(driver.direction))] }
        let form = WhatIfTable.standard.form(last.form)
        var limit: Int64 = 0
        if driver.direction > 0 {
            for term in form.assets { limit += term.sign * (amounts[term.line] ?? 0) }
        } else if let line = StatementChange.line(for: driver.lines, in: amounts, form) {
            limit = amounts[line] ?? 0
        }
        guard limit > 0 else { return [] }
        var steps: [FactChange] = []
        for step in 1...Self.stepCount {
            let size = Int64(Double(limit) * Double(step) / Double(Self.stepCount)) / 100 * 100
            if size > 0 { steps.append(FactChange(driver.name, .by(driver.direction * size))) }
        }
        return steps
    }

    /// How great a change is: cents, or hundredths of a percent of delays that go.
    private static func size(_ change: FactChange) -> Int64 {
        switch change.amount {
        case .by(let cents), .to(let cents): abs(cents)
        case .byPercent(let percent): Int64((abs(percent) * 100).rounded())
        case .toPercent(let percent): Int64(((100 - percent) * 100).rounded())
        }
    }

    /// The change in the middle, of round size where that lies between: nil where nothing does.
    private static func middle(_ low: Int64, _ high: Int64, like change: FactChange) -> FactChange?
    {
        guard high - low > 1 else { return nil }
        let middle = low + (high - low) / 2
        guard case .by(let cents) = change.amount else {
            return FactChange(change.name, .toPercent(100 - Double(middle) / 100))
        }
        // Nobody pays in cents: whole thousands of euros while there are some between.
        for unit in [100_000, 100] as [Int64] {
            let round = middle / unit * unit
            for size in [round, round + unit] where size > low && size < high {
                return FactChange(change.name, .by(cents < 0 ? -size : size))
            }
        }
        return nil
    }
}
