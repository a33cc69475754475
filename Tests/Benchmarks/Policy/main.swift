// SPDX-License-Identifier: Apache-2.0

// What compiled tables cost on one core: a table and its rows come from policy_tables.py. Time is
// that of the thread, the best of some rounds.
//
//     swift run -c release policy-bench DIRECTORY NAME... [--portable] [--lint]
//
// With --credit, what whole decisions by policies cost; two of them are simulated against each
// other:
//
//     swift run -c release policy-bench --credit ROWS POLICY...

import RuleTables

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Time of the thread, in nanoseconds.
func threadNanoseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

let words = Array(CommandLine.arguments.dropFirst())
if words.first == "--credit", words.count > 2, let rows = Int(words[1]) {
    let policies = Array(words.dropFirst(2))
    for policy in policies { try CreditTimes(policy, rowCount: rows).run() }
    try CreditTimes(policies[0], rowCount: rows).simulate(against: policies[policies.count - 1])
    exit(0)
}
let path: RulePath = words.contains("--portable") ? .portable : .best
let names = words.dropFirst().filter { !$0.hasPrefix("--") }
guard let directory = words.first, !names.isEmpty, path.runsHere else {
    print("policy-bench DIRECTORY NAME... [--portable] [--lint]")
    exit(64)
}
let companies = try Companies(directory + "/companies.bin")
for name in names {
    let times = try PolicyTimes(directory, name, companies, path)
    try words.contains("--lint") ? times.lint() : times.run()
}
