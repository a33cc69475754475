// SPDX-License-Identifier: Apache-2.0

// `vigie jobs`: what was answered to streams with a name, told of, had again, forgotten.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import VigieClient

/// The parent of the commands on jobs.
struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "Lists, fetches and forgets jobs: what `vigie score --job` has had answered.",
        discussion: """
            A server with a store keeps what it answers to a job for 24 hours after what happened \
            to it last. Jobs are whose token began them; nobody sees those of others.
            """,
        subcommands: [JobsListCommand.self, JobsFetchCommand.self, JobsForgetCommand.self]
    )
}

/// The name of a job.
struct JobArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The name of the job.", valueName: "job"))
    var id: String
}

/// Lists jobs.
struct JobsListCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists your jobs, and for how long they are kept."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let jobs = try await client.listJobs()
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: JobText.writeJSON(jobs, to: sink)
        case .table: sink.write(JobText.table(jobs, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Has the answers again.
struct JobsFetchCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Writes what was answered to a job again, as CSV, a line for each row.",
        discussion: """
            The server keeps answers and not the rows: lines are told apart by their number, in \
            the order in which the rows were sent. Run `vigie score --job` with the same file \
            again to have the columns of the file beside the scores, without anything being \
            scored twice.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var job: JobArgument

    @Option(
        name: [.customShort("O"), .long],
        help: ArgumentHelp("File to write to instead of standard output.", valueName: "file"),
        completion: .file()
    )
    var outputFile: String?

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let sink =
            try outputFile.map { path throws(CommandFailure) in
                try ByteSink.file(path, inputs: [])
            } ?? ByteSink.standardOutput()
        var answers = try await client.fetchJob(job.id)
        var row = 0
        sink.write(JobText.headings(answers.job.kind))
        while let answer = try await answers.next() {
            switch answer {
            case .scores(let table):
                for score in table {
                    row += 1
                    sink.write(JobText.line(score, row: row))
                }
            case .assessments(let table):
                for assessment in table {
                    row += 1
                    sink.write(JobText.line(assessment, row: row))
                }
            }
            try sink.flush()
        }
        try sink.finish()
        return .success
    }
}

/// Forgets a job.
struct JobsForgetCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Deletes a job and what was answered to it."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var job: JobArgument

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await client.forgetJob(job.id)
        return .success
    }
}
