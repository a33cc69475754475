// SPDX-License-Identifier: Apache-2.0

// One decision, part by part: class, terms, need, limit, what would lift it, who may grant it, and
// then what is done and what stands in the contract.

internal import DecimalNumbers
internal import Decisions
internal import FEEL
internal import Policies
internal import Quantities

extension CreditDecider {
    /// A decision that is being made.
    struct Decision {
        let decider: CreditDecider
        let question: CreditQuestion
        let figures: CreditFigures
        private let riskClass: String?
        private let needAnswer: PolicyAnswer
        private let limitAnswer: PolicyAnswer
        private let termsAnswer: PolicyAnswer
        private let terms: CreditTerms
        private let need: CreditNeed
        private let parts: LimitParts
        private let notes: [String]

        private var policy: Policy { decider.policy }

        /// Asks the policy what the limit is made of.
        init(_ decider: CreditDecider, _ question: CreditQuestion, _ figures: CreditFigures) {
            (self.decider, self.question, self.figures) = (decider, question, figures)
            riskClass = PolicyAnswer.texts(decider.answer(.riskClass)).first
            let policy = decider.policy
            let sector = PolicyAnswer.texts(figures.values["sector"]).first
            termsAnswer = PolicyAnswer(decider.answer(.terms), single: "days")
            needAnswer = PolicyAnswer(decider.answer(.need), single: "method")
            terms = CreditTerms(
                termsAnswer,
                legal: policy.legalMaximumDays(sector: sector, on: question.asOf)
            )
            need = CreditNeed(
                needAnswer,
                figures,
                termDays: terms.days,
                decimals: policy.manifest.currency.exponent
            )
            limitAnswer = PolicyAnswer(decider.answer(.limit), single: "maximum")
            let held = HeldGuarantee.read(figures.values[HeldGuarantee.input], policy)
            notes = held.messages + Self.notes(question, figures, policy, sector: sector)
            parts = LimitParts(
                answer: limitAnswer,
                figures: figures,
                held: held.held,
                asOf: question.asOf,
                coverExpires: figures.values["cover_expires"]?.day
            )
        }

        /// Makes the decision.
        ///
        /// - Parameters:
        ///   - known: What is missing of what the policy requires.
        ///   - share: What its group leaves it; nil if no group bounds it.
        func made(
            _ known: [CreditDecision.Missing],
            within share: DecimalNumber?
        ) -> CreditDecision {
            let all = parts.all
            var missing = known + unknown(all, known)
            var limit: CreditLimit?
            if missing.isEmpty {
                limit = need.amount.flatMap {
                    CreditLimit(need: $0, all, step: policy.manifest.step)
                }
                if limit == nil {
                    let reason = "cannot be computed: a figure is beyond all numbers"
                    missing.append(CreditDecision.Missing(name: "limit", reason: reason))
                }
            }
            let faults = decider.evaluation.faults.count
            // No guarantee lifts what the group bounds.
            let offers = share == nil ? offers(limit) : []
            if let share { limit?.cut(to: share) }
            let headroom = limit.flatMap { limit in
                figures.exposure.flatMap { limit.amount.subtracting($0) }
            }
            let loss = expectedLoss(limit)
            let opportunity = opportunity(loss)
            give(limit, headroom, loss, opportunity)
            let action = PolicyAnswer.texts(decider.answer(.action)).first
            let clauses = clauses()
            // Once something is missing, what builds on it cannot be computed either.
            if missing.isEmpty { missing += decider.faults(from: faults) }
            var decision = CreditDecision(
                question: question,
                outcome: .investigation,
                riskClass: riskClass,
                need: need,
                limit: limit,
                validity: limit == nil ? nil : parts.validity(months: terms.reviewMonths),
                terms: terms,
                fittingDays: fittingDays(limit),
                offers: offers,
                exposure: figures.exposure,
                headroom: headroom,
                expectedLoss: loss,
                exposedLoss: exposedLoss(limit),
                opportunity: opportunity,
                action: action,
                clauses: clauses,
                grantingRole: nil,
                needsSecondPerson: false,
                missing: missing,
                matches: decider.matches(),
                notes: notes,
                messages: notes
                    + decider.evaluation.messages.map { "\($0.place): \($0.message)" }
            )
            decision.authorise(policy.manifest.authority)
            return decision
        }

