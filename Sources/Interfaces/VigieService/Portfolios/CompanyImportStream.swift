// SPDX-License-Identifier: Apache-2.0

// ImportCompanies: the file is kept in a file of the server's own as it comes, and read when it has
// come whole: a store whose only writer waited for a client would be a store that waits for clients.
//
// Cost, expected, of a million companies (70 MB): 0.1 s to keep the file, and what the import takes
// (PortfolioImport).

internal import Callers
internal import CommandFiles
internal import Documents
internal import PortfolioApplication
internal import PortfolioFiles
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import VigieLimits
internal import VigieProtos

/// An import that a stream feeds: any thread's, one at a time. That is why it can be Sendable.
final class CompanyImportStream: StreamedWork, @unchecked Sendable {
    private let portfolios: PortfolioUseCases
    private let limits: ServiceLimits
    private var viewer = PortfolioViewer(identity: nil, roles: [], isOperator: false)
    private var interest: CallInterest?
    private var header: (message: Vigie_V1_ImportCompaniesHeader, options: PortfolioFileOptions)?
    private var file: SpooledFile?
    private var byteCount = 0

    init(_ portfolios: PortfolioUseCases, _ limits: ServiceLimits) {
        (self.portfolios, self.limits) = (portfolios, limits)
    }

    func begin(_ caller: Caller?, _ interest: CallInterest) {
        (viewer, self.interest) = (caller.viewer, interest)
    }

    static func size(ofMessage byteCount: Int) -> Int { byteCount }

    func take(_ message: UnsafeRawBufferPointer) throws(ServiceError) {
        let request = try Vigie_V1_ImportCompaniesRequest(received: message)
        switch request.message {
        case .header(let message)?:
            guard header == nil else {
                throw .invalid(
                    "header",
                    "SECOND_HEADER",
                    "The stream has a second header; the first applies to all of its file."
                )
            }
            header = (message, try Self.options(message))
            try portfolios.checkImport(into: message.portfolio, by: viewer)
            file = try Self.keeping { () throws(CommandFailure) in
                try SpooledFile(name: "the file")
            }
        case .content(let bytes)?:
            guard let file else { throw .noHeader }
            byteCount += bytes.count
            guard byteCount <= limits.importBytesMax else {
                throw .overLimit(
                    "content",
                    "importBytesMax",
                    "The file has too many bytes; send it in several.",
                    value: byteCount,
                    maximum: limits.importBytesMax,
                    code: .resourceExhausted
                )
            }
            try Self.keeping { () throws(CommandFailure) in try file.append(bytes) }
        case nil:
            throw .invalid(
                "message",
                "EMPTY_MESSAGE",
                "The message is empty; send the header first, then parts of the file."
            )
        }
    }

    func answer() throws(ServiceError) -> [UInt8] {
        guard let header, let file else { throw .noHeader }
        let report = try portfolios.importFile(
            into: header.message.portfolio,
            header.options,
            isDryRun: header.message.dryRun,
            by: viewer,
            isWanted: { [interest] in interest?.isThere ?? false },
            source: { file.source }
        )
        return Vigie_V1_ImportCompaniesResponse(report).serializedBytes()
    }

    private static func options(
        _ header: Vigie_V1_ImportCompaniesHeader
    ) throws(ServiceError) -> PortfolioFileOptions {
        var options = PortfolioFileOptions()
        switch header.mode {
        case .unspecified, .add: options.mode = .add
        case .synchronise: options.mode = .synchronise
        case .UNRECOGNIZED(let number): throw .noSuchValue("header.mode", number)
        }
        options.brokenLines = header.skipBadLines ? .skip : .refuseFile
        guard !header.skipBadLines || options.mode == .add else {
            throw .invalid(
                "header.skip_bad_lines",
                "SKIP_AND_SYNCHRONISE",
                "Companies of lines that are left out would leave the portfolio; add the companies "
                    + "of the file, or have none left out."
            )
        }
        if !header.currency.isEmpty {
            guard let currency = Currency(header.currency) else {
                throw .badCurrency("header.currency", header.currency)
            }
            options.currency = currency
        }
        if !header.dialect.isEmpty {
            guard let dialect = TableDialect.named.first(where: { $0.name == header.dialect })
            else {
                let names = TableDialect.named.map(\.name).joined(separator: ", ")
                throw .invalid(
                    "header.dialect",
                    "UNKNOWN_DIALECT",
                    "There is no dialect \"\(header.dialect.shownInMessages)\"; there are \(names)."
                )
            }
            options.dialect = dialect
        }
        if !header.encoding.isEmpty {
            guard let encoding = TextEncoding(name: header.encoding) else {
                let names = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
                throw .invalid(
                    "header.encoding",
                    "UNKNOWN_ENCODING",
                    "The encoding \"\(header.encoding.shownInMessages)\" is not known; there are "
                        + "\(names)."
                )
            }
            options.dialect.encoding = encoding
        }
        return options
    }

    private static func keeping<Result>(
        _ body: () throws(CommandFailure) -> Result
    ) throws(ServiceError) -> Result {
        do throws(CommandFailure) { return try body() } catch {
            throw ServiceError(
                .resourceExhausted,
                "NO_ROOM_FOR_FILE",
                "The server cannot keep the file until all of it is there: \(error.message)."
            )
        }
    }
}

extension Vigie_V1_ImportCompaniesResponse {
    /// What an import did.
    init(_ report: FileImportReport) {
        self = .with {
            $0.applied = report.isApplied
            $0.counts = .init(report.changes)
            $0.lineCount = Int64(report.file.lines)
            $0.badLineCount = Int64(report.file.refused)
            $0.problemCount = Int64(report.file.problemCount)
            $0.problems = report.file.problems.map { problem in
                .with {
                    $0.line = Int64(problem.line)
                    $0.column = problem.column
                    $0.code = problem.code.rawValue
                    $0.value = problem.value
                    $0.message = "\(problem.message); \(problem.advice)."
                    $0.firstLine = Int64(problem.firstLine ?? 0)
                }
            }
            $0.notes = report.file.notes.map { "\($0)." }
        }
    }
}
