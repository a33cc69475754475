// SPDX-License-Identifier: Apache-2.0

// A ratio or a published model: a row of the table of formulas.

internal import CreditFacts
internal import Scoring

/// A formula over the lines of a statement.
package final class StatementFormula: Sendable {
    /// What it is.
    package enum Kind: String, Sendable {
        /// Used by others only.
        case definition
        /// One of the public set of ratios.
        case ratio
        /// An intermediate balance or a part of the functional balance sheet.
        case balance
        /// A published model.
        case model
    }

    /// Units of results.
    package enum Unit: String, Sendable {
        case euro, percent, days, years, score
        /// Of which the logistic function is a probability.
        case logit
        /// Of which the normal distribution is a probability.
        case probit
    }

    /// What a formula needs to say anything.
    enum Need: Sendable, Equatable {
        /// One of some lines, of this year or of the one before.
        case lines([StatementLine], yearsEarlier: Int)
        /// A value that no statement has.
        case given(String)
        /// A statement of the year before.
        case yearBefore

        /// The same of so many years earlier; nil for what is not looked at.
        func shifted(by years: Int) -> Need? {
            switch self {
            case _ where years == 0: self
            case .lines(let lines, yearsEarlier: 0) where years == 1:
                .lines(lines, yearsEarlier: 1)
            case .lines: nil
            case .given, .yearBefore: self
            }
        }
    }

    /// Its name, that of the published set where it has one.
    package let name: String
    /// What it is.
    package let kind: Kind
    /// The unit of its result.
    package let unit: Unit
    /// Why it is not shown unless it is asked for; empty for most.
    package let off: String
    /// Who published it.
    package let source: String
    /// Its name in French.
    package let french: String
    /// Its name in English.
    package let english: String
    /// The formula as it is written.
    package let text: String
    /// What it needs, first by itself, then what the formulas need that it uses: a sum that cannot
    /// be told is none of a part of it.
    let needs: [Need]
    /// Names of formulas that have to be above zero, or it says nothing: divisors, of which a
    /// negative one turns bad into good.
    package let positives: [String]
    let expression: Expression

    /// Reads a row of the table; nil where it is not sound.
    ///
    /// - Parameter earlier: The formulas before it, by name.
    init?(row: [String], earlier: [String: StatementFormula]) {
        guard row.count == 11, let kind = Kind(rawValue: row[2]),
            let unit = Unit(rawValue: row[3]), let expression = try? Expression(parsing: row[4])
        else { return nil }
        name = row[0]
        self.kind = kind
        self.unit = unit
        text = row[4]
        var needs = row[5].split(separator: " ").compactMap { Self.need(String($0)) }
        var positives = row[6].split(separator: " ").map(String.init)
        expression.eachName { name, years in
            guard let used = earlier[name] else { return }
            for need in used.needs.compactMap({ $0.shifted(by: years) }) where !needs.contains(need)
            {
                needs.append(need)
            }
            for name in used.positives where years == 0 && !positives.contains(name) {
                positives.append(name)
            }
        }
        self.needs = needs
        self.positives = positives
        off = row[7]
        source = row[8]
        french = row[9]
        english = row[10]
        self.expression = expression
    }

    /// The need of a word: "CO", "AN|AP", "AN@1", "previous", or the name of a given value.
    static func need(_ word: String) -> Need? {
        if word == "previous" { return .yearBefore }
        if StatementProgram.givenNames.contains(word) { return .given(word) }
        let isEarlier = word.hasSuffix("@1")
        let lines = word.split(separator: "|").compactMap { name in
            StatementLine(inFormulas: String(name.hasSuffix("@1") ? name.dropLast(2) : name))
        }
        return lines.isEmpty ? nil : .lines(lines, yearsEarlier: isEarlier ? 1 : 0)
    }
}

extension StatementLine {
    /// The line of a name in a formula: capitals as they are, "A1" for the line 1A, which no name
    /// could be, and "S210" for the line 210 of the simplified form; nil for other names.
    init?(inFormulas name: String) {
        if name == "A1" {
            self.init("1A")
            return
        }
        guard name.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
        else { return nil }
        if name.utf8.count == 4, name.first == "S" {
            self.init(name.dropFirst())
        } else if name.utf8.count == 2 {
            self.init(name)
        } else {
            return nil
        }
    }

    /// Whether its amount is of a whole year, not of its last day.
    func isFlow(_ form: StatementForm) -> Bool {
        let code = description
        if code.utf8.count == 3 { return form != .simplified || (code >= "200" && code != "376") }
        return code == "YY" || code == "YZ" || "FGH".contains(code.prefix(1))
    }
}

extension Expression {
    /// Tells the names that an expression uses, and of how many years earlier.
    func eachName(_ take: (String, Int) -> Void) {
        switch self {
        case .number: break
        case .name(let name, let years): take(name, years)
        case .unary(_, let operand), .overYears(_, let operand): operand.eachName(take)
        case .binary(_, let left, let right):
            left.eachName(take)
            right.eachName(take)
        case .choice(let condition, let chosen, let otherwise):
            condition.eachName(take)
            chosen.eachName(take)
            otherwise.eachName(take)
        }
    }

    /// Adds the names that an expression uses.
    func collectNames(into names: inout Set<String>) {
        eachName { name, _ in names.insert(name) }
    }
}
