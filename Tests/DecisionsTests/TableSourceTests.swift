// SPDX-License-Identifier: Apache-2.0

// Tables as they stand in their files: what changes is written, and nothing else is another.

import Decisions
import Testing

@Suite struct TableSourceTests {
    private static let model = """
        <?xml version="1.0" encoding="UTF-8"?>\r
        <dmn:definitions xmlns:dmn="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m"\r
          namespace="urn:m" xmlns:x="urn:x"><!-- é -->\r
        <dmn:decision name="Other"><dmn:decisionTable><dmn:output/><dmn:rule id="no"/>\r
        </dmn:decisionTable></dmn:decision>\r
        <dmn:decision name='Term' ><dmn:extensionElements><x:decisionTable><x:rule id="x"/>\r
        </x:decisionTable></dmn:extensionElements><dmn:variable name="Term"/>\r
        <dmn:decisionTable id="t" hitPolicy="COLLECT" aggregation="SUM">\r
          <dmn:input label="days"><dmn:inputExpression typeRef="number">\r
            <dmn:text> late </dmn:text>\r
          </dmn:inputExpression><dmn:inputValues><dmn:text>&gt;= 0</dmn:text></dmn:inputValues>\r
          </dmn:input>\r
          <dmn:output name="sum" typeRef="number"><dmn:defaultOutputEntry><dmn:text>0</dmn:text>\r
          </dmn:defaultOutputEntry></dmn:output><dmn:annotation name="en"/>\r
          <dmn:rule id="a"><dmn:description>first</dmn:description>\r
            <dmn:inputEntry><dmn:text><![CDATA[ < 5 ]]></dmn:text></dmn:inputEntry> <!-- d -->\r
            <dmn:outputEntry id="a2"><dmn:text>1.50</dmn:text></dmn:outputEntry>\r
            <dmn:annotationEntry><dmn:text>small</dmn:text></dmn:annotationEntry>\r
          </dmn:rule>\r
          <!-- the rest -->\r
          <dmn:rule id="b">\r
            <dmn:inputEntry><dmn:text>-</dmn:text></dmn:inputEntry>\r
            <dmn:outputEntry><dmn:text/></dmn:outputEntry>\r
          </dmn:rule>\r
          <dmn:rule>\r
            <dmn:inputEntry><dmn:text>7</dmn:text></dmn:inputEntry>\r
            <dmn:outputEntry><dmn:text>3</dmn:text></dmn:outputEntry><dmn:annotationEntry/>\r
          </dmn:rule><!-- end -->\r
        </dmn:decisionTable></dmn:decision><dmn:DMNDI><x:y/></dmn:DMNDI></dmn:definitions>
        """

    private func source(_ text: String = model) throws -> TableSource {
        try TableSource("Term", in: DecisionFile(name: "m.dmn", bytes: Array(text.utf8)))
    }

    private func rewritten(_ rules: [WantedRule]) throws -> String {
        String(decoding: try source().rewritten(rules), as: UTF8.self)
    }

    private func same(_ source: TableSource) -> [WantedRule] {
        source.rules.enumerated().map {
            let cells = $1.cells + Array(repeating: "", count: 3 - $1.cells.count)
            return WantedRule(place: $0, id: $1.id, cells: cells)
        }
    }

