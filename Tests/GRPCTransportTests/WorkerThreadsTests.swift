// SPDX-License-Identifier: Apache-2.0

// Threads that work let others go first, and what they are given is done or dropped with a word.

import Foundation
import GRPCTransport
import Synchronization
import Testing
import VigieLimits

@Suite("Worker threads") struct WorkerThreadsTests {
    /// The niceness of the calling thread, as Linux tells it.
    private static func niceness() -> Int? {
        // Behind the name, which may have spaces: the state, then sixteen others.
        guard let text = try? String(contentsOfFile: "/proc/thread-self/stat", encoding: .utf8),
            let name = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: name)...].split(separator: " ")
        return fields.count > 16 ? Int(fields[16]) : nil
    }

    @Test("They are nicer than others, once", .enabled(if: Self.niceness() != nil))
    func letOthersGoFirst() async throws {
        let threads = WorkerThreads(count: 1)
        threads.start()
        let before = try #require(Self.niceness())
        for _ in 0..<3 {
            let found = await withCheckedContinuation { found in
                threads.submit { found.resume(returning: $0 ? Self.niceness() : nil) }
            }
            #expect(found == min(before + ProcessLimits.workerNiceness, 19))
        }
        await threads.stop()
    }

    @Test("What they can no longer do is told so")
    func afterTheEnd() async {
        let threads = WorkerThreads(count: 0)
        threads.start()
        await threads.stop()
        let isActive = await withCheckedContinuation { told in
            threads.submit { told.resume(returning: $0) }
        }
        #expect(!isActive)
    }
}
