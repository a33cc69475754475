// SPDX-License-Identifier: Apache-2.0

// Types, as far as they are known before anything is evaluated.

/// The type of a value.
package indirect enum FEELType: Sendable, Hashable {
    /// Any value; what is not known.
    case any
    /// No value.
    case null
    /// True or false.
    case boolean
    /// A decimal number.
    case number
    /// A text.
    case string
    /// A day of the calendar.
    case date
    /// A time of the day.
    case time
    /// A day and a time of it.
    case dateTime
    /// Days, hours, minutes and seconds.
    case daysDuration
    /// Years and months.
    case monthsDuration
    /// Values of one type in order.
    case list(FEELType)
    /// Values by name. An open one may have further names.
    case context([Field], isOpen: Bool)
    /// What lies between two values of a type.
    case range(FEELType)
    /// What can be called.
    case function([FEELType], FEELType)

    /// An entry of a context.
    package struct Field: Sendable, Hashable {
        /// Its name.
        package let name: String
        /// The type of its value.
        package let type: FEELType

        /// Takes name and type.
        package init(_ name: String, _ type: FEELType) {
            (self.name, self.type) = (name, type)
        }
    }

    /// Whether nothing can be said of it.
    package var isUnknown: Bool { self == .any }

    /// The type of what a list of it holds; the type itself if it is no list.
    package var element: FEELType {
        if case .list(let element) = self { return element }
        return self
    }

    /// The names of the types that the language has.
    static let builtin: [String: FEELType] = [
        "Any": .any, "Null": .null, "boolean": .boolean, "number": .number, "string": .string,
        "date": .date, "time": .time, "date and time": .dateTime, "dateTime": .dateTime,
        "days and time duration": .daysDuration, "dayTimeDuration": .daysDuration,
        "years and months duration": .monthsDuration, "yearMonthDuration": .monthsDuration,
        "list": .list(.any), "context": .context([], isOpen: true), "range": .range(.any),
        "function": .function([], .any),
    ]

    /// The type of a name of the language, such as `number` or `date and time`; nil for others.
    package init?(name: String) {
        guard let type = Self.builtin[name] else { return nil }
        self = type
    }
}

extension FEELType: CustomStringConvertible {
    /// The type as messages name it.
    package var description: String {
        switch self {
        case .any: "Any"
        case .null: "Null"
        case .boolean: "boolean"
        case .number: "number"
        case .string: "string"
        case .date: "date"
        case .time: "time"
        case .dateTime: "date and time"
        case .daysDuration: "days and time duration"
        case .monthsDuration: "years and months duration"
        case .list(let element): element == .any ? "list" : "list<\(element)>"
        case .context: "context"
        case .range(let element): element == .any ? "range" : "range<\(element)>"
        case .function: "function"
        }
    }
}
