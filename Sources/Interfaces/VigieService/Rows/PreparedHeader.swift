// SPDX-License-Identifier: Apache-2.0

// What applies to all rows of a call, checked and ready: made from a header once, used
// for every block.

internal import Assessment
internal import AssessmentMessages
internal import BlockPipeline
internal import CVigieWire
internal import Callers
internal import GRPCTransport
internal import ProtobufCoding
internal import Quantities
internal import Scoring
internal import ServiceErrors
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// A header that has been accepted. Immutable; shared by the calls of one event loop
/// and the threads of the pool.
final class PreparedHeader: Sendable {
    /// What is said of rows.
    enum Answers: Sendable {
        /// What a model says of them.
        case scores(ScoringModel, ScoreRequest)
        /// What can be said of the companies that they are.
        case assessments(TableAssessor)
    }

    /// What is said of each row.
    let answers: Answers
    /// The models that were named.
    let models: [ScoringModel]
    private let modelNames: [String]
    /// The caller's columns of numbers.
    let columnCount: Int
    /// The caller's columns of texts.
    let textColumnCount: Int
    /// Reasons of each row.
    let reasonCount: Int
    /// What is done to each block.
    let line: Line<RowFrame>
    /// What the answers begin with, encoded: of scores the field `model`, with tag and length.
    let identity: [UInt8]
    /// Greatest number of rows with which a call is scored together with others; 0 if none is.
    let collectedCallRowsMax: Int
    /// Rows that are scored together at most: all of their issues can be told.
    let sharedRowsMax: Int
    /// Whether the as-of date is the day on which the header was prepared.
    let isForToday: Bool
    /// What tensors are to the model, if the rows come as tensors.
    let tensors: TensorPlan?
    /// What decides on the rows, if a policy does; the second stage of the line.
    let decider: RowDecider?
    /// The job that the stream belongs to, if it does.
    let job: HeaderJob?

    private init(
        _ answers: Answers,
        models: [ScoringModel],
        columnCount: Int,
        textColumnCount: Int,
        reasonCount: Int,
        line: Line<RowFrame>,
        identity: [UInt8],
        collectedCallRowsMax: Int,
        sharedRowsMax: Int,
        isForToday: Bool,
        tensors: TensorPlan? = nil,
        decider: RowDecider? = nil,
        job: HeaderJob? = nil
    ) {
        self.answers = answers
        self.models = models
        modelNames = models.map(\.identifier)
        self.columnCount = columnCount
        self.textColumnCount = textColumnCount
        self.reasonCount = reasonCount
        self.line = line
        self.identity = identity
        self.collectedCallRowsMax = collectedCallRowsMax
        self.sharedRowsMax = sharedRowsMax
        self.isForToday = isForToday
        self.tensors = tensors
        self.decider = decider
        self.job = job
    }

    /// Takes tensors that were checked.
    convenience init(tensors plan: TensorPlan) {
        let request = plan.scoreRequest()
        self.init(
            .scores(plan.model, request),
            models: [plan.model],
            columnCount: plan.binding.columnCount,
            textColumnCount: plan.binding.textColumnCount,
            reasonCount: 0,
            line: Line([ScoreStage(model: plan.model, binding: plan.binding, request: request)]),
            identity: plan.prefix,
            collectedCallRowsMax: 0,
            sharedRowsMax: 0,
            isForToday: false,
            tensors: plan
        )
    }

    /// Takes a header of decisions that was checked.
    ///
    /// - Parameters:
    ///   - decider: Decides on the rows.
    ///   - scoring: Scores them before.
    ///   - identity: The encoded first answer of the stream.
    convenience init(
        decider: RowDecider,
        scoring: (model: ScoringModel, binding: ColumnBinding, request: ScoreRequest),
        identity: [UInt8]
    ) {
        let (model, binding, request) = scoring
        self.init(
            .scores(model, request),
            models: [model],
            columnCount: binding.columnCount,
            textColumnCount: binding.textColumnCount,
            reasonCount: 0,
            line: Line([
                ScoreStage(model: model, binding: binding, request: request), decider,
            ]),
            identity: identity,
            collectedCallRowsMax: 0,
            sharedRowsMax: 0,
            isForToday: false,
            decider: decider
        )
    }

