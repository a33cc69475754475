// SPDX-License-Identifier: Apache-2.0

// The functions of the language: their names, what they take, and how a call finds the signature
// that is meant. A signature is written as its parameters: `list:list,delimiter:string?~`, where
// `?` may be left out, `~` may be null, and `*` takes all that is left.

/// A function of the language.
struct Builtin: Sendable {
    /// What a function takes.
    struct Parameter: Sendable {
        let name: String
        let type: FEELType
        var isOptional = false
        var isNullable = false
        var isVariadic = false
    }

    /// Parameters in order.
    struct Signature: Sendable {
        let parameters: [Parameter]
    }

    let name: String
    let signatures: [Signature]
    let result: FEELType
    /// Whether it gives the same for the same arguments, and costs next to nothing.
    let isPure: Bool
    /// Whether the result is of the type of the first argument.
    let isOfFirst: Bool
    let body: @Sendable (BuiltinCall) -> FEELValue

    init(
        _ name: String,
        _ signatures: [String],
        _ result: FEELType,
        isPure: Bool = false,
        isOfFirst: Bool = false,
        _ body: @escaping @Sendable (BuiltinCall) -> FEELValue
    ) {
        self.name = name
        self.signatures = signatures.map(Signature.init)
        self.result = result
        self.isPure = isPure
        self.isOfFirst = isOfFirst
        self.body = body
    }

    /// All of them.
    static let all: [Builtin] =
        strings + patterns + numbers + logic + lists + listNumbers + contexts + dates + conversions
        + ranges
    /// Their names.
    static let names: NameTable = {
        var table = NameTable()
        for (index, builtin) in all.enumerated() { table.add(builtin.name, .builtin(index), .any) }
        return table
    }()

    /// How it is called, for messages.
    var usage: String {
        let calls = signatures.map { signature in
            let parameters = signature.parameters.map { $0.name + ($0.isVariadic ? "..." : "") }
            return "\(name)(\(parameters.joined(separator: ", ")))"
        }
        return "call it as " + calls.joined(separator: " or ")
    }

    /// The type of a call with arguments of such types.
    func resultType(_ arguments: [FEELType]) -> FEELType {
        guard isOfFirst else { return result }
        guard let first = arguments.first, first.isListLike else { return result }
        return first
    }

    /// A call by place, or by name; null if there is no such signature.
    func call(
        _ arguments: [FEELValue],
        names: [String]?,
        _ evaluation: FEELEvaluation,
        _ position: FEELPosition
    ) -> FEELValue {
        let given = names?.map(Optional.some) ?? arguments.map { _ in nil }
        let fitting = signatures.filter { $0.takes(given) }
        guard let first = fitting.first else {
            return evaluation.fail("\(name) takes no such arguments: \(usage)", position)
        }
        let order = first.ordered(zip(given, arguments.indices).map { ($0, Int32($1)) })
        return call(
            order.map { $0 < 0 ? .null : arguments[Int($0)] },
            order.map { $0 >= 0 },
            fitting,
            evaluation,
            position
        )
    }

    /// A call with arguments in the order of the parameters, of one of some signatures.
    func call(
        _ arguments: [FEELValue],
        _ given: [Bool],
        _ signatures: [Signature],
        _ evaluation: FEELEvaluation,
        _ position: FEELPosition
    ) -> FEELValue {
        for signature in signatures {
            guard let bound = signature.bind(arguments, given) else { continue }
            // Most functions look at all of what they get.
            guard evaluation.take(bound.reduce(1) { $0 + $1.cost }) else { return .null }
            return body(
                BuiltinCall(
                    name: name,
                    arguments: bound,
                    evaluation: evaluation,
                    position: position
                )
            )
        }
        let types = zip(arguments, given).filter(\.1).map(\.0.typeName)
        return evaluation.fail(
            "\(name) takes no \(types.joined(separator: ", ")): \(usage)",
            position
        )
    }
}

/// A call of a function of the language: arguments are of the types of its parameters, or null
/// where that is allowed or nothing was given.
struct BuiltinCall {
    let name: String
    let arguments: [FEELValue]
    let evaluation: FEELEvaluation
    let position: FEELPosition

    func fail(_ message: @autoclosure () -> String) -> FEELValue {
        evaluation.fail("\(name): \(message())", position)
    }

    subscript(index: Int) -> FEELValue { index < arguments.count ? arguments[index] : .null }

    func string(_ index: Int) -> String {
        if case .string(let value) = self[index] { return value }
        return ""
    }

    func list(_ index: Int) -> [FEELValue] {
        if case .list(let value) = self[index] { return value.elements }
        return []
    }
}
