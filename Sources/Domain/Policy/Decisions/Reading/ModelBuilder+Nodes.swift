// SPDX-License-Identifier: Apache-2.0

// Inputs, decisions, business knowledge and services, and which of them uses which.

internal import Documents
internal import ExactTexts
internal import FEEL
internal import VigieLimits

extension ModelBuilder {
    private static let kinds: [String: DecisionNode.Kind] = [
        "inputData": .input, "decision": .decision, "businessKnowledgeModel": .knowledge,
        "decisionService": .service,
    ]

    /// Elements of a model that say nothing of what is computed.
    private static let passedOver: Set<String> = [
        "description", "import", "itemDefinition", "knowledgeSource", "performanceIndicator",
        "organizationUnit", "businessContextElement", "elementCollection", "textAnnotation",
        "association", "group",
    ]

    /// Notes the nodes of a model.
    func declare(_ model: Int) {
        let source = sources[model]
        var names = Set(source.imports.map { ExactText($0.name) })
        for element in source.root.children {
            let place = source.place(element)
            guard let kind = Self.kinds[element.name], !element.isForeign else {
                if !element.isForeign, !Self.passedOver.contains(element.name) {
                    note(.structure, place, "<\(shown(element.name))> is not known")
                }
                continue
            }
            let name = element["name"] ?? ""
            let declaration = Declaration(model: model, kind: kind, element: element, name: name)
            if name.isEmpty {
                note(.structure, place, "the \(kind.rawValue) has no name")
            } else if !names.insert(name) {
                note(.expression, self.place(of: declaration), "the name is there twice")
            }
            let id = element["id"] ?? ""
            if !id.isEmpty {
                nodesByID[NodeID(model: model, id: ExactText(id))] = declarations.count
            }
            declarations.append(declaration)
        }
    }

    /// Where a node is told.
    func place(of declaration: Declaration) -> DecisionPlace {
        var place = sources[declaration.model].place(declaration.element)
        place.element = "\(declaration.kind.rawValue) \"\(shown(declaration.name))\""
        return place
    }

    func checkSizes() -> Bool {
        guard declarations.count <= DecisionLimits.nodes else {
            note(
                .structure,
                DecisionPlace(file: sources[0].file),
                "a model has more than \(DecisionLimits.nodes) inputs, decisions and functions"
            )
            return false
        }
        return true
    }

    /// Refuses ids that are there twice.
    func checkIdentifiers() {
        for source in sources {
            var seen: Set<ExactText> = []
            for element in source.root.document.all {
                guard let id = element["id"], !element.isForeign, !id.isEmpty else { continue }
                if !seen.insert(id) {
                    note(
                        .expression,
                        source.place(element),
                        "the id \"\(shown(id))\" is there twice"
                    )
                }
            }
        }
    }

    // MARK: - Requirements

    /// What a node uses: its place, and the name that it has there.
    struct Requirement {
        let node: Int
        let name: String
    }

    /// What each kind of reference may refer to.
    private static let references: [(element: String, kinds: [DecisionNode.Kind])] = [
        ("requiredInput", [.input]), ("requiredDecision", [.decision]),
        ("requiredKnowledge", [.knowledge, .service]),
    ]

    /// What a node uses; of a service, its parameters and then what it gives.
    func requirements(of node: Int) -> [Requirement] {
        let declaration = declarations[node]
        if declaration.kind == .service {
            return parameters(ofService: node) + outputs(ofService: node)
        }
        var found: [Requirement] = []
        var seen: Set<Int> = []
        for name in ["informationRequirement", "knowledgeRequirement"] {
            for element in declaration.element.children(name) {
                for (reference, kinds) in Self.references {
                    guard let child = element.child(reference),
                        let requirement = requirement(child, kinds, declaration),
                        seen.insert(requirement.node).inserted
                    else { continue }
                    found.append(requirement)
                }
            }
        }
        guard found.count <= DecisionLimits.scopeNames else {
            note(
                .structure,
                place(of: declaration),
                "uses more than \(DecisionLimits.scopeNames) others"
            )
            return []
        }
        return found
    }