        /// What the calculation needs and does not have.
        private func unknown(
            _ parts: [LimitPart],
            _ known: [CreditDecision.Missing]
        ) -> [CreditDecision.Missing] {
            var missing: [CreditDecision.Missing] = []
            func note(_ name: String, _ reason: String) {
                guard !(known + missing).contains(where: { $0.name == name }) else { return }
                missing.append(CreditDecision.Missing(name: name, reason: reason))
            }
            for fault in decider.faults(from: 0) where !(known + missing).contains(fault) {
                missing.append(fault)
            }
            if question.stage == .order, figures.orders == nil {
                let isNothing = figures[.amount] != nil
                note(
                    PolicyFigure.amount.rawValue,
                    isNothing
                        ? "the order that is asked about is of 0, and no other is told"
                        : "the order that is asked about is not told"
                )
            }
            for figure in need.missing { note(figure.rawValue, "the need is made of it") }
            for part in parts {
                if let figure = part.missing {
                    note(figure.rawValue, "the policy bounds the limit by it")
                }
            }
            let names = policy.manifest.decisions
            for question in [PolicyQuestion.need, .limit, .terms] {
                guard let name = names[question], decider.answer(question)?.isNull ?? true else {
                    continue
                }
                note(name, "gives no answer: no rule matches")
            }
            for (question, answer) in [
                (PolicyQuestion.need, needAnswer), (.limit, limitAnswer), (.terms, termsAnswer),
            ] {
                guard let name = names[question] else { continue }
                for fault in answer.faults(question) { note(name, fault) }
            }
            if !parts.contains(where: { $0.kind != .cover }), let name = names[.limit] {
                // A table that forgets to bound a limit must not be taken for one that need not.
                note(name, "bounds the limit by nothing")
            }
            if !need.isKnown, let name = names[.need] {
                note(name, "names no method that is known")
            }
            return missing
        }

        /// What is taken otherwise than one may think, in words.
        private static func notes(
            _ question: CreditQuestion,
            _ figures: CreditFigures,
            _ policy: Policy,
            sector: String?
        ) -> [String] {
            var notes: [String] = []
            if figures.isOrderBeside, figures[.ordersNotInvoiced] != nil {
                notes.append(
                    "amount is more than orders_not_invoiced: the order counts beside them"
                )
            }
            if let sector,
                let note = policy.note(ofSector: sector, on: question.asOf, by: "")
            {
                notes.append(note)
            }
            return notes
        }

        private func offers(_ limit: CreditLimit?) -> [GuaranteeOffer] {
            guard let limit, let need = need.amount else { return [] }
            let names = PolicyAnswer.texts(decider.answer(.guarantees))
            return GuaranteeOffer.offers(names, policy, limit, need: need)
        }

        /// Shorter terms in which less is owed at a time: if capacity is below the need, terms are
        /// shortened or guarantees taken.
        private func fittingDays(_ limit: CreditLimit?) -> Int? {
            guard let limit, let need = need.amount, limit.amount < need, terms.days > 0,
                let days = limit.amount.multiplied(by: DecimalNumber(terms.days))?
                    .divided(by: need)?.floor.integer, days > 0
            else { return nil }
            return days
        }

        /// Probability, times what is lost of a loss, times what nobody else bears.
        private func expectedLoss(_ limit: CreditLimit?) -> DecimalNumber? {
            guard let limit, let probability = figures[.probability],
                let lost = limitAnswer.number("loss_given_default")
            else { return nil }
            return probability.multiplied(by: lost)?.multiplied(by: limit.ownRisk)?
                .rounded(scale: 2, .halfEven)
        }

        /// The same of what is owed today, as far as neither an insurer nor a guarantee bears it.
        private func exposedLoss(_ limit: CreditLimit?) -> DecimalNumber? {
            guard let limit, let probability = figures[.probability],
                let lost = limitAnswer.number("loss_given_default"),
                let open = figures.exposure?.subtracting(limit.covered)
            else { return nil }
            return probability.multiplied(by: lost)?.multiplied(by: open.isNegative ? 0 : open)?
                .rounded(scale: 2, .halfEven)
        }

        /// What a year's purchases leave us, without what is to be expected to be lost and what it
        /// costs to get there: at 0 it is not worth the while.
        private func opportunity(_ loss: DecimalNumber?) -> DecimalNumber? {
            guard let loss, let margin = figures[.marginRate] else { return nil }
            return figures[.yearlyPurchases]?.multiplied(by: margin)?.subtracting(loss)?
                .subtracting(figures.orZero(.approachCost))?.rounded(scale: 2, .halfEven)
        }

