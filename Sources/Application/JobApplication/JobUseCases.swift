// SPDX-License-Identifier: Apache-2.0

// Jobs of callers: begun or gone on with, told of, fetched, forgotten. Each is its owner's alone:
// what others have is not there. Where callers are not told apart they are one owner.

internal import Databases
package import JobStore
package import PortfolioApplication
package import Quantities
package import ServiceErrors
internal import VigieLimits

/// A job that a stream goes on with.
package struct OpenJob: Sendable, Equatable {
    /// Its number.
    package let number: Int
    /// Its name.
    package let id: String
    /// Blocks that have been answered.
    package let blockCount: Int
    /// The day for which its companies are assessed.
    package let day: CalendarDate
}

/// What can be done with jobs of a store.
package struct JobUseCases: Sendable {
    let store: ServerStore

    /// Takes the store.
    package init(_ store: ServerStore) { self.store = store }

    /// Whether there is a store to keep jobs in.
    package var isThere: Bool { store.place != nil }

    /// Begins a job, or goes on with it.
    ///
    /// - Parameters:
    ///   - id: Its name.
    ///   - firstBlock: The number of the stream's first block.
    ///   - binding: What the stream asks for.
    ///   - isForToday: Whether its day is today since the stream named none: one that goes on then
    ///     has the day of the job, which is given back without anything done when it is another.
    ///   - greeting: What the stream is told first.
    ///   - owner: Whose job it is.
    package func open(
        _ id: String,
        firstBlock: Int,
        _ binding: JobBinding,
        isForToday: Bool,
        greeting: [UInt8],
        by owner: String
    ) throws(ServiceError) -> OpenJob {
        try Self.check(id)
        let now = store.clock()
        return try store.write { connection throws(DatabaseError) -> Result<_, ServiceError> in
            if try connection.job(id, of: owner) == nil {
                let totals = try connection.jobTotals(of: owner)
                if let refusal = ServiceError(tooMany: totals) { return .failure(refusal) }
                try connection.addJob(
                    id,
                    of: owner,
                    binding,
                    greeting: greeting,
                    nowMicroseconds: now
                )
            }
            guard let job = try connection.job(id, of: owner) else {
                return .failure(.forgottenJob(id))
            }
            let open = OpenJob(
                number: job.number,
                id: id,
                blockCount: job.blockCount,
                day: job.binding.day
            )
            if isForToday, job.binding.day != binding.day { return .success(open) }
            if let refusal = ServiceError(id, job.binding, other: binding) {
                return .failure(refusal)
            }
            guard (0...job.blockCount).contains(firstBlock) else {
                return .failure(.jobGap(job, firstBlock, "header.job.first_block"))
            }
            _ = try connection.touchJob(job.number)
            return .success(open)
        }
    }

    /// The jobs of an owner, by their names, with the seconds for which each is kept at least.
    package func list(
        of owner: String
    ) throws(ServiceError) -> [(job: JobRecord, keptSeconds: Int)] {
        let (jobs, time) = try store.read { connection throws(DatabaseError) in
            .success((try connection.jobs(of: owner), try connection.jobTime()))
        }
        return jobs.map { ($0, Self.keptSeconds($0, time)) }
    }

    /// A job, to be fetched from a block on.
    package func job(
        _ id: String,
        from firstBlock: Int,
        of owner: String
    ) throws(ServiceError) -> (job: JobRecord, keptSeconds: Int) {
        let (job, time) = try store.read {
            connection throws(DatabaseError) -> Result<(JobRecord, Int), ServiceError> in
            guard let job = try connection.job(id, of: owner) else {
                return .failure(.unknownJob(id))
            }
            guard (0...job.blockCount).contains(firstBlock) else {
                return .failure(.jobGap(job, firstBlock, "first_block"))
            }
            return .success((job, try connection.jobTime()))
        }
        return (job, Self.keptSeconds(job, time))
    }

    /// Deletes a job.
    package func forget(_ id: String, of owner: String) throws(ServiceError) {
        try store.write { connection throws(DatabaseError) -> Result<Void, ServiceError> in
            guard try connection.forgetJob(id, of: owner) else {
                return .failure(.unknownJob(id))
            }
            return .success(())
        }
    }

    private static func keptSeconds(_ job: JobRecord, _ time: Int) -> Int {
        max(job.keptFromMicroseconds + JobLimits.jobKeptMicroseconds - time, 0) / 1_000_000
    }

    /// Holds the name of a job against what a name may be. So few characters, since it is written
    /// into files, commands and lines of logs, and nobody is to mistake one for another.
    private static func check(_ id: String) throws(ServiceError) {
        let isGood = id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isGood, !id.isEmpty, id.utf8.count <= JobLimits.jobIdentifierBytes else {
            throw .invalid(
                "header.job.id",
                "BAD_JOB_ID",
                "\"\(id.shownInMessages)\" is no name of a job: 1 to "
                    + "\(JobLimits.jobIdentifierBytes) (jobIdentifierBytes) of the characters A to "
                    + "Z, a to z, 0 to 9, \".\", \"_\" and \"-\"."
            )
        }
    }
}
