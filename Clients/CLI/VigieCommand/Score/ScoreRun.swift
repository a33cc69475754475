// SPDX-License-Identifier: Apache-2.0

// One run of `vigie score`: opens the input, sends it block by block, writes
// the results as they come.

package import CommandFiles
package import CommandTables
package import Documents
package import VigieClient
internal import VigieLimits

/// What a run is asked to do.
package struct ScoreRequest: Sendable {
    /// Path of the input, "-" for standard input.
    package var path: String
    /// Format of the input; nil to find out.
    package var inputFormat: InputFormat?
    /// How the input is written.
    package var table = TableOptions()
    /// Files beside the input that the output must not take the place of.
    package var otherInputs: [FileIdentity] = []
    /// How CSV output is written.
    package var outputDialect = TableDialect()
    /// What to do with the columns.
    package var choice = ColumnChoice()
    /// Format of the output.
    package var outputFormat = ScoreFormat.csv
    /// Path of the output; nil for standard output.
    package var outputPath: String?
    /// Model, outputs and reasons.
    package var options = ScoreOptions.default
    /// Rows sent as one block.
    package var blockRowCount = 4096
    /// The job that keeps the answers; nil for none.
    package var job: String?
    /// Whether values are rounded to 32 bits.
    package var sendsFloat32 = false
    /// Language of texts.
    package var language = Language.en
    /// Whether nothing but errors is told on standard error.
    package var isQuiet = false
    /// The terminal that standard output is, or is not.
    package var terminal: Terminal

    /// Creates a request with the defaults.
    package init(path: String, terminal: Terminal) {
        self.path = path
        self.terminal = terminal
    }
}

