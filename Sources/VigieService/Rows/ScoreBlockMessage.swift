// SPDX-License-Identifier: Apache-2.0

// The answers of a block as a ScoreBlock message: protobuf-c is pointed at the
// columns where they are and writes straight into the transport's buffer.

internal import CVigieWire
internal import GRPCTransport
internal import Scoring

extension ServerCall {
    private static let modelTag: UInt8 = 0x0A
    private static let blockTag: UInt8 = 0x12

    /// Sends the first message of a stream of scores: the model's identity.
    func sendIdentity(of header: PreparedHeader) {
        let identity = header.identity
        let size = FieldPrefix(tag: Self.modelTag, contentBytes: identity.count).byteCount
        sendMessage(byteCount: size + identity.count) { output in
            Self.write(identity, to: output)
        }
    }

    /// Sends the answers of a block.
    ///
    /// - Parameter identity: The encoded identity to send with them, as ScoreRows does.
    func sendScores(_ scratch: ScoringScratch, identity: [UInt8]?) {
        scratch.withMessage { block in
            let blockBytes = vigie__v1__score_block__get_packed_size(&block)
            let blockPrefix = FieldPrefix(tag: Self.blockTag, contentBytes: blockBytes)
            var identityBytes = 0
            if let identity {
                identityBytes =
                    FieldPrefix(tag: Self.modelTag, contentBytes: identity.count).byteCount
                    + identity.count
            }
            let byteCount = identityBytes + blockPrefix.byteCount + blockBytes
            sendMessage(byteCount: byteCount) { output in
                if let identity { Self.write(identity, to: output) }
                let rest = UnsafeMutableRawBufferPointer(rebasing: output[identityBytes...])
                blockPrefix.write(to: rest)
                let start = rest.baseAddress.map { $0 + blockPrefix.byteCount }
                vigie__v1__score_block__pack(
                    &block,
                    start?.assumingMemoryBound(to: UInt8.self)
                )
            }
        }
    }

    private static func write(_ identity: [UInt8], to output: UnsafeMutableRawBufferPointer) {
        let prefix = FieldPrefix(tag: modelTag, contentBytes: identity.count)
        prefix.write(to: output)
        UnsafeMutableRawBufferPointer(rebasing: output[prefix.byteCount...])
            .copyBytes(from: identity)
    }
}

/// Tag and length before the content of a nested message.
private struct FieldPrefix {
    let tag: UInt8
    let contentBytes: Int

    /// Bytes of tag and length.
    var byteCount: Int {
        let bits = Int.bitWidth - contentBytes.leadingZeroBitCount
        return 1 + max(1, (bits + 6) / 7)
    }

    /// Writes both to the beginning of memory that holds them.
    func write(to output: UnsafeMutableRawBufferPointer) {
        output[0] = tag
        var rest = contentBytes
        for index in 1..<byteCount {
            output[index] = UInt8(rest & 0x7F) | (index + 1 < byteCount ? 0x80 : 0)
            rest >>= 7
        }
    }
}

extension ScoringScratch {
    /// Calls `body` with a message that points at the answers.
    func withMessage(_ body: (inout Vigie__V1__ScoreBlock) -> Void) {
        var block = Vigie__V1__ScoreBlock()
        vigie__v1__score_block__init(&block)
        block.row_count = UInt32(clamping: columns.rowCount)
        block.reason_count = UInt32(clamping: columns.reasonCount)
        block.n_issues = issues == nil ? 0 : columns.issues.count
        block.issues = issues
        pointAtScores(&block) { block in
            pointAtReasons(&block, body)
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
}
