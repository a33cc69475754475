// SPDX-License-Identifier: Apache-2.0

// Figures of a universe, against those computed by hand, however it is cut into blocks and parts.

import ScoreHistory
import Testing
import VigieLimits

@Suite struct UniverseFiguresTests {
    /// A universe in blocks of a size.
    struct Universe {
        var companies: [NaiveFigures.Company]

        init(slotCount: Int, changed thousandths: Int, _ dice: inout Dice) {
            companies = (0..<slotCount).map { _ in
                let before = SlotScore.random(&dice)
                let after = dice.happens(thousandths) ? SlotScore.random(&dice) : before
                return NaiveFigures.Company(
                    before: before,
                    after: after,
                    cents: dice.happens(10)
                        ? HistoryLimits.exposureCents - 1 : Int64(dice.next() >> 40)
                )
            }
        }

        func figures(
            _ slots: Range<Int>,
            blockSlots: Int,
            movers: Int
        ) throws -> UniverseFigures {
            var figures = UniverseFigures(moverCount: movers)
            for first in stride(from: slots.lowerBound, to: slots.upperBound, by: blockSlots) {
                let part = companies[first..<min(first + blockSlots, slots.upperBound)]
                var before = ColumnBlock.scores(slotCount: part.count)
                var after = before
                before.setScores(part.map(\.before))
                after.setScores(part.map(\.after))
                try part.map(\.cents).withUnsafeBufferPointer {
                    try figures.add(before: before, after: after, exposures: $0, firstSlot: first)
                }
            }
            return figures
        }
    }

    @Test(arguments: [0, 1, 63, 700], [0, 20, 1_000])
    func saysWhatOneComputesByHand(slotCount: Int, thousandths: Int) throws {
        var dice = Dice(slotCount + thousandths)
        let universe = Universe(slotCount: slotCount, changed: thousandths, &dice)
        let naive = NaiveFigures(companies: universe.companies)
        let figures = try universe.figures(0..<slotCount, blockSlots: 256, movers: 5)
        let classes: [UInt8?] = Array(0...11) + [255, nil]
        for from in classes {
            for to in classes where from != nil || to != nil {
                #expect(
                    figures.migration.companies(from: row(from), to: row(to))
                        == naive.companies(from: from, to: to)
                )
            }
            #expect(figures.exposureCents(ofClass: row(from)) == Double(naive.exposure(from)))
        }
        // No company vanishes: the rows are those of the first day, the columns of the second.
        let rows = (0..<256).reduce(0) { $0 + figures.migration.before($1) }
        let columns = (0..<256).reduce(0) { $0 + figures.migration.after($1) }
        #expect(rows == universe.companies.count(where: \.before.isCompany))
        #expect(columns == universe.companies.count(where: \.after.isCompany))
        try check(figures, naive)
        for up in [true, false] {
            let movers = up ? figures.movers.risen : figures.movers.fallen
            #expect(
                movers.map { [$0.slot, Int($0.after) - Int($0.before)] }
                    == naive.movers(5, up: up)
            )
        }
    }

    private func row(_ riskClass: UInt8?) -> Int {
        riskClass.map(Int.init) ?? MigrationMatrix.noCompany
    }

    private func check(_ figures: UniverseFigures, _ naive: NaiveFigures) throws {
        for probabilities in [[], [0.5], (0...900).map { $0 == 7 ? .nan : 1 / Double($0 + 2) }] {
            let (loss, expected) = (figures.loss(probabilities), naive.expected(probabilities))
            #expect(loss.exposureCents == expected.exposure)
            #expect(loss.unratedCents == expected.unrated)
            #expect(abs(loss.expectedCents - expected.loss) <= 1e-12 * expected.loss)
            if loss.exposureCents > 0 {
                let probability = try #require(loss.probability)
                #expect(abs(probability - expected.loss / expected.exposure) < 1e-12)
            } else {
                #expect(loss.probability == nil)
            }
        }
        if let concentration = figures.concentration {
            #expect(abs(concentration - naive.concentration) < 1e-12)
        } else {
            #expect(naive.companies.allSatisfy { !$0.after.isCompany || $0.cents == 0 })
        }
    }

    @Test func areTheSameHoweverTheUniverseIsCut() throws {
        var dice = Dice(77)
        let universe = Universe(slotCount: 1_000, changed: 500, &dice)
        let whole = try universe.figures(0..<1_000, blockSlots: 1_000, movers: 20)
        for cut in [0, 1, 333, 1_000] {
            var parts = try universe.figures(cut..<1_000, blockSlots: 77, movers: 20)
            parts.merge(try universe.figures(0..<cut, blockSlots: 64, movers: 20))
            #expect(parts.migration == whole.migration)
            #expect(parts.movers.risen == whole.movers.risen)
            #expect(parts.movers.fallen == whole.movers.fallen)
            #expect(parts.loss([0.1, 0.2]) == whole.loss([0.1, 0.2]))
            #expect(parts.concentration == whole.concentration)
        }
    }

    @Test func companiesComeAndGo() throws {
        let company = SlotScore(score: 500, riskClass: 4, outcome: 1)
        var short = ColumnBlock.scores(slotCount: 1)
        short.setScores([company])
        var long = ColumnBlock.scores(slotCount: 3)
        long.setScores([company, company, company])
        var figures = UniverseFigures(moverCount: 3)
        // Two come in slots that were not there before; then the block has fewer slots again.
        try figures.add(before: short, after: long, firstSlot: 0)
        try figures.add(before: long, after: short, firstSlot: 0)
        let gone = MigrationMatrix.noCompany
        #expect(figures.migration.companies(from: gone, to: 4) == 2)
        #expect(figures.migration.companies(from: 4, to: gone) == 2)
        #expect(figures.migration.companies(from: 4, to: 4) == 2)
        #expect(figures.migration.companies(from: gone, to: gone) == 0)
        #expect(figures.migration.companies(from: 4, to: 300) == 0)
        #expect(figures.movers.risen.isEmpty)
        #expect(figures.concentration == nil)
    }

    @Test func refusesExposuresThatCannotBe() throws {
        let block = ColumnBlock.scores(slotCount: 3)
        for cents in [-1, .min, HistoryLimits.exposureCents, .max] {
            var figures = UniverseFigures(moverCount: 1)
            #expect(throws: ExposureProblem.self) {
                try [0, cents, 0].withUnsafeBufferPointer {
                    try figures.add(before: block, after: block, exposures: $0, firstSlot: 65_536)
                }
            }
            #expect(figures == UniverseFigures(moverCount: 1))
        }
    }

    @Test func keepsNoMoreMoversThanTheLimit() throws {
        let count = HistoryLimits.movers + 10
        var before = ColumnBlock.scores(slotCount: count)
        var after = before
        before.setScores((0..<count).map { _ in SlotScore(score: 1, riskClass: 1, outcome: 1) })
        after.setScores((0..<count).map { _ in SlotScore(score: 2, riskClass: 1, outcome: 1) })
        var figures = UniverseFigures(moverCount: .max)
        try figures.add(before: before, after: after, firstSlot: 0)
        // Of equal ones the first.
        #expect(figures.movers.risen.map(\.slot) == Array(0..<HistoryLimits.movers))
        var none = UniverseFigures(moverCount: -1)
        try none.add(before: before, after: after, firstSlot: 0)
        #expect(none.movers.risen.isEmpty)
    }
}
