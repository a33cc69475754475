// SPDX-License-Identifier: Apache-2.0

// Values of decisions out of what people write in tables and JSON. Numbers are exact, with a point:
// how others write them is never guessed.

internal import DecimalNumbers
package import Documents
package import FEEL
package import Quantities
internal import VigieLimits

/// Makes values of what is written.
package enum PolicyValue {
    /// The value of a cell as one of a type; an empty one is null, lists and contexts are in JSON;
    /// nil if it is none of the type.
    package static func cell(_ text: String, _ type: FEELType) -> FEELValue? {
        guard !text.isEmpty else { return .null }
        switch type {
        case .number: return DecimalNumber(parsing: text.utf8).map(FEELValue.number)
        case .boolean:
            return text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
        case .date: return date(text)
        case .string, .any: return .string(text)
        case .list, .context:
            let bytes = Array(text.utf8)
            guard let value = try? DocumentValue(json: bytes, depthLimit: PolicyLimits.jsonDepth)
            else { return nil }
            return json(value, type)
        default: return nil
        }
    }

    /// A value of JSON as one of a type; nil if it is none.
    package static func json(_ value: DocumentValue, _ type: FEELType) -> FEELValue? {
        switch (value, type) {
        case (.null, _): return .null
        case (.bool(let value), .boolean), (.bool(let value), .any): return .boolean(value)
        case (.number(let number), .number), (.number(let number), .any):
            return DecimalNumber(parsing: number.bytes).map(FEELValue.number)
        case (.text(let text), .number):
            return DecimalNumber(parsing: text.utf8).map(FEELValue.number)
        case (.text(let text), .date): return date(text)
        case (.text(let text), .string), (.text(let text), .any): return .string(text)
        case (.list, .list), (.numbers, .list), (.list, .any), (.numbers, .any):
            let elements = value.elements ?? []
            let values = elements.compactMap { json($0, type.element) }
            return values.count == elements.count ? .list(values) : nil
        case (.object(let object), .context(let fields, _)): return context(object, fields)
        case (.object(let object), .any): return context(object, [])
        default: return nil
        }
    }

    private static func context(
        _ object: DocumentObject,
        _ fields: [FEELType.Field]
    ) -> FEELValue? {
        var context = FEELContext()
        for member in object.members {
            let type = fields.first { $0.name == member.key }?.type ?? .any
            guard let value = json(member.value, type) else { return nil }
            context[member.key] = value
        }
        return .context(context)
    }

    private static func date(_ text: String) -> FEELValue? {
        CalendarDate(text).flatMap { self.date($0) }
    }

    /// The first moment of a day, which is what decisions take for now.
    package static func time(_ day: CalendarDate) -> FEELDateTime? {
        FEELDate(dayNumber: Int(day.dayNumber)).map {
            FEELDateTime(date: $0, nanoseconds: 0, zone: .utc)
        }
    }

    /// A day as a value.
    package static func date(_ day: CalendarDate) -> FEELValue? {
        FEELDate(dayNumber: Int(day.dayNumber)).map(FEELValue.date)
    }
}
