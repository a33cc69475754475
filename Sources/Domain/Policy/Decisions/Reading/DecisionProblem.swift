// SPDX-License-Identifier: Apache-2.0

// What is wrong with a model, and where.

internal import VigieLimits

/// A place in a model, as far as it is known.
package struct DecisionPlace: Sendable, Hashable {
    /// The file.
    package var file: String
    /// The line in it, from 1.
    package var line: Int?
    /// What it is in, with its name: `decision "Limit"`.
    package var element: String?
    /// The id of the table.
    package var table: String?
    /// The number of the rule, from 1.
    package var rule: Int?
    /// What of the table or expression it is: `input "score"`.
    package var part: String?

    /// A file.
    package init(file: String, line: Int? = nil) {
        (self.file, self.line) = (file, line)
    }
}

extension DecisionPlace: CustomStringConvertible {
    /// `policy.dmn: line 9, decision "Limit", rule 1, input "score"`
    package var description: String {
        words.isEmpty ? file : "\(file): \(words)"
    }

    /// The same without the file.
    package var words: String {
        [line.map { "line \($0)" }, element, rule.map { "rule \($0)" }, part]
            .compactMap { $0 }.joined(separator: ", ")
    }
}

/// What is wrong with a model.
package struct DecisionProblem: Sendable, Hashable, CustomStringConvertible {
    /// Whether it can be read all the same.
    package enum Kind: Sendable {
        /// No model can be made of it.
        case structure
        /// A value would be null, or not what is meant.
        case expression
    }

    /// Whether it can be read all the same.
    package let kind: Kind
    /// Where.
    package let place: DecisionPlace
    /// What is wrong and what to do, in words.
    package let message: String

    /// The place and the words.
    package var description: String { "\(place): \(message)" }
}

/// A model that is refused, with all that is wrong with it.
package struct DecisionModelError: Error, Sendable, CustomStringConvertible {
    /// What is wrong; at least one.
    package let problems: [DecisionProblem]

    /// All problems, one a line.
    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

/// Problems, collected.
struct DecisionProblemList {
    private(set) var problems: [DecisionProblem] = []

    mutating func add(_ kind: DecisionProblem.Kind, _ place: DecisionPlace, _ message: String) {
        guard problems.count < DocumentLimits.problems else {
            // That a model cannot be made is never left out.
            if kind == .structure, !hasStructural {
                problems[problems.count - 1] = DecisionProblem(
                    kind: kind,
                    place: place,
                    message: message
                )
            }
            return
        }
        problems.append(DecisionProblem(kind: kind, place: place, message: message))
    }

    var hasStructural: Bool { problems.contains { $0.kind == .structure } }
}

/// A name of others as a message shows it.
func shown(_ text: String) -> String {
    guard text.utf8.count > FEELLimits.shownBytes else { return text }
    return String(decoding: text.utf8.prefix(FEELLimits.shownBytes), as: UTF8.self) + "..."
}
