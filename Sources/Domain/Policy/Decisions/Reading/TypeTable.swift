// SPDX-License-Identifier: Apache-2.0

// The types of all models that are read. One may be told after those that are made of it, so each
// is made when it is asked for first.

internal import Documents
internal import ExactTexts
internal import FEEL
internal import VigieLimits

/// The types of models.
struct TypeTable {
    /// A type that a model defines.
    struct Definition {
        let element: XMLElement
        var state = State.untouched
    }

    /// What is known of a type.
    enum State {
        case untouched
        /// It is being made; whoever asks for it now asks for a part of itself.
        case begun
        /// It is made, of so many parts.
        case made(DecisionType, parts: Int)
    }

    let zones: FEELZones
    /// The definitions of each model, by name.
    var definitions: [[ExactText: Definition]] = []
    /// Their names, in the order in which they are told.
    var order: [[ExactText]] = []
    /// How many types are being made, each for the one before.
    var depth = 0
    /// The types by the names that expressions of each model use.
    var named: [[String: FEELType]] = []
}

extension ModelBuilder {
    /// Notes the definitions of a model. All models have to be noted before types are made.
    func readTypes(of model: Int) {
        var definitions: [ExactText: TypeTable.Definition] = [:]
        var order: [ExactText] = []
        let source = sources[model]
        for element in source.root.children("itemDefinition") {
            let name = element["name"] ?? ""
            var place = source.place(element)
            place.element = "type \"\(shown(name))\""
            if name.isEmpty {
                note(.structure, place, "has no name")
            } else if definitions.updateValue(.init(element: element), forKey: name) != nil {
                note(.expression, place, "is there twice")
            } else {
                order.append(ExactText(name))
            }
        }
        if definitions.count > DecisionLimits.itemDefinitions {
            note(
                .structure,
                DecisionPlace(file: source.file),
                "has more than \(DecisionLimits.itemDefinitions) types"
            )
            definitions = [:]
        }
        types.definitions.append(definitions)
        types.order.append(order.filter { definitions[$0] != nil })
        guard model == sources.count - 1 else { return }
        types.named = sources.indices.map { self.typeNames(of: $0) }
    }

    private func typeNames(of model: Int) -> [String: FEELType] {
        var names: [String: FEELType] = [:]
        for key in types.order[model] {
            names[key.text] = type(named: key, of: model).type.type
        }
        for imported in sources[model].imports {
            guard let other = imported.model else { continue }
            let prefix = imported.name.isEmpty ? "" : imported.name + "."
            for key in types.order[other] {
                names[prefix + key.text] = type(named: key, of: other).type.type
            }
        }
        return names
    }

    /// The type that a name stands for in a model; nil when there is none.
    func type(_ name: String, in model: Int) -> DecisionType? {
        counted(name, in: model)?.type
    }

    private func counted(_ name: String, in model: Int) -> (type: DecisionType, parts: Int)? {
        if types.definitions[model][ExactText(name)] != nil {
            return type(named: ExactText(name), of: model)
        }
        let plain = name.split(separator: ":", maxSplits: 1).last.map(String.init) ?? name
        for known in [name, plain] {
            if let type = FEELType(name: known) {
                return (DecisionType(name: known, type: type, rule: nil), 1)
            }
        }
        for imported in sources[model].imports {
            guard let other = imported.model else { continue }
            let prefix = imported.name.isEmpty ? "" : imported.name + "."
            guard name.hasPrefix(prefix) else { continue }
            let key = ExactText(String(name.dropFirst(prefix.count)))
            if types.definitions[other][key] != nil { return type(named: key, of: other) }
        }
        // A prefix of XML before the name of a type of the model's own.
        let key = ExactText(plain)
        return types.definitions[model][key] == nil ? nil : type(named: key, of: model)
    }

    /// A type that a model defines.
    private func type(named key: ExactText, of model: Int) -> (type: DecisionType, parts: Int) {
        guard let definition = types.definitions[model][key] else { return (.any, 1) }
        switch definition.state {
        case .made(let type, let parts): return (type, parts)
        case .begun:
            note(.expression, place(definition.element, key, model), "is made of itself")
            return (.any, 1)
        case .untouched: break
        }
        guard types.depth < DecisionLimits.boxedNesting else {
            note(.expression, place(definition.element, key, model), "is nested too deep")
            return (.any, 1)
        }
        types.depth += 1
        defer { types.depth -= 1 }
        types.definitions[model][key]?.state = .begun
        var made = made(of: definition.element, key, model, depth: 0)
        if made.parts > DecisionLimits.typeParts {
            note(
                .expression,
                place(definition.element, key, model),
                "is made of more than \(DecisionLimits.typeParts) parts"
            )
            made = (.any, 1)
        }
        let type = DecisionType(name: key.text, type: made.type.type, rule: made.type.rule)
        types.definitions[model][key]?.state = .made(type, parts: made.parts)
        return (type, made.parts)
    }

