// SPDX-License-Identifier: Apache-2.0

// What rules of alerts cost on one core: blocks of companies by chance, of which one in fifty moves
// a day. Time is that of the thread, the best of some rounds.
//
//     swift run -c release alerts-bench

import Alerts
import Quantities
import VigieLimits

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

func rule(_ name: String, _ kind: AlertKind, _ raise: Double?, _ clear: Double?) throws -> AlertRule
{
    var draft = AlertRuleDraft(name: name, kind: kind.rawValue)
    (draft.raise, draft.clear, draft.noDataRuns) = (raise, clear, 3)
    if kind == .legalEvent { draft.events = ["opening"] }
    return try AlertRule(draft)
}

let rules = [
    try rule("low", .threshold, 500, 510), try rule("fall", .scoreDrop, 50, 10),
    try rule("class", .classChange, 2, 1), try rule("ratio", .probabilityRatio, 2, 1.5),
    try rule("limit", .limitExceeded, 1, 0.95), try rule("cover", .coverExpiring, 30, 40),
    try rule("court", .legalEvent, nil, nil), try rule("silent", .noData, 3, nil),
]
let inputs = AlertBlockPlan.inputs(of: rules)
let evaluator = AlertBlockEvaluator(
    try AlertBlockPlan(rules, inputs: inputs, legalEvents: ["opening"])
)
let companies = Portfolio(inputs, ruleCount: rules.count, blockCount: 16)
var evaluations = 0
var best = Double.infinity
var told = 0
for day in 0..<20 {
    companies.move()
    let began = threadNanoseconds()
    for block in 0..<companies.blockCount {
        guard evaluator.evaluate(companies.block(block, day), companies.cells(block)) else {
            fatalError("the block is none")
        }
        told += evaluator.transitions.count
    }
    evaluations = companies.blockCount * AlertLimits.blockRows * rules.count
    best = min(best, (threadNanoseconds() - began) / Double(evaluations))
}
print(
    "\(rules.count) rules, \(companies.blockCount * AlertLimits.blockRows) companies: "
        + "\((best * 100).rounded() / 100) ns an evaluation, "
        + "\((1_000 / best).rounded()) million a second; \(told / 20) transitions a day"
)
print("one by one: \(try companies.oneByOne(rules, evaluator.plan)) ns an evaluation")
