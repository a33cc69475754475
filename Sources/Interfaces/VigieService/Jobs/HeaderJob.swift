// SPDX-License-Identifier: Apache-2.0

// The job of a stream as its header names it, and what binds the job to such headers.

internal import CVigieWire
internal import Digests
internal import JobStore
internal import Quantities
internal import Scoring
internal import ServiceErrors
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// The job that a header names.
struct HeaderJob: Sendable {
    /// Its name, which nobody has looked at yet.
    let id: String
    /// The number of the stream's first block.
    let firstBlock: Int
    /// What the header asks for.
    let binding: JobBinding

    /// Takes what a header says.
    ///
    /// - Parameters:
    ///   - models: All models whose answers hang on them.
    ///   - asked: Columns and outputs: lists, each of which counts with its order.
    init(
        id: String,
        firstBlock: Int64,
        _ kind: JobBinding.Kind,
        models: [ScoringModel],
        day: CalendarDate,
        asked: [[String]]
    ) {
        (self.id, self.firstBlock) = (id, Int(firstBlock))
        // Lengths before contents: no other lists come to the same bytes.
        var bytes: [UInt8] = []
        func add(_ number: Int) {
            withUnsafeBytes(of: UInt64(number).littleEndian) { bytes += $0 }
        }
        for list in asked {
            add(list.count)
            for text in list {
                add(text.utf8.count)
                bytes += text.utf8
            }
        }
        binding = JobBinding(
            kind,
            models: models.map(\.identifier).joined(separator: ","),
            hashes: models.map(\.contentHash).joined(separator: ","),
            day: day,
            columns: Digest.sha256(bytes)
        )
    }
}

extension ServiceError {
    /// A call of one message that names a job.
    static var jobNotTaken: ServiceError {
        .invalid(
            "header.job",
            "JOB_NOT_TAKEN",
            "Only streams have jobs; call StreamScoreRows, or leave the job out."
        )
    }

    /// A stream with a job where there is no store.
    static var noJobs: ServiceError {
        ServiceError(
            .failedPrecondition,
            "NO_STORE",
            "This server keeps no jobs, since it has no store; leave header.job out, or have the "
                + "server started with the setting store, which names a file or a PostgreSQL "
                + "database.",
            detail: .field("header.job")
        )
    }
}
