// SPDX-License-Identifier: Apache-2.0

// Values of decisions by number, and blocks that are decided in two steps.

import CompiledTables
import Decisions
import FEEL
import Testing
import VigieLimits

@Suite struct NumberedValueTests {
    /// A table of rules that each ask another input, all of them numbers.
    private func model(_ count: Int, _ cell: (Int) -> String) throws -> DecisionModel {
        let inputs = (0..<count).map {
            "<inputData id=\"n\($0)\" name=\"n\($0)\"><variable name=\"n\($0)\" "
                + "typeRef=\"number\"/></inputData>"
        }
        let needs = (0..<count).map {
            "<informationRequirement><requiredInput href=\"#n\($0)\"/></informationRequirement>"
        }
        let columns = (0..<count).map {
            "<input><inputExpression typeRef=\"number\"><text>n\($0)</text></inputExpression>"
                + "</input>"
        }
        let rules = (0..<count).map { rule in
            let cells = (0..<count).map {
                "<inputEntry><text>\($0 == rule ? cell(rule) : "-")</text></inputEntry>"
            }
            return "<rule>\(cells.joined())<outputEntry><text>\(rule)</text></outputEntry></rule>"
        }
        let text = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="m" \
            namespace="urn:m">\(inputs.joined())
            <decision id="T" name="T"><variable name="T"/>\(needs.joined())
            <decisionTable hitPolicy="COLLECT">\(columns.joined())<output typeRef="number"/>
            \(rules.joined())</decisionTable></decision></definitions>
            """
        return try DecisionModel.read([DecisionFile(name: "m.dmn", bytes: Array(text.utf8))])
    }

    @Test func rowsWithTooManySetsHaveNoNumbers() throws {
        let model = try model(13) { _ in "&gt; 0" }
        let node = try #require(model.node("T"))
        let evaluation = BlockEvaluation(CompiledModel(model, deciding: [node]))
        var seen: Set<Int32> = []
        for start in [0, CompiledTableLimits.blockRows] {
            let rows = CompiledTableLimits.blockRows
            let columns = (0..<13).map { input in
                let column = UnsafeMutablePointer<Double>.allocate(capacity: rows)
                for row in 0..<rows { column[row] = Double((start + row) >> input & 1) }
                return column
            }
            defer { for column in columns { column.deallocate() } }
            let given = columns.map { GivenValues.numbers(UnsafePointer($0)) }
            #expect(evaluation.decide(given, rowCount: rows))
            let values = try #require(evaluation.numberedValues(of: node))
            for row in stride(from: 0, to: rows, by: 97) where values.numbers[row] >= 0 {
                let rules = (0..<13).filter { (start + row) >> $0 & 1 == 1 }
                #expect(values.rules[Int(values.numbers[row])] == rules)
            }
            for row in 0..<rows where values.numbers[row] >= 0 { seen.insert(values.numbers[row]) }
        }
        // The row without a rule has a number beside those of sets.
        #expect(seen.count == CompiledTableLimits.ruleSets + 1)
    }

    @Test func cellsThatCompareInputsAreSets() throws {
        let model = try model(4) { "\(["&lt;", "&lt;=", "&gt;", "&gt;="][$0]) n\(($0 + 1) % 4)" }
        let node = try #require(model.node("T"))
        let compiled = CompiledModel(model, deciding: [node])
        #expect("\(compiled.remarks)".isEmpty)
        let evaluation = BlockEvaluation(compiled)
        let pool: [Double] = [1, 2, .nan, .infinity, -0.0, 0, 0.1, 0.30000000000000004, 0.3]
        for round in 0..<200 {
            let values = (0..<4).map { pool[(round * 7 + $0 * (round / 9 + 1)) % pool.count] }
            let columns = values.map { value in
                let column = UnsafeMutablePointer<Double>.allocate(capacity: 1)
                column.initialize(to: value)
                return column
            }
            defer { for column in columns { column.deallocate() } }
            #expect(
                evaluation.decide(columns.map { .numbers(UnsafePointer($0)) }, rowCount: 1)
            )
            let naive = DecisionEvaluation(model)
            for (place, value) in values.enumerated() {
                let number = try #require(model.node("n\(place)"))
                naive.set(number, to: FEELValue(value, .number))
            }
            _ = naive.value(of: node)
            #expect(evaluation.rules(of: node, row: 0) == naive.outcomes.last?.matches)
        }
    }
}
