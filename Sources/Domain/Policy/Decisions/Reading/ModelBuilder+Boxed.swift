// SPDX-License-Identifier: Apache-2.0

// Boxed expressions.

internal import Documents
internal import ExactTexts
internal import FEEL
internal import VigieLimits

extension ModelBuilder {
    private static let boxes: Set<String> = [
        "literalExpression", "context", "list", "relation", "invocation", "functionDefinition",
        "conditional", "for", "some", "every", "filter", "decisionTable",
    ]

    /// The boxed expression in an element, of a type that is wanted; nil when there is none.
    func logic(
        _ element: XMLElement?,
        _ frame: Frame,
        _ wanted: DecisionType,
        _ place: DecisionPlace,
        depth: Int = 0
    ) -> BoxedExpression? {
        let found = (element?.children ?? []).filter {
            !$0.isForeign && Self.boxes.contains($0.name)
        }
        guard let first = found.first else { return nil }
        if found.count > 1 {
            note(.structure, place, "has more than one expression where one is wanted")
        }
        return boxed(first, frame, wanted, place, depth: depth)
    }

    /// The boxed expression that has to be in an element.
    func required(
        _ element: XMLElement?,
        _ part: String,
        _ frame: Frame,
        _ wanted: DecisionType,
        _ place: DecisionPlace,
        depth: Int
    ) -> BoxedExpression {
        if let logic = logic(element, frame, wanted, place, depth: depth) { return logic }
        note(.expression, place, "\(part) is missing")
        return BoxedExpression(form: .missing, type: .any)
    }

    /// A boxed expression.
    func boxed(
        _ element: XMLElement,
        _ frame: Frame,
        _ wanted: DecisionType,
        _ outer: DecisionPlace,
        depth: Int
    ) -> BoxedExpression {
        var place = outer
        place.line = element.line
        guard depth <= DecisionLimits.boxedNesting, !frame.isFull else {
            let limit =
                frame.isFull
                ? "uses more than \(DecisionLimits.scopeNames) names"
                : "expressions are nested deeper than \(DecisionLimits.boxedNesting)"
            note(.structure, place, limit)
            return BoxedExpression(form: .missing, type: .any)
        }
        var own = type(element["typeRef"], in: frame.model, place)
        if element.name == "decisionTable" { own = listed(own, element) }
        let expected = own.type == .any ? wanted : own
        let form = form(element, frame, expected, place, depth: depth + 1)
        return BoxedExpression(form: form, type: own)
    }

    private func form(
        _ element: XMLElement,
        _ frame: Frame,
        _ wanted: DecisionType,
        _ place: DecisionPlace,
        depth: Int
    ) -> BoxedExpression.Form {
        switch element.name {
        case "literalExpression":
            return .literal(literal(element, frame.scope, wanted.type, place))
        case "context": return context(element, frame, wanted, place, depth: depth)
        case "list":
            let items = element.children.filter { !$0.isForeign && Self.boxes.contains($0.name) }
            let type = itemType(of: wanted)
            return .list(items.map { boxed($0, frame, type, place, depth: depth) })
        case "relation": return relation(element, frame, place, depth: depth)
        case "invocation": return invocation(element, frame, place, depth: depth)
        case "functionDefinition":
            guard isFEEL(element, place) else { return .missing }
            return .function(function(element, frame, place, depth: depth))
        case "conditional":
            var (yes, no) = (place, place)
            (yes.part, no.part) = ("then", "else")
            return .conditional(
                required(
                    element.child("if"),
                    "the condition",
                    frame,
                    DecisionType(name: "", type: .boolean, rule: nil),
                    place,
                    depth: depth
                ),
                then: required(
                    element.child("then"),
                    "\"then\"",
                    frame,
                    wanted,
                    yes,
                    depth: depth
                ),
                otherwise: required(
                    element.child("else"),
                    "\"else\"",
                    frame,
                    wanted,
                    no,
                    depth: depth
                )
            )
        case "for", "some", "every", "filter": return loop(element, frame, place, depth: depth)
        default: return .table(table(element, frame, wanted, place))
        }
    }

