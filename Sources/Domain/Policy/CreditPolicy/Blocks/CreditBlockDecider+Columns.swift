// SPDX-License-Identifier: Apache-2.0

// The rows of a block that are decided in columns.

internal import CompiledTables
internal import DecimalNumbers
internal import FEEL
internal import Policies
internal import Quantities

extension CreditBlockDecider {
    /// The numbers of what the first decisions answered in each row; nil for those that the policy
    /// does not have: their answer is the first.
    struct FirstNumbers {
        var riskClass: UnsafePointer<Int32>?
        var terms: UnsafePointer<Int32>?
        var need: UnsafePointer<Int32>?
        var limit: UnsafePointer<Int32>?
        var guarantees: UnsafePointer<Int32>?
    }

    /// Looks into what the first decisions answered that is new; nil where one of them has to be
    /// made row by row.
    func takeFirst() -> FirstNumbers? {
        var numbers = FirstNumbers()
        let day = plan.day
        guard
            take(
                .terms,
                &numbers.terms,
                { values in
                    if let values {
                        termAnswers.take(values) { TermsAnswer($0, day, &knownTerms) }
                    } else {
                        termAnswers.take { TermsAnswer(nil, day, &knownTerms) }
                    }
                }
            ),
            take(
                .need,
                &numbers.need,
                { values in
                    if let values {
                        needs.take(values) { NeedAnswer($0) }
                    } else {
                        needs.take { NeedAnswer(nil) }
                    }
                }
            ),
            take(
                .limit,
                &numbers.limit,
                { values in
                    if let values {
                        limits.take(values) { LimitAnswer($0) }
                    } else {
                        limits.take { LimitAnswer(nil) }
                    }
                }
            ),
            takePlaces(
                .riskClass,
                &numbers.riskClass,
                { value in
                    knownClasses.place(of: PolicyAnswer.texts(value).first)
                }
            ),
            takePlaces(
                .guarantees,
                &numbers.guarantees,
                { value in
                    knownGuarantees.place(of: guarantees(PolicyAnswer.texts(value)))
                }
            )
        else { return nil }
        return numbers
    }

    /// Looks into what the last decisions answered, and notes it in each row.
    func takeLast(_ rowCount: Int) -> Bool {
        var (actions, clauses): (UnsafePointer<Int32>?, UnsafePointer<Int32>?)
        guard
            takePlaces(
                .action,
                &actions,
                { value in
                    knownActions.place(of: PolicyAnswer.texts(value).first)
                }
            ),
            takePlaces(
                .clauses,
                &clauses,
                { value in
                    knownClauses.place(of: self.clauses(PolicyAnswer.texts(value)))
                }
            )
        else { return false }
        note(actions, .action, rowCount, into: block.actions)
        note(clauses, .clauses, rowCount, into: block.clauses)
        return true
    }

    /// The guarantees of a list of names that can lift a limit.
    private func guarantees(_ names: [String]) -> [Int] {
        let all = plan.policy.guarantees
        return all.indices.filter {
            names.contains(all[$0].identifier) && !all[$0].share.isZero
        }
    }

    private func clauses(_ names: [String]) -> [Int] {
        let all = plan.policy.clauses
        return all.indices.filter { names.contains(all[$0].identifier) }
    }

    private func take(
        _ question: PolicyQuestion,
        _ numbers: inout UnsafePointer<Int32>?,
        _ look: (NumberedValues?) -> Void
    ) -> Bool {
        guard let node = plan.policy.place(of: question), !untold.contains(question),
            evaluation.finds(node)
        else {
            look(nil)
            return true
        }
        guard let values = evaluation.numberedValues(of: node) else { return false }
        numbers = UnsafePointer(values.numbers)
        look(values)
        return true
    }

    private func takePlaces(
        _ question: PolicyQuestion,
        _ numbers: inout UnsafePointer<Int32>?,
        _ place: (FEELValue) -> Int32
    ) -> Bool {
        var known = places.removeValue(forKey: question) ?? KnownAnswers<Int32>()
        let isTold = take(question, &numbers) { values in
            if let values { known.take(values, place) } else { known.take { CreditBlock.nothing } }
        }
        places[question] = known
        return isTold
    }

    /// Notes the places of answers, of which each row has the number.
    private func note(
        _ numbers: UnsafePointer<Int32>?,
        _ question: PolicyQuestion,
        _ rowCount: Int,
        into column: UnsafeMutablePointer<Int32>
    ) {
        guard let numbers, let known = places[question] else {
            column.update(repeating: CreditBlock.nothing, count: rowCount)
            return
        }
        known.answers.withUnsafeBufferPointer { known in
            for row in 0..<rowCount {
                let number = Int(numbers[row])
                if number < 0 {
                    block.facts[row].insert(.isSlow)
                } else {
                    column[row] = known[number]
                }
            }
        }
    }

    // MARK: - Rows

    /// Computes what follows of the first answers.
    func compute(_ numbers: FirstNumbers, _ rowCount: Int) {
        let row = BlockRow(self)
        guard parts.contains(.calculation) else {
            for place in 0..<rowCount {
                let term = Int(numbers.terms?[place] ?? 0)
                if term < 0 || termAnswers.answers[term].isFaulty {
                    block.facts[place].insert(.isSlow)
                } else {
                    row.decideTerms(place, termAnswers.answers[term])
                }
            }
            note(numbers.riskClass, .riskClass, rowCount, into: block.classes)
            return
        }
        needs.answers.withUnsafeBufferPointer { needs in
            limits.answers.withUnsafeBufferPointer { limits in
                termAnswers.answers.withUnsafeBufferPointer { terms in
                    for place in 0..<rowCount {
                        let (need, limit, term) = (
                            Int(numbers.need?[place] ?? 0), Int(numbers.limit?[place] ?? 0),
                            Int(numbers.terms?[place] ?? 0)
                        )
                        guard need | limit | term >= 0, !block.facts[place].contains(.isSlow),
                            !needs[need].isFaulty, !limits[limit].isFaulty, !terms[term].isFaulty
                        else {
                            block.facts[place].insert(.isSlow)
                            continue
                        }
                        row.decide(place, needs[need], limits[limit], terms[term])
                    }
                }
            }
        }
        note(numbers.riskClass, .riskClass, rowCount, into: block.classes)
        noteGuarantees(numbers.guarantees, rowCount)
    }

    /// Guarantees are noted where they would lift a limit by a step at least.
    private func noteGuarantees(_ numbers: UnsafePointer<Int32>?, _ rowCount: Int) {
        guard let numbers, let known = places[.guarantees] else {
            block.guarantees.update(repeating: CreditBlock.nothing, count: rowCount)
            return
        }
        for row in 0..<rowCount {
            let number = Int(numbers[row])
            if number < 0 {
                block.facts[row].insert(.isSlow)
            } else if block.guarantees[row] != CreditBlock.nothing {
                block.guarantees[row] = known.answers[number]
            }
        }
    }
}
