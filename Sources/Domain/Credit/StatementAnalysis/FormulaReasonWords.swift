// SPDX-License-Identifier: Apache-2.0

// Why a formula has no value, in words.

internal import CreditFacts

extension FormulaResult {
    /// Whether it has no value because one would only look like one.
    package var isNotMeaningful: Bool {
        if case .notMeaningful = reason { return true }
        return false
    }
}

extension FormulaResult.Reason {
    /// The sentence, without a full stop.
    package func text(inFrench isFrench: Bool) -> String {
        switch self {
        case .missing(let lines):
            let codes = lines.map(\.description).joined(separator: ", ")
            return isFrench
                ? "non calculable : aucune de ces lignes : \(codes)"
                : "not computable: none of these lines: \(codes)"
        case .missingBefore(let lines):
            let codes = lines.map(\.description).joined(separator: ", ")
            return isFrench
                ? "non calculable : aucune de ces lignes l'exercice précédent : \(codes)"
                : "not computable: none of these lines in the year before: \(codes)"
        case .notGiven(let name):
            return isFrench
                ? "non calculable : \(name) n'est pas donné"
                : "not computable: \(name) is not given"
        case .noYearBefore:
            return isFrench
                ? "non calculable : pas d'exercice précédent"
                : "not computable: no statement of the year before"
        case .notMeaningful(let divisor, let isZero):
            let label = Self.label(divisor, isFrench)
            return isFrench
                ? "non significatif, valeur \(isZero ? "nulle" : "négative") : \(label)"
                : "not meaningful: \(label) \(isZero ? "is zero" : "is negative")"
        case .notComputable:
            return isFrench
                ? "non calculable : division par zéro ou logarithme d'un nombre négatif"
                : "not computable: divided by zero, or the logarithm of what has none"
        }
    }

    /// What a formula is called, as a part of a sentence.
    private static func label(_ name: String, _ isFrench: Bool) -> String {
        var found: StatementFormula?
        for formulas in [StatementFormulas.complete, .simplified] where found == nil {
            found = formulas.place(name).map { formulas.formulas[$0] }
        }
        guard let label = found.map({ isFrench ? $0.french : $0.english }) else { return name }
        // Not of abbreviations: EBITDA, CAF.
        guard label.dropFirst().first?.isLowercase == true else { return label }
        return label.prefix(1).lowercased() + label.dropFirst()
    }
}
