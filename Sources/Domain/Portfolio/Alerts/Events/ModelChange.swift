// SPDX-License-Identifier: Apache-2.0

// What another model did to a portfolio, as one event: the scores of the same facts by both models,
// in counts that can be added up block by block and are exact.

package import Documents

/// What another model made of the same facts.
package struct ModelChange: Sendable, Equatable {
    /// Companies that both models score.
    package internal(set) var companies = 0
    /// Companies that only the model before scored.
    package internal(set) var lost = 0
    /// Companies that only the new model scores.
    package internal(set) var gained = 0
    /// Alerts that the model alone raised.
    package var opened = 0
    /// Alerts that it alone cleared.
    package var closed = 0
    /// How many companies moved from which class to which.
    package internal(set) var classMoves: [ClassMove: Int] = [:]

    /// How many companies moved by how many points.
    var moves: [Int: Int] = [:]

    /// A class before and after.
    package struct ClassMove: Sendable, Hashable, Comparable {
        /// By the model before.
        package let from: Int
        /// By the new one.
        package let to: Int

        /// Takes both.
        package init(from: Int, to: Int) { (self.from, self.to) = (from, to) }

        /// By the class before, then by the new one.
        package static func < (left: ClassMove, right: ClassMove) -> Bool {
            (left.from, left.to) < (right.from, right.to)
        }
    }

    /// Nothing was compared yet.
    package init() {}

    /// Adds a company: its scores and classes by both models; no number where there is none.
    package mutating func add(
        oldScore: Double,
        newScore: Double,
        oldClass: Double,
        newClass: Double
    ) {
        switch (Int(exactly: oldScore.rounded()), Int(exactly: newScore.rounded())) {
        case (nil, nil): return
        case (nil, _): gained += 1
        case (_, nil): lost += 1
        case (let old?, let new?):
            companies += 1
            moves[new &- old, default: 0] += 1
            if let from = Int(exactly: oldClass), let to = Int(exactly: newClass) {
                classMoves[ClassMove(from: from, to: to), default: 0] += 1
            }
        }
    }

    /// Adds what was counted elsewhere.
    package mutating func add(_ other: ModelChange) {
        companies += other.companies
        (lost, gained) = (lost + other.lost, gained + other.gained)
        (opened, closed) = (opened + other.opened, closed + other.closed)
        moves.merge(other.moves, uniquingKeysWith: +)
        classMoves.merge(other.classMoves, uniquingKeysWith: +)
    }

    /// The mean change of the score; 0 without companies.
    package var mean: Double {
        guard companies > 0 else { return 0 }
        return moves.reduce(0) { $0 + Double($1.key) * Double($1.value) } / Double(companies)
    }

    /// The least change that so great a part of the companies has at most; nil without companies.
    ///
    /// - Parameter part: From 0 to 1: 0.5 for the median.
    package func quantile(_ part: Double) -> Int? {
        let wanted = max(1, Int((min(max(part, 0), 1) * Double(companies)).rounded(.up)))
        var count = 0
        for (move, companies) in moves.sorted(by: { $0.key < $1.key }) {
            count += companies
            if count >= wanted { return move }
        }
        return nil
    }
}

extension ModelChange {
    private static let parts = [0.05, 0.25, 0.5, 0.75, 0.95]

    /// The distribution as a document, beside the portfolio's event.
    package var json: String { document().text }

    /// The same before it is written, to be a part of another one.
    ///
    /// - Parameter movesMost: Moves from class to class: of more the most frequent.
    package func document(movesMost: Int = .max) -> JSONValue {
        let quantiles = Self.parts.map { part in
            JSONValue.object([
                "part": .number(part),
                "points": quantile(part).map { .digits("\($0)") } ?? .null,
            ])
        }
        let moved = classMoves.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .prefix(movesMost).sorted { $0.key < $1.key }
        let classes = moved.map { move, count in
            JSONValue.object([
                "from": .digits("\(move.from)"), "to": .digits("\(move.to)"),
                "companies": .digits("\(count)"),
            ])
        }
        return JSONValue.object([
            "format": .string("vigie-model-change/1"), "companies": .digits("\(companies)"),
            "lost": .digits("\(lost)"), "gained": .digits("\(gained)"),
            "alerts_opened": .digits("\(opened)"), "alerts_closed": .digits("\(closed)"),
            "mean_points": .number(mean), "quantiles": .array(quantiles),
            "class_moves": .array(classes),
        ])
    }
}