    /// What a service takes: inputs, then decisions.
    func parameters(ofService node: Int) -> [Requirement] {
        let declaration = declarations[node]
        return declaration.element.children("inputData").compactMap {
            requirement($0, [.input], declaration)
        }
            + declaration.element.children("inputDecision").compactMap {
                requirement($0, [.decision], declaration)
            }
    }

    /// The decisions that a service gives.
    func outputs(ofService node: Int) -> [Requirement] {
        let declaration = declarations[node]
        return declaration.element.children("outputDecision").compactMap {
            requirement($0, [.decision], declaration)
        }
    }

    private func requirement(
        _ element: XMLElement,
        _ kinds: [DecisionNode.Kind],
        _ declaration: Declaration
    ) -> Requirement? {
        var place = place(of: declaration)
        place.line = element.line
        let reference = element["href"] ?? ""
        let parts = reference.split(separator: "#", omittingEmptySubsequences: false)
        let id = parts.last.map(String.init) ?? ""
        guard parts.count <= 2, !id.isEmpty else {
            note(.structure, place, "the reference \"\(shown(reference))\" names nothing")
            return nil
        }
        let namespace = parts.count == 2 ? String(parts[0]) : ""
        guard let (model, prefix) = modelNamed(namespace, in: declaration.model) else {
            note(
                .structure,
                place,
                "the reference \"\(shown(reference))\" is to a model that is not imported"
            )
            return nil
        }
        guard let node = nodesByID[NodeID(model: model, id: ExactText(id))] else {
            note(
                .structure,
                place,
                "the reference \"\(shown(reference))\" is to nothing that is there"
            )
            return nil
        }
        guard kinds.contains(declarations[node].kind) else {
            note(
                .structure,
                place,
                "<\(element.name)> is a reference to "
                    + (self.place(of: declarations[node]).element ?? "")
            )
            return nil
        }
        return Requirement(node: node, name: prefix + declarations[node].name)
    }

    /// The model of a namespace, and what stands before the names of its elements in another.
    private func modelNamed(_ namespace: String, in model: Int) -> (model: Int, prefix: String)? {
        if namespace.isEmpty || ExactText(namespace) == ExactText(sources[model].namespace) {
            return (model, "")
        }
        // What imports itself was refused, so each path ends.
        var paths = [(model: model, prefix: "")]
        var seen: Set<Int> = [model]
        var next = 0
        while next < paths.count {
            let path = paths[next]
            next += 1
            for imported in sources[path.model].imports {
                guard let other = imported.model, seen.insert(other).inserted else { continue }
                let prefix = imported.name.isEmpty ? path.prefix : path.prefix + imported.name + "."
                if ExactText(sources[other].namespace) == ExactText(namespace) {
                    return (other, prefix)
                }
                paths.append((other, prefix))
            }
        }
        return nil
    }

    /// Refuses nodes that use themselves, through others, and long chains of them. Knowledge may
    /// call itself.
    func checkCycles(_ requirements: [[Requirement]]) -> Bool {
        let followers = requirements.enumerated().map { node, used in
            used.map(\.node).filter { $0 != node || declarations[node].kind != .knowledge }
        }
        guard let cycle = firstCycle(followers, atMost: DecisionLimits.requirementDepth) else {
            return true
        }
        let place = place(of: declarations[cycle[0]])
        if cycle.first == cycle.last, cycle.count > 1 {
            let names = cycle.map { "\"\(shown(declarations[$0].name))\"" }
            note(.structure, place, "needs itself: " + names.joined(separator: " needs "))
        } else {
            note(
                .structure,
                place,
                "needs a chain of more than \(DecisionLimits.requirementDepth) others"
            )
        }
        return false
    }
}
