// SPDX-License-Identifier: Apache-2.0

// Rows of a block as questions to CreditDecider, and its decisions back into columns.

internal import CompiledTables
internal import DecimalNumbers
internal import Decisions
internal import FEEL
internal import Policies
internal import Quantities

extension CreditBlockDecider {
    /// The question that a row is.
    package func question(_ row: Int) -> CreditQuestion {
        var question = CreditQuestion(asOf: plan.day)
        func take(_ name: String, _ value: FEELValue) {
            let text = PolicyAnswer.texts(value).first
            switch name {
            case PolicyCircumstance.stage.rawValue:
                question.stage = text.flatMap(BusinessStage.init(rawValue:)) ?? .quote
            case PolicyCircumstance.subject.rawValue:
                question.subject = text.flatMap(PolicySubject.init(rawValue:)) ?? .legalPerson
            case CreditColumn.role:
                let isKnown = text.flatMap(plan.policy.manifest.authority.role) != nil
                question.role = isKnown ? text : nil
            default: if !value.isNull { question.facts[name] = CreditFact(value) }
            }
        }
        for (name, value) in plan.fixed { take(name, value) }
        for (column, values) in zip(plan.columns, values) {
            take(column.name, value(values, column.kind, row))
        }
        return question
    }

    /// The whole decision about a row, with its words, as CreditDecider makes it.
    package func decision(_ row: Int) -> CreditDecision { naive.tried(question(row)) }

    private func value(_ values: CreditValues, _ kind: CreditColumn.Kind, _ row: Int) -> FEELValue {
        switch values {
        case .numbers(let numbers): return FEELValue(numbers[row], kind == .day ? .day : .number)
        case .texts(let codes, let texts):
            let code = Int(UInt32(bitPattern: codes[row]))
            return code < texts.texts.count ? .string(texts.texts[code]) : .null
        case .booleans(let booleans):
            return booleans[row] > 1 ? .null : .boolean(booleans[row] == 1)
        case .values(let values): return values[row]
        }
    }

    /// The figures of the block at hand.
    func figures() -> BlockFigures {
        BlockFigures { figure in
            switch figureSources[figure] {
            case .column(let place):
                guard case .numbers(let numbers) = values[place] else {
                    return BlockFigures.Source()
                }
                return BlockFigures.Source(column: numbers)
            case .number(let number): return BlockFigures.Source(number: number)
            case nil: return BlockFigures.Source()
            }
        }
    }

    /// Decides about a row alone.
    func decideAlone(_ row: Int) {
        slowCount += 1
        let decision = decision(row)
        var facts: CreditBlock.Facts = .isSlow
        func note(
            _ number: DecimalNumber?,
            _ fact: CreditBlock.Facts,
            _ column: UnsafeMutablePointer<DecimalNumber>
        ) {
            guard let number else { return }
            facts.insert(fact)
            column[row] = number
        }
        note(decision.need?.amount, .need, block.needs)
        note(decision.limit?.amount, .limit, block.limits)
        note(decision.limit?.ownRisk, .limit, block.ownLimits)
        note(decision.headroom, .headroom, block.headrooms)
        note(decision.expectedLoss, .expectedLoss, block.expectedLosses)
        note(decision.exposedLoss, .exposedLoss, block.exposedLosses)
        note(decision.opportunity, .opportunity, block.opportunities)
        note(decision.exposure, .exposure, block.exposures)
        if decision.needsSecondPerson { facts.insert(.needsSecondPerson) }
        block.facts[row] = facts
        let nothing = CreditBlock.nothing
        block.outcomes[row] = CreditBlock.place(decision.outcome)
        block.classes[row] = knownClasses.place(of: decision.riskClass)
        block.actions[row] = knownActions.place(of: decision.action)
        block.bindings[row] =
            decision.limit.flatMap { CreditBlock.bindingNames.firstIndex(of: $0.binding) }
            .map { Int32($0) } ?? nothing
        block.termDays[row] = Int32(clamping: decision.terms.days)
        block.terms[row] = knownTerms.place(of: decision.terms)
        block.fittingDays[row] = decision.fittingDays.map { Int32(clamping: $0) } ?? nothing
        block.validUntil[row] = decision.validity?.until.dayNumber ?? CreditTexts.none
        block.validityReasons[row] = knownReasons.place(of: decision.validity?.reason)
        let roles = plan.policy.manifest.authority.roles
        block.roles[row] =
            roles.firstIndex { $0.name == decision.grantingRole }.map { Int32($0) } ?? nothing
        let all = plan.policy.guarantees
        block.guarantees[row] = knownGuarantees.place(
            of: decision.offers.compactMap { offer in
                all.firstIndex { $0.identifier == offer.guarantee.identifier }
            }
        )
        block.clauses[row] = knownClauses.place(
            of: decision.clauses.compactMap { text in
                plan.policy.clauses.firstIndex { $0.identifier == text.clause.identifier }
            }
        )
        block.missing[row] = decision.missing.reduce(0) { $0 | missing.bit($1.name) }
        noteAnswers(row)
    }

    /// What the tables answered.
    private func noteAnswers(_ row: Int) {
        for (place, table) in tables.enumerated() {
            let outcome = naive.evaluation.outcomes.last { $0.table == table }
            slowRules.append((place, outcome?.decisive ?? []))
            block.answers[place][row] =
                switch outcome?.answer {
                case .matched?: Int32(outcome?.decisive.first ?? 0)
                case .standard?: RowAnswer.standard
                case .none?: RowAnswer.none
                case .violation?: RowAnswer.violation
                case .invalidInput(let input)?: RowAnswer.invalidInput - Int32(clamping: input)
                case nil: CreditBlock.notAsked
                }
        }
    }
}
