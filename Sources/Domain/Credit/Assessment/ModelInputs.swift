// SPDX-License-Identifier: Apache-2.0

// What bundles may ask for of a statement, whatever its form: a place for each name, so that no
// name is looked up when a company is assessed.

internal import CreditFacts
internal import StatementAnalysis

/// The inputs of bundles that statements give.
enum ModelInputs {
    /// Their names.
    static let names: [String] = {
        var names: [String] = []
        for formulas in [StatementFormulas.completeInputs, .simplifiedInputs] {
            for formula in formulas.formulas
            where isShown(formula) && !names.contains(formula.name) {
                names.append(formula.name)
            }
        }
        return names
    }()

    /// For each name the place of its formula; nil where a form does not give it.
    static let complete = places(.completeInputs)
    static let simplified = places(.simplifiedInputs)

    private static func places(_ formulas: StatementFormulas) -> [Int?] {
        names.map { name in
            formulas.place(name).flatMap { isShown(formulas.formulas[$0]) ? $0 : nil }
        }
    }

    private static func isShown(_ formula: StatementFormula) -> Bool {
        formula.kind != .definition && formula.off.isEmpty
    }

    /// For each column of a bundle the place of its value among those of a company's years; -1
    /// where no statement gives it.
    static func places(of columns: [String], yearsMaximum: Int) -> [Int] {
        var places: [String: Int] = [:]
        for year in 0..<max(yearsMaximum, 0) {
            for (number, name) in names.enumerated() {
                places[year == 0 ? name : "\(name)@\(year)"] = year * names.count + number
            }
        }
        return columns.map { places[$0] ?? -1 }
    }
}