/// Scores one input.
package struct ScoreRun {
    private let request: ScoreRequest
    private let sink: ByteSink
    private let source: ByteSource
    private var progress: ProgressLine
    private var summary = ScoreSummary()
    private var reportedBadRows = 0
    private let jobBegin = JobBegin()
    private var blockCount = 0

    /// Opens input and output.
    package init(_ request: ScoreRequest) throws(CommandFailure) {
        self.request = request
        source = try ByteSource.open(path: request.path)
        let inputs = [source.identity].compactMap(\.self) + request.otherInputs
        if let path = request.outputPath {
            sink = try ByteSink.file(path, inputs: inputs)
        } else {
            sink = try ByteSink.standardOutput(inputs: inputs)
        }
        let isShown = !request.isQuiet && Terminal(descriptor: Terminal.standardError).isTerminal
        // Rows on the same terminal tell the progress themselves.
        let isRowOutput = request.outputPath == nil && request.terminal.isTerminal
        progress = ProgressLine(isShown: isShown && !isRowOutput, totalBytes: source.totalBytes)
    }

    /// Scores all rows. Returns how many there were.
    package mutating func run(_ client: ScoringClient) async throws -> ScoreSummary {
        do {
            return try await score(client)
        } catch {
            progress.clear()
            throw outcome(of: error)
        }
    }

    /// The error of a run that fails, with what became of its rows and its output.
    private func outcome(of error: any Error) -> any Error {
        var notes: [String] = []
        if summary.rowCount > 0 {
            notes.append("\(grouped(summary.rowCount)) rows had been scored before")
        }
        if let path = sink.replacedPath { notes.append("\(path) is as it was") }
        if let job = request.job, summary.rowCount > 0 {
            notes.append("the same command goes on with the job \(job) where it was")
        }
        guard !notes.isEmpty else { return error }
        let note = notes.joined(separator: "; ")
        guard
            var failure = error as? CommandFailure
                ?? (error as? InputError).map(CommandFailure.init)
        else {
            tell(note)
            return error
        }
        failure.message += (failure.message.contains("\n") ? "\n" : "; ") + note
        return failure
    }

    private mutating func score(_ client: ScoringClient) async throws -> ScoreSummary {
        let model = try await client.describeModel(request.options.model)
        let reader = try Self.open(source, request, model)
        for notice in reader.openingNotices { tell(notice) }
        var writer = request.outputFormat.writer(
            ScoreContext(
                model: model,
                textColumns: reader.textColumns,
                hasIdentifier: reader.hasIdentifier,
                reasonCount: request.options.reasonCount,
                hasRawScore: request.options.outputs.contains(.rawScore),
                language: request.language,
                terminal: request.terminal,
                dialect: request.outputDialect,
                isShownOnTerminal: request.outputPath == nil && request.terminal.isTerminal
            )
        )
        let blocks = InputBlocks(
            reader,
            rowCountMaximum: request.blockRowCount,
            sendsFloat32: request.sendsFloat32
        )
        var hasBegun = false
        for try await scores in scored(blocks, client) {
            guard let input = blocks.takeFirst(), input.rowCount == scores.rowCount else {
                throw CommandFailure(.failure, "the server answered with other rows than sent")
            }
            if !hasBegun { writer.begin(scores.model, to: sink) }
            hasBegun = true
            blockCount += 1
            try write(input, scores, with: &writer)
        }
        if !hasBegun { writer.begin(nil, to: sink) }
        writer.end(summary, to: sink)
        try sink.finish()
        finish(model, blocks.closingNotices)
        return summary
    }

    private func scored(_ blocks: InputBlocks, _ client: ScoringClient) -> ScoredBlocks {
        guard let id = request.job else {
            return client.score(blocks: blocks, options: request.options)
        }
        let job = StreamJob(id) { [jobBegin] in jobBegin.note($0) }
        return client.score(blocks: blocks, options: request.options, job: job)
    }

    /// Opens a reader of the input's format, found out from its name or its first bytes.
    package static func open(
        _ source: ByteSource,
        _ request: ScoreRequest,
        _ model: ModelDescription
    ) throws(InputError) -> any BlockReader {
        let text = try TextInput(source, encoding: request.table.dialect.encoding)
        let inputs = model.inputs.map { input in
            TableInput(
                name: input.name,
                descriptions: [input.description.english, input.description.french],
                isRequired: input.isRequired,
                isCategory: input.kind == .category
            )
        }
        let format = request.inputFormat ?? InputFormat(path: request.path)
        if format == .jsonl || format == nil && text.isJSONObject {
            return try JSONLinesBlockReader(
                text.buffer,
                options: request.table,
                choice: request.choice,
                inputs: inputs
            )
        }
        if text.isJSONObject {
            throw InputError(
                .content,
                "\(source.name) holds JSON objects, not delimited text",
                hint: "say --format jsonl if each line holds one",
                nextOptions: ["--format", "jsonl"]
            )
        }
        return try CSVBlockReader(
            text.buffer,
            options: request.table,
            choice: request.choice,
            inputs: inputs
        )
    }

    private mutating func write(
        _ input: InputBlock,
        _ scores: ScoredTable,
        with writer: inout any ScoreWriter
    ) throws {
        let block = ResultBlock(
            input: input,
            scores: scores,
            firstRowNumber: summary.rowCount + 1
        )
        report(input.badRows)
        try writer.write(block, to: sink)
        try sink.flush()
        summary.add(block)
        progress.update(rowCount: summary.rowCount, bytes: input.consumedBytes)
    }

    private mutating func report(_ badRows: [BadRow]) {
        guard reportedBadRows < InputLimits.reportedBadRowsMaximum, !badRows.isEmpty else { return }
        progress.clear()
        for row in badRows.prefix(InputLimits.reportedBadRowsMaximum - reportedBadRows) {
            printError("vigie: \(source.name), \(row.message)")
            reportedBadRows += 1
        }
    }

    private mutating func finish(_ model: ModelDescription, _ notices: [String]) {
        progress.clear()
        for notice in notices { tell(notice) }
        if summary.rowCount == 0 {
            return tell("\(source.name) fits \(model.summary.name), and holds no rows")
        }
        let seconds = progress.elapsed / .seconds(1)
        let noun = summary.rowCount == 1 ? "row" : "rows"
        var text = "\(grouped(summary.rowCount)) \(noun): \(grouped(summary.scoredCount)) scored"
        if summary.notScoredCount > 0 {
            text += ", \(grouped(summary.notScoredCount)) not scorable"
        }
        if summary.badInputCount > 0 {
            text += ", \(grouped(summary.badInputCount)) with bad input"
        }
        if summary.warnedCount > 0 {
            text += ", \(grouped(summary.warnedCount)) with values that counted as missing"
        }
        text += " by \(model.summary.name) \(model.summary.version)"
        text += " in \(decimals(seconds, seconds < 10 ? 2 : 1)) s"
        if seconds > 0 { text += " (\(short(Double(summary.rowCount) / seconds)) rows/s)" }
        tell(text)
        if let job = request.job {
            let known = min(jobBegin.storedBlockCount, blockCount)
            tell(
                "job \(job): \(grouped(known)) of \(grouped(blockCount)) blocks came from the store"
            )
        }
    }

    private func tell(_ text: String) {
        if !request.isQuiet { printError(text) }
    }
}
