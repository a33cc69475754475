// SPDX-License-Identifier: Apache-2.0

// Reads the input as a model; what is read must score the same both ways.

import Forest
import Formulas
import ModelFormats

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_lightgbm")
func fuzzLightGBM(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = Array(UnsafeBufferPointer(start: start, count: count))
    guard let program = try? LightGBMTextReader.read(text),
        case .trees(let ensemble, _) = program.steps.first, ensemble.outputCount <= 256
    else { return 0 }
    let width = program.inputs.count
    // Thresholds of the model among the values, so that rows fall on both sides.
    let values = ensemble.thresholds + [.nan, 0, -1, 5, .infinity]
    let rows = (0..<9 * width).map { values[$0 % values.count] }
    checkScores(ensemble, rows: rows, width: width)
    _ = ReferenceProgram(program).outputs(row: Array(rows[..<width]))
    if ensemble.outputCount == 1, ensemble.linearLeaves.isEmpty {
        checkContributions(ensemble, row: Array(rows[..<width]))
    }
    return 0
}

private func checkScores(_ ensemble: TreeEnsemble, rows: [Double], width: Int) {
    let outputs = ensemble.outputCount
    var scores = [Double](repeating: 0, count: 9 * outputs)
    ForestPlan(ensemble).rawScores(rows: rows, rowCount: 9, rowStride: width, output: &scores)
    let scorer = ReferenceScorer(ensemble)
    for row in 0..<9 {
        let expected = scorer.rawScores { rows[row * width + $0] }
        precondition(
            zip(scores[row * outputs..<(row + 1) * outputs], expected).allSatisfy {
                $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN)
            },
            "plan and reference differ"
        )
    }
}

private func checkContributions(_ ensemble: TreeEnsemble, row: [Double]) {
    guard let explainer = try? TreeExplainer(ensemble) else { return }
    var output = [Double](repeating: 0, count: row.count * ensemble.outputCount)
    explainer.contributions(
        rows: row,
        rowCount: 1,
        rowStride: row.count,
        output: &output,
        workspace: TreeExplainerWorkspace()
    )
}
