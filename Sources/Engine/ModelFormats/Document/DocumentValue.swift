// SPDX-License-Identifier: Apache-2.0

// A JSON or UBJSON document as a tree.

package import ExactTexts

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
    case object([ExactText: DocumentValue])

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

    /// The elements of a list; nil if it is none.
    package var elements: [DocumentValue]? {
        switch self {
        case .numbers(let numbers): numbers.separate.map { .number($0) }
        case .list(let elements): elements
        default: nil
        }
    }

    /// Reads a JSON document (RFC 8259), whose keys must differ within an object.
    ///
    /// - Parameters:
    ///   - json: The whole document.
    ///   - depthLimit: Levels of brackets that it may have.
    ///   - allowsNonFinite: Whether `NaN`, `Infinity` and `-Infinity` are numbers.
    /// - Throws: An error at a line and column; of code `unsupported` if the nesting is too deep.
    package init(
        json: [UInt8],
        depthLimit: Int,
        allowsNonFinite: Bool = false
    ) throws(ModelFormatError) {
        var parser = JSONParser(json, depthLimit: depthLimit, allowsNonFinite: allowsNonFinite)
        self = try parser.parseDocument()
    }

    /// Reads a UBJSON document (draft 12), whose keys must differ within an object.
    ///
    /// - Parameters:
    ///   - ubjson: The whole document.
    ///   - depthLimit: Levels of brackets that it may have.
    /// - Throws: An error at a byte, counted from 0; of code `unsupported` if the nesting is too
    ///   deep.
    package init(ubjson: [UInt8], depthLimit: Int) throws(ModelFormatError) {
        var parser = UBJSONParser(ubjson, depthLimit: depthLimit)
        self = try parser.parseDocument()
    }
}
