// SPDX-License-Identifier: Apache-2.0

// What whoever reads a file of companies has to say of it.

package import Documents
package import Portfolios
package import Quantities
internal import VigieLimits

/// What becomes of a file in which some lines are wrong.
package enum BrokenLines: String, Sendable, CaseIterable {
    /// None of its companies counts. All of it is looked at, so that all problems are told at once.
    case refuseFile
    /// The other lines count, and the summary tells which did not.
    case skip
}

/// How a file of companies is read.
package struct PortfolioFileOptions: Sendable {
    /// How the file is written: delimiter, encoding, lines above its headings, numbers. Nothing of
    /// it need be said, but numbers are then those with a decimal point and no other mark.
    package var dialect = TableDialect()
    /// Columns whose headings are none of those that are known, with one that is.
    package var mappings: [ColumnMapping] = []
    /// The currency of amounts in lines that name none.
    package var currency = Currency.euro
    /// What becomes of a file in which some lines are wrong.
    package var brokenLines = BrokenLines.refuseFile
    /// What the companies are read for. A company whose line is left out must not leave a portfolio
    /// for that, so a file that is the whole of one is never read without its broken lines.
    package var mode = ImportMode.add
    /// Lines that the file may have.
    package var linesMax = StoreLimits.companyLinesMax
    /// Companies that it may name by another identifier than a SIREN.
    package var companiesWithoutSIRENMax = StoreLimits.companiesWithoutSIRENMax

    /// Reads a file of which nothing was said.
    package init() {}
}
