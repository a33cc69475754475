// SPDX-License-Identifier: Apache-2.0

// What answers take: known from the request before anything is scored, so that memory can be
// set aside first.

extension ScoreColumns {
    /// Bytes of an issue.
    package static let issueBytes = 3 * MemoryLayout<UInt32>.stride + MemoryLayout<Double>.stride

    /// Bytes that the columns of a row take.
    package static func rowBytes(_ request: ScoreRequest) -> Int {
        var bytes = MemoryLayout<Int32>.stride
        if request.outputs.contains(.probability) { bytes += MemoryLayout<Double>.stride }
        if request.outputs.contains(.score) { bytes += MemoryLayout<UInt32>.stride }
        if request.outputs.contains(.riskClass) { bytes += MemoryLayout<UInt32>.stride }
        if request.outputs.contains(.percentile) { bytes += MemoryLayout<Float>.stride }
        if request.outputs.contains(.rawScore) { bytes += MemoryLayout<Double>.stride }
        var reasonBytes = MemoryLayout<UInt32>.stride + MemoryLayout<Double>.stride
        if request.givesReasonValues { reasonBytes += MemoryLayout<Double>.stride }
        return bytes + max(request.reasonCount, 0) * reasonBytes
    }

    /// Issues that are told of some rows at most.
    package static func issuesMaximum(
        rowCount: Int,
        rowIssuesMaximum: Int,
        _ request: ScoreRequest
    ) -> Int {
        let (all, overflow) = rowCount.multipliedReportingOverflow(by: rowIssuesMaximum)
        return overflow ? request.issuesMaximum : min(all, request.issuesMaximum)
    }

    /// Bytes that the answers to some rows take when they are encoded: none of their numbers takes
    /// more there than in memory, and the columns have a tag and a length each.
    package static func encodedBytes(
        rowCount: Int,
        rowIssuesMaximum: Int,
        _ request: ScoreRequest
    ) -> Int {
        let issues = issuesMaximum(
            rowCount: rowCount,
            rowIssuesMaximum: rowIssuesMaximum,
            request
        )
        return 256 + rowCount * rowBytes(request) + issues * issueBytes
    }

    /// Makes room for the answers to some rows.
    package func reserveCapacity(_ rowCount: Int, request: ScoreRequest) {
        func reserve<Value>(_ column: inout [Value], _ count: Int) {
            column.reserveCapacity(count)
        }
        reserve(&outcomes, rowCount)
        if request.outputs.contains(.probability) { reserve(&probabilities, rowCount) }
        if request.outputs.contains(.score) { reserve(&scores, rowCount) }
        if request.outputs.contains(.riskClass) { reserve(&riskClasses, rowCount) }
        if request.outputs.contains(.percentile) { reserve(&percentiles, rowCount) }
        if request.outputs.contains(.rawScore) { reserve(&rawScores, rowCount) }
        guard request.reasonCount > 0 else { return }
        reserve(&reasonFeatures, rowCount * request.reasonCount)
        reserve(&reasonContributions, rowCount * request.reasonCount)
        if request.givesReasonValues { reserve(&reasonValues, rowCount * request.reasonCount) }
    }

    /// Bytes of memory that are held.
    package var memoryBytes: Int {
        func bytes<Value>(_ column: [Value]) -> Int {
            column.capacity * MemoryLayout<Value>.stride
        }
        return bytes(outcomes) + bytes(probabilities) + bytes(scores) + bytes(riskClasses)
            + bytes(percentiles) + bytes(rawScores) + bytes(reasonFeatures)
            + bytes(reasonContributions) + bytes(reasonValues) + bytes(issueRows)
            + bytes(issueKinds)
            + bytes(issueColumns) + bytes(issueValues)
    }
}
