// SPDX-License-Identifier: Apache-2.0

// How one customer stands, when customers pay, what is to be declared, scenarios.

internal import ProtobufCoding
internal import VigieProtos

extension ScoringClient {
    /// Tells how a customer's invoices stand: which are on a letter, which are not, and why.
    ///
    /// - Parameters:
    ///   - company: The customer.
    ///   - portfolio: The name of the portfolio.
    ///   - asOf: The day, as YYYY-MM-DD; empty for today in UTC.
    ///   - language: The language of reasons.
    ///   - options: Deadline and headers.
    /// - Returns: How it stands.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func explainCustomer(
        _ company: CompanyIdentifier,
        in portfolio: String,
        asOf: String = "",
        language: CollectionLanguage = .french,
        options: CallOptions = .default
    ) async throws -> CustomerStanding? {
        let response: Vigie_V1_ExplainCustomerResponse = try await collectionCall(
            "ExplainCustomer",
            Vigie_V1_ExplainCustomerRequest.with {
                $0.portfolio = portfolio
                $0.company = .init(company)
                $0.asOfDate = asOf
                $0.language = language.message
            },
            options
        )
        guard let customer = WorklistCustomer(response.entry) else { return nil }
        return CustomerStanding(
            customer: customer,
            invoices: response.invoices.map(InvoiceStanding.init),
            notes: response.notes.map { "\($0.date) \($0.person): \($0.text)" },
            terms: response.hasTerms ? CollectionTerms(response.terms) : nil
        )
    }

    /// Forecasts when open invoices will be paid, and what comes week by week.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - asOf: The day, as YYYY-MM-DD; empty for today in UTC.
    ///   - weeks: Weeks of cash, up to 53.
    ///   - limit: Most invoices to tell, up to 1,000.
    ///   - options: Deadline and headers.
    /// - Returns: What is ahead.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func forecastPayments(
        of portfolio: String,
        asOf: String = "",
        weeks: Int = 13,
        limit: Int = 100,
        options: CallOptions = .default
    ) async throws -> PaymentOutlook {
        let response: Vigie_V1_ForecastPaymentsResponse = try await collectionCall(
            "ForecastPayments",
            Vigie_V1_ForecastPaymentsRequest.with {
                $0.portfolio = portfolio
                $0.asOfDate = asOf
                $0.weeks = Int32(clamping: weeks)
                $0.limit = Int32(clamping: limit)
            },
            options
        )
        return PaymentOutlook(
            weeks: response.weeks.map(CashWeek.init),
            laterCents: response.laterCents,
            notForecastCents: response.notForecastCents,
            invoices: response.invoices.map(InvoicePaymentForecast.init),
            invoiceCount: Int(clamping: response.invoiceCount),
            model: response.model,
            trainedUntil: response.trainedUntilDate
        )
    }

    /// Makes the declarations of claims for customers in proceedings.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - sender: The creditor, as texts say it.
    ///   - asOf: The day, as YYYY-MM-DD; empty for today in UTC.
    ///   - language: The language of texts.
    ///   - isCreditorAbroad: Whether the creditor has two months more.
    ///   - options: Deadline and headers.
    /// - Returns: The declarations, and all claims as delimited text.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func declareClaims(
        of portfolio: String,
        sender: String,
        asOf: String = "",
        language: CollectionLanguage = .french,
        isCreditorAbroad: Bool = false,
        options: CallOptions = .default
    ) async throws -> (declarations: [ClaimDeclaration], count: Int, file: String) {
        let response: Vigie_V1_DeclareClaimsResponse = try await collectionCall(
            "DeclareClaims",
            Vigie_V1_DeclareClaimsRequest.with {
                $0.portfolio = portfolio
                $0.sender = sender
                $0.asOfDate = asOf
                $0.language = language.message
                $0.creditorIsAbroad = isCreditorAbroad
            },
            options
        )
        return (
            response.declarations.map(ClaimDeclaration.init),
            Int(clamping: response.declarationCount), response.file
        )
    }

    /// Tells by which scenarios the customers of a portfolio are reminded.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - options: Deadline and headers.
    /// - Returns: Which they are, 0 for those of the product, and the document in JSON.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func dunningScenarios(
        of portfolio: String,
        options: CallOptions = .default
    ) async throws -> (number: Int64, document: String) {
        let response: Vigie_V1_GetDunningScenariosResponse = try await collectionCall(
            "GetDunningScenarios",
            Vigie_V1_GetDunningScenariosRequest.with { $0.portfolio = portfolio },
            options
        )
        return (response.number, response.document)
    }

    /// Says by which scenarios the customers of a portfolio are reminded from now on.
    ///
    /// - Parameters:
    ///   - document: The scenarios, in JSON.
    ///   - portfolio: The name of the portfolio.
    ///   - options: Deadline and headers.
    /// - Returns: Which they are now.
    /// - Throws: ``VigieError`` with all that is wrong with the document, or `CancellationError`
    ///   when the task was cancelled.
    public func setDunningScenarios(
        _ document: String,
        of portfolio: String,
        options: CallOptions = .default
    ) async throws -> Int64 {
        let response: Vigie_V1_SetDunningScenariosResponse = try await collectionCall(
            "SetDunningScenarios",
            Vigie_V1_SetDunningScenariosRequest.with {
                $0.portfolio = portfolio
                $0.document = document
            },
            options
        )
        return response.number
    }
}
