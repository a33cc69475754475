// SPDX-License-Identifier: Apache-2.0

// A log whose reader stalls: nobody waits for it, and what was dropped is told.

import Glibc
import Testing
import vigied

@Suite struct LogQueueTests {
    /// A pipe, and what was read from it up to its end.
    private struct Pipe {
        let reading: Int32
        let writing: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            try #require(pipe2(&ends, O_CLOEXEC) == 0)
            (reading, writing) = (ends[0], ends[1])
        }

        /// Reads lines until one that begins with `last`.
        func lines(until last: String) -> [Substring] {
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = read(reading, &buffer, buffer.count)
                guard count > 0 else { break }
                bytes += buffer[..<count]
                let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
                if bytes.last == 0x0A, lines.last?.hasPrefix(last) == true { return lines }
            }
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        }
    }

    @Test func aStalledReaderHoldsNobodyUp() throws {
        let pipe = try Pipe()
        defer { close(pipe.writing) }
        let queue = LogQueue(descriptor: pipe.writing, bytesMax: 100_000) { "dropped \($0)" }
        let filler = String(repeating: "x", count: 90)
        let lineCount = 10_000
        let began = ContinuousClock.now
        for index in 0..<lineCount { queue.write("\(index) \(filler)") }
        queue.flush(seconds: 0)
        // A writer that waits would wait for ever.
        #expect(ContinuousClock.now - began < .seconds(30))

        let lines = pipe.lines(until: "dropped")
        let kept = lines.dropLast()
        // What the pipe holds and what the queue does.
        #expect(kept.count > 1_000 && kept.count < 4_000)
        for (index, line) in kept.enumerated() { #expect(line == "\(index) \(filler)") }
        #expect(lines.last == "dropped \(lineCount - kept.count)")
        close(pipe.reading)
    }

    @Test func linesGoOnBehindTheCount() throws {
        let pipe = try Pipe()
        defer { close(pipe.reading) }
        let queue = LogQueue(descriptor: pipe.writing, bytesMax: 100) { "dropped \($0)" }
        queue.write(String(repeating: "x", count: 100))
        queue.write("a")
        queue.flush()
        queue.write("b")
        queue.flush()
        close(pipe.writing)
        // Nothing was written before, so both of the first were dropped, or the second was not.
        let lines = pipe.lines(until: "b")
        #expect(lines == ["dropped 2", "b"] || lines == ["dropped 1", "a", "b"], "\(lines)")
    }

    @Test func aDescriptorThatDoesNotWaitLosesNothing() async throws {
        let pipe = try Pipe()
        defer { close(pipe.reading) }
        _ = fcntl(pipe.writing, F_SETFL, O_NONBLOCK)
        let queue = LogQueue(descriptor: pipe.writing) { "dropped \($0)" }
        for index in 0..<50_000 { queue.write("\(index)") }
        queue.write("end")
        let lines = pipe.lines(until: "end")
        #expect(lines.count == 50_001 && lines[49_999] == "49999")
        queue.flush()
        close(pipe.writing)
    }

    @Test func linesHaveBothForms() throws {
        for format in LogFormat.allCases {
            let pipe = try Pipe()
            let log = LogOutput(format: format, level: .info, descriptor: pipe.writing)
            log.logger.debug("not this")
            log.logger.warning("a\nb", metadata: ["z": "1", "k": "v\n\"w\""])
            log.flush()
            close(pipe.writing)
            let lines = pipe.lines(until: "none")
            close(pipe.reading)
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
