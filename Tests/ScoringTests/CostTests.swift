// SPDX-License-Identifier: Apache-2.0

// Times the row path of the default model. Figures mean something only in a release
// build on a quiet machine:
//
//     VIGIE_BENCH=1 swift test -c release --filter ScoringTests.CostTests

import Foundation
import Scoring
import TestRandomness
import Testing
import VigieLimits

/// Nanoseconds of this thread's processor time that `body` takes; others' load does not count.
private func nanoseconds(_ body: () -> Void) -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
    let start = now()
    body()
    return now() - start
}

@Suite(
    "Cost",
    .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["VIGIE_BENCH"] != nil)
)
struct CostTests {
    /// Nanoseconds a row, the best of several runs over `rowCount` rows.
    private func measure(
        _ model: ScoringModel,
        columns: [String],
        rowCount: Int,
        request: ScoreRequest
    ) throws -> Double {
        var generator = SeededGenerator(seed: 9)
        let binding = try model.bind(columns: columns)
        let values = (0..<rowCount * binding.columnCount).map { _ in
            Double.random(in: 1...100, using: &generator)
        }
        let workspace = ScoringWorkspace()
        let result = ScoreColumns()
        var best = Double.infinity
        try values.withUnsafeBufferPointer { buffer in
            let block = try RowBlock(
                rowCount: rowCount,
                columnCount: binding.columnCount,
                layout: .rowMajor,
                values: .float64(buffer)
            )
            for _ in 0..<15 {
                result.removeAll()
                let time = nanoseconds {
                    model.scoreRows(
                        block,
                        rows: 0..<rowCount,
                        binding: binding,
                        request: request,
                        workspace: workspace,
                        result: result
                    )
                }
                best = min(best, time / Double(rowCount))
            }
        }
        #expect(!result.hasUnscored)
        return best
    }

    @Test("estimates are near what is measured")
    func bundled() throws {
        for model in try ScoringModel.bundledModels() {
            for (name, rowCount, request) in [
                ("all answers", 4096, ScoreRequest()),
                ("all answers, one row", 1, ScoreRequest()),
                ("5 reasons", 256, ScoreRequest(reasonCount: 5)),
            ] {
                let found = try measure(model, columns: [], rowCount: rowCount, request: request)
                let estimate =
                    model.estimatedNanoseconds(rowCount: rowCount, request: request)
                    / Double(rowCount)
                print(
                    "\(model.manifest.name), \(name): \(Int(found)) ns/row, "
                        + "estimated \(Int(estimate))"
                )
                #expect(found < 4 * estimate && estimate < 4 * found)
            }
        }
    }

    @Test("the expressions of the default model")
    func expressions() throws {
        let program = try #require(try ScoringModel.bundledModels()[0].program)
        let rowCount = ScoringLimits.rowsPerChunk
        var registers = [Double](repeating: 1.5, count: program.registerCount * rowCount)
        var features = [Float](repeating: 0, count: program.featureCount * rowCount)
        var best = Double.infinity
        for _ in 0..<200 {
            let time = nanoseconds {
                program.run(registers: &registers, rowCount: rowCount, features: &features)
            }
            best = min(best, time / Double(rowCount))
        }
        print(
            "\(program.operationCount) operations, \(program.registerCount) registers: "
                + "\(Int(best)) ns/row"
        )
        #expect(best < 10_000)
    }
}
