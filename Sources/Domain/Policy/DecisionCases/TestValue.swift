// SPDX-License-Identifier: Apache-2.0

// Values of tests. One whose type is not told takes that of what it is for.

internal import DecimalNumbers
internal import Documents
internal import FEEL
internal import VigieLimits

/// A value of a test.
indirect enum TestValue: Sendable {
    case value(FEELValue)
    /// A text whose type is not told.
    case untyped(String)
    case list([TestValue])
    case context([(name: String, value: TestValue)])

    /// Reads what is in an element.
    init(_ element: XMLElement, _ zones: FEELZones, depth: Int = 0) throws(DocumentError) {
        guard depth <= DecisionLimits.boxedNesting else {
            throw element.unsupported(
                "values are nested deeper than \(DecisionLimits.boxedNesting)"
            )
        }
        if Self.isNull(element) {
            self = .value(.null)
        } else if let value = element.child("value") {
            self = Self.isNull(value) ? .value(.null) : try Self.single(value, zones)
        } else if let list = element.child("list") {
            guard !Self.isNull(list) else {
                self = .value(.null)
                return
            }
            var items: [TestValue] = []
            for item in list.children("item") {
                items.append(try TestValue(item, zones, depth: depth + 1))
            }
            self = .list(items)
        } else {
            var entries: [(name: String, value: TestValue)] = []
            for component in element.children("component") {
                let value = try TestValue(component, zones, depth: depth + 1)
                entries.append((try component.required("name"), value))
            }
            self = entries.isEmpty ? .value(.null) : .context(entries)
        }
    }

    private static func isNull(_ element: XMLElement) -> Bool {
        let text = element[DecisionTestFile.schemaInstance, "nil"]
        return text == "true" || text == "1"
    }

    private static func single(
        _ element: XMLElement,
        _ zones: FEELZones
    ) throws(DocumentError) -> TestValue {
        guard let type = element[DecisionTestFile.schemaInstance, "type"] else {
            return .untyped(element.wholeText)
        }
        let name = type.split(separator: ":").last.map(String.init) ?? ""
        guard let known = types[name] else {
            throw element.unsupported("values of the type \"\(type.prefix(40))\" are not read")
        }
        guard let value = value(element.wholeText, known, zones) else {
            throw element.malformed("\"\(element.text.prefix(40))\" is no \(type.prefix(40))")
        }
        return .value(value)
    }

    /// Types of XML Schema; any stands for dates, times and durations, which tell themselves.
    private static let types: [String: FEELType] = [
        "string": .string, "boolean": .boolean, "decimal": .number, "double": .number,
        "float": .number, "integer": .number, "int": .number, "long": .number, "short": .number,
        "byte": .number, "date": .any, "time": .any, "dateTime": .any, "duration": .any,
        "dayTimeDuration": .any, "yearMonthDuration": .any,
    ]

    private static func value(
        _ text: String,
        _ type: FEELType,
        _ zones: FEELZones
    ) -> FEELValue? {
        let trimmed = text.trimmed
        switch type {
        case .string: return .string(text)
        case .boolean:
            let isTrue = trimmed == "true" || trimmed == "1"
            return isTrue || trimmed == "false" || trimmed == "0" ? .boolean(isTrue) : nil
        case .number: return DecimalNumber(parsing: trimmed.utf8).map(FEELValue.number)
        default:
            guard !trimmed.contains("\""), !trimmed.contains("\\") else { return nil }
            let program = FEELProgram("@\"\(trimmed)\"", FEELScope(zones: zones))
            guard let value = program.constant, !value.isNull else { return nil }
            return value
        }
    }

    /// The value, as one of a type where nothing is told of its own.
    func value(as type: FEELType, _ zones: FEELZones) -> FEELValue {
        switch self {
        case .value(let value): return value
        case .list(let items):
            return .list(items.map { $0.value(as: type.element, zones) })
        case .context(let entries):
            var fields: [FEELType.Field] = []
            if case .context(let known, _) = type { fields = known }
            return .context(
                FEELContext(
                    entries.map { entry in
                        let field = fields.first { $0.name == entry.name }
                        return (entry.name, entry.value.value(as: field?.type ?? .any, zones))
                    }
                )
            )
        case .untyped(let text): return Self.guessed(text, type, zones)
        }
    }

    /// What is wanted in the place of a value, whose types it takes where none is told.
    func value(like given: FEELValue, _ zones: FEELZones) -> FEELValue {
        switch self {
        case .value(let value): return value
        case .list(let items):
            var others: [FEELValue] = []
            if case .list(let list) = given { others = list.elements }
            return .list(
                items.enumerated().map { index, item in
                    let other = others.indices.contains(index) ? others[index] : .null
                    return item.value(like: other, zones)
                }
            )
        case .context(let entries):
            var other = FEELContext()
            if case .context(let context) = given { other = context }
            return .context(
                FEELContext(
                    entries.map { ($0.name, $0.value.value(like: other[$0.name] ?? .null, zones)) }
                )
            )
        case .untyped(let text):
            return Self.guessed(text, FEELType(name: given.typeName) ?? .any, zones)
        }
    }

    private static func guessed(
        _ text: String,
        _ type: FEELType,
        _ zones: FEELZones
    ) -> FEELValue {
        switch type.element {
        case .string: return .string(text)
        case .boolean, .number:
            return value(text, type.element, zones) ?? .string(text)
        case .date, .time, .dateTime, .daysDuration, .monthsDuration:
            return value(text, .any, zones) ?? .string(text)
        default:
            // What is empty and of no type stands for null, where nothing else is known.
            if text.isEmpty { return .null }
            let known = [FEELType.number, .boolean].lazy.compactMap { value(text, $0, zones) }
            return known.first ?? .string(text)
        }
    }
}

extension String {
    /// Without blanks around it.
    fileprivate var trimmed: String {
        let isBlank = { (byte: UInt8) in byte <= 0x20 }
        let front = utf8.drop(while: isBlank)
        return String(decoding: front.reversed().drop(while: isBlank).reversed(), as: UTF8.self)
    }
}
