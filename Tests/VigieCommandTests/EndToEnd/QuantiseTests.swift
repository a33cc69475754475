// SPDX-License-Identifier: Apache-2.0

// `--quantise`, with a model whose columns are its features.

import TestModels
import Testing

@Suite(.server(of: TreeBundle()), .serialized) struct QuantiseTests {
    private let bundle = TreeBundle()
    private let server: TestServer

    init() throws {
        server = try #require(TestServer.current)
    }

    /// A file of rows, each value written so that it is read as the same number of 64 bits.
    private func file(_ rowCount: Int) throws -> String {
        let rows = bundle.rows(rowCount)
        var text = bundle.columns.reversed().joined(separator: ",") + "\n"
        for row in 0..<rowCount {
            let values = rows[row * bundle.columnCount..<(row + 1) * bundle.columnCount]
            text +=
                values.reversed().map { $0.isFinite ? "\(Double($0))" : "" }
                .joined(separator: ",") + "\n"
        }
        return try server.file(text)
    }

    @Test func scoresAreTheSameHoweverRowsAreSent() throws {
        let path = try file(400)
        let outputs = try ["never", "auto", "always"].map { choice in
            let result = try server.vigie(
                ["score", path, "-o", "csv", "--raw-score", "--quantise", choice]
            )
            #expect(result.status == 0, "\(result.errors)")
            return result.output
        }
        #expect(outputs.allSatisfy { $0 == outputs[0] })
        #expect(outputs[0].split(separator: "\n").count == 401)
    }

    @Test func roundingHasToBeAllowed() throws {
        let row = Array(repeating: "0.1", count: bundle.columnCount).joined(separator: ",")
        let path = try server.file(bundle.columns.joined(separator: ",") + "\n" + row + "\n")
        let refused = try server.vigie(["score", path, "--quantise", "always"])
        #expect(refused.status == 65)
        #expect(refused.errors.contains("32 bits"))
        let rounded = try server.vigie(["score", path, "--quantise", "always", "--float32"])
        #expect(rounded.status == 0, "\(rounded.errors)")
    }

    @Test func benchTellsHowRowsWereSent() throws {
        for (choice, mode, sent) in [
            ("auto", "bulk", "quantised"), ("never", "bulk", "float32"),
            ("auto", "unary", "float32"), ("always", "unary", "quantised"),
        ] {
            let result = try server.vigie(
                [
                    "bench", "--duration", "300ms", "--block-rows", "2000", "--mode", mode,
                    "--quantise", choice, "-o", "json", "--probability-only",
                ]
            )
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains(#""sent_as":"\#(sent)""#), "\(choice) \(mode)")
        }
    }
}
