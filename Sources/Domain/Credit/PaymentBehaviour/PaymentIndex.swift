// SPDX-License-Identifier: Apache-2.0

// Days beyond terms on a scale of 0 to 100, where 80 is prompt. Between the published nodes it is a
// straight line, which gives all 33 rows that are published of such a scale within a day, and those
// from 80 on and up to 50 exactly (dandb.com, glossary of payment scores; docusign FAQs of
// dnb.com).

/// The payment index.
package enum PaymentIndex {
    /// Index and days beyond terms, from the best to the worst.
    package static let nodes: [(index: Double, days: Double)] = [
        (100, -30), (90, -20), (80, 0), (70, 15), (60, 22), (50, 30), (40, 60), (30, 90), (20, 120),
        // Where the scale ends: what is published says only "below 20".
        (0, 180),
    ]

    /// The index of days beyond terms, not rounded; NaN for NaN.
    package static func index(daysBeyondTerms days: Double) -> Double {
        guard let best = nodes.first, let worst = nodes.last, days == days else { return .nan }
        if days <= best.days { return best.index }
        for (better, worse) in zip(nodes, nodes.dropFirst()) where days <= worse.days {
            let part = (days - better.days) / (worse.days - better.days)
            return better.index + part * (worse.index - better.index)
        }
        return worst.index
    }

    /// The days beyond terms of an index, rounded to whole days.
    package static func daysBeyondTerms(index: Double) -> Double {
        guard let best = nodes.first, let worst = nodes.last, index == index else { return .nan }
        if index >= best.index { return best.days }
        for (better, worse) in zip(nodes, nodes.dropFirst()) where index >= worse.index {
            let part = (better.index - index) / (better.index - worse.index)
            return (better.days + part * (worse.days - better.days)).rounded()
        }
        return worst.days
    }
}
