// SPDX-License-Identifier: Apache-2.0

// What the history of scores costs on one core: bytes and times of frames, of a company's three
// years, and of the figures of a universe. Time is that of the thread, the best of some rounds.
//
//     swift run -c release history-bench [SLOTS]

import ScoreHistory
import VigieLimits

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Time of a clock, in nanoseconds.
func nanoseconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// Time of the thread, in nanoseconds.
func threadNanoseconds() -> Double { nanoseconds(CLOCK_THREAD_CPUTIME_ID) }

/// Time of the day, in nanoseconds.
func wallNanoseconds() -> Double { nanoseconds(CLOCK_MONOTONIC) }

let slotCount = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 12_000_000
var dice = Dice(state: 1)
let block = MadeUpUniverse.block(slotCount: HistoryLimits.blockSlots, &dice)
for share in [0, 0.005, 0.02, 0.1, 0.87] {
    let next = MadeUpUniverse.next(block, changed: share, &dice)
    try FrameTimes().measure("scores, \(share)", block, next)
}
if let features = MadeUpUniverse.features(64, slotCount: HistoryLimits.blockSlots, &dice) {
    let next = MadeUpUniverse.nextFeatures(features, changed: 0.02, &dice)
    try FrameTimes().measure("64 features, 0.02", features, next)
}
let years = try SeriesTimes(changed: 0.02)
try years.measure()
try years.measureTwoDays(slotCount: slotCount)
try await FigureTimes(slotCount: slotCount, changed: 0.02).measure("0.02")
try await FigureTimes(slotCount: slotCount, changed: 0.87).measure("0.87")
