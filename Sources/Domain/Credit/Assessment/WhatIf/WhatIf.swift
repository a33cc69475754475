// SPDX-License-Identifier: Apache-2.0

// What an assessment would be if facts were others: "equity +200 k: class 5 to 3". Each answer is
// an assessment of changed facts, by the same path as the one of the facts as they are.

package import CreditFacts
internal import Quantities
internal import Scoring

/// Assesses changed facts of one company.
package struct WhatIf: Sendable {
    let assessor: Assessor
    let facts: CompanyFacts
    let options: Assessor.Options
    /// The assessment of the facts as they are.
    package let before: Assessment

    /// Begins with the facts as they are, and what was said of them.
    package init(
        _ assessor: Assessor,
        _ facts: CompanyFacts,
        _ options: Assessor.Options,
        before: Assessment
    ) {
        self.assessor = assessor
        self.facts = facts
        self.options = options
        self.before = before
    }

    /// What one change did.
    package struct Effect: Sendable, Equatable {
        /// The change, as it was asked for.
        package var change: FactChange
        /// What it did to the last statement; nil for one of payments.
        package var statement: StatementChange?
        /// Which part of their delays payments keep; nil for one of a statement.
        package var delayPart: Double?
    }

    /// What a company does who makes a change; nil for one of a line that no table names.
    package static func label(of change: FactChange, inFrench isFrench: Bool) -> String? {
        let table = WhatIfTable.standard
        let drivers = [table.late].compactMap { $0 } + table.complete.drivers
        let driver = drivers.first { $0.name == change.name }
        return isFrench ? driver?.french : driver?.english
    }

    /// The answer.
    package struct Answer: Sendable {
        /// What was changed.
        package var effects: [Effect]
        /// The assessment of the changed facts.
        package var after: Assessment
    }

    /// Assesses the facts with changes, one after the other.
    package func assess(_ changes: [FactChange]) throws(WhatIfError) -> Answer {
        var changed = facts
        var effects: [Effect] = []
        for change in changes { effects.append(try apply(change, to: &changed)) }
        guard let after = try assess(companies: [changed]).first else {
            throw .scoring("no answer")
        }
        return Answer(effects: effects, after: after)
    }

    func assess(companies: [CompanyFacts]) throws(WhatIfError) -> [Assessment] {
        do throws(ScoringError) {
            return try assessor.assess(companies, options)
        } catch {
            throw .scoring("\(error)")
        }
    }

    // MARK: Changes

    func apply(_ change: FactChange, to facts: inout CompanyFacts) throws(WhatIfError) -> Effect {
        if change.name == WhatIfTable.standard.late?.name {
            return try applyDelays(change, to: &facts)
        }
        guard let last = before.statements.first else { throw .noStatement }
        let form = WhatIfTable.standard.form(last.form)
        let lines: [StatementLine]
        if let driver = form.drivers.first(where: { $0.name == change.name }) {
            lines = driver.lines
        } else if let line = StatementLine(change.name), FormCodes.has(change.name, in: last.form) {
            lines = [line]
        } else {
            throw .unknown(change.name)
        }
        guard var held = Self.amounts(facts, like: last),
            let line = StatementChange.line(for: lines, in: held, form)
        else { throw .noStatement }
        let cents = try Self.cents(change, held[line] ?? 0)
        let effect = try StatementChange.apply(cents, to: line, in: &held, form)
        Self.set(held, in: &facts, like: last)
        return Effect(change: change, statement: effect)
    }

    private func applyDelays(
        _ change: FactChange,
        to facts: inout CompanyFacts
    ) throws(WhatIfError) -> Effect {
        guard facts.owed.contains(where: { $0.due != nil }) else { throw .noPayments }
        let part: Double
        switch change.amount {
        case .byPercent(let percent): part = 1 + percent / 100
        case .toPercent(let percent): part = percent / 100
        case .to(0): part = 0
        default: throw .badAmount(change.name)
        }
        guard (0...10).contains(part) else { throw .badAmount(change.name) }
        let day = min(options.asOf, facts.ledgerUntil ?? options.asOf)
        facts.owed = PaymentChange.apply(part, to: facts.owed, asOf: day)
        return Effect(change: change, delayPart: part)
    }

    private static func cents(
        _ change: FactChange,
        _ held: Int64
    ) throws(WhatIfError) -> Int64 {
        let value: Double
        switch change.amount {
        case .by(let cents): value = Double(cents)
        case .to(let cents): value = Double(cents) - Double(held)
        case .byPercent(let percent): value = Double(held) * percent / 100
        case .toPercent(let percent): value = Double(held) * (percent / 100 - 1)
        }
        guard abs(value) <= FactChange.greatest else { throw .badAmount(change.name) }
        return Int64(value.rounded())
    }

    /// The amounts of the statement that an assessment used.
    static func amounts(
        _ facts: CompanyFacts,
        like last: FinancialStatement
    ) -> [StatementLine: Int64]? {
        let all = facts.statements + facts.comparatives
        // Of several for one year the one that was used, which has the same place.
        guard
            let found = all.first(where: { isSame($0, last) && $0.source == last.source })
                ?? all.first(where: { isSame($0, last) })
        else { return nil }
        var amounts: [StatementLine: Int64] = [:]
        for (line, cents) in found.amounts { amounts[line] = cents }
        return amounts
    }

    /// Puts amounts in the place of those of a year, whatever paper it was read from.
    private static func set(
        _ amounts: [StatementLine: Int64],
        in facts: inout CompanyFacts,
        like last: FinancialStatement
    ) {
        for place in facts.statements.indices where isSame(facts.statements[place], last) {
            facts.statements[place] = with(amounts, facts.statements[place])
        }
        for place in facts.comparatives.indices where isSame(facts.comparatives[place], last) {
            facts.comparatives[place] = with(amounts, facts.comparatives[place])
        }
    }

    private static func with(
        _ amounts: [StatementLine: Int64],
        _ statement: FinancialStatement
    ) -> FinancialStatement {
        var changed = FinancialStatement(
            siren: statement.siren,
            closing: statement.closing,
            months: statement.months,
            form: statement.form,
            rules: statement.rules,
            amounts: amounts,
            source: statement.source
        )
        changed.published = statement.published
        return changed
    }

    private static func isSame(_ one: FinancialStatement, _ other: FinancialStatement) -> Bool {
        one.closing == other.closing && one.form == other.form
    }
}
