// SPDX-License-Identifier: Apache-2.0

// What collection costs on one core: a book by chance of a million open invoices of fifty thousand
// customers, in any order, and a history of twice as many that were paid. Time is that of the
// thread, the best of some rounds.
//
//     swift run -c release collection-bench

import Collection
import CreditFacts
import Documents
import PaymentForecast
import Quantities

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Time of the thread, in seconds.
func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The least time of some rounds, in milliseconds, and what the last one gave.
func measure<Result>(_ what: String, _ count: Int, _ body: () -> Result) -> Result {
    var best = Double.infinity
    var result: Result?
    for _ in 0..<3 {
        result = nil
        let began = threadSeconds()
        result = body()
        best = min(best, threadSeconds() - began)
    }
    let each = (best / Double(count) * 1e9).rounded()
    print("\(what): \((best * 1e3).rounded()) ms, \(Int(each)) ns each of \(count)")
    guard let result else { fatalError("nothing was measured") }
    return result
}

let open = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 1 : 1_000_000
let book = BookByChance(open: open, paid: 2 * open, customers: max(1, open / 20))
let all = book.open + book.paid
let segments = book.customers.indices.map { Int32($0 % 3) }
let problems = ProblemList(file: "scenarios")
guard
    let scenarios = DunningScenarios.read(json: DunningScenarios.standardDocument, problems)
else { fatalError("the scenarios are none") }
let whole = CollectionBook(customers: book.customers, invoices: book.open)

let review = measure("review of open invoices", open) {
    CollectionReview(whole, scenarios, on: BookByChance.asOf)
}
let list = measure("worklist of customers", book.customers.count) { review.worklist }
let plan = measure("letters, by invoice", open) { review.plan() }
print("\(list.entries.count) to be worked on, \(plan.letters.count) letters")
let model = measure("history of delays", all.count) {
    DelayModel(all, segments: segments, on: BookByChance.asOf)
}
let forecasts = measure("forecasts of open invoices", open) { model.forecasts(book.open) }
let cash = measure("13 weeks of cash", open) { model.cash(book.open, weeks: 13) }
print("\(forecasts.count) forecasts, \(cash.weeks.count) weeks")
