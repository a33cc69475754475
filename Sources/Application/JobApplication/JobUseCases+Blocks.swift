// SPDX-License-Identifier: Apache-2.0

// Blocks of jobs: whether they were answered, their answers kept, and given again.

internal import Databases
internal import Digests
package import JobStore
internal import PortfolioApplication
package import ServiceErrors
internal import VigieLimits

/// What is known of a block that a stream brings.
package struct LookedBlock: Sendable, Equatable {
    /// SHA-256 of the block as it came.
    package let digest: [UInt8]
    /// The encoded answer, if it was answered; nil for one that is to be scored.
    package let answer: [UInt8]?
}

/// A block that was scored.
package struct AnsweredBlock: Sendable {
    /// Its number within the job.
    package let number: Int
    /// SHA-256 of the block as it came.
    package let digest: [UInt8]
    /// Its rows.
    package let rowCount: Int
    /// The encoded answer.
    package let answer: [UInt8]

    /// Makes one.
    package init(number: Int, digest: [UInt8], rowCount: Int, answer: [UInt8]) {
        (self.number, self.digest) = (number, digest)
        (self.rowCount, self.answer) = (rowCount, answer)
    }
}

extension JobUseCases {
    /// Looks blocks up that follow each other.
    ///
    /// - Parameters:
    ///   - blocks: The bytes of each.
    ///   - first: The number of the first of them.
    /// - Returns: What is known of the first of them, of one at least: not more than can be
    ///   answered within `jobReadBytes`. A block with other contents than before ends them, or is
    ///   thrown if it is the first.
    package func look(
        at blocks: [UnsafeRawBufferPointer],
        from first: Int,
        of job: OpenJob
    ) throws(ServiceError) -> [LookedBlock] {
        let digests = blocks.map { block in
            let digest = RunningDigest()
            digest.add(block)
            return digest.finished()
        }
        return try store.read { connection throws(DatabaseError) -> Result<_, ServiceError> in
            let range = first..<first + blocks.count
            let marks = try connection.jobBlockMarks(range, ofJob: job.number)
            var looked: [LookedBlock] = []
            var byteCount = 0
            for (index, digest) in digests.enumerated() {
                let number = first + index
                guard let mark = marks.first(where: { $0.number == number }) else {
                    looked.append(LookedBlock(digest: digest, answer: nil))
                    continue
                }
                guard mark.digest == digest else {
                    return looked.isEmpty ? .failure(.changedBlock(number, job)) : .success(looked)
                }
                guard looked.isEmpty || byteCount + mark.unpackedBytes <= JobLimits.jobReadBytes
                else { return .success(looked) }
                byteCount += mark.unpackedBytes
                switch try Self.answer(mark, of: job.number, connection) {
                case .success(let answer): looked.append(.init(digest: digest, answer: answer))
                case .failure(let error): return .failure(error)
                }
            }
            return .success(looked)
        }
    }

    /// Keeps the answers to blocks that follow each other; when this returns they are there for
    /// good. Of those that another stream has answered meanwhile, its answers hold.
    ///
    /// - Returns: The answers that are kept, in the order of the blocks; they are the same, bit for
    ///   bit, as long as the same model has scored the same rows.
    package func keep(
        _ blocks: [AnsweredBlock],
        of job: OpenJob
    ) throws(ServiceError) -> [[UInt8]] {
        let packer = AnswerPacker()
        var records: [JobBlockRecord] = []
        for block in blocks {
            guard let content = packer.pack(block.answer) else {
                throw .overJobLimit(
                    "jobAnswerBytes",
                    "The answer to block \(block.number) has \(block.answer.count) bytes.",
                    block.answer.count,
                    JobLimits.jobAnswerBytes
                )
            }
            let record = JobBlockRecord(
                number: block.number,
                digest: block.digest,
                rowCount: block.rowCount,
                unpackedBytes: block.answer.count,
                content: content
            )
            records.append(record)
        }
        return try store.write { connection throws(DatabaseError) -> Result<_, ServiceError> in
            guard let (blockCount, byteCount) = try connection.touchJob(job.number) else {
                return .failure(.forgottenJob(job.id))
            }
            let new = records.filter { $0.number >= blockCount }
            let bytes = new.reduce(0) { $0 + $1.content.count }
            if let refusal = try Self.refusal(
                of: new,
                behind: blockCount,
                grownFrom: byteCount,
                by: bytes,
                connection
            ) {
                return .failure(refusal)
            }
            if !new.isEmpty { try connection.keepJobBlocks(new, ofJob: job.number) }
            return try Self.answers(blocks, known: blocks.count - new.count, of: job, connection)
        }
    }

