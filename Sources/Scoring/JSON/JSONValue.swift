// SPDX-License-Identifier: Apache-2.0

// A JSON document as a tree, so that reading it can find every problem with its
// place, and unknown keys, where `Codable` types would stop at the first.

internal import FoundationEssentials
internal import VigieLimits

/// Any JSON value.
indirect enum JSONValue: Codable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The commonest kinds are tried first, since each failed try costs.
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let string = try? container.decode(String.self) {
            self = .string(string)
        } else if container.decodeNil() {
            self = .null
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if var elements = try? decoder.unkeyedContainer() {
            var array: [JSONValue] = []
            while !elements.isAtEnd { array.append(try elements.decode(JSONValue.self)) }
            self = .array(array)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }

    /// What the value is, for messages.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }

    /// Reads a document whose brackets nest no deeper than `ScoringLimits.jsonDepth`.
    static func parse(_ bytes: [UInt8], file: String) throws(BundleError) -> JSONValue {
        guard depth(bytes) <= ScoringLimits.jsonDepth else {
            throw BundleError(
                code: .tooLarge,
                file: file,
                message: "has brackets nested more than \(ScoringLimits.jsonDepth) levels deep."
            )
        }
        do {
            return try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        } catch DecodingError.dataCorrupted(let context) {
            let detail = context.underlyingError.map { " (\($0))" } ?? ""
            throw BundleError(
                file: file,
                path: context.codingPath.reduce("") { path, key in
                    key.intValue.map { "\(path)[\($0)]" }
                        ?? (path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)")
                },
                message: "is not valid JSON: \(context.debugDescription)\(detail)"
            )
        } catch {
            throw BundleError(file: file, message: "is not valid JSON: \(error).")
        }
    }

    /// Greatest number of brackets open at once, outside of texts.
    private static func depth(_ bytes: [UInt8]) -> Int {
        var (depth, greatest) = (0, 0)
        var (isInText, isEscaped) = (false, false)
        for byte in bytes {
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5C {
                    isEscaped = true
                } else if byte == 0x22 {
                    isInText = false
                }
            } else if byte == 0x22 {
                isInText = true
            } else if byte == 0x5B || byte == 0x7B {
                depth += 1
                greatest = max(greatest, depth)
            } else if byte == 0x5D || byte == 0x7D {
                depth -= 1
            }
        }
        return greatest
    }
}
