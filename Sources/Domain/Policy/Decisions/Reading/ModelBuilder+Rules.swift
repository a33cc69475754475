// SPDX-License-Identifier: Apache-2.0

// Rules of decision tables.

internal import Documents
internal import ExactTexts
internal import FEEL

/// Cells without problems that were compiled before: many cells of a column are alike.
struct CellCache {
    var tests: [[ExactText: FEELUnaryTests]]
    var outputs: [[ExactText: FEELProgram]]

    init(columns: Int) {
        tests = Array(repeating: [:], count: columns)
        outputs = Array(repeating: [:], count: columns)
    }
}

extension ModelBuilder {
    /// Makes a rule.
    func rule(
        _ element: XMLElement,
        _ number: Int,
        _ inputs: [DecisionTable.Input],
        _ outputs: [DecisionTable.Output],
        _ frame: Frame,
        _ outer: DecisionPlace,
        _ cells: inout CellCache
    ) -> DecisionTable.Rule {
        var place = outer
        (place.line, place.rule) = (element.line, number)
        let tests = element.children("inputEntry")
        let results = element.children("outputEntry")
        checkCount(tests.count, inputs.count, "input", place)
        checkCount(results.count, outputs.count, "output", place)
        var rule: (tests: [FEELUnaryTests], outputs: [FEELProgram]) = ([], [])
        for (index, (cell, input)) in zip(tests, inputs).enumerated() {
            place.part = "input \"\(shown(input.name))\""
            if input.name.isEmpty { place.part = "input \(index + 1)" }
            rule.tests.append(
                self.tests(cell, input, frame, place, &cells.tests[index])
            )
        }
        for (index, (cell, output)) in zip(results, outputs).enumerated() {
            place.part = output.name.isEmpty ? "output" : "output \"\(shown(output.name))\""
            let key = ExactText(cell.child("text")?.text ?? "")
            if let known = cells.outputs[index][key] {
                rule.outputs.append(known)
                continue
            }
            let before = problems.problems.count
            let own = type(cell["typeRef"], in: frame.model, place)
            let program = outputProgram(
                cell,
                own.type == .any ? output.type.type : own.type,
                output.values,
                frame,
                place
            )
            if problems.problems.count == before { cells.outputs[index][key] = program }
            rule.outputs.append(program)
        }
        return DecisionTable.Rule(
            id: element["id"] ?? "",
            line: element.line,
            tests: rule.tests,
            outputs: rule.outputs,
            annotations: element.children("annotationEntry").map { $0.child("text")?.text ?? "" },
            cells: (element.children("inputEntry") + element.children("outputEntry")).map {
                $0.child("text")?.text ?? ""
            }
        )
    }

    private func checkCount(_ count: Int, _ wanted: Int, _ what: String, _ place: DecisionPlace) {
        guard count != wanted else { return }
        note(
            .structure,
            place,
            "has \(count) \(what) cells, and the table has \(wanted) \(what)s"
        )
    }

    private func tests(
        _ cell: XMLElement,
        _ input: DecisionTable.Input,
        _ frame: Frame,
        _ outer: DecisionPlace,
        _ known: inout [ExactText: FEELUnaryTests]
    ) -> FEELUnaryTests {
        let text = cell.child("text")
        let key = ExactText(text?.text ?? "")
        if let known = known[key] { return known }
        var place = outer
        place.line = cell.line
        let tests = FEELUnaryTests(key.text, input: input.type, frame.scope)
        note(tests.problems, text ?? cell, place)
        let unknown = tests.problems.isEmpty ? unknownValue(tests, input) : nil
        if let unknown {
            note(.expression, place, "\(unknown) is none of the values of the input")
        }
        if tests.problems.isEmpty, unknown == nil { known[key] = tests }
        return tests
    }

    /// The first value that a cell looks for and that the input can never have.
    private func unknownValue(
        _ tests: FEELUnaryTests,
        _ input: DecisionTable.Input
    ) -> String? {
        guard let values = input.values, values.problems.isEmpty else { return nil }
        for case .equal(let value) in tests.tests where !value.isNull {
            if let text = refused(value, by: values) { return text }
        }
        return nil
    }

    /// The text of a value that tests refuse; nil if they let it through.
    private func refused(_ value: FEELValue, by tests: FEELUnaryTests) -> String? {
        let evaluation = FEELEvaluation(zones: zones)
        guard tests.program.evaluate([value], evaluation).boolean == false else { return nil }
        let text = evaluation.text(of: .list([value])) ?? "[the value]"
        return shown(String(text.dropFirst().dropLast()))
    }

    /// The program of an output.
    func outputProgram(
        _ cell: XMLElement,
        _ type: FEELType,
        _ values: FEELUnaryTests?,
        _ frame: Frame,
        _ place: DecisionPlace
    ) -> FEELProgram {
        let program = literal(cell, frame.scope, type, place)
        if program.problems.isEmpty, let constant = program.constant, !constant.isNull, let values,
            values.problems.isEmpty, let text = refused(constant, by: values)
        {
            var place = place
            place.line = cell.line
            note(.expression, place, "\(text) is none of the values of the output")
        }
        return program
    }
}
