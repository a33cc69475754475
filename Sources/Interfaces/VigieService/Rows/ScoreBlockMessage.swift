// SPDX-License-Identifier: Apache-2.0

// The answers of a block as a ScoreBlock message: protobuf-c is pointed at the
// columns where they are and writes straight into the transport's buffer.

internal import CVigieWire
internal import GRPCTransport
internal import Scoring

extension ServerCall {
    private static let blockTag: UInt8 = 0x12

    /// Sends the first message of a stream of scores: the model's identity, as the field that it
    /// is in both methods' answers.
    func sendIdentity(of header: PreparedHeader) {
        let identity = header.identity
        sendMessage(byteCount: identity.count) { $0.copyBytes(from: identity) }
    }

    /// Sends the answers of a block of a stream.
    func sendScores(_ block: inout Vigie__V1__ScoreBlock) {
        let blockBytes = vigie__v1__score_block__get_packed_size(&block)
        let prefix = FieldPrefix(tag: Self.blockTag, contentBytes: blockBytes)
        sendMessage(byteCount: prefix.byteCount + blockBytes) { output in
            vigie__v1__score_block__pack(&block, prefix.write(to: output))
        }
    }

    /// Ends a call with the model's encoded identity and the answers of its block.
    func finish(_ block: inout Vigie__V1__ScoreBlock, identity: UnsafeRawBufferPointer) {
        let blockBytes = vigie__v1__score_block__get_packed_size(&block)
        let prefix = FieldPrefix(tag: Self.blockTag, contentBytes: blockBytes)
        finish(byteCount: identity.count + prefix.byteCount + blockBytes) { output in
            output.copyMemory(from: identity)
            let rest = UnsafeMutableRawBufferPointer(rebasing: output[identity.count...])
            vigie__v1__score_block__pack(&block, prefix.write(to: rest))
        }
    }

    /// Ends a call with the model's encoded identity and the answers of some rows of a block all of
    /// whose rows have scores.
    func finish(
        _ rows: Range<Int>,
        of block: UnsafePointer<Vigie__V1__ScoreBlock>,
        identity: UnsafeRawBufferPointer
    ) {
        let blockBytes = vigie_score_rows_bytes(block, rows.lowerBound, rows.count)
        let prefix = FieldPrefix(tag: Self.blockTag, contentBytes: blockBytes)
        finish(byteCount: identity.count + prefix.byteCount + blockBytes) { output in
            output.copyMemory(from: identity)
            let rest = UnsafeMutableRawBufferPointer(rebasing: output[identity.count...])
            vigie_score_rows_write(block, rows.lowerBound, rows.count, prefix.write(to: rest))
        }
    }
}

/// Tag and length before the content of a nested message.
struct FieldPrefix {
    let tag: UInt8
    let contentBytes: Int

    /// Bytes of tag and length.
    var byteCount: Int {
        let bits = Int.bitWidth - contentBytes.leadingZeroBitCount
        return 1 + max(1, (bits + 6) / 7)
    }

    /// Writes both to the beginning of memory that holds them.
    ///
    /// - Returns: Where the content goes.
    func write(to output: UnsafeMutableRawBufferPointer) -> UnsafeMutablePointer<UInt8>? {
        output[0] = tag
        var rest = contentBytes
        for index in 1..<byteCount {
            output[index] = UInt8(rest & 0x7F) | (index + 1 < byteCount ? 0x80 : 0)
            rest >>= 7
        }
        return output.baseAddress.map { ($0 + byteCount).assumingMemoryBound(to: UInt8.self) }
    }
}

extension RowFrame {
    /// Calls `body` with a message that points at the answers.
    func withMessage(_ body: (inout Vigie__V1__ScoreBlock) -> Void) {
        var block = Vigie__V1__ScoreBlock()
        vigie__v1__score_block__init(&block)
        block.row_count = UInt32(clamping: columns.rowCount)
        block.reason_count = UInt32(clamping: columns.reasonCount)
        pointAtScores(&block) { block in
            pointAtReasons(&block) { block in
                if columns.issueCount > 0 { pointAtIssues(&block, body) } else { body(&block) }
            }
        }
    }

    private func pointAtScores(
        _ block: inout Vigie__V1__ScoreBlock,
        _ body: (inout Vigie__V1__ScoreBlock) -> Void
    ) {
        columns.probabilities.withUnsafeBufferPointer { probabilities in
            columns.scores.withUnsafeBufferPointer { scores in
                columns.riskClasses.withUnsafeBufferPointer { riskClasses in
                    columns.percentiles.withUnsafeBufferPointer { percentiles in
                        columns.rawScores.withUnsafeBufferPointer { rawScores in
                            block.n_probabilities = probabilities.count
                            block.probabilities = .init(mutating: probabilities.baseAddress)
                            block.n_scores = scores.count
                            block.scores = .init(mutating: scores.baseAddress)
                            block.n_risk_classes = riskClasses.count
                            block.risk_classes = .init(mutating: riskClasses.baseAddress)
                            block.n_percentiles = percentiles.count
                            block.percentiles = .init(mutating: percentiles.baseAddress)
                            block.n_raw_scores = rawScores.count
                            block.raw_scores = .init(mutating: rawScores.baseAddress)
                            body(&block)
                        }
                    }
                }
            }
        }
    }

