// SPDX-License-Identifier: Apache-2.0

// StreamAssessRows: its header, checked and ready. All else is the path of rows.

internal import Assessment
internal import AssessmentMessages
internal import CVigieWire
internal import GRPCTransport
internal import JobStore
internal import NIOPosix
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import Telemetry
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

extension RowMethod {
    /// Assesses companies that are rows.
    static func assessing(_ queries: AssessmentQueries, limits: ServiceLimits) -> RowMethod {
        RowMethod(
            requestName: "vigie.v1.StreamAssessRowsRequest",
            counter: .companiesAssessed
        ) { (bytes, _, today, _) throws(ServiceError) in
            try PreparedHeader(assessing: bytes, queries: queries, limits: limits, today: today)
        }
    }
}

extension PreparedHeader {
    /// Decodes and checks a header of assessments.
    ///
    /// - Throws: What is wrong with the header, naming the field.
    fileprivate convenience init(
        assessing bytes: UnsafeRawBufferPointer,
        queries: AssessmentQueries,
        limits: ServiceLimits,
        today: CalendarDate
    ) throws(ServiceError) {
        let start = bytes.bindMemory(to: UInt8.self).baseAddress
        guard vigie_has_few_fields(start, bytes.count, limits.messageFieldsMax) else {
            throw .tooManyFields("header", maximum: limits.messageFieldsMax)
        }
        let header = try Vigie_V1_AssessRowsHeader(received: bytes)
        try Self.checkNames(header.factColumns, field: "header.fact_columns", limits: limits)
        try Self.checkNames(header.columns, field: "header.columns", limits: limits)
        var request = AssessmentRequest()
        request.model = header.model
        request.card = header.card
        // The day of a job may be another than that of the queries' clock.
        request.asOfDate =
            header.asOfDate.isEmpty && header.hasJob ? today.description : header.asOfDate
        request.reasonCount = Int(header.reasonCount)
        let plan = try queries.plan(request)
        let assessor: TableAssessor
        do throws(TableProblem) {
            assessor = try TableAssessor(
                model: plan.model,
                card: plan.card,
                factColumns: header.factColumns,
                itemColumns: header.columns,
                options: plan.options,
                issuesMaximum: limits.blockIssuesMax
            )
        } catch {
            throw ServiceError(error, header)
        }
        let greeting = Vigie_V1_StreamAssessRowsResponse.with {
            $0.context = .init(plan, omitted: .formulas)
        }
        // The server's own choice of a card is not the caller's.
        let named = header.card.isEmpty ? nil : plan.card
        self.init(
            assessor: assessor,
            models: [plan.model] + [named].compactMap(\.self),
            identity: greeting.serializedBytes(),
            isForToday: header.asOfDate.isEmpty,
            job: try Self.job(header, plan, limits)
        )
    }

    private static func job(
        _ header: Vigie_V1_AssessRowsHeader,
        _ plan: AssessmentPlan,
        _ limits: ServiceLimits
    ) throws(ServiceError) -> HeaderJob? {
        guard header.hasJob else { return nil }
        try checkNames([header.job.id], field: "header.job.id", limits: limits)
        return HeaderJob(
            id: header.job.id,
            firstBlock: header.job.firstBlock,
            .assessments,
            // The card that the server chose is one whose answers they are, too.
            models: [plan.model] + [plan.card].compactMap(\.self),
            day: plan.options.asOf,
            asked: [header.factColumns, header.columns, ["\(header.reasonCount)"]]
        )
    }

    /// Holds names of columns against their limits.
    static func checkNames(
        _ names: [String],
        field: String,
        limits: ServiceLimits
    ) throws(ServiceError) {
        guard names.count <= limits.columnsMax else {
            throw .overLimit(
                field,
                "columnsMax",
                "\(field) has \(names.count) columns.",
                value: names.count,
                maximum: limits.columnsMax
            )
        }
        for (place, name) in names.enumerated() where name.utf8.count > limits.nameBytesMax {
            throw .overLimit(
                "\(field)[\(place)]",
                "nameBytesMax",
                "\(field)[\(place)] has \(name.utf8.count) bytes.",
                value: name.utf8.count,
                maximum: limits.nameBytesMax
            )
        }
    }
}

extension ServiceError {
    /// The error of a header with a column that does not fit.
    fileprivate init(_ problem: TableProblem, _ header: Vigie_V1_AssessRowsHeader) {
        let field = problem.isOfFact ? "header.fact_columns" : "header.columns"
        let names = problem.isOfFact ? header.factColumns : header.columns
        guard let place = problem.place, names.indices.contains(place) else {
            self = .invalid(field, problem.reason, problem.message)
            return
        }
        let name = names[place].shownInMessages
        self = .invalid(
            "\(field)[\(place)]",
            problem.reason,
            "Column \"\(name)\": \(problem.message)",
            metadata: ["column": name]
        )
    }
}

/// What assesses rows on each event loop.
final class LoopRowScorers: Sendable {
    private let make: @Sendable () -> RowScorer
    // Each thread sees only its own.
    private nonisolated(unsafe) let current = ThreadSpecificVariable<RowScorer>()

    init(make: @escaping @Sendable () -> RowScorer) { self.make = make }

    /// That of this thread's event loop.
    var scorer: RowScorer {
        if let scorer = current.currentValue { return scorer }
        let scorer = make()
        current.currentValue = scorer
        return scorer
    }
}
