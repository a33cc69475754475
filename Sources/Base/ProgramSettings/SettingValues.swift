// SPDX-License-Identifier: Apache-2.0

// The values of a program's settings: flags before environment before file before
// defaults. All that is wrong is told at once.

package import CommandFiles
internal import Documents

/// Values, each with its origin.
package struct SettingValues<Name: SettingName>: Sendable {
    private struct Found: Sendable {
        let text: String
        let origin: String
    }

    private struct Problem: Sendable {
        let text: String
        /// Whether the command line is at fault.
        let isUsage: Bool
    }

    private var found: [Name: Found] = [:]
    private var problems: [Problem] = []

    /// Takes values from their sources. An empty variable is as good as none, and variables that
    /// are no setting are no error: Kubernetes, for one, gives a process VIGIED_PORT and the like
    /// when a service of that name exists.
    package init(
        flags: [Name: String],
        environment: [String: String],
        file: SettingsFile<Name>?
    ) {
        problems = file?.problems.map { Problem(text: $0, isUsage: false) } ?? []
        for name in Name.allCases {
            if let text = flags[name] {
                take(name, text, origin: "flag \(name.flag)", isUsage: true)
            } else if let text = environment[name.environmentVariable], !text.isEmpty {
                take(name, text, origin: "environment \(name.environmentVariable)")
            } else if let file, let text = file.values[name] {
                take(name, text, origin: "file \(file.path), \(name.rawValue)")
            } else if case .required(let reason) = name.setting.fallback,
                file?.badNames.contains(name) != true
            {
                problems.append(Problem(text: "\(name.flag) is missing: \(reason)", isUsage: false))
            }
        }
    }

    private mutating func take(
        _ name: Name,
        _ text: String,
        origin: String,
        isUsage: Bool = false
    ) {
        let setting = name.setting
        let shown = setting.isSecret ? "the value" : quoted(text)
        // Where the system reads a path, a zero ends it.
        let problem = text.utf8.contains(0) ? "there is a zero byte in the value" : nil
        if let problem = problem ?? setting.kind.problem(text, shown) {
            problems.append(Problem(text: "\(origin): \(problem)", isUsage: isUsage))
            return
        }
        found[name] = Found(text: text, origin: origin)
    }

    /// Fails with all that is wrong.
    ///
    /// - Throws: Wrong usage when only flags are at fault, else a bad configuration.
    package func check() throws(CommandFailure) {
        guard !problems.isEmpty else { return }
        throw CommandFailure(
            problems.allSatisfy(\.isUsage) ? .usage : .badConfiguration,
            problems.map(\.text).joined(separator: "\n  ")
        )
    }

    /// A value, or the default; nil when there is neither.
    package func optional(_ name: Name) -> String? {
        if let found = found[name] { return found.text }
        if case .value(let value, _) = name.setting.fallback { return value }
        return nil
    }

    /// Whether somebody gives a value, which is not the default.
    package func isChanged(_ name: Name) -> Bool {
        guard let text = found[name]?.text else { return false }
        if case .value(text, _) = name.setting.fallback { return false }
        return true
    }

    /// A value, or the default, of a setting that has one or is required.
    package func text(_ name: Name) -> String { optional(name) ?? "" }

    /// Whether a setting is on.
    package func isOn(_ name: Name) -> Bool { text(name) == "true" }

    /// A whole number; one that `check()` has let pass is in the range of the setting.
    package func number(_ name: Name) -> Int { Int(text(name)) ?? 0 }

    /// Each setting as "name = value (origin)".
    package var lines: [String] {
        Name.allCases.map { name in
            guard let found = found[name] else {
                return
                    "\(name.rawValue) = \(optional(name) ?? name.setting.shownFallback) (default)"
            }
            return "\(name.rawValue) = \(name.setting.shown(found.text)) (\(found.origin))"
        }
    }
}
