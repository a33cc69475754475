// SPDX-License-Identifier: Apache-2.0

// One setting of a program. A program declares each once, as a case of an
// enumeration; flags, variables, keys of the file, help texts, `--print-config`,
// errors and the page of the documentation come from that.

/// What a setting is.
package struct Setting: Sendable {
    /// What holds when nobody gives a value.
    package enum Fallback: Sendable {
        /// This value; `shown` tells how the documentation calls it, where it depends on the
        /// machine.
        case value(String, shown: String? = nil)
        /// No value; `shown` says what then happens, in a few words.
        case none(shown: String)
        /// A value must be given, and why.
        case required(String)
    }

    /// What values look like.
    package let kind: SettingKind
    /// What holds without a value.
    package let fallback: Fallback
    /// What it means, as a sentence with its full stop.
    package let meaning: String
    /// Whether values are kept out of messages and of `--print-config`.
    package let isSecret: Bool

    /// Declares a setting.
    package init(
        _ kind: SettingKind,
        _ fallback: Fallback,
        _ meaning: String,
        isSecret: Bool = false
    ) {
        self.kind = kind
        self.fallback = fallback
        self.meaning = meaning
        self.isSecret = isSecret
    }

    /// The fallback for people.
    package var shownFallback: String {
        switch fallback {
        case .value(let value, let shown): shown ?? value
        case .none(let shown): shown
        case .required: "required"
        }
    }

    /// The meaning and the fallback, for a help text.
    package var help: String {
        if case .required = fallback { return "\(meaning) Required." }
        return "\(meaning) (default: \(shownFallback))"
    }

    /// A value for people: of secrets only that there is one.
    func shown(_ value: String) -> String { isSecret ? "(secret)" : value }
}

/// The settings of a program. The raw value is the name as the file has it, such as `tls_cert`.
package protocol SettingName: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// The program that has them, such as "vigied".
    static var program: String { get }
    /// What the setting is.
    var setting: Setting { get }
}

extension SettingName {
    /// The setting as a flag, such as `--tls-cert`.
    package var flag: String { "--" + flagName }

    /// The flag without its dashes.
    package var flagName: String { rawValue.replacing("_", with: "-") }

    /// The setting as a variable of the environment, such as `VIGIED_TLS_CERT`.
    package var environmentVariable: String { Self.variable(rawValue) }

    /// The variable that names the file of settings, such as `VIGIED_CONFIG`.
    package static var fileVariable: String { variable("config") }

    /// All settings as a table of Markdown.
    package static var table: String {
        let rows = allCases.map { name in
            let kind = name.setting.kind
            let value = kind.isSwitch ? "" : " \(kind.valueName.uppercased())"
            let cells = [
                "`\(name.flag)\(value)`".replacing("|", with: "\\|"),
                "`\(name.environmentVariable)`", "`\(name.rawValue)`",
                name.setting.shownFallback, name.setting.meaning,
            ]
            return "| " + cells.joined(separator: " | ") + " |"
        }
        let head = ["| flag | environment | file | default | meaning |", "|---|---|---|---|---|"]
        return (head + rows).joined(separator: "\n")
    }

    private static func variable(_ name: String) -> String {
        "\(program.uppercased())_\(name.uppercased())"
    }
}
