// SPDX-License-Identifier: Apache-2.0

// Papers of companies read by a server, for who cannot read them where they are.

internal import GRPCTransport
internal import NIOCore
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
        let path = "/vigie.v1.AssessmentService/ReadPapers"
        let answer = try await executor.run(path, context) { connection, metadata in
            let stream = executor.stream(
                on: connection,
                path: path,
                metadata: metadata,
                deadline: context.deadline
            )
            do {
                var request = Vigie_V1_ReadPapersRequest()
                request.header.asOfDate = asOf?.description ?? ""
                try await stream.send(ByteBuffer(bytes: request.serializedBytes()))
                for paper in papers { try await Self.send(paper.name, paper.bytes, to: stream) }
                stream.finishSending()
                return try await stream.next()
            } catch {
                stream.cancel()
                throw error
            }
        }
        guard let answer,
            let message = try? Vigie_V1_ReadPapersResponse(
                serializedBytes: Array(answer.readableBytesView)
            ),
            let read = PapersRead(message)
        else { throw VigieError.badResponse("It cannot be read.") }
        return read
    }

    private static func send(
        _ name: String,
        _ bytes: [UInt8],
        to stream: ClientStream
    ) async throws {
        var start = 0
        repeat {
            let end = min(start + ClientLimits.paperPartBytes, bytes.count)
            var request = Vigie_V1_ReadPapersRequest()
            request.part.fileName = start == 0 ? name : ""
            request.part.content = Array(bytes[start..<end])
            try await stream.send(ByteBuffer(bytes: request.serializedBytes()))
            start = end
        } while start < bytes.count
    }
}
