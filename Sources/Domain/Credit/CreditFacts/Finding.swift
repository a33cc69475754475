// SPDX-License-Identifier: Apache-2.0

// What was noticed in papers: a bad record, a doubt, something worth knowing. Findings never stop a
// reader; they lower how far the result is trusted, and are shown with their place.

/// What a finding is about. The raw values are those of the table of findings, which has the words.
package enum FindingCode: String, Sendable, CaseIterable {
    // Any paper.
    /// A paper that is not empty gave nothing.
    case nothingRead = "nothing_read"
    /// A record that breaks the format of its file.
    case badRecord = "bad_record"
    /// A record has more cells than the header.
    case tooManyCells = "too_many_cells"
    /// A record has too few cells.
    case tooFewCells = "too_few_cells"
    /// A cell that must hold a number does not.
    case badAmount = "bad_amount"
    /// A cell that must hold a date does not.
    case badDate = "bad_date"
    /// A date that cannot be meant.
    case absurdDate = "absurd_date"
    /// An identifier whose check digit does not fit.
    case badIdentifier = "bad_identifier"
    /// A state that the directory of companies does not have.
    case badState = "bad_state"
    /// Columns that are not used.
    case extraColumns = "extra_columns"
    /// Two columns of one name.
    case repeatedColumn = "repeated_column"
    /// Quotation marks that make no sense.
    case brokenQuotes = "broken_quotes"

    // Filed accounts.
    /// The office corrected a filing, or did not type it in.
    case filingProcessed = "filing_processed"
    /// Two filings of one company, year and type; the later one counts.
    case filedTwice = "filed_twice"
    /// A type of accounts that is not read: of banks, of insurers, or one not in the table.
    case formNotRead = "form_not_read"

    // Journals of entries (FEC).
    /// Cells are separated by something that the rules do not allow.
    case unusualSeparator = "unusual_separator"
    /// A label that held the separator was put together again.
    case labelRepaired = "label_repaired"
    /// A field of an entry that stands behind its lines: it is not theirs.
    case fieldBehindLines = "field_behind_lines"
    /// An account that does not begin with three digits.
    case badAccount = "bad_account"
    /// Amounts with more than two decimals were rounded.
    case amountRounded = "amount_rounded"
    /// The date of validation is missing.
    case validationDateMissing = "validdate_missing"
    /// Lines that move nothing were left out.
    case zeroLines = "zero_lines"
    /// An entry whose debit and credit differ.
    case entryUnbalanced = "entry_unbalanced"
    /// A book whose debit and credit differ.
    case bookUnbalanced = "book_unbalanced"
    /// A group of matched lines that does not come to zero.
    case letteringPartial = "lettering_partial"
    /// An account that opens with another amount than it was closed with.
    case openingDiffers = "opening_differs"
    /// An account that no line of the statement takes.
    case unmatchedAccount = "unmatched_account"
    /// Accounts of classes 8 and 9, which are in no statement.
    case ignoredClass = "ignored_class"
    /// An account that should be empty when the year closes.
    case transitNotEmpty = "transit_not_empty"

    // Notices of courts and registries (BODACC).
    /// The portal says itself that it has no notices.
    case noNotices = "no_notices"
    /// A kind of notice that is not known: whether it corrects another one has to be read.
    case noticeKindUnknown = "notice_kind_unknown"
    /// A family of notices that is not known.
    case noticeFamilyUnknown = "notice_family_unknown"
    /// A notice that corrects or annuls another one and does not say which.
    case noticeNamesNoOther = "notice_names_no_other"
    /// A file of notices that say nothing of a company's standing.
    case noticesNotRead = "notices_not_read"
}

/// Something that was noticed.
package struct Finding: Sendable, Hashable {
    /// What it is about.
    package var code: FindingCode
    /// Where.
    package var source: PaperReference
    /// The column or field; empty where there is none.
    package var field: String
    /// What the words name: values, amounts, counts.
    package var values: [String]

    /// Notes something.
    package init(
        _ code: FindingCode,
        at source: PaperReference,
        field: String = "",
        _ values: [String] = []
    ) {
        self.code = code
        self.source = source
        self.field = field
        self.values = values
    }
}

/// The findings of a paper: the first of each kind in full, all of them counted.
package struct Findings: Sendable {
    /// The findings that are kept, in the order in which they were noticed.
    package private(set) var kept: [Finding] = []
    /// How many there are of each kind.
    package private(set) var counts: [FindingCode: Int] = [:]
    private let keptPerCodeMax: Int

    /// Keeps at most so many of a kind.
    package init(keptPerCodeMax: Int) { self.keptPerCodeMax = keptPerCodeMax }

    /// Adds a finding.
    package mutating func add(_ finding: Finding) {
        let count = counts[finding.code, default: 0]
        counts[finding.code] = count &+ 1
        if count < keptPerCodeMax { kept.append(finding) }
    }

    /// Adds the findings of another part.
    package mutating func add(_ other: Findings) {
        for finding in other.kept { add(finding) }
        for (code, count) in other.counts {
            let added = other.kept.count { $0.code == code }
            counts[code, default: 0] &+= count - added
        }
    }
}

/// How many records a paper had, and what became of them.
package struct RecordCounts: Sendable, Hashable {
    /// All that were looked at.
    package var read = 0
    /// Those that could not be used.
    package var setAside = 0
    /// Those that were used.
    package var kept: Int { read - setAside }

    /// None yet.
    package init() {}
}