    /// The answers of blocks, of which the first so many were kept before.
    private static func answers(
        _ blocks: [AnsweredBlock],
        known: Int,
        of job: OpenJob,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Result<[[UInt8]], ServiceError> {
        var answers = blocks.map(\.answer)
        for (index, block) in blocks.prefix(known).enumerated() {
            let range = block.number..<block.number + 1
            guard let mark = try connection.jobBlockMarks(range, ofJob: job.number).first,
                mark.digest == block.digest
            else { return .failure(.changedBlock(block.number, job)) }
            switch try answer(mark, of: job.number, connection) {
            case .success(let kept): answers[index] = kept
            case .failure(let error): return .failure(error)
            }
        }
        return .success(answers)
    }

    private static func refusal(
        of new: [JobBlockRecord],
        behind blockCount: Int,
        grownFrom byteCount: Int,
        by bytes: Int,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> ServiceError? {
        if let first = new.first, first.number != blockCount {
            return ServiceError(
                .internalError,
                "JOB_OUT_OF_ORDER",
                "Block \(first.number) does not follow the \(blockCount) that are there."
            )
        }
        guard blockCount + new.count <= JobLimits.jobBlocksMax else {
            return .overJobLimit(
                "jobBlocksMax",
                "The job has more blocks than one may have.",
                blockCount + new.count,
                JobLimits.jobBlocksMax
            )
        }
        let grown = byteCount + bytes
        guard grown <= JobLimits.jobBytesMax else {
            return .overJobLimit(
                "jobBytesMax",
                "The answers of the job take more bytes than they may.",
                grown,
                JobLimits.jobBytesMax
            )
        }
        let growth = JobLimits.jobGrowthBytes
        guard byteCount / growth != grown / growth else { return nil }
        let all = try connection.jobTotals(of: "").byteCount + bytes
        guard all > JobLimits.allJobsBytesMax else { return nil }
        return .overJobLimit(
            "allJobsBytesMax",
            "The answers of all jobs take more bytes than they may.",
            all,
            JobLimits.allJobsBytesMax
        )
    }

    /// The answers from a block on, of one at least if it is there: not more than `jobReadBytes`.
    package func answers(
        from first: Int,
        of job: JobRecord
    ) throws(ServiceError) -> [[UInt8]] {
        try store.read { connection throws(DatabaseError) -> Result<_, ServiceError> in
            let end = first + JobLimits.jobLookedBlocks
            var (answers, byteCount): ([[UInt8]], Int) = ([], 0)
            for mark in try connection.jobBlockMarks(first..<end, ofJob: job.number) {
                byteCount += mark.unpackedBytes
                guard answers.isEmpty || byteCount <= JobLimits.jobReadBytes else { break }
                switch try Self.answer(mark, of: job.number, connection) {
                case .success(let answer): answers.append(answer)
                case .failure(let error): return .failure(error)
                }
            }
            // Who asks knows that there is one.
            return answers.isEmpty ? .failure(.forgottenJob(job.id)) : .success(answers)
        }
    }

    private static func answer(
        _ mark: JobBlockMark,
        of job: Int,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Result<[UInt8], ServiceError> {
        guard let packed = try connection.jobAnswer(mark.number, ofJob: job),
            let answer = AnswerUnpacking.unpack(packed, byteCount: mark.unpackedBytes)
        else { return .failure(.damagedAnswer(mark.number)) }
        return .success(answer)
    }
}
