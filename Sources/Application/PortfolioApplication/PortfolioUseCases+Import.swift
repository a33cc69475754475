// SPDX-License-Identifier: Apache-2.0

// A file of companies into a portfolio: in one transaction, which a dry run and a file with bad
// lines leave without a trace.

internal import Databases
package import Documents
package import PortfolioFiles
internal import PortfolioStore
package import Portfolios
package import ServiceErrors

/// What an import of a file did.
package struct FileImportReport: Sendable {
    /// Whether the portfolio was changed.
    package let isApplied: Bool
    /// What changed, or of a dry run would.
    package let changes: ImportSummary
    /// What the file held.
    package let file: PortfolioFileSummary
}

extension PortfolioUseCases {
    /// Refuses an import before its file is sent in vain.
    package func checkImport(
        into name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) {
        try store.read { connection throws(DatabaseError) -> Result<Void, ServiceError> in
            try withReadable(name, viewer, connection) { (_, access) throws(DatabaseError) in
                access == .write ? .success(()) : .failure(.readOnlyPortfolio(name))
            }
        }
    }

    /// Brings the companies of a file into a portfolio.
    ///
    /// - Parameters:
    ///   - name: The portfolio.
    ///   - options: How the file is read, and whether other companies leave the portfolio.
    ///   - isDryRun: Whether nothing is kept.
    ///   - isWanted: Whether somebody still waits; otherwise nothing is kept.
    ///   - source: The file from its beginning, each time anew: a transaction that PostgreSQL ends
    ///     in favour of another one is tried again.
    /// - Throws: INVALID_ARGUMENT for a file that cannot be read at all.
    package func importFile(
        into name: String,
        _ options: PortfolioFileOptions,
        isDryRun: Bool,
        by viewer: PortfolioViewer,
        isWanted: @escaping () -> Bool,
        source: () -> ByteSource
    ) throws(ServiceError) -> FileImportReport {
        var found: (changes: ImportSummary, file: PortfolioFileSummary)?
        do throws(ServiceError) {
            try store.write { connection throws(DatabaseError) -> Result<Void, ServiceError> in
                try withWritable(name, viewer, connection) {
                    portfolio throws(DatabaseError) -> Result<Void, ServiceError> in
                    let run = FileImportRun(source(), options, isWanted)
                    switch try run.bring(into: portfolio.id, connection, store.clock()) {
                    case .failure(let error): return .failure(error)
                    case .success((let changes, let file)):
                        found = (changes, file)
                        guard !isDryRun, file.refused == 0 || options.brokenLines == .skip
                        else { return .failure(.leftWithoutTrace) }
                        guard isWanted() else { return .failure(.nobodyWaits) }
                        try recordChange(connection, portfolio.id, changes)
                        return .success(())
                    }
                }
            }
        } catch {
            guard error == .leftWithoutTrace, let found else { throw error }
            return FileImportReport(isApplied: false, changes: found.changes, file: found.file)
        }
        guard let found else { throw .nobodyWaits }
        return FileImportReport(isApplied: true, changes: found.changes, file: found.file)
    }
}

/// One reading of a file.
private final class FileImportRun {
    private let source: ByteSource
    private let options: PortfolioFileOptions
    private let isWanted: () -> Bool
    private var failure: ServiceError?
    private var badLines: PortfolioFileSummary?

    init(_ source: ByteSource, _ options: PortfolioFileOptions, _ isWanted: @escaping () -> Bool) {
        (self.source, self.options, self.isWanted) = (source, options, isWanted)
    }

    /// Brings the companies in; of a file with bad lines only what they are comes out.
    func bring(
        into portfolio: Int,
        _ connection: any DatabaseConnection,
        _ now: Int
    ) throws(DatabaseError) -> Result<(ImportSummary, PortfolioFileSummary), ServiceError> {
        let reader: PortfolioFileReader
        do throws(InputError) { reader = try PortfolioFileReader(source, options) } catch {
            return .failure(.badFile(error))
        }
        let changes = try PortfolioImport(
            portfolio,
            options.mode,
            told: reader.told,
            nowMicroseconds: now
        ).run(connection) { () throws(DatabaseError) in self.next(reader) }
        if let failure { return .failure(failure) }
        if let badLines { return .success((ImportSummary(), badLines)) }
        return .success((changes, reader.summary))
    }

    /// The next company; what stops the file is kept until the end.
    private func next(_ reader: PortfolioFileReader) -> PortfolioLine? {
        guard isWanted() else {
            failure = .nobodyWaits
            return nil
        }
        do throws(PortfolioFileError) { return try reader.next()?.company } catch {
            switch error {
            case .file(let error): failure = .badFile(error)
            case .lines(let summary): badLines = summary
            }
            return nil
        }
    }
}

extension ServiceError {
    /// Nothing was to be kept.
    fileprivate static let leftWithoutTrace = ServiceError(
        .failedPrecondition,
        "DRY_RUN",
        "Nothing was to be kept."
    )

    /// Whoever asked has gone, and nothing was kept.
    fileprivate static let nobodyWaits = ServiceError(
        .deadlineExceeded,
        "CALL_ENDED",
        "Whoever asked waits no more; nothing was changed."
    )

    /// A file that cannot be read at all.
    fileprivate static func badFile(_ error: InputError) -> ServiceError {
        // An import has no such option.
        let isAboveHeader = error.nextOptions.first == "--skip-lines"
        let told = isAboveHeader ? "take away the lines above it" : error.hint
        let hint = told.map { "; \($0)" } ?? ""
        return .invalid("content", "BAD_FILE", "\(error.message)\(hint).")
    }
}
