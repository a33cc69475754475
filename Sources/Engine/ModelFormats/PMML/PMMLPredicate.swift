// SPDX-License-Identifier: Apache-2.0

// Predicates, as tests of a rule tree whose arguments are registers.

internal import Documents
internal import ExactTexts
internal import Formulas
internal import VigieLimits

extension PMMLCompiler {
    /// The elements that are predicates.
    static let predicates = [
        "True", "False", "SimplePredicate", "SimpleSetPredicate", "CompoundPredicate",
    ]

    /// The predicate among the children of an element.
    func predicateElement(of element: XMLElement) throws(ModelFormatError) -> XMLElement {
        guard let predicate = element.children.first(where: { Self.predicates.contains($0.name) })
        else { throw element.malformed("it has no predicate") }
        return predicate
    }

    /// Appends the tests of a predicate to a tree; gives the first.
    func addPredicate(
        _ element: XMLElement,
        in scope: PMMLScope,
        to tree: inout RuleTree,
        depth: Int = 0
    ) throws(ModelFormatError) -> Int {
        let first = tree.tests.count
        var test = RuleTest(operation: .always, end: first + 1)
        switch element.name {
        case "True": break
        case "False": test = RuleTest(operation: .never, end: first + 1)
        case "SimplePredicate": test = try simpleTest(element, in: scope, end: first + 1)
        case "SimpleSetPredicate":
            test = try setTest(element, in: scope, to: &tree, end: first + 1)
        default:
            guard depth < ModelFormatLimits.predicateDepth else {
                throw element.unsupported(
                    "predicates are nested deeper than \(ModelFormatLimits.predicateDepth)"
                )
            }
            test = RuleTest(operation: try compoundOperation(element), end: first + 1)
            tree.tests.append(test)
            try element.allowChildren(Self.predicates)
            for part in element.children {
                _ = try addPredicate(part, in: scope, to: &tree, depth: depth + 1)
            }
            tree.tests[first].end = tree.tests.count
            return first
        }
        tree.tests.append(test)
        return first
    }

    private func compoundOperation(_ element: XMLElement)
        throws(ModelFormatError) -> RuleTest.Operation
    {
        switch try element.required("booleanOperator") {
        case "and": return .and
        case "or": return .or
        case "xor": return .exclusiveOr
        case "surrogate": return .surrogate
        case let name: throw element.malformed("booleanOperator=\"\(name.prefix(40))\"")
        }
    }

    private func simpleTest(_ element: XMLElement, in scope: PMMLScope, end: Int)
        throws(ModelFormatError) -> RuleTest
    {
        let name = try element.required("field")
        let field = try value(of: name, in: scope, element)
        let operation: RuleTest.Operation
        switch try element.required("operator") {
        case "isMissing": return RuleTest(operation: .isMissing, argument: field.register, end: end)
        case "isNotMissing":
            return RuleTest(operation: .isNotMissing, argument: field.register, end: end)
        case "equal": operation = .equal
        case "notEqual": operation = .notEqual
        case "lessThan": operation = .less
        case "lessOrEqual": operation = .lessOrEqual
        case "greaterThan": operation = .greater
        case "greaterOrEqual": operation = .greaterOrEqual
        case let name: throw element.malformed("operator=\"\(name.prefix(40))\"")
        }
        if field.texts != nil {
            let isOrdered = dataFields[name]?.isOrdinal ?? false
            guard operation == .equal || operation == .notEqual || isOrdered else {
                throw element.unsupported("an order of texts is not supported")
            }
        }
        noteCategories(field)
        return RuleTest(
            operation: operation,
            argument: field.register,
            value: try field.literal(try element.required("value"), element),
            end: end
        )
    }

    private func setTest(
        _ element: XMLElement,
        in scope: PMMLScope,
        to tree: inout RuleTree,
        end: Int
    ) throws(ModelFormatError) -> RuleTest {
        let field = try value(of: try element.required("field"), in: scope, element)
        let operation: RuleTest.Operation
        switch try element.required("booleanOperator") {
        case "isIn": operation = .isIn
        case "isNotIn": operation = .isNotIn
        case let name: throw element.malformed("booleanOperator=\"\(name.prefix(40))\"")
        }
        var numbers: [Double] = []
        for text in try element.requiredChild("Array").arrayTexts() {
            numbers.append(try field.literal(text, element))
        }
        numbers.sort()
        let start = tree.setValues.count
        tree.setValues += numbers
        noteCategories(field)
        return RuleTest(
            operation: operation,
            argument: field.register,
            set: start..<tree.setValues.count,
            end: end
        )
    }

    private func noteCategories(_ field: PMMLValue) {
        switch field.kind {
        case .text, .boolean: textRegisters.insert(field.register)
        default: break
        }
    }

    /// A register that is 1 where a predicate is true; nil where it always is.
    func condition(of element: XMLElement, in scope: PMMLScope) throws(ModelFormatError) -> Int? {
        let predicate = try predicateElement(of: element)
        if predicate.name == "True" { return nil }
        if predicate.name == "False" { return builder.constant(0) }
        var tree = RuleTree(classCount: 0, missingStrategy: .none, returnsLastPrediction: false)
        let test = try addPredicate(predicate, in: scope, to: &tree)
        let root = tree.addNode(parent: nil, previousSibling: nil, predicate: test)
        tree.setResult([1], node: root, hasScore: true)
        let result = add(tree)
        return builder.unary(.not, builder.unary(.isMissing, result))
    }

    /// Appends a tree whose arguments are registers; gives its first result.
    func add(_ tree: RuleTree) -> Int {
        let registers = Set(tree.tests.lazy.filter(\.readsArgument).map(\.argument)).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: registers.enumerated().map { ($1, $0) })
        var tree = tree
        for index in tree.tests.indices {
            tree.tests[index].argument = numbers[tree.tests[index].argument] ?? 0
        }
        return builder.append(.rules(tree, arguments: registers))
    }
}

extension RuleTest {
    /// Whether it tests an argument itself.
    var readsArgument: Bool {
        switch operation {
        case .always, .never, .and, .or, .exclusiveOr, .surrogate: false
        default: true
        }
    }
}

extension XMLElement {
    /// The texts of an `Array`, which blanks separate; quotation marks hold one together.
    func arrayTexts() throws(ModelFormatError) -> [String] {
        var texts: [String] = []
        var current: [UInt8] = []
        var isQuoted = false
        var isStarted = false
        var isEscaped = false
        for byte in text.utf8 {
            if isEscaped {
                current.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\"), isQuoted {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
                isStarted = true
            } else if byte <= UInt8(ascii: " "), !isQuoted {
                if isStarted { texts.append(String(decoding: current, as: UTF8.self)) }
                current = []
                isStarted = false
            } else {
                current.append(byte)
                isStarted = true
            }
        }
        guard !isQuoted else { throw malformed("a quotation mark is not closed") }
        if isStarted { texts.append(String(decoding: current, as: UTF8.self)) }
        if let count = try number("n"), count != Double(texts.count) {
            throw malformed("n=\"\(count)\", but it has \(texts.count) values")
        }
        return texts
    }
}
