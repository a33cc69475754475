// SPDX-License-Identifier: Apache-2.0

// Scores as they come over the wire, read with protobuf-c and checked: nothing
// that a server sends may make a later index go astray.

internal import CVigieWire
internal import NIOCore

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
    var issues: [RowIssue] = []
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
        let unpacked = buffer.withUnsafeReadableBytes { bytes in
            vigie__v1__score_rows_response__unpack(
                nil,
                bytes.count,
                bytes.bindMemory(to: UInt8.self).baseAddress
            )
        }
        guard let message = unpacked else { throw VigieError.badResponse("It cannot be read.") }
        defer { vigie__v1__score_rows_response__free_unpacked(message, nil) }
        guard let model = message.pointee.model, let block = message.pointee.block else {
            throw VigieError.badResponse("It lacks a model or a block.")
        }
        return (identity(model.pointee, hasReasons), try decode(block.pointee))
    }

    /// Reads one answer of a stream.
    static func streamMessage(
        _ buffer: ByteBuffer,
        hasReasons: Bool
    ) throws -> DecodedStreamMessage {
        let unpacked = buffer.withUnsafeReadableBytes { bytes in
            vigie__v1__stream_score_rows_response__unpack(
                nil,
                bytes.count,
                bytes.bindMemory(to: UInt8.self).baseAddress
            )
        }
        guard let message = unpacked else { throw VigieError.badResponse("It cannot be read.") }
        defer { vigie__v1__stream_score_rows_response__free_unpacked(message, nil) }
        switch message.pointee.message_case {
        case VIGIE__V1__STREAM_SCORE_ROWS_RESPONSE__MESSAGE_MODEL:
            if let model = message.pointee.model {
                return .model(identity(model.pointee, hasReasons))
            }
        case VIGIE__V1__STREAM_SCORE_ROWS_RESPONSE__MESSAGE_BLOCK:
            if let block = message.pointee.block { return .block(try decode(block.pointee)) }
        default:
            break
        }
        throw VigieError.badResponse("It is neither a model nor a block.")
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
        decoded.issues = array(block.issues, block.n_issues).compactMap { issue in
            issue.map { decode($0.pointee) }
        }
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

    private static func decode(_ issue: Vigie__V1__RowIssue) -> RowIssue {
        let kind: RowIssue.Kind
        switch issue.kind {
        case VIGIE__V1__ROW_ISSUE_KIND__ROW_ISSUE_KIND_REQUIRED_VALUE_MISSING:
            kind = .requiredValueMissing
        case VIGIE__V1__ROW_ISSUE_KIND__ROW_ISSUE_KIND_VALUE_OUT_OF_RANGE:
            kind = .valueOutOfRange
        case VIGIE__V1__ROW_ISSUE_KIND__ROW_ISSUE_KIND_VALUE_INFINITE:
            kind = .valueInfinite
        case VIGIE__V1__ROW_ISSUE_KIND__ROW_ISSUE_KIND_NO_RESULT:
            kind = .noResult
        default:
            kind = .other(Int(issue.kind.rawValue))
        }
        let column = text(issue.column)
        return RowIssue(
            row: Int(issue.row_index),
            kind: kind,
            column: column.isEmpty ? nil : column,
            value: kind == .requiredValueMissing || column.isEmpty ? nil : issue.value,
            description: text(issue.description)
        )
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
    /// Joins a block with its model, whose features the reasons refer to.
    init(
        model: ModelIdentity,
        features: [ModelFeature],
        block: DecodedBlock,
        encoding: RowEncoding
    ) throws {
        guard block.reasonFeatures.allSatisfy({ Int($0) < features.count }) else {
            throw VigieError.badResponse("A reason is of a feature that the model does not have.")
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
        issues = block.issues
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
