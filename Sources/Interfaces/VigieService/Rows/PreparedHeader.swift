// SPDX-License-Identifier: Apache-2.0

// What applies to all rows of a call, checked and ready: made from a ScoreHeader
// once, used for every block.

internal import AssessmentMessages
internal import BlockPipeline
internal import CVigieWire
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
    /// The model that scores.
    let model: ScoringModel
    /// The caller's columns.
    let binding: ColumnBinding
    /// What to answer.
    let request: ScoreRequest
    /// What is done to each block.
    let line: Line<ScoreFrame>
    /// The field `model` of the answers, encoded with its tag and length.
    let identity: [UInt8]
    /// Greatest number of rows with which a call is scored together with others; 0 if none is.
    let collectedCallRowsMax: Int
    /// Rows that are scored together at most: all of their issues can be told.
    let sharedRowsMax: Int
    /// Whether the as-of date is the day on which the header was prepared.
    let isForToday: Bool

    /// Checks a decoded header.
    ///
    /// - Parameter today: The date of the clock.
    /// - Throws: What is wrong with the header, naming the field.
    init(
        _ header: Vigie__V1__ScoreHeader,
        registry: ModelRegistry,
        limits: ServiceLimits,
        today: CalendarDate
    ) throws(ServiceError) {
        let name = try Self.text(header.model, field: "header.model", limits: limits)
        model = try registry.model(named: name, field: "header.model")
        request = ScoreRequest(
            outputs: try Self.outputs(header, limits: limits),
            reasonCount: try model.reasonCount(asked: Int(header.reason_count)),
            issuesMaximum: limits.blockIssuesMax
        )
        sharedRowsMax = min(
            limits.collectedRowsMax,
            limits.blockIssuesMax / model.rowIssuesMaximum
        )
        let columns = try Self.names(
            header.columns,
            count: header.n_columns,
            field: "header.columns",
            limits: limits
        )
        let textColumns = try Self.names(
            header.text_columns,
            count: header.n_text_columns,
            field: "header.text_columns",
            limits: limits
        )
        do throws(ScoringError) {
            binding = try model.bind(columns: columns, textColumns: textColumns)
        } catch {
            throw ServiceError(error, columnCount: columns.count)
        }
        line = Line([ScoreStage(model: model, binding: binding, request: request)])
        let field = "header.as_of_date"
        let asOf = try AsOfDate(
            Self.text(header.as_of_date, field: field, limits: limits),
            field: field,
            today: today
        )
        isForToday = asOf.isToday
        var message = Vigie_V1_ScoreRowsResponse()
        message.model = Vigie_V1_ModelIdentity(
            model,
            asOfDate: asOf.date.description,
            tellsBase: request.reasonCount > 0
        )
        collectedCallRowsMax = min(
            // Texts have a dictionary for each block.
            binding.textColumnCount > 0 ? 0 : Self.collectedRows(model, request, limits: limits),
            sharedRowsMax
        )
        identity = message.serializedBytes()
    }

    /// The most that the answers to a block take while they are made, and encoded.
    func memoryBytes(of frame: ScoreFrame) -> Int {
        line.columnBytes(of: frame) + identity.count
            + ScoreColumns.encodedBytes(
                rowCount: frame.rowCount,
                rowIssuesMaximum: model.rowIssuesMaximum,
                request
            )
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
    private static func text(
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
