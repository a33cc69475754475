// SPDX-License-Identifier: Apache-2.0

// vigie.v1.CollectionService: worklists, letters and what people do about customers. Like
// PortfolioService it works on threads that may wait, of its own: a book of many customers takes
// seconds, and keeps nobody from his portfolios.

internal import Callers
internal import Collection
internal import GRPCTransport
internal import PaymentForecast
internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import ProceedingSurvival
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import Turns
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// Answers CollectionService.
struct CollectionService: Sendable {
    private let collection: CollectionUseCases
    private let workers: WorkerPool
    private let limits: ServiceLimits
    private let trained: TrainedForecast?
    private let survival: SurvivalModel?

    /// Makes the service of a store, with the models that forecast: without one of payments these
    /// are forecast without training, without one of proceedings nothing is said of them.
    init(_ store: ServerStore, _ models: ModelRegistry, _ limits: ServiceLimits) {
        self.limits = limits
        (trained, survival) = (models.paymentForecast, models.proceedingSurvival)
        let join = StoredFactJoin(limits: limits)
        collection = CollectionUseCases(PortfolioUseCases(store), join)
        workers = WorkerPool(threadCount: limits.storeReadThreads, limits: .calls(limits))
    }

    /// Starts its threads.
    func start() { workers.start() }

    /// Ends them when their work is done. The store is closed by PortfolioService.
    func stop() async { await workers.stop() }

    /// The service as the server tells of it.
    var description: ServiceDescription {
        ServiceDescription(
            "vigie.v1.CollectionService",
            methods: [
                method("GetWorklist", worklist), method("ExplainCustomer", explain),
                method("PlanDunning", plan), method("RunDunning", run),
                method("ListLetters", letters), method("RecordCollection", record),
                method("ForecastPayments", forecast),
                method("ForecastProceedings", proceedings), method("DeclareClaims", declare),
                method("GetDunningScenarios", scenarios),
                method("SetDunningScenarios", setScenarios, limits.scenariosMessage),
                method("DescribeReceivables", receivables),
            ]
        )
    }

