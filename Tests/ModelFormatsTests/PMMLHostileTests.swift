// SPDX-License-Identifier: Apache-2.0

// Broken and hostile PMML: a clear error that names the line, never a trap.

import Documents
import Forest
import ModelFormats
import Testing

@Suite("PMML hostile files")
struct PMMLHostileTests {
    @Test(
        "is refused, naming the line",
        arguments: HostileDocument.documents + HostileDocument.parts
    )
    func refused(document: HostileDocument) {
        do throws(ModelFormatError) {
            _ = try PMMLReader.read(document.text)
            Issue.record("was read")
        } catch {
            #expect(error.message.contains(document.message), "\(error)")
            #expect(error.code == (document.isUnsupported ? .unsupported : .malformed), "\(error)")
            #expect(error.place.hasPrefix("line "))
        }
    }

    @Test("the sound document is sound")
    func sound() throws {
        let program = try PMMLReader.read(PMMLText.document(PMMLText.regression()))
        #expect(program.inputs.map(\.name) == ["x", "z", "c"])
        #expect(program.inputs[2].categories?.values.map(\.shown) == ["p", "q"])
        #expect(program.outputs.map(\.name) == ["y"])
        #expect(ReferenceProgram(program).outputs(row: [3, .nan, .nan]) == [7])
        // A text that is not one of the field's makes the row invalid.
        #expect(program.inputs[2].number(of: "other") == -1)
        #expect(ReferenceProgram(program).outputs(row: [3, 0, -1])[0].isNaN)
    }

    @Test("an error names line and element")
    func place() {
        let text = PMMLText.document(PMMLText.regression(predictor: "w"))
        let error = #expect(throws: ModelFormatError.self) { try PMMLReader.read(text) }
        #expect(error?.description == "line 14 (NumericPredictor): there is no field \"w\"")
    }

    @Test("all versions of PMML 4 are read", arguments: ["4.0", "4.1", "4.2", "4.2.1", "4.3"])
    func versions(version: String) throws {
        let namespace = "PMML-" + version.prefix(3).replacing(".", with: "_")
        let text = PMMLText.document(PMMLText.regression())
            .replacing("PMML-4_4", with: namespace)
            .replacing("version=\"4.4\"", with: "version=\"\(version)\"")
        #expect(try PMMLReader.read(text).outputs.count == 1)
    }

    @Test("extensions are passed over")
    func extensions() throws {
        let text = PMMLText.document(
            PMMLText.regression(
                "<Extension name=\"n\"><Magic xmlns=\"urn:m\">5<b/>6</Magic></Extension>"
            )
        )
        #expect(try PMMLReader.read(text).outputs.count == 1)
    }

    @Test("a chain of many siblings is no nesting")
    func siblings() throws {
        let more = (0..<20_000).map {
            """
            <Node score="\($0)">
            <SimplePredicate field="x" operator="lessThan" value="\($0)"/></Node>
            """
        }.joined()
        let text = PMMLText.tree(
            predicate: "<SimplePredicate field=\"x\" operator=\"lessThan\" value=\"-5\"/>",
            more: more
        )
        let program = try PMMLReader.read(text)
        #expect(ReferenceProgram(program).outputs(row: [19_998.5, 0, 0]) == [19_999])
    }

    @Test("a file cut anywhere is refused")
    func truncated() throws {
        let bytes = try PMMLFile("scorecard_pointsAbove").bytes
        let end = bytes.lastIndex(of: UInt8(ascii: ">")) ?? 0
        for length in stride(from: 0, through: end, by: 37) {
            #expect(throws: ModelFormatError.self, "length \(length)") {
                try PMMLReader.read(Array(bytes[..<length]))
            }
        }
    }

    @Test("random damage never traps", arguments: PMMLFile.names)
    func damaged(name: String) throws {
        var generator = SystemRandomNumberGenerator()
        let bytes = try PMMLFile(name).bytes
        for _ in 0..<30 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<damaged.count, using: &generator)
                // Inside a value, damage is found by the reader and not by the XML parser.
                let digits = Array("0123456789-.eE xyz".utf8)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: damaged[place] = digits.randomElement(using: &generator) ?? 0
                case 1: damaged.remove(at: place)
                default: damaged[place] = .random(in: 0...255, using: &generator)
                }
            }
            guard let program = try? PMMLReader.read(damaged) else { continue }
            let row = program.inputs.indices.map { [.nan, -1, 0, 1e300][$0 % 4] }
            _ = ReferenceProgram(program).outputs(row: row)
        }
    }
}
