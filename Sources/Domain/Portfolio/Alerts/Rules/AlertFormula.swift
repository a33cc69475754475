// SPDX-License-Identifier: Apache-2.0

// The one number that a rule compares with its edges, and how it is made of quantities. A quantity
// that is missing is no number, and so is what is computed of it.

/// What a rule computes.
package enum AlertFormula: Sendable, Equatable {
    /// A quantity as it is.
    case value(AlertInput)
    /// The first without the second.
    case difference(AlertInput, AlertInput)
    /// How far both are from each other.
    case distance(AlertInput, AlertInput)
    /// The first over the second.
    case ratio(AlertInput, AlertInput)
    /// By how many hundredths of the second the first is greater.
    case growth(AlertInput, AlertInput)
    /// What is owed over limit and cover.
    case use
    /// 1 if any of the rule's events came, else 0.
    case events

    /// The quantities that it needs, in the order in which it takes them. Without a cover there is
    /// none, and nothing is missing.
    package var inputs: [AlertInput] {
        switch self {
        case .value(let one): [one]
        case .difference(let one, let other), .distance(let one, let other),
            .ratio(let one, let other), .growth(let one, let other):
            [one, other]
        case .use: [AlertInput(.exposure), AlertInput(.limit), AlertInput(.cover)]
        case .events: []
        }
    }

    /// The value of a reading; no number if anything is missing.
    func value(_ reading: AlertReading, _ events: [String]) -> Double {
        switch self {
        case .value(let one): reading[one]
        case .difference(let one, let other): reading[one] - reading[other]
        case .distance(let one, let other): abs(reading[one] - reading[other])
        case .ratio(let one, let other): Self.ratio(reading[one], reading[other])
        case .growth(let one, let other): Self.growth(reading[one], reading[other])
        case .use:
            Self.use(
                reading[AlertInput(.exposure)],
                reading[AlertInput(.limit)],
                reading[AlertInput(.cover)]
            )
        case .events:
            reading.legalEvents.map { $0.contains(where: events.contains) ? 1 : 0 } ?? .nan
        }
    }

    /// Of nothing there is no multiple.
    static func ratio(_ one: Double, _ other: Double) -> Double {
        other < 0 ? .nan : one / other
    }

    /// Growth in hundredths.
    static func growth(_ one: Double, _ other: Double) -> Double {
        (ratio(one, other) - 1) * 100
    }

    /// What is owed over limit and cover: 0 if nothing is, more than any number if nothing may be.
    static func use(_ exposure: Double, _ limit: Double, _ cover: Double) -> Double {
        let allowed = cover.isNaN ? limit : limit + cover
        guard !allowed.isNaN else { return .nan }
        if exposure <= 0 { return 0 }
        return allowed > 0 ? exposure / allowed : exposure.isNaN ? .nan : .infinity
    }
}

/// On which side of its edge a value raises an alert.
package enum AlertComparison: String, Sendable, CaseIterable {
    /// At the edge or above it; cleared below the other edge.
    case atLeast = "at_least"
    /// Above the edge; cleared at the other one or below it.
    case above
    /// Below the edge; cleared at the other one or above it.
    case below
    /// At the edge or below it; cleared above the other edge.
    case atMost = "at_most"

    /// Whether low values raise.
    package var isOfLowValues: Bool { self == .below || self == .atMost }
}

/// The edges of a rule, turned so that high is bad and one comparison tells each.
struct AlertEdges: Sendable, Equatable {
    /// 1, or -1 where low values raise.
    let sign: Double
    /// The least severity that raises.
    let raise: Double
    /// The least severity that does not clear.
    let clear: Double

    init(_ comparison: AlertComparison, raise: Double, clear: Double) {
        sign = comparison.isOfLowValues ? -1 : 1
        // What has to be passed is the next number there is.
        let isPassed = comparison == .above || comparison == .below
        self.raise = isPassed ? (sign * raise).nextUp : sign * raise
        self.clear = isPassed ? (sign * clear).nextUp : sign * clear
    }

    func severity(_ value: Double) -> Double { sign * value }
    func isOver(_ severity: Double) -> Bool { severity >= raise }
    func isClear(_ severity: Double) -> Bool { severity < clear }
}
