// SPDX-License-Identifier: Apache-2.0

// Reads the input as the two messages of a stream of companies that are rows: a byte with the length
// of the first, a header, and a block. What makes sense is assessed, all rows at once and one by
// one, which must say the same.

import Assessment
import ProtobufCoding
import Quantities
import Scoring
import VigieProtos

private let models = (try? ScoringModel.bundledModels()) ?? []

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_assessedrows")
func fuzzAssessedRows(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    guard let length = bytes.first, count > Int(length) else { return 0 }
    let parts = (
        UnsafeRawBufferPointer(rebasing: bytes[1..<(1 + Int(length))]),
        UnsafeRawBufferPointer(rebasing: bytes[(1 + Int(length))...])
    )
    guard let model = models.first, let asOf = CalendarDate("2025-12-31") else {
        preconditionFailure("the models of the product cannot be used")
    }
    var options = Assessor.Options(asOf: asOf)
    options.reasonCount = 2
    guard let header = try? Vigie_V1_AssessRowsHeader(serializedBytes: parts.0),
        let message = try? Vigie_V1_RowBlock(serializedBytes: parts.1),
        let assessor = try? TableAssessor(
            model: model,
            card: models.dropFirst().first,
            factColumns: header.factColumns,
            itemColumns: header.columns,
            options: options,
            issuesMaximum: 16
        )
    else { return 0 }
    message.doubleValues.withUnsafeBufferPointer { values in
        guard
            let block = try? RowBlock(
                rowCount: Int(message.rowCount),
                columnCount: assessor.columnCount,
                layout: message.layout == .columnMajor ? .columnMajor : .rowMajor,
                values: .float64(values)
            )
        else { return }
        let (whole, single) = (AssessedTable(), AssessedTable())
        assessor.assess(block, rows: 0..<block.rowCount, TableScratch(), whole)
        let scratch = TableScratch()
        for row in 0..<block.rowCount {
            assessor.assess(block, rows: row..<(row + 1), scratch, single)
        }
        check(whole, single, rowCount: block.rowCount)
    }
    return 0
}

private func check(_ whole: AssessedTable, _ single: AssessedTable, rowCount: Int) {
    precondition(whole.rowCount == rowCount && single.rowCount == rowCount, "rows are lost")
    precondition(
        whole.outcomes == single.outcomes && whole.bases == single.bases
            && whole.scores == single.scores && whole.riskClasses == single.riskClasses
            && whole.confidences == single.confidences && whole.areCapped == single.areCapped
            && whole.probabilities.map(\.bitPattern) == single.probabilities.map(\.bitPattern),
        "a row is assessed otherwise among others"
    )
    precondition(whole.issueRows.count <= 16, "more issues than were asked for")
    for row in 0..<rowCount {
        precondition((1...5).contains(whole.outcomes[row]), "no outcome")
        let isScored = TableNumbers.outcomes[Int(whole.outcomes[row]) - 1] == .scored
        let probability = whole.probabilities[row]
        precondition(isScored == (0...1).contains(probability), "a probability of nobody")
    }
}
