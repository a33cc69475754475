// SPDX-License-Identifier: Apache-2.0

// What is known of companies of portfolios: recorded, listed, and what they are assessed by.

internal import Assessment
internal import AssessmentMessages
internal import Callers
internal import CreditFacts
internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import StoredAssessments
internal import Telemetry
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// Answers the methods of PortfolioService that have to do with facts.
struct CompanyFactWork: Sendable {
    private let portfolios: PortfolioUseCases
    private let queries: AssessmentQueries
    private let memory: ThreadMemory
    private let limits: ServiceLimits

    init(
        _ portfolios: PortfolioUseCases,
        _ queries: AssessmentQueries,
        _ memory: ThreadMemory,
        _ limits: ServiceLimits
    ) {
        (self.portfolios, self.queries) = (portfolios, queries)
        (self.memory, self.limits) = (memory, limits)
    }

    // MARK: Recording

    func record(
        _ request: Vigie_V1_RecordFactsRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_RecordFactsResponse {
        let summary = try portfolios.recordFacts(
            of: try companies(request),
            in: request.portfolio,
            source: request.source,
            try request.mode.value,
            leavesOutUnknown: request.leaveOutUnknown,
            by: viewer
        )
        return .with {
            $0.addedCount = Int64(summary.changes.added)
            $0.unchangedCount = Int64(summary.changes.unchanged)
            $0.supersededCount = Int64(summary.changes.superseded)
            $0.unknown = summary.unknown.map(Vigie_V1_CompanyIdentifier.init)
        }
    }

    private func companies(
        _ request: Vigie_V1_RecordFactsRequest
    ) throws(ServiceError) -> [RecordedCompany] {
        let splitter: FactSplitter
        do throws(ServiceError) {
            let reader = try FactReader(lineNames: request.lineNames, limits: limits)
            splitter = FactSplitter(reader)
        } catch { throw error.moved(from: "header", to: "") }
        var (companies, count) = ([RecordedCompany](), 0)
        for (index, company) in request.companies.enumerated() {
            let field = "companies[\(index)]"
            let identity = try company.company.identity("\(field).company")
            let facts: [StoredFact]
            do throws(ServiceError) {
                facts = try splitter.facts(try company.facts.known(as: identity))
            } catch { throw error.moved(from: "company", to: "\(field).facts") }
            count += facts.count
            guard count <= StoreLimits.recordedFactsMax else {
                throw .overLimit(
                    "companies",
                    "recordedFactsMax",
                    "The call has too many facts; send several.",
                    value: count,
                    maximum: StoreLimits.recordedFactsMax,
                    code: .resourceExhausted
                )
            }
            companies.append(
                RecordedCompany(
                    identity,
                    facts.map { RecordedCompany.Fact($0.kind.inStore, $0.day, $0.content) }
                )
            )
        }
        return companies
    }

    // MARK: Reading

    func list(
        _ request: Vigie_V1_ListFactsRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ListFactsResponse {
        let found = try portfolios.facts(
            of: try request.company.identity("company"),
            in: request.portfolio,
            isWhole: request.includeSuperseded,
            PageRequest(size: Int(request.pageSize), token: request.pageToken),
            by: viewer
        )
        return .with {
            $0.facts = found.facts.map(Vigie_V1_ListedFact.init)
            $0.nextPageToken = found.nextToken
        }
    }

    func assess(
        _ request: Vigie_V1_AssessCompanyRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> CompanyAssessed {
        let identity = try request.company.identity("company")
        var header = request.header
        header.lineNames = []
        let prepared = try PreparedAssessment(
            header,
            queries: queries,
            limits: limits,
            tellsFindings: true,
            permitted: caller.permittedModels
        )
        let day = prepared.plan.options.asOf
        let known = try portfolios.factsToAssess(
            of: identity,
            in: request.portfolio,
            asOf: day,
            knownAtMicroseconds: request.hasKnownAtMicroseconds
                ? Int(request.knownAtMicroseconds) : nil,
            by: caller.viewer
        )
        let facts = try StoredFactJoin(limits: limits).known(of: identity, known, asOf: day)
        let response = try prepared.response(to: facts, memory.scratch)
        memory.add(.companiesAssessed, 1)
        return CompanyAssessed(
            response: response,
            factCount: known.count,
            lastKnownAtMicroseconds: known.map(\.knownAtMicroseconds).max() ?? 0
        )
    }
}

/// What is written as an AssessCompanyResponse, which begins as an AssessResponse.
struct CompanyAssessed: ProtobufWritable {
    let response: AssessmentResponse
    let factCount: Int
    let lastKnownAtMicroseconds: Int

    func write(to writer: inout ProtobufWriter) {
        response.write(to: &writer)
        writer.int64(3 << 3, Int64(factCount))
        writer.int64(4 << 3, Int64(lastKnownAtMicroseconds))
    }
}
