// SPDX-License-Identifier: Apache-2.0

// The load of the end-to-end measurement, from a program that uses the SDK as any
// application would: blocks of rows in a stream, or calls of a row each. What came
// back is compared with the scores of the library that trained the model.
//
//     end-to-end-client SERVER CA_FILE DIRECTORY SERVER_PID bulk BLOCK_ROWS CONNECTIONS TIME
//     end-to-end-client SERVER CA_FILE DIRECTORY SERVER_PID quantised BLOCK_ROWS CONNECTIONS TIME
//     end-to-end-client SERVER CA_FILE DIRECTORY SERVER_PID calls AT_A_TIME CONNECTIONS TIME
//
// TIME is in seconds. The directory has rows.f32, 64 float32 a row, and M.raw.f64, their raw
// scores. Prints one JSON object; CPU is that of both processes while rows were counted.

import VigieClient

/// A measurement that cannot be made, or that found wrong scores.
struct Failure: Error, CustomStringConvertible {
    let description: String
}

@main
struct EndToEndClient {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 9, let pid = Int(arguments[4]), let size = Int(arguments[6]),
            let connections = Int(arguments[7]), let seconds = Double(arguments[8])
        else { throw Failure(description: "see EndToEndClient.swift for the arguments") }
        let isBulk = arguments[5] != "calls"
        let data = try BenchRows(directory: arguments[3], rowsPerTable: isBulk ? size : 1)
        let tls = ScoringClientConfiguration.TLS(
            roots: .file(arguments[2]),
            serverName: "localhost"
        )
        var configuration = try ScoringClientConfiguration(server: arguments[1], tls: tls)
        configuration.connectionCount = connections
        let load = Load(
            data: data,
            meter: Meter(serverPID: pid),
            duration: .seconds(seconds),
            quantisation: arguments[5] == "quantised" ? .always : .never
        )
        try await withScoringClient(configuration) { client in
            if isBulk {
                try await load.bulk(client)
            } else {
                try await load.calls(client, atATime: size)
            }
        }
        try await load.meter.printReport()
    }
}

/// Sends rows for a time, after a warm-up of a quarter of it.
struct Load: Sendable {
    let data: BenchRows
    let meter: Meter
    let duration: Duration
    let quantisation: ScoreOptions.Quantisation

    private var warmUp: Duration { duration / 4 }
    private var options: ScoreOptions {
        ScoreOptions(outputs: .probability, quantisation: quantisation)
    }

    /// Streams blocks.
    func bulk(_ client: ScoringClient) async throws {
        let start = ContinuousClock.now
        let blocks = TimedBlocks(tables: data.tables, end: start + warmUp + duration)
        var index = 0
        for try await scores in client.score(blocks: blocks, options: options) {
            if start.duration(to: .now) > warmUp { await meter.count(rows: scores.rowCount) }
            if index % 16 == 0 { try data.check(scores, table: index % data.tables.count) }
            index += 1
        }
    }

    /// Calls with a row each from `count` tasks.
    func calls(_ client: ScoringClient, atATime count: Int) async throws {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<count {
                group.addTask { try await callUntilEnd(client, task: task, start: start) }
            }
            try await group.waitForAll()
        }
    }

    private func callUntilEnd(
        _ client: ScoringClient,
        task: Int,
        start: ContinuousClock.Instant
    ) async throws {
        var index = task * 997
        var uncounted = 0
        while true {
            let elapsed = start.duration(to: .now)
            if elapsed > warmUp + duration { return await meter.count(rows: uncounted) }
            let table = index % data.tables.count
            let scores = try await client.score(data.tables[table], options: options)
            if index % 16 == 0 { try data.check(scores, table: table) }
            index += 1
            guard elapsed > warmUp else { continue }
            uncounted += 1
            // The meter is an actor: it is not asked after each call.
            if uncounted == 64 {
                await meter.count(rows: uncounted)
                uncounted = 0
            }
        }
    }
}

/// The same tables over and over until a moment.
struct TimedBlocks: AsyncSequence, Sendable {
    typealias Element = FeatureTable

    let tables: [FeatureTable]
    let end: ContinuousClock.Instant

    struct Iterator: AsyncIteratorProtocol {
        let blocks: TimedBlocks
        var count = 0

        mutating func next() async -> FeatureTable? {
            guard ContinuousClock.now < blocks.end else { return nil }
            defer { count += 1 }
            return blocks.tables[count % blocks.tables.count]
        }
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(blocks: self)
    }
}
