// SPDX-License-Identifier: Apache-2.0

// Which files stand still.

import InboxFolders
import PaperInbox
import Testing
import VigieLimits

@Suite struct InboxWatchTests {
    private func look(_ byteCount: Int, _ written: Int = 0, inode: UInt64 = 1) -> FileLook {
        FileLook(inode: inode, byteCount: byteCount, writtenNanoseconds: written)
    }

    @Test func whatGrowsIsLeftUntilItStandsStill() {
        var watch = InboxWatch(stillNanoseconds: 5)
        #expect(watch.still(among: ["a": look(1)], nowNanoseconds: 0).isEmpty)
        #expect(watch.still(among: ["a": look(2)], nowNanoseconds: 5).isEmpty)
        // Written to in place, and replaced by another one of the same length.
        #expect(watch.still(among: ["a": look(2, 1)], nowNanoseconds: 10).isEmpty)
        let other = ["a": look(2, 1, inode: 2)]
        #expect(watch.still(among: other, nowNanoseconds: 15).isEmpty)
        #expect(watch.still(among: other, nowNanoseconds: 19).isEmpty)
        #expect(watch.still(among: other, nowNanoseconds: 20) == ["a"])
    }

    @Test func whatCameBackIsAnotherFile() {
        var watch = InboxWatch(stillNanoseconds: 5)
        _ = watch.still(among: ["b": look(1), "a": look(1)], nowNanoseconds: 0)
        #expect(watch.still(among: ["b": look(1), "a": look(1)], nowNanoseconds: 5) == ["a", "b"])
        #expect(watch.still(among: ["b": look(1)], nowNanoseconds: 6) == ["b"])
        #expect(watch.still(among: ["b": look(1), "a": look(1)], nowNanoseconds: 7) == ["b"])
    }

    @Test func whatCannotBeMovedIsLeftForAWhileOrUntilItChanges() {
        var watch = InboxWatch(stillNanoseconds: 5)
        _ = watch.still(among: ["a": look(1)], nowNanoseconds: 0)
        #expect(watch.still(among: ["a": look(1)], nowNanoseconds: 5) == ["a"])
        watch.leave("a", nowNanoseconds: 5)
        #expect(watch.still(among: ["a": look(1)], nowNanoseconds: 50).isEmpty)
        let end = 5 + InboxLimits.stuckSeconds * 1_000_000_000
        var later = watch
        #expect(later.still(among: ["a": look(1)], nowNanoseconds: end - 1).isEmpty)
        #expect(later.still(among: ["a": look(1)], nowNanoseconds: end) == ["a"])
        #expect(watch.still(among: ["a": look(2)], nowNanoseconds: 51).isEmpty)
        #expect(watch.still(among: ["a": look(2)], nowNanoseconds: 56) == ["a"])
    }
}
