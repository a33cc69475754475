// SPDX-License-Identifier: Apache-2.0

// Takes values out of a document, with errors that say where in it they are.

internal import ExactTexts

/// A value and its path from the root of the document, such as `$.learner.objective.name`.
struct DocumentNode {
    let value: DocumentValue
    let path: String

    /// A member that must be there.
    func member(_ key: String) throws(ModelFormatError) -> DocumentNode {
        guard let member = try optional(key) else { throw malformed("\"\(key)\" is missing") }
        return member
    }

    /// A member, or nil if it is not there or null.
    func optional(_ key: String) throws(ModelFormatError) -> DocumentNode? {
        guard case .object(let members) = value else { throw wrong("an object") }
        guard let member = members[key] else { return nil }
        if case .null = member { return nil }
        return DocumentNode(value: member, path: "\(path).\(key)")
    }

    /// The elements of a list.
    func list() throws(ModelFormatError) -> [DocumentNode] {
        guard let elements = value.elements else { throw wrong("a list") }
        return elements.enumerated().map {
            DocumentNode(value: $1, path: "\(path)[\($0)]")
        }
    }

    /// A text.
    func text() throws(ModelFormatError) -> String {
        guard case .text(let text) = value else { throw wrong("a text") }
        return text
    }

    /// A whole number, also one that is written as a text.
    func integer() throws(ModelFormatError) -> Int {
        switch value {
        case .number(let number): if let integer = number.integers?.first { return integer }
        case .text(let text): if let integer = Array(text.utf8)[...].integer { return integer }
        default: break
        }
        throw wrong("a whole number")
    }

    /// A list of whole numbers; true and false count as 1 and 0.
    func integers() throws(ModelFormatError) -> [Int] {
        switch value {
        case .numbers(let numbers): if let integers = numbers.integers { return integers }
        case .list(let elements):
            var integers: [Int] = []
            for element in elements {
                switch element {
                case .bool(let bool): integers.append(bool ? 1 : 0)
                case .number(let number):
                    guard let integer = number.integers?.first else { break }
                    integers.append(integer)
                default: break
                }
            }
            if integers.count == elements.count { return integers }
        default: break
        }
        throw wrong("a list of whole numbers")
    }

    /// A list of numbers, each the nearest float32.
    func floats() throws(ModelFormatError) -> [Float] {
        switch value {
        case .numbers(let numbers): return numbers.floats
        case .list(let elements):
            let floats = elements.compactMap { element -> Float? in
                if case .number(let number) = element { number.floats.first } else { nil }
            }
            if floats.count == elements.count { return floats }
        default: break
        }
        throw wrong("a list of numbers")
    }

    /// An error here: something else is there.
    func wrong(_ wanted: String) -> ModelFormatError {
        malformed("must be \(wanted), not \(value.kind)")
    }

    /// An error here.
    func malformed(_ message: String) -> ModelFormatError {
        ModelFormatError(code: .malformed, place: path, message: message)
    }

    /// A sound document of a kind we do not read.
    func unsupported(_ message: String) -> ModelFormatError {
        ModelFormatError(code: .unsupported, place: path, message: message)
    }
}
