// SPDX-License-Identifier: Apache-2.0

// A JSON document to be written; one that is read is a `DocumentValue`.

package import ExactTexts

/// Any JSON value.
package indirect enum JSONValue {
    case null
    case bool(Bool)
    case number(Double)
    /// A number in its own digits, which float64 might not hold.
    case digits(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
    /// An object whose keys are names that somebody else gave.
    case named([ExactText: JSONValue])

    /// The document, indented, the keys of each object in the order of their bytes.
    package var text: String {
        var text = ""
        write(to: &text, indent: "\n")
        return text + "\n"
    }

    /// The document in one line, as messages to others have it.
    package var line: String {
        var text = ""
        write(to: &text, indent: nil)
        return text
    }

    /// - Parameter indent: What a new line begins with; nil for all in one line.
    private func write(to text: inout String, indent: String?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let value):
            text += Int64(exactly: value).map { "\($0)" } ?? "\(value)"
        case .digits(let value): text += value
        case .string(let value): Self.write(value, to: &text)
        case .array(let values):
            Self.write(values, "[", "]", to: &text, indent) { value, text, indent in
                value.write(to: &text, indent: indent)
            }
        case .object(let members):
            let keys = members.map { (ExactText($0.key), $0.value) }
            JSONValue.named(Dictionary(uniqueKeysWithValues: keys)).write(to: &text, indent: indent)
        case .named(let members):
            let members = members.sorted { $0.key < $1.key }
            Self.write(members, "{", "}", to: &text, indent) { member, text, indent in
                Self.write(member.key.text, to: &text)
                text += indent == nil ? ":" : ": "
                member.value.write(to: &text, indent: indent)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element],
        _ open: String,
        _ close: String,
        to text: inout String,
        _ indent: String?,
        _ body: (Element, inout String, String?) -> Void
    ) {
        text += open
        let inner = indent.map { $0 + "  " }
        for (place, element) in elements.enumerated() {
            text += (place == 0 ? "" : ",") + (inner ?? "")
            body(element, &text, inner)
        }
        text += (elements.isEmpty ? "" : indent ?? "") + close
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\" + String(scalar)
            case ..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
