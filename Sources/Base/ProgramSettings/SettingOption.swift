// SPDX-License-Identifier: Apache-2.0

// Settings as options of a command line. The argument parser finds options by the
// properties of a type, so each setting needs a property; its name, help and
// completion come from the list, and a test holds that none is forgotten.

package import ArgumentParser

extension Option where Value == String? {
    /// The option of a setting. The property must have the setting's name, in camel case.
    package init(_ name: some SettingName) {
        self.init(
            name: .customLong(name.flagName),
            help: .init("\(name.setting.help)", valueName: name.setting.kind.valueName),
            completion: name.setting.kind.completion.ofArgumentParser
        )
    }
}

extension Option where Value == [String] {
    /// The option of a setting that has several values.
    package init(_ name: some SettingName) {
        self.init(
            wrappedValue: [],
            name: .customLong(name.flagName),
            help: .init("\(name.setting.help)", valueName: name.setting.kind.valueName),
            completion: name.setting.kind.completion.ofArgumentParser
        )
    }
}

extension Flag where Value == Bool {
    /// The flag of a setting that is on or off, off when it is not given.
    package init(wrappedValue: Bool, _ name: some SettingName) {
        self.init(
            wrappedValue: wrappedValue,
            name: .customLong(name.flagName),
            help: .init("\(name.setting.meaning)")
        )
    }
}

extension ParsableArguments {
    /// The values that the command line gives to settings.
    package func givenSettings<Name: SettingName>(_: Name.Type = Name.self) -> [Name: String] {
        var given: [Name: String] = [:]
        for child in Mirror(reflecting: self).children {
            guard let label = child.label, let name = Self.setting(label, of: Name.self)
            else { continue }
            if let option = child.value as? Option<String?> { given[name] = option.wrappedValue }
            if let option = child.value as? Option<[String]>, !option.wrappedValue.isEmpty {
                given[name] = option.wrappedValue.joined(separator: ",")
            }
            if let flag = child.value as? Flag<Bool>, flag.wrappedValue { given[name] = "true" }
        }
        return given
    }

    /// The setting of a property: `_tlsCert` is `tls_cert`.
    private static func setting<Name: SettingName>(_ label: String, of: Name.Type) -> Name? {
        let words = label.dropFirst().map { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" }
        return Name(rawValue: words.joined())
    }
}

extension SettingKind.Completion {
    fileprivate var ofArgumentParser: CompletionKind {
        switch self {
        case .none: .default
        case .file: .file()
        case .directory: .directory
        case .words(let words): .list(words)
        }
    }
}
