// SPDX-License-Identifier: Apache-2.0

// What the decisions of a policy answered, looked into once for each answer that there is.

internal import CompiledTables
package import DecimalNumbers
internal import FEEL
internal import Policies
internal import Quantities

/// What the decision `need` said.
struct NeedAnswer {
    /// Whether it said nothing.
    let isSilent: Bool
    /// Whether it named a way that is known, or none.
    let isKnown: Bool
    /// Whether it says something that the calculation cannot take.
    let isFaulty: Bool
    /// The ways that are tried.
    let isExposure: Bool
    let isPurchases: Bool
    let isForecast: Bool
    let isAmount: Bool
    let months: DecimalNumber
    let termCoefficient: DecimalNumber
    let behaviourCoefficient: DecimalNumber
    /// One with the tax.
    let taxed: DecimalNumber?

    init(_ value: FEELValue?) {
        let answer = PolicyAnswer(value, single: "method")
        isSilent = value?.isNull ?? false
        let named = answer.text("method")
        let method = named.flatMap(NeedMethod.init(rawValue:)) ?? .amount
        isKnown = named == nil || NeedMethod(rawValue: named ?? "") != nil
        isFaulty = !answer.faults(.need).isEmpty
        func tries(_ way: NeedMethod) -> Bool { method == way || method == .greatest }
        (isExposure, isPurchases) = (tries(.exposure), tries(.purchases))
        (isForecast, isAmount) = (tries(.forecast), tries(.amount))
        months = answer.number("months") ?? 1
        termCoefficient = answer.number("term_coefficient") ?? 1
        behaviourCoefficient = answer.number("behaviour_coefficient") ?? 1
        taxed = (answer.number("tax_rate") ?? 0).adding(1)
    }
}

/// What the decision `limit` said.
struct LimitAnswer {
    /// Whether it said nothing.
    let isSilent: Bool
    /// Whether it says something that the calculation cannot take.
    let isFaulty: Bool
    let shareOfNetWorth: DecimalNumber?
    let shareOfEquity: DecimalNumber?
    let shareOfBureauLimit: DecimalNumber?
    let ownMaximum: DecimalNumber?
    let isWithoutOwnRisk: Bool
    let shareOfCover: DecimalNumber
    let shareOfOwnTurnover: DecimalNumber?
    let maximum: DecimalNumber?
    let lossGivenDefault: DecimalNumber?
    /// Whether it bounds the limit by anything.
    let isBounded: Bool

    init(_ value: FEELValue?) {
        let answer = PolicyAnswer(value, single: "maximum")
        isSilent = value?.isNull ?? false
        isFaulty = !answer.faults(.limit).isEmpty
        shareOfNetWorth = answer.number("share_of_net_worth")
        shareOfEquity = answer.number("share_of_equity")
        shareOfBureauLimit = answer.number("share_of_bureau_limit")
        ownMaximum = answer.number("own_maximum")
        isWithoutOwnRisk = answer.isTrue("no_own_risk")
        shareOfCover = answer.number("share_of_cover") ?? 0
        shareOfOwnTurnover = answer.number("share_of_own_turnover")
        maximum = answer.number("maximum")
        lossGivenDefault = answer.number("loss_given_default")
        let bounds = [
            shareOfNetWorth, shareOfEquity, shareOfBureauLimit, ownMaximum, shareOfOwnTurnover,
            maximum,
        ]
        isBounded = isWithoutOwnRisk || bounds.contains { $0 != nil }
    }
}

/// What the decision `terms` said, with no law's bound yet.
struct TermsAnswer {
    /// Whether it said nothing.
    let isSilent: Bool
    /// Whether it says something that the calculation cannot take.
    let isFaulty: Bool
    let days: Int32
    /// The last day of a limit that nothing else ends.
    let review: Int32
    /// The place of the rest among the terms of the decider.
    let place: Int32

    init(_ value: FEELValue?, _ day: CalendarDate, _ known: inout KnownTerms) {
        let answer = PolicyAnswer(value, single: "days")
        let terms = CreditTerms(answer, legal: nil)
        isFaulty = !answer.faults(.terms).isEmpty
        isSilent = value?.isNull ?? false
        days = Int32(clamping: terms.days)
        review = (day.adding(months: terms.reviewMonths) ?? .last).dayNumber
        place = known.place(of: terms)
    }
}

/// Answers by the number of their value.
struct KnownAnswers<Answer> {
    private(set) var answers: [Answer] = []
    private var generation = 0

    /// Looks into the values that are new.
    mutating func take(_ values: NumberedValues, _ look: (FEELValue) -> Answer) {
        if generation != values.generation || values.values.count < answers.count {
            generation = values.generation
            answers.removeAll(keepingCapacity: true)
        }
        while answers.count < values.values.count {
            answers.append(look(values.values[answers.count]))
        }
    }

    /// Takes the answer of a decision that the policy does not have.
    mutating func take(_ answer: () -> Answer) {
        if answers.isEmpty { answers.append(answer()) }
    }
}

/// Names that are met, each with its place.
struct KnownNames {
    private(set) var names: [String] = []
    private var places: [String: Int32] = [:]

    /// The place of a name; that of nothing for none.
    mutating func place(of name: String?) -> Int32 {
        guard let name else { return CreditBlock.nothing }
        if let place = places[name] { return place }
        let place = Int32(clamping: names.count)
        places[name] = place
        names.append(name)
        return place
    }
}

/// Lists of places that are met, each with its own.
struct KnownLists {
    private(set) var lists: [[Int]] = []
    private var places: [[Int]: Int32] = [:]

    /// The place of a list; that of nothing for an empty one.
    mutating func place(of list: [Int]) -> Int32 {
        guard !list.isEmpty else { return CreditBlock.nothing }
        if let place = places[list] { return place }
        let place = Int32(clamping: lists.count)
        places[list] = place
        lists.append(list)
        return place
    }
}

/// Terms that are met, each with its place.
struct KnownTerms {
    private(set) var terms: [CreditBlockTerms] = []
    private var places: [CreditBlockTerms: Int32] = [:]

    mutating func place(of terms: CreditTerms) -> Int32 {
        let wanted = CreditBlockTerms(terms)
        if let place = places[wanted] { return place }
        let place = Int32(clamping: self.terms.count)
        places[wanted] = place
        self.terms.append(wanted)
        return place
    }
}

/// Terms of payment beside their days.
package struct CreditBlockTerms: Sendable, Hashable {
    /// Which part is to be paid with the order.
    package let deposit: DecimalNumber?
    /// Whether all is to be paid before delivery.
    package let isPrepaid: Bool
    /// What is taken off for early payment, as a part of the invoice.
    package let discount: DecimalNumber?
    /// Within how many days a payment is early.
    package let discountDays: Int?

    init(_ terms: CreditTerms) {
        (deposit, isPrepaid) = (terms.deposit, terms.isPrepaid)
        (discount, discountDays) = (terms.discount, terms.discountDays)
    }
}
