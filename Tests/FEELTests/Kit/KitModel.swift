// SPDX-License-Identifier: Apache-2.0

// A thin reader of models, to run expressions of the kit: it knows the boxed expressions, and
// nothing of speed or of what is wrong with a model.

import FEEL

/// A model.
final class KitModel: @unchecked Sendable {
    /// A name with its value.
    typealias Binding = (name: String, type: FEELType, value: FEELValue)

    private var elements: [String: KitElement] = [:]
    private var byName: [String: KitElement] = [:]
    private(set) var types: [String: FEELType] = [:]
    private var values: [String: FEELValue] = [:]
    private let evaluation: FEELEvaluation
    private let definitions: [KitElement]

    init(_ root: KitElement, _ evaluation: FEELEvaluation) {
        self.evaluation = evaluation
        definitions = root.children("itemDefinition")
        for element in root.children {
            if let id = element["id"] { elements[id] = element }
            if let name = element["name"] { byName[name] = element }
        }
        // Types may be told before those that they are made of.
        for _ in 0..<4 {
            for definition in definitions {
                types[definition["name"] ?? ""] = type(of: definition)
            }
        }
    }

    private func type(of definition: KitElement) -> FEELType {
        let fields = definition.children("itemComponent").map {
            FEELType.Field($0["name"] ?? "", self.type(of: $0))
        }
        var type =
            fields.isEmpty
            ? self.type(named: definition.child("typeRef")?.text)
            : .context(
                fields,
                isOpen: false
            )
        if let function = definition.child("functionItem") {
            type = .function(
                function.children("parameters").map { self.type(named: $0["typeRef"]) },
                self.type(named: function["outputTypeRef"])
            )
        }
        return definition["isCollection"] == "true" ? .list(type) : type
    }

    private func type(named name: String?) -> FEELType {
        let name = (name ?? "").trimmingSpace
        return types[name] ?? FEELType(name: name)
            ?? name.split(separator: ":").last.flatMap { FEELType(name: String($0)) } ?? .any
    }

    private func variableType(of element: KitElement) -> FEELType {
        type(named: element.child("variable")?["typeRef"])
    }

    /// Sets the value of an input, or of a decision in place of its logic.
    func set(_ name: String, _ value: FEELValue) { values[name] = value }

    /// The value of a decision, input, service or business knowledge.
    func value(_ name: String) -> FEELValue {
        if let value = values[name] { return value }
        guard let element = byName[name] else { return .null }
        let value = value(of: element)
        values[name] = value
        return value
    }

    private func value(of element: KitElement) -> FEELValue {
        switch element.name {
        case "decision":
            guard let logic = element.logic else { return .null }
            let value = evaluate(logic, requirements(of: element))
            return coerced(value, variableType(of: element))
        case "businessKnowledgeModel":
            guard let logic = element.child("encapsulatedLogic") else { return .null }
            return function(
                logic,
                resultType: variableType(of: element).resultType
            ) { [unowned self] in
                let name = element["name"] ?? ""
                return requirements(of: element) + [(name, .any, value(name))]
            }
        case "decisionService": return service(element)
        default: return .null
        }
    }

    /// What a decision or business knowledge may use.
    private func requirements(of element: KitElement) -> [Binding] {
        let wanted = ["requiredInput", "requiredDecision", "requiredKnowledge"]
        return wanted.flatMap { name in element.all(name) }.compactMap { requirement in
            guard let required = elements[requirement.reference] else { return nil }
            let name = required["name"] ?? ""
            return (name, variableType(of: required), value(name))
        }
    }

    private func service(_ element: KitElement) -> FEELValue {
        let inputs = (element.children("inputData") + element.children("inputDecision")).compactMap
        {
            elements[$0.reference]
        }
        let outputs = element.children("outputDecision").compactMap { elements[$0.reference] }
        let types = inputs.map(variableType)
        return .function(
            FEELFunction(
                KitFunction { [unowned self] arguments, evaluation in
                    let before = values
                    defer { values = before }
                    values = values.filter { byName[$0.key]?.name != "decision" }
                    for (input, argument) in zip(inputs, arguments) {
                        values[input["name"] ?? ""] = argument
                    }
                    let results = outputs.map { (($0["name"] ?? ""), value($0["name"] ?? "")) }
                    let result =
                        results.count == 1 ? results[0].1 : .context(FEELContext(results))
                    return coerced(result, variableType(of: element).resultType)
                },
                parameterNames: inputs.map { $0["name"] ?? "" },
                parameterTypes: types,
                resultType: .any
            )
        )
    }

    /// Calls a service with the inputs that are set.
    func call(_ service: String) -> FEELValue {
        guard case .function(let function) = value(service) else { return .null }
        return evaluation.call(function, function.parameterNames.map { values[$0] ?? .null })
    }

