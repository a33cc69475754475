// SPDX-License-Identifier: Apache-2.0

// What compiled tables need: parts of the answer of a table, of which they know others themselves.

package import FEEL

extension DecisionModel {
    /// The table that a decision consists of, by its place; nil for one of another form.
    package func table(of node: Int) -> Int? {
        guard nodes[node].kind == .decision, case .table(let table) = nodes[node].logic?.form else {
            return nil
        }
        return table
    }

    /// The expression that a decision consists of; nil for one of another form.
    package func program(of node: Int) -> FEELProgram? {
        guard nodes[node].kind == .decision, case .literal(let program) = nodes[node].logic?.form
        else { return nil }
        return program
    }
}

extension DecisionEvaluation {
    /// The values that the expressions of a decision use.
    package func frame(of node: Int) -> [FEELValue] {
        model.nodes[node].requirements.map { value(of: $0) }
    }

    /// What a decision gives whose table has inputs of such values, all of which there may be, and
    /// rules that match, in their order; with FIRST, the first one only.
    package func value(
        of node: Int,
        matches: [Int],
        inputs: [FEELValue],
        _ frame: [FEELValue]
    ) -> FEELValue {
        guard let table = model.table(of: node) else { return .null }
        return settled(answer(of: table, frame, inputs, matches: matches), of: node)
    }

    /// A value of a decision's logic as the value of the decision.
    package func settled(_ value: FEELValue, of node: Int) -> FEELValue {
        let told = model.nodes[node]
        guard let logic = told.logic else { return .null }
        let inner =
            logic.type.type == .any ? value : checked(value, logic.type, "the expression")
        return checked(inner, told.type, told.name)
    }

    /// The value of an input, as a model takes it.
    package func taken(_ value: FEELValue, by node: Int) -> FEELValue {
        checked(value, model.nodes[node].type, model.nodes[node].name)
    }

    /// The value of an input of a table; whether it is one that there may be.
    package func input(
        _ place: Int,
        of table: DecisionTable,
        _ frame: [FEELValue]
    ) -> (value: FEELValue, isAllowed: Bool) {
        let input = table.inputs[place]
        let before = expressions.failureCount
        let given = input.expression.evaluate(frame, expressions)
        let type = DecisionType(name: "", type: input.type, rule: nil)
        let value = checked(given, type, input.name)
        if value.isNull, expressions.failureCount != before {
            noteFault(of: input.expression, frame, table.place(ofInput: place))
        }
        guard let values = input.values, !value.isNull else { return (value, true) }
        return (value, values.program.evaluate([value], expressions).boolean != false)
    }

    /// The outputs of all rules, where they do not depend on anything; nil where one does.
    package func constantCells(of table: DecisionTable) -> [[FEELValue]]? {
        guard table.rules.allSatisfy({ $0.outputs.allSatisfy { $0.constant != nil } }) else {
            return nil
        }
        return table.rules.indices.map { cells(table, $0, []) }
    }

    /// The places of rules in the order of the values of their outputs, which are given.
    package func precedence(
        of table: DecisionTable,
        _ cells: [[FEELValue]]
    ) -> [Int] {
        ordered(table, cells)
    }
}
