// SPDX-License-Identifier: Apache-2.0

// A file of settings: one JSON object of texts and whole numbers. A key that is no
// setting is an error, for it is most likely a slip of the pen.

package import CommandFiles
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
        do {
            self.init(bytes: try Self.content(ByteSource.open(path: path)), path: path)
        } catch {
            throw CommandFailure(.badConfiguration, "the file of settings: \(error.message)")
        }
    }

    private static func content(_ source: ByteSource) throws(CommandFailure) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
        defer { buffer.deallocate() }
        var bytes: [UInt8] = []
        while true {
            let count = try source.read(buffer)
            guard count > 0 else { return bytes }
            bytes += buffer.prefix(count)
            guard bytes.count <= ProcessLimits.settingsFileBytes else {
                throw CommandFailure(
                    .badConfiguration,
                    "\(source.name) has more than \(ProcessLimits.settingsFileBytes) bytes"
                )
            }
        }
    }

    /// Takes the content of a file.
    package init(bytes: [UInt8], path: String) {
        self.path = path
        var reader = FlatObjectReader(bytes)
        do throws(FlatObjectReader.Failure) {
            var seen: Set<String> = []
            try reader.readMembers { key, value, place in
                take(key, value, place: place, isRepeated: !seen.insert(key).inserted)
            }
        } catch {
            problems.append(
                "\(path), \(reader.place(of: error.offset)): \(error.message); the file must be a "
                    + "JSON object such as \(Self.example)"
            )
        }
    }

    private mutating func take(
        _ key: String,
        _ value: FlatObjectReader.Value,
        place: String,
        isRepeated: Bool
    ) {
        let here = "\(path), \(place): "
        guard let name = Name(rawValue: key) else {
            problems.append(here + "\(Self.quoted(key)) is no setting; \(Self.advice(key))")
            return
        }
        if isRepeated {
            problems.append(here + "\(Self.quoted(key)) stands there twice")
        }
        switch value {
        case .text(let text) where !name.setting.kind.isNumber: values[name] = text
        case .number(let text) where name.setting.kind.isNumber: values[name] = text
        default:
            badNames.insert(name)
            let form = name.setting.kind.isNumber ? "a whole number, without quotes" : "a text"
            problems.append(here + "\(key) must be \(form)")
        }
    }

    private static func advice(_ key: String) -> String {
        let names = Name.allCases.map(\.rawValue)
        if let name = nearest(names, to: key) { return "did you mean \"\(name)\"?" }
        return "settings are \(names.joined(separator: ", "))"
    }

    private static var example: String {
        let name = Name.allCases.first { !$0.setting.kind.isNumber }
        guard let name, case .value(let value, _) = name.setting.fallback else { return "{}" }
        return "{\"\(name.rawValue)\": \"\(value)\"}"
    }

    /// A foreign text, cut and without what could harm a terminal.
    static func quoted(_ text: String) -> String {
        let shown = text.unicodeScalars.prefix(64).map {
            $0.properties.generalCategory == .control ? "?" : String($0)
        }
        return "\"\(shown.joined())\(text.unicodeScalars.count > 64 ? "…" : "")\""
    }

    /// The name that a mistyped one most likely is: at most a third of it is written otherwise.
    private static func nearest(_ names: [String], to key: String) -> String? {
        let wanted = Array(key.lowercased().utf8)
        guard wanted.count <= 64 else { return nil }
        let distances = names.map { (name: $0, distance: distance(Array($0.utf8), wanted)) }
        let best = distances.min { $0.distance < $1.distance }
        return best.flatMap { $0.distance <= max(wanted.count, 6) / 3 ? $0.name : nil }
    }

    /// Levenshtein distance.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let substituted = diagonal + (byte == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, diagonal + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
