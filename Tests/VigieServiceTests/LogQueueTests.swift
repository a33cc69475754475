// SPDX-License-Identifier: Apache-2.0

// A log whose reader stalls: nobody waits for it, and what was dropped is told.

import Glibc
import Logging
import Telemetry
import Testing
import vigied

@Suite struct LogQueueTests {
    /// A pipe, and what was read from it up to its end.
    private struct Pipe {
        let reading: Int32
        let writing: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            (reading, writing) = (ends[0], ends[1])
        }

        /// All lines that a queue writes to the end of the pipe, once something reads it.
        func lines(of queue: LogQueue) async -> [Substring] {
            let reader = Task.detached { readAll() }
            queue.flush(seconds: 60)
            close(writing)
            return await reader.value.split(separator: "\n")
        }

        func readAll() -> String {
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = read(reading, &buffer, buffer.count)
                guard count > 0 else { break }
                bytes += buffer[..<count]
            }
            close(reading)
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    @Test func aStalledReaderHoldsNobodyUp() async throws {
        let pipe = try Pipe()
        let counters = CounterRegistry()
        let queue = LogQueue(
            descriptor: pipe.writing,
            bytesMax: 100_000,
            counters: counters
        ) { "dropped \($0)" }
        let filler = String(repeating: "x", count: 90)
        let lineCount = 10_000
        // A writer that waits would wait for ever.
        for index in 0..<lineCount { queue.write("\(index) \(filler)") }

        // Each line is there or counted, at its place.
        var next = 0
        var keptCount = 0
        for line in await pipe.lines(of: queue) {
            if line.hasPrefix("dropped ") {
                next += try #require(Int(line.dropFirst(8)))
            } else {
                try #require(line == "\(next) \(filler)")
                next += 1
                keptCount += 1
            }
        }
        #expect(next == lineCount)
        #expect(counters.value(of: .logLinesDropped) == UInt64(lineCount - keptCount))
        // What the pipe holds and what the queue does, about twice.
        #expect(keptCount > 1_000 && keptCount < 4_000)
    }

    @Test func linesGoOnBehindTheCount() async throws {
        let pipe = try Pipe()
        let queue = LogQueue(descriptor: pipe.writing, bytesMax: 100) { "dropped \($0)" }
        queue.write(String(repeating: "x", count: 100))
        queue.write("a")
        queue.flush()
        queue.write("b")
        #expect(await pipe.lines(of: queue).suffix(1) == ["b"])
    }

    @Test func aLineTooLongIsCounted() async throws {
        let pipe = try Pipe()
        let queue = LogQueue(descriptor: pipe.writing, bytesMax: 100) { "dropped \($0)" }
        queue.write(String(repeating: "x", count: 100))
        queue.write("a")
        // The count may be written before the second line comes.
        let lines = await pipe.lines(of: queue)
        #expect(lines == ["dropped 2"] || lines == ["dropped 1", "a"])
    }

    @Test func aDescriptorThatDoesNotWaitLosesNothing() async throws {
        let pipe = try Pipe()
        _ = fcntl(pipe.writing, F_SETFL, O_NONBLOCK)
        let queue = LogQueue(descriptor: pipe.writing) { "dropped \($0)" }
        for index in 0..<50_000 { queue.write("\(index)") }
        let lines = await pipe.lines(of: queue)
        #expect(lines.count == 50_000 && lines.last == "49999")
    }

    @Test func linesThatCannotBeWrittenAreCounted() async throws {
        let pipe = try Pipe()
        let full = open("/dev/full", O_WRONLY)
        let counters = CounterRegistry()
        let queue = LogQueue(descriptor: full, counters: counters) { "dropped \($0)" }
        for line in ["a", "b"] {
            queue.write(line)
            queue.flush()
        }
        #expect(counters.value(of: .logLinesDropped) == 2)
        // There is room again.
        dup2(pipe.writing, full)
        for line in ["c", "d"] {
            queue.write(line)
            queue.flush()
        }
        close(full)
        #expect(await pipe.lines(of: queue) == ["dropped 3", "d"])
        #expect(counters.value(of: .logLinesDropped) == 3)
    }

    @Test func linesHaveBothForms() throws {
        for format in LogFormat.allCases {
            let pipe = try Pipe()
            let log = LogOutput(format: format, level: .info, descriptor: pipe.writing)
            log.logger.debug("not this")
            log.logger.warning("a\nb", metadata: ["z": "1", "k": "v\n\"w\""])
            log.flush()
            close(pipe.writing)
            let lines = pipe.readAll().split(separator: "\n")
            #expect(lines.count == 1)
            let line = try #require(lines.first)
            switch format {
            case .text: #expect(line.hasSuffix("Z warning vigied: k=v \"w\" z=1 a b"))
            case .json:
                #expect(
                    line.hasPrefix(
                        #"{"label":"vigied","level":"warning","message":"a\nb","metadata":"#
                            + #"{"k":"v\n\"w\"","z":"1"},"time":""#
                    )
                )
            }
        }
    }
}
