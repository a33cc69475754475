// SPDX-License-Identifier: Apache-2.0

// What is decided of a block of companies, as columns.

package import DecimalNumbers
internal import VigieLimits

/// The columns that are decided. They are there until the next block.
package final class CreditBlock {
    /// What is known of a company, and what else is to be told in a bit.
    package struct Facts: OptionSet, Sendable {
        /// The bits.
        package let rawValue: UInt16

        /// Takes the bits.
        package init(rawValue: UInt16) { self.rawValue = rawValue }

        /// There is a need.
        package static let need = Facts(rawValue: 1)
        /// There is a limit, and what of it is at our own risk.
        package static let limit = Facts(rawValue: 2)
        /// There is a headroom.
        package static let headroom = Facts(rawValue: 4)
        /// There is an expected loss.
        package static let expectedLoss = Facts(rawValue: 8)
        /// There is an opportunity.
        package static let opportunity = Facts(rawValue: 16)
        /// What is owed is a number.
        package static let exposure = Facts(rawValue: 32)
        /// A second person has to agree.
        package static let needsSecondPerson = Facts(rawValue: 64)
        /// The company was decided one by one.
        package static let isSlow = Facts(rawValue: 128)
        /// There is an expected loss of what is owed today.
        package static let exposedLoss = Facts(rawValue: 256)
    }

    /// What a table answered where it was not asked.
    package static let notAsked = Int32.min
    /// What stands in a column of places where there is nothing.
    package static let nothing: Int32 = -1

    /// What is known.
    package let facts: UnsafeMutablePointer<Facts>
    /// What becomes of it: places in `CreditDecision.Outcome.allCases`.
    package let outcomes: UnsafeMutablePointer<UInt8>
    /// The class of risk: places in the decider's `classes`.
    package let classes: UnsafeMutablePointer<Int32>
    /// The need.
    package let needs: UnsafeMutablePointer<DecimalNumber>
    /// The limit.
    package let limits: UnsafeMutablePointer<DecimalNumber>
    /// What of it is at our own risk.
    package let ownLimits: UnsafeMutablePointer<DecimalNumber>
    /// What is owed, and was ordered, without what was paid ahead.
    package let exposures: UnsafeMutablePointer<DecimalNumber>
    /// What the limit leaves beside that.
    package let headrooms: UnsafeMutablePointer<DecimalNumber>
    /// What is to be expected to be lost.
    package let expectedLosses: UnsafeMutablePointer<DecimalNumber>
    /// What is to be expected to be lost of what is owed today and nobody else bears.
    package let exposedLosses: UnsafeMutablePointer<DecimalNumber>
    /// What a year's business is to be expected to bring.
    package let opportunities: UnsafeMutablePointer<DecimalNumber>
    /// The part that binds the limit: places in `bindingNames`.
    package let bindings: UnsafeMutablePointer<Int32>
    /// Days from the invoice to the payment.
    package let termDays: UnsafeMutablePointer<Int32>
    /// Deposit, prepayment and discount: places in the decider's `terms`.
    package let terms: UnsafeMutablePointer<Int32>
    /// The days at which the need would be within the limit.
    package let fittingDays: UnsafeMutablePointer<Int32>
    /// The last day of the limit, counted from 1970-01-01; the least number without a limit.
    package let validUntil: UnsafeMutablePointer<Int32>
    /// What ends it: places in the decider's `validityReasons`.
    package let validityReasons: UnsafeMutablePointer<Int32>
    /// The role that may grant the limit: places among those of the policy.
    package let roles: UnsafeMutablePointer<Int32>
    /// What is done: places in the decider's `actions`.
    package let actions: UnsafeMutablePointer<Int32>
    /// Guarantees that would lift the limit: places in the decider's `guaranteeLists`.
    package let guarantees: UnsafeMutablePointer<Int32>
    /// Clauses of the contract: places in the decider's `clauseLists`.
    package let clauses: UnsafeMutablePointer<Int32>
    /// What is missing: a bit for each of the decider's `missingNames`.
    package let missing: UnsafeMutablePointer<UInt64>
    /// What each table answered, in the order of the decider's `tables`: a rule, or as `RowAnswer`
    /// has it, or `notAsked`.
    package let answers: [UnsafeMutablePointer<Int32>]
    /// How many companies there are.
    package internal(set) var rowCount = 0

    /// The names of parts that bind a limit.
    package static let bindingNames = [
        "need", "net_worth", "equity", "bureau_limit", "own_maximum", "no_own_risk",
        "concentration", "maximum",
    ]

    init(tableCount: Int) {
        func column<Element>(_ value: Element) -> UnsafeMutablePointer<Element> {
            let memory = UnsafeMutablePointer<Element>.allocate(
                capacity: CompiledTableLimits.blockRows
            )
            memory.initialize(repeating: value, count: CompiledTableLimits.blockRows)
            return memory
        }
        func amounts() -> UnsafeMutablePointer<DecimalNumber> { column(DecimalNumber(0)) }
        func places() -> UnsafeMutablePointer<Int32> { column(Self.nothing) }
        (facts, outcomes, missing) = (column([]), column(0), column(0))
        (needs, limits, ownLimits) = (amounts(), amounts(), amounts())
        (exposures, headrooms) = (amounts(), amounts())
        (expectedLosses, exposedLosses, opportunities) = (amounts(), amounts(), amounts())
        (classes, bindings, termDays, terms) = (places(), places(), places(), places())
        (fittingDays, validUntil, validityReasons) = (places(), places(), places())
        (roles, actions, guarantees, clauses) = (places(), places(), places(), places())
        answers = (0..<tableCount).map { _ in places() }
    }

    deinit {
        facts.deallocate()
        outcomes.deallocate()
        missing.deallocate()
        for each in [
            needs, limits, ownLimits, exposures, headrooms, expectedLosses, exposedLosses,
            opportunities,
        ] { each.deallocate() }
        for each in [
            classes, bindings, termDays, terms, fittingDays, validUntil, validityReasons, roles,
            actions, guarantees, clauses,
        ] + answers { each.deallocate() }
    }
}
