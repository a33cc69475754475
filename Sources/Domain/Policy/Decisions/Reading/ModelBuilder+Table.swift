// SPDX-License-Identifier: Apache-2.0

// Decision tables.

internal import Documents
internal import ExactTexts
internal import FEEL
internal import VigieLimits

extension ModelBuilder {
    /// Makes a table; gives its place among all.
    func table(
        _ element: XMLElement,
        _ frame: Frame,
        _ wanted: DecisionType,
        _ outer: DecisionPlace
    ) -> Int {
        var place = outer
        let id = element["id"] ?? ""
        place.table = id.isEmpty ? nil : id
        let policy = policy(element, place)
        let inputs = element.children("input").enumerated().map {
            input($1, $0 + 1, frame, place)
        }
        let isList = givesList(element)
        let columns = element.children("output")
        let outputs = columns.enumerated().map { index, column in
            let single = isList ? itemType(of: wanted) : wanted
            return output(
                column,
                (index + 1, columns.count),
                policy == .collect && element["aggregation"] == "COUNT" ? .any : single,
                frame,
                place
            )
        }
        let annotations = element.children("annotation").map { $0["name"] ?? "" }
        var rules: [DecisionTable.Rule] = []
        if checkSize(element, inputs.count, outputs, place) {
            var cells = CellCache(columns: inputs.count + outputs.count)
            for (index, rule) in element.children("rule").enumerated() {
                rules.append(
                    self.rule(rule, index + 1, inputs, outputs, frame, place, &cells)
                )
            }
        }
        let table = DecisionTable(
            id: id,
            hitPolicy: policy,
            aggregation: aggregation(element, policy, outputs, place),
            inputs: inputs,
            outputs: outputs,
            annotationNames: annotations,
            rules: rules,
            names: frame.names,
            type: wanted,
            place: place
        )
        checkOrder(table)
        tables.append(table)
        return tables.count - 1
    }

    private func policy(_ element: XMLElement, _ place: DecisionPlace) -> DecisionTable.HitPolicy {
        guard let text = element["hitPolicy"] else { return .unique }
        guard let policy = DecisionTable.HitPolicy(rawValue: text) else {
            let known = DecisionTable.HitPolicy.allCases.map(\.rawValue).joined(separator: ", ")
            note(
                .structure,
                place,
                "the hit policy \"\(shown(text))\" is not known; there are \(known)"
            )
            return .unique
        }
        return policy
    }

    private func aggregation(
        _ element: XMLElement,
        _ policy: DecisionTable.HitPolicy,
        _ outputs: [DecisionTable.Output],
        _ place: DecisionPlace
    ) -> DecisionTable.Aggregation? {
        guard let text = element["aggregation"] else { return nil }
        guard let aggregation = DecisionTable.Aggregation(rawValue: text) else {
            let known = DecisionTable.Aggregation.allCases.map(\.rawValue).joined(separator: ", ")
            note(
                .structure,
                place,
                "the aggregation \"\(shown(text))\" is not known; there are \(known)"
            )
            return nil
        }
        guard policy == .collect else {
            note(.expression, place, "only COLLECT has an aggregation, not \(policy.rawValue)")
            return nil
        }
        if outputs.count > 1, aggregation != .count {
            note(.expression, place, "\(text) needs one output, and there are \(outputs.count)")
        }
        return aggregation
    }

    private func checkSize(
        _ element: XMLElement,
        _ inputs: Int,
        _ outputs: [DecisionTable.Output],
        _ place: DecisionPlace
    ) -> Bool {
        let rules = element.children("rule").count
        if outputs.isEmpty { note(.structure, place, "the table has no output") }
        if rules == 0 { note(.expression, place, "the table has no rule") }
        if outputs.count > 1 {
            let names = outputs.map(\.name)
            if names.contains("") || !names.areExactlyDistinct {
                note(.structure, place, "each of several outputs needs a name of its own")
            }
        }
        let columns = inputs + outputs.count
        guard columns <= DecisionLimits.tableColumns, rules <= DecisionLimits.tableRules else {
            note(
                .structure,
                place,
                "the table has \(rules) rules and \(columns) columns; there may be "
                    + "\(DecisionLimits.tableRules) and \(DecisionLimits.tableColumns)"
            )
            return false
        }
        cellCount += columns * rules
        guard cellCount <= DecisionLimits.cells else {
            note(
                .structure,
                place,
                "the tables have more than \(DecisionLimits.cells) cells together"
            )
            return false
        }
        return true
    }

