// SPDX-License-Identifier: Apache-2.0

// Suggests the name that somebody meant when they wrote another.

internal import VigieLimits

/// Finds similar names.
package enum NearestName {
    /// The name nearest to `name` by edit distance, ignoring case; nil when none is near, or none
    /// that is reached with `nearestNameSteps` of work: a guess must not hold up others.
    ///
    /// - Parameter bound: Letters that may be changed, added and removed; by default a third.
    package static func among(
        _ candidates: some Sequence<String>,
        to name: String,
        atMost bound: Int? = nil
    ) -> String? {
        guard name.utf8.count <= DocumentLimits.comparedNameBytes else { return nil }
        let wanted = Array(name.lowercased().utf8)
        var nearest: String?
        var bound = bound ?? max(wanted.count, 6) / 3
        var search = EditDistance(to: wanted, steps: DocumentLimits.nearestNameSteps)
        for candidate in candidates {
            // A name of which no letter stays is another name.
            let most = min(bound, max(wanted.count, candidate.utf8.count) - 1)
            guard let found = search.distance(of: candidate, atMost: most) else {
                if search.isUsedUp { break }
                continue
            }
            nearest = candidate
            if found == 0 { break }
            bound = found - 1
        }
        return nearest
    }

    /// " Did you mean ...?", or nothing when no name is near.
    package static func hint(_ candidates: some Sequence<String>, to name: String) -> String {
        among(candidates, to: name).map { " Did you mean \"\($0)\"?" } ?? ""
    }
}

/// Levenshtein distances from one name to others, within a bound and with so much work.
///
/// Of the table of distances only the band is filled in that the bound leaves, and a row whose
/// least entry is over the bound is the last.
private struct EditDistance {
    private let wanted: [UInt8]
    private var row: [Int]
    private var steps: Int

    init(to wanted: [UInt8], steps: Int) {
        self.wanted = wanted
        self.steps = steps
        row = Array(repeating: 0, count: wanted.count + 1)
    }

    /// Whether there is no work left to do.
    var isUsedUp: Bool { steps <= 0 }

    /// The distance of a name; nil when it is over `bound`, or there is no work left.
    mutating func distance(of name: String, atMost bound: Int) -> Int? {
        // To look at a name costs about as much as twenty entries of the table.
        steps -= 20
        let difference = name.utf8.count - wanted.count
        guard abs(difference) <= bound, !isUsedUp else { return nil }
        for index in row.indices { row[index] = index }
        var place = 0
        for byte in name.utf8 {
            let lower = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
            if fillRow(lower, at: place, bound) > bound { return nil }
            if isUsedUp { return nil }
            place += 1
        }
        return row[wanted.count] <= bound ? row[wanted.count] : nil
    }

    /// Fills in the row of the byte at `place`, and gives its least entry.
    private mutating func fillRow(_ byte: UInt8, at place: Int, _ bound: Int) -> Int {
        let first = max(place - bound, 0)
        let last = min(place + bound + 1, wanted.count)
        guard first < last else { return .max }
        steps -= last - first
        // What is outside of the band is over the bound.
        let over = bound + 1
        var diagonal = first == 0 ? place : row[first]
        row[first] = first == 0 ? place + 1 : over
        var least = row[first]
        for column in first..<last {
            let above = column + 1 > place + bound ? over : row[column + 1]
            let substituted = diagonal + (byte == wanted[column] ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(substituted, above + 1, row[column] + 1)
            least = min(least, row[column + 1])
        }
        return least
    }
}
