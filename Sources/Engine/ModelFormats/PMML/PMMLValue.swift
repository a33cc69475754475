// SPDX-License-Identifier: Apache-2.0

// What a register of a PMML model holds.

internal import Documents
internal import ExactTexts

/// The texts that a field's numbers stand for, 0 being the first; -1 is a text that none knows.
///
/// Grows with the texts that the model names, so that each has a number.
final class PMMLTexts {
    /// The texts.
    private(set) var list: [String] = []
    private var numbers: [ExactText: Int] = [:]

    /// Texts, in order.
    init(_ texts: [String] = []) {
        for text in texts { _ = number(of: text) }
    }

    /// The number of a text, which is added if it is new.
    func number(of text: String) -> Double {
        if let number = numbers[text] { return Double(number) }
        numbers[text] = list.count
        list.append(text)
        return Double(list.count - 1)
    }
}

/// A register and how to read it.
struct PMMLValue {
    /// What a register holds.
    enum Kind {
        case double
        /// A number that is rounded to float32.
        case float
        case integer
        /// 1 or 0.
        case boolean
        /// The number of a text.
        case text(PMMLTexts)
    }

    /// The register.
    var register: Int
    /// What it holds.
    var kind: Kind

    /// The texts, if it holds one.
    var texts: PMMLTexts? {
        if case .text(let texts) = kind { texts } else { nil }
    }

    /// Whether it holds a whole number.
    var isInteger: Bool {
        if case .integer = kind { true } else { false }
    }

    /// The number that a text of the model stands for, where this value is compared with it or
    /// takes its place.
    func literal(_ text: String, _ element: XMLElement) throws(ModelFormatError) -> Double {
        try kind.literal(text, element)
    }
}

extension PMMLValue.Kind {
    /// The kind of a `dataType`.
    init(dataType: String, texts: @autoclosure () -> PMMLTexts, _ element: XMLElement)
        throws(ModelFormatError)
    {
        switch dataType {
        case "double": self = .double
        case "float": self = .float
        case "integer": self = .integer
        case "boolean": self = .boolean
        case "string": self = .text(texts())
        default: throw element.unsupported("dataType \"\(dataType.prefix(40))\" is not supported")
        }
    }

    /// The number that a text of the model stands for.
    func literal(_ text: String, _ element: XMLElement) throws(ModelFormatError) -> Double {
        switch self {
        case .text(let texts): return texts.number(of: text)
        case .boolean:
            switch text.lowercased() {
            case "true": return 1
            case "false": return 0
            default: break
            }
        default: break
        }
        // Infinity is a number here: models of LightGBM have splits at it.
        guard let number = Array(text.utf8)[...].trimmed.double, !number.isNaN else {
            throw element.malformed("\"\(text.prefix(40))\" is not a number")
        }
        if case .float = self { return Double(Float(number)) }
        return number
    }
}
