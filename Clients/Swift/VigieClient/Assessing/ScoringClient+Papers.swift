// SPDX-License-Identifier: Apache-2.0

// Papers of companies read by a server, for who cannot read them where they are.

internal import ProtobufCoding
internal import VigieLimits
internal import VigieProtos

extension ScoringClient {
    /// Has papers read by the server, which must do that (`--read-papers`). The library product
    /// `VigieAssessment` reads them without one.
    ///
    /// - Parameters:
    ///   - papers: Name and bytes of each file; some papers say only in their names whose they are.
    ///   - asOf: The day up to which messages about invoices count; `nil` means today in UTC.
    ///   - options: Deadline and headers.
    /// - Returns: What they say.
    /// - Throws: ``VigieError`` with ``VigieError/Code/failedPrecondition`` where the server reads
    ///   none, or `CancellationError` when the task was cancelled.
    public func readPapers(
        _ papers: [(name: String, bytes: [UInt8])],
        asOf: Day? = nil,
        options: CallOptions = .default
    ) async throws -> PapersRead {
        let context = try context(options.timeout, options.metadata)
        let message: Vigie_V1_ReadPapersResponse = try await streamed(
            "/vigie.v1.AssessmentService/ReadPapers",
            context,
            Vigie_V1_ReadPapersRequest.with { $0.header.asOfDate = asOf?.description ?? "" }
        ) { send in
            for paper in papers {
                try await paper.bytes.parts(of: ClientLimits.paperPartBytes) { start, bytes in
                    try await send(
                        .with {
                            $0.part.fileName = start == 0 ? paper.name : ""
                            $0.part.content = bytes
                        }
                    )
                }
            }
        }
        guard let read = PapersRead(message) else {
            throw VigieError.badResponse("It cannot be read.")
        }
        return read
    }
}
