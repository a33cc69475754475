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
    /// Whether a settings file has it as a number; otherwise it is a text.
    package let isNumber: Bool
    /// What a shell completes it with.
    package let completion: Completion
    /// Whether there may be several values: between commas, the flag given more than once, or a
    /// list of texts in a settings file.
    package private(set) var isList = false
    /// What is wrong with a value that is shown like this, for an error; nil when nothing is.
    let problem: @Sendable (_ value: String, _ shown: String) -> String?

    /// Values that a function knows; `form` says what passes: "a whole number from 1 to 8".
    private init(
        valueName: String,
        form: String,
        isNumber: Bool = false,
        completion: Completion = .none,
        accepts: @escaping @Sendable (String) -> Bool
    ) {
        (self.valueName, self.isNumber, self.completion) = (valueName, isNumber, completion)
        problem = { value, shown in accepts(value) ? nil : "\(shown) is not \(form)" }
    }

    private init(valueName: String, problem: @escaping @Sendable (String) -> String?) {
        (self.valueName, isNumber, completion) = (valueName, false, .none)
        self.problem = { value, _ in problem(value) }
    }

    /// A text of any form that is checked by a function; `form` says what passes.
    package static func text(
        _ valueName: String,
        form: String = "a text",
        accepts: @escaping @Sendable (String) -> Bool = { !$0.isEmpty }
    ) -> SettingKind {
        SettingKind(valueName: valueName, form: form, accepts: accepts)
    }

    /// A text of which a function says what is wrong with it, and how to write it.
    package static func text(
        _ valueName: String,
        problem: @escaping @Sendable (String) -> String?
    ) -> SettingKind {
        SettingKind(valueName: valueName, problem: problem)
    }

    /// Several texts with commas between them, of which a function says what is wrong with them.
    package static func list(
        _ valueName: String,
        problem: @escaping @Sendable (String) -> String?
    ) -> SettingKind {
        var kind = text(valueName, problem: problem)
        kind.isList = true
        return kind
    }

    /// The path of a file.
    package static let file = SettingKind(
        valueName: "file",
        form: "the path of a file",
        completion: .file,
        accepts: { !$0.isEmpty }
    )

    /// The path of a directory.
    package static let directory = SettingKind(
        valueName: "directory",
        form: "the path of a directory",
        completion: .directory,
        accepts: { !$0.isEmpty }
    )

    /// One of some words.
    package static func word(_ words: [String]) -> SettingKind {
        SettingKind(
            valueName: words.count < 4 ? words.joined(separator: "|") : "word",
            form: "one of " + words.joined(separator: ", "),
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
            accepts: { text in
                guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }) else {
                    return false
                }
                return Int(text).map(range.contains) ?? false
            }
        )
    }
}