    private func pointAtReasons(
        _ block: inout Vigie__V1__ScoreBlock,
        _ body: (inout Vigie__V1__ScoreBlock) -> Void
    ) {
        columns.outcomes.withUnsafeBytes { outcomes in
            columns.reasonFeatures.withUnsafeBufferPointer { features in
                columns.reasonContributions.withUnsafeBufferPointer { contributions in
                    // Empty when every row was scored, as the proto says.
                    block.n_outcomes = columns.hasUnscored ? columns.rowCount : 0
                    block.outcomes = UnsafeMutableRawPointer(mutating: outcomes.baseAddress)?
                        .assumingMemoryBound(to: Vigie__V1__RowOutcome.self)
                    block.n_reason_features = features.count
                    block.reason_features = .init(mutating: features.baseAddress)
                    block.n_reason_contributions = contributions.count
                    block.reason_contributions = .init(mutating: contributions.baseAddress)
                    body(&block)
                }
            }
        }
    }

    private func pointAtIssues(
        _ block: inout Vigie__V1__ScoreBlock,
        _ body: (inout Vigie__V1__ScoreBlock) -> Void
    ) {
        block.issue_count = UInt32(clamping: columns.issueCount)
        columns.issueRows.withUnsafeBufferPointer { rows in
            columns.issueKinds.withUnsafeBytes { kinds in
                columns.issueColumns.withUnsafeBufferPointer { places in
                    columns.issueValues.withUnsafeBufferPointer { values in
                        block.n_issue_rows = rows.count
                        block.issue_rows = .init(mutating: rows.baseAddress)
                        block.n_issue_kinds = rows.count
                        block.issue_kinds = UnsafeMutableRawPointer(mutating: kinds.baseAddress)?
                            .assumingMemoryBound(to: Vigie__V1__RowIssueKind.self)
                        block.n_issue_columns = places.count
                        block.issue_columns = .init(mutating: places.baseAddress)
                        block.n_issue_values = values.count
                        block.issue_values = .init(mutating: values.baseAddress)
                        body(&block)
                    }
                }
            }
        }
    }
}

extension Vigie__V1__ScoreBlock {
    /// The message of some of the rows.
    ///
    /// - Parameters:
    ///   - rows: The rows.
    ///   - issueCount: Number of issues of all rows before; moved on behind those of `rows`,
    ///     whose indices are counted from the first of `rows` then.
    func part(rows: Range<Int>, issueCount: inout Int) -> Vigie__V1__ScoreBlock {
        var part = self
        part.row_count = UInt32(clamping: rows.count)
        cut(&part.probabilities, &part.n_probabilities, rows)
        cut(&part.scores, &part.n_scores, rows)
        cut(&part.risk_classes, &part.n_risk_classes, rows)
        cut(&part.percentiles, &part.n_percentiles, rows)
        cut(&part.raw_scores, &part.n_raw_scores, rows)
        let reasons = rows.lowerBound * Int(reason_count)..<rows.upperBound * Int(reason_count)
        cut(&part.reason_features, &part.n_reason_features, reasons)
        cut(&part.reason_contributions, &part.n_reason_contributions, reasons)
        cut(&part.outcomes, &part.n_outcomes, rows)
        let isScored = UnsafeBufferPointer(start: part.outcomes, count: part.n_outcomes)
            .allSatisfy { $0.rawValue == RowOutcome.scored.rawValue }
        if isScored { part.n_outcomes = 0 }
        part.cutIssues(rows, issueCount: &issueCount)
        return part
    }

    private mutating func cutIssues(_ rows: Range<Int>, issueCount: inout Int) {
        let first = issueCount
        if let issueRows = issue_rows {
            while issueCount < n_issue_rows, issueRows[issueCount] < rows.upperBound {
                issueRows[issueCount] -= UInt32(clamping: rows.lowerBound)
                issueCount += 1
            }
        }
        let issues = first..<issueCount
        // All of them are told.
        issue_count = UInt32(clamping: issues.count)
        cut(&issue_rows, &n_issue_rows, issues)
        cut(&issue_kinds, &n_issue_kinds, issues)
        cut(&issue_columns, &n_issue_columns, issues)
        cut(&issue_values, &n_issue_values, issues)
    }
}

/// Leaves the entries of some rows of a column; nothing of one that was not asked for.
private func cut<Value>(
    _ start: inout UnsafeMutablePointer<Value>?,
    _ count: inout Int,
    _ rows: Range<Int>
) {
    guard count > 0 else { return }
    start = start.map { $0 + rows.lowerBound }
    count = rows.count
}
