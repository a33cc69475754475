// SPDX-License-Identifier: Apache-2.0

// The ways to score an ensemble on this processor.

internal import CForest

/// A way to score. All give the same bits.
package enum ForestPath: Sendable, CaseIterable {
    /// Row by row through the nodes: any model, any processor.
    case walk
    /// 512 rows at a time, in plain C.
    case portable
    /// 512 rows at a time, with AVX2.
    case avx2
    /// 512 rows at a time, with AVX-512.
    case avx512
    /// 512 rows at a time, with AVX-512, VBMI and GFNI.
    case avx512Vbmi

    /// Whether this processor can go this way.
    package var runsHere: Bool { self == .walk || vigie_slice_runs(number) }

    /// The fastest way on this processor for a model that fits it, or the one that is ``forced``.
    package static let best: ForestPath =
        forced ?? [.avx512Vbmi, .avx512, .avx2, .portable].first(where: \.runsHere) ?? .walk

    /// Whether rows that are too few for a block go in tiles.
    var hasTiles: Bool { self != .walk && number >= Int32(vigie_slice_avx2) }

    /// How many trees a row alone goes through at once, if so many bins decide their splits; 0 if
    /// it is walked.
    func groupTrees(binCount: Int) -> Int {
        if number >= Int32(vigie_slice_avx512), vigie_row_groups_run() {
            return Int(vigie_row_sixteen)
        }
        guard number >= Int32(vigie_slice_avx2), vigie_row_eights_run() else { return 0 }
        return binCount <= Int(vigie_row_bins_max) ? Int(vigie_row_eight) : 0
    }

    /// Whether values of float64 are searched by the nearest float32 first.
    var searchesNearest: Bool { self == .avx2 }

    /// The number of the path in CForest.
    var number: Int32 {
        switch self {
        case .walk, .portable: Int32(vigie_slice_portable)
        case .avx2: Int32(vigie_slice_avx2)
        case .avx512: Int32(vigie_slice_avx512)
        case .avx512Vbmi: Int32(vigie_slice_avx512_vbmi)
        }
    }
}
