// SPDX-License-Identifier: Apache-2.0

// Files of companies into portfolios.

internal import NIOCore
internal import ProtobufCoding
internal import VigieLimits
internal import VigieProtos

/// How a file of companies is imported.
public struct PortfolioImportOptions: Sendable, Hashable {
    /// Whether companies that the file does not name leave the portfolio: it is the whole of it.
    public var synchronises = false
    /// Whether lines that are wrong are left out and told; otherwise a file with such a line
    /// changes nothing.
    public var skipsBadLines = false
    /// Whether only to tell what would change.
    public var isDryRun = false
    /// The currency of amounts where the file has no column of currencies; empty for EUR.
    public var currency = ""
    /// How the file is written, by the name of a dialect; empty where the file shows it.
    public var dialect = ""
    /// The encoding of the file, by its usual name; empty for UTF-8, or what its byte-order mark
    /// says.
    public var encoding = ""
    /// How long it may take; `nil` for any time.
    public var timeout: Duration?
    /// Headers of the call.
    public var metadata: CallMetadata = [:]

    /// Adds the companies of a file to those that are there.
    public init() {}
}

/// What an import did.
public struct PortfolioImportReport: Sendable, Hashable {
    /// Something that is wrong with a line.
    public struct Problem: Sendable, Hashable {
        /// The line of the file, from 1.
        public let line: Int
        /// The heading of the column; empty when it is the line as a whole.
        public let column: String
        /// The kind of problem, such as `NOT_A_SIREN`.
        public let code: String
        /// What stands there, cut.
        public let value: String
        /// What is wrong, and what to do.
        public let message: String
        /// The line that names the same company before; `nil` for other problems.
        public let firstLine: Int?
    }

    /// Whether the portfolio was changed.
    public let isApplied: Bool
    /// What changed; of a dry run what would.
    public let changes: PortfolioChanges
    /// Lines that tell of companies, the bad ones included.
    public let lineCount: Int
    /// How many of them are wrong.
    public let badLineCount: Int
    /// What is wrong with them: the first hundred findings.
    public let problems: [Problem]
    /// How many findings there are.
    public let problemCount: Int
    /// What was done with the file that its sender may not expect, a sentence each.
    public let notes: [String]
}

extension ScoringClient {
    /// Brings the companies of a CSV file into a portfolio: all of it or nothing, or, if asked, all
    /// lines that are right.
    ///
    /// - Parameters:
    ///   - file: The bytes of the file, in parts of any size, in constant memory.
    ///   - portfolio: The name of the portfolio.
    ///   - options: How the file is read, and what becomes of other companies.
    /// - Returns: What changed, and what is wrong with which lines.
    /// - Throws: ``VigieError`` with the reason `BAD_FILE` for a file that cannot be read at all,
    ///   `CancellationError` when the task was cancelled, or what the file threw.
    public func importCompanies<File: AsyncSequence>(
        _ file: File,
        into portfolio: String,
        options: PortfolioImportOptions = PortfolioImportOptions()
    ) async throws -> PortfolioImportReport where File.Element == [UInt8] {
        var context = try context(nil, options.metadata)
        context.deadline = options.timeout.map { .after($0) } ?? .distantFuture
        let header = Vigie_V1_ImportCompaniesRequest.with {
            $0.header.portfolio = portfolio
            $0.header.mode = options.synchronises ? .synchronise : .add
            $0.header.skipBadLines = options.skipsBadLines
            $0.header.dryRun = options.isDryRun
            $0.header.currency = options.currency
            $0.header.dialect = options.dialect
            $0.header.encoding = options.encoding
        }
        let response: Vigie_V1_ImportCompaniesResponse = try await streamed(
            "\(Self.portfolios)/ImportCompanies",
            context,
            header,
            isRepeatable: false
        ) { send in
            for try await bytes in file {
                try await bytes.parts(of: ClientLimits.paperPartBytes) { _, part in
                    if !part.isEmpty { try await send(.with { $0.content = part }) }
                }
            }
        }
        return PortfolioImportReport(response)
    }
}

extension PortfolioImportReport {
    init(_ message: Vigie_V1_ImportCompaniesResponse) {
        self.init(
            isApplied: message.applied,
            changes: PortfolioChanges(message.counts),
            lineCount: Int(clamping: message.lineCount),
            badLineCount: Int(clamping: message.badLineCount),
            problems: message.problems.map { problem in
                Problem(
                    line: Int(clamping: problem.line),
                    column: problem.column,
                    code: problem.code,
                    value: problem.value,
                    message: problem.message,
                    firstLine: problem.firstLine > 0 ? Int(clamping: problem.firstLine) : nil
                )
            },
            problemCount: Int(clamping: message.problemCount),
            notes: message.notes
        )
    }
}
