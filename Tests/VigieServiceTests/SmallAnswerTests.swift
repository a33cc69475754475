// SPDX-License-Identifier: Apache-2.0

// The writer of small answers against protobuf-c, byte for byte.

import CVigieWire
import TestRandomness
import Testing

/// Columns of random values, each of which may have been asked for or not.
private final class AnswerColumns {
    private let reasonCount: Int
    private let probabilities: UnsafeMutableBufferPointer<Double>
    private let scores: UnsafeMutableBufferPointer<UInt32>
    private let riskClasses: UnsafeMutableBufferPointer<UInt32>
    private let percentiles: UnsafeMutableBufferPointer<Float>
    private let rawScores: UnsafeMutableBufferPointer<Double>
    private let features: UnsafeMutableBufferPointer<UInt32>
    private let contributions: UnsafeMutableBufferPointer<Double>

    init(rowCount: Int, reasonCount: Int, random: inout SeededGenerator) {
        func column<Value>(
            _ count: Int,
            isAsked: Bool,
            _ value: () -> Value
        ) -> UnsafeMutableBufferPointer<Value> {
            let column = UnsafeMutableBufferPointer<Value>.allocate(capacity: isAsked ? count : 0)
            for index in column.indices { column.initializeElement(at: index, to: value()) }
            return column
        }
        /// Of one to five bytes on the wire.
        func integer() -> UInt32 { .random(in: 0...(.max), using: &random) >> (random.next() % 32) }
        func double() -> Double { .random(in: -1...1, using: &random) }
        func isAsked() -> Bool { .random(using: &random) }
        self.reasonCount = reasonCount
        probabilities = column(rowCount, isAsked: isAsked(), double)
        scores = column(rowCount, isAsked: isAsked(), integer)
        riskClasses = column(rowCount, isAsked: isAsked(), integer)
        percentiles = column(rowCount, isAsked: isAsked()) { Float(double()) }
        rawScores = column(rowCount, isAsked: isAsked(), double)
        features = column(rowCount * reasonCount, isAsked: true, integer)
        contributions = column(rowCount * reasonCount, isAsked: true, double)
    }

    deinit {
        probabilities.deallocate()
        scores.deallocate()
        riskClasses.deallocate()
        percentiles.deallocate()
        rawScores.deallocate()
        features.deallocate()
        contributions.deallocate()
    }

    /// The message of some of the rows; valid as long as the columns.
    func message(_ rows: Range<Int>) -> Vigie__V1__ScoreBlock {
        let reasons = rows.lowerBound * reasonCount..<rows.upperBound * reasonCount
        var block = Vigie__V1__ScoreBlock()
        vigie__v1__score_block__init(&block)
        block.row_count = UInt32(rows.count)
        block.reason_count = UInt32(reasonCount)
        func point<Value>(
            _ start: inout UnsafeMutablePointer<Value>?,
            _ count: inout Int,
            at column: UnsafeMutableBufferPointer<Value>,
            _ part: Range<Int>
        ) {
            guard !column.isEmpty else { return }
            start = column.baseAddress.map { $0 + part.lowerBound }
            count = part.count
        }
        point(&block.probabilities, &block.n_probabilities, at: probabilities, rows)
        point(&block.scores, &block.n_scores, at: scores, rows)
        point(&block.risk_classes, &block.n_risk_classes, at: riskClasses, rows)
        point(&block.percentiles, &block.n_percentiles, at: percentiles, rows)
        point(&block.raw_scores, &block.n_raw_scores, at: rawScores, rows)
        point(&block.reason_features, &block.n_reason_features, at: features, reasons)
        point(
            &block.reason_contributions,
            &block.n_reason_contributions,
            at: contributions,
            reasons
        )
        return block
    }
}

@Suite struct SmallAnswerTests {
    @Test func writesWhatProtobufCWrites() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            let rowCount = Int.random(in: 1...200, using: &random)
            let reasonCount = Int.random(in: 0...3, using: &random)
            let first = Int.random(in: 0..<rowCount, using: &random)
            let rows = first..<Int.random(in: first + 1...rowCount, using: &random)
            let columns = AnswerColumns(
                rowCount: rowCount,
                reasonCount: reasonCount,
                random: &random
            )
            var part = columns.message(rows)
            let partBytes = vigie__v1__score_block__get_packed_size(&part)
            var expected = [UInt8](repeating: 0xAA, count: partBytes)
            vigie__v1__score_block__pack(&part, &expected)

            var whole = columns.message(0..<rowCount)
            let count = vigie_score_rows_bytes(&whole, rows.lowerBound, rows.count)
            // One more, to see that it stays as it was.
            var written = [UInt8](repeating: 0xAA, count: count + 1)
            vigie_score_rows_write(&whole, rows.lowerBound, rows.count, &written)
            withExtendedLifetime(columns) {}
            #expect(written == expected + [0xAA])
        }
    }
}
