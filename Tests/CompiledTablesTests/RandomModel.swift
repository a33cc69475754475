// SPDX-License-Identifier: Apache-2.0

// Models by chance: one to three tables, each of which may use what those before it decide.

import Decisions
import TestRandomness

/// Makes models.
struct RandomModel {
    /// What a cell may be about.
    enum Kind: String {
        case number, string, date, boolean
    }

    /// What an input of a table may look at.
    struct Input {
        let text: String
        let kind: Kind
        var isTyped = true
    }

    static let texts = ["a", "b", "c", "d", "", "é", "e\u{301}", "ab"]
    static let numbers = [
        "0", "1", "2", "3", "5", "-1", "0.1", "0.10", "0.3", "2.5", "1e22", "1e-400", "1e400",
        "9007199254740993", "0.1000000000000000055", "0.10000000000000001", "100",
        "4.9406564584124654e-324", "1.7976931348623157e308", "-0.1",
    ]
    static let dates = ["2024-02-29", "2026-01-01", "2025-12-31", "1969-12-31", "-0001-01-01"]

    var dice: SeededGenerator
    /// How many tables there are.
    let tableCount: Int
    /// Which hit policies and aggregations there may be.
    var policies: [(policy: String, aggregation: String?)] =
        DecisionTable.HitPolicy.allCases.map { ($0.rawValue, nil) }
        + DecisionTable.Aggregation.allCases.map { ("COLLECT", $0.rawValue) }
    /// Whether cells and outputs may be such as only the interpreter can tell.
    var hasSlow = true
    /// Whether the outputs of the table at hand are whole numbers.
    private var isWhole = false

    init(seed: Int) {
        var dice = SeededGenerator(seed: seed)
        tableCount = dice.upTo(3)
        self.dice = dice
    }

