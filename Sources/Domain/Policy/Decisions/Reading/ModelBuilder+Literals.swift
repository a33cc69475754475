// SPDX-License-Identifier: Apache-2.0

// Texts in FEEL, and whether what they give is what is wanted.

internal import Documents
internal import FEEL
internal import VigieLimits

extension ModelBuilder {
    /// The program of an element with a text.
    func literal(
        _ element: XMLElement?,
        _ scope: FEELScope,
        _ wanted: FEELType,
        _ place: DecisionPlace
    ) -> FEELProgram {
        var place = place
        if let element {
            place.line = element.line
            checkLanguage(element, place)
        }
        let text = element?.child("text")
        let program = FEELProgram(text?.text ?? "", scope)
        note(program.problems, text ?? element, place)
        if program.problems.isEmpty, !program.resultType.canBecome(wanted) {
            note(
                .expression,
                place,
                "gives a \(program.resultType), and a \(wanted) is wanted"
            )
        }
        return program
    }

    /// Notes the problems of a text, with their places in the file.
    func note(_ problems: [FEELProblem], _ text: XMLElement?, _ outer: DecisionPlace) {
        for problem in problems {
            var place = outer
            let line = Int(problem.position.line)
            let column = Int(problem.position.column)
            if let text { place.line = text.textLine + line - 1 }
            // The first column of a text says nothing.
            if column > 1 || line > 1 {
                place.part = [place.part, "column \(column)"].compactMap { $0 }
                    .joined(separator: ", ")
            }
            note(.expression, place, problem.message)
        }
    }

    private func checkLanguage(_ element: XMLElement, _ place: DecisionPlace) {
        guard let language = element["expressionLanguage"], !language.isEmpty,
            !language.lowercased().contains("feel")
        else { return }
        note(
            .expression,
            place,
            "the language \"\(shown(language))\" is not read: expressions are in FEEL"
        )
    }
}

extension FEELType {
    /// Whether a value of it can be one of another, or become one, as far as types tell.
    func canBecome(_ other: FEELType) -> Bool {
        if self == .any || self == .null || other == .any || conforms(to: other) { return true }
        switch (self, other) {
        case (.list(let left), .list(let right)): return left.canBecome(right)
        // A list of one value stands for the value, and a value for the list of it.
        case (.list(let item), _): return item.canBecome(other)
        case (_, .list(let item)): return canBecome(item)
        case (.context(let left, let isOpen), .context(let right, _)):
            return right.allSatisfy { field in
                guard let own = left.first(where: { $0.name == field.name }) else { return isOpen }
                return own.type.canBecome(field.type)
            }
        case (.range(let left), .range(let right)): return left.canBecome(right)
        case (.function, .function), (.date, .dateTime): return true
        default: return false
        }
    }
}
