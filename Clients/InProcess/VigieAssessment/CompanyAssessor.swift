// SPDX-License-Identifier: Apache-2.0

// Companies assessed in this process. Facts go the way that they go over the wire, only without
// one: what is said of them is what a server says, to the bit.

internal import Assessment
internal import AssessmentMessages
internal import CreditFacts
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieApplication
public import VigieClient
internal import VigieLimits
internal import VigieProtos

/// Assesses companies in this process, without a server.
///
/// ```swift
/// let papers = try PaperReader(asOf: day).read(["papers/"])
/// let assessor = try CompanyAssessor()
/// for answer in try assessor.assess(papers.companies, options: AssessmentOptions(asOf: day)) {
///     print(try answer.get())
/// }
/// ```
///
/// It can be shared between tasks. Assessing works on the calling thread and takes some ten
/// microseconds for each company of many.
public final class CompanyAssessor: CompanyAssessing, Sendable {
    private let queries: AssessmentQueries
    private let registry: ModelRegistry

    /// Loads models.
    ///
    /// - Parameters:
    ///   - modelsDirectory: Directory of model bundles; `nil` for the models of the product.
    ///   - defaultModel: Name of the model that is meant where none is named; `nil` for the first.
    /// - Throws: ``VigieError`` for models that cannot be used.
    public init(modelsDirectory: String? = nil, defaultModel: String? = nil) throws {
        do throws(ServiceError) {
            registry = try ModelRegistry.load(
                directory: modelsDirectory,
                defaultName: defaultModel
            )
        } catch {
            throw VigieError(error)
        }
        queries = AssessmentQueries(registry: registry)
    }

    /// Assesses companies. Deadline and headers of the options have no meaning here.
    ///
    /// - Parameters:
    ///   - companies: What is known of each.
    ///   - options: Model, day, reasons and parts.
    /// - Returns: For each company, in their order, its assessment or what is wrong with its facts.
    /// - Throws: ``VigieError`` for what concerns all of them.
    public func assess(
        _ companies: [VigieClient.CompanyFacts],
        options: AssessmentOptions = .default
    ) throws -> [Result<VigieClient.CompanyAssessment, VigieError>] {
        var encoder = FactEncoder()
        for company in companies { encoder.learn(company) }
        do throws(ServiceError) {
            let prepared = try PreparedAssessment(
                Vigie_V1_AssessHeader(options, lineNames: encoder.lineNames),
                queries: queries,
                limits: ServiceLimits(),
                tellsFindings: true
            )
            return try Self.answers(companies, prepared, &encoder)
        } catch {
            throw VigieError(error)
        }
    }

    private static func answers(
        _ companies: [VigieClient.CompanyFacts],
        _ prepared: PreparedAssessment,
        _ encoder: inout FactEncoder
    ) throws(ServiceError) -> [Result<VigieClient.CompanyAssessment, VigieError>] {
        let labels = AssessmentLabels(.init(prepared.plan, omitted: prepared.messages.omitted))
        let scratch = AssessmentScratch()
        var answers: [Result<VigieClient.CompanyAssessment, VigieError>] = []
        answers.reserveCapacity(companies.count)
        for first in stride(from: 0, to: companies.count, by: ClientLimits.companiesOfMessage) {
            let end = min(first + ClientLimits.companiesOfMessage, companies.count)
            var facts: [CreditFacts.CompanyFacts] = []
            var errors: [ServiceError?] = []
            for company in companies[first..<end] {
                do throws(ServiceError) {
                    facts.append(try prepared.reader.facts(encoder.message(company) ?? .init()))
                    errors.append(nil)
                } catch {
                    errors.append(error)
                }
            }
            let assessments = try prepared.plan.assess(facts, scratch)
            var next = 0
            for error in errors {
                if let error {
                    answers.append(.failure(VigieError(error)))
                } else if next < assessments.count {
                    let assessment = assessments[next]
                    let more = try prepared.plan.answers(of: facts[next], assessment)
                    next += 1
                    let message = try prepared.messages.message(assessment, more)
                    answers.append(.success(CompanyAssessment(message, labels)))
                }
            }
        }
        return answers
    }

    /// What the words of an assessment mean.
    ///
    /// - Parameters:
    ///   - reader: For whom.
    ///   - inFrench: Whether in French; else in English.
    /// - Returns: The terms, in the order of a glossary that is read from its start.
    public static func terms(
        for reader: VigieClient.GlossaryTerm.Reader = .credit,
        inFrench: Bool = false
    ) -> [VigieClient.GlossaryTerm] {
        var request = Vigie_V1_ListTermsRequest()
        switch reader {
        case .credit: request.reader = .credit
        case .sales: request.reader = .sales
        case .company: request.reader = .company
        }
        request.language = inFrench ? .french : .english
        let response = try? Vigie_V1_ListTermsResponse.answer(request)
        return response?.terms.map(VigieClient.GlossaryTerm.init) ?? []
    }
}

extension VigieError {
    /// The error of a use case.
    init(_ error: ServiceError) {
        let code: Code =
            switch error.code {
            case .invalidArgument: .invalidArgument
            case .notFound: .notFound
            case .alreadyExists: .alreadyExists
            case .permissionDenied: .permissionDenied
            case .failedPrecondition: .failedPrecondition
            case .resourceExhausted: .resourceExhausted
            case .deadlineExceeded: .deadlineExceeded
            case .unavailable: .unavailable
            case .outOfRange: .outOfRange
            case .dataLoss: .dataLoss
            case .internalError: .internal
            }
        var violations: [FieldViolation] = []
        if case .field(let name) = error.detail {
            violations = [FieldViolation(field: name, description: error.message)]
        }
        self.init(
            code: code,
            reason: error.reason,
            message: error.message,
            fieldViolations: violations,
            metadata: error.metadata
        )
    }
}
