// SPDX-License-Identifier: Apache-2.0

// Where settings come from: command line before environment before file. What none
// of them has is left to the defaults.

internal import Configuration
internal import FoundationEssentials

/// The sources of settings, the strongest first.
package struct SettingSources: Sendable {
    private static let environmentPrefix = "VIGIED_"

    private struct Source: Sendable {
        let name: @Sendable (SettingKey) -> String
        let snapshot: any ConfigSnapshot
    }

    private var sources: [Source] = []

    /// A value and where it comes from.
    package struct Found: Sendable, Equatable {
        /// The value; of numbers in decimal.
        package let text: String
        /// Where it comes from, such as "flag --listen".
        package let origin: String
    }

    /// Reads the file, if there is one.
    ///
    /// - Parameters:
    ///   - flags: Values from the command line.
    ///   - environment: The process's environment.
    ///   - configPath: The file; nil means the one that VIGIED_CONFIG names, if any.
    /// - Throws: A bad configuration when the file cannot be read, is no JSON object or has a
    ///   key that is no setting.
    package init(
        flags: [SettingKey: String],
        environment: [String: String],
        configPath: String?
    ) throws(DaemonFailure) {
        let flagValues = flags.map { key, value in
            (AbsoluteConfigKey([key.rawValue]), Self.value(value, of: key))
        }
        let flagProvider = InMemoryProvider(
            values: Dictionary(flagValues, uniquingKeysWith: { first, _ in first })
        )
        sources.append(Source(name: { "flag \($0.flag)" }, snapshot: flagProvider.snapshot()))

        // Variables that are no setting are no error: Kubernetes, for one, gives a process
        // VIGIED_PORT and the like when a service of that name exists.
        let stripped = environment.compactMap { name, value in
            name.hasPrefix(Self.environmentPrefix)
                ? (String(name.dropFirst(Self.environmentPrefix.count)), value) : nil
        }
        let variables = EnvironmentVariablesProvider(
            environmentVariables: Dictionary(stripped, uniquingKeysWith: { first, _ in first })
        )
        sources.append(
            Source(
                name: { "environment \($0.environmentVariable)" },
                snapshot: variables.snapshot()
            )
        )

        let path = configPath ?? environment[Self.environmentPrefix + "CONFIG"]
        if let path, !path.isEmpty {
            sources.append(
                Source(name: { "file \(path), \($0.rawValue)" }, snapshot: try Self.file(path))
            )
        }
    }

    /// The value of a setting from the strongest source that has it.
    ///
    /// - Throws: A bad configuration when it is of the wrong type.
    package func value(of key: SettingKey) throws(DaemonFailure) -> Found? {
        for source in sources {
            do {
                let type: ConfigType = key.isNumber ? .int : .string
                let found = try source.snapshot.value(
                    forKey: AbsoluteConfigKey([key.rawValue]),
                    type: type
                )
                switch found.value?.content {
                case .string(let text): return Found(text: text, origin: source.name(key))
                case .int(let number): return Found(text: "\(number)", origin: source.name(key))
                default: continue
                }
            } catch {
                throw DaemonFailure(
                    .badConfiguration,
                    "\(source.name(key)) must be \(key.isNumber ? "a whole number" : "a text")."
                )
            }
        }
        return nil
    }

    private static func value(_ text: String, of key: SettingKey) -> ConfigValue {
        if key.isNumber, let number = Int(text) {
            return ConfigValue(.int(number), isSecret: false)
        }
        return ConfigValue(.string(text), isSecret: false)
    }

    private static func file(_ path: String) throws(DaemonFailure) -> JSONSnapshot {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DaemonFailure(.badConfiguration, "The file \(path) (--config) cannot be read.")
        }
        do {
            let keys = try JSONDecoder().decode([String: AnyJSON].self, from: data).keys
            for key in keys.sorted() where SettingKey(rawValue: key) == nil {
                let known = SettingKey.allCases.map(\.rawValue).joined(separator: ", ")
                throw DaemonFailure(
                    .badConfiguration,
                    "The file \(path) has \"\(key)\", which is no setting. Settings are: \(known)."
                )
            }
            return try JSONSnapshot(
                data: data.bytes,
                providerName: path,
                parsingOptions: .default
            )
        } catch let failure as DaemonFailure {
            throw failure
        } catch {
            throw DaemonFailure(
                .badConfiguration,
                "The file \(path) (--config) is no JSON object of settings, such as "
                    + "{\"listen\": \"127.0.0.1:7443\"}."
            )
        }
    }
}

/// Any JSON value, unread.
private struct AnyJSON: Decodable {
    init(from decoder: any Decoder) {}
}
