// SPDX-License-Identifier: Apache-2.0

// Nodes as those see them that use them, and how they are made.

internal import Documents
internal import ExactTexts
internal import FEEL
internal import VigieLimits

extension ModelBuilder {
    /// A node as those see it that use it.
    struct Signature {
        /// The type of the value: of a function, of what it gives.
        let result: DecisionType
        /// The type under its name.
        let type: FEELType
        let parameters: [DecisionNode.Parameter]
    }

    /// A node as those see it that use it.
    func signature(of node: Int, _ requirements: [Requirement]) -> Signature {
        let declaration = declarations[node]
        let place = place(of: declaration)
        let variable = declaration.element.child("variable")
        if let variable, let name = variable["name"], name != declaration.name {
            note(.expression, place, "its variable has another name: \"\(shown(name))\"")
        }
        var result = type(variable?["typeRef"], in: declaration.model, place)
        switch declaration.kind {
        case .input: return Signature(result: result, type: result.type, parameters: [])
        case .decision:
            result = listed(result, declaration.element.child("decisionTable"))
            return Signature(result: result, type: result.type, parameters: [])
        case .knowledge, .service: break
        }
        if case .function(_, let given) = result.type {
            result = DecisionType(name: "", type: given, rule: nil)
        }
        let logic = declaration.element.child("encapsulatedLogic")
        result = listed(result, logic?.child("decisionTable"))
        let parameters: [DecisionNode.Parameter]
        if declaration.kind == .service {
            parameters = self.parameters(ofService: node).map { parameter in
                let other = declarations[parameter.node]
                let typed = other.element.child("variable")?["typeRef"]
                let type = typed.flatMap { self.type($0, in: other.model)?.type }
                return DecisionNode.Parameter(name: parameter.name, type: type ?? .any)
            }
        } else {
            parameters = self.parameters(
                declaration.element.child("encapsulatedLogic"),
                declaration.model,
                place
            )
        }
        return Signature(
            result: result,
            type: .function(parameters.map(\.type), result.type),
            parameters: parameters
        )
    }

    /// What a function takes.
    func parameters(
        _ element: XMLElement?,
        _ model: Int,
        _ place: DecisionPlace
    ) -> [DecisionNode.Parameter] {
        let found = (element?.children("formalParameter") ?? []).map { parameter in
            DecisionNode.Parameter(
                name: parameter["name"] ?? "",
                type: type(parameter["typeRef"], in: model, place).type
            )
        }
        if found.contains(where: \.name.isEmpty) || !found.map(\.name).areExactlyDistinct {
            note(.expression, place, "has a parameter without a name of its own")
        }
        guard found.count <= DecisionLimits.scopeNames else {
            note(.structure, place, "has more than \(DecisionLimits.scopeNames) parameters")
            return []
        }
        return found
    }

    /// Makes a node.
    func node(
        _ node: Int,
        _ requirements: [[Requirement]],
        _ signatures: [Signature]
    ) -> DecisionNode {
        let declaration = declarations[node]
        let place = place(of: declaration)
        let names = requirements[node].map { ($0.name, signatures[$0.node].type) }
        let signature = signatures[node]
        var used = requirements[node].map(\.node)
        var outputs: [Int] = []
        var logic: BoxedExpression?
        switch declaration.kind {
        case .input: break
        case .decision:
            logic = self.logic(
                declaration.element,
                Frame(names, types, declaration.model),
                signature.result,
                place
            )
            if logic == nil {
                note(.expression, place, "has no logic: nothing is decided")
            }
        case .knowledge:
            var frame = Frame(names, types, declaration.model)
            // It may call itself.
            frame.add([(declaration.name, signature.type)])
            frame.add(signature.parameters.map { ($0.name, $0.type) })
            logic = knowledge(declaration, frame, signature.result, place)
        case .service:
            let parameters = parameters(ofService: node).map(\.node)
            outputs = self.outputs(ofService: node).map(\.node)
            used = parameters
            if outputs.isEmpty { note(.structure, place, "gives no decision") }
            checkInputs(of: outputs, parameters, requirements, place)
        }
        return DecisionNode(
            kind: declaration.kind,
            name: declaration.name,
            id: declaration.element["id"] ?? "",
            namespace: sources[declaration.model].namespace,
            description: declaration.element.child("description")?.text ?? "",
            type: signature.result,
            requirements: used,
            logic: logic,
            parameters: signature.parameters,
            outputs: outputs,
            place: place
        )
    }

    private func knowledge(
        _ declaration: Declaration,
        _ frame: Frame,
        _ result: DecisionType,
        _ place: DecisionPlace
    ) -> BoxedExpression? {
        guard let element = declaration.element.child("encapsulatedLogic") else {
            note(.expression, place, "has no logic")
            return nil
        }
        guard isFEEL(element, place) else { return nil }
        let logic = logic(element, frame, result, place)
        if logic == nil { note(.expression, place, "has no logic") }
        return logic
    }

    /// Refuses a service that leaves out inputs which its decisions use: they would be null in each
    /// call.
    private func checkInputs(
        of outputs: [Int],
        _ parameters: [Int],
        _ requirements: [[Requirement]],
        _ place: DecisionPlace
    ) {
        var seen = Set(outputs + parameters)
        var open = outputs
        while let node = open.popLast() {
            for used in requirements[node].map(\.node) where seen.insert(used).inserted {
                switch declarations[used].kind {
                case .decision: open.append(used)
                case .input:
                    note(
                        .expression,
                        place,
                        "needs the input \"\(shown(declarations[used].name))\", which it does "
                            + "not take"
                    )
                case .knowledge, .service: break
                }
            }
        }
    }
}
