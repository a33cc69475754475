// SPDX-License-Identifier: Apache-2.0

// A JSON or UBJSON document as a tree.

/// A value of a document. Lists of numbers, of which model files are made, stay as compact as the
/// file has them; everything else takes memory in proportion to the file.
package enum DocumentValue: Sendable {
    case null
    case bool(Bool)
    /// One number.
    case number(NumberList)
    case text(String)
    /// A list of numbers only; there is at least one.
    case numbers(NumberList)
    /// A list of anything.
    case list([DocumentValue])
    case object(DocumentObject)

    /// What the value is, for messages.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .text: "a text"
        case .numbers, .list: "a list"
        case .object: "an object"
        }
    }

    /// One number, as a text writes it; whoever makes it has seen that it does.
    package static func number(written text: String) -> DocumentValue {
        let bytes = Array(text.utf8)
        return .number(NumberList(count: 1, bytes: bytes[...], encoding: .text))
    }

    /// The elements of a list; nil if it is none.
    package var elements: [DocumentValue]? {
        switch self {
        case .numbers(let numbers): numbers.separate.map { .number($0) }
        case .list(let elements): elements
        default: nil
        }
    }
}
