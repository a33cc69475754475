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
    /// Accounts in a currency that is not read.
    case currencyNotRead = "currency_not_read"
    /// A book whose file name does not say whose it is.
    case bookOwnerUnknown = "book_owner_unknown"
    /// A book whose file name does not say whose it is, and the caller does.
    case bookOwnerGiven = "book_owner_given"
    /// A book whose last entry stands long before the year ends.
    case bookEndsEarly = "book_ends_early"
    /// The same book or ledger was given before; it counts once.
    case paperRepeated = "paper_repeated"
    /// Invoices in another currency than most of their ledger.
    case currencyApart = "currency_apart"
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
    /// A cell that holds what its column cannot.
    case badValue = "bad_value"
    /// Columns that are not used.
    case extraColumns = "extra_columns"
    /// Two columns of one name.
    case repeatedColumn = "repeated_column"
    /// Quotation marks that make no sense.
    case brokenQuotes = "broken_quotes"
    /// A record that is broken in itself, such as JSON that does not end.
    case brokenRecord = "broken_record"
    /// A record lacks what it cannot be used without.
    case missingValue = "missing_value"

    // What contradicts itself, and what nothing is made of.
    /// A length of a year that cannot be.
    case badMonths = "bad_months"
    /// Two companies or two closing days in one filing.
    case filingContradicts = "filing_contradicts"
    /// The name of a book and the book itself name two closing days.
    case bookClosingDiffers = "book_closing_differs"
    /// The same line twice in a ledger.
    case ledgerLineTwice = "ledger_line_twice"
    /// Lines of a ledger of which more would be compared than are.
    case ledgerLinesNotCompared = "ledger_lines_not_compared"
    /// Amounts of a book with marks between thousands, and how they were read.
    case amountsGrouped = "amounts_grouped"
    /// How amounts that can be two were read, since the others of the file tell.
    case amountStyleDecided = "amount_style_decided"
    /// How dates that can be two were read, since the others of the file tell.
    case dateOrderDecided = "date_order_decided"
    /// An amount that can be two, and nothing tells which.
    case ambiguousAmount = "ambiguous_amount"
    /// A date that can be two, and nothing tells which.
    case ambiguousDate = "ambiguous_date"
    /// Terms of customers when books of several companies are read.
    case termsOwnerUnknown = "terms_owner_unknown"
    /// The notice that another one takes back was told by its judgment, not by its number.
    case annulmentByJudgment = "annulment_by_judgment"
    /// The notice that another one takes back is not among the papers.
    case annulmentWithoutNotice = "annulment_without_notice"
    /// A notice of which nothing follows for an assessment.
    case noticeNotUsed = "notice_not_used"
    /// A longer horizon has a lower probability than a shorter one.
    case horizonsNotMonotone = "horizons_not_monotone"
    /// Only consolidated accounts are there.
    case onlyGroupAccounts = "only_group_accounts"
    /// The company sold its business, or a part of it.
    case businessSold = "business_sold"
    /// A court of appeal reversed the opening of proceedings.
    case proceedingsQuashed = "proceedings_quashed"

    // Filed accounts.
    /// The office corrected a filing, or did not type it in.
    case filingProcessed = "filing_processed"
    /// Two filings of one company, year and type; the later one counts.
    case filedTwice = "filed_twice"
    /// A type of accounts that is not read: of banks, of insurers, or one not in the table.
    case formNotRead = "form_not_read"
    /// Codes of lines of the office's form and of the printed one in one filing.
    case mixedDialects = "mixed_dialects"
    /// A part of the accounts is not published.
    case filingConfidential = "filing_confidential"
    /// A filing was withdrawn.
    case filingWithdrawn = "filing_withdrawn"

    /// A code of a line that the form does not have.
    case lineUnknown = "line_unknown"
    /// A line that stands twice in one filing; the last one counts.
    case lineTwice = "line_twice"

    // Ledgers of packages.
    /// An invoice that is due before it was issued.
    case dueBeforeIssue = "due_before_issue"
    /// Totals, titles and repeated headers were left out.
    case linesSkipped = "lines_skipped"
    /// A document that is not booked, or was cancelled, was left out.
    case notPosted = "not_posted"
    /// Something was settled, and the paper does not say when.
    case settledWithoutDate = "settled_without_date"
    /// A payment names an invoice that is not in the paper.
    case matchNotFound = "match_not_found"
    /// A term of payment that is none.
    case badTerm = "bad_term"
    /// Two different terms for one customer; the later one counts.
    case repeatedTerm = "repeated_term"
    /// More of an invoice is open than it amounts to.
    case openExceedsAmount = "open_exceeds_amount"

    // Registers.
    /// An older record of the same company was replaced by a newer one.
    case recordReplaced = "record_replaced"
    /// A number of an establishment that is none of the directory's.
    case pseudoEstablishment = "pseudo_establishment"

    // Filings with the American authority (EDGAR) and IFRS.
    /// A line was taken from a name that means nearly the same.
    case lineFromFallback = "line_from_fallback"
    /// Numbers of a filing that the list of filings does not have.
    case filingNotListed = "filing_not_listed"
    /// Assets differ from liabilities and equity.
    case identityOff = "identity_off"
    /// A number in a report is shown in a format that is not known.
    case unknownFormat = "unknown_format"
    /// A number in a report does not say for when it holds, or in which currency.
    case contextMissing = "context_missing"

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
    /// Entries behind the day on which the year ends by the name of the file.
    case entriesAfterClosing = "entries_after_closing"
    /// Entries that close a year: the statement is that before them.
    case closingEntries = "closing_entries"
    /// Charges and income were taken away by entries that cannot be told from others.
    case bookClosed = "book_closed"
    /// The entries of a book span more months than a year can have.
    case badBookLength = "bad_book_length"
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

    // Statements, alone and one after the other.
    /// Two sides of a statement that must be equal are not.
    case identityDiffers = "identity_differs"
    /// A line is negative that cannot be.
    case negativeLine = "negative_line"
    /// More is written off an asset than it was worth.
    case writtenOffExceeds = "written_off_exceeds"
    /// Two statements of one form and closing day with the same amounts.
    case statementTwice = "statement_twice"
    /// Two statements of one form and closing day with other amounts; the later one counts.
    case statementReplaced = "statement_replaced"
    /// Two forms of one closing day; the complete one counts.
    case formsMixed = "forms_mixed"
    /// Statements of a group, which are kept apart.
    case groupApart = "group_apart"
    /// A year begins before the one before it ends.
    case yearsCross = "years_cross"
    /// No statement is there for the time between two years.
    case yearsGap = "years_gap"
    /// A later paper says another amount of a year than that year's own.
    case yearRestated = "year_restated"
    /// A later paper opens a line with another amount than the year before closed it with.
    case openingLineDiffers = "opening_line_differs"
    /// A year has another length than twelve months.
    case yearLength = "year_length"
    /// The last statement is old.
    case accountsStale = "accounts_stale"
    /// Accounts that were not known yet on the day that is looked from; they are not used.
    case accountsKnownLater = "accounts_known_later"
    /// A year that ends after the day that is looked from; it is not used.
    case closingInFuture = "closing_in_future"
    /// Years follow different rules of accounting, or different forms.
    case seriesBreak = "series_break"
    /// The cash flow by the published formula holds what brings no cash.
    case cashFlowCorrected = "cash_flow_corrected"

    // Electronic invoices and their life cycle.
    /// Something that must be there is missing.
    case fieldMissing = "field_missing"
    /// A text or a list that is longer than any that is meant, and left out or cut.
    case tooLong = "too_long"
    /// A currency that ISO 4217 does not have.
    case badCurrency = "bad_currency"
    /// A type of document that is no invoice, or one not in the table.
    case unknownInvoiceType = "unknown_invoice_type"
    /// A total that is not what its parts come to.
    case totalsDiffer = "totals_differ"
    /// Several due dates; the last one counts.
    case severalDueDates = "several_due_dates"
    /// A credit note with negative amounts.
    case creditNegative = "credit_note_negative"
    /// A credit note or a correction that does not name the date of its invoice.
    case precedingIncomplete = "preceding_incomplete"
    /// The invoice that is named is not among the papers.
    case precedingNotFound = "preceding_not_found"
    /// An invoice that was given twice.
    case invoiceTwice = "invoice_twice"
    /// An invoice that the company neither made nor got.
    case invoiceOfOthers = "invoice_of_others"
    /// An amount in a currency that is not the ledger's.
    case otherCurrency = "other_currency"
    /// A status that is not in the table.
    case unknownStatus = "unknown_status"
    /// A payment or promise without an amount or a date.
    case statusIncomplete = "status_incomplete"
    /// A status of an invoice that is not among the papers.
    case statusWithoutInvoice = "status_without_invoice"
    /// Payments are told of for more than is open.
    case paidTwice = "paid_twice"

    // Bank statements.
    /// An entry that is not booked yet, and left out.
    case entryNotBooked = "entry_not_booked"
    /// Reversals were turned round, since only so the balances fit.
    case reversalFlipped = "reversal_flipped_by_balance"
    /// Balances that do not fit what was booked.
    case balanceDiffers = "balance_differs"
    /// The parts of an entry do not come to its amount.
    case batchDiffers = "batch_differs"
    /// An entry of several parts whose amounts are not told.
    case batchNotSplit = "batch_not_split"
    /// A movement that another paper has too.
    case transactionTwice = "transaction_twice"
    /// A payment that could be for several invoices.
    case paymentAmbiguous = "payment_ambiguous"
    /// A payment that nothing says what it is for.
    case paymentUnmatched = "payment_unmatched"
    /// No paper says what was paid.
    case paymentsUnknown = "payments_unknown"
    /// Sums beyond 63 bits.
    case sumTooLarge = "sum_too_large"
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
    /// How grave this one is; nil for what its code says.
    package var ownSeverity: FindingSeverity?

    /// Notes something.
    package init(
        _ code: FindingCode,
        at source: PaperReference,
        field: String = "",
        _ values: [String] = [],
        severity: FindingSeverity? = nil
    ) {
        ownSeverity = severity
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

    /// Counts findings of a kind of which as many are kept as may be; none for a negative number.
    package mutating func add(_ code: FindingCode, more: Int) {
        if more > 0 { counts[code, default: 0] &+= more }
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
    /// Those that the rules of the paper leave out: cancelled ones, what is only planned.
    package var leftOut = 0
    /// Those that were used.
    package var kept: Int { read - setAside - leftOut }

    /// None yet.
    package init() {}
}
