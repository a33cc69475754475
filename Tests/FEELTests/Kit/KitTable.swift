// SPDX-License-Identifier: Apache-2.0

// Decision tables of the kit, rule by rule.

import DecimalNumbers
import FEEL

/// A decision table.
struct KitTable {
    private let element: KitElement
    private let model: KitModel
    private let scope: [KitModel.Binding]

    init(_ element: KitElement, _ model: KitModel, _ scope: [KitModel.Binding]) {
        (self.element, self.model, self.scope) = (element, model, scope)
    }

    private var outputs: [KitElement] { element.children("output") }

    func value(_ evaluation: FEELEvaluation) -> FEELValue {
        let inputs = element.children("input").map { input -> FEELValue in
            let expression = input.child("inputExpression")
            return model.literal(expression?.child("text")?.text ?? "", scope)
        }
        let feelScope = model.feelScope(scope)
        let values = scope.map(\.value)
        let rules = element.children("rule").filter { rule in
            zip(rule.children("inputEntry"), inputs).allSatisfy { entry, input in
                let tests = FEELUnaryTests(entry.child("text")?.text ?? "-", feelScope)
                return tests.program.evaluate(values + [input], evaluation).boolean == true
            }
        }
        let results = rules.map { rule in
            rule.children("outputEntry").map {
                model.literal($0.child("text")?.text ?? "", scope)
            }
        }
        return chosen(results, evaluation)
    }

    private func chosen(_ results: [[FEELValue]], _ evaluation: FEELEvaluation) -> FEELValue {
        let policy = element["hitPolicy"] ?? "UNIQUE"
        let made = results.map(result)
        switch policy {
        case "COLLECT": return made.isEmpty ? standard() : collected(made, evaluation)
        case "RULE ORDER": return made.isEmpty ? standard() : .list(made)
        case "OUTPUT ORDER":
            return made.isEmpty ? standard() : .list(ordered(results, evaluation).map(result))
        default: break
        }
        guard let first = made.first else { return standard() }
        switch policy {
        case "FIRST": return first
        case "PRIORITY": return ordered(results, evaluation).first.map(result) ?? .null
        case "ANY":
            return made.allSatisfy { evaluation.isEqual($0, first) == true } ? first : .null
        default: return made.count == 1 ? first : .null
        }
    }

    private func collected(_ made: [FEELValue], _ evaluation: FEELEvaluation) -> FEELValue {
        guard let aggregation = element["aggregation"] else { return .list(made) }
        let names = ["SUM": "sum", "MIN": "min", "MAX": "max", "COUNT": "count"]
        return model.literal(
            "\(names[aggregation] ?? "")(collected)",
            [("collected", .list(.any), .list(made))]
        )
    }

    private func result(_ cells: [FEELValue]) -> FEELValue {
        guard outputs.count > 1 else { return cells.first ?? .null }
        return .context(FEELContext(Array(zip(outputs.map { $0["name"] ?? "" }, cells))))
    }

    private func standard() -> FEELValue {
        let entries = outputs.map { $0.child("defaultOutputEntry") }
        guard entries.contains(where: { $0 != nil }) else { return .null }
        return result(entries.map { model.literal($0?.child("text")?.text ?? "null", scope) })
    }

    /// By the order of the values that each output may have.
    private func ordered(
        _ results: [[FEELValue]],
        _ evaluation: FEELEvaluation
    ) -> [[FEELValue]] {
        let allowed = outputs.map { output -> [FEELValue] in
            let text = output.child("outputValues")?.child("text")?.text ?? ""
            guard case .list(let values) = model.literal("[\(text)]", scope) else { return [] }
            return values.elements
        }
        let keyed = results.enumerated().map { index, cells in
            let places = zip(cells, allowed).map { cell, values in
                values.firstIndex { evaluation.isEqual($0, cell) == true } ?? Int.max
            }
            return (places + [index], cells)
        }
        return keyed.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
    }
}
