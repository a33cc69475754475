// SPDX-License-Identifier: Apache-2.0

// Figures of a row as decimal numbers: of columns of doubles, or the same in all rows.

internal import DecimalNumbers
internal import FEEL
internal import Policies

/// The figures that calculations know, by row.
struct BlockFigures {
    /// A figure: a column, or else one number, or neither.
    struct Source {
        var column: UnsafePointer<Double>?
        var number: DecimalNumber?

        /// The figure of a row. Cost: a load and two conversions where it is a whole number, which
        /// amounts are; some 5 ns with decimals, and as much as a text takes where it has more
        /// than six of them.
        @inline(__always)
        func callAsFunction(_ row: Int) -> DecimalNumber? {
            guard let column else { return number }
            let value = column[row]
            if value.magnitude < 1e15 {
                let whole = Int(value)
                if Double(whole) == value { return DecimalNumber(whole) }
            }
            return value.isFinite ? DecimalNumber(shortest: value) : nil
        }
    }

    var amount = Source()
    var ordersNotInvoiced = Source()
    var toInvoice = Source()
    var openInvoices = Source()
    var deposits = Source()
    var yearlyPurchases = Source()
    var forecastSales = Source()
    var forecastMonths = Source()
    var netWorth = Source()
    var equity = Source()
    var ownTurnover = Source()
    var bureauLimit = Source()
    var insurerCover = Source()
    var groupExposure = Source()
    var probability = Source()
    var marginRate = Source()
    var approachCost = Source()

    /// Finds each figure.
    init(_ find: (PolicyFigure) -> Source) {
        for figure in PolicyFigure.allCases {
            let source = find(figure)
            switch figure {
            case .amount: amount = source
            case .ordersNotInvoiced: ordersNotInvoiced = source
            case .toInvoice: toInvoice = source
            case .openInvoices: openInvoices = source
            case .deposits: deposits = source
            case .yearlyPurchases: yearlyPurchases = source
            case .forecastSales: forecastSales = source
            case .forecastMonths: forecastMonths = source
            case .netWorth: netWorth = source
            case .equity: equity = source
            case .ownTurnover: ownTurnover = source
            case .bureauLimit: bureauLimit = source
            case .insurerCover: insurerCover = source
            case .groupExposure: groupExposure = source
            case .probability: probability = source
            case .marginRate: marginRate = source
            case .approachCost: approachCost = source
            }
        }
    }
}
