// SPDX-License-Identifier: Apache-2.0

import Callers
import Testing

@Suite struct CallerTests {
    @Test(arguments: [
        (["*"], "anything", true), (["us-*"], "us-failure@1", true), (["us-*"], "us", false),
        (["us-failure@1"], "us-failure@1", true), (["us-failure@1"], "us-failure@10", false),
        ([], "us", false), (["a", "b*"], "bc", true), (["a*"], "", false),
        // By bytes: an é of one scalar is not one of two.
        (["caf\u{E9}"], "cafe\u{301}", false),
    ])
    func patternsMatch(_ patterns: [String], _ name: String, _ isMatch: Bool) {
        #expect(NamePatterns(patterns).match(name) == isMatch)
    }

    @Test(arguments: [
        ("*", true), ("a*", true), ("a", true), ("a*b", false), ("**", false), ("", false),
    ])
    func starsStandAtTheEnd(_ pattern: String, _ isValid: Bool) {
        #expect(NamePatterns.isValid(pattern) == isValid)
    }

    @Test func routesOutsideOfTheListAreClosed() {
        let caller = Caller(
            identity: "a",
            mayCall: [true, false],
            models: .all,
            usage: CallerUsage()
        )
        #expect([-1, 0, 1, 2].map { caller.mayCall(route: $0) } == [false, true, false, false])
    }
}

@Suite struct CallerUsageTests {
    private static let second: UInt64 = 1_000_000_000

    @Test func withoutLimitsEverythingGoes() {
        let usage = CallerUsage()
        for _ in 0..<1_000 { #expect(usage.begin(nowNanoseconds: 0) == nil) }
    }

    @Test func aSecondsWorthComesAtOnceAndThenEvenly() {
        let usage = CallerUsage(limits: .init(callsPerSecond: 10))
        let start = 7 * Self.second
        for _ in 0..<10 { #expect(usage.begin(nowNanoseconds: start) == nil) }
        #expect(
            usage.begin(nowNanoseconds: start)
                == .callsPerSecond(limit: 10, waitNanoseconds: Self.second / 10)
        )
        #expect(usage.begin(nowNanoseconds: start + Self.second / 10) == nil)
        #expect(usage.begin(nowNanoseconds: start + Self.second / 10) != nil)
        // After a long rest there is no more than a second's worth.
        let later = start + 1_000 * Self.second
        #expect((0..<100).filter { _ in usage.begin(nowNanoseconds: later) == nil }.count == 10)
    }

    @Test func overAnyTimeNoMoreThanTheRateGoes() {
        var random = SystemRandomNumberGenerator()
        for limit in [1, 3, 1_000, 999_999_999] {
            let usage = CallerUsage(limits: .init(callsPerSecond: limit))
            var now: UInt64 = 0
            var count = 0
            for _ in 0..<3_000 {
                now += UInt64.random(in: 0..<Self.second / 100, using: &random)
                if usage.begin(nowNanoseconds: now) == nil { count += 1 }
            }
            let most = Double(limit) * (Double(now) / Double(Self.second) + 1)
            #expect(Double(count) <= most + 1)
        }
    }

    @Test func callsAtOnceAreCountedOverThreads() async {
        let usage = CallerUsage(limits: .init(callsAtOnce: 3))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<2_000 where usage.begin(nowNanoseconds: 0) == nil { usage.end() }
                }
            }
        }
        #expect(
            (0..<5).map { _ in usage.begin(nowNanoseconds: 0) == nil } == [
                true, true, true, false, false,
            ]
        )
        usage.end()
        #expect(usage.begin(nowNanoseconds: 0) == nil)
    }

    @Test func aCallThatIsTooFastIsNotUnderWay() {
        let usage = CallerUsage(limits: .init(callsPerSecond: 1, callsAtOnce: 1))
        #expect(usage.begin(nowNanoseconds: 0) == nil)
        usage.end()
        #expect(
            usage.begin(nowNanoseconds: 0)
                == .callsPerSecond(limit: 1, waitNanoseconds: Self.second)
        )
        #expect(usage.begin(nowNanoseconds: 2 * Self.second) == nil)
    }
}