    private func method<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        _ answer: @escaping @Sendable (Request, PortfolioViewer) throws(ServiceError) -> Response,
        _ messageLimit: MessageLimit? = nil
    ) -> MethodDescription {
        .message(
            name,
            messageLimit: messageLimit ?? limits.controlMessage,
            on: .workers(workers, limits: limits)
        ) { (request: Request, caller: Caller?) throws(ServiceError) in
            try answer(request, caller.viewer)
        }
    }

    /// The book of a portfolio as of a day.
    func review(
        _ portfolio: String,
        _ asOf: String,
        _ language: LetterLanguage,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> PortfolioReview {
        let day = try AsOfDate(asOf, field: "as_of_date", today: collection.today)
        return try collection.review(of: portfolio, asOf: day.date, in: language, by: viewer)
    }

    // MARK: - Looking

    private func worklist(
        _ request: Vigie_V1_GetWorklistRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_GetWorklistResponse {
        let language = try request.language.letters
        let count = try Self.count(request.limit)
        let filter = try request.segmentPart.filter(request.segment)
        let found = try review(request.portfolio, request.asOfDate, language, viewer)
        var list = found.review.worklist
        if let filter {
            let wanted = try collection.slots(of: request.portfolio, filter, by: viewer)
            let isWanted = { (entry: WorklistEntry) in
                wanted.contains(found.members[entry.customer].slot)
            }
            list.entries = list.entries.filter(isWanted)
            list.others = list.others.filter(isWanted)
        }
        return .with {
            $0.entries = list.entries.prefix(count).map { .init($0, found, language) }
            $0.others = list.others.prefix(count).map { .init($0, found, language) }
            $0.entryCount = Int64(list.entries.count)
            $0.otherCount = Int64(list.others.count)
            $0.asOfDate = found.review.asOf.description
        }
    }

    private func explain(
        _ request: Vigie_V1_ExplainCustomerRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ExplainCustomerResponse {
        let language = try request.language.letters
        let company = try request.company.identity("company")
        let found = try review(request.portfolio, request.asOfDate, language, viewer)
        guard let place = found.place(of: company) else {
            throw .unknownCompany(company, in: request.portfolio, "company")
        }
        let record = found.review.book.customers[place].record
        let open = found.review.invoices(of: place)
            .filter { found.review.standings[Int($0)].open != 0 }
            .prefix(StoreLimits.listedMax)
        return .with {
            $0.entry = .init(found.review.entry(of: place), found, language)
            $0.invoices = open.map { .init(Int($0), found, language) }
            $0.notes = record.notes.map { note in
                .with {
                    $0.person = note.person
                    $0.date = note.day.description
                    $0.text = note.text
                }
            }
            if let terms = record.terms { $0.terms = .init(terms) }
            $0.lastLetterLevel = Int32(record.lastLetter?.level ?? 0)
            $0.lastLetterDate = record.lastLetter?.day.description ?? ""
        }
    }

    private func plan(
        _ request: Vigie_V1_PlanDunningRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_PlanDunningResponse {
        let language = try request.language.letters
        let (count, sender) = (try Self.count(request.limit), try Self.sender(request.sender))
        let found = try review(request.portfolio, request.asOfDate, language, viewer)
        let plan = found.review.plan()
        let letters = plan.letters
        return .with {
            $0.unknownRates = plan.unknownRates
            $0.letterCount = Int64(letters.count)
            $0.letters = letters.prefix(count).map { letter in
                let kept = CollectionUseCases.kept(letter, found, sender)
                return .init(kept, found.members[letter.customer].line)
            }
        }
    }

    private func letters(
        _ request: Vigie_V1_ListLettersRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ListLettersResponse {
        guard request.run != 0 else {
            let runs = try collection.runs(of: request.portfolio, by: viewer)
            return .with { $0.runs = runs.map(Vigie_V1_DunningRun.init) }
        }
        let found = try collection.letters(
            ofRun: Int(request.run),
            of: request.portfolio,
            PageRequest(size: Int(request.pageSize), token: request.pageToken),
            by: viewer
        )
        return .with {
            $0.letters = found.letters.map { .init($0.letter, $0.line) }
            $0.nextPageToken = found.nextToken
        }
    }

    private func forecast(
        _ request: Vigie_V1_ForecastPaymentsRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ForecastPaymentsResponse {
        let count = try Self.count(request.limit)
        guard (0...53).contains(request.weeks) else {
            throw .invalid("weeks", "BAD_WEEKS", "weeks is \(request.weeks); it is 0 to 53.")
        }
        let found = try review(request.portfolio, request.asOfDate, .english, viewer)
        let weeks = request.weeks == 0 ? 13 : Int(request.weeks)
        return .init(PaymentOutlook(found.review, weeks: weeks, by: trained), found, count)
    }

    private func proceedings(
        _ request: Vigie_V1_ForecastProceedingsRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ForecastProceedingsResponse {
        let company = try request.company.identity("company")
        let found = try review(request.portfolio, request.asOfDate, .english, viewer)
        guard let place = found.place(of: company) else {
            throw .unknownCompany(company, in: request.portfolio, "company")
        }
        let open = found.review.book.customers[place].proceedings
        let subject = try open.flatMap { open throws(ServiceError) in try request.subject(of: open)
        }
        return .init(open, subject, on: found.review.asOf, by: survival)
    }

    private func receivables(
        _ request: Vigie_V1_DescribeReceivablesRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_DescribeReceivablesResponse {
        let count = try Self.count(request.limit)
        return .init(try review(request.portfolio, request.asOfDate, .english, viewer), count)
    }

    private func declare(
        _ request: Vigie_V1_DeclareClaimsRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_DeclareClaimsResponse {
        let language = try request.language.letters
        let sender = try Self.sender(request.sender)
        let found = try review(request.portfolio, request.asOfDate, language, viewer)
        let all = found.review.declarations(isCreditorAbroad: request.creditorIsAbroad)
        let told = Array(all.prefix(StoreLimits.listedMax))
        return .with {
            $0.declarationCount = Int64(all.count)
            $0.file = ClaimDeclaration.file(told, of: found.review.book, in: language)
            $0.declarations = told.map { .init($0, found, sender, language) }
        }
    }

    private func scenarios(
        _ request: Vigie_V1_GetDunningScenariosRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_GetDunningScenariosResponse {
        let found = try collection.scenarios(of: request.portfolio, by: viewer)
        return .with {
            $0.number = Int64(found.number)
            $0.document = found.document
        }
    }

    // MARK: - Changing

    private func run(
        _ request: Vigie_V1_RunDunningRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_RunDunningResponse {
        let done = try collection.run(
            of: request.portfolio,
            in: try request.language.letters,
            from: try Self.sender(request.sender),
            by: viewer
        )
        return .with {
            $0.run = Int64(done?.number ?? 0)
            $0.letterCount = Int64(done?.letters.count ?? 0)
            $0.unknownRates = done?.unknownRates ?? []
        }
    }

    private func record(
        _ request: Vigie_V1_RecordCollectionRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_RecordCollectionResponse {
        let record = try collection.apply(
            try request.collectionAction(),
            to: try request.company.identity("company"),
            in: request.portfolio,
            note: request.note,
            by: viewer
        )
        return .with { $0.noteCount = Int32(record.notes.count) }
    }

    private func setScenarios(
        _ request: Vigie_V1_SetDunningScenariosRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_SetDunningScenariosResponse {
        let number = try collection.setScenarios(
            request.document,
            of: request.portfolio,
            by: viewer
        )
        return .with { $0.number = Int64(number) }
    }

    // MARK: - What is given

    private static func count(_ limit: Int32) throws(ServiceError) -> Int {
        guard limit >= 0 else {
            throw .invalid("limit", "NEGATIVE_LIMIT", "limit is \(limit); it must be 0 or more.")
        }
        return limit == 0 ? StoreLimits.pageSize : min(Int(limit), StoreLimits.listedMax)
    }

    private static func sender(_ sender: String) throws(ServiceError) -> String {
        guard sender.utf8.count <= StoreLimits.companyNameBytes else {
            throw .overLimit(
                "sender",
                "companyNameBytes",
                "sender is too long.",
                value: sender.utf8.count,
                maximum: StoreLimits.companyNameBytes
            )
        }
        return sender
    }
}

extension ServiceLimits {
    /// Of a message with scenarios.
    fileprivate var scenariosMessage: MessageLimit {
        MessageLimit(
            "scenarioBytes",
            bytes: CollectionLimits.scenarioBytes + healthMessageBytesMax
        )
    }
}
