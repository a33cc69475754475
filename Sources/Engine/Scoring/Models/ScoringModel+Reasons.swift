// SPDX-License-Identifier: Apache-2.0

// The reasons of scored rows: contributions of some rows at a time, and the largest of each row.

internal import VigieLimits

extension ScoringModel {
    /// Appends the reasons of a batch's rows: `result.reasonCount` for each.
    ///
    /// - Parameters:
    ///   - features: The features of the batch.
    ///   - rawScores: Raw score of each row; a row without one (NaN) has no reasons.
    ///   - givesValues: Whether the features' values go there, too.
    ///   - workspace: Scratch of the calling thread.
    ///   - result: Where the reasons go.
    func appendReasons(
        _ features: FeatureRows,
        rawScores: UnsafeBufferPointer<Double>,
        givesValues: Bool,
        workspace: ScoringWorkspace,
        result: ScoreColumns
    ) {
        let count = result.reasonCount
        let chosen = UnsafeMutableBufferPointer(
            start: workspace.reasonFeatures.reserve(count),
            count: count
        )
        let rowsMaximum = max(1, ScoringLimits.contributionsPerChunk / featureCount)
        for first in stride(from: 0, to: rawScores.count, by: rowsMaximum) {
            let rows = first..<min(first + rowsMaximum, rawScores.count)
            let contributions = workspace.contributions.reserve(rows.count * featureCount)
            form.contributions(features, rows: rows, output: contributions, workspace: workspace)
            for row in rows {
                guard !rawScores[row].isNaN else {
                    result.reasonFeatures.append(contentsOf: repeatElement(0, count: count))
                    result.reasonContributions.append(contentsOf: repeatElement(.nan, count: count))
                    if givesValues {
                        result.reasonValues.append(contentsOf: repeatElement(.nan, count: count))
                    }
                    continue
                }
                let own = UnsafeBufferPointer(
                    start: contributions + (row - first) * featureCount,
                    count: featureCount
                )
                selectLargest(own, into: chosen)
                result.reasonFeatures.append(contentsOf: chosen)
                for feature in chosen {
                    result.reasonContributions.append(
                        scale.calibration.slope * own[Int(feature)]
                    )
                    if givesValues {
                        result.reasonValues.append(features.value(row: row, of: Int(feature)))
                    }
                }
            }
        }
    }
}

/// Finds the places of the values of largest magnitude, largest first, equal ones in their
/// order, by insertion: few are asked for, and most values are not among them.
private func selectLargest(
    _ values: UnsafeBufferPointer<Double>,
    into chosen: UnsafeMutableBufferPointer<UInt32>
) {
    var filled = 0
    // Magnitude of the last of those chosen once there are enough; larger ones take its place.
    var least = -1.0
    for index in values.indices {
        let magnitude = abs(values[index])
        guard magnitude > least else { continue }
        var place = filled == chosen.count ? filled - 1 : filled
        while place > 0 && magnitude > abs(values[Int(chosen[place - 1])]) {
            chosen[place] = chosen[place - 1]
            place -= 1
        }
        chosen[place] = UInt32(index)
        filled = min(filled + 1, chosen.count)
        if filled == chosen.count { least = abs(values[Int(chosen[filled - 1])]) }
    }
    // What is no number is larger than none, and comes last.
    guard filled < chosen.count else { return }
    for index in values.indices where values[index].isNaN && filled < chosen.count {
        chosen[filled] = UInt32(index)
        filled += 1
    }
}
