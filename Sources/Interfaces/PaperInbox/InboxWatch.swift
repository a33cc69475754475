// SPDX-License-Identifier: Apache-2.0

// Which files of a folder stand still: somebody may still write the others. Looks at nothing
// itself.

package import InboxFolders
internal import VigieLimits

/// Files that were seen, and since when they are as they are.
package struct InboxWatch: Sendable {
    private let stillNanoseconds: Int
    private var seen: [String: (look: FileLook, since: Int)] = [:]
    private var leftAlone: [String: (look: FileLook, until: Int)] = [:]

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
        leftAlone = leftAlone.filter {
            files[$0.key] == $0.value.look && nowNanoseconds < $0.value.until
        }
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

    /// Leaves a file alone for a while, or until it changes: what keeps it where it is, such as a
    /// disk without room, would do so again, and ends without a word.
    package mutating func leave(_ name: String, nowNanoseconds: Int) {
        guard let look = seen[name]?.look else { return }
        let pause = InboxLimits.stuckSeconds * 1_000_000_000
        leftAlone[name] = (look, nowNanoseconds + pause)
    }
}
