// SPDX-License-Identifier: Apache-2.0

// A segment: a name, and the condition by which companies of a portfolio are in it. Conditions are
// written in FEEL, the language of decision models, whose `and`, `or` and `not` know three answers:
// a value that is missing makes a comparison null, and a company of which the condition is null is
// neither in nor out. Only steps that each cost the same are taken, so that what a segment costs is
// known before it is evaluated.

internal import FEEL
package import ServiceErrors
internal import VigieLimits

/// A segment that can be evaluated.
package struct Segment: Sendable {
    /// Its name, which no other one of the portfolio has.
    package let name: String
    /// What it is for.
    package let note: String
    /// The condition, as it was written.
    package let condition: String
    /// What the condition looks at.
    package let inputs: [SegmentInput]
    let program: FEELProgram
    let missing: MissingValues

    /// Steps that it takes to look at a company, at most.
    package var stepCount: Int { program.stepCount }

    /// Takes a segment that somebody wrote.
    ///
    /// - Throws: What is wrong, with the field, the place and what to do.
    package init(name: String, note: String = "", condition: String) throws(ServiceError) {
        guard (1...SegmentLimits.segmentNameBytes).contains(name.utf8.count),
            name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }),
            name.first != " ", name.last != " "
        else {
            throw Self.refused(
                name,
                "name",
                "must have 1 to \(SegmentLimits.segmentNameBytes) bytes (segmentNameBytes), none "
                    + "of them a control character, and no blanks around"
            )
        }
        guard note.utf8.count <= SegmentLimits.segmentNoteBytes, !note.utf8.contains(0) else {
            throw Self.refused(
                name,
                "note",
                "must have at most \(SegmentLimits.segmentNoteBytes) bytes (segmentNoteBytes), "
                    + "and no NUL"
            )
        }
        (self.name, self.note, self.condition) = (name, note, condition)
        (inputs, program) = try Self.compiled(condition, of: name)
        missing = MissingValues(condition)
    }

    private static func compiled(
        _ condition: String,
        of name: String
    ) throws(ServiceError) -> ([SegmentInput], FEELProgram) {
        guard condition.utf8.count <= SegmentLimits.segmentConditionBytes else {
            throw refused(
                name,
                "condition",
                "has \(condition.utf8.count) bytes; the limit segmentConditionBytes is "
                    + "\(SegmentLimits.segmentConditionBytes)"
            )
        }
        // Databases keep no NUL, and no condition needs one.
        guard !condition.utf8.contains(0) else {
            throw refused(name, "condition", "has a NUL character; leave it out")
        }
        let all = SegmentInput.all
        let whole = FEELProgram(condition, FEELScope(all.map { ($0.name, $0.type) }))
        guard whole.problems.isEmpty else {
            let told = whole.problems.map { "\($0)" }.joined(separator: "; ")
            throw refused(
                name,
                "condition",
                "cannot be read: \(told). It may name "
                    + "\(all.filter(\.isPlain).map(\.name).joined(separator: ", ")), and numbers "
                    + "with _quantile behind them"
            )
        }
        if let found = whole.firstUnbounded(Self.functions) {
            throw refused(
                name,
                "condition",
                "uses \(found.words) (line \(found.position.line), column "
                    + "\(found.position.column)), which segments do not have; they have "
                    + "comparisons, and, or, not, in, between, if, + - * / and "
                    + functions.sorted().joined(separator: ", ")
            )
        }
        guard whole.stepCount <= SegmentLimits.segmentConditionSteps else {
            throw refused(
                name,
                "condition",
                "has \(whole.stepCount) steps; the limit segmentConditionSteps is "
                    + "\(SegmentLimits.segmentConditionSteps)"
            )
        }
        guard whole.resultType == .boolean || whole.resultType.isUnknown else {
            throw refused(
                name,
                "condition",
                "gives a \(whole.resultType) and no answer of yes or no; compare it with something"
            )
        }
        // Once more with the names that it uses: a company is then as many values as it needs.
        let inputs = whole.usedInputs.compactMap { all.indices.contains($0) ? all[$0] : nil }
        return (inputs, FEELProgram(condition, FEELScope(inputs.map { ($0.name, $0.type) })))
    }

    /// Functions that cost no more than the texts that they look at.
    private static let functions: Set<String> = [
        "not", "contains", "starts with", "ends with", "upper case", "lower case",
        "string length", "list contains", "abs", "floor", "ceiling",
    ]

    static func refused(_ name: String, _ field: String, _ words: String) -> ServiceError {
        let shown = name.shownInMessages
        return .invalid(
            "segment.\(field)",
            "SEGMENT_INVALID",
            "\(shown.isEmpty ? "A segment without a name" : "Segment \"\(shown)\""): "
                + "\"\(field)\" \(words).",
            metadata: ["segment": shown, "field": field]
        )
    }
}

extension SegmentInput {
    /// Whether messages name it; quantiles they name together.
    fileprivate var isPlain: Bool {
        if case .quantile = self { return false }
        return true
    }
}

/// Where a company is with a segment.
package enum SegmentPart: UInt8, Sendable, CaseIterable {
    /// In it.
    case member
    /// Out of it.
    case other
    /// Neither: something is not known that it takes to say.
    case unknown
}
