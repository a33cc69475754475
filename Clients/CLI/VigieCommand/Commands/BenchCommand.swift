// SPDX-License-Identifier: Apache-2.0

// `vigie bench`: what a server can do, with made-up rows.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import ProgramSettings
internal import VigieClient

/// The command that measures a server.
struct BenchCommand: ServerCommand {
    /// What is measured.
    enum Mode: String, CaseIterable, ExpressibleByArgument {
        case bulk, unary, both
    }

    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures rows and calls a second.",
        discussion: """
            Sends made-up rows in the ranges of the model's inputs: blocks in a stream (bulk), \
            then single rows in single calls (unary).
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Option(ClientSetting.model) var model: String?

    @Option(help: "What to measure.")
    var mode = Mode.both

    @Option(help: ArgumentHelp("Time for each measurement.", valueName: "duration"))
    var duration = "3s"

    @Option(help: ArgumentHelp("Connections to the server.", valueName: "count"))
    var connections = 1

    @Option(help: ArgumentHelp("Unary calls under way at a time.", valueName: "count"))
    var concurrency = 16

    @Option(help: ArgumentHelp("Rows of a block in bulk.", valueName: "count"))
    var blockRows = 4096

    @Option(help: ArgumentHelp("Number of reasons for each row.", valueName: "count"))
    var reasons = 0

    @Flag(help: "Ask for the probability only.")
    var probabilityOnly = false

    @Option(help: "Send rows as the bytes that the model's quantiser makes of them.")
    var quantise = QuantiseOption.auto

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func validate() throws {
        try checkRange(connections, in: 1...64, name: "--connections")
        try checkRange(concurrency, in: 1...1024, name: "--concurrency")
        try checkRange(blockRows, in: 1...65_536, name: "--block-rows")
        try checkRange(reasons, in: 0...1000, name: "--reasons")
        if VigieCommand.duration(from: duration) == nil {
            throw ValidationError("--duration must be a duration such as 500ms, 3s or 1m.")
        }
    }

    func adjust(_ configuration: inout ScoringClientConfiguration) {
        configuration.connectionCount = connections
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        var options = ScoreOptions(model: settings.model)
        options.reasonCount = reasons
        options.quantisation = quantise.quantisation
        if probabilityOnly { options.outputs = .probability }
        let run = BenchRun(
            duration: VigieCommand.duration(from: duration) ?? .seconds(3),
            concurrency: concurrency,
            blockRowCount: blockRows,
            options: options
        )
        let description = try await client.describeModel(settings.model)
        var results: [BenchResult] = []
        if mode != .unary { results.append(try await run.bulk(client, description)) }
        if mode != .bulk { results.append(try await run.unary(client, description)) }
        let sink = try ByteSink.standardOutput()
        write(results, description, to: sink)
        try sink.flush()
        return .success
    }

    private func write(_ results: [BenchResult], _ model: ModelDescription, to sink: ByteSink) {
        let name = "\(model.summary.name)@\(model.summary.version)"
        if output == .table {
            sink.write("\(name), \(model.inputs.count) inputs, \(connections) connection(s), ")
            sink.write("bulk in blocks of \(grouped(blockRows)) rows, ")
            sink.write("unary from \(concurrency) tasks\n\n")
            sink.write(BenchResult.table(results, terminal: common.output))
            return
        }
        sink.write("{\"model\":")
        sink.writeJSON(name)
        sink.write(",\"inputs\":\(model.inputs.count),\"connections\":\(connections)")
        sink.write(",\"block_rows\":\(blockRows),\"concurrency\":\(concurrency),\"results\":[")
        for (index, result) in results.enumerated() {
            sink.write(index == 0 ? "{" : ",{")
            result.writeJSON(to: sink)
            sink.write("}")
        }
        sink.write("]}\n")
    }
}