    /// The type of a table that is told with a type: one that gives a list of values gives a list
    /// of those, if no list is told.
    func listed(_ type: DecisionType, _ table: XMLElement?) -> DecisionType {
        guard let table, givesList(table), type.type != .any else { return type }
        if case .list = type.type { return type }
        let rule = type.rule.map {
            ValueRule(
                allowed: $0.allowed,
                whole: nil,
                components: $0.components,
                isCollection: true
            )
        }
        return DecisionType(name: "", type: .list(type.type), rule: rule)
    }

    /// Whether the hit policy of a table gives the values of all rules that match.
    func givesList(_ table: XMLElement) -> Bool {
        switch table["hitPolicy"] {
        case "RULE ORDER", "OUTPUT ORDER": true
        case "COLLECT": table["aggregation"] == nil
        default: false
        }
    }

    /// What the items of a list are to be.
    func itemType(of type: DecisionType) -> DecisionType {
        guard case .list(let item) = type.type else { return type.type == .any ? .any : type }
        let rule = type.rule.map {
            ValueRule(
                allowed: $0.allowed,
                whole: nil,
                components: $0.components,
                isCollection: false
            )
        }
        return DecisionType(name: "", type: item, rule: rule)
    }

    private func context(
        _ element: XMLElement,
        _ outer: Frame,
        _ wanted: DecisionType,
        _ place: DecisionPlace,
        depth: Int
    ) -> BoxedExpression.Form {
        var frame = outer
        var entries: [BoxedExpression.Entry] = []
        var result: BoxedExpression?
        var seen: Set<ExactText> = []
        for entry in element.children("contextEntry") {
            var place = place
            place.line = entry.line
            if result != nil { note(.expression, place, "an entry follows the result") }
            guard let variable = entry.child("variable") else {
                result = required(
                    entry,
                    "the result",
                    frame,
                    wanted,
                    place,
                    depth: depth
                )
                continue
            }
            let name = variable["name"] ?? ""
            place.part = "entry \"\(shown(name))\""
            if name.isEmpty || !seen.insert(name) {
                note(.expression, place, "an entry has no name of its own")
            }
            let type = self.type(variable["typeRef"], in: frame.model, place)
            let expression = required(
                entry,
                "the expression",
                frame,
                type,
                place,
                depth: depth
            )
            entries.append(.init(name: name, type: type, expression: expression))
            frame.add([(name, type.type)])
            if frame.isFull {
                note(.structure, place, "more than \(DecisionLimits.scopeNames) names are used")
                break
            }
        }
        return .context(entries, result: result)
    }

    private func relation(
        _ element: XMLElement,
        _ frame: Frame,
        _ place: DecisionPlace,
        depth: Int
    ) -> BoxedExpression.Form {
        let columns = element.children("column").map { $0["name"] ?? "" }
        let types = element.children("column").map { type($0["typeRef"], in: frame.model, place) }
        let rows = element.children("row").enumerated().map { index, row in
            var place = place
            (place.line, place.part) = (row.line, "row \(index + 1)")
            let cells = row.children.filter { !$0.isForeign && Self.boxes.contains($0.name) }
            if cells.count != columns.count {
                note(
                    .structure,
                    place,
                    "has \(cells.count) cells, and there are \(columns.count) columns"
                )
            }
            return zip(cells, types).map { boxed($0, frame, $1, place, depth: depth) }
        }
        return .relation(columns: columns, rows: rows)
    }

    private func invocation(
        _ element: XMLElement,
        _ frame: Frame,
        _ place: DecisionPlace,
        depth: Int
    ) -> BoxedExpression.Form {
        let callee = required(element, "what is called", frame, .any, place, depth: depth)
        let bindings = element.children("binding").map { binding in
            let name = binding.child("parameter")?["name"] ?? ""
            var place = place
            (place.line, place.part) = (binding.line, "parameter \"\(shown(name))\"")
            return BoxedExpression.Binding(
                name: name,
                expression: required(
                    binding,
                    "the argument",
                    frame,
                    .any,
                    place,
                    depth: depth
                )
            )
        }
        checkBindings(bindings, of: callee, place)
        return .invocation(callee, bindings)
    }

