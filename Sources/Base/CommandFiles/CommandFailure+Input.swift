// SPDX-License-Identifier: Apache-2.0

// Errors of documents as errors of a command.

package import Documents

extension CommandFailure {
    /// The error of a command whose input cannot be read.
    package init(_ error: InputError) {
        let status: CommandStatus =
            switch error.kind {
            case .content: .badInput
            case .options: .usage
            case .unreadable: .inputOutputError
            }
        var hints = error.hint.map { [$0] } ?? []
        if !error.nextOptions.isEmpty {
            hints.append("go on with: " + CommandLineText.current(adding: error.nextOptions))
        }
        // A command line to copy has a line of its own.
        let separator = error.nextOptions.isEmpty ? "; " : "\n  "
        self.init(
            status,
            error.message,
            hint: hints.isEmpty ? nil : hints.joined(separator: separator)
        )
    }
}

/// Command lines as one types them.
package enum CommandLineText {
    /// The command line of this process with more options.
    package static func current(adding options: [String]) -> String {
        text(CommandLine.arguments, adding: options)
    }

    /// A command line with more options, quoted for the shell.
    package static func text(_ arguments: [String], adding options: [String]) -> String {
        let program = arguments.first?.split(separator: "/").last.map(String.init) ?? "vigie"
        return ([program] + arguments.dropFirst() + options).map(quoted).joined(separator: " ")
    }

    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy {
            $0 >= 0x80 || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A)
                || "0123456789-_./=:,@+%".utf8.contains($0)
        }
        guard !isPlain || word.isEmpty else { return word }
        // Scalar by scalar: to a String a mark and an accent behind it are one character.
        let parts = word.unicodeScalars.split(separator: "'", omittingEmptySubsequences: false)
        return "'" + parts.map { String($0) }.joined(separator: "'\\''") + "'"
    }
}
