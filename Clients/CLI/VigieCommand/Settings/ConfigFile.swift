// SPDX-License-Identifier: Apache-2.0

// The config file: one JSON object of texts. A name that is no setting is an
// error, for it is most likely a slip of the pen.

package import CommandFiles
package import FoundationEssentials

/// Finds and reads the config file.
package enum ConfigFile {
    /// Reads the file that `--config` or the environment names, or else the one in the user's
    /// configuration directory, which may be absent.
    package static func read(
        path: String?,
        environment: [String: String]
    ) throws(CommandFailure) -> [String: String] {
        let named = path ?? environment["VIGIE_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        guard let path = named ?? defaultPath(environment) else { return [:] }
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            if named == nil, !FileManager.default.fileExists(atPath: path) { return [:] }
            throw CommandFailure(
                .usage,
                "cannot read the config file \(path)",
                detail: String(describing: error)
            )
        }
        return try parse(data, path: path)
    }

    /// $XDG_CONFIG_HOME/vigie/config.json, or the same below ~/.config.
    package static func defaultPath(_ environment: [String: String]) -> String? {
        if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") {
            return base + "/vigie/config.json"
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.config/vigie/config.json"
    }

    /// Reads the content of a config file.
    package static func parse(
        _ data: Data,
        path: String
    ) throws(CommandFailure) -> [String: String] {
        let values: [String: String]
        do {
            values = try JSONDecoder().decode([String: String].self, from: data)
        } catch {
            throw CommandFailure(
                .usage,
                "the config file \(path) is not a JSON object of texts",
                hint: "write for example {\"server\": \"scoring.example.com:7443\"}",
                detail: String(describing: error)
            )
        }
        for name in values.keys.sorted() where !Settings.names.contains(name) {
            throw CommandFailure(
                .usage,
                "the config file \(path) has an unknown setting '\(name)'",
                hint: "the settings are \(Settings.names.joined(separator: ", "))"
            )
        }
        return values
    }
}
