// SPDX-License-Identifier: Apache-2.0

// Forecasts as messages.

internal import Collection
internal import CreditFacts
internal import PaymentForecast
internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import VigieProtos

/// When the open invoices of a book will be paid.
struct PaymentOutlook {
    /// Forecasts, those of the most open first.
    let forecasts: [InvoiceForecast]
    let cash: CashForecast
    /// How many open invoices are in another currency than the book, and in no sum.
    let otherCurrencyCount: Int
    /// What made the forecasts of invoices; nil for the customers' own history. Weeks are always
    /// made of that: they take a law of all days, which trees for three of its levels do not give.
    let trained: TrainedForecast?

    /// Learns from the book, by segments, and looks ahead.
    init(_ review: CollectionReview, weeks: Int, by trained: TrainedForecast?) {
        self.trained = trained
        let book = review.book
        func isBooks(_ place: Int) -> Bool {
            book.invoices[place].currency.map { $0 == book.currency } ?? true
        }
        // What is frozen is not paid by the customer any more.
        let isExpected: (Int) -> Bool = { place in
            isBooks(place) && review.standings[place].gate != .frozen
        }
        var numbers: [String: Int32] = [:]
        let segments = book.customers.map { customer in
            let number = numbers[customer.segment] ?? Int32(numbers.count)
            numbers[customer.segment] = number
            return number
        }
        let model = DelayModel(book.invoices, segments: segments, on: review.asOf)
        let found =
            trained?.forecasts(book.invoices, model, isExpected: isExpected)
            ?? model.forecasts(book.invoices, isExpected: isExpected)
        func open(_ forecast: InvoiceForecast) -> Int64 {
            review.standings[Int(forecast.place)].open
        }
        forecasts = found.sorted { left, right in
            (open(right), left.place) < (open(left), right.place)
        }
        cash = model.cash(book.invoices, weeks: weeks, isExpected: isExpected)
        otherCurrencyCount = book.invoices.indices.count {
            review.standings[$0].open > 0 && !isBooks($0)
        }
    }
}

extension Vigie_V1_ForecastPaymentsResponse {
    /// What is ahead.
    init(_ outlook: PaymentOutlook, _ found: PortfolioReview, _ count: Int) {
        self = .with {
            $0.weeks = outlook.cash.weeks.map { week in
                .with {
                    $0.fromDate = week.from.description
                    $0.throughDate = week.through.description
                    $0.expectedCents = week.expected
                    $0.lowCents = week.low
                    $0.highCents = week.high
                }
            }
            $0.weeksMethod = .history
            if let trained = outlook.trained {
                $0.model = trained.identifier
                $0.modelHash = trained.contentHash
                $0.trainedUntilDate = trained.trainedUntil.description
            }
            $0.laterCents = outlook.cash.later
            $0.notForecastCents = outlook.cash.notForecast
            $0.invoices = outlook.forecasts.prefix(count).map {
                .init($0, found, isTrained: outlook.trained != nil)
            }
            $0.invoiceCount = Int64(outlook.forecasts.count)
            $0.otherCurrencyCount = Int64(outlook.otherCurrencyCount)
        }
    }
}

extension Vigie_V1_InvoiceForecast {
    /// When an invoice will be paid.
    init(_ forecast: InvoiceForecast, _ found: PortfolioReview, isTrained: Bool) {
        let place = Int(forecast.place)
        let invoice = found.review.book.invoices[place]
        self = .with {
            $0.company = .init(found.members[Int(invoice.party)].line.identity)
            $0.method = isTrained ? .trained : .history
            $0.reference = invoice.reference
            $0.openCents = found.review.standings[place].open
            $0.lateOver0 = forecast.lateOver[0]
            $0.lateOver30 = forecast.lateOver[1]
            $0.lateOver60 = forecast.lateOver[2]
            $0.lateOver90 = forecast.lateOver[3]
            $0.expectedDate = forecast.expected?.description ?? ""
            $0.earliestDate = forecast.earliest?.description ?? ""
            $0.latestDate = forecast.latest?.description ?? ""
        }
    }
}
