// SPDX-License-Identifier: Apache-2.0

// Scores as they come over the wire, read with protobuf-c and checked: nothing
// that a server sends may make a later index go astray.

internal import CVigieWire
internal import NIOCore
internal import VigieLimits

/// The columns of a block of results, before they are joined with the model.
struct DecodedBlock {
    var rowCount = 0
    var outcomes: [RowOutcome] = []
    var probabilities: [Double] = []
    var scores: [UInt32] = []
    var riskClasses: [UInt32] = []
    var percentiles: [Float] = []
    var rawScores: [Double] = []
    var reasonCount = 0
    var reasonFeatures: [UInt32] = []
    var reasonContributions: [Double] = []
    var issueCount = 0
    var issues: [DecodedIssue] = []
}

/// An issue whose column is still a number.
struct DecodedIssue {
    var row: Int
    var kind: RowIssue.Kind
    /// 1 for the first column of the header; 0 for none.
    var column: Int
    var value: Double
}

/// A message of a stream of results.
enum DecodedStreamMessage {
    case model(ModelIdentity)
    case block(DecodedBlock)
}

/// Reads results.
enum ResponseDecoding {
    /// Reads the answer to a whole table.
    static func response(
        _ buffer: ByteBuffer,
        hasReasons: Bool
    ) throws -> (ModelIdentity, DecodedBlock) {
        try unpack(buffer, vigie__v1__score_rows_response__unpack) { message in
            guard let model = message.model, let block = message.block else {
                throw VigieError.badResponse("It lacks a model or a block.")
            }
            return (identity(model.pointee, hasReasons), try decode(block.pointee))
        }
    }

    /// Reads one answer of a stream.
    static func streamMessage(
        _ buffer: ByteBuffer,
        hasReasons: Bool
    ) throws -> DecodedStreamMessage {
        try unpack(buffer, vigie__v1__stream_score_rows_response__unpack) { message in
            switch message.message_case {
            case VIGIE__V1__STREAM_SCORE_ROWS_RESPONSE__MESSAGE_MODEL:
                if let model = message.model {
                    return .model(identity(model.pointee, hasReasons))
                }
            case VIGIE__V1__STREAM_SCORE_ROWS_RESPONSE__MESSAGE_BLOCK:
                if let block = message.block { return .block(try decode(block.pointee)) }
            default:
                break
            }
            throw VigieError.badResponse("It is neither a model nor a block.")
        }
    }

    /// Reads of the first answer of a stream how many blocks of its job were answered.
    static func storedBlockCount(_ buffer: ByteBuffer) throws -> Int64 {
        try unpack(buffer, vigie__v1__stream_score_rows_response__unpack) { message in
            message.stored_block_count
        }
    }

    /// Reads scores that stand in another message.
    static func block(_ bytes: [UInt8]) throws -> DecodedBlock {
        try unpack(ByteBuffer(bytes: bytes), vigie__v1__score_block__unpack) { try decode($0) }
    }

    /// Decodes a message in memory that is bounded by the message's length: an unknown field takes
    /// twenty times what it takes to send.
    private static func unpack<Message, Result>(
        _ buffer: ByteBuffer,
        _ unpack: (
            UnsafeMutablePointer<ProtobufCAllocator>?, Int, UnsafePointer<UInt8>?
        ) -> UnsafeMutablePointer<Message>?,
        _ body: (Message) throws -> Result
    ) throws -> Result {
        let arena = vigie_arena_create(4 << 10, 0)
        defer { vigie_arena_destroy(arena) }
        vigie_arena_reset(arena, 4 * buffer.readableBytes + ClientLimits.answerMemoryBytes)
        return try buffer.withUnsafeReadableBytes { bytes in
            let start = bytes.bindMemory(to: UInt8.self).baseAddress
            guard let message = unpack(vigie_arena_allocator(arena), bytes.count, start) else {
                throw VigieError.badResponse("It cannot be read.")
            }
            return try body(message.pointee)
        }
    }

    private static func identity(
        _ model: Vigie__V1__ModelIdentity,
        _ hasReasons: Bool
    ) -> ModelIdentity {
        ModelIdentity(
            name: text(model.name),
            version: text(model.version),
            contentHash: text(model.content_hash),
            event: text(model.event),
            horizonMonths: Int(model.horizon_months),
            scoreScale: text(model.score_scale),
            highScoreIsSafe: model.high_score_is_safe != 0,
            asOfDate: text(model.as_of_date),
            baseLogOdds: hasReasons ? model.base_log_odds : nil
        )
    }

    private static func decode(_ block: Vigie__V1__ScoreBlock) throws -> DecodedBlock {
        var decoded = DecodedBlock()
        decoded.rowCount = Int(block.row_count)
        decoded.outcomes = array(block.outcomes, block.n_outcomes).map(outcome)
        decoded.probabilities = array(block.probabilities, block.n_probabilities)
        decoded.scores = array(block.scores, block.n_scores)
        decoded.riskClasses = array(block.risk_classes, block.n_risk_classes)
        decoded.percentiles = array(block.percentiles, block.n_percentiles)
        decoded.rawScores = array(block.raw_scores, block.n_raw_scores)
        decoded.reasonCount = Int(block.reason_count)
        decoded.reasonFeatures = array(block.reason_features, block.n_reason_features)
        decoded.reasonContributions = array(
            block.reason_contributions,
            block.n_reason_contributions
        )
        decoded.issueCount = Int(block.issue_count)
        decoded.issues = try issues(block)
        try check(decoded)
        return decoded
    }

