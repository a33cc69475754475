// SPDX-License-Identifier: Apache-2.0

// How a value's bin is found: by going down a tree over the thresholds.

internal import CForest

/// Bit planes of the bins of so many thresholds: 2 to 8, so that all ones, the bin of NaN, is
/// above the bins of numbers.
func planeCount(thresholds: Int) -> Int {
    (2...8).first { 1 << $0 > thresholds + 1 } ?? 8
}

/// The search tree over ascending thresholds, in 256 places: node 1 is the root, the children of
/// node i are 2i and 2i + 1, and infinities, which only NaN exceeds, stand in for missing ones.
func searchTree<Value: BinaryFloatingPoint>(_ thresholds: [Value], planeCount: Int) -> [Value] {
    var tree = [Value](repeating: .infinity, count: 256)
    for level in 0..<planeCount {
        let width = 1 << (planeCount - level)
        for node in 0..<1 << level {
            let rank = node * width + width / 2 - 1
            if rank < thresholds.count { tree[(1 << level) + node] = thresholds[rank] }
        }
    }
    return tree
}

/// The thresholds as one row searches them: every sixteenth of 256, then all of them, in ascending
/// order with infinities, which only NaN exceeds, in place of missing ones.
func searchRanks<Value: BinaryFloatingPoint>(_ thresholds: [Value]) -> [Value] {
    let missing = 256 - thresholds.count
    let all = thresholds + [Value](repeating: .infinity, count: missing)
    return (0..<16).map { all[16 * $0 + 15] } + all
}
