// SPDX-License-Identifier: Apache-2.0

// All lines of a list looked for, on as many threads as there are processors.

package import CompanyMatching

extension CompanyDirectory {
    /// What is found for each line; nil for a line that has a number already.
    package func find(_ lines: [MatchLine], threadCount: Int) async -> [MatchOutcome?] {
        let parts = max(1, min(threadCount, lines.count / 64))
        let found = await withTaskGroup(of: (Int, [MatchOutcome?]).self) { group in
            for part in 0..<parts {
                let range = (lines.count * part / parts)..<(lines.count * (part + 1) / parts)
                group.addTask { (part, find(lines[range])) }
            }
            var found = [[MatchOutcome?]](repeating: [], count: parts)
            for await (part, outcomes) in group { found[part] = outcomes }
            return found
        }
        return Array(found.joined())
    }

    private func find(_ lines: ArraySlice<MatchLine>) -> [MatchOutcome?] {
        var matcher = CompanyMatcher(index)
        return lines.map { $0.identifier.isEmpty ? matcher.find($0.query) : nil }
    }
}
