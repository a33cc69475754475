// SPDX-License-Identifier: Apache-2.0

// ReadPapers: when all parts of all papers have come, a thread reads them.

internal import AssessmentMessages
internal import CompanyPapers
internal import Documents
internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import ServiceErrors
internal import Telemetry
internal import Turns
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

extension WorkerPool {
    /// Threads that read papers, each in one chunk: one of them is left for others.
    static func readingPapers(_ limits: ServiceLimits) -> WorkerPool {
        WorkerPool(
            threadCount: limits.paperThreads,
            limits: .calls(limits, shareThreadsMax: limits.paperThreads - 1)
        )
    }
}

/// The papers of one call. Bound to its event loop.
final class PapersToRead: GatheredCall {
    let desk: CallDesk?
    private let work: AssessmentWork
    private var reading: PaperReading?
    private var parts = PaperParts()

    init(work: AssessmentWork, desk: CallDesk?) {
        (self.work, self.desk) = (work, desk)
    }

    var limits: ServiceLimits { work.limits }

    func content(
        of request: Vigie_V1_ReadPapersRequest
    ) throws(ServiceError) -> GatheredContent? {
        guard desk != nil else { throw .readingIsOff }
        return switch request.message {
        case .header?: .header
        case .part(let part)?: .part(byteCount: part.content.count)
        case nil: nil
        }
    }

    func takeHeader(
        _ request: Vigie_V1_ReadPapersRequest,
        _ call: ServerCall
    ) throws(ServiceError) {
        let header = request.header
        let asOf = try work.queries.day(header.asOfDate, field: "header.as_of_date")
        var profiles: [LedgerProfile] = []
        if !header.ledgerProfiles.isEmpty {
            do {
                profiles = try LedgerProfile.read(json: header.ledgerProfiles)
            } catch {
                throw .invalid(
                    "header.ledger_profiles",
                    "BAD_PROFILES",
                    "header.ledger_profiles cannot be used: \(error)."
                )
            }
        }
        reading = PaperReading(asOf: asOf, profiles: profiles, limits: limits)
    }

    func takePart(_ request: Vigie_V1_ReadPapersRequest) throws(ServiceError) {
        try parts.add(request.part, limits: limits)
    }

    func work(_ call: ServerCall) throws(ServiceError) -> GatheredWork {
        guard desk != nil else { throw .readingIsOff }
        guard let reading else { throw .noHeader }
        let parts = parts
        self.parts = PaperParts()
        return GatheredWork(byteCount: parts.byteCount) { [work] (interest) throws(ServiceError) in
            try Self.read(parts.papers, reading, work, interest)
        }
    }

    private static func read(
        _ papers: [PaperParts.Paper],
        _ reading: PaperReading,
        _ work: AssessmentWork,
        _ interest: CallInterest
    ) throws(ServiceError) -> [UInt8]? {
        let end = NIODeadline.now() + .seconds(Int64(work.limits.paperReadingSecondsMax))
        let response = try reading.response(papers) { interest.isThere && end > .now() }
        guard let response else {
            if interest.isThere { throw .takesTooLong(work.limits) }
            return nil
        }
        work.memory.add(.papersRead, papers.count)
        let bytes = response.serializedBytes()
        let maximum = work.limits.paperFactsBytesMax
        guard bytes.count <= maximum else {
            throw .overLimit(
                "part.content",
                "paperFactsBytesMax",
                "The facts of the papers are too many; send them in several calls.",
                value: bytes.count,
                maximum: maximum,
                code: .resourceExhausted
            )
        }
        return bytes
    }
}

extension ServiceError {
    /// The refusal of a server that reads no papers.
    fileprivate static var readingIsOff: ServiceError {
        ServiceError(
            .failedPrecondition,
            "READING_IS_OFF",
            "This server reads no papers. Read them where they are with vigie or the library, and "
                + "send their facts; or start the server with --read-papers."
        )
    }

    /// The error of papers that take a thread for too long.
    fileprivate static func takesTooLong(_ limits: ServiceLimits) -> ServiceError {
        .overLimit(
            "part.content",
            "paperReadingSecondsMax",
            "The papers take too long to read; send them in several calls.",
            value: limits.paperReadingSecondsMax + 1,
            maximum: limits.paperReadingSecondsMax,
            code: .resourceExhausted
        )
    }
}
