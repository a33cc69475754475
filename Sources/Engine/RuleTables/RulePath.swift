// SPDX-License-Identifier: Apache-2.0

// The ways to find rules on this processor.

internal import CRuleTables

/// A way to find rules. All find the same.
package enum RulePath: Sendable, CaseIterable {
    /// Plain C.
    case portable
    /// 256 rules at a time, with AVX2.
    case avx2

    /// Whether this processor can go this way.
    package var runsHere: Bool { vigie_rules_run(way) }

    /// The fastest way on this processor.
    package static let best: RulePath = [.avx2, .portable].first(where: \.runsHere) ?? .portable

    /// The way in CRuleTables.
    var way: vigie_rules_way {
        switch self {
        case .portable: vigie_rules_portable
        case .avx2: vigie_rules_avx2
        }
    }
}
