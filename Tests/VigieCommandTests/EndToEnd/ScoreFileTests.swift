// SPDX-License-Identifier: Apache-2.0

// What becomes of the files that `vigie score` reads and writes.

import CommandFiles
import FoundationEssentials
import Glibc
import TestCertificates
import Testing

@Suite(.server, .serialized) struct ScoreFileTests {
    private let server: TestServer

    init() throws {
        server = try #require(TestServer.current)
    }

    /// Some rows that can be scored as CSV with an identifier.
    private func manyRows(_ count: Int) throws -> String {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let sample = "/\(root)/Clients/CLI/Samples/companies.csv"
        let lines = try ChildProcess.text(sample).split(separator: "\n").filter {
            !$0.contains(",,")
        }
        var text = lines[0] + "\n"
        for index in 0..<count {
            let line = lines[1 + index % (lines.count - 1)]
            text += "c\(index)" + line[line.firstIndex(of: ",")!...] + "\n"
        }
        return String(text)
    }

    @Test func aDialectIsWrittenAsItIsRead() throws {
        let text = "id;total_assets;net_income\nÉtoile;29 830,50;-\n"
        let result = try server.vigie(["score", "-", "--dialect", "excel-fr"], input: text)
        #expect(result.output.hasPrefix("\u{FEFF}id;outcome;probability;"), "\(result.errors)")
        #expect(result.output.contains("\nÉtoile;scored;0,"))
        let plain = try server.vigie(
            ["score", "-", "--dialect", "excel-fr", "--output-dialect", "plain"],
            input: text
        )
        #expect(plain.output.hasPrefix("id,outcome,") && plain.output.contains("scored,0."))
    }

    @Test func theInputIsNeverEmptied() throws {
        let text = try manyRows(3)
        let path = try server.file(text)
        let link = path + ".link"
        #expect(symlink(path, link) == 0)
        for output in [path, link] {
            let result = try server.vigie(["score", path, "-O", output])
            #expect(result.status == 64 && result.errors.contains("input"), "\(result.errors)")
        }
        let redirected = try ChildProcess(
            "vigie",
            ["score", "-", "-O", path],
            environment: ["VIGIE_SERVER": server.address],
            inputPath: path,
            directory: server.directory
        ).wait()
        #expect(redirected.status == 64)
        #expect(try ChildProcess.text(path) == text)
    }

    @Test func aFailedRunLeavesTheResultsOfTheLastOne() throws {
        let path = try server.file("last month")
        let input = try server.file("id,total_assets,sector\n1,2,3\n")
        let column = try server.vigie(["score", input, "-O", path])
        #expect(column.status == 65 && column.errors.contains("\(path) is as it was"))
        let gone = try server.vigie(
            ["score", input, "-O", path, "--timeout", "1s"],
            environment: ["VIGIE_SERVER": "127.0.0.1:1"]
        )
        #expect(gone.status == 3)
        var bytes = Array(try manyRows(20_000).utf8)
        bytes += [0x61, 0xE9, 0x0A]
        let latin = server.directory + "/late.csv"
        try Data(bytes).write(to: URL(filePath: latin))
        let stopped = try server.vigie(["score", latin, "-O", path, "--block-rows", "10"])
        #expect(stopped.status == 65, "\(stopped.errors)")
        #expect(stopped.errors.contains("rows had been scored before"), "\(stopped.errors)")
        #expect(try ChildProcess.text(path) == "last month")
    }

    @Test func aReaderThatHasSeenEnoughHearsNothing() throws {
        let input = try server.file(try manyRows(20_000))
        let pipe = server.directory + "/head-\(UInt64.random(in: 0...(.max)))"
        #expect(mkfifo(pipe, 0o600) == 0)
        // A reader that opens the pipe and leaves at once.
        let reader = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        let process = try ChildProcess(
            "vigie",
            ["score", input, "-q", "-O", pipe],
            environment: [
                "VIGIE_SERVER": server.address, "VIGIE_CA_CERT": server.certificates.caPath,
            ],
            directory: server.directory
        )
        var buffer = [UInt8](repeating: 0, count: 100)
        for _ in 0..<2000 {
            let count = buffer.withUnsafeMutableBytes { read(reader, $0.baseAddress, $0.count) }
            if count > 0 { break }
            usleep(10_000)
        }
        close(reader)
        let result = try process.wait()
        #expect(
            result.status == CommandStatus.outputClosed.rawValue && result.errors.isEmpty,
            "\(result.errors)"
        )
    }

    @Test func nothingIsScoredByACheck() throws {
        let good = try server.vigie(["score", "-", "--check"], input: try manyRows(3))
        #expect(good.status == 0 && good.output.contains("the first 3 rows: 0 with bad input"))
        let text = "id;total_assets;net_income\n1;abc;2\n2;5;6\n"
        let bad = try server.vigie(["score", "-", "--check"], input: text)
        #expect(bad.status == 2 && bad.output.contains("line 2, total_assets"), "\(bad.output)")
        let wrong = try server.vigie(["score", "-", "--check"], input: "a;b\n1;2\n")
        #expect(wrong.status == 65 && wrong.output.isEmpty)
    }
}
