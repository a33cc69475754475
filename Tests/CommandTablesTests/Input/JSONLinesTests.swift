// SPDX-License-Identifier: Apache-2.0

// JSON lines to blocks, and the object scanner on nasty text.

import CommandTables
import Documents
import FoundationEssentials
import TestRecords
import Testing

@Suite struct JSONLinesTests {
    private func reader(
        _ text: String,
        choice: ColumnChoice = .init(),
        chunk: Int = 1 << 16
    ) throws -> JSONLinesBlockReader {
        try JSONLinesBlockReader(
            memoryBuffer(text, chunk: chunk),
            choice: choice,
            inputs: [TableInput(name: "x"), TableInput(name: "y")]
        )
    }

    private func block(_ text: String, choice: ColumnChoice = .init()) throws -> InputBlock {
        try #require(try reader(text, choice: choice).readBlock(rowCountMaximum: 100))
    }

    @Test func readsObjects() throws {
        let block = try block(
            "{\"id\":\"a\",\"x\":1.5,\"y\":null}\r\n\n {\"y\":-2e3 , \"id\": 17}\n{\"x\":NaN}"
        )
        #expect(block.rowCount == 3)
        #expect(block.values[0] == 1.5 && block.values[1].isNaN)
        #expect(block.values[2].isNaN && block.values[3] == -2000)
        #expect(block.values[4].isNaN && block.values[5].isNaN)
        #expect((0..<3).map { block.texts[0].text($0) } == ["a", "17", ""])
        #expect(block.lines == [1, 3, 4])
        #expect(block.badRows.isEmpty)
    }

    @Test(arguments: [
        ("{\"x\":\"12\"}", "line 1, x: \"12\" is not a number"),
        ("{\"x\":true}", "line 1, x: true is not a finite number"),
        ("{\"x\":[1,2]}", "line 1, x: [1,2] is not a finite number"),
        ("{\"x\":Infinity}", "line 1, x: Infinity is not a finite number"),
        ("{\"x\":1e999}", "line 1, x: 1e999 is not a finite number"),
        ("{\"z\":1}", "line 1, z: the model has no input 'z'"),
        ("{\"x\":1", "line 1: no JSON object: ',' or '}' is expected at byte 8"),
        ("7", "line 1: no JSON object: '{' is expected at byte 1"),
        ("{\"x\":01}", "line 1, x: 01 is not a finite number"),
        ("{\"x\":+1}", "line 1, x: +1 is not a finite number"),
        ("{\"x\":.5}", "line 1, x: .5 is not a finite number"),
        ("{\"x\":1,\"y\":2,\"x\":1}", "line 1, x: the object has 'x' twice"),
        ("{\"x\":\"\\ud800\"}", "line 1: no JSON object: half of a surrogate pair at byte 13"),
        ("{\"x\":1} x", "line 1: no JSON object: something follows the object at byte 9"),
        ("{\"x\" 1}", "line 1: no JSON object: ':' is expected at byte 6"),
        ("{\"x\":}", "line 1: no JSON object: a value is expected at byte 6"),
        ("{\"x\":\"\u{1}\"}", "line 1: no JSON object: a text holds a control character at byte 7"),
        ("{\"x\":1,}", "line 1: no JSON object: a comma with nothing behind it at byte 7"),
    ])
    func marksBadRows(text: String, message: String) throws {
        let block = try block(text + "\n{\"x\":1,\"y\":2}\n")
        #expect(block.badRows.map(\.message) == [message])
        #expect(block.values.prefix(2).allSatisfy { $0.isNaN })
        #expect(block.values.suffix(2) == [1, 2])
    }

    @Test func leavesUnknownNamesOutWhenAsked() throws {
        let block = try block(
            "{\"x\":1,\"z\":{\"a\":[\"}\"]}}",
            choice: .init(ignoresUnknown: true)
        )
        #expect(block.badRows.isEmpty && block.values[0] == 1)
    }

