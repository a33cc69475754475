// SPDX-License-Identifier: Apache-2.0

// What calculations take: figures of a company, and what the decisions of the policy answered.
// Every amount is a decimal number; what cannot be computed is nil, and what is missing is named.

internal import DecimalNumbers
internal import FEEL
internal import Policies
internal import VigieLimits

/// Figures of a company, by the names that calculations know.
struct CreditFigures {
    /// The values that count: none that is too old.
    let values: [String: FEELValue]
    /// The stage of business.
    let stage: BusinessStage

    subscript(figure: PolicyFigure) -> DecimalNumber? {
        if case .number(let number)? = values[figure.rawValue] { return number }
        return nil
    }

    /// A figure that counts as 0 if it is not known.
    func orZero(_ figure: PolicyFigure) -> DecimalNumber { self[figure] ?? 0 }

    /// Orders that are not invoiced. The one that is asked about is one of them; where it is more
    /// than all that is told, it cannot be, and counts beside them.
    var orders: DecimalNumber? {
        guard isOrderBeside, let asked = self[.amount] else { return self[.ordersNotInvoiced] }
        return orZero(.ordersNotInvoiced).adding(asked) ?? asked
    }

    /// Whether the order that is asked about cannot be one of those that are told.
    var isOrderBeside: Bool {
        stage == .order && orZero(.amount) > orZero(.ordersNotInvoiced)
    }

    /// A part of what is owed; nil if nothing is told of it.
    func owed(_ figure: PolicyFigure) -> DecimalNumber? {
        figure == .ordersNotInvoiced ? orders : self[figure]
    }

    /// What is owed, will be invoiced or was ordered, without what was paid ahead. Its parts count
    /// as 0 if they are not known: who never bought owes nothing.
    var exposure: DecimalNumber? {
        orZero(.openInvoices).adding(orZero(.toInvoice))?.adding(orders ?? 0)?
            .subtracting(orZero(.deposits))
    }
}

extension PolicyFigure {
    /// What is owed by a company and its group: it bounds what is left, and counts as 0 only where
    /// nothing is told of it.
    static let owed: [PolicyFigure] = [
        .ordersNotInvoiced, .toInvoice, .openInvoices, .groupExposure,
    ]
}

/// What a decision of a policy answered, by the names of its outputs.
struct PolicyAnswer {
    private let value: FEELValue

    /// Takes what a decision gave. A table with one output gives the value itself, which is then
    /// that of `name`.
    init(_ value: FEELValue?, single name: String = "") {
        switch value {
        case .context?, nil: self.value = value ?? .null
        case let value?: self.value = .context(FEELContext([(name, value)]))
        }
    }

    private subscript(name: String) -> FEELValue? {
        if case .context(let context) = value { return context[name] }
        return nil
    }

    func number(_ name: String) -> DecimalNumber? {
        if case .number(let number)? = self[name] { return number }
        return nil
    }

    func text(_ name: String) -> String? {
        if case .string(let text)? = self[name] { return text }
        return nil
    }

    /// What of it the calculation cannot take, in words: what a cell computes is known only now.
    func faults(_ question: PolicyQuestion) -> [String] {
        question.outputs.compactMap { output in
            guard let number = number(output), let fault = question.fault(output, number) else {
                return nil
            }
            return "\(output) is \(number.plain), and \(fault)"
        }
    }

    func isTrue(_ name: String) -> Bool { self[name]?.boolean ?? false }

    /// A whole number that is not below 0 and not beyond what dates are computed with.
    func days(_ name: String) -> Int? {
        number(name)?.integer.map { min(max($0, 0), PolicyLimits.days) }
    }

    /// Texts of a list, or one text.
    static func texts(_ value: FEELValue?) -> [String] {
        switch value {
        case .string(let text)?: [text]
        case .list(let list)?: list.elements.flatMap { texts($0) }
        default: []
        }
    }
}

extension DecimalNumber {
    /// The whole number of steps in it, as an amount: limits are round.
    func roundedDown(to step: DecimalNumber) -> DecimalNumber? {
        divided(by: step)?.rounded(scale: 0, .floor)?.multiplied(by: step)
    }

    /// The least whole number of steps that is not below it, as an amount.
    func roundedUp(to step: DecimalNumber) -> DecimalNumber? {
        divided(by: step)?.rounded(scale: 0, .ceiling)?.multiplied(by: step)
    }
}