        /// Gives the model what was computed, for the decisions that are asked last.
        private func give(
            _ limit: CreditLimit?,
            _ headroom: DecimalNumber?,
            _ loss: DecimalNumber?,
            _ opportunity: DecimalNumber?
        ) {
            let shortfall = limit.flatMap { limit in
                need.amount.flatMap { $0.subtracting(limit.amount) }
            }
            let numbers: [(PolicyResult, DecimalNumber?)] = [
                (.limit, limit?.amount), (.ownLimit, limit?.ownRisk), (.need, need.amount),
                (.shortfall, shortfall.map { $0.isNegative ? 0 : $0 }), (.headroom, headroom),
                (.termDays, DecimalNumber(terms.days)), (.expectedLoss, loss),
                (.opportunity, opportunity),
            ]
            for (name, number) in numbers {
                guard let number else { continue }
                decider.set(name.rawValue, .number(number))
            }
            if let limit { decider.set(PolicyResult.binding.rawValue, .string(limit.binding)) }
        }

        // MARK: - Clauses

        private func clauses() -> [CreditDecision.ClauseText] {
            let names = PolicyAnswer.texts(decider.answer(.clauses))
            return policy.clauses.filter { names.contains($0.identifier) }.map { clause in
                let missing = clause.data.filter { datum($0) == nil }
                return CreditDecision.ClauseText(
                    clause: clause,
                    english: clause.filled(.en, datum),
                    french: clause.filled(.fr, datum),
                    missing: missing
                )
            }
        }

        /// What stands for a name in a clause.
        private func datum(_ name: String) -> String? {
            switch name {
            case "currency": return policy.manifest.currency.code
            case "company": return question.company.isEmpty ? nil : question.company
            case "legal_maximum_days": return terms.legalMaximumDays.map(String.init)
            case "discount_percent":
                return terms.discount?.multiplied(by: 100)?.plain
            case "term_days": return "\(terms.days)"
            default: break
            }
            guard let place = policy.model.node(name), let value = decider.evaluation.known(place),
                !value.isNull
            else { return figures.values[name].flatMap(text) }
            return text(value)
        }

        private func text(_ value: FEELValue) -> String? {
            if case .number(let number) = value { return number.plain }
            return decider.evaluation.expressions.text(of: value)
        }
    }

    /// What could not be computed, from one fault on: no rule is passed over for it in silence.
    fileprivate func faults(from place: Int) -> [CreditDecision.Missing] {
        evaluation.faults.dropFirst(place).map { fault in
            let parts = (fault.place.element ?? "").split(separator: "\"")
            return CreditDecision.Missing(
                name: parts.dropFirst().first.map(String.init) ?? fault.place.file,
                reason: "cannot be computed: \(fault.place): \(fault.message)"
            )
        }
    }

    /// The tables that answered, each once.
    fileprivate func matches() -> [CreditDecision.Match] {
        evaluation.outcomes.map { outcome in
            CreditDecision.Match(
                decision: policy.model.tables[outcome.table].decisionName,
                table: outcome.table,
                rules: outcome.decisive.isEmpty && outcome.answer == .violation
                    ? outcome.matches : outcome.decisive,
                answer: outcome.answer.name
            )
        }
    }
}

extension TableOutcome.Answer {
    /// The kind of answer, in a word.
    package var name: String {
        switch self {
        case .matched: "matched"
        case .standard: "default"
        case .none: "none"
        case .violation: "violation"
        case .invalidInput: "invalid_input"
        }
    }
}

extension HeldGuarantee {
    /// Guarantees that are held: a list of contexts with `id`, `amount` and, where there is one,
    /// `valid_to`. One of which either is no such does not count: a last day that nobody can read
    /// is most likely over.
    fileprivate static func read(
        _ value: FEELValue?,
        _ policy: Policy
    ) -> (held: [HeldGuarantee], messages: [String]) {
        guard case .list(let list)? = value else { return ([], []) }
        var held: [HeldGuarantee] = []
        var messages: [String] = []
        for case .context(let entry) in list.elements {
            let name = PolicyAnswer.texts(entry["id"]).first ?? ""
            guard let known = policy.guarantees.first(where: { $0.identifier == name }) else {
                messages.append("\"\(name)\" is no guarantee of the policy")
                continue
            }
            let last = entry["valid_to"] ?? .null
            guard case .number(let amount)? = entry["amount"], !amount.isNegative,
                last.isNull || last.day != nil
            else {
                messages.append("\"\(name)\" does not count: no amount, or no day as its last")
                continue
            }
            held.append(HeldGuarantee(guarantee: known, amount: amount, until: last.day))
        }
        return (held, messages)
    }
}

extension FEELValue {
    /// A day, also one that is written as a text.
    var day: CalendarDate? {
        switch self {
        case .date(let date): CalendarDate(dayNumber: date.dayNumber)
        case .string(let text): CalendarDate(text)
        default: nil
        }
    }
}
