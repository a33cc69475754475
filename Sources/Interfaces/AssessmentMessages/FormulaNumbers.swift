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
    /// Ratios and balances of each form, by their places among its formulas.
    private let complete: [(place: Int, number: UInt32)]
    private let simplified: [(place: Int, number: UInt32)]

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
        func ratios(_ form: StatementFormulas) -> [(place: Int, number: UInt32)] {
            form.formulas.enumerated().compactMap { place, formula in
                let isShown = formula.kind == .ratio || formula.kind == .balance
                guard isShown, formula.off.isEmpty else { return nil }
                return (place, numbers[ObjectIdentifier(formula)] ?? 0)
            }
        }
        complete = ratios(.complete)
        simplified = ratios(.simplified)
    }

    /// The number of a formula.
    func number(of formula: StatementFormula) -> UInt32 { numbers[ObjectIdentifier(formula)] ?? 0 }

    /// The ratios and balances of a form: their places among its formulas, and their numbers.
    func ratios(_ form: StatementFormulas) -> [(place: Int, number: UInt32)] {
        form === StatementFormulas.simplified ? simplified : complete
    }
}