    @Test func isRead() throws {
        let source = try source()
        #expect(source.id == "t" && source.hitPolicy == "COLLECT SUM")
        #expect(source.columns.map(\.kind) == [.input, .output, .annotation])
        #expect(source.columns.map(\.name) == ["days", "sum", "en"])
        let input = source.columns[0]
        #expect(input.expression == "late" && input.type == "number" && input.values == ">= 0")
        #expect(source.columns[1].standard == "0")
        #expect(source.rules.map(\.id) == ["a", "b", ""])
        #expect(
            source.rules.map(\.cells) == [["< 5", "1.50", "small"], ["-", ""], ["7", "3", ""]]
        )
    }

    @Test func nothingChangesUnlessItIsOtherwise() throws {
        #expect(try rewritten(same(try source())) == Self.model)
    }

    @Test func onlyTheTextsThatChangeAreOthers() throws {
        var rules = same(try source())
        rules[0] = WantedRule(place: 0, id: "a", cells: ["< 6 & x", "1.50", "small"])
        rules[1] = WantedRule(place: 1, id: "b", cells: ["-", "2", "new\u{20AC}"])
        rules[2] = WantedRule(place: 2, id: "", cells: ["7", "3", "seven"])
        let wanted =
            Self.model
            .replacing("<![CDATA[ < 5 ]]>", with: "&lt; 6 &amp; x")
            .replacing(
                "<dmn:text/></dmn:outputEntry>",
                with: "<dmn:text>2</dmn:text></dmn:outputEntry>\r\n    <dmn:annotationEntry>"
                    + "<dmn:text>new\u{20AC}</dmn:text></dmn:annotationEntry>"
            )
            .replacing(
                "<dmn:annotationEntry/>",
                with: "<dmn:annotationEntry><dmn:text>seven</dmn:text></dmn:annotationEntry>"
            )
        #expect(try rewritten(rules) == wanted)
    }

    @Test func rulesComeAndGo() throws {
        var rules = same(try source())
        rules.insert(WantedRule(place: nil, id: "n\"&", cells: ["[1..2]", "4", "é"]), at: 1)
        let added = Self.model.replacing(
            "\r\n  <!-- the rest -->",
            with: """
                \r\n  <dmn:rule id="n&quot;&amp;">\r
                    <dmn:inputEntry><dmn:text>[1..2]</dmn:text></dmn:inputEntry> <!-- d -->\r
                    <dmn:outputEntry><dmn:text>4</dmn:text></dmn:outputEntry>\r
                    <dmn:annotationEntry><dmn:text>é</dmn:text></dmn:annotationEntry>\r
                  </dmn:rule>\r\n  <!-- the rest -->
                """
        )
        let result = try rewritten(rules)
        #expect(result == added, "\(result)")
        // A comment before a rule that is gone stays before the next one.
        let gone = try rewritten([same(try source())[0], same(try source())[2]])
        let start = try #require(Self.model.firstRange(of: "  <dmn:rule id=\"b\">"))
        let end = try #require(Self.model.firstRange(of: "  <dmn:rule>"))
        let left = String(Self.model[..<start.lowerBound]) + Self.model[end.lowerBound...]
        #expect(gone.filter { !$0.isWhitespace } == left.filter { !$0.isWhitespace }, "\(gone)")
        let moved = try rewritten([2, 0, 1].map { same(try source())[$0] })
        let again = try source(moved)
        #expect(again.rules.map(\.id) == ["", "a", "b"])
        #expect(moved.contains("<!-- the rest -->\r\n  <dmn:rule id=\"b\">"), "\(moved)")
    }

    @Test func whatIsNoTableIsRefused() throws {
        let file = DecisionFile(name: "m.dmn", bytes: Array(Self.model.utf8))
        let error = #expect(throws: DecisionModelError.self) { try TableSource("Terms", in: file) }
        #expect(error?.description == "m.dmn: decision \"Terms\": consists of no table")
        let latin = Self.model.replacing("UTF-8", with: "ISO-8859-1").unicodeScalars.map {
            UInt8(truncatingIfNeeded: $0.value)
        }
        let other = DecisionFile(name: "m.dmn", bytes: latin)
        let coded = #expect(throws: DecisionModelError.self) { try TableSource("Term", in: other) }
        #expect(coded?.description.contains("is not in UTF-8") == true)
        let cut = DecisionFile(name: "m.dmn", bytes: Array(file.bytes.dropLast(9)))
        #expect(throws: DecisionModelError.self) { try TableSource("Term", in: cut) }
    }
}
