// SPDX-License-Identifier: Apache-2.0

// One customer of the worklist: what is at risk, what keeps letters back, what to do next and why.

package import Quantities

/// What keeps a customer from being written to.
package enum CustomerGate: Sendable, Hashable {
    /// Nothing is late that can be asked for.
    case noneDue
    /// Credits are more than what is late, by so many cents.
    case creditBalance(Int64)
    /// Less is due than the scenario asks for.
    case belowMinimum
    /// The customer promised to pay all that is open.
    case promised(until: CalendarDate)
    /// Somebody put the customer aside.
    case held(by: String, until: CalendarDate?)
    /// A letter went out a short time ago.
    case waiting(SentLetter, next: CalendarDate)
}

/// What to do about a customer.
package enum NextAction: Sendable, Hashable {
    /// Declare the claim, by a day.
    case declareClaim(by: CalendarDate)
    /// The day to declare is over: ask for relief.
    case askForRelief(deadline: CalendarDate)
    /// Call about a promise that was not kept.
    case callAboutPromise(date: CalendarDate, cents: Int64?)
    /// Call, since so much is at risk, in cents.
    case callAboutValue(Int64)
    /// Do what the level says.
    case dun(DunningChannel)
    /// Settle a dispute.
    case settleDispute(since: CalendarDate)
    /// Allocate a credit, or pay it back.
    case allocate(Int64)
    /// Complete due dates.
    case completeDates
    /// Wait until a day.
    case wait(until: CalendarDate)
    /// Nothing.
    case none
}

/// A customer of the worklist.
package struct WorklistEntry: Sendable, Hashable {
    /// The customer's place in the book.
    package var customer: Int
    /// The level of the letter that it would get; 0 for none.
    package var level: Int
    /// The level that the days alone would give.
    package var levelOfDays: Int
    /// What is late and can be asked for, credits taken off, in cents; negative for a balance.
    package var amountDue: Int64
    /// The probability that was reckoned with.
    package var probability: Double
    /// Whether nobody knows that probability.
    package var isProbabilityAssumed: Bool
    /// The amount due that no cover pays, times the probability, in cents.
    package var valueAtRisk: Int64
    /// What keeps letters back; nil for nothing.
    package var gate: CustomerGate?
    /// What to do.
    package var action: NextAction
}

/// Whom to call or write to, and whom not to.
package struct Worklist: Sendable {
    /// Customers to be worked on, the most at risk first.
    package var entries: [WorklistEntry] = []
    /// Other customers that owe something: claims to be declared first, then by what is open.
    package var others: [WorklistEntry] = []
}
