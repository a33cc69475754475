// SPDX-License-Identifier: Apache-2.0

// What can be wrong with a line of a file of companies, and what to do about it.

package import Documents

/// Something that is wrong with a line.
package struct PortfolioFileProblem: Sendable, Equatable {
    /// Kinds of problems; the names never change.
    package enum Code: String, Sendable, CaseIterable {
        /// Too few cells or too many, or quotation marks that make no sense.
        case brokenLine = "BROKEN_LINE"
        /// No identifier is filled in.
        case noIdentifier = "NO_IDENTIFIER"
        /// A cell that should be a SIREN or a SIRET and is none.
        case notSIREN = "NOT_A_SIREN"
        /// A SIREN or SIRET of which a spreadsheet changed or lost digits.
        case spoiltSIREN = "SPOILT_SIREN"
        /// A cell that should be an LEI and is none.
        case notLEI = "NOT_AN_LEI"
        /// An identifier of the user's that none can be.
        case notIdentifier = "NOT_AN_IDENTIFIER"
        /// A company that an earlier line names.
        case repeated = "REPEATED_COMPANY"
        /// A name or reference that is too long or has control characters.
        case notText = "NOT_A_TEXT"
        /// No currency of ISO 4217.
        case notCurrency = "NOT_A_CURRENCY"
        /// No amount, as amounts of the file are written.
        case notAmount = "NOT_AN_AMOUNT"
        /// An amount that may be another one.
        case unclearAmount = "UNCLEAR_AMOUNT"
        /// An amount of more decimals than its currency has.
        case tooManyDecimals = "TOO_MANY_DECIMALS"
        /// An amount that stands with another currency than that of the line.
        case otherCurrency = "OTHER_CURRENCY"
        /// A limit below nothing.
        case negativeLimit = "NEGATIVE_LIMIT"
        /// An amount beyond all that companies owe.
        case amountTooLarge = "AMOUNT_TOO_LARGE"
    }

    /// What kind of problem it is.
    package let code: Code
    /// The line, from 1, as a text editor counts them.
    package let line: Int
    /// The heading of the column, as messages can show it; empty where all of the line is meant.
    package let column: String
    /// What stands there, cut and without control characters.
    package let value: String
    /// What is wrong, without a full stop.
    package let message: String
    /// What to do, without a full stop.
    package let advice: String
    /// The line that names the same company before; nil for other problems.
    package internal(set) var firstLine: Int?
}

extension PortfolioFileProblem: CustomStringConvertible {
    /// All of it in one line, such as "line 3, siren: '55210055' …".
    package var description: String {
        let place = column.isEmpty ? "line \(line)" : "line \(line), \(column)"
        let first = firstLine.map { ", which line \($0) names first" } ?? ""
        return "\(place): '\(value)' \(message)\(first); \(advice)"
    }
}

/// What a file of companies held.
package struct PortfolioFileSummary: Sendable, Equatable {
    /// Lines that should name a company: neither headings nor blank.
    package internal(set) var lines = 0
    /// Of those the ones with a problem.
    package internal(set) var refused = 0
    /// Where they are, as far as `StoreLimits.refusedLinesTold` goes.
    package internal(set) var refusedLines: [Int] = []
    /// What is wrong with them, by line, as far as `DocumentLimits.problems` goes.
    package internal(set) var problems: [PortfolioFileProblem] = []
    /// How many problems there are, with those that are not told.
    package internal(set) var problemCount = 0
    /// What was left out or taken for something else, a sentence each without a full stop.
    package internal(set) var notes: [String] = []

    /// Nothing was read yet.
    package init() {}

    /// Lines whose companies can go on.
    package var accepted: Int { lines - refused }
}

/// Why a file of companies is not read.
package enum PortfolioFileError: Error, Sendable, Equatable {
    /// All of it: its encoding, its headings, or a fault behind which nothing can be trusted.
    case file(InputError)
    /// Lines of it.
    case lines(PortfolioFileSummary)
}
