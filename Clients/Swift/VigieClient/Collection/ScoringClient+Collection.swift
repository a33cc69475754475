// SPDX-License-Identifier: Apache-2.0

// Worklists, letters, and what people do about customers.

internal import ProtobufCoding
internal import VigieProtos

/// Something that is done about a customer; `invoice` names one of its invoices, or `nil` the
/// customer as a whole.
public enum CollectionStep: Sendable, Hashable {
    /// It promised to pay by a day (YYYY-MM-DD); without an amount, all.
    case promise(invoice: String?, date: String, amountCents: Int64?)
    /// It disputes an invoice.
    case dispute(invoice: String)
    /// A dispute is settled.
    case settle(invoice: String)
    /// Nothing is to be sent, until a day (YYYY-MM-DD) or until it is released.
    case hold(invoice: String?, until: String?)
    /// A level is to be used, whatever the days.
    case setLevel(invoice: String?, Int)
    /// What was decided by hand is taken back.
    case release(invoice: String?)
    /// How it is worked on from now on, all of it.
    case setTerms(CollectionTerms)
    /// Only the note is kept.
    case note
}

extension ScoringClient {
    /// Tells whom to work on in a portfolio, and whom not, with the reason.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - asOf: The day, as YYYY-MM-DD; empty for today in UTC.
    ///   - language: The language of reasons.
    ///   - limit: Most entries of each list, up to 1,000.
    ///   - options: Deadline and headers.
    /// - Returns: The worklist.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func worklist(
        of portfolio: String,
        asOf: String = "",
        language: CollectionLanguage = .french,
        limit: Int = 100,
        segment: String? = nil,
        options: CallOptions = .default
    ) async throws -> Worklist {
        let response: Vigie_V1_GetWorklistResponse = try await collectionCall(
            "GetWorklist",
            Vigie_V1_GetWorklistRequest.with {
                $0.portfolio = portfolio
                $0.asOfDate = asOf
                $0.language = language.message
                $0.limit = Int32(clamping: limit)
                $0.segment = segment ?? ""
            },
            options
        )
        return Worklist(
            entries: response.entries.compactMap { WorklistCustomer($0) },
            others: response.others.compactMap { WorklistCustomer($0) },
            entryCount: Int(clamping: response.entryCount),
            otherCount: Int(clamping: response.otherCount),
            asOf: response.asOfDate
        )
    }

    /// Tells the letters that a run would write, with their words. Changes nothing.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - sender: Who writes, as letters say it.
    ///   - asOf: The day, as YYYY-MM-DD; empty for today in UTC.
    ///   - language: The language of letters.
    ///   - limit: Most letters to tell, up to 1,000.
    ///   - options: Deadline and headers.
    /// - Returns: The letters, how many there are with those that are not told, and half-years
    ///   (such as 2026-2) of which no rate of late interest is known that they ask for.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func planDunning(
        of portfolio: String,
        sender: String,
        asOf: String = "",
        language: CollectionLanguage = .french,
        limit: Int = 1_000,
        options: CallOptions = .default
    ) async throws -> (letters: [DunningLetter], count: Int, unknownRates: [String]) {
        let response: Vigie_V1_PlanDunningResponse = try await collectionCall(
            "PlanDunning",
            Vigie_V1_PlanDunningRequest.with {
                $0.portfolio = portfolio
                $0.sender = sender
                $0.asOfDate = asOf
                $0.language = language.message
                $0.limit = Int32(clamping: limit)
            },
            options
        )
        return (
            response.letters.map(DunningLetter.init), Int(clamping: response.letterCount),
            response.unknownRates
        )
    }

    /// Writes the letters of today, and records that they went out.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - sender: Who writes, as letters say it.
    ///   - language: The language of letters.
    ///   - options: Deadline and headers.
    /// - Returns: The run, which is 0 where no letter was new, how many letters it wrote, and
    ///   half-years of which no rate of late interest is known.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func runDunning(
        of portfolio: String,
        sender: String,
        language: CollectionLanguage = .french,
        options: CallOptions = .default
    ) async throws -> (run: Int64, letterCount: Int, unknownRates: [String]) {
        let response: Vigie_V1_RunDunningResponse = try await collectionCall(
            "RunDunning",
            Vigie_V1_RunDunningRequest.with {
                $0.portfolio = portfolio
                $0.sender = sender
                $0.language = language.message
            },
            options
        )
        return (response.run, Int(clamping: response.letterCount), response.unknownRates)
    }

    /// Lists letters of a run, a page at a time.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - portfolio: The name of the portfolio.
    ///   - pageSize: Most letters of the page, up to 1,000.
    ///   - pageToken: The token that the page before gave; empty for the first.
    ///   - options: Deadline and headers.
    /// - Returns: The letters, and the token of the next page, which is empty behind the last.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listLetters(
        ofRun run: Int64,
        in portfolio: String,
        pageSize: Int = 1_000,
        pageToken: String = "",
        options: CallOptions = .default
    ) async throws -> (letters: [DunningLetter], nextPageToken: String) {
        let response: Vigie_V1_ListLettersResponse = try await collectionCall(
            "ListLetters",
            Vigie_V1_ListLettersRequest.with {
                $0.portfolio = portfolio
                $0.run = run
                $0.pageSize = Int32(clamping: pageSize)
                $0.pageToken = pageToken
            },
            options
        )
        return (response.letters.map(DunningLetter.init), response.nextPageToken)
    }

    /// Records what is done about a customer.
    ///
    /// - Parameters:
    ///   - step: What.
    ///   - company: The customer.
    ///   - portfolio: The name of the portfolio.
    ///   - note: What is written down beside it.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError`` with why it cannot be done, or `CancellationError` when the task
    ///   was cancelled.
    public func record(
        _ step: CollectionStep,
        about company: CompanyIdentifier,
        in portfolio: String,
        note: String = "",
        options: CallOptions = .default
    ) async throws {
        let _: Vigie_V1_RecordCollectionResponse = try await collectionCall(
            "RecordCollection",
            Vigie_V1_RecordCollectionRequest.with {
                $0.portfolio = portfolio
                $0.company = .init(company)
                $0.note = note
                $0.action = step.message
            },
            options
        )
    }

    func collectionCall<Request: ProtobufMessage, Response: ProtobufMessage>(
        _ method: String,
        _ request: Request,
        _ options: CallOptions
    ) async throws -> Response {
        try await call(
            "/vigie.v1.CollectionService/\(method)",
            request,
            context(options.timeout, options.metadata)
        )
    }
}

extension CollectionStep {
    fileprivate var message: Vigie_V1_RecordCollectionRequest.OneOf_Action? {
        switch self {
        case .promise(let invoice, let date, let cents):
            .promise(
                .with {
                    $0.invoice = invoice ?? ""
                    $0.date = date
                    if let cents { $0.amountCents = cents }
                }
            )
        case .dispute(let invoice): .disputeInvoice(invoice)
        case .settle(let invoice): .settleInvoice(invoice)
        case .hold(let invoice, let until):
            .hold(
                .with {
                    $0.invoice = invoice ?? ""
                    $0.untilDate = until ?? ""
                }
            )
        case .setLevel(let invoice, let level):
            .setLevel(
                .with {
                    $0.invoice = invoice ?? ""
                    $0.level = Int32(clamping: level)
                }
            )
        case .release(let invoice): .releaseInvoice(invoice ?? "")
        case .setTerms(let terms): .setTerms(terms.message)
        case .note: nil
        }
    }
}
