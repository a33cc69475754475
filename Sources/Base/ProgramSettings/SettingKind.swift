// SPDX-License-Identifier: Apache-2.0

// What the values of a setting look like.

/// A kind of values, as text: settings are texts until a program reads them.
package struct SettingKind: Sendable {
    /// What a shell can complete a value with.
    package enum Completion: Sendable, Equatable {
        /// Nothing.
        case none
        /// Paths of files.
        case file
        /// Paths of directories.
        case directory
        /// These words.
        case words([String])
    }

    /// What a help text calls a value, such as "file".
    package let valueName: String
    /// What a value is, for an error: "a whole number from 1 to 8".
    package let form: String
    /// Whether a settings file has it as a number; otherwise it is a text.
    package let isNumber: Bool
    /// What a shell completes it with.
    package let completion: Completion
    /// Whether there may be several values: between commas, the flag given more than once, or a
    /// list of texts in a settings file.
    package private(set) var isList = false
    let accepts: @Sendable (String) -> Bool

    /// A text of any form that is checked by a function; `form` says what passes.
    package static func text(
        _ valueName: String,
        form: String = "a text",
        accepts: @escaping @Sendable (String) -> Bool = { !$0.isEmpty }
    ) -> SettingKind {
        SettingKind(
            valueName: valueName,
            form: form,
            isNumber: false,
            completion: .none,
            accepts: accepts
        )
    }

    /// Several texts, which a function checks together, with commas between them.
    package static func list(
        _ valueName: String,
        form: String,
        accepts: @escaping @Sendable (String) -> Bool
    ) -> SettingKind {
        var kind = text(valueName, form: form, accepts: accepts)
        kind.isList = true
        return kind
    }

    /// The path of a file.
    package static let file = SettingKind(
        valueName: "file",
        form: "the path of a file",
        isNumber: false,
        completion: .file,
        accepts: { !$0.isEmpty }
    )

    /// The path of a directory.
    package static let directory = SettingKind(
        valueName: "directory",
        form: "the path of a directory",
        isNumber: false,
        completion: .directory,
        accepts: { !$0.isEmpty }
    )

    /// One of some words.
    package static func word(_ words: [String]) -> SettingKind {
        SettingKind(
            valueName: words.count < 4 ? words.joined(separator: "|") : "word",
            form: "one of " + words.joined(separator: ", "),
            isNumber: false,
            completion: .words(words),
            accepts: words.contains
        )
    }

    /// On or off: a flag without a value, and `true` or `false` elsewhere.
    package static let `switch` = word(["true", "false"])

    /// Whether it is on or off, and a flag has no value.
    var isSwitch: Bool { completion == .words(["true", "false"]) }

    /// A whole number in a range.
    package static func wholeNumber(_ range: ClosedRange<Int>, of what: String) -> SettingKind {
        SettingKind(
            valueName: what,
            form: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            isNumber: true,
            completion: .none,
            accepts: { text in
                guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }) else {
                    return false
                }
                return Int(text).map(range.contains) ?? false
            }
        )
    }
}
