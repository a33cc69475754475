// SPDX-License-Identifier: Apache-2.0

// Blocks have the scores that the same rows get one by one, whatever stands in them.

import ScoreHistory
import Scoring
import TestModels
import TestRandomness
import Testing
import UniverseBlocks

@Suite struct ScorerTests {
    @Test(arguments: [0, 1, 700, 5_000])
    func blocksAreScoredAsRows(_ slotCount: Int) throws {
        let bundle = TreeBundle()
        let model = try bundle.load()
        let rows = bundle.rows(slotCount)
        var random = SeededGenerator(seed: slotCount)
        let names = bundle.columns.shuffled(using: &random)
        let columns = [UniverseColumn("stamp", .mark)] + names.map { UniverseColumn($0, .number) }
        var block = try makeBlock(slotCount, columns.count)
        let absent = Set((0..<slotCount).filter { _ in random.once(in: 9) })
        block.withMutableColumns { target in
            for slot in 0..<slotCount where !absent.contains(slot) {
                target[0][slot] = 1
                for (place, name) in names.enumerated() {
                    let value = rows[slot * bundle.columnCount + Int(name.dropFirst())!]
                    target[2 + place].assumingMemoryBound(to: UInt32.self)[slot] =
                        InputLayout.bits(value)
                }
            }
        }
        let scores = try UniverseScorer(model, columns, texts: []).score(block)
        #expect(scores.slotCount == slotCount)
        let binding = try model.bind(columns: bundle.columns)
        for slot in 0..<slotCount {
            let row = Array(rows[slot * bundle.columnCount..<(slot + 1) * bundle.columnCount])
            let expected = absent.contains(slot) ? nil : try one(row, model, binding)
            #expect(scores.score(slot) == (expected ?? noCompany))
        }
    }

    /// A row alone, row by row, as everybody scores it.
    private func one(
        _ row: [Float],
        _ model: ScoringModel,
        _ binding: ColumnBinding
    ) throws -> SlotScore {
        let result = Scoring.ScoreColumns()
        try row.withUnsafeBufferPointer { values in
            let block = try RowBlock(
                rowCount: 1,
                columnCount: values.count,
                layout: .rowMajor,
                values: .float32(values)
            )
            model.scoreRows(
                block,
                rows: 0..<1,
                binding: binding,
                request: ScoreRequest(),
                workspace: ScoringWorkspace(),
                result: result
            )
        }
        guard result.outcomes == [1] else {
            return SlotScore(score: SlotScore.noScore, riskClass: 0, outcome: 2)
        }
        return SlotScore(
            score: UInt16(result.scores[0]),
            riskClass: UInt8(result.riskClasses[0]),
            outcome: 1
        )
    }

    private let noCompany = SlotScore(score: 0, riskClass: 0, outcome: 0)

    @Test func aBlockFromBeforeAColumnWasAddedHasItMissing() throws {
        let bundle = TreeBundle()
        let model = try bundle.load()
        let columns = bundle.columns.map { UniverseColumn($0, .number) }
        var old = try makeBlock(3, 20)
        old.withMutableColumns { target in
            for slot in 0..<3 { target[0][slot] = 1 }
        }
        let scorer = try UniverseScorer(model, columns, texts: [])
        let layout = try #require(InputLayout.layout(inputCount: 21))
        let fills = [0] + [UInt32](repeating: InputLayout.missing, count: 21)
        let wide = old.widened(to: layout, filling: fills)
        #expect(try scorer.score(old) == scorer.score(wide))
        wide.withColumns { columns in
            #expect(columns[21].assumingMemoryBound(to: Float.self)[2].isNaN)
            #expect(columns[20].assumingMemoryBound(to: Float.self)[2] == 0)
        }
    }

    @Test func aCodeThatNoTextHasIsTold() throws {
        for model in try ScoringModel.bundledModels() {
            guard let text = model.inputColumns.first(where: { $0.categories != nil }) else {
                continue
            }
            let numbers = model.inputColumns.filter { $0.categories == nil }.map(\.name)
            let columns =
                [UniverseColumn(text.name, .text)] + numbers.map { UniverseColumn($0, .number) }
            let scorer = try UniverseScorer(model, columns, texts: [[Array("62.01Z".utf8)]])
            var block = try makeBlock(2, columns.count)
            block.withMutableColumns { $0[1].assumingMemoryBound(to: UInt32.self)[1] = 1 }
            _ = try scorer.score(block)
            block.withMutableColumns { $0[1].assumingMemoryBound(to: UInt32.self)[1] = 2 }
            let problem = #expect(throws: UniverseProblem.self) { try scorer.score(block) }
            #expect(problem?.code == .damaged)
        }
    }

    @Test func columnsThatNoModelKnowsDoNotFit() throws {
        let model = try TreeBundle().load()
        for columns in [[], [UniverseColumn("f0", .mark)], [UniverseColumn("other", .number)]] {
            let problem = #expect(throws: UniverseProblem.self) {
                try UniverseScorer(model, columns, texts: [])
            }
            #expect(problem?.code == .unfit)
        }
    }

    @Test func scoresStandForProbabilities() throws {
        let model = try TreeBundle().load()
        let scale = model.scoreProbabilities()
        #expect(scale.count == model.manifest.scoreScale.maximum + 1)
        let rows = TreeBundle().rows(200)
        let result = Scoring.ScoreColumns()
        try rows.withUnsafeBufferPointer { values in
            let block = try RowBlock(
                rowCount: 200,
                columnCount: 21,
                layout: .rowMajor,
                values: .float32(values)
            )
            model.scoreRows(
                block,
                rows: 0..<200,
                binding: try model.bind(columns: TreeBundle().columns),
                request: ScoreRequest(),
                workspace: ScoringWorkspace(),
                result: result
            )
        }
        let scores = model.manifest.scoreScale
        for (row, score) in result.scores.enumerated()
        where Int(score) > scores.minimum && Int(score) < scores.maximum
            && result.outcomes[row] == 1
        {
            // Within the half of a point by which a score is rounded.
            let odds = scale[Int(score)] / (1 - scale[Int(score)])
            let own = result.probabilities[row] / (1 - result.probabilities[row])
            let points = 1 / scores.pointsToDoubleOdds
            #expect(abs(odds / own - 1) < 0.71 * points)
        }
    }
}

func makeBlock(_ slotCount: Int, _ inputCount: Int) throws -> ColumnBlock {
    ColumnBlock(try #require(InputLayout.layout(inputCount: inputCount)), slotCount: slotCount)
}
