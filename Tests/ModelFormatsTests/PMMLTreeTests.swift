// SPDX-License-Identifier: Apache-2.0

// Trees of rules that can be binary trees give the same either way.

import Forest
import Formulas
import ModelFormats
import Testing

/// A tree as the choices that make it, so that it can be written twice.
private indirect enum Node {
    /// A last child that is never true and that no split can be. It keeps a tree one of rules and
    /// changes nothing else.
    static let inert = """
        <Node score="77"><CompoundPredicate booleanOperator="xor"><False/><False/>
        </CompoundPredicate></Node>
        """

    case node(score: Int?, predicate: String, defaultChild: Int?, children: [Node])

    static func random(depth: Int, predicate: String, _ generator: inout some RandomNumberGenerator)
        -> Node
    {
        var children: [Node] = []
        if depth > 0, Int.random(in: 0..<5, using: &generator) > 0 {
            for predicate in predicates(&generator) {
                children.append(random(depth: depth - 1, predicate: predicate, &generator))
            }
        }
        let hasScore = children.isEmpty || Bool.random(using: &generator)
        return .node(
            score: hasScore ? Int.random(in: -50...50, using: &generator) : nil,
            predicate: predicate,
            defaultChild: children.indices.randomElement(using: &generator),
            children: children
        )
    }

    private static func predicates(_ generator: inout some RandomNumberGenerator) -> [String] {
        let field = ["x", "z"].randomElement(using: &generator) ?? "x"
        let values = ["-2", "-1", "0", "1", "2", "INF", "-INF"]
        let value = values.randomElement(using: &generator) ?? "0"
        let test = { (operation: String) in
            "<SimplePredicate field=\"\(field)\" operator=\"\(operation)\" value=\"\(value)\"/>"
        }
        let text = ["p", "q"].randomElement(using: &generator) ?? "p"
        let category = { (operation: String) in
            "<SimplePredicate field=\"c\" operator=\"\(operation)\" value=\"\(text)\"/>"
        }
        let set = { (operation: String) in
            """
            <SimpleSetPredicate field="c" booleanOperator="\(operation)">
            <Array type="string">q</Array></SimpleSetPredicate>
            """
        }
        let isMissing = "<SimplePredicate field=\"\(field)\" operator=\"isMissing\"/>"
        let isNotMissing = "<SimplePredicate field=\"\(field)\" operator=\"isNotMissing\"/>"
        let joined = { (operation: String, parts: [String]) in
            "<CompoundPredicate booleanOperator=\"\(operation)\">\(parts.joined())"
                + "</CompoundPredicate>"
        }
        return [
            [test("lessThan"), test("greaterOrEqual")],
            [test("lessOrEqual"), test("greaterThan")],
            [test("greaterThan"), "<True/>"],
            [test("lessThan"), category("equal"), test("greaterOrEqual")],
            [category("equal"), category("notEqual")],
            [set("isIn"), set("isNotIn")],
            [isMissing, test("lessOrEqual"), "<True/>"],
            [isNotMissing, "<True/>"],
            [joined("or", [test("lessThan"), isMissing]), test("greaterOrEqual")],
            [joined("and", [isNotMissing, test("lessOrEqual")]), "<True/>"],
            [joined("surrogate", [test("lessThan"), "<False/>"]), "<True/>"],
            [joined("surrogate", [test("greaterThan"), "<True/>"]), "<True/>"],
            ["<False/>", test("lessOrEqual")],
            [test("greaterThan")],
        ].randomElement(using: &generator) ?? []
    }

    /// The element, `id` being its place among its siblings.
    func text(id: String, isKeptAsRules: Bool) -> String {
        guard case .node(let score, let predicate, let defaultChild, let children) = self else {
            return ""
        }
        var text = "<Node id=\"\(id)\""
        if let score { text += " score=\"\(score)\"" }
        if let defaultChild { text += " defaultChild=\"\(id).\(defaultChild)\"" }
        text += ">\(predicate)"
        for (place, child) in children.enumerated() {
            text += child.text(id: "\(id).\(place)", isKeptAsRules: isKeptAsRules)
        }
        if isKeptAsRules, !children.isEmpty { text += Self.inert }
        return text + "</Node>\n"
    }
}

@Suite("PMML trees")
struct PMMLTreeTests {
    static let strategies = ["none", "lastPrediction", "nullPrediction", "defaultChild"]

    @Test(
        "rules and binary trees give the same",
        arguments: strategies,
        ["returnNullPrediction", "returnLastPrediction"]
    )
    func same(strategy: String, noTrueChild: String) throws {
        var generator = SystemRandomNumberGenerator()
        var binaryCount = 0
        for _ in 0..<25 {
            let root = Node.random(depth: 4, predicate: "<True/>", &generator)
            let programs = try [false, true].map { isKeptAsRules in
                try PMMLReader.read(
                    PMMLText.document(
                        """
                        <TreeModel functionName="regression" missingValueStrategy="\(strategy)"
                        noTrueChildStrategy="\(noTrueChild)">\(PMMLText.schema)
                        \(root.text(id: "0", isKeptAsRules: isKeptAsRules))</TreeModel>
                        """
                    )
                )
            }
            binaryCount += programs[0].steps.count { if case .trees = $0 { true } else { false } }
            let values: [Double] = [
                .nan, -3, -2, (-2.0).nextUp, -1, 0, 1, 1.5, 2, 5, .infinity, -.infinity,
            ]
            for x in values {
                for z in values {
                    for c in [Double.nan, 0, 1] {
                        try check(programs, row: [x, z, c])
                    }
                }
            }
        }
        #expect(binaryCount > 5, "only \(binaryCount) of 25 trees became binary")
    }

    private func check(_ programs: [ModelProgram], row: [Double]) throws {
        let results = programs.map { ReferenceProgram($0).outputs(row: row)[0] }
        try #require(
            results[0] == results[1] || (results[0].isNaN && results[1].isNaN),
            "\(row): binary \(results[0]), rules \(results[1])"
        )
    }
}
