// SPDX-License-Identifier: Apache-2.0

// What states, events and severities are called: a table in French and English.

internal import CCreditData

/// Words for what has a name in facts.
package enum FactWords {
    private static let all: [String: [String]] = Dictionary(
        FactTable.rows(vigie_words).filter { $0.count == 3 }.map { ($0[0], Array($0[1...])) },
        uniquingKeysWith: { first, _ in first }
    )

    /// What a name is called; the name itself where the table lacks it.
    package static func text(_ name: String, inFrench: Bool) -> String {
        all[name].map { $0[inFrench ? 0 : 1] } ?? name
    }
}