    func function(
        _ logic: KitElement,
        resultType: FEELType,
        _ scope: @escaping @Sendable () -> [Binding]
    ) -> FEELValue {
        let parameters = logic.children("formalParameter")
        let (names, types) = (
            parameters.map { $0["name"] ?? "" }, parameters.map { type(named: $0["typeRef"]) }
        )
        let box = KitBox(logic.logic)
        return .function(
            FEELFunction(
                KitFunction { [unowned self] arguments, _ in
                    guard let body = box.element else { return .null }
                    let bound = zip(zip(names, types), arguments).map { ($0.0, $0.1, $1) }
                    return coerced(evaluate(body, scope() + bound), resultType)
                },
                parameterNames: names,
                parameterTypes: types,
                resultType: .any
            )
        )
    }

    private func coerced(_ value: FEELValue, _ type: FEELType) -> FEELValue {
        value.coerced(to: type)
            ?? evaluation.fail("\(evaluation.text(of: value) ?? "") is no \(type)")
    }

    /// The value of a boxed expression.
    func evaluate(_ element: KitElement, _ scope: [Binding]) -> FEELValue {
        let value = boxed(element, scope)
        return coerced(value, type(named: element["typeRef"]))
    }

    private func boxed(_ element: KitElement, _ scope: [Binding]) -> FEELValue {
        switch element.name {
        case "literalExpression": literal(element.child("text")?.text ?? "", scope)
        case "context": context(element, scope)
        case "list": .list(element.children.compactMap { $0.isLogic ? evaluate($0, scope) : nil })
        case "relation": relation(element, scope)
        case "invocation": invocation(element, scope)
        case "functionDefinition":
            function(element, resultType: .any) { [box = KitScope(scope)] in
                box.bindings
            }
        case "conditional", "for", "some", "every", "filter": control(element, scope)
        case "decisionTable": KitTable(element, self, scope).value(evaluation)
        default: .null
        }
    }

    func literal(_ text: String, _ scope: [Binding]) -> FEELValue {
        FEELProgram(text, feelScope(scope)).evaluate(scope.map(\.value), evaluation)
    }

    func feelScope(_ scope: [Binding]) -> FEELScope {
        // Each name hides those before it.
        var result = FEELScope([], types: types, zones: systemZones)
        for binding in scope { result.add([(binding.name, binding.type)]) }
        return result
    }

    private func context(_ element: KitElement, _ scope: [Binding]) -> FEELValue {
        var scope = scope
        var context = FEELContext()
        for entry in element.children("contextEntry") {
            guard let logic = entry.logic else { continue }
            guard let variable = entry.child("variable") else { return evaluate(logic, scope) }
            let type = type(named: variable["typeRef"])
            let value = coerced(evaluate(logic, scope), type)
            context[variable["name"] ?? ""] = value
            scope.append((variable["name"] ?? "", type, value))
        }
        return .context(context)
    }

    private func relation(_ element: KitElement, _ scope: [Binding]) -> FEELValue {
        let columns = element.children("column").map { $0["name"] ?? "" }
        return .list(
            element.children("row").map { row in
                let cells = row.children.filter(\.isLogic).map { evaluate($0, scope) }
                return .context(FEELContext(Array(zip(columns, cells))))
            }
        )
    }

    private func invocation(_ element: KitElement, _ scope: [Binding]) -> FEELValue {
        guard let callee = element.logic, case .function(let function) = evaluate(callee, scope)
        else { return .null }
        let given = element.children("binding").map { binding in
            (
                binding.child("parameter")?["name"] ?? "",
                binding.logic.map { evaluate($0, scope) } ?? .null
            )
        }
        guard given.allSatisfy({ function.parameterNames.contains($0.0) }) else { return .null }
        let arguments = function.parameterNames.map { name in
            given.first { $0.0 == name }?.1 ?? .null
        }
        return evaluation.call(function, arguments)
    }

    private func control(_ element: KitElement, _ scope: [Binding]) -> FEELValue {
        let part = { (name: String, more: [Binding]) -> FEELValue in
            guard let logic = element.child(name)?.logic else { return .null }
            return self.evaluate(logic, scope + more)
        }
        if element.name == "conditional" {
            return part(part("if", []).boolean == true ? "then" : "else", [])
        }
        guard case let list = part("in", []), !list.isNull else { return .null }
        let items =
            list.coerced(to: .list(.any)).flatMap { value -> [FEELValue]? in
                if case .list(let list) = value { return list.elements }
                return nil
            } ?? []
        let name = element["iteratorVariable"] ?? "item"
        let bind = { (item: FEELValue) -> [Binding] in
            var bindings: [Binding] = [(name, .any, item)]
            if element.name == "filter", case .context(let context) = item {
                bindings += zip(context.names, context.values).map { ($0, .any, $1) }
            }
            return bindings
        }
        let body = ["for": "return", "filter": "match"][element.name] ?? "satisfies"
        let results = items.map { part(body, bind($0)) }
        if element.name == "for" { return .list(results) }
        guard results.allSatisfy({ $0.boolean != nil }) else { return .null }
        switch element.name {
        case "some": return .boolean(results.contains { $0.boolean == true })
        case "every": return .boolean(results.allSatisfy { $0.boolean == true })
        default: return .list(zip(items, results).filter { $1.boolean == true }.map(\.0))
        }
    }
}
