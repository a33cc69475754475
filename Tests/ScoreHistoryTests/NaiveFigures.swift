// SPDX-License-Identifier: Apache-2.0

// Figures of a universe as one would compute them by hand: company by company, from values.

import ScoreHistory

struct NaiveFigures {
    struct Company {
        var before: SlotScore
        var after: SlotScore
        var cents: Int64
    }

    let companies: [Company]

    /// Companies from one class to another; nil stands for none.
    func companies(from: UInt8?, to: UInt8?) -> Int {
        companies.count {
            ($0.before.isCompany ? $0.before.riskClass : nil) == from
                && ($0.after.isCompany ? $0.after.riskClass : nil) == to
        }
    }

    func exposure(_ riskClass: UInt8?) -> Int64 {
        companies.filter { ($0.after.isCompany ? $0.after.riskClass : nil) == riskClass }
            .reduce(0) { $0 + $1.cents }
    }

    func expected(_ probabilities: [Double]) -> (exposure: Double, unrated: Double, loss: Double) {
        var sums = (exposure: 0.0, unrated: 0.0, loss: 0.0)
        for company in companies where company.after.isCompany {
            let score = Int(company.after.score)
            if company.after.score != SlotScore.noScore, score < probabilities.count,
                !probabilities[score].isNaN
            {
                sums.exposure += Double(company.cents)
                sums.loss += Double(company.cents) * probabilities[score]
            } else {
                sums.unrated += Double(company.cents)
            }
        }
        return sums
    }

    var concentration: Double {
        let owed = companies.filter(\.after.isCompany).map { Double($0.cents) }
        let total = owed.reduce(0, +)
        return owed.reduce(0) { $0 + $1 / total * ($1 / total) }
    }

    /// Slots and changes, the greatest first.
    func movers(_ count: Int, up: Bool) -> [[Int]] {
        let moved = companies.enumerated().compactMap { slot, company -> [Int]? in
            guard company.before.isCompany, company.after.isCompany,
                company.before.score != SlotScore.noScore,
                company.after.score != SlotScore.noScore
            else { return nil }
            let change = Int(company.after.score) - Int(company.before.score)
            return (up ? change > 0 : change < 0) ? [slot, change] : nil
        }
        let sorted = moved.sorted { (abs($0[1]), -$0[0]) > (abs($1[1]), -$1[0]) }
        return Array(sorted.prefix(count))
    }
}
