// SPDX-License-Identifier: Apache-2.0

// Which values are of a type, and which become so.

internal import VigieLimits

extension FEELValue {
    /// The name of its type, for messages.
    package var typeName: String {
        switch self {
        case .null: "null"
        case .boolean: "boolean"
        case .number: "number"
        case .string: "string"
        case .date: "date"
        case .time: "time"
        case .dateTime: "date and time"
        case .daysDuration: "days and time duration"
        case .monthsDuration: "years and months duration"
        case .list: "list"
        case .context: "context"
        case .range: "range"
        case .function: "function"
        }
    }

    /// Whether it is an instance of a type; null is one of `Null` only. What cannot be told within
    /// the steps of an evaluation is none.
    package func isInstance(of type: FEELType) -> Bool {
        var steps = FEELLimits.evaluationSteps
        return isInstance(of: type, &steps)
    }

    /// The same, within so many steps.
    func isInstance(of type: FEELType, _ steps: inout Int) -> Bool {
        guard steps > 0 else { return false }
        steps -= 1
        switch (self, type) {
        case (.null, .any): return false
        case (_, .any), (.null, .null), (.boolean, .boolean), (.number, .number),
            (.string, .string), (.date, .date), (.time, .time), (.dateTime, .dateTime),
            (.daysDuration, .daysDuration), (.monthsDuration, .monthsDuration):
            return true
        case (.list(let list), .list(let element)):
            return element == .any
                || list.elements.allSatisfy { $0.conforms(to: element, &steps) }
        case (.context(let context), .context(let fields, _)):
            steps -= min(steps, fields.count * context.count / 8)
            return fields.allSatisfy { field in
                context[field.name].map { $0.conforms(to: field.type, &steps) } ?? false
            }
        case (.range(let range), .range(let element)):
            return [range.start, range.end].allSatisfy { $0.conforms(to: element, &steps) }
        case (.function(let function), .function(let parameters, let result)):
            return function.conforms(to: parameters, result)
        default: return false
        }
    }

    /// Whether it may stand where a value of a type is wanted: null may anywhere.
    package func conforms(to type: FEELType) -> Bool {
        isNull || isInstance(of: type)
    }

    private func conforms(to type: FEELType, _ steps: inout Int) -> Bool {
        isNull || isInstance(of: type, &steps)
    }

    /// What stands for it where a value of a type is wanted: a list of one value for the value, a
    /// value for the list of it, a date for its midnight in UTC; nil when nothing does.
    package func coerced(to type: FEELType) -> FEELValue? {
        var steps = FEELLimits.evaluationSteps
        return coerced(to: type, &steps)
    }

    /// The same, within so many steps.
    func coerced(to type: FEELType, _ steps: inout Int) -> FEELValue? {
        if conforms(to: type, &steps) { return self }
        if case .list(let list) = self, list.elements.count == 1, let only = list.elements.first,
            only.conforms(to: type, &steps)
        {
            return only
        }
        switch (self, type) {
        case (.date(let date), .dateTime):
            return .dateTime(FEELDateTime(date: date, nanoseconds: 0, zone: .utc))
        case (.list, _): return nil
        case (_, .list(let element)) where conforms(to: element, &steps): return .list([self])
        default: return nil
        }
    }
}

extension FEELFunction {
    /// Whether it can be called with such arguments, and gives such a value.
    func conforms(to parameters: [FEELType], _ result: FEELType) -> Bool {
        // The bare word `function` asks for nothing more.
        if parameters.isEmpty, result == .any { return true }
        return parameters.count == parameterTypes.count
            && zip(parameters, parameterTypes).allSatisfy { $0.conforms(to: $1) }
            && resultType.conforms(to: result)
    }
}

extension FEELType {
    /// Whether each value of it is one of another type.
    package func conforms(to other: FEELType) -> Bool {
        switch (self, other) {
        case (_, .any), (.null, _): true
        case (.list(let left), .list(let right)), (.range(let left), .range(let right)):
            left.conforms(to: right)
        case (.context(let left, _), .context(let right, _)):
            right.allSatisfy { field in
                left.contains { $0.name == field.name && $0.type.conforms(to: field.type) }
            }
        case (.function(let left, let leftResult), .function(let right, let rightResult)):
            right.isEmpty && rightResult == .any
                || left.count == right.count
                    && zip(right, left).allSatisfy { $0.conforms(to: $1) }
                    && leftResult.conforms(to: rightResult)
        default: self == other
        }
    }
}
