// SPDX-License-Identifier: Apache-2.0

// Numbers of formulas in answers: those of the complete form, then what only the simplified one
// has.

internal import StatementAnalysis

/// The numbers of all formulas that are shown.
struct FormulaNumbers: Sendable {
    /// The only ones.
    static let all = FormulaNumbers()

    /// The formulas, by their numbers.
    let formulas: [StatementFormula]
    private let numbers: [ObjectIdentifier: UInt32]

    private init() {
        var formulas: [StatementFormula] = []
        var byName: [String: UInt32] = [:]
        var numbers: [ObjectIdentifier: UInt32] = [:]
        for form in [StatementFormulas.complete, .simplified] {
            for formula in form.formulas where formula.kind != .definition {
                // A formula of both forms is one, though each form writes it in its own lines.
                let number = byName[formula.name] ?? UInt32(formulas.count)
                if byName.updateValue(number, forKey: formula.name) == nil {
                    formulas.append(formula)
                }
                numbers[ObjectIdentifier(formula)] = number
            }
        }
        self.formulas = formulas
        self.numbers = numbers
    }

    /// The number of a formula.
    func number(of formula: StatementFormula) -> UInt32 { numbers[ObjectIdentifier(formula)] ?? 0 }
}
