// SPDX-License-Identifier: Apache-2.0

// Rows of bytes against the rows of float32 that they were made from: every bit of every answer.

import Documents
import Forest
import Scoring
import TestModels
import Testing

@Suite("Quantised rows")
struct QuantisedRowTests {
    /// Scores rows after quantising them.
    private func score(
        _ model: ScoringModel,
        bytes: [UInt8],
        rowCount: Int,
        request: ScoreRequest = ScoreRequest(outputs: .all),
        step: Int = .max
    ) throws -> ScoreColumns {
        let quantiser = try #require(model.quantisation.quantiser)
        let result = ScoreColumns()
        try bytes.withUnsafeBufferPointer { bytes in
            let block = try RowBlock(
                rowCount: rowCount,
                quantisedRows: bytes,
                quantiser: quantiser
            )
            let workspace = ScoringWorkspace()
            for start in stride(from: 0, to: rowCount, by: min(step, rowCount)) {
                model.scoreRows(
                    block,
                    rows: start..<min(start + min(step, rowCount), rowCount),
                    binding: try model.bind(columns: []),
                    request: request,
                    workspace: workspace,
                    result: result
                )
            }
        }
        return result
    }

    private func quantised(_ model: ScoringModel, _ rows: [Float]) throws -> [UInt8] {
        let quantiser = try #require(model.quantisation.quantiser)
        let width = model.inputColumns.count
        return [UInt8](unsafeUninitializedCapacity: rows.count / width * quantiser.rowBytes) {
            quantiser.quantiser.bins(
                rows: rows,
                rowCount: rows.count / width,
                rowStride: width,
                output: $0.baseAddress!
            )
            $1 = $0.count
        }
    }

    @Test("give the scores of the values that they were made from", arguments: [1, 7, 512, 1500])
    func scores(rowCount: Int) throws {
        let bundle = TreeBundle()
        let model = try bundle.load()
        let rows = bundle.rows(rowCount)
        let bytes = try quantised(model, rows)
        let expected = try model.score(floats: rows)
        for step in [Int.max, 100] {
            let found = try score(model, bytes: bytes, rowCount: rowCount, step: step)
            #expect(found.rawScores.map(\.bitPattern) == expected.rawScores.map(\.bitPattern))
            #expect(
                found.probabilities.map(\.bitPattern) == expected.probabilities.map(\.bitPattern)
            )
            #expect(found.scores == expected.scores)
            #expect(found.riskClasses == expected.riskClasses)
            #expect(found.percentiles == expected.percentiles)
            #expect(found.outcomes == expected.outcomes)
            #expect(!found.hasUnscored)
        }
        #expect(Set(expected.rawScores).count > rowCount / 2)
    }

    @Test("give the reasons of the values")
    func reasons() throws {
        let bundle = TreeBundle()
        let model = try bundle.load()
        let rows = bundle.rows(40)
        let request = ScoreRequest(outputs: .all, reasonCount: 5)
        let expected = try model.score(floats: rows, request: request)
        let found = try score(
            model,
            bytes: quantised(model, rows),
            rowCount: 40,
            request: request
        )
        #expect(found.rawScores.map(\.bitPattern) == expected.rawScores.map(\.bitPattern))
        #expect(found.reasonFeatures == expected.reasonFeatures)
        #expect(found.reasonContributions == expected.reasonContributions)
    }

    @Test("are checked byte by byte")
    func invalidBytes() throws {
        let bundle = TreeBundle()
        let model = try bundle.load()
        let quantiser = try #require(model.quantisation.quantiser)
        let bytes = try quantised(model, bundle.rows(20))
        for column in 0..<quantiser.rowBytes {
            let thresholdCount = quantiser.quantiser.columns[column].thresholds.count
            for bin in 0...255 {
                var changed = bytes
                changed[13 * quantiser.rowBytes + column] = UInt8(bin)
                let isValid = bin <= thresholdCount || bin == 255
                do throws(ScoringError) {
                    try RowBlock.check(changed, rowCount: 20, quantiser: quantiser)
                    #expect(isValid)
                } catch {
                    #expect(!isValid)
                    #expect(error.code == .invalidBin)
                    #expect(
                        error.message
                            == "Byte \(column) of quantised row 13 is \(bin); the greatest of "
                            + "that column is \(thresholdCount), and 255 for NaN."
                    )
                }
            }
        }
    }

    @Test("must be as many bytes as the rows need")
    func wrongLength() throws {
        let quantiser = try #require(try TreeBundle().load().quantisation.quantiser)
        for (rowCount, byteCount) in [
            (2, quantiser.rowBytes), (1, quantiser.rowBytes + 1), (.max, quantiser.rowBytes),
        ] {
            #expect(throws: ScoringError.self) {
                try RowBlock.check(
                    [UInt8](repeating: 0, count: byteCount),
                    rowCount: rowCount,
                    quantiser: quantiser
                )
            }
        }
    }

    @Test("have a digest that changes with what the bytes mean")
    func digests() throws {
        func digest(_ change: (inout TreeBundle) -> Void) throws -> [UInt8] {
            var bundle = TreeBundle()
            change(&bundle)
            return try #require(try bundle.load().quantisation.quantiser).digest
        }
        let digest0 = try digest { _ in }
        #expect(digest0.count == 32)
        #expect(try digest { $0.version = "2.0.0" } == digest0)
        #expect(try digest { $0.seed = 2 } != digest0)
        #expect(try digest { $0.treeCount = 59 } != digest0)
    }

    @Test("are not for models that check values, compute with them or are no trees")
    func unavailable() throws {
        func why(_ model: ScoringModel) -> String? {
            if case .unavailable(let why) = model.quantisation { why } else { nil }
        }
        var bundle = TreeBundle()
        #expect(why(try bundle.load()) == nil)
        for rule in [#""minimum": 0"#, #""maximum": 0"#, #""missing": "not_scorable""#] {
            bundle.firstFeature = rule
            #expect(why(try bundle.load())?.contains("\"f0\"") == true)
        }
        #expect(why(try TestBundle.derived.load())?.contains("computed") == true)
    }
}

extension RowBlock {
    /// Makes a block of the bytes and forgets it.
    fileprivate static func check(
        _ bytes: [UInt8],
        rowCount: Int,
        quantiser: ModelQuantiser
    ) throws(ScoringError) {
        let result: Result<Void, ScoringError> = bytes.withUnsafeBufferPointer { bytes in
            Result { () throws(ScoringError) in
                _ = try RowBlock(rowCount: rowCount, quantisedRows: bytes, quantiser: quantiser)
            }
        }
        try result.get()
    }
}
