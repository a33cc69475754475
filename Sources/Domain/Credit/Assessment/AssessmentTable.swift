// SPDX-License-Identifier: Apache-2.0

// Thresholds of assessments, as a table that people keep.

internal import CCreditData
internal import CreditFacts

/// How far an assessment is to be trusted, by how much is known: A for most, G for nothing.
package enum Confidence: String, Sendable, CaseIterable, Comparable {
    case a = "A"
    case b = "B"
    case c = "C"
    case d = "D"
    case e = "E"
    case f = "F"
    case g = "G"

    /// Whether one is higher, that is nearer to A.
    package static func < (left: Confidence, right: Confidence) -> Bool {
        left.rawValue > right.rawValue
    }

    /// The next lower one.
    var lower: Confidence {
        let place = Self.allCases.firstIndex(of: self) ?? 0
        return Self.allCases[min(place + 1, Self.allCases.count - 1)]
    }
}

/// The thresholds.
package struct AssessmentTable: Sendable {
    /// What a degree of confidence asks for.
    struct Depth: Sendable {
        var confidence: Confidence
        var statements: Int
        /// Greatest age of the last statement, in months; nil where none is needed.
        var ageMonths: Int?
        var payments: Int
    }

    /// The thresholds that come with the product.
    package static let standard = AssessmentTable(FactTable.rows(vigie_assessment))

    private(set) var depths: [Depth] = []
    /// The best class that a company may have, by confidence.
    private(set) var classBest: [Confidence: UInt32] = [:]
    /// Payment index and the log-odds that it adds, from the best to the worst.
    private(set) var paymentNodes: [(index: Double, logOdds: Double)] = []
    /// What is added to log-odds by how many years a bundle was shown, by "name@version/years":
    /// the segment's own calibration.
    private(set) var depthLogOdds: [String: Double] = [:]
    /// With more items of the last year missing the card of few ratios is taken.
    private(set) var itemsMissingMaximum = 0

    /// Names of the figures whose course over the years is told.
    private(set) var trends: [String] = []

    private init(_ rows: [[String]]) {
        for row in rows where row.count == 6 {
            switch row[0] {
            case "confidence":
                guard let confidence = Confidence(rawValue: row[1]), let years = Int(row[2]),
                    let payments = Int(row[4])
                else { continue }
                depths.append(
                    Depth(
                        confidence: confidence,
                        statements: years,
                        ageMonths: Int(row[3]),
                        payments: payments
                    )
                )
            case "class_best":
                if let confidence = Confidence(rawValue: row[1]) {
                    classBest[confidence] = UInt32(row[2])
                }
            case "payment":
                guard let index = Double(row[1]), let logOdds = Double(row[2]) else { continue }
                paymentNodes.append((index, logOdds))
            case "depth": depthLogOdds[row[1]] = Double(row[2])
            case "trend": trends.append(row[1])
            case "items_max_missing": itemsMissingMaximum = Int(row[2]) ?? 0
            default: continue
            }
        }
    }

    /// The log-odds that a payment index adds: a straight line between the nodes, so never less
    /// for a worse index.
    package func logOdds(paymentIndex index: Double) -> Double {
        guard let best = paymentNodes.first, let worst = paymentNodes.last, index == index else {
            return 0
        }
        if index >= best.index { return best.logOdds }
        for (better, worse) in zip(paymentNodes, paymentNodes.dropFirst())
        where index >= worse.index {
            let part = (better.index - index) / (better.index - worse.index)
            return better.logOdds + part * (worse.logOdds - better.logOdds)
        }
        return worst.logOdds
    }

    /// How far what is known of a company reaches.
    func confidence(statements: Int, ageMonths: Int?, payments: Int) -> Confidence {
        let found = depths.first { depth in
            guard statements >= depth.statements, payments >= depth.payments else { return false }
            guard let most = depth.ageMonths else { return true }
            return ageMonths.map { $0 <= most } ?? false
        }
        return found?.confidence ?? .g
    }
}
