// SPDX-License-Identifier: Apache-2.0

// What a policy says that may not be meant, beside the rules of a table: days on which a table of
// reference says nothing, and texts that are nearly others.

internal import VigieLimits

/// Something that has to be mended, or let stand with a reason.
package struct PolicyRemark: Sendable, CustomStringConvertible {
    /// The file with its line, and the decision if it is about one.
    package let place: String
    /// What it is.
    package let kind: LintWaiver.Kind
    /// In words.
    package let words: String
    /// The decision or table that a waiver has to name, and what of it.
    let subject: (name: String, parts: [String])

    init(
        _ kind: LintWaiver.Kind,
        _ place: String,
        _ words: String,
        of name: String,
        _ parts: [String]
    ) {
        (self.kind, self.place, self.words, subject) = (kind, place, words, (name, parts))
    }

    /// All of it, as a line says it.
    package var description: String {
        "\(place): \(kind.words): \(words)"
    }

    /// Whether a waiver lets it stand.
    package func isLetStand(by waiver: LintWaiver) -> Bool {
        waiver.covers(kind, subject.name, rules: subject.parts)
    }
}

extension LintWaiver.Kind {
    /// What it is called in what is told.
    package var words: String { rawValue.split(separator: "_").joined(separator: " ") }
}

/// A look at what may not be meant.
package struct PolicyReview: Sendable {
    /// What was found, whether it is let stand or not; of each kind at most `LintLimits.findings`,
    /// and one that says that there are more.
    package let remarks: [PolicyRemark]
    /// Whether all was looked at.
    package let isFinished: Bool

    /// Looks at a policy.
    ///
    /// - Parameter mayGoOn: Whether there is time left; it is asked now and then.
    package init(_ policy: Policy, mayGoOn: () -> Bool = { true }) {
        var texts = UnknownTexts(policy)
        texts.look(mayGoOn)
        isFinished = texts.isFinished
        remarks = [policy.holes, texts.remarks].flatMap { found -> [PolicyRemark] in
            guard let last = found.dropFirst(LintLimits.findings).first else { return found }
            let more = PolicyRemark(
                last.kind,
                last.place,
                "this and more, beyond the \(LintLimits.findings) that are told",
                of: last.subject.name,
                last.subject.parts
            )
            return found.prefix(LintLimits.findings) + [more]
        }
    }
}
