// SPDX-License-Identifier: Apache-2.0

import Telemetry
import Testing

@Suite struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let span = "00f067aa0ba902b7"

    @Test(arguments: [
        ("00-\(trace)-\(span)-01", true), ("00-\(trace)-\(span)-00", false),
        // Bits that mean nothing yet.
        ("00-\(trace)-\(span)-ff", true), ("00-\(trace)-\(span)-fe", false),
        // A later version may say more.
        ("01-\(trace)-\(span)-01", true), ("cc-\(trace)-\(span)-01-more-of-it", true),
        // A dash with an accent behind it is a dash all the same.
        ("01-\(trace)-\(span)-01-\u{301}", true),
    ])
    func readsWhatTheStandardHas(_ parent: String, isSampled: Bool) throws {
        let context = try #require(TraceContext(parent: parent, state: "a=1,b=2"))
        #expect(context.traceID == Self.trace && context.parentID == Self.span)
        #expect(context.isSampled == isSampled && context.state == "a=1,b=2")
    }

    @Test(arguments: [
        "", "-", "---", "00", "00-\(trace)-\(span)", "00-\(trace)-\(span)-",
        "ff-\(trace)-\(span)-01",
        "00-\(trace)-\(span)-01-more", "00-\(trace)-\(span)-1", "0-\(trace)-\(span)-01",
        "00-\(trace.uppercased())-\(span)-01", "00-\(trace)-\(span)-0G",
        "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01",
        "00-\(trace)0-\(span)-01", " 00-\(trace)-\(span)-01", "00-\(trace)-\(span)-01 ",
        "00-\(trace.dropLast())é-\(span)-01", "００-\(trace)-\(span)-01",
    ])
    func takesAnythingElseForNothing(_ parent: String) {
        #expect(TraceContext(parent: parent) == nil)
    }

    @Test func aStateThatIsTooLongIsLeftOut() {
        let parent = "00-\(Self.trace)-\(Self.span)-01"
        let longest = String(repeating: "a", count: 512)
        #expect(TraceContext(parent: parent, state: longest)?.state == longest)
        #expect(TraceContext(parent: parent, state: longest + "a")?.state == "")
    }

    @Test func newSpansHaveIdentifiersOfTheirOwn() {
        let identifiers = (0..<1_000).map { _ in TraceContext.newSpanID() }
        #expect(Set(identifiers).count == 1_000)
        for identifier in identifiers {
            let parent = "00-\(Self.trace)-\(identifier)-01"
            #expect(TraceContext(parent: parent)?.parentID == identifier)
        }
    }
}

@Suite struct TimeDistributionTests {
    @Test func countsByBoundsFromAnyThread() async {
        let times = TimeDistribution()
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<4 {
                tasks.addTask {
                    for bound in CallTimes.bounds {
                        times.add(nanoseconds: bound)
                        times.add(nanoseconds: bound + 1)
                    }
                    times.add(nanoseconds: 0)
                }
            }
        }
        // Within the first: its bound and 0; within each further one: the last bound and one more.
        #expect(times.times == [8] + CallTimes.bounds.dropFirst().map { _ in 8 } + [4])
        #expect(times.sum == 4 * CallTimes.bounds.reduce(0) { $0 + 2 * $1 + 1 })
    }
}
