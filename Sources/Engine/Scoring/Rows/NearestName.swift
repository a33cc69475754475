// SPDX-License-Identifier: Apache-2.0

// Suggests the name that somebody meant when they wrote another.

internal import VigieLimits

/// Finds similar names.
enum NearestName {
    /// The name nearest to `name` by edit distance, ignoring case; nil when none is near.
    static func among(_ candidates: some Sequence<String>, to name: String) -> String? {
        let wanted = Array(name.lowercased().utf8)
        // Longer than any name of a bundle: nothing can be near, and no time is spent on it.
        guard wanted.count <= ScoringLimits.nameBytes + 2 else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(wanted, Array(candidate.lowercased().utf8))
            if distance < best?.distance ?? (max(wanted.count, 6) / 3 + 1) {
                best = (candidate, distance)
            }
        }
        return best?.name
    }

    /// The name in quotes, cut to a length fit for a message.
    static func quoted(_ name: String) -> String {
        let cut = name.unicodeScalars.prefix(64).map {
            $0.properties.generalCategory == .control ? "?" : String($0)
        }
        return "\"\(cut.joined())\(name.unicodeScalars.count > 64 ? "..." : "")\""
    }

    /// Levenshtein distance.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let substituted = diagonal + (byte == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, diagonal + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
