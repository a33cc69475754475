// SPDX-License-Identifier: Apache-2.0

// Statements of the tests, written as lines and amounts.

import CreditFacts
import Quantities
import StatementAnalysis
import Testing

enum TestStatement {
    static func make(
        _ lines: String,
        scale: Int64 = 1,
        closing: String = "2025-12-31",
        months: Int = 12,
        form: StatementForm = .complete,
        rules: AccountingRules = .plan2025,
        paper: Int32 = 0
    ) throws -> FinancialStatement {
        var amounts: [StatementLine: Int64] = [:]
        let words = lines.split(separator: " ")
        for place in stride(from: 0, to: words.count, by: 2) {
            let line = try #require(StatementLine(words[place]))
            let value = try #require(Double(words[place + 1]))
            amounts[line] = Int64((value * 100).rounded()) * scale
        }
        return FinancialStatement(
            siren: nil,
            closing: try #require(CalendarDate(closing)),
            months: months,
            form: form,
            rules: rules,
            amounts: amounts,
            source: PaperReference(paper: paper, line: 0)
        )
    }

    /// Holds results against figures, to the digits that are printed.
    static func check(_ results: [FormulaResult], against figures: String) throws {
        let values = Dictionary(uniqueKeysWithValues: results.map { ($0.formula.name, $0.value) })
        let words = figures.split(separator: " ").map(String.init)
        for place in stride(from: 0, to: words.count, by: 2) {
            let value = try #require(values[words[place]] ?? nil, "\(words[place])")
            #expect(isPrinted(value, as: words[place + 1]), "\(words[place]): \(value)")
        }
    }

    static func isPrinted(_ value: Double, as printed: String) -> Bool {
        let decimals = printed.split(separator: ".").dropFirst().first?.count ?? 0
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        return (value * scale).rounded() / scale == Double(printed)
    }

    /// A statement of random lines and amounts, some of them missing, zero or huge.
    static func random(
        _ lines: [StatementLine],
        form: StatementForm,
        using generator: inout some RandomNumberGenerator
    ) throws -> FinancialStatement {
        var statement = try make("", form: form)
        statement.months = [12, 12, 12, 6, 18, 1].randomElement(using: &generator) ?? 12
        for line in lines {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<3: break
            case 3: statement.amounts[line] = 0
            case 4: statement.amounts[line] = Int64.random(in: .min ... .max, using: &generator)
            default:
                statement.amounts[line] = Int64.random(
                    in: -1_000_000...9_000_000_000,
                    using: &generator
                )
            }
        }
        return statement
    }

    /// All lines that the formulas of a form name, and some that none names.
    static func lines(_ form: StatementForm) -> [StatementLine] {
        var found: Set<StatementLine> = []
        for formula in StatementFormulas.of(form).formulas {
            for word in formula.text.split(whereSeparator: { !($0.isLetter || $0.isNumber) }) {
                let code = word.count == 4 && word.hasPrefix("S") ? word.dropFirst() : word
                if let line = StatementLine(word == "A1" ? "1A" : code) { found.insert(line) }
            }
        }
        return found.sorted() + ["ZZ", "00", "999", "AAA", "9Z"].compactMap(StatementLine.init)
    }
}

enum Simplified {
    /// A made-up year in thousands.
    static let lines = """
        014 50 016 20 028 400 030 250 040 10 044 460 048 270 050 30 060 60 062 5 064 4 068 120 \
        070 6 072 25 080 10 084 40 092 5 096 294 098 11 110 754 112 281 120 100 126 10 132 60 \
        134 15 136 28 142 213 154 5 156 110 164 3 166 80 169 12 172 57 174 5 176 255 180 473 \
        210 500 218 200 226 3 230 2 232 705 234 300 236 -8 238 40 240 2 242 110 244 12 250 140 \
        252 55 254 22 256 2 262 1 264 676 270 29 280 1 290 6 294 4 306 4 310 28 374 140 378 90
        """
    /// By a script apart from the product.
    static let figures = """
        chiffre_d_affaires 700000 marge_commerciale 208000 production_exercice 200000 \
        valeur_ajoutee 256000 ebe 52000 resultat_courant 26000 resultat_exceptionnel 6000 frng \
        138000 bfr 88000 tresorerie_nette 50000 tresorerie_nette_ecart 0 caf 52000 \
        actif_moins_passif 0 altman_z_private 2.3618 altman_z_services 3.7199 altman_z_em 6.9699 \
        springate_s 1.1990 zmijewski_x -1.5337 conan_holder_n 18.5641 ohlson_o -1.5546
        """
}
