// SPDX-License-Identifier: Apache-2.0

// What all tests of models share.

import Decisions
import FEEL

/// The namespaces of the editions that are read.
let editions = [
    "https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
]

/// A file with some elements in it.
func file(
    _ elements: String,
    name: String = "m.dmn",
    namespace: String = "urn:m",
    edition: String = editions[2]
) -> DecisionFile {
    let text = """
        <definitions xmlns="\(edition)" id="def" name="m" namespace="\(namespace)">
        \(elements)
        </definitions>
        """
    return DecisionFile(name: name, bytes: Array(text.utf8))
}

/// An input.
func input(_ name: String, _ type: String? = nil) -> String {
    let reference = type.map { " typeRef=\"\($0)\"" } ?? ""
    return "<inputData id=\"\(name)\" name=\"\(name)\">"
        + "<variable name=\"\(name)\"\(reference)/></inputData>"
}

/// A decision of any type that needs others, by their ids.
func decision(
    _ name: String,
    inputs: [String] = [],
    decisions: [String] = [],
    functions: [String] = [],
    _ logic: String
) -> String {
    decision(name, "", inputs: inputs, decisions: decisions, functions: functions, logic)
}

/// A decision of a type that needs others, by their ids.
func decision(
    _ name: String,
    _ type: String,
    inputs: [String] = [],
    decisions: [String] = [],
    functions: [String] = [],
    _ logic: String
) -> String {
    let reference = type.isEmpty ? "" : " typeRef=\"\(type)\""
    let needs =
        inputs.map { need("information", "Input", $0) }
        + decisions.map { need("information", "Decision", $0) }
        + functions.map { need("knowledge", "Knowledge", $0) }
    return "<decision id=\"\(name)\" name=\"\(name)\">"
        + "<variable name=\"\(name)\"\(reference)/>\(needs.joined())\(logic)</decision>"
}

private func need(_ requirement: String, _ kind: String, _ id: String) -> String {
    let reference = id.contains("#") ? id : "#" + id
    return "<\(requirement)Requirement><required\(kind) href=\"\(reference)\"/>"
        + "</\(requirement)Requirement>"
}

/// A text of FEEL as an expression.
func literal(_ text: String, _ type: String? = nil) -> String {
    let reference = type.map { " typeRef=\"\($0)\"" } ?? ""
    return "<literalExpression\(reference)><text>\(markup(text))</text></literalExpression>"
}

/// A text as it stands in a file.
func markup(_ text: String) -> String {
    var result = ""
    for character in text {
        switch character {
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "&": result += "&amp;"
        default: result.append(character)
        }
    }
    return result
}

/// A table with one output.
func table(
    _ policy: String = "UNIQUE",
    _ attributes: String = "",
    inputs: [(text: String, type: String)],
    output: String = "<output typeRef=\"string\"/>",
    rules: [[String]]
) -> String {
    let columns = inputs.map {
        "<input><inputExpression typeRef=\"\($0.type)\"><text>\(markup($0.text))</text>"
            + "</inputExpression></input>"
    }
    let rows = rules.enumerated().map { index, cells in
        let tests = cells.prefix(inputs.count).map { cell("input", $0) }.joined()
        let outputs = cells.dropFirst(inputs.count).map { cell("output", $0) }.joined()
        return "<rule id=\"r\(index + 1)\">\(tests)\(outputs)</rule>"
    }
    return "<decisionTable id=\"t\" hitPolicy=\"\(policy)\" \(attributes)>"
        + columns.joined() + output + "\n" + rows.joined(separator: "\n") + "</decisionTable>"
}

private func cell(_ kind: String, _ text: String) -> String {
    "<\(kind)Entry><text>\(markup(text))</text></\(kind)Entry>"
}

/// The value of a node, as text, with what is given by name as FEEL.
func answer(
    _ model: DecisionModel,
    _ node: String,
    _ given: [(String, String)] = []
) -> (value: String, evaluation: DecisionEvaluation) {
    let evaluation = DecisionEvaluation(model)
    for (name, text) in given {
        let value = FEELProgram(text).evaluate([], FEELEvaluation())
        if let place = model.node(name) { evaluation.set(place, to: value) }
    }
    guard let place = model.node(node) else { return ("no \(node)", evaluation) }
    let value = evaluation.value(of: place)
    guard !value.isNull else { return ("null", evaluation) }
    let text = evaluation.expressions.text(of: .list([value])) ?? "[?]"
    return (String(text.dropFirst().dropLast()), evaluation)
}

/// The value of a decision of a model that is read strictly; why it is refused, else.
func value(
    _ elements: String,
    _ node: String = "d",
    _ given: [(String, String)] = []
) -> String {
    do throws(DecisionModelError) {
        return answer(try DecisionModel.read([file(elements)]), node, given).value
    } catch {
        return error.description
    }
}

/// What is wrong with a model.
func problems(_ elements: String) -> [String] {
    do throws(DecisionModelError) {
        _ = try DecisionModel.read([file(elements)])
        return []
    } catch {
        return error.problems.map(\.description)
    }
}
