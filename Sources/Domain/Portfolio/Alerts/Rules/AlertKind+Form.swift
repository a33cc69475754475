// SPDX-License-Identifier: Apache-2.0

// What each kind of rule computes, what it can be told, and what holds if it is not: a table.

/// What a rule of a kind is made of.
struct AlertForm {
    /// What it computes.
    let formula: AlertFormula
    /// Least and greatest edge.
    let bounds: ClosedRange<Double>
    /// On which side of the edge it is raised.
    var comparison = AlertComparison.atLeast
    /// Whether an edge at the least bound would always be passed.
    var isLeastExcluded = false
    /// The edge if none is named; nil if one has to be.
    var raise: Double?

    /// From 0 on.
    static let amounts = 0...Double.greatestFiniteMagnitude
    /// Any number.
    static let numbers = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude

    /// A rule that is raised at an edge above the least bound.
    static func above(
        _ formula: AlertFormula,
        _ bounds: ClosedRange<Double>,
        raise: Double? = nil
    ) -> AlertForm {
        AlertForm(formula: formula, bounds: bounds, isLeastExcluded: true, raise: raise)
    }

    /// A rule that counts from 1.
    static func counted(_ formula: AlertFormula, _ most: Double) -> AlertForm {
        AlertForm(formula: formula, bounds: 1...most, raise: 1)
    }
}

extension AlertKind {
    /// Settings beside the edges that a kind takes, by their names in documents.
    var ownFields: [String] {
        switch self {
        case .scoreDrop, .scoreRise, .probabilityRatio, .percentileDrop, .dataDepthLoss,
            .portfolioLoss:
            ["window_days"]
        case .classChange: ["direction", "window_days"]
        case .threshold: ["quantity", "direction"]
        case .paymentSignal: ["signal", "window_days"]
        case .concentration: ["quantity"]
        case .legalEvent: ["events"]
        case .outcomeChange, .limitExceeded, .limitNear, .coverExpiring, .statementOverdue,
            .divergence, .modelChanged, .noData:
            []
        }
    }

    /// Values that a setting of a kind can have; empty for other settings.
    func choices(_ field: String) -> [String] {
        switch (self, field) {
        case (.classChange, "direction"): ["worse", "better", "any"]
        case (.threshold, "direction"): ["below", "above"]
        case (.threshold, "quantity"):
            AlertQuantity.allCases.filter { !$0.isOfPortfolio && $0 != .outcome }.map(\.rawValue)
        case (.concentration, "quantity"): ["hhi", "top_share"]
        case (.paymentSignal, "signal"):
            ["index_drop", "days_beyond_terms", "broken_promises", "share_over_30_days"]
        default: []
        }
    }

    /// What a rule is made of; `chosen` has one of its choices for each field that has any.
    func form(windowDays: Int, _ chosen: [String: String]) -> AlertForm {
        func fall(_ quantity: AlertQuantity) -> AlertFormula {
            .difference(AlertInput(quantity, daysBefore: windowDays), AlertInput(quantity))
        }
        func rise(_ quantity: AlertQuantity) -> AlertFormula {
            .difference(AlertInput(quantity), AlertInput(quantity, daysBefore: windowDays))
        }
        func value(_ quantity: AlertQuantity) -> AlertFormula { .value(AlertInput(quantity)) }
        switch self {
        case .scoreDrop: return .above(fall(.score), AlertForm.amounts)
        case .scoreRise: return .above(rise(.score), AlertForm.amounts)
        case .classChange:
            switch chosen["direction"] {
            case "better": return .above(fall(.riskClass), 0...100, raise: 1)
            case "any":
                let before = AlertInput(.riskClass, daysBefore: windowDays)
                return .above(.distance(AlertInput(.riskClass), before), 0...100, raise: 1)
            default: return .above(rise(.riskClass), 0...100, raise: 1)
            }
        case .threshold: return Self.threshold(chosen)
        case .probabilityRatio:
            let before = AlertInput(.probability, daysBefore: windowDays)
            return .above(.ratio(AlertInput(.probability), before), 1...1_000_000)
        case .percentileDrop: return .above(fall(.percentile), 0...100)
        case .outcomeChange: return .counted(rise(.outcome), 3)
        case .legalEvent: return .counted(.events, 1)
        case .paymentSignal: return Self.signal(chosen["signal"], fall(.paymentIndex))
        case .limitExceeded:
            return AlertForm(formula: .use, bounds: 0...1_000_000, comparison: .above, raise: 1)
        case .limitNear: return .above(.use, 0...1, raise: 0.8)
        case .coverExpiring:
            return AlertForm(formula: value(.coverDays), bounds: 0...10_000, comparison: .atMost)
        case .statementOverdue: return .above(value(.statementMonths), 0...1_200)
        case .dataDepthLoss: return .above(fall(.dataDepth), 0...100, raise: 1)
        case .divergence: return .above(value(.divergence), 0...100)
        case .concentration:
            let quantity = chosen["quantity"].flatMap(AlertQuantity.init) ?? .concentrationIndex
            return AlertForm(formula: value(quantity), bounds: 0...1, comparison: .above)
        case .portfolioLoss:
            let before = AlertInput(.expectedLoss, daysBefore: windowDays)
            return .above(.growth(AlertInput(.expectedLoss), before), 0...1_000_000)
        case .modelChanged: return .counted(value(.modelChanged), 1)
        case .noData: return .above(value(.daysWithoutScore), 0...10_000)
        }
    }

    private static func threshold(_ chosen: [String: String]) -> AlertForm {
        let quantity = chosen["quantity"].flatMap(AlertQuantity.init) ?? .score
        return AlertForm(
            formula: .value(AlertInput(quantity)),
            bounds: quantity.canBeNegative ? AlertForm.numbers : AlertForm.amounts,
            comparison: chosen["direction"] == "above" ? .above : .below
        )
    }

    private static func signal(_ name: String?, _ fall: AlertFormula) -> AlertForm {
        switch name {
        case "index_drop": .above(fall, 0...100)
        case "broken_promises": .counted(.value(AlertInput(.brokenPromises)), 1_000)
        case "share_over_30_days":
            AlertForm(
                formula: .value(AlertInput(.overdueShare)),
                bounds: 0...1,
                comparison: .above
            )
        default:
            AlertForm(
                formula: .value(AlertInput(.daysBeyondTerms)),
                bounds: 0...10_000,
                comparison: .above
            )
        }
    }
}

extension AlertQuantity {
    /// Whether it is one of a portfolio and not of a company.
    var isOfPortfolio: Bool {
        switch self {
        case .concentrationIndex, .topShare, .expectedLoss, .modelChanged: true
        default: false
        }
    }
}
