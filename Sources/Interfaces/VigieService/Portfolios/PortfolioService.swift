// SPDX-License-Identifier: Apache-2.0

// vigie.v1.PortfolioService: portfolios of the store. All of it is done on threads that may wait:
// reading on some, changing on others, so that an import keeps nobody from looking.

internal import Callers
internal import CreditPolicy
package import GRPCTransport
internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import ServiceErrors
internal import Turns
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// Answers PortfolioService.
package struct PortfolioService: Sendable {
    private let store: ServerStore
    private let portfolios: PortfolioUseCases
    private let facts: CompanyFactWork
    private let decisions: CompanyDecisionWork
    /// Threads that read the store.
    let readers: WorkerPool
    /// Threads that change it.
    let writers: WorkerPool
    private let imports: CallDesk
    private let limits: ServiceLimits
    private let runs: PortfolioRuns
    private let segments: PortfolioSegments

    /// Makes the service of a store, and of what assesses companies by what is known of them.
    ///
    /// - Parameter model: By what runs score, or why there are none.
    init(
        _ store: ServerStore,
        _ assessing: (
            queries: AssessmentQueries, decisions: DecisionQueries, memory: ThreadMemory,
            policyFacts: [String: CreditFact]
        ),
        _ limits: ServiceLimits,
        runsBy model: Result<RunModel, ServiceError>
    ) {
        (self.store, self.limits) = (store, limits)
        portfolios = PortfolioUseCases(store)
        facts = CompanyFactWork(portfolios, assessing.queries, assessing.memory, limits)
        decisions = CompanyDecisionWork(
            portfolios,
            (assessing.decisions, assessing.queries, assessing.policyFacts),
            assessing.memory,
            limits
        )
        runs = PortfolioRuns(portfolios, model)
        segments = PortfolioSegments(portfolios)
        readers = WorkerPool(threadCount: limits.storeReadThreads, limits: .calls(limits))
        // An import leaves a thread to shorter changes.
        let most = max(1, limits.storeWriteThreads - 1)
        writers = WorkerPool(
            threadCount: limits.storeWriteThreads,
            limits: .calls(limits, shareThreadsMax: most)
        )
        imports = CallDesk(
            writers,
            "imports",
            limits,
            all: ("importsMax", limits.importsMax),
            ofOne: ("connectionImportsMax", limits.connectionImportsMax)
        )
    }

    /// Starts its threads.
    func start() {
        readers.start()
        writers.start()
    }

    /// Ends them when their work is done, and closes the store.
    func stop() async {
        await readers.stop()
        await writers.stop()
        store.close()
    }

    /// The service as the server tells of it.
    package var description: ServiceDescription {
        ServiceDescription(
            "vigie.v1.PortfolioService",
            methods: [
                change("CreatePortfolio", create), read("ListPortfolios", list),
                read("DescribePortfolio", describe), change("ChangePortfolio", change),
                change("DeletePortfolio", delete), change("SharePortfolio", share),
                read("ListCompanies", companies), read("DescribeRisk", risk),
                change("PutCompanies", put, limits.companiesMessage),
                change("RemoveCompanies", remove, limits.companiesMessage),
                change("TransferCompanies", transfer, limits.companiesMessage),
                change("RecordFacts", facts.record, limits.factsMessage),
                read("ListFacts", facts.list),
                .message(
                    "AssessCompany",
                    messageLimit: limits.assessMessage,
                    on: .workers(readers, limits: limits),
                    answer: facts.assess
                ),
                change("StartRun", runs.start), read("ListRuns", runs.list),
                read("DescribeRun", runs.describe), read("ListScores", runs.scores),
                read("CompanyHistory", runs.history), read("DescribeTrend", trend),
                change("PutSegment", segments.put), read("ListSegments", segments.list),
                change("DeleteSegment", segments.delete), read("TrySegment", segments.tryOut),
                ask("DecideCompany", limits.decideMessage, decisions.decide),
                ask("DescribeTerms", limits.controlMessage, decisions.terms),
                ask("ListOpportunities", limits.controlMessage, decisions.opportunities),
                ask("ListHeadrooms", limits.controlMessage, decisions.headrooms),
                MethodDescription(
                    "ImportCompanies",
                    requests: .stream,
                    messageLimit: limits.importMessage
                ) { [portfolios, imports, limits] _ in
                    StreamedWorkHandler(
                        CompanyImportStream(portfolios, limits),
                        desk: imports,
                        limits: limits
                    )
                },
            ]
        )
    }

    private typealias Answer<Request, Response> =
        @Sendable (Request, PortfolioViewer) throws(ServiceError) -> Response

    private func read<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        _ answer: @escaping Answer<Request, Response>
    ) -> MethodDescription {
        method(name, limits.controlMessage, readers, answer)
    }

    private func change<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        _ answer: @escaping Answer<Request, Response>,
        _ messageLimit: MessageLimit? = nil
    ) -> MethodDescription {
        method(name, messageLimit ?? limits.controlMessage, writers, answer)
    }

    /// A method that asks a policy, to which it matters who asks.
    private func ask<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        _ messageLimit: MessageLimit,
        _ answer: @escaping @Sendable (Request, Caller?) throws(ServiceError) -> Response
    ) -> MethodDescription {
        .message(
            name,
            messageLimit: messageLimit,
            on: .workers(readers, limits: limits),
            answer: answer
        )
    }

    private func method<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        _ messageLimit: MessageLimit,
        _ workers: WorkerPool,
        _ answer: @escaping Answer<Request, Response>
    ) -> MethodDescription {
        .message(name, messageLimit: messageLimit, on: .workers(workers, limits: limits)) {
            (request: Request, caller: Caller?) throws(ServiceError) in
            try answer(request, caller.viewer)
        }
    }

    // MARK: - Portfolios

    private func create(
        _ request: Vigie_V1_CreatePortfolioRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_CreatePortfolioResponse {
        let made = try portfolios.create(name: request.name, note: request.note, by: viewer)
        return .with { $0.portfolio = .init(made) }
    }

    private func list(
        _ request: Vigie_V1_ListPortfoliosRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ListPortfoliosResponse {
        let page = PageRequest(size: Int(request.pageSize), token: request.pageToken)
        let found = try portfolios.list(page, by: viewer)
        return .with {
            $0.portfolios = found.portfolios.map(Vigie_V1_Portfolio.init)
            $0.nextPageToken = found.nextToken
        }
    }

    private func describe(
        _ request: Vigie_V1_DescribePortfolioRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_DescribePortfolioResponse {
        let (portfolio, shares) = try portfolios.describe(request.portfolio, by: viewer)
        return .with {
            $0.portfolio = .init(portfolio)
            $0.shares = .init(shares)
        }
    }

    private func change(
        _ request: Vigie_V1_ChangePortfolioRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ChangePortfolioResponse {
        let changed = try portfolios.change(
            request.portfolio,
            toName: request.hasName ? request.name : nil,
            note: request.hasNote ? request.note : nil,
            by: viewer
        )
        return .with { $0.portfolio = .init(changed) }
    }

    private func delete(
        _ request: Vigie_V1_DeletePortfolioRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_DeletePortfolioResponse {
        let count = Int(request.companyCount)
        try portfolios.delete(request.portfolio, companyCount: count, by: viewer)
        return .init()
    }

    private func share(
        _ request: Vigie_V1_SharePortfolioRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_SharePortfolioResponse {
        let shares = try portfolios.share(
            request.portfolio,
            with: request.share.role,
            request.share.access.value("share.access"),
            by: viewer
        )
        return .with { $0.shares = .init(shares) }
    }

    private func risk(
        _ request: Vigie_V1_DescribeRiskRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_DescribeRiskResponse {
        let loss = try request.lossGiven()
        let risk = try portfolios.risk(
            of: request.portfolio,
            try request.question(),
            by: viewer
        )
        return .init(risk, lossGivenDefault: loss)
    }

    private func trend(
        _ request: Vigie_V1_DescribeTrendRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_DescribeTrendResponse {
        let count = request.dayCount == 0 ? 30 : Int(request.dayCount)
        let (trend, today) = try portfolios.trend(of: request.portfolio, days: count, by: viewer)
        return .init(trend, today)
    }

    // MARK: - Companies

    private func companies(
        _ request: Vigie_V1_ListCompaniesRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ListCompaniesResponse {
        let page = PageRequest(size: Int(request.pageSize), token: request.pageToken)
        let found = try portfolios.companies(of: request.portfolio, page, by: viewer)
        return .with {
            $0.companies = found.companies.map(Vigie_V1_FollowedCompany.init)
            $0.nextPageToken = found.nextToken
        }
    }

    private func put(
        _ request: Vigie_V1_PutCompaniesRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_PutCompaniesResponse {
        let lines = try request.companies.lines()
        let summary = try portfolios.put(lines, into: request.portfolio, by: viewer)
        return .with { $0.counts = .init(summary) }
    }

    private func remove(
        _ request: Vigie_V1_RemoveCompaniesRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_RemoveCompaniesResponse {
        let companies = try request.companies.identities()
        let removed = try portfolios.remove(companies, from: request.portfolio, by: viewer)
        return .with {
            $0.removedCount = Int64(removed)
            $0.absentCount = Int64(companies.count - removed)
        }
    }

    private func transfer(
        _ request: Vigie_V1_TransferCompaniesRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_TransferCompaniesResponse {
        let summary = try portfolios.transfer(
            try request.companies.identities(),
            from: request.source,
            to: request.target,
            isMove: request.move,
            by: viewer
        )
        return .with {
            $0.addedCount = Int64(summary.added)
            $0.removedCount = Int64(summary.removed)
            $0.absentCount = Int64(summary.absent)
        }
    }
}

extension Caller? {
    /// As whom he looks at portfolios.
    var viewer: PortfolioViewer {
        guard let caller = self else { return .everybody }
        return PortfolioViewer(
            identity: caller.identity,
            roles: caller.roles,
            isOperator: caller.mayDoEverything
        )
    }
}

extension ServiceLimits {
    /// Of a message that names companies one by one.
    fileprivate var companiesMessage: MessageLimit {
        MessageLimit("companiesMessageBytesMax", bytes: companiesMessageBytesMax)
    }

    /// Of what is known of companies.
    fileprivate var factsMessage: MessageLimit {
        MessageLimit("factsMessageBytesMax", bytes: factsMessageBytesMax)
    }

    /// Of a question to a policy.
    fileprivate var decideMessage: MessageLimit {
        MessageLimit("decideMessageBytesMax", bytes: decideMessageBytesMax)
    }

    /// Of a header of assessments, which may have quartiles.
    fileprivate var assessMessage: MessageLimit {
        MessageLimit("assessMessageBytesMax", bytes: assessMessageBytesMax)
    }

    /// Of a part of a file, or a header.
    fileprivate var importMessage: MessageLimit {
        MessageLimit("uploadPartBytes", bytes: PolicyLimits.uploadPartBytes + healthMessageBytesMax)
    }
}
