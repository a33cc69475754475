// SPDX-License-Identifier: Apache-2.0

// Companies assessed by a server.

internal import NIOCore
internal import ProtobufCoding
internal import VigieLimits
package import VigieProtos

extension ScoringClient: CompanyAssessing {
    /// Assesses one company with a call of its own.
    ///
    /// - Parameters:
    ///   - company: What is known of it.
    ///   - options: Model, day, reasons, parts, deadline and headers.
    /// - Returns: The assessment. One that cannot be scored has its outcome.
    /// - Throws: ``VigieError``, with the fields of the facts that make no sense, or
    ///   `CancellationError` when the task was cancelled.
    public func assess(
        _ company: CompanyFacts,
        options: AssessmentOptions = .default
    ) async throws -> CompanyAssessment {
        var encoder = FactEncoder()
        var request = Vigie_V1_AssessRequest()
        if let message = encoder.message(company) { request.company = message }
        request.header = .init(options, lineNames: encoder.lineNames)
        let response: Vigie_V1_AssessResponse = try await call(
            "/vigie.v1.AssessmentService/Assess",
            request,
            context(options.timeout, options.metadata)
        )
        guard response.hasAssessment else { throw VigieError.badResponse("It has no assessment.") }
        return CompanyAssessment(response.assessment, AssessmentLabels(response.context))
    }

    /// Assesses companies over one stream.
    ///
    /// - Parameters:
    ///   - companies: What is known of each.
    ///   - options: Model, day, reasons, parts, deadline and headers.
    /// - Returns: For each company, in their order, its assessment or what is wrong with its facts.
    /// - Throws: ``VigieError`` for what concerns all of them, or `CancellationError` when the task
    ///   was cancelled.
    public func assess(
        _ companies: [CompanyFacts],
        options: AssessmentOptions = .default
    ) async throws -> [Result<CompanyAssessment, VigieError>] {
        let batches = companies.batches(of: ClientLimits.companiesOfMessage)
        var answers: [Result<CompanyAssessment, VigieError>] = []
        answers.reserveCapacity(companies.count)
        for try await some in assess(batches: batches, options: options) { answers += some }
        return answers
    }

    /// Assesses companies as they come, in constant memory: two messages are under way at a time.
    ///
    /// - Parameters:
    ///   - batches: The companies, some hundred at a time.
    ///   - options: Model, day, reasons, parts, deadline and headers.
    /// - Returns: The answers to each batch, in their order.
    public func assess<Batches: AsyncSequence & Sendable>(
        batches: Batches,
        options: AssessmentOptions = .default
    ) -> AssessedBatches<Batches> where Batches.Element == [CompanyFacts] {
        AssessedBatches(client: self, batches: batches, options: options)
    }

    /// Assesses companies that are rows of tables as they come, in constant memory: two tables are
    /// under way at a time. For whole countries; some thousand rows in a table are best.
    ///
    /// - Parameters:
    ///   - tables: The companies, all with the same columns.
    ///   - options: Model, day, reasons, deadline and headers; parts and later corrections mean
    ///     nothing here.
    /// - Returns: The assessments of each table, in their order; none of an empty one.
    public func assess<Tables: AsyncSequence & Sendable>(
        tables: Tables,
        options: AssessmentOptions = AssessmentOptions(reasonCount: 0)
    ) -> AssessedTables<Tables> where Tables.Element == CompanyTable {
        AssessedTables(client: self, tables: tables, options: options)
    }

    /// Assesses tables of companies as they come, in a job: the server keeps the answers, and no
    /// table that was answered is assessed again. See ``score(blocks:options:job:)``.
    ///
    /// - Parameters:
    ///   - tables: The companies; the same in each stream of the job.
    ///   - options: As of ``assess(tables:options:)``.
    ///   - job: The job.
    /// - Returns: The assessments of each table, in the order of the tables.
    public func assess<Tables: AsyncSequence & Sendable>(
        tables: Tables,
        options: AssessmentOptions = AssessmentOptions(reasonCount: 0),
        job: StreamJob
    ) -> AssessedTables<Tables> where Tables.Element == CompanyTable {
        AssessedTables(client: self, tables: tables, options: options, job: job)
    }

    /// What the words of an assessment mean.
    ///
    /// - Parameters:
    ///   - reader: For whom.
    ///   - inFrench: Whether in French; else in English.
    ///   - options: Deadline and headers.
    /// - Returns: The terms, in the order of a glossary that is read from its start.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func terms(
        for reader: GlossaryTerm.Reader = .credit,
        inFrench: Bool = false,
        options: CallOptions = .default
    ) async throws -> [GlossaryTerm] {
        var request = Vigie_V1_ListTermsRequest()
        request.reader = .init(rawValue: EnumNumbers.number(reader))
        request.language = inFrench ? .french : .english
        let response: Vigie_V1_ListTermsResponse = try await call(
            "/vigie.v1.AssessmentService/ListTerms",
            request,
            context(options.timeout, options.metadata)
        )
        return response.terms.map(GlossaryTerm.init)
    }
}

extension Vigie_V1_AssessHeader {
    /// The header of options.
    package init(_ options: AssessmentOptions, lineNames: [String]) {
        self.init()
        model = options.model ?? ""
        card = options.card ?? ""
        asOfDate = options.asOf?.description ?? ""
        reasonCount = UInt32(clamping: options.reasonCount)
        knowsLaterCorrections = options.knowsLaterCorrections
        self.lineNames = lineNames
        if options.questions != AssessmentQuestions() {
            questions.horizonModels = options.questions.horizonModels
            questions.modelInputs = options.questions.tellsModelInputs
            questions.trends = options.questions.tellsTrends
            questions.quartiles = options.questions.quartiles
            questions.changes = options.questions.changes
            questions.reachClass = UInt32(clamping: options.questions.reachClass ?? 0)
        }
        for number in [1, 2, 3, 4, 5, 7]
        where !options.parts.contains(.init(rawValue: 1 << UInt32(number))) {
            omittedParts.append(.init(rawValue: number))
        }
    }
}

extension VigieError {
    /// What is wrong with the facts of a company.
    package init(_ error: Vigie_V1_CompanyError) {
        self.init(
            code: Code(rawValue: Int(error.code)),
            reason: error.reason.isEmpty ? nil : error.reason,
            message: error.message,
            fieldViolations: error.field.isEmpty
                ? [] : [FieldViolation(field: error.field, description: error.message)]
        )
    }
}
