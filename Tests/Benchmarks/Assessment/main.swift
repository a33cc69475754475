// SPDX-License-Identifier: Apache-2.0

// What assessments cost on one core, and what part of them is what. Time is that of the thread, so
// that others on the machine disturb it little.
//
//     swift run -c release assessment-bench [companies] [rounds]
//     swift run -c release assessment-bench rows
//     swift run -c release assessment-bench papers FILE...
//     swift run -c release assessment-bench journal FILE
//     swift run -c release assessment-bench ledger FILE DAY

import Quantities

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Time of the thread, in microseconds.
func threadMicroseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

let words = Array(CommandLine.arguments.dropFirst())
switch words.first {
case "rows":
    var times = try TableTimes()
    try times.run()
case "papers": PaperTimes.papers(Array(words.dropFirst()))
case "journal": try PaperTimes.journal(words.last ?? "")
case "ledger":
    try PaperTimes.ledger(words[1], asOf: CalendarDate(words.last ?? "") ?? .last)
default:
    var times = try AssessmentTimes(words.compactMap { Int($0) })
    try times.run()
}
