// SPDX-License-Identifier: Apache-2.0

// What can be missing, a bit for each.

internal import Policies

/// Names of what can be missing, with their bits.
struct MissingNames {
    private(set) var names: [String] = []

    /// What stands for all names for which there is no bit left.
    private static let others = "others"

    /// The bit of a name.
    mutating func bit(_ name: String) -> UInt64 {
        if let place = names.firstIndex(of: name) { return 1 << UInt64(place) }
        let isFull = names.count >= UInt64.bitWidth - 1
        if isFull, names.count >= UInt64.bitWidth { return 1 << UInt64(UInt64.bitWidth - 1) }
        names.append(isFull ? Self.others : name)
        return 1 << UInt64(names.count - 1)
    }
}

/// The bits that the calculation sets.
struct MissingBits {
    let amount: UInt64
    let ordersNotInvoiced: UInt64
    let toInvoice: UInt64
    let openInvoices: UInt64
    let yearlyPurchases: UInt64
    let forecastSales: UInt64
    let forecastMonths: UInt64
    let netWorth: UInt64
    let equity: UInt64
    let bureauLimit: UInt64
    let ownTurnover: UInt64
    /// Of decisions that say nothing; 0 for those that the policy does not have.
    let need: UInt64
    let limit: UInt64
    let terms: UInt64
    /// Of a limit that cannot be computed.
    let computed: UInt64

    init(_ policy: Policy, _ names: inout MissingNames) {
        func figure(_ figure: PolicyFigure) -> UInt64 { names.bit(figure.rawValue) }
        func decision(_ question: PolicyQuestion) -> UInt64 {
            policy.manifest.decisions[question].map { names.bit($0) } ?? 0
        }
        amount = figure(.amount)
        ordersNotInvoiced = figure(.ordersNotInvoiced)
        toInvoice = figure(.toInvoice)
        openInvoices = figure(.openInvoices)
        yearlyPurchases = figure(.yearlyPurchases)
        forecastSales = figure(.forecastSales)
        forecastMonths = figure(.forecastMonths)
        netWorth = figure(.netWorth)
        equity = figure(.equity)
        bureauLimit = figure(.bureauLimit)
        ownTurnover = figure(.ownTurnover)
        (need, limit, terms) = (decision(.need), decision(.limit), decision(.terms))
        computed = names.bit("limit")
    }
}