    /// The file of the model.
    mutating func file() -> DecisionFile {
        var text = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="def" name="m" \
            namespace="urn:m">

            """
        text += types()
        let inputs = [
            ("n", dice.once(in: 3) ? "small" : "number"), ("m", "number"), ("s", "string"),
            ("t", dice.once(in: 3) ? "known" : "string"), ("d", "date"), ("b", "boolean"),
            ("c", dice.once(in: 4) ? "checked" : "pair"), ("v", dice.pick(["Any", "number"])),
        ]
        for (name, type) in inputs {
            text += "<inputData id=\"\(name)\" name=\"\(name)\"><variable name=\"\(name)\" "
            text += "typeRef=\"\(type)\"/></inputData>\n"
        }
        for number in 0..<tableCount { text += decision(number, inputs.map(\.0)) }
        return DecisionFile(name: "m.dmn", bytes: Array((text + "</definitions>").utf8))
    }

    private mutating func types() -> String {
        let tests = list(.number)
        return """
            <itemDefinition name="small"><typeRef>number</typeRef>
            <allowedValues><text>\(markup(tests))</text></allowedValues></itemDefinition>
            <itemDefinition name="known"><typeRef>string</typeRef>
            <allowedValues><text>"a","b","c","ab"</text></allowedValues></itemDefinition>
            <itemDefinition name="pair">
            <itemComponent name="x"><typeRef>number</typeRef></itemComponent>
            <itemComponent name="y"><typeRef>string</typeRef></itemComponent></itemDefinition>
            <itemDefinition name="checked">
            <itemComponent name="x"><typeRef>small</typeRef></itemComponent>
            <itemComponent name="y"><typeRef>string</typeRef></itemComponent></itemDefinition>

            """
    }

    // MARK: - Tables

    private mutating func decision(_ number: Int, _ inputs: [String]) -> String {
        let needs =
            inputs.map { "<requiredInput href=\"#\($0)\"/>" }
            + (0..<number).map { "<requiredDecision href=\"#T\($0)\"/>" }
        let all = needs.map { "<informationRequirement>\($0)</informationRequirement>" }
        let logic =
            number > 0 && dice.once(in: 6)
            ? "<literalExpression><text>\(literal(number))</text></literalExpression>"
            : table(number)
        return "<decision id=\"T\(number)\" name=\"T\(number)\"><variable name=\"T\(number)\"/>"
            + all.joined() + logic + "</decision>\n"
    }

    private mutating func literal(_ number: Int) -> String {
        let before = "T\(Int.random(in: 0..<number, using: &dice))"
        return dice.pick([
            before, "n + 1", "if s = \"a\" then 0.10 else 3", "contains(t, \"a\") or b",
            "if \(before) = 1 then s else null",
        ])
    }

    private mutating func table(_ number: Int) -> String {
        let (policy, aggregation) = dice.pick(policies)
        let columns = (0..<Int.random(in: dice.once(in: 20) ? 0...0 : 1...5, using: &dice)).map {
            _ in input(number)
        }
        let outputs = aggregation == nil && dice.once(in: 3) ? 2 : 1
        isWhole = dice.once(in: 2)
        let kind: Kind =
            aggregation == nil || aggregation == "COUNT" ? dice.pick([.number, .string]) : .number
        var text = "<decisionTable id=\"t\(number)\" hitPolicy=\"\(policy)\""
        text += aggregation.map { " aggregation=\"\($0)\">" } ?? ">"
        for column in columns {
            text += "<input><inputExpression\(column.isTyped ? " typeRef=\"\(column.kind)\"" : "")>"
            text += "<text>\(markup(column.text))</text></inputExpression>"
            if dice.once(in: 6) {
                text += "<inputValues><text>\(markup(list(column.kind)))</text></inputValues>"
            }
            text += "</input>"
        }
        for output in 0..<outputs {
            text += "<output name=\"o\(output)\" typeRef=\"\(kind)\">"
            if dice.once(in: 3) || policy == "PRIORITY" || policy == "OUTPUT ORDER" {
                text += "<outputValues><text>\(markup(list(kind)))</text></outputValues>"
            }
            if dice.once(in: 4) {
                text += "<defaultOutputEntry><text>\(markup(result(kind)))</text>"
                text += "</defaultOutputEntry>"
            }
            text += "</output>"
        }
        let count = dice.pick([1, 2, 4, 8, 20, 70])
        for _ in 0..<count {
            let cells = columns.map {
                "<inputEntry><text>\(markup(cell($0.kind)))</text></inputEntry>"
            }
            let results = (0..<outputs).map { _ in
                "<outputEntry><text>\(markup(result(kind)))</text></outputEntry>"
            }
            text += "<rule>\(cells.joined())\(results.joined())</rule>\n"
        }
        return text + "</decisionTable>"
    }

    private mutating func input(_ number: Int) -> Input {
        var choices = [
            Input(text: "n", kind: .number), Input(text: "m", kind: .number),
            Input(text: "s", kind: .string), Input(text: "t", kind: .string),
            Input(text: "d", kind: .date), Input(text: "b", kind: .boolean),
            Input(text: "c.x", kind: .number), Input(text: "c.y", kind: .string),
            Input(text: "n", kind: .number, isTyped: false),
        ]
        if hasSlow {
            choices += [
                Input(text: "n + 1", kind: .number), Input(text: "v", kind: .number),
                Input(text: "b", kind: .number), Input(text: "not(b)", kind: .boolean),
                Input(text: "upper case(s)", kind: .string),
                Input(text: "if t = \"a\" or b then 0.1 else 2.5", kind: .number),
                Input(text: "n * 0.1", kind: .number),
                Input(text: "if v = 1 then s else t", kind: .string),
            ]
        }
        for before in 0..<number {
            for path in ["", ".o0", ".o1"] {
                choices.append(
                    Input(
                        text: "T\(before)\(path)",
                        kind: dice.pick([.number, .string]),
                        isTyped: dice.once(in: 2)
                    )
                )
            }
        }
        return dice.pick(choices)
    }

    // MARK: - Cells

    /// A cell of a column.
    mutating func cell(_ kind: Kind) -> String {
        switch Int.random(in: 0..<(hasSlow ? 14 : 12), using: &dice) {
        case 0...3: return "-"
        case 4: return "not(\(list(kind)))"
        case 5: return dice.pick(["null", "not(null)", "!= null", "null, \(test(kind))"])
        case 6...7: return list(kind)
        case 12: return slow(kind)
        case 13: return dice.once(in: 3) ? test(dice.pick([.number, .string, .date])) : test(kind)
        default: return test(kind)
        }
    }

    private mutating func list(_ kind: Kind) -> String {
        (0..<dice.upTo(4)).map { _ in test(kind) }.joined(separator: ", ")
    }

    private mutating func test(_ kind: Kind) -> String {
        guard kind != .boolean else { return dice.pick(["true", "false"]) }
        switch Int.random(in: 0..<6, using: &dice) {
        case 0...1: return constant(kind)
        case 2...3: return "\(dice.pick(["<", "<=", ">", ">=", "=", "!="])) \(constant(kind))"
        default:
            let (start, end) = (dice.pick(["[", "("]), dice.pick(["]", ")"]))
            return "\(start)\(constant(kind))..\(constant(kind))\(end)"
        }
    }

    private mutating func slow(_ kind: Kind) -> String {
        switch kind {
        case .number: dice.pick(["> m", "? > 1 and ? < 3", "? = n", "odd(?)", "[1..m]"])
        case .string: dice.pick(["contains(?, \"a\")", "t", "? = s or ? = \"b\"", "upper case(?)"])
        case .date: dice.pick(["?.year > 2024", "d"])
        case .boolean: dice.pick(["b", "not(?)", "?"])
        }
    }

    /// A constant of a kind.
    mutating func constant(_ kind: Kind) -> String {
        switch kind {
        case .number: dice.pick(Self.numbers)
        case .string: "\"\(dice.pick(Self.texts))\""
        case .date: "date(\"\(dice.pick(Self.dates))\")"
        case .boolean: dice.pick(["true", "false"])
        }
    }

    private mutating func result(_ kind: Kind) -> String {
        if dice.once(in: isWhole ? 200 : 20) { return "null" }
        if hasSlow, dice.once(in: 40) { return kind == .number ? "n * 2" : "s" }
        return kind == .number
            ? dice.pick(
                isWhole ? ["1", "-2", "30"] : ["1", "2", "3", "1.0", "0.5", "2.50", "1000"]
            )
            : "\"\(dice.pick(["a", "b", "c", "x"]))\""
    }
}

/// A text as it stands in a file.
func markup(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
        switch character {
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "&": result += "&amp;"
        default: result.unicodeScalars.append(character)
        }
    }
    return result
}
