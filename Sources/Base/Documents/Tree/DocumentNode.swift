// SPDX-License-Identifier: Apache-2.0

// Takes values out of a document, with errors that say where in it they are.

/// A value and its path from the root of the document, such as `$.learner.objective.name`.
package struct DocumentNode {
    /// The value.
    package let value: DocumentValue
    /// Where it is.
    package let path: String

    /// A value at a path.
    package init(value: DocumentValue, path: String = "$") {
        self.value = value
        self.path = path
    }

    /// A member that must be there.
    package func member(_ key: String) throws(DocumentError) -> DocumentNode {
        guard let member = try optional(key) else { throw malformed("\"\(key)\" is missing") }
        return member
    }

    /// A member, or nil if it is not there or null.
    package func optional(_ key: String) throws(DocumentError) -> DocumentNode? {
        guard case .object(let object) = value else { throw wrong("an object") }
        guard let member = object[key] else { return nil }
        if case .null = member { return nil }
        return DocumentNode(value: member, path: "\(path).\(key)")
    }

    /// The elements of a list.
    package func list() throws(DocumentError) -> [DocumentNode] {
        guard let elements = value.elements else { throw wrong("a list") }
        return elements.enumerated().map {
            DocumentNode(value: $1, path: "\(path)[\($0)]")
        }
    }

    /// A text.
    package func text() throws(DocumentError) -> String {
        guard case .text(let text) = value else { throw wrong("a text") }
        return text
    }

    /// A whole number, also one that is written as a text.
    package func integer() throws(DocumentError) -> Int {
        switch value {
        case .number(let number): if let integer = number.integers?.first { return integer }
        case .text(let text): if let integer = Array(text.utf8)[...].integer { return integer }
        default: break
        }
        throw wrong("a whole number")
    }

    /// A list of whole numbers; true and false count as 1 and 0.
    package func integers() throws(DocumentError) -> [Int] {
        switch value {
        case .numbers(let numbers): if let integers = numbers.integers { return integers }
        case .list(let elements):
            let integers = elements.compactMap(\.integer)
            if integers.count == elements.count { return integers }
        default: break
        }
        throw wrong("a list of whole numbers")
    }

    /// A list of numbers, each the nearest float32.
    package func floats() throws(DocumentError) -> [Float] {
        switch value {
        case .numbers(let numbers): return numbers.floats
        case .list(let elements):
            let floats = elements.compactMap(\.float)
            if floats.count == elements.count { return floats }
        default: break
        }
        throw wrong("a list of numbers")
    }

    /// An error here: something else is there.
    package func wrong(_ wanted: String) -> DocumentError {
        malformed("must be \(wanted), not \(value.kind)")
    }

    /// An error here.
    package func malformed(_ message: String) -> DocumentError {
        DocumentError(code: .malformed, place: path, message: message)
    }

    /// A sound document of a kind we do not read.
    package func unsupported(_ message: String) -> DocumentError {
        DocumentError(code: .unsupported, place: path, message: message)
    }
}

extension DocumentValue {
    /// A whole number; true and false count as 1 and 0.
    fileprivate var integer: Int? {
        switch self {
        case .bool(let bool): bool ? 1 : 0
        case .number(let number): number.integers?.first
        default: nil
        }
    }

    /// A number, the nearest float32.
    fileprivate var float: Float? {
        if case .number(let number) = self { number.floats.first } else { nil }
    }
}
