// SPDX-License-Identifier: Apache-2.0

// The values of FEEL. Null is a value as any other: what cannot be computed is null.

package import DecimalNumbers
internal import VigieLimits

/// A value.
package enum FEELValue: Sendable {
    /// No value.
    case null
    /// True or false.
    case boolean(Bool)
    /// A decimal number.
    case number(DecimalNumber)
    /// A text.
    case string(String)
    /// A day of the calendar.
    case date(FEELDate)
    /// A time of the day.
    case time(FEELTime)
    /// A day and a time of it.
    case dateTime(FEELDateTime)
    /// A length of time in days, hours, minutes and seconds.
    case daysDuration(FEELDaysDuration)
    /// A length of time in years and months.
    case monthsDuration(FEELMonthsDuration)
    /// Values in order.
    case list(FEELList)
    /// Values by name.
    case context(FEELContext)
    /// What lies between two values.
    case range(FEELRange)
    /// What can be called.
    case function(FEELFunction)

    /// A list; for values that are known to be few.
    package static func list(_ elements: [FEELValue]) -> FEELValue {
        .list(FEELList(elements))
    }

    /// A number.
    package static func number(_ integer: Int) -> FEELValue {
        .number(DecimalNumber(integer))
    }

    /// Whether there is no value.
    package var isNull: Bool {
        if case .null = self { return true }
        return false
    }

    /// True or false, or nil for any other value.
    package var boolean: Bool? {
        if case .boolean(let value) = self { return value }
        return nil
    }

    /// How deep values are nested in it: 0 for one that holds none.
    var nesting: Int {
        switch self {
        case .list(let list): list.nesting
        case .context(let context): context.nesting
        case .range(let range): range.nesting
        case .function(let function): function.nesting
        default: 0
        }
    }
}

/// Values in order.
package struct FEELList: Sendable {
    /// The values.
    package let elements: [FEELValue]
    /// How deep values are nested in it: one more than the deepest element.
    let nesting: Int

    /// Takes the values.
    package init(_ elements: [FEELValue]) {
        self.elements = elements
        nesting = 1 + (elements.lazy.map(\.nesting).max() ?? 0)
    }
}