    /// Takes a header of assessments that was checked.
    ///
    /// - Parameters:
    ///   - assessor: Assesses its rows.
    ///   - models: The models that were named.
    ///   - identity: The encoded first answer of the stream.
    ///   - isForToday: Whether the as-of date is the day of the clock.
    ///   - job: The job that the stream belongs to.
    convenience init(
        assessor: TableAssessor,
        models: [ScoringModel],
        identity: [UInt8],
        isForToday: Bool,
        job: HeaderJob?
    ) {
        self.init(
            .assessments(assessor),
            models: models,
            columnCount: assessor.columnCount,
            textColumnCount: 0,
            reasonCount: assessor.reasonCount,
            line: Line([AssessStage(assessor)]),
            identity: identity,
            collectedCallRowsMax: 0,
            sharedRowsMax: 0,
            isForToday: isForToday,
            job: job
        )
    }

    /// Checks a decoded header of scores.
    ///
    /// - Parameter today: The date of the clock.
    /// - Throws: What is wrong with the header, naming the field.
    convenience init(
        _ header: Vigie__V1__ScoreHeader,
        registry: ModelRegistry,
        limits: ServiceLimits,
        today: CalendarDate
    ) throws(ServiceError) {
        let name = try Self.text(header.model, field: "header.model", limits: limits)
        let model = try registry.model(named: name, field: "header.model")
        let request = ScoreRequest(
            outputs: try Self.outputs(header, limits: limits),
            reasonCount: try model.reasonCount(asked: Int(header.reason_count)),
            issuesMaximum: limits.blockIssuesMax
        )
        let binding = try Self.binding(header, to: model, limits: limits)
        let field = "header.as_of_date"
        let asOf = try AsOfDate(
            Self.text(header.as_of_date, field: field, limits: limits),
            field: field,
            today: today
        )
        var message = Vigie_V1_ScoreRowsResponse()
        message.model = Vigie_V1_ModelIdentity(
            model,
            asOfDate: asOf.date.description,
            tellsBase: request.reasonCount > 0
        )
        let sharedRowsMax = min(
            limits.collectedRowsMax,
            limits.blockIssuesMax / model.rowIssuesMaximum
        )
        self.init(
            .scores(model, request),
            models: [model],
            columnCount: binding.columnCount,
            textColumnCount: binding.textColumnCount,
            reasonCount: request.reasonCount,
            line: Line([ScoreStage(model: model, binding: binding, request: request)]),
            identity: message.serializedBytes(),
            collectedCallRowsMax: min(
                // Texts have a dictionary for each block; a call with a job is refused.
                binding.textColumnCount > 0 || header.job != nil
                    ? 0 : Self.collectedRows(model, request, limits: limits),
                sharedRowsMax
            ),
            sharedRowsMax: sharedRowsMax,
            isForToday: asOf.isToday,
            job: try Self.job(header, model, request, asOf.date, limits: limits)
        )
    }

    /// Whether it belongs to one stream: who calls and what the shelf holds are in it, and memory
    /// that one thread at a time may use; or a job, whose streams are few.
    var isOfOneStream: Bool { decider != nil || job != nil }

    /// Whether a caller may use all of its models.
    func permits(_ call: ServerCall) -> Bool {
        guard let permitted = call.caller?.models else { return true }
        return modelNames.allSatisfy(permitted.match)
    }

    /// Refuses a caller who may not use one of its models.
    func check(_ call: ServerCall) throws(ServiceError) {
        guard let permitted = call.caller?.models else { return }
        for model in models { try ModelRegistry.check(model, for: permitted) }
    }

    /// The most that the answers to a block take while they are made, and encoded.
    func memoryBytes(of frame: RowFrame) -> Int {
        let encodedBytes =
            switch answers {
            case .scores(let model, let request):
                ScoreColumns.encodedBytes(
                    rowCount: frame.rowCount,
                    rowIssuesMaximum: model.rowIssuesMaximum,
                    request
                )
            case .assessments(let assessor): assessor.encodedBytes(rowCount: frame.rowCount)
            }
        return line.columnBytes(of: frame) + identity.count + encodedBytes
            + (decider?.encodedBytes(rowCount: frame.rowCount) ?? 0)
    }

    /// The model whose quantiser may have made the rows.
    func quantisedModel() throws(ServiceError) -> ScoringModel {
        switch answers {
        case .scores(let model, _): return model
        case .assessments:
            throw .invalid(
                "block.quantised_values",
                "QUANTISED_NOT_TAKEN",
                "Companies cannot be assessed from quantised values; send the values themselves."
            )
        }
    }

