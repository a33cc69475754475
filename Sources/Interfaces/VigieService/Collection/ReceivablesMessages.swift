// SPDX-License-Identifier: Apache-2.0

// What the companies of a portfolio owe, added up, as messages.

internal import Collection
internal import CreditFacts
internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import VigieLimits
internal import VigieProtos

extension Vigie_V1_DescribeReceivablesResponse {
    /// What companies owe.
    ///
    /// - Parameter count: Most customers to tell.
    init(_ found: PortfolioReview, _ count: Int) {
        let (review, ages) = (found.review, ReceivablesTotals.ageCount)
        let totals = review.receivables(daysBefore: CollectionLimits.receivablesDays)
        func cents(of customer: Int) -> ArraySlice<Int64> {
            totals.centsOfCustomers[customer * ages..<(customer + 1) * ages]
        }
        func open(_ customer: Int) -> Int64 {
            cents(of: customer).reduce(0) { $0.adding(cents: $1) }
        }
        let owing = review.book.customers.indices.map { ($0, open($0)) }.filter { $0.1 > 0 }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        func sum(_ part: (CustomerSums) -> Int64) -> Int64 {
            review.sums.reduce(0) { $0.adding(cents: part($1)) }
        }
        self = .with {
            $0.asOfDate = review.asOf.description
            $0.currency = review.book.currency.code
            $0.openCentsByAge = totals.cents
            $0.customerCountsByAge = totals.customers.map(Int64.init)
            $0.disputedCents = sum(\.disputed)
            $0.promisedCents = sum(\.promised)
            $0.frozenCents = sum(\.frozen)
            $0.creditCents = sum(\.credits)
            $0.days = totals.days.map { day in
                .with {
                    $0.date = day.day.description
                    ($0.openCents, $0.overdueCents) = (day.open, day.overdue)
                    if let days = day.daysSalesOutstanding { $0.daysSalesOutstanding = days }
                }
            }
            $0.customers = owing.prefix(count).map { customer, _ in
                .with {
                    $0.company = .init(found.members[customer].line.identity)
                    $0.name = review.book.customers[customer].name
                    $0.openCentsByAge = Array(cents(of: customer))
                    $0.oldestDays = review.oldestDays(of: customer)
                }
            }
            $0.customerCount = Int64(owing.count)
            $0.promises = review.openPromises.prefix(StoreLimits.listedMax).map {
                .init($0, found)
            }
            $0.otherCurrencyCount = Int64(totals.strangeCount)
        }
    }
}

extension CollectionReview {
    fileprivate func oldestDays(of customer: Int) -> Int32 {
        invoices(of: customer).reduce(0) { oldest, place in
            standings[Int(place)].open > 0 ? max(oldest, standings[Int(place)].daysLate) : oldest
        }
    }
}

extension Vigie_V1_CustomerPromise {
    fileprivate init(_ promise: CustomerPromise, _ found: PortfolioReview) {
        self = .with {
            $0.company = .init(found.members[promise.customer].line.identity)
            $0.name = found.review.book.customers[promise.customer].name
            $0.invoice = promise.invoice ?? ""
            $0.madeDate = promise.promise.made.description
            $0.date = promise.promise.date.description
            if let cents = promise.promise.cents { $0.amountCents = cents }
            switch promise.outcome {
            case .running: $0.state = .running
            case .partly: $0.state = .partlyKept
            case .broken: $0.state = .broken
            case .kept, .putOff, .notKnown: $0.state = .unspecified
            }
        }
    }
}