    // MARK: - Columns

    private func input(
        _ element: XMLElement,
        _ number: Int,
        _ frame: Frame,
        _ outer: DecisionPlace
    ) -> DecisionTable.Input {
        let expression = element.child("inputExpression")
        let text = expression?.child("text")?.text ?? ""
        let name = element["label"] ?? text
        var place = outer
        (place.line, place.part) = (element.line, "input \"\(shown(name))\"")
        if name.isEmpty { place.part = "input \(number)" }
        let told = self.type(expression?["typeRef"], in: frame.model, place)
        let program = literal(expression, frame.scope, told.type, place)
        place.part = (place.part ?? "") + ", values"
        let type = told.type == .any ? program.resultType : told.type
        let values = columnValues(element.child("inputValues"), type, frame, place)
        return DecisionTable.Input(
            name: name,
            expression: program,
            type: type,
            values: values ?? told.rule.flatMap { $0.isCollection ? nil : $0.allowed }
        )
    }

    private func output(
        _ element: XMLElement,
        _ place: (number: Int, count: Int),
        _ wanted: DecisionType,
        _ frame: Frame,
        _ outer: DecisionPlace
    ) -> DecisionTable.Output {
        let name = element["name"] ?? ""
        let title = name.isEmpty ? element["label"] ?? "" : name
        let number = place.number
        var outputPlace = outer
        outputPlace.line = element.line
        outputPlace.part = title.isEmpty ? "output \(number)" : "output \"\(shown(title))\""
        var type = self.type(element["typeRef"], in: frame.model, outputPlace)
        if type.type == .any, place.count == 1 { type = wanted }
        if type.type == .any, place.count > 1, case .context(let fields, _) = wanted.type,
            let field = fields.first(where: { $0.name == name })
        {
            let rule = wanted.rule?.components.first { $0.name == name }?.rule
            type = DecisionType(name: "", type: field.type, rule: rule)
        }
        var valuesPlace = outputPlace
        valuesPlace.part = (outputPlace.part ?? "") + ", values"
        let told = columnValues(element.child("outputValues"), type.type, frame, valuesPlace)
        let values = told ?? type.rule.flatMap { $0.isCollection ? nil : $0.allowed }
        outputPlace.part = (outputPlace.part ?? "") + ", default"
        let standard = element.child("defaultOutputEntry").map {
            outputProgram($0, type.type, values, frame, outputPlace)
        }
        return DecisionTable.Output(
            name: place.count == 1 ? "" : name,
            type: type,
            values: values,
            standard: standard
        )
    }

    private func columnValues(
        _ element: XMLElement?,
        _ type: FEELType,
        _ frame: Frame,
        _ place: DecisionPlace
    ) -> FEELUnaryTests? {
        guard let text = element?.child("text"), !text.text.isEmpty else { return nil }
        let scope = FEELScope(types: types.named[frame.model], zones: zones)
        let tests = FEELUnaryTests(text.text, input: type, scope)
        note(tests.problems, text, place)
        return tests
    }

    /// Refuses an order that nobody told.
    private func checkOrder(_ table: DecisionTable) {
        guard table.hitPolicy == .priority || table.hitPolicy == .outputOrder else { return }
        let hasOrder = table.outputs.contains { $0.values?.tests.isEmpty == false }
        guard !hasOrder else { return }
        note(
            .expression,
            table.place,
            "\(table.hitPolicy.rawValue) goes by the order of output values, and no output has any"
        )
    }
}
