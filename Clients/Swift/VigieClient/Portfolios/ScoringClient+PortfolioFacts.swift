// SPDX-License-Identifier: Apache-2.0

// What is known of companies of portfolios: recorded, listed, and what they are assessed by.

internal import ProtobufCoding
internal import VigieProtos

extension ScoringClient {
    /// Has the server keep what is known of companies of a portfolio: all of it or nothing.
    ///
    /// - Parameters:
    ///   - companies: 1 to 1,000 companies, each once, with what is known of them; in all 4 MiB.
    ///   - portfolio: The name of the portfolio.
    ///   - source: Who or what says so, such as the name of a file: 1 to 256 bytes.
    ///   - replaces: Whether what comes for a company, a kind of fact and a day is the whole of it,
    ///     so that what was known and does not come again is superseded.
    ///   - leavesOutUnknown: Whether companies that the portfolio does not have are left out and
    ///     told; otherwise one of them keeps all from being recorded.
    ///   - options: Deadline and headers.
    /// - Returns: What became of the facts.
    /// - Throws: ``VigieError`` with what is wrong with which company, or `CancellationError` when
    ///   the task was cancelled.
    @discardableResult
    public func recordFacts(
        of companies: [(company: CompanyIdentifier, facts: CompanyFacts)],
        in portfolio: String,
        source: String,
        replaces: Bool = false,
        leavesOutUnknown: Bool = false,
        options: CallOptions = .default
    ) async throws -> RecordedFacts {
        var encoder = FactEncoder()
        var request = Vigie_V1_RecordFactsRequest()
        request.portfolio = portfolio
        request.source = source
        request.mode = replaces ? .replace : .add
        request.leaveOutUnknown = leavesOutUnknown
        for (company, facts) in companies {
            request.companies.append(
                .with {
                    $0.company = .init(company)
                    if let message = encoder.message(facts) { $0.facts = message }
                }
            )
        }
        request.lineNames = encoder.lineNames
        let response: Vigie_V1_RecordFactsResponse = try await portfolioCall(
            "RecordFacts",
            request,
            options
        )
        return RecordedFacts(response)
    }

    /// Lists what the server knows of a company, a page at a time, in the order in which it came.
    ///
    /// - Parameters:
    ///   - company: The company.
    ///   - portfolio: The name of a portfolio that it is in.
    ///   - includesSuperseded: Whether facts are listed, too, in whose place others stand.
    ///   - pageSize: Most facts of the page, up to 1,000.
    ///   - pageToken: The token that the page before gave; empty for the first.
    ///   - options: Deadline and headers.
    /// - Returns: The facts, and the token of the next page, which is empty behind the last.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listFacts(
        of company: CompanyIdentifier,
        in portfolio: String,
        includesSuperseded: Bool = false,
        pageSize: Int = 1_000,
        pageToken: String = "",
        options: CallOptions = .default
    ) async throws -> (facts: [KnownFact], nextPageToken: String) {
        let response: Vigie_V1_ListFactsResponse = try await portfolioCall(
            "ListFacts",
            Vigie_V1_ListFactsRequest.with {
                $0.portfolio = portfolio
                $0.company = .init(company)
                $0.includeSuperseded = includesSuperseded
                $0.pageSize = Int32(clamping: pageSize)
                $0.pageToken = pageToken
            },
            options
        )
        return (response.facts.map(KnownFact.init), response.nextPageToken)
    }

    /// Assesses a company of a portfolio by what the server knows of it.
    ///
    /// - Parameters:
    ///   - company: The company.
    ///   - portfolio: The name of a portfolio that it is in.
    ///   - knownAtMicroseconds: What came later is left out, and what was superseded later counts;
    ///     in microseconds since 1970 in UTC. `nil` means the end of the day of the assessment.
    ///   - options: Model, day, reasons, parts, deadline and headers.
    /// - Returns: The assessment, and how much was known.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func assess(
        _ company: CompanyIdentifier,
        in portfolio: String,
        knownAtMicroseconds: Int64? = nil,
        options: AssessmentOptions = .default
    ) async throws -> KnownAssessment {
        let response: Vigie_V1_AssessCompanyResponse = try await portfolioCall(
            "AssessCompany",
            Vigie_V1_AssessCompanyRequest.with {
                $0.portfolio = portfolio
                $0.company = .init(company)
                $0.header = .init(options, lineNames: [])
                if let moment = knownAtMicroseconds { $0.knownAtMicroseconds = moment }
            },
            CallOptions(timeout: options.timeout, metadata: options.metadata)
        )
        guard response.hasAssessment else { throw VigieError.badResponse("It has no assessment.") }
        let last = response.lastKnownAtMicroseconds
        return KnownAssessment(
            assessment: CompanyAssessment(
                response.assessment,
                AssessmentLabels(response.context)
            ),
            factCount: Int(clamping: response.factCount),
            lastKnownAtMicroseconds: response.factCount > 0 ? last : nil
        )
    }
}