    private static func binding(
        _ header: Vigie__V1__ScoreHeader,
        to model: ScoringModel,
        limits: ServiceLimits
    ) throws(ServiceError) -> ColumnBinding {
        let (columns, textColumns) = try columnNames(header, limits: limits)
        do throws(ScoringError) {
            return try model.bind(columns: columns, textColumns: textColumns)
        } catch {
            throw ServiceError(error, columnCount: columns.count)
        }
    }

    /// Rows that are few, and quick enough to be scored on an event loop.
    private static func collectedRows(
        _ model: ScoringModel,
        _ request: ScoreRequest,
        limits: ServiceLimits
    ) -> Int {
        var rowCount = min(limits.collectedCallRowsMax, limits.blockRowsMax)
        if request.reasonCount > 0 {
            rowCount = min(rowCount, limits.blockReasonsMax / request.reasonCount)
        }
        while rowCount > 0,
            model.estimatedNanoseconds(rowCount: rowCount, request: request)
                > limits.inPlaceNanosecondsMax
        {
            rowCount /= 2
        }
        return rowCount
    }

    private static func outputs(
        _ header: Vigie__V1__ScoreHeader,
        limits: ServiceLimits
    ) throws(ServiceError) -> ScoreOutputs {
        guard header.n_outputs > 0 else { return .standard }
        guard header.n_outputs <= limits.outputsMax else {
            throw .overLimit(
                "header.outputs",
                "outputsMax",
                "The header asks for \(header.n_outputs) outputs.",
                value: header.n_outputs,
                maximum: limits.outputsMax
            )
        }
        var outputs: ScoreOutputs = []
        for (index, output) in UnsafeBufferPointer(start: header.outputs, count: header.n_outputs)
            .enumerated()
        {
            guard (1...5).contains(output.rawValue) else {
                throw .invalid(
                    "header.outputs[\(index)]",
                    "UNKNOWN_OUTPUT",
                    "Output \(output.rawValue) is unknown; choose PROBABILITY (1), SCORE (2), "
                        + "RISK_CLASS (3), PERCENTILE (4) or RAW_SCORE (5).",
                    metadata: ["output": "\(output.rawValue)"]
                )
            }
            outputs.insert(ScoreOutputs(rawValue: 1 << output.rawValue))
        }
        return outputs
    }

    /// The names of a header's columns: of numbers, and of texts.
    static func columnNames(
        _ header: Vigie__V1__ScoreHeader,
        limits: ServiceLimits
    ) throws(ServiceError) -> (columns: [String], textColumns: [String]) {
        let columns = try names(
            header.columns,
            count: header.n_columns,
            field: "header.columns",
            limits: limits
        )
        let textColumns = try names(
            header.text_columns,
            count: header.n_text_columns,
            field: "header.text_columns",
            limits: limits
        )
        return (columns, textColumns)
    }

    private static func names(
        _ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
        count: Int,
        field: String,
        limits: ServiceLimits
    ) throws(ServiceError) -> [String] {
        guard count <= limits.columnsMax else {
            throw .overLimit(
                field,
                "columnsMax",
                "\(field) has \(count) columns.",
                value: count,
                maximum: limits.columnsMax
            )
        }
        var names: [String] = []
        names.reserveCapacity(count)
        for (index, name) in UnsafeBufferPointer(start: list, count: count).enumerated() {
            names.append(try text(name, field: "\(field)[\(index)]", limits: limits))
        }
        return names
    }

    /// A string of a message, which protobuf-c does not check to be UTF-8.
    static func text(
        _ characters: UnsafePointer<CChar>?,
        field: @autoclosure () -> String,
        limits: ServiceLimits
    ) throws(ServiceError) -> String {
        guard let characters else { return "" }
        guard let text = String(validatingCString: characters) else {
            throw .invalid(field(), "INVALID_UTF8", "\(field()) is not valid UTF-8.")
        }
        guard text.utf8.count <= limits.nameBytesMax else {
            throw .overLimit(
                field(),
                "nameBytesMax",
                "\(field()) has \(text.utf8.count) bytes.",
                value: text.utf8.count,
                maximum: limits.nameBytesMax
            )
        }
        return text
    }
}