    /// Refuses arguments that a function, if it is known, does not take.
    private func checkBindings(
        _ bindings: [BoxedExpression.Binding],
        of callee: BoxedExpression,
        _ place: DecisionPlace
    ) {
        if !bindings.map(\.name).areExactlyDistinct {
            note(.expression, place, "a parameter is bound twice")
        }
        guard case .literal(let program) = callee.form, program.resultType != .any else { return }
        guard case .function(let parameters, _) = program.resultType else {
            return note(.expression, place, "a \(program.resultType) is called")
        }
        if !parameters.isEmpty, bindings.count > parameters.count {
            note(
                .expression,
                place,
                "\(bindings.count) arguments are given to a function that takes \(parameters.count)"
            )
        }
    }

    private func function(
        _ element: XMLElement,
        _ frame: Frame,
        _ place: DecisionPlace,
        depth: Int
    ) -> BoxedFunction {
        let parameters = parameters(element, frame.model, place)
        let inner = frame.adding(parameters.map { ($0.name, $0.type) })
        let body = required(element, "the body of a function", inner, .any, place, depth: depth)
        return BoxedFunction(parameters: parameters, body: body)
    }

    /// Whether a function is told in FEEL; a problem if it is not.
    func isFEEL(_ element: XMLElement, _ place: DecisionPlace) -> Bool {
        let kind = element["kind"] ?? "FEEL"
        guard kind != "FEEL" else { return true }
        note(
            .expression,
            place,
            kind == "Java" || kind == "PMML"
                ? "\(kind) functions are not carried out: say it in FEEL, or give the value as an "
                    + "input"
                : "the kind of function \"\(shown(kind))\" is not known"
        )
        return false
    }

    private func loop(
        _ element: XMLElement,
        _ frame: Frame,
        _ outer: DecisionPlace,
        depth: Int
    ) -> BoxedExpression.Form {
        var place = outer
        place.part = "in"
        let list = required(element.child("in"), "the list", frame, .any, place, depth: depth)
        let item = listType(of: list).element
        let name = element["iteratorVariable"] ?? ""
        if element.name != "filter", name.isEmpty {
            note(.expression, place, "the variable has no name")
        }
        let truth = DecisionType(name: "", type: .boolean, rule: nil)
        let part = ["for": "return", "filter": "match"][element.name] ?? "satisfies"
        place.part = part
        let child = element.child(part)
        switch element.name {
        case "filter":
            let inner = frame.addingItem(item)
            let body = required(child, "the condition", inner, truth, place, depth: depth)
            return .filter(.init(list: list, body: body, usesPartial: false))
        case "for":
            let usesPartial = child.map { mentionsPartial($0) } ?? false
            let partial: [(name: String, type: FEELType)] =
                usesPartial ? [("partial", .list(.any))] : []
            let inner = frame.adding(partial + [(name, item)])
            let body = required(child, "the body of the loop", inner, .any, place, depth: depth)
            return .iteration(.init(list: list, body: body, usesPartial: usesPartial))
        default:
            let inner = frame.adding([(name, item)])
            let body = required(child, "the condition", inner, truth, place, depth: depth)
            return .quantified(
                isEvery: element.name == "every",
                .init(list: list, body: body, usesPartial: false)
            )
        }
    }

    private func listType(of list: BoxedExpression) -> FEELType {
        if case .literal(let program) = list.form, list.type.type == .any {
            if case .range(let bound) = program.resultType { return bound }
            return program.resultType
        }
        return list.type.type
    }

    /// Whether any text within an element may ask for what a loop has made so far.
    private func mentionsPartial(_ element: XMLElement) -> Bool {
        element.text.contains("partial") || element.children.contains { mentionsPartial($0) }
    }
}