    @Test func anyLineMayBringTheIdentifier() throws {
        let block = try block("{\"x\":1}\n{\"x\":2,\"id\":\"b\"}\n")
        #expect((0..<2).map { block.texts[0].text($0) } == ["", "b"])
        let many = String(repeating: "{\"x\":1}\n", count: 20_000)
        let reader = try reader(many + "{\"x\":2,\"id\":\"z\"}\n")
        #expect(reader.textColumns == ["id"])
        var last = ""
        while let block = try reader.readBlock(rowCountMaximum: 4096) {
            last = block.texts[0].text(block.rowCount - 1)
        }
        #expect(last == "z")
        #expect(try self.reader("{\"x\":1}\n").textColumns.isEmpty)
    }

    @Test func namesThatMostObjectsHaveAreToldAtOnce() throws {
        let text = "{\"SIREN\":1,\"Z\":2}\n{\"SIREN\":2,\"Z\":3}\n{\"x\":1}\n"
        let error = #expect(throws: InputError.self) { try reader(text) }
        #expect(error?.nextOptions == ["--id", "SIREN", "--keep-all"])
        let kept = try reader(text, choice: .init(keepsAll: true))
        #expect(kept.textColumns == ["SIREN", "Z"])
    }

    @Test(arguments: [
        "{\n  \"x\": 1\n}\n", "{\"x\":\n1}", "{\n\n\"x\":1,\"y\":[1,\n2]}\n{\n}\n",
    ])
    func objectsOfSeveralLinesAreToldOnce(text: String) {
        let error = #expect(throws: InputError.self) { try reader(text) }
        #expect(error?.message.contains("several lines") == true)
    }

    @Test(arguments: ["{\"x\":1}\n{\"x\":2}\n", "{\"x\":1\n{\"x\":2}\n", "{\"x\":1}\n\u{1A}"])
    func objectsOfOneLineAreRead(text: String) throws {
        #expect(try block(text).rowCount >= 1)
    }

    @Test func mappingsAndMissingWordsCountHereToo() throws {
        var options = TableOptions()
        options.mappings = ["Total=x"].compactMap { ColumnMapping($0) }
        options.dialect.numbers.missingWords = ["n.d."]
        let reader = try JSONLinesBlockReader(
            memoryBuffer("{\"Total\":5,\"y\":\"N.D.\"}\n"),
            options: options,
            inputs: [TableInput(name: "x"), TableInput(name: "y")]
        )
        let block = try #require(try reader.readBlock(rowCountMaximum: 1))
        #expect(block.badRows.isEmpty && block.values[0] == 5 && block.values[1].isNaN)
    }

    @Test func chunksOfAnySizeGiveTheSame() throws {
        let text = "\u{FEFF}{\"id\":\"\\u00e9\\\"\",\"x\":1}\r\n{\"y\":2}\nbad\n{\"x\":3}"
        let whole = try block(text)
        for chunk in 1...text.utf8.count {
            let cut = try #require(
                try reader(text, chunk: chunk).readBlock(rowCountMaximum: 100)
            )
            #expect(cut.texts == whole.texts && cut.badRows == whole.badRows)
            #expect(cut.values.map(\.bitPattern) == whole.values.map(\.bitPattern))
        }
    }

    @Test(arguments: [
        "plain", "\\\"quoted\\\"", "\\\\ \\/ \\b\\f\\n\\r\\t", "\\u0041\\u00e9\\u20ac",
        "\\ud83d\\ude00",
        "é€😀",
    ])
    func textsAreAsFoundationReadsThem(text: String) throws {
        let line = "{\"a\":\"\(text)\"}"
        let expected = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        let value = try Array(line.utf8).withUnsafeBytes { bytes in
            var scanner = JSONObjectScanner(bytes)
            return try scanner.next()?.value
        }
        #expect(value == .text(expected["a"]!))
    }

    /// Cut and changed objects never trap.
    @Test func damagedObjectsAreRefusedOrRead() throws {
        let line = Array("{\"a\":\"\\ud83d\\ude00\\n\",\"b\":[{\"c\":-1.5e3}],\"d\":null}".utf8)
        for _ in 0..<20_000 {
            var bytes = Array(line.prefix(Int.random(in: 0...line.count)))
            for _ in 0..<Int.random(in: 0...3) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count)] = UInt8.random(in: 0...255)
            }
            let members = bytes.withUnsafeBytes { bytes in
                var scanner = JSONObjectScanner(bytes)
                var count = 0
                while (try? scanner.next()) != nil { count += 1 }
                return count
            }
            #expect(members <= 20)
        }
    }
}
