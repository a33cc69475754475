// SPDX-License-Identifier: Apache-2.0

// What is compiled of a model, what is not, and what is told of it.

import CompiledTables
import Decisions
import FEEL
import Testing
import VigieLimits

@Suite struct CompiledModelTests {
    /// A class by score and sector, terms by class, and a limit that is computed.
    static let policy = """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="def" name="m" \
        namespace="urn:m">
        <itemDefinition name="company">
        <itemComponent name="score"><typeRef>number</typeRef></itemComponent>
        <itemComponent name="founded"><typeRef>date</typeRef></itemComponent></itemDefinition>
        <inputData id="c" name="c"><variable name="c" typeRef="company"/></inputData>
        <inputData id="s" name="sector"><variable name="sector" typeRef="string"/></inputData>
        <inputData id="l" name="list"><variable name="list" typeRef="list"/></inputData>
        <decision id="Class" name="Class"><variable name="Class" typeRef="string"/>
        <informationRequirement><requiredInput href="#c"/></informationRequirement>
        <informationRequirement><requiredInput href="#s"/></informationRequirement>
        <decisionTable hitPolicy="FIRST">
        <input><inputExpression typeRef="number"><text>c.score</text></inputExpression></input>
        <input><inputExpression typeRef="string"><text>sector</text></inputExpression></input>
        <output typeRef="string"/>
        <rule><inputEntry><text>&gt;= 600</text></inputEntry><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>"A"</text></outputEntry></rule>
        <rule><inputEntry><text>? * 2 &gt; 800</text></inputEntry>
        <inputEntry><text>"food", "hotels"</text></inputEntry>
        <outputEntry><text>"B"</text></outputEntry></rule>
        <rule><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>"C"</text></outputEntry></rule>
        </decisionTable></decision>
        <decision id="Terms" name="Terms"><variable name="Terms" typeRef="number"/>
        <informationRequirement><requiredDecision href="#Class"/></informationRequirement>
        <decisionTable>
        <input><inputExpression typeRef="string"><text>Class</text></inputExpression></input>
        <output typeRef="number"/>
        <rule><inputEntry><text>"A"</text></inputEntry>
        <outputEntry><text>60</text></outputEntry></rule>
        <rule><inputEntry><text>contains("BX", ?)</text></inputEntry>
        <outputEntry><text>30</text></outputEntry></rule>
        </decisionTable></decision>
        <decision id="Limit" name="Limit"><variable name="Limit" typeRef="number"/>
        <informationRequirement><requiredDecision href="#Terms"/></informationRequirement>
        <informationRequirement><requiredInput href="#c"/></informationRequirement>
        <literalExpression><text>Terms * c.score</text></literalExpression></decision>
        </definitions>
        """

    private func compiled(_ decisions: [String]) throws -> CompiledModel {
        let model = try DecisionModel.read([
            DecisionFile(name: "m.dmn", bytes: Array(Self.policy.utf8))
        ])
        return CompiledModel(model, deciding: decisions.compactMap { model.node($0) })
    }

