// SPDX-License-Identifier: Apache-2.0

// A file of settings: one JSON object of texts and whole numbers. A key that is no
// setting is an error, for it is most likely a slip of the pen.

package import CommandFiles
internal import Documents
internal import VigieLimits

/// What a file says, and what is wrong with it.
package struct SettingsFile<Name: SettingName>: Sendable {
    /// Where the file is.
    package let path: String
    private(set) var values: [Name: String] = [:]
    private(set) var problems: [String] = []
    /// Settings whose values cannot be used.
    private(set) var badNames: Set<Name> = []

    /// Reads the file that a flag or the environment names; nil when neither does.
    ///
    /// - Throws: A bad configuration when it cannot be read.
    package static func named(
        _ path: String?,
        environment: [String: String]
    ) throws(CommandFailure) -> SettingsFile? {
        guard let path = path ?? environment[Name.fileVariable], !path.isEmpty else { return nil }
        return try SettingsFile(path: path)
    }

    /// Reads a file.
    ///
    /// - Throws: A bad configuration when it cannot be read.
    package init(path: String) throws(CommandFailure) {
        let bytes: [UInt8]
        do {
            bytes = try SmallFile.bytes(path: path, bytesMax: ProcessLimits.settingsFileBytes)
        } catch {
            throw CommandFailure(.badConfiguration, "the file of settings: \(error.message)")
        }
        self.init(bytes: bytes, path: path)
    }

    /// Takes the content of a file.
    package init(bytes: [UInt8], path: String) {
        self.path = path
        var seen: Set<String> = []
        bytes.withUnsafeBytes { text in
            var scanner = JSONObjectScanner(text)
            do throws(JSONFault) {
                while let (key, value) = try scanner.next() {
                    let place = DocumentValue.place(of: scanner.offset, inLinesOf: bytes)
                    let here = "\(path), \(place): "
                    guard let name = Name(rawValue: key) else {
                        let advice = Self.advice(key)
                        problems.append(here + "\(quoted(key)) is no setting; \(advice)")
                        continue
                    }
                    if !seen.insert(key).inserted {
                        problems.append(here + "\(quoted(key)) stands there twice")
                    }
                    take(name, value, of: text, here)
                }
            } catch {
                let place = DocumentValue.place(of: error.offset, inLinesOf: bytes)
                problems.append(
                    "\(path), \(place): \(error.message); the file must be a JSON object such as "
                        + Self.example
                )
            }
        }
    }

    private mutating func take(
        _ name: Name,
        _ value: JSONObjectScanner.Value,
        of text: UnsafeRawBufferPointer,
        _ here: String
    ) {
        switch value {
        case .text(let text) where !name.setting.kind.isNumber: values[name] = text
        case .number(_, let range) where name.setting.kind.isNumber:
            values[name] = String(decoding: text[range], as: UTF8.self)
        case .other(let range)
        where name.setting.kind.isSwitch && Self.isTruth(text[range]):
            values[name] = String(decoding: text[range], as: UTF8.self)
        case .other(let range) where name.setting.kind.isList:
            guard let list = Self.list(text[range]) else { fallthrough }
            values[name] = list
        default:
            badNames.insert(name)
            let form =
                name.setting.kind.isNumber
                ? "a whole number, without quotes"
                : name.setting.kind.isList
                    ? "a text, or a list of texts"
                    : name.setting.kind.isSwitch ? "true or false" : "a text"
            problems.append(here + "\(name.rawValue) must be \(form)")
        }
    }

    private static func isTruth(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        bytes.elementsEqual("true".utf8) || bytes.elementsEqual("false".utf8)
    }

    /// A list of texts, with commas between them; nil for anything else.
    private static func list(_ bytes: Slice<UnsafeRawBufferPointer>) -> String? {
        guard let value = try? DocumentValue(json: Array(bytes), depthLimit: 1),
            let elements = value.elements, !elements.isEmpty
        else { return nil }
        var texts: [String] = []
        for case .text(let text) in elements { texts.append(text) }
        return texts.count == elements.count ? texts.joined(separator: ",") : nil
    }

    private static func advice(_ key: String) -> String {
        let names = Name.allCases.map(\.rawValue)
        if let name = NearestName.among(names, to: key) { return "did you mean \"\(name)\"?" }
        return "settings are \(names.joined(separator: ", "))"
    }

    private static var example: String {
        let name = Name.allCases.first { !$0.setting.kind.isNumber }
        guard let name, case .value(let value, _) = name.setting.fallback else { return "{}" }
        return "{\"\(name.rawValue)\": \"\(value)\"}"
    }
}
