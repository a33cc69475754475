// SPDX-License-Identifier: Apache-2.0

// `vigie score --check`: the header and the first rows of a file held against a
// model. Nothing is scored and nothing is written but what was found.

package import CommandFiles
internal import CommandTables
internal import Documents
package import VigieClient
internal import VigieLimits

/// Checks one input.
package struct CheckRun {
    private let request: ScoreRequest

    /// Checks the input of a request.
    package init(_ request: ScoreRequest) {
        self.request = request
    }

    /// Says what the file is and what its first rows hold. Returns what the shell is told: whether
    /// each of these rows can be read.
    package func run(_ client: ScoringClient) async throws -> CommandStatus {
        let source = try ByteSource.open(path: request.path)
        let model = try await client.describeModel(request.options.model)
        let reader = try ScoreRun.open(source, request, model)
        let block = try reader.readBlock(rowCountMaximum: InputLimits.sampleRowsMaximum)
        let sink = try ByteSink.standardOutput()
        let summary = model.summary
        let found = ["for \(summary.name) \(summary.version)"] + reader.summary
        var lines = ["\(source.name): \(found.joined(separator: ", "))"]
        let columns = reader.valueColumns + reader.categoryColumns
        lines.append("sent: \(listed(columns))")
        if !reader.textColumns.isEmpty {
            let note = reader.hasIdentifier ? ", the first of them names the company" : ""
            lines.append("passed through: \(listed(reader.textColumns))\(note)")
        }
        let sent = Set(columns)
        let lacking = model.inputs.filter { !$0.isMissingAllowed && !sent.contains($0.name) }
        if !lacking.isEmpty {
            lines.append("no row has a score without \(listed(lacking.map(\.name)))")
        }
        lines += reader.openingNotices + reader.closingNotices
        let badRows = block?.badRows ?? []
        lines += badRows.prefix(InputLimits.reportedBadRowsMaximum).map(\.message)
        let noun = block?.rowCount == 1 ? "row" : "rows"
        lines.append(
            "the first \(grouped(block?.rowCount ?? 0)) \(noun): "
                + "\(grouped(badRows.count)) with bad input"
        )
        for line in lines { sink.write(escaped(line) + "\n") }
        try sink.finish()
        return badRows.isEmpty && lacking.isEmpty ? .success : .rowsWithoutScore
    }
}