    @Test func tellsWhatIsLeftToTheInterpreter() throws {
        let all = try compiled(["Limit"])
        #expect(all.columns.map(\.path) == [["c", "score"], ["c", "founded"], ["sector"]])
        #expect(all.remarks.description == "1 slow cell, 1 slow decision")
        #expect(
            all.remarks.first.map(\.description) == [
                "m.dmn: line 17, decision \"Class\", rule 2, input \"c.score\": "
                    + "is looked at row by row",
                "m.dmn: line 33, decision \"Limit\": is decided row by row",
            ]
        )
        // What a table tries on the few values of another one is not slow.
        #expect(try compiled(["Terms"]).remarks.description == "1 slow cell")
        #expect(try compiled(["Class"]).columns.count == 3)
    }

    @Test func tablesTakeWhatOthersDecide() throws {
        let compiled = try compiled(["Limit"])
        let evaluation = BlockEvaluation(compiled)
        let scores = [700.0, 401, 400, .nan]
        let days = [Double](repeating: .nan, count: 4)
        let codes: [Int32] = [7, 1, 1, 0]
        let texts = compiled.bound(["steel", "food"], to: 2)
        let isDecided = scores.withUnsafeBufferPointer { scores in
            days.withUnsafeBufferPointer { days in
                codes.withUnsafeBufferPointer { codes in
                    evaluation.decide(
                        [
                            .numbers(scores.baseAddress!), .numbers(days.baseAddress!),
                            .texts(codes.baseAddress!, texts),
                        ],
                        rowCount: 4
                    )
                }
            }
        }
        #expect(isDecided)
        let model = compiled.model
        let answers = ["Class", "Terms"].compactMap { model.node($0) }.map { node in
            evaluation.answers(of: node).map { Array($0) }
        }
        #expect(answers == [[0, 1, 2, 2], [0, 1, RowAnswer.none, RowAnswer.none]])
        let terms = try #require(model.node("Terms"))
        let known = try #require(evaluation.codes(of: terms))
        #expect(known.codes.map(Int.init) == [0, 1, 2, 2] && known.values.count == 2)
        let classes = try #require(model.node("Class"))
        var near = [Int32](repeating: 9, count: 8)
        #expect(evaluation.findNear(of: classes, slots: 2, into: &near))
        #expect(near == [1, -1, 0, -1, 0, -1, 0, 1])
    }

    /// What is looked up in a table of reference is looked up once for each text.
    @Test func keepsWhatIsLookedUp() throws {
        let text = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="def" name="m" \
            namespace="urn:m">
            <inputData id="s" name="sector"><variable name="sector" typeRef="string"/></inputData>
            <inputData id="l" name="sectors"><variable name="sectors" typeRef="Any"/></inputData>
            <decision id="r" name="risk"><variable name="risk" typeRef="string"/>
            <informationRequirement><requiredInput href="#s"/></informationRequirement>
            <informationRequirement><requiredInput href="#l"/></informationRequirement>
            <literalExpression><text>sectors[code = sector][1].risk</text></literalExpression>
            </decision>
            <decision id="d" name="Terms"><variable name="Terms" typeRef="number"/>
            <informationRequirement><requiredDecision href="#r"/></informationRequirement>
            <decisionTable hitPolicy="FIRST">
            <input><inputExpression typeRef="string"><text>risk</text></inputExpression></input>
            <output typeRef="number"/>
            <rule><inputEntry><text>"high"</text></inputEntry>
            <outputEntry><text>0</text></outputEntry></rule>
            <rule><inputEntry><text>-</text></inputEntry>
            <outputEntry><text>30</text></outputEntry></rule>
            </decisionTable></decision></definitions>
            """
        let model = try DecisionModel.read([DecisionFile(name: "m", bytes: Array(text.utf8))])
        let terms = try #require(model.node("Terms"))
        let compiled = CompiledModel(model, deciding: [terms])
        #expect(compiled.remarks.description == "1 slow input, 1 slow decision")
        func table(_ risks: [String]) -> FixedValue {
            let rows = risks.enumerated().map { index, risk in
                FEELValue.context(
                    FEELContext([("code", .string("\(index)")), ("risk", .string(risk))])
                )
            }
            return FixedValue(.list(rows))
        }
        let evaluation = BlockEvaluation(compiled)
        let (first, second) = (table(["low", "high"]), table(["high", "low"]))
        let texts = compiled.bound(["0", "1", "2"], to: 0)
        let codes: [Int32] = [0, 1, 2, 1, -1, 0]
        for (sectors, wanted) in [(first, [1, 0, 1, 0, 1, 1]), (second, [0, 1, 1, 1, 1, 0])] {
            for _ in 0..<2 {
                codes.withUnsafeBufferPointer { codes in
                    let given = [GivenValues.texts(codes.baseAddress!, texts), .fixed(sectors)]
                    #expect(evaluation.decide(given, rowCount: 6))
                }
                #expect(evaluation.answers(of: terms).map { $0.map(Int.init) } == wanted)
            }
        }
    }

    @Test func refusesWhatIsNoBlock() throws {
        let evaluation = BlockEvaluation(try compiled(["Terms"]))
        #expect(!evaluation.decide([], rowCount: 1))
        let columns = [GivenValues](repeating: .values([]), count: 3)
        #expect(!evaluation.decide(columns, rowCount: 0))
        #expect(!evaluation.decide(columns, rowCount: CompiledTableLimits.blockRows + 1))
    }

    @Test func tellsSomePartsOfMany() throws {
        let rules = (0..<CompiledTableLimits.remarks + 5).map {
            "<rule><inputEntry><text>? + \($0) = 3</text></inputEntry>"
                + "<outputEntry><text>1</text></outputEntry></rule>"
        }
        let text = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="def" name="m" \
            namespace="urn:m">
            <inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>
            <decision id="d" name="d"><variable name="d"/>
            <informationRequirement><requiredInput href="#n"/></informationRequirement>
            <decisionTable hitPolicy="COLLECT">
            <input><inputExpression typeRef="number"><text>n</text></inputExpression></input>
            <output/>\(rules.joined())</decisionTable></decision></definitions>
            """
        let model = try DecisionModel.read([DecisionFile(name: "m", bytes: Array(text.utf8))])
        let remarks = CompiledModel(model, deciding: model.nodes(.decision)).remarks
        #expect(remarks.cellCount == rules.count)
        #expect(remarks.first.count == CompiledTableLimits.remarks)
    }
}
