// SPDX-License-Identifier: Apache-2.0

// Which types go together. What is not known goes with all.

extension FEELType {
    /// The type of a value.
    init(of value: FEELValue) {
        self =
            switch value {
            case .null: .null
            case .boolean: .boolean
            case .number: .number
            case .string: .string
            case .date: .date
            case .time: .time
            case .dateTime: .dateTime
            case .daysDuration: .daysDuration
            case .monthsDuration: .monthsDuration
            case .list: .list(.any)
            case .context: .context([], isOpen: true)
            case .range: .range(.any)
            case .function: .function([], .any)
            }
    }

    /// Whether it is a list.
    var isListLike: Bool {
        if case .list = self { return true }
        return false
    }

    private var isVague: Bool { self == .any || self == .null }

    /// Whether values of the types can be compared at all.
    static func canCompare(
        _ comparison: FEELComparison,
        _ left: FEELType,
        _ right: FEELType
    ) -> Bool {
        if left == .any || right == .any || left == .null || right == .null { return true }
        if comparison == .equal || comparison == .notEqual {
            return left.kind == right.kind || left.isListLike && left.element == .any
                || right.isListLike && right.element == .any
        }
        switch left {
        case .number, .string, .date, .time, .dateTime, .daysDuration, .monthsDuration:
            return left == right
        default: return false
        }
    }

    /// A number for each kind of type, whatever it holds.
    private var kind: Int {
        switch self {
        case .any: 0
        case .null: 1
        case .boolean: 2
        case .number: 3
        case .string: 4
        case .date: 5
        case .time: 6
        case .dateTime: 7
        case .daysDuration: 8
        case .monthsDuration: 9
        case .list: 10
        case .context: 11
        case .range: 12
        case .function: 13
        }
    }

    /// The type of the result; nil when there is none for such operands.
    static func result(of sign: Arithmetic, _ left: FEELType, _ right: FEELType) -> FEELType? {
        if left.isVague || right.isVague { return .any }
        switch (sign, left, right) {
        case (_, .number, .number): return .number
        case (.add, .string, .string): return .string
        case (.subtract, .date, .date), (.subtract, .dateTime, .dateTime),
            (.subtract, .time, .time), (.subtract, .date, .dateTime), (.subtract, .dateTime, .date):
            return .daysDuration
        case (.add, .date, .daysDuration), (.add, .date, .monthsDuration),
            (.add, .daysDuration, .date), (.add, .monthsDuration, .date),
            (.subtract, .date, .daysDuration), (.subtract, .date, .monthsDuration):
            return .date
        case (.add, .dateTime, .daysDuration), (.add, .dateTime, .monthsDuration),
            (.add, .daysDuration, .dateTime), (.add, .monthsDuration, .dateTime),
            (.subtract, .dateTime, .daysDuration), (.subtract, .dateTime, .monthsDuration):
            return .dateTime
        case (.add, .time, .daysDuration), (.add, .daysDuration, .time),
            (.subtract, .time, .daysDuration):
            return .time
        case (.add, .daysDuration, .daysDuration), (.subtract, .daysDuration, .daysDuration),
            (.multiply, .daysDuration, .number), (.multiply, .number, .daysDuration),
            (.divide, .daysDuration, .number):
            return .daysDuration
        case (.add, .monthsDuration, .monthsDuration),
            (.subtract, .monthsDuration, .monthsDuration),
            (.multiply, .monthsDuration, .number), (.multiply, .number, .monthsDuration),
            (.divide, .monthsDuration, .number):
            return .monthsDuration
        case (.divide, .daysDuration, .daysDuration), (.divide, .monthsDuration, .monthsDuration):
            return .number
        default: return nil
        }
    }

    /// What both are: the type itself if it is the same, fields of both for contexts.
    func merged(with other: FEELType) -> FEELType {
        if self == other || other == .null { return self }
        if self == .null { return other }
        switch (self, other) {
        case (.context(let left, let isLeftOpen), .context(let right, let isRightOpen)):
            // Beyond so many names are not told apart; they are looked up where they are needed.
            guard left.count + right.count <= 256 else { return .context(left, isOpen: true) }
            var fields = left
            for field in right {
                if let index = fields.firstIndex(where: { $0.name == field.name }) {
                    let type = fields[index].type.merged(with: field.type)
                    fields[index] = Field(field.name, type)
                } else {
                    fields.append(field)
                }
            }
            return .context(fields, isOpen: isLeftOpen || isRightOpen)
        case (.list(let left), .list(let right)): return .list(left.merged(with: right))
        case (.range(let left), .range(let right)): return .range(left.merged(with: right))
        default: return .any
        }
    }
}
