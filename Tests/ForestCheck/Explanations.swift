// SPDX-License-Identifier: Apache-2.0

// Contributions: compares them with LightGBM's own, and times them.

import Forest

/// Compares all paths' contributions with those expected, printing the greatest difference.
func checkContributions(_ arguments: [String]) throws -> Bool {
    let ensemble = try readTrees(arguments[1])
    let width = ensemble.featureCount + 1
    let rows = try readRows(arguments[2], as: Float.self, columnCount: ensemble.featureCount)
    let expected = try readValues(arguments[3], as: Double.self)
    try requireCount(rows.count * ensemble.outputCount * width, expected.count)
    // XGBoost reckons in float32.
    let scale = expected.reduce(1.0) { max($0, abs($1)) }
    let tolerance = ensemble.sum.isFloat32 ? 4e-6 * scale : 1e-10
    var isEqual = true
    for path in ForestPath.allCases where path.runsHere && path != .walk {
        let explainer = try TreeExplainer(ensemble, path: path)
        let found = rows.contributions(explainer, workspace: TreeExplainerWorkspace())
        var worst = 0.0
        // The base value comes after the contributions to each output of each row.
        for (place, value) in expected.enumerated() {
            let (output, feature) = (place / width, place % width)
            let own =
                feature == ensemble.featureCount
                ? explainer.baseValues[output % ensemble.outputCount]
                : found[output * ensemble.featureCount + feature]
            worst = max(worst, own.isNaN ? .infinity : abs(own - value))
        }
        print("rows \(rows.count), \(path): contributions differ by at most \(worst)")
        isEqual = isEqual && worst <= tolerance
    }
    return isEqual
}

/// Prints the times of explaining the rows; always true, so that it can end the program.
func printExplanationTimes(_ arguments: [String]) throws -> Bool {
    let ensemble = try readTrees(arguments[1])
    let start = processorNanoseconds()
    let path = try arguments.count == 4 ? readPath(arguments[3]) : .bestForExplaining
    let explainer = try TreeExplainer(ensemble, path: path)
    let milliseconds = (processorNanoseconds() - start) / 1e6
    print(
        "\(path), compiled in \(milliseconds) ms, "
            + "estimated ns/row \(explainer.costNanoseconds(rowCount: 1_000_000) / 1e6)"
    )
    let all = try readRows(arguments[2], as: Float.self, columnCount: ensemble.featureCount)
    let workspace = TreeExplainerWorkspace()
    let many = all.prefix(2048)
    many.report("contributions", times: 9) {
        _ = many.contributions(explainer, workspace: workspace)
    }
    let one = all.prefix(1)
    one.report("contributions of one row", times: 9) {
        _ = one.contributions(explainer, workspace: workspace)
    }
    return true
}

extension Rows<Float> {
    /// Contributions of all rows at once.
    fileprivate func contributions(
        _ explainer: TreeExplainer,
        workspace: TreeExplainerWorkspace
    ) -> [Double] {
        var output = [Double](repeating: .nan, count: count * columnCount * explainer.outputCount)
        explainer.contributions(
            rows: values,
            rowCount: count,
            rowStride: columnCount,
            output: &output,
            workspace: workspace
        )
        return output
    }

    /// The first rows.
    fileprivate func prefix(_ rowCount: Int) -> Rows {
        Rows(values: Array(values.prefix(rowCount * columnCount)), columnCount: columnCount)
    }
}
