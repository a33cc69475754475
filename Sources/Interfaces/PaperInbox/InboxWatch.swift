// SPDX-License-Identifier: Apache-2.0

// Which files of a folder stand still: somebody may still write the others. Looks at nothing
// itself.

package import InboxFolders

/// Files that were seen, and since when they are as they are.
package struct InboxWatch: Sendable {
    private let stillNanoseconds: Int
    private var seen: [String: (look: FileLook, since: Int)] = [:]
    private var leftAlone: [String: FileLook] = [:]

    /// Has seen nothing.
    package init(stillNanoseconds: Int) { self.stillNanoseconds = stillNanoseconds }

    /// The files that have not changed for long enough, in the order of their names.
    ///
    /// - Parameters:
    ///   - files: All that are there now, by their names.
    ///   - nowNanoseconds: The time on a clock that never goes back.
    package mutating func still(
        among files: [String: FileLook],
        nowNanoseconds: Int
    ) -> [String] {
        seen = seen.filter { files[$0.key] != nil }
        leftAlone = leftAlone.filter { files[$0.key] == $0.value }
        var still: [String] = []
        for (name, look) in files where leftAlone[name] == nil {
            if let before = seen[name], before.look == look {
                if nowNanoseconds - before.since >= stillNanoseconds { still.append(name) }
            } else {
                seen[name] = (look, nowNanoseconds)
            }
        }
        return still.sorted()
    }

    /// Leaves a file alone until it changes: what keeps it where it is would do so again.
    package mutating func leave(_ name: String) { leftAlone[name] = seen[name]?.look }
}
