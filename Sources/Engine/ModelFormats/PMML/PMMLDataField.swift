// SPDX-License-Identifier: Apache-2.0

// The data dictionary: which values a field can have.

internal import Documents
internal import Formulas

/// A field of the data dictionary.
struct PMMLDataField {
    /// An interval of numbers; a margin that is missing is infinite.
    struct Interval {
        var low = -Double.infinity
        var high = Double.infinity
        var lowIsOpen = false
        var highIsOpen = false
    }

    /// Where it is declared.
    let element: XMLElement
    /// What its register holds.
    let kind: PMMLValue.Kind
    /// Whether its values are in an order, so that texts can be compared.
    let isOrdinal: Bool
    /// Values that are listed as valid, as texts and as numbers.
    private(set) var validTexts: [String] = []
    private(set) var valid: [Double] = []
    /// Values that stand for invalid ones and for missing ones.
    private(set) var invalid: [Double] = []
    private(set) var missing: [Double] = []
    /// Intervals of valid values.
    private(set) var intervals: [Interval] = []

    /// A test of a register for the values that a field lists.
    struct List: Hashable {
        enum Property { case valid, invalid, missing }

        let field: String
        let property: Property
        let register: Int
    }

    /// Reads a `DataField`.
    init(_ element: XMLElement) throws(ModelFormatError) {
        try element.allowChildren(["Value", "Interval", "Taxonomy"])
        self.element = element
        isOrdinal = element["optype"] == "ordinal"
        if element["isCyclic"].map({ $0 != "0" }) ?? false {
            throw element.unsupported("cyclic fields are not supported")
        }
        let dataType = try element.required("dataType")
        kind = try PMMLValue.Kind(dataType: dataType, texts: PMMLTexts(), element)
        // Valid texts first, so that 0 is the first of them.
        let values = element.children("Value")
        for value in values where (value["property"] ?? "valid") == "valid" {
            validTexts.append(try value.required("value"))
            valid.append(try kind.literal(try value.required("value"), value))
        }
        for value in values {
            let property = value["property"] ?? "valid"
            if property == "valid" { continue }
            // A word for a missing number need not be a number: it then comes as no number.
            guard let number = try? kind.literal(try value.required("value"), value) else {
                continue
            }
            switch property {
            case "invalid": invalid.append(number)
            case "missing": missing.append(number)
            default: throw value.malformed("property=\"\(property.prefix(40))\"")
            }
        }
        for interval in element.children("Interval") { intervals.append(try .init(interval)) }
    }

    /// The name and texts of the input that the field is.
    func input(_ name: String) -> ModelProgram.Input {
        switch kind {
        case .text(let texts):
            .init(name: name, categories: .init(texts: texts.list, unknown: .other))
        case .boolean:
            .init(
                name: name,
                categories: .init([.boolean(false), .boolean(true)], unknown: .notScorable)
            )
        default: .init(name: name)
        }
    }
}

extension PMMLDataField.Interval {
    /// Reads an `Interval`.
    init(_ element: XMLElement) throws(ModelFormatError) {
        self.init()
        low = try element.number("leftMargin") ?? low
        high = try element.number("rightMargin") ?? high
        switch try element.required("closure") {
        case "openOpen": (lowIsOpen, highIsOpen) = (true, true)
        case "openClosed": lowIsOpen = true
        case "closedOpen": highIsOpen = true
        case "closedClosed": break
        case let closure: throw element.malformed("closure=\"\(closure.prefix(40))\"")
        }
    }
}

extension PMMLBuilder {
    /// 1 where the register is inside an interval.
    func isInside(_ interval: PMMLDataField.Interval, _ register: Int) -> Int {
        let low = constant(interval.low)
        let high = constant(interval.high)
        let above = binary(interval.lowIsOpen ? .less : .lessOrEqual, low, register)
        let below = binary(interval.highIsOpen ? .less : .lessOrEqual, register, high)
        if interval.low == -.infinity { return below }
        if interval.high == .infinity { return above }
        return binary(.and, above, below)
    }
}