    private func place(
        _ element: XMLElement,
        _ key: ExactText,
        _ model: Int
    ) -> DecisionPlace {
        var place = sources[model].place(element)
        place.element = "type \"\(shown(key.text))\""
        return place
    }

    /// The type of a definition or of one of its components.
    private func made(
        of element: XMLElement,
        _ key: ExactText,
        _ model: Int,
        depth: Int
    ) -> (type: DecisionType, parts: Int) {
        let place = place(element, key, model)
        guard depth <= DecisionLimits.boxedNesting else {
            note(.expression, place, "has components nested too deep")
            return (.any, 1)
        }
        var (type, rules, parts) = (FEELType.any, [(name: String, rule: ValueRule)](), 1)
        let components = element.children("itemComponent")
        if !components.isEmpty {
            var fields: [FEELType.Field] = []
            var seen: Set<ExactText> = []
            for component in components {
                let name = component["name"] ?? ""
                if name.isEmpty || !seen.insert(name) {
                    note(.expression, place, "has a component without a name of its own")
                }
                let made = made(of: component, key, model, depth: depth + 1)
                parts += made.parts
                guard parts <= DecisionLimits.typeParts else { return (.any, parts) }
                fields.append(FEELType.Field(name, made.type.type))
                if let rule = made.type.rule { rules.append((name, rule)) }
            }
            type = .context(fields, isOpen: false)
        } else if let function = element.child("functionItem") {
            type = .function(
                function.children("parameters").map {
                    self.type($0["typeRef"], in: model, place).type
                },
                self.type(function["outputTypeRef"], in: model, place).type
            )
        } else if let reference = element.child("typeRef")?.text, !reference.isEmpty {
            guard let known = counted(reference, in: model) else {
                note(.expression, place, unknownType(reference, in: model))
                return (.any, 1)
            }
            let isCollection = element["isCollection"] == "true"
            return (
                DecisionType(
                    name: isCollection ? "" : known.type.name,
                    type: isCollection ? .list(known.type.type) : known.type.type,
                    rule: rule(element, known.type.type, known.type.rule, [], model, place)
                ),
                known.parts + 1
            )
        }
        let isCollection = element["isCollection"] == "true"
        return (
            DecisionType(
                name: "",
                type: isCollection ? .list(type) : type,
                rule: rule(element, type, nil, rules, model, place)
            ), parts
        )
    }

    /// What values have to satisfy besides; nil when nothing is said.
    private func rule(
        _ element: XMLElement,
        _ type: FEELType,
        _ base: ValueRule?,
        _ components: [(name: String, rule: ValueRule)],
        _ model: Int,
        _ place: DecisionPlace
    ) -> ValueRule? {
        let isCollection = element["isCollection"] == "true"
        let allowed = tests(element, "allowedValues", of: type, place)
        let whole = tests(element, "typeConstraint", of: isCollection ? .list(type) : type, place)
        guard allowed != nil || whole != nil || !components.isEmpty else {
            guard let base, isCollection else { return base }
            // The items have to satisfy what their own type says.
            guard !base.isCollection else { return nil }
            return ValueRule(
                allowed: base.allowed,
                whole: nil,
                components: base.components,
                isCollection: true
            )
        }
        return ValueRule(
            allowed: allowed ?? (isCollection ? nil : whole) ?? base?.allowed,
            whole: isCollection ? whole : nil,
            components: components.isEmpty ? base?.components ?? [] : components,
            isCollection: isCollection
        )
    }

    private func tests(
        _ element: XMLElement,
        _ name: String,
        of type: FEELType,
        _ place: DecisionPlace
    ) -> FEELUnaryTests? {
        guard let text = element.child(name)?.child("text") else { return nil }
        let tests = FEELUnaryTests(text.text, input: type, FEELScope(zones: zones))
        var place = place
        place.part = name == "allowedValues" ? "allowed values" : "constraint"
        note(tests.problems, text, place)
        return tests
    }

    /// The type of a reference that may not be there; any, and a problem, if it is not known.
    func type(_ reference: String?, in model: Int, _ place: DecisionPlace) -> DecisionType {
        guard let reference, !reference.isEmpty else { return .any }
        if let type = type(reference, in: model) { return type }
        note(.expression, place, unknownType(reference, in: model))
        return .any
    }

    private func unknownType(_ name: String, in model: Int) -> String {
        let known = types.definitions[model].keys.map(\.text).sorted()
        return "\"\(shown(name))\" is no type.\(NearestName.hint(known, to: name))"
    }
}
