// SPDX-License-Identifier: Apache-2.0

// Assessments of tables in a job: one stream after the other, each from the first table on that has
// no answer yet.

internal import VigieLimits

/// Sends tables as they come, and takes their answers; again those that a broken stream left.
struct JobTableIteration<Tables: AsyncIteratorProtocol, Calls: TableCalls>
where Tables.Element == Calls.Table {
    private var tables: Tables
    private let makeStream: (_ firstBlock: Int, _ timeout: Duration?) -> TableStream<Calls>
    private let rowCount: (Calls.Table) -> Int
    private var stream: TableStream<Calls>?
    /// Tables without an answer, and how many of them the stream was given.
    private var waiting: [Calls.Table] = []
    private var sentCount = 0
    private var answeredCount = 0
    private var hasEnded = false
    private var patience: JobPatience

    init(
        tables: Tables,
        patience: JobPatience,
        rowCount: @escaping (Calls.Table) -> Int,
        makeStream: @escaping (_ firstBlock: Int, _ timeout: Duration?) -> TableStream<Calls>
    ) {
        (self.tables, self.patience) = (tables, patience)
        (self.rowCount, self.makeStream) = (rowCount, makeStream)
    }

    /// The answer to the next table; nil after the last.
    mutating func next() async throws -> Calls.Answer? {
        while !hasEnded, waiting.count < ClientLimits.jobTables {
            guard let table = try await tables.next() else {
                hasEnded = true
                break
            }
            if rowCount(table) > 0 { waiting.append(table) }
        }
        while true {
            do {
                return try await takeNext()
            } catch let error as VigieError {
                (stream, sentCount) = (nil, 0)
                guard let delay = patience.delay(after: error) else { throw error }
                try await Task.sleep(for: delay)
            }
        }
    }

    private mutating func takeNext() async throws -> Calls.Answer? {
        let stream = stream ?? makeStream(answeredCount, patience.timeLeft)
        self.stream = stream
        while sentCount < waiting.count {
            try await stream.send(waiting[sentCount])
            sentCount += 1
        }
        guard !waiting.isEmpty else {
            try await stream.end()
            return nil
        }
        let answer = try await stream.answer()
        waiting.removeFirst()
        (sentCount, answeredCount) = (sentCount - 1, answeredCount + 1)
        patience.noteAnswer()
        return answer
    }
}
