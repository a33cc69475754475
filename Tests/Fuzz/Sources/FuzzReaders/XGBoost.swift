// SPDX-License-Identifier: Apache-2.0

// Reads the input as a model; what is read must score the same both ways.

import Forest
import Formulas
import ModelFormats

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_xgboost")
func fuzzXGBoost(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let program = try? XGBoostReader.read(bytes) else { return 0 }
    let width = program.inputs.count
    // Wide models are sound, but rows of them would only be slow.
    guard width <= 64, program.registerCount <= 256 else { return 0 }
    guard case .trees(let ensemble, _) = program.steps.first else {
        _ = ReferenceProgram(program).outputs(row: [Double](repeating: 1, count: width))
        return 0
    }
    // Thresholds of the model among the values, so that rows fall on both sides.
    let thresholds = ensemble.thresholds.prefix(500)
    let values = thresholds + thresholds.map { Double(Float($0).nextUp) } + [.nan, 0, -1, 5, 1e9]
    let rows = (0..<9 * width).map { Float(values[$0 % values.count]) }
    check(ensemble, rows: rows, width: width)
    _ = ReferenceProgram(program).outputs(row: rows[..<width].map(Double.init))
    return 0
}

private func check(_ ensemble: TreeEnsemble, rows: [Float], width: Int) {
    var scores = [Double](repeating: 0, count: 9 * ensemble.outputCount)
    ForestPlan(ensemble).rawScores(rows: rows, rowCount: 9, rowStride: width, output: &scores)
    let scorer = ReferenceScorer(ensemble)
    for row in 0..<9 {
        let expected = scorer.rawScores { Double(rows[row * width + $0]) }
        let found = scores[row * ensemble.outputCount..<(row + 1) * ensemble.outputCount]
        precondition(
            zip(found, expected).allSatisfy {
                $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN)
            },
            "plan and reference differ"
        )
    }
}