    /// Every column has as many entries as there are rows, or none.
    private static func check(_ block: DecodedBlock) throws {
        let counts = [
            block.outcomes.count, block.probabilities.count, block.scores.count,
            block.riskClasses.count, block.percentiles.count, block.rawScores.count,
        ]
        guard counts.allSatisfy({ $0 == 0 || $0 == block.rowCount }) else {
            throw VigieError.badResponse("A column does not have \(block.rowCount) entries.")
        }
        let (reasons, overflow) = block.rowCount.multipliedReportingOverflow(by: block.reasonCount)
        guard !overflow, block.reasonFeatures.count == reasons,
            block.reasonContributions.count == reasons
        else {
            throw VigieError.badResponse("The reasons do not have \(block.reasonCount) a row.")
        }
        guard block.issues.allSatisfy({ $0.row < block.rowCount }) else {
            throw VigieError.badResponse("An issue is of a row that does not exist.")
        }
        guard zip(block.issues, block.issues.dropFirst()).allSatisfy({ $0.row <= $1.row }) else {
            throw VigieError.badResponse("The issues are not in the order of the rows.")
        }
    }

    private static func outcome(_ outcome: Vigie__V1__RowOutcome) -> RowOutcome {
        switch outcome {
        case VIGIE__V1__ROW_OUTCOME__ROW_OUTCOME_SCORED: .scored
        case VIGIE__V1__ROW_OUTCOME__ROW_OUTCOME_NOT_SCORABLE: .notScorable
        case VIGIE__V1__ROW_OUTCOME__ROW_OUTCOME_CLOSED: .closed
        case VIGIE__V1__ROW_OUTCOME__ROW_OUTCOME_IN_PROCEEDINGS: .inProceedings
        default: .other(Int(outcome.rawValue))
        }
    }

    private static func issues(_ block: Vigie__V1__ScoreBlock) throws -> [DecodedIssue] {
        let rows = array(block.issue_rows, block.n_issue_rows)
        let kinds = array(block.issue_kinds, block.n_issue_kinds)
        let columns = array(block.issue_columns, block.n_issue_columns)
        let values = array(block.issue_values, block.n_issue_values)
        guard [kinds.count, columns.count, values.count].allSatisfy({ $0 == rows.count }) else {
            throw VigieError.badResponse("The columns of the issues differ in length.")
        }
        return rows.indices.map { index in
            DecodedIssue(
                row: Int(rows[index]),
                kind: kind(kinds[index]),
                column: Int(columns[index]),
                value: values[index]
            )
        }
    }

    private static func kind(_ kind: Vigie__V1__RowIssueKind) -> RowIssue.Kind {
        switch kind {
        case VIGIE__V1__ROW_ISSUE_KIND__ROW_ISSUE_KIND_REQUIRED_VALUE_MISSING:
            .requiredValueMissing
        case VIGIE__V1__ROW_ISSUE_KIND__ROW_ISSUE_KIND_VALUE_OUT_OF_RANGE: .valueOutOfRange
        case VIGIE__V1__ROW_ISSUE_KIND__ROW_ISSUE_KIND_VALUE_INFINITE: .valueInfinite
        case VIGIE__V1__ROW_ISSUE_KIND__ROW_ISSUE_KIND_NO_RESULT: .noResult
        case VIGIE__V1__ROW_ISSUE_KIND__ROW_ISSUE_KIND_UNKNOWN_CATEGORY: .unknownCategory
        default: .other(Int(kind.rawValue))
        }
    }

    private static func array<Value>(
        _ start: UnsafeMutablePointer<Value>?,
        _ count: Int
    ) -> [Value] {
        Array(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    private static func text(_ start: UnsafeMutablePointer<CChar>?) -> String {
        start.map { String(cString: $0) } ?? ""
    }
}

extension ScoredTable {
    /// Joins a block with its model, whose features the reasons refer to, and with the columns that
    /// were sent, which the issues refer to.
    init(
        model: ModelIdentity,
        features: [ModelFeature],
        columns: [String],
        block: DecodedBlock,
        encoding: RowEncoding
    ) throws {
        guard block.reasonFeatures.allSatisfy({ Int($0) < features.count }) else {
            throw VigieError.badResponse("A reason is of a feature that the model does not have.")
        }
        guard block.issues.allSatisfy({ $0.column <= columns.count || columns.isEmpty }) else {
            throw VigieError.badResponse("An issue is of a column that was not sent.")
        }
        self.model = model
        self.features = features
        self.encoding = encoding
        rowCount = block.rowCount
        outcomes = block.outcomes
        probabilities = block.probabilities
        scores = block.scores
        riskClasses = block.riskClasses
        percentiles = block.percentiles
        rawScores = block.rawScores
        reasonCount = block.reasonCount
        reasonFeatures = block.reasonFeatures
        reasonContributions = block.reasonContributions
        issueCount = block.issueCount
        issues = block.issues.map { issue in
            let isNamed = issue.column > 0 && !columns.isEmpty
            return RowIssue(
                row: issue.row,
                kind: issue.kind,
                column: isNamed ? columns[issue.column - 1] : nil,
                value: issue.value.isNaN ? nil : issue.value,
                isRowScored: block.outcomes.isEmpty || block.outcomes[issue.row] == .scored
            )
        }
    }
}

extension VigieError {
    /// An answer that does not follow the protocol.
    static func badResponse(_ why: String) -> VigieError {
        VigieError(
            code: .internal,
            reason: ClientReason.badResponse,
            message: "The server's answer does not follow the protocol. \(why)"
        )
    }
}
