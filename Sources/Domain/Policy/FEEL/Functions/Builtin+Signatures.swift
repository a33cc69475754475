// SPDX-License-Identifier: Apache-2.0

// Signatures: read from their text, and fitted to arguments.

extension Builtin.Signature {
    /// Reads `list:list,delimiter:string?~`.
    init(_ text: String) {
        parameters = text.split(separator: ",").map { part in
            var rest = part
            var (isOptional, isNullable, isVariadic) = (false, false, false)
            while let mark = rest.last, "?~*".contains(mark) {
                isOptional = isOptional || mark == "?"
                isNullable = isNullable || mark == "~"
                isVariadic = isVariadic || mark == "*"
                rest.removeLast()
            }
            let halves = rest.split(separator: ":", maxSplits: 1)
            let type = halves.count > 1 ? String(halves[1]) : "any"
            return Builtin.Parameter(
                name: String(halves.first ?? ""),
                type: FEELType(name: type == "any" ? "Any" : type) ?? .any,
                isOptional: isOptional,
                isNullable: isNullable,
                isVariadic: isVariadic
            )
        }
    }

    /// Whether it takes as many arguments, or arguments of such names.
    func takes(_ names: [String?]) -> Bool {
        let required = parameters.filter { !$0.isOptional && !$0.isVariadic }
        let isOpen = parameters.last?.isVariadic ?? false
        guard let first = names.first, first != nil else {
            return names.count >= required.count + (isOpen ? 1 : 0)
                && (isOpen || names.count <= parameters.count)
        }
        return names.allSatisfy { name in parameters.contains { $0.name == name } }
            && parameters.allSatisfy { $0.isOptional || names.contains($0.name) }
    }

    /// Arguments in the order of the parameters; -1 for one that is not given.
    func ordered(_ arguments: [(name: String?, node: Int32)]) -> [Int32] {
        guard arguments.first?.name != nil else { return arguments.map(\.node) }
        return parameters.map { parameter in
            arguments.first { $0.name == parameter.name }?.node ?? -1
        }
    }

    /// Whether arguments of such types may be what it takes.
    func mayTake(_ types: [FEELType]) -> Bool {
        types.enumerated().allSatisfy { index, type in
            guard let parameter = index < parameters.count ? parameters[index] : parameters.last
            else { return false }
            return type.mayBecome(parameter.type)
        }
    }

    /// Arguments as a body takes them; nil if they are not of the types of the parameters.
    func bind(_ arguments: [FEELValue], _ given: [Bool]) -> [FEELValue]? {
        var bound: [FEELValue] = []
        for (index, parameter) in parameters.enumerated() {
            if parameter.isVariadic {
                var rest: [FEELValue] = []
                for argument in arguments.dropFirst(index) {
                    guard let value = parameter.value(argument) else { return nil }
                    rest.append(value)
                }
                bound.append(.list(rest))
            } else if index < arguments.count, given[index] {
                guard let value = parameter.value(arguments[index]) else { return nil }
                bound.append(value)
            } else {
                bound.append(.null)
            }
        }
        return bound
    }
}

extension Builtin.Parameter {
    /// What an argument is to it; nil if it is not taken.
    fileprivate func value(_ argument: FEELValue) -> FEELValue? {
        if argument.isNull { return isNullable ? .null : nil }
        return argument.coerced(to: type)
    }
}

extension FEELType {
    /// Whether a value of it may stand for one of another type.
    fileprivate func mayBecome(_ other: FEELType) -> Bool {
        switch (self, other) {
        case (.any, _), (.null, _), (_, .any), (_, .list): true
        case (.date, .dateTime), (.context, .context), (.range, .range), (.function, .function):
            true
        case (.list(let element), _): element.mayBecome(other)
        default: self == other
        }
    }
}
